"""How much of an article is read from a web page, and how much of it word for word, with and without the inline rules.

    python -m eval.extraction --data FOLDER [--json]

FOLDER holds wikinews/data/*.csv (columns title, text). Each article is rendered to pages of four kinds, plain and with
elements within its sentences (links, dates, abbreviations, quotations, footnotes, struck-out words), drawn by a seed.
"Without" is trafilatura's precision mode alone, "with" is ``index.markup.read_page``.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

from eval.pages import Titled, read_wikinews
from index.markup import read_page
from index.markup.page import article_text
from index.markup.tree import parse_html
from rag.errors import InputError
from rag.text import sentence_offsets

SEED = 14
_INLINE_SHARE = 0.04  # of the words
_WRAPPERS = (
    "<a href='/topic'>{}</a>", "<time datetime='2031-03-04'>{}</time>", "<abbr title='in full'>{}</abbr>", "<b>{}</b>",
    "<span class='term'>{}</span>", "<em>{}</em>", "<data value='4'>{}</data>", "<x-term>{}</x-term>",
    "<mark>{}</mark>", "<output>{}</output>", "<label>{}</label>", "<bdi>{}</bdi>", "<ins>{}</ins>",
)  # fmt: skip
_ADDITIONS = ("{}<sup><a href='#note-4'>[4]</a></sup>", "{} <del>struck out</del>", "<s>struck out</s> {}")
_QUOTED = re.compile(r"(?:“|&quot;)([^“”&]{20,}?)(?:”|&quot;)")

Body = Callable[[list[str]], str]
_MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li><li>Sport</li></ul></nav>"
_RELATED = "<aside class='related'><h3>Related stories</h3><ul>" + "".join(
    f"<li><a href='/{n}'>The harbour council of Norhaven meets again, part {n}</a></li>" for n in range(6)
) + "</ul></aside>"  # fmt: skip
_SHARE = "<div class='share-buttons'><span>Share this</span> <a href='#'>Mail</a> <a href='#'>Print</a></div>"
_COMMENTS = "<div id='comments'><h3>2 comments</h3><div class='comment'><p>Finally somebody says it.</p></div></div>"
_FOOTER = "<footer><p>Imprint | Privacy | All rights of the Norhaven Wire are reserved.</p></footer>"


def _paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


PAGES: dict[str, Body] = {
    "semantic": lambda texts: f"{_MENU}<main><article>{_paragraphs(texts)}</article></main>{_FOOTER}",
    "div soup": lambda texts: (
        f"<div class='top'>{_MENU}</div><div class='wrap'><div class='story-body'>{_SHARE}{_paragraphs(texts)}</div>"
        f"{_RELATED}{_COMMENTS}</div>{_FOOTER}"
    ),
    "line breaks": lambda texts: f"{_MENU}<div class='entry-content'>{'<br><br>'.join(texts)}</div>{_RELATED}{_FOOTER}",
    "tables": lambda texts: (
        f"<table><tr><td>{_MENU}</td><td class='content'><font size=2>{_paragraphs(texts)}</font></td></tr></table>"
    ),
}


def render(article: Titled, body: Body, draw: random.Random | None) -> str:
    """A page of the article; ``draw`` chooses the words that stand in elements, none without it."""
    title, text = article
    paragraphs = [html.escape(" ".join(line.split())) for line in text.splitlines() if line.strip()]
    if draw:
        paragraphs = [_decorated(paragraph, draw) for paragraph in paragraphs]
    heading = f"<h1>{html.escape(title)}</h1>"
    head = f"<title>{html.escape(title)}</title>"
    return f"<!doctype html><html><head>{head}</head><body>{heading}{body(paragraphs)}</body></html>"


def _decorated(paragraph: str, draw: random.Random) -> str:
    words = [
        draw.choice(_WRAPPERS if draw.random() < 0.8 else _ADDITIONS).format(word)
        if draw.random() < _INLINE_SHARE
        else word
        for word in paragraph.split(" ")
    ]
    return _QUOTED.sub(r"<q>\1</q>", " ".join(words))


def scores(text: str, truth: str) -> tuple[float, float]:
    """F1 of the words, as a bag, and the share of the article's sentences that stand in ``text`` word for word."""
    found, wanted = Counter(_words(text)), Counter(_words(truth))
    common = sum((found & wanted).values())
    plain = " ".join(_words(text))
    sentences = [" ".join(_words(truth[start:end])) for start, end in sentence_offsets(truth)]
    kept = fmean(f" {sentence} " in f" {plain} " for sentence in sentences)
    return 2 * common / max(1, sum(found.values()) + sum(wanted.values())), kept


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _without(page: str) -> str:
    return article_text(parse_html(page), None)


def _with(page: str) -> str:
    try:
        return read_page(page.encode()).text
    except InputError:
        return ""


def measure(folder: Path) -> dict[str, dict[str, list[float]]]:
    """By kind of page: body F1 and share of sentences word for word, each without and with the inline rules."""
    articles = read_wikinews(folder)
    table: dict[str, dict[str, list[float]]] = {}
    for kind, body in PAGES.items():
        for inline in (False, True):
            draw = random.Random(SEED) if inline else None
            rows = []
            for article in articles:
                page = render(article, body, draw)
                rows.append((*scores(_without(page), article[1]), *scores(_with(page), article[1])))
            without_f1, without_kept, with_f1, with_kept = map(fmean, zip(*rows, strict=True))
            name = f"{kind}, elements in sentences" if inline else kind
            table[name] = {"body F1": [without_f1, with_f1], "sentences word for word": [without_kept, with_kept]}
    return table


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.extraction", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="the folder that holds wikinews/")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    options = parser.parse_args(argv)
    table = measure(options.data)
    if options.json:
        print(json.dumps(table))
        return 0
    print("| page | body F1 without | with | sentences word for word without | with |\n|---|---|---|---|---|")
    for name, row in table.items():
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for pair in row.values() for value in pair) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
