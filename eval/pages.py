"""How often the articles of a joined page come out exactly, and how often a single article is cut.

    python -m eval.pages --data FOLDER [--json]

FOLDER holds wikinews/data/*.csv (columns title, text) and realtimeqa/articles-*.jsonl.gz (title, text). The weights in
``index/pages/headlines.py`` were fitted on the articles called "fitted" here; "held out" is the other half.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.pages import split_page

Titled = tuple[str, str]  # title, text

SEED, GROUPS, SINGLES = 20, 100, 1000
_FOOTER = ("No comments:", "Post a Comment", "Thanks for commenting on this post.", "Subscribe to our newsletter")
_DATE_LINE = re.compile(r"[A-Z][a-z]+day, [A-Z][a-z]+ \d{1,2}, \d{4}\s*")


def _undated(text: str) -> str:
    return _DATE_LINE.sub("", text.strip(), count=1)


def _by(gap: str) -> Callable[[str], str]:
    return lambda text: gap.join(line.strip() for line in text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Style:
    """How articles are written on one page: what is done to a text, and what stands between, above and below."""

    name: str
    text: Callable[[str], str]
    gap: str = "\n"
    top: str = ""
    each: str = ""
    footer: bool = False

    def page(self, articles: Iterable[Titled]) -> str:
        blocks = [f"{self.each}{title}{self.gap}{self.text(text).strip()}" for title, text in articles]
        return self.gap.join([self.top + blocks[0], *blocks[1:], *(_FOOTER if self.footer else ())])


_SOURCE = "Source: The Harbour Gull\n"
STYLES = (
    Style("text as it is, one newline", str),
    Style("text as it is, blank line", str, "\n\n"),
    Style("lines", _by("\n")),
    Style("lines, source on top", _by("\n"), top=_SOURCE),
    Style("lines, source above each", _by("\n"), each=_SOURCE),
    Style("lines, footer", _by("\n"), footer=True),
    Style("blank lines", _by("\n\n"), "\n\n"),
    Style("blank lines, source on top, footer", _by("\n\n"), "\n\n", top=_SOURCE, footer=True),
    Style("lines, no date lines", lambda text: _by("\n")(_undated(text))),
    Style("blank lines, no date lines", lambda text: _by("\n\n")(_undated(text)), "\n\n"),
)
SINGLE: dict[str, Callable[[Titled], str]] = {
    "title and text": lambda article: f"{article[0]}\n{article[1]}",
    "title, blank line and text": lambda article: f"{article[0]}\n\n{article[1]}",
    "text only": lambda article: article[1],
}


def held_out(title: str) -> bool:
    """Whether an article is in the half that no weight was fitted on."""
    return bool(hashlib.sha256(title.encode()).digest()[0] & 1)


def read_wikinews(folder: Path) -> list[Titled]:
    """Title and text of every article in FOLDER/wikinews but the site's own test pages."""
    articles: list[Titled] = []
    for path in sorted((folder / "wikinews" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            articles += [(row["title"], row["text"]) for row in csv.DictReader(file)]
    return [article for article in articles if not article[0].startswith("TEST PAGE")]


def read_realtimeqa(folder: Path) -> list[list[Titled]]:
    """Title and text of every article in FOLDER/realtimeqa that has a text, a list for each year."""
    years = []
    for path in sorted((folder / "realtimeqa").glob("articles-*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        years.append([(row["title"], row["text"]) for row in rows if row["text"].strip()])
    return years


def joined_exactly(articles: Sequence[Titled], style: Style) -> float:
    """The share of articles that come out with their own title and text, over random pages of two to six."""
    draw = random.Random(SEED)
    right = total = 0
    for _ in range(GROUPS):
        group = draw.sample(articles, draw.randint(2, 6))
        found = {(part.title, part.text.strip()) for part in split_page(style.page(group))}
        right += sum((title, style.text(text).strip()) in found for title, text in group)
        total += len(group)
    return right / total


def single_cut(years: Sequence[Sequence[Titled]], write: Callable[[Titled], str]) -> tuple[int, int]:
    """How many single articles, equally many from every year, are cut, and how many were tried."""
    draw = random.Random(SEED)
    sample = [article for year in years for article in draw.sample(year, min(len(year), SINGLES // len(years)))]
    return sum(len(split_page(write(article))) > 1 for article in sample), len(sample)


def measure(folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Both tables, by half: "joined exactly" as shares by style, "cut" per 1,000 single articles."""
    wikinews, years = read_wikinews(folder), read_realtimeqa(folder)
    if not wikinews or not years:
        raise SystemExit(
            f"no articles in {folder}: expected wikinews/data/*.csv and realtimeqa/articles-*.jsonl.gz there; "
            "give their folder with --data"
        )
    tables: dict[str, dict[str, dict[str, float]]] = {"joined exactly": {}, "cut of 1,000": {}}
    for name, half in (("fitted", False), ("held out", True)):
        articles = [article for article in wikinews if held_out(article[0]) is half]
        halves = [[article for article in year if held_out(article[0]) is half] for year in years]
        tables["joined exactly"][name] = {style.name: joined_exactly(articles, style) for style in STYLES}
        counts = {label: single_cut(halves, write) for label, write in SINGLE.items()}
        tables["cut of 1,000"][name] = {label: 1000 * cut / tried for label, (cut, tried) in counts.items()}
    return tables


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m eval.pages", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="print JSON alone")
    options = parser.parse_args(arguments)
    tables = measure(options.data)
    if options.json:
        json.dump(tables | {"seed": SEED, "pages": GROUPS, "singles": SINGLES}, sys.stdout, indent=2)
        print()
        return
    print(f"seed {SEED}; {GROUPS} pages of 2 to 6 articles for each style and half, {SINGLES} single articles a half")
    for table, unit in (("joined exactly", ".3f"), ("cut of 1,000", ".1f")):
        print(f"\n{table:38}{'fitted':>10}{'held out':>10}")
        for row, fitted in tables[table]["fitted"].items():
            print(f"{row:38}{fitted:>10{unit}}{tables[table]['held out'][row]:>10{unit}}")


if __name__ == "__main__":
    main()
