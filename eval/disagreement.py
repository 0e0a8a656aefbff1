"""python -m eval.disagreement --data FOLDER: how many disagreements between two articles are found, and how many false.

Of Wikinews articles (FOLDER/wikinews) another publisher's version is made. In half of the pairs one number or day of it
is another, or a count has grown in a version of a later day, which has to be called an update; the other half agree, as
do articles on nearby events, whatever is found between those. Rules were fitted on the half called "fitted".
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from eval.forging import WEEKDAYS
from eval.pairs import KINDS, SEED, Pair, made_pairs, nearby_pairs
from rag.answer import Disagreement
from rag.reading import disagreements
from rag.records import Article, Span

EACH = 60  # changes of a kind in a half
_DATE_LINE = re.compile(rf"\s*(?:{'|'.join(WEEKDAYS)}), \w+ \d+, \d{{4}}\s*")


@dataclass(slots=True)
class Tally:
    """Pairs of one kind, those in which the change was found, and those in which something else was."""

    pairs: int = 0
    found: int = 0
    false: int = 0
    wrong: list[tuple[Pair, list[Disagreement]]] = field(default_factory=list)


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


def measure(pairs: Sequence[Pair]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for pair in pairs:
        ours, theirs = Span(pair.one, 0, len(pair.one.text)), Span(pair.other, 0, len(pair.other.text))
        found = disagreements([ours], [theirs])
        tally = tallies.setdefault(pair.kind, Tally())
        tally.pairs += 1
        kind = "update" if pair.kind == "update" else "disagreement"
        right = [one for one in found if pair.changed and _points_at(one, pair.changed) and one.kind == kind]
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
    parser.add_argument("--json", action="store_true", help="print JSON alone")
    parser.add_argument("--show", action="store_true", help="print what went wrong in the fitted half")
    options = parser.parse_args(argv)
    articles = read(options.data)
    if not articles:
        print(f"no articles in {options.data}: expected wikinews/data/*.csv there", file=sys.stderr)
        return 2
    table: dict[str, dict[str, Tally]] = {}
    for name, half in (("fitted", False), ("held out", True)):
        chosen = [article for article in articles if held_out(article) is half]
        table[name] = measure([*made_pairs(chosen, EACH), *nearby_pairs(chosen)])
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
                    f"  found {one.kind} of {one.what} [{one.one_says.text}] [{one.other_says.text}]\n"
                    f"    {one.one.text}\n    {one.other.text}"
                )


if __name__ == "__main__":
    sys.exit(main())
