"""python -m eval.disagreement --data FOLDER: how many disagreements between two articles are found, and how many false.

Of Wikinews articles (FOLDER/wikinews) another publisher's version is made: sentences dropped and in another order, in
slightly other words. In half of the pairs one number, day, place or speaker of it is another; the other half agree, as
do articles on nearby events, whatever is found between those. Rules were fitted on the half called "fitted".
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from rag.datatypes import Article, Disagreement, Span
from rag.disagree import disagreements
from rag.forged_words import MONTHS, NUMBERS, WEEKDAYS
from rag.given_names import HE, SHE
from rag.names import same_name
from rag.people import NO_PERSON
from rag.sentences import sentence_offsets
from rag.speakers import Speakers
from rag.stated import is_land
from rag.terms import query_terms, terms
from rag.wording import day_words

SEED, EACH, NEARBY = 20, 60, 3  # changes of a kind in a half; nearest articles that each one is compared with
KINDS = ("number", "date", "speaker", "place")
_KEPT = 0.7  # of the sentences
_LONG = 60  # characters of a sentence in which something is changed
_SAID = re.compile(r"\b(?:said|stated|told reporters|added)\b")
_DATE_LINE = re.compile(rf"\s*(?:{'|'.join(WEEKDAYS)}), \w+ \d+, \d{{4}}\s*")
_NUMBER = re.compile(rf"(?<![\w.,:/$-])(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{'|'.join(NUMBERS[:11])})(?=[\s%])(?!\s?[ap]\.?m)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_BESIDE_MONTH = re.compile(rf"{_MONTH}\s$")
_DAY = re.compile(rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)})\b(?![’']?s)|(?P<month>{_MONTH}) (?P<day>[1-3]?\d)\b(?!\d))")
_NAME = r"[A-Z][a-z]+(?:[- ][A-Z][a-z]+)+"
_SPEAKER = re.compile(
    rf"(?P<a>{_NAME})(?=,? (?:said|stated|told|added)\b)|(?<=[,.”\"] said )(?P<b>{_NAME})"
    rf"|(?<=ccording to )(?P<c>{_NAME})"
)
_PLACE = re.compile(
    r"(?<=\b[a-z]{5} in )[A-Z][a-z]{3,}(?![a-z])(?!,? [A-Z])"
    r"|(?<=\b(?:city|town) of )[A-Z][a-z]{3,}(?![a-z])(?!,? [A-Z])"
)
_WORDS = {
    "said": "stated", "But": "However,", "also": "too", "about": "around", "people": "persons", "however": "though",
    "began": "started", "big": "large", "after": "following", "according to": "as told by", "has been": "had been",
    "announced": "made known", "several": "a number of", "did not": "didn’t", "was not": "wasn’t", "U.S.": "US",
     "while": "as", "additionally": "in addition", "must": "has to",
}  # fmt: skip
_FIRST = "Ada Bruno Clara Dario Edith Falk Greta Hugo Iris Jonas".split()
_LAST = "Quennell Brodmore Tavish Ostrander Velkamp Wexcombe Marchbanks Dunholm Sorley Pettigrove".split()
_GIVEN = HE | SHE
_LANDS = "Norway Chile Kenya Portugal".split()
_TOWNS = "Vantry Norhaven Brackwater Greyling Kelldale Ropewick Marlowby Tarnmouth".split()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions; where one was changed, ``changed`` are the words of each that differ."""

    kind: str
    one: Article
    other: Article
    changed: tuple[Span, Span] | None = None


@dataclass(slots=True)
class Tally:
    """Pairs of one kind, those in which the change was found, and those in which something else was."""

    pairs: int = 0
    found: int = 0
    false: int = 0
    wrong: list[tuple[Pair, list[Disagreement]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Change:
    """Put ``new`` in place of the characters ``start`` to ``end`` of a sentence."""

    start: int
    end: int
    new: str


def numbers(sentence: str, article: Article, chance: random.Random) -> Iterator[Change]:
    for match in _NUMBER.finditer(sentence):
        written = match.group()
        if (
            _YEAR.fullmatch(written)
            or _BESIDE_MONTH.search(sentence[: match.start()])
            or re.match(rf" {_MONTH}", sentence[match.end() :])
        ):
            continue
        new = _other_number(written, chance)
        if not re.search(rf"(?<![\d,.]){re.escape(new)}(?![\d,.]\d)", article.text):
            yield Change(*match.span(), new)


def _other_number(written: str, chance: random.Random) -> str:
    if written.isalpha():
        return chance.choice([word for word in NUMBERS[:18] if word != written])
    value = float(written.replace(",", "")) * chance.choice([0.5, 0.7, 0.8, 0.9, 1.15, 1.3, 1.6, 2, 10])
    if "." in written:
        return f"{value:.{len(written.partition('.')[2])}f}"
    whole = max(1, round(value))
    whole += whole == int(written.replace(",", ""))
    return f"{whole:,}" if "," in written else str(whole)


def dates(sentence: str, article: Article, chance: random.Random) -> Iterator[Change]:
    for match in _DAY.finditer(sentence):
        if match["weekday"]:
            new = chance.choice([day for day in WEEKDAYS if day != match["weekday"]])
        else:
            day = chance.choice([day for day in range(1, 29) if str(day) != match["day"]])
            new = f"{match['month']} {day}"
        if new not in article.text:
            yield Change(*match.span(), new)


def speakers(sentence: str, article: Article, chance: random.Random) -> Iterator[Change]:
    for match in _SPEAKER.finditer(sentence):
        words = match.group().split()[-2:]
        at_name = not re.search(r"(?:\bof|\b[Tt]he|[A-Z][a-z]+)\s$", sentence[: match.start()])
        if at_name and not NO_PERSON & {word.casefold() for word in words} and _GIVEN & set(words):
            yield Change(
                match.end() - len(" ".join(words)), match.end(), f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
            )


def places(sentence: str, article: Article, chance: random.Random) -> Iterator[Change]:
    for match in _PLACE.finditer(sentence):
        if match.group() not in (*MONTHS, *WEEKDAYS):
            of_land = is_land(tuple(map(same_name, terms(match.group()))))
            yield Change(*match.span(), chance.choice(_LANDS if of_land else _TOWNS))


MAKERS: dict[str, Callable[[str, Article, random.Random], Iterator[Change]]] = dict(
    zip(KINDS, (numbers, dates, speakers, places), strict=True)
)


def version(article: Article, kind: str | None, chance: random.Random) -> Pair | None:
    """The article and another publisher's version of it, with one change of ``kind``; None where it offers none."""
    held = [article.text[s:e] for s, e in sentence_offsets(article.text)]
    changed: int | None = None
    change: Change | None = None
    if kind:
        offered = [
            (i, one) for i, text in enumerate(held) if len(text) >= _LONG for one in MAKERS[kind](text, article, chance)
        ]
        if not offered:
            return None
        changed, change = chance.choice(offered)
    kept = [i for i in range(len(held)) if i == changed or chance.random() < _KEPT]
    for i in range(len(kept) - 1):
        if chance.random() < 0.3:
            kept[i], kept[i + 1] = kept[i + 1], kept[i]
    text, place = "", None
    for i in kept:
        text += "\n\n" if text and chance.random() < 0.3 else " " if text else ""
        if change and i == changed:
            before = reworded(held[i][: change.start], article, chance)
            place = (len(text) + len(before), len(text) + len(before) + len(change.new))
            text += before + change.new + reworded(held[i][change.end :], article, chance)
        else:
            text += reworded(held[i], article, chance)
    url = f"https://harbour-courier.example/{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    assert article.published is not None
    other = Article.of(article.title, text, url=url, publisher="The Harbour Courier", published=article.published)
    if not (change and place and changed is not None):
        return Pair("agree", article, other)
    start = sentence_offsets(article.text)[changed][0]
    return Pair(
        kind or "", article, other, (Span(article, start + change.start, start + change.end), Span(other, *place))
    )


def reworded(text: str, article: Article, chance: random.Random) -> str:
    """The same in slightly other words: typography, synonyms, numbers in words, days by name or by date."""
    assert article.published is not None
    for old, new in _WORDS.items():
        if chance.random() < 0.5:
            text = re.sub(rf"(?<![\w.]){re.escape(old)}(?!\w)", new, text)
    if chance.random() < 0.5:
        text = re.sub(r"(?<=\d)\s?%", " per cent", text)
    elif chance.random() < 0.5:
        text = re.sub(r"(?<=\d)\s?(?:%|per cent)", " percent", text)
    if chance.random() < 0.5:
        text = re.sub(r"(^|[\s(])\"(?=\S)", r"\1“", text).replace('"', "”").replace("'", "’")
    if chance.random() < 0.5:
        text = re.sub(r"(?<![\w$.,-])([2-9])(?= [a-z]{3})", lambda match: NUMBERS[int(match[1]) - 2], text)
    text = re.sub(r"\b(today|yesterday)\b", lambda match: f"on {_dated(match[1], article.published, chance)}", text)
    if chance.random() < 0.5:
        text = re.sub(
            rf"(?<=\bon )({'|'.join(WEEKDAYS)})\b(?! to\b|[’'])",
            lambda match: _dated(match[1], article.published, chance),
            text,
        )
    if chance.random() < 0.3:
        text = re.sub(r"(\d),000,000\b", r"\1 million", text)
    return text


def _dated(day: str, published: date | None, chance: random.Random) -> str:
    assert published is not None
    if day in WEEKDAYS:
        meant = published - timedelta(days=(published.weekday() - WEEKDAYS.index(day)) % 7)
    else:
        meant = published - timedelta(days=day == "yesterday")
    return chance.choice([day_words(meant).rpartition(" ")[0], f"{meant:%B} {meant.day}", WEEKDAYS[meant.weekday()]])


def made_pairs(articles: Sequence[Article], each: int) -> Iterator[Pair]:
    """So many pairs with a change of each kind, and as many as these together that agree, from a fixed seed."""
    chance = random.Random(SEED)
    made = 0
    for kind in KINDS:
        order = chance.sample(list(articles), len(articles))
        pairs = (pair for article in order if (pair := version(article, kind, chance)))
        for _, pair in zip(range(each), pairs, strict=False):
            made += 1
            yield pair
    for n in range(made):
        pair = version(articles[n % len(articles)], None, chance)
        assert pair is not None
        yield pair


def nearby_pairs(articles: Sequence[Article]) -> Iterator[Pair]:
    """Each article with those that share most of its rare words, under another publisher's name."""
    held = [Counter(query_terms(f"{article.title} {article.text}")) for article in articles]
    frequency = Counter(term for counts in held for term in counts)
    done: set[frozenset[int]] = set()
    for i, ours in enumerate(held):
        likeness = [
            (sum(1 / frequency[term] for term in ours.keys() & others.keys()) / len(others) ** 0.5, j)
            for j, others in enumerate(held)
            if j != i
        ]
        for _, j in sorted(likeness, reverse=True)[:NEARBY]:
            if frozenset((i, j)) not in done:
                done.add(frozenset((i, j)))
                other = articles[j]
                yield Pair(
                    "nearby",
                    articles[i],
                    Article.of(
                        other.title, other.text, url=other.url, publisher="Vantry Post", published=other.published
                    ),
                )


def read(folder: Path) -> list[Article]:
    """The articles of FOLDER/wikinews but the site's own test pages, without their date lines."""
    articles: list[Article] = []
    for path in sorted((folder / "wikinews" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            articles += [
                Article.of(
                    row["title"],
                    _DATE_LINE.sub("", row["text"], count=1).strip(),
                    url=row["url"],
                    publisher="Wikinews",
                    published=date.fromisoformat(row["date"]),
                )
                for row in csv.DictReader(file)
                if not row["title"].startswith("TEST PAGE") and len(row["text"]) > 600
            ]
    return articles


def held_out(article: Article) -> bool:
    """Whether an article is in the half that no rule was fitted on."""
    return bool(hashlib.sha256((article.url or "").encode()).digest()[0] & 1)


def measure(pairs: Sequence[Pair], voices: Speakers | None) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for pair in pairs:
        ours, theirs = Span(pair.one, 0, len(pair.one.text)), Span(pair.other, 0, len(pair.other.text))
        found = disagreements([ours], [theirs], voices) if voices else disagreements([ours], [theirs])
        tally = tallies.setdefault(pair.kind, Tally())
        tally.pairs += 1
        right = [one for one in found if pair.changed and _points_at(one, pair.changed)]
        tally.found += bool(right)
        tally.false += len(found) > len(right)
        if len(found) > len(right) or (pair.changed and not right):
            tally.wrong.append((pair, found))
    return tallies


def _points_at(found: Disagreement, changed: tuple[Span, Span]) -> bool:
    told = (found.one_says, found.other_says)
    return all(a.start < b.end and b.start < a.end for a, b in zip(told, changed, strict=True))


def main(argv: Sequence[str] | None = None) -> int:
    """Print what is found by kind, and what is found where nothing was changed, for both halves."""
    parser = argparse.ArgumentParser(prog="python -m eval.disagreement", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds wikinews/")
    parser.add_argument("--voices", action="store_true", help="with the model of speakers")
    parser.add_argument("--json", action="store_true", help="print JSON alone")
    parser.add_argument("--show", action="store_true", help="print what went wrong in the fitted half")
    options = parser.parse_args(argv)
    articles = read(options.data)
    if not articles:
        print(f"no articles in {options.data}: expected wikinews/data/*.csv there", file=sys.stderr)
        return 2
    voices = Speakers() if options.voices else None
    table: dict[str, dict[str, Tally]] = {}
    for name, half in (("fitted", False), ("held out", True)):
        chosen = [article for article in articles if held_out(article) is half]
        table[name] = measure([*made_pairs(chosen, EACH), *nearby_pairs(chosen)], voices)
    if options.json:
        told = {
            name: {kind: {"pairs": t.pairs, "found": t.found, "false": t.false} for kind, t in tallies.items()}
            for name, tallies in table.items()
        }
        json.dump(told | {"seed": SEED}, sys.stdout, indent=2)
        print()
        return 0
    print("| half | pairs | n | found | something else found |\n|---|---|---|---|---|")
    for name, tallies in table.items():
        for kind, t in tallies.items():
            share = f"{t.found / t.pairs:.3f}" if kind in KINDS else "–"
            print(f"| {name} | {kind} | {t.pairs} | {share} | {t.false / t.pairs:.3f} ({t.false}) |")
    if options.show:
        _show(table["fitted"])
    return 0


def _show(tallies: dict[str, Tally]) -> None:
    for kind, tally in tallies.items():
        for pair, found in tally.wrong:
            print(f"\n{kind}: {pair.one.title}")
            if pair.changed:
                for span in pair.changed:
                    text = span.article.text
                    print(f"  changed [{span.text}]: …{text[max(0, span.start - 150) : span.end + 150]!r}")
            for one in found:
                print(
                    f"  found {one.what} [{one.one_says.text}] [{one.other_says.text}]\n"
                    f"    {one.one.text}\n    {one.other.text}"
                )


if __name__ == "__main__":
    sys.exit(main())
