"""python -m eval.support --data FOLDER: how many false claims pass for supported, and how many true ones do not.

Articles of RealTime QA (FOLDER/realtimeqa) and Wikinews (FOLDER/wikinews); each sentence or quotation that is itself a
supported claim is changed by the makers of the self-test and by those of ``eval/claims.py``. A change that leaves the
words true counts as false all the same: read what ``--show`` prints.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from eval.claims import FALSE, TRUE, as_sentence
from eval.forging import MAKERS, MISQUOTERS, Material
from rag.drafting import LONGEST, unsupported
from rag.records import Article, Said, Voices
from rag.speakers import Speakers

csv.field_size_limit(1 << 24)

_SAMPLED = 6  # sentences and quotations of an article


@dataclass
class Count:
    tried: int = 0
    wrong: int = 0
    shown: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, wrong: bool, *words: str) -> None:
        self.tried += 1
        self.wrong += wrong
        if wrong:
            self.shown.append((words[0], words[1], words[2]))


def measure(articles: Sequence[Article], voices: Voices, seed: int) -> tuple[dict[str, Count], dict[str, Count]]:
    """False claims by kind, those accepted; true ones by kind, those refused."""
    false = {kind: Count() for kind in (*MAKERS, *FALSE, "cut")}
    true = {kind: Count() for kind in (*TRUE, "quoted with its speaker")}
    for article in articles:
        material, chance = Material.of(article), random.Random(f"{seed}:{article.id}")
        for said, base in _bases(material, voices, chance):
            plain = said.voice != "direct"
            for kind, make in TRUE.items() if plain else ():
                for claim in islice(make(base, material, chance), 2):
                    _try(true[kind], claim, said, wrong_if=False)
            if not plain:
                _try(true["quoted with its speaker"], base, said, wrong_if=False)
            if unsupported(base, said) is None:
                _falsify(false, said, base, material, chance)
        for forgery in islice(MISQUOTERS["cut"](material, None, chance), 4):
            said = voices(forgery.near)
            if unsupported(as_sentence(forgery.near.text), said) is None:
                _try(false["cut"], as_sentence(forgery.text.replace(" … ", " ")), said, wrong_if=True)
    return false, true


def _bases(material: Material, voices: Voices, chance: random.Random) -> Iterator[tuple[Said, str]]:
    """Sentences as claims of their own, and quotations given to their speakers."""
    short = [s for s in material.sentences if s.end - s.start < LONGEST - 30 and _is_statement(s.text)]
    for span in chance.sample(short, min(_SAMPLED, len(short))):
        said = voices(span)
        if said.voice != "direct":
            yield said, span.text
    for known in chance.sample(material.attributed, min(2, len(material.attributed))):
        if known.words.end - known.words.start < 300 and _is_statement(known.words.text):
            yield voices(known.words), f"{known.speaker} said: “{known.words.text.rstrip(',.')}.”"


def _falsify(false: dict[str, Count], said: Said, base: str, material: Material, chance: random.Random) -> None:
    for kind, make in MAKERS.items():
        changes = list(make(base, material, chance))
        for start, end, new in chance.sample(changes, min(2, len(changes))):
            claim = base[:start] + new + base[end:]
            if _without_articles(claim) != _without_articles(base):
                _try(false[kind], claim, said, wrong_if=True)
    for kind, maker in FALSE.items():
        for claim in islice(maker(base, material, chance), 2):
            if claim != base:
                _try(false[kind], claim, said, wrong_if=True)


def _without_articles(text: str) -> list[str]:
    return [word for word in text.casefold().split() if word not in ("a", "an", "the", "also")]


def _try(count: Count, claim: str, said: Said, *, wrong_if: bool) -> None:
    reason = unsupported(claim, said)
    count.add((reason is None) == wrong_if, claim, said.span.text, reason or "")


def _is_statement(text: str) -> bool:
    if (
        len(text.split()) < 7
        or not text.rstrip("”\"’'").endswith((".", ","))
        or re.search(r"Ad Feedback|did not load", text)
    ):
        return False
    return not re.search(r"[?!|<>@#*_\[\]{}]|https?:|www\.|\b(?:I|[Mm]y|[Ww]e|[Oo]ur|us|[Yy]ou|[Yy]our)\b", text) and (
        text[:1].isupper() or text[:1] in '“"' or text[:1].isdigit()
    )


def read_articles(data: Path, wanted: int, seed: int) -> list[Article]:
    """So many articles drawn at random, two thirds of RealTime QA, in a fixed order."""
    found: list[Article] = []
    with gzip.open(data / "realtimeqa" / "articles-2022.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    drawn = random.Random(seed).sample(records, min(wanted * 2 // 3, len(records)))
    found += [Article.of(record["title"] or "", record["text"], url=record["url"]) for record in drawn]
    rows: list[dict[str, str]] = []
    for file in sorted((data / "wikinews").rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows += list(csv.DictReader(lines))
    drawn_rows = random.Random(seed).sample(rows, min(wanted - len(found), len(rows)))
    found += [Article.of(row["title"], row["text"], url=row["url"]) for row in drawn_rows]
    random.Random(seed).shuffle(found)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.support", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds realtimeqa/ and wikinews/")
    parser.add_argument("--articles", type=int, default=300, metavar="N")
    parser.add_argument("--half", choices=("first", "second", "both"), default="both", help="of the articles drawn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many failures of each kind")
    options = parser.parse_args(argv)
    articles = read_articles(options.data, options.articles, options.seed)
    middle = len(articles) // 2
    articles = {"first": articles[:middle], "second": articles[middle:], "both": articles}[options.half]
    started = time.perf_counter()
    false, true = measure(articles, Speakers(), options.seed)
    _print("false claims", "accepted", false, options.show)
    _print("true claims", "refused", true, options.show)
    print(f"\n{len(articles)} articles, {time.perf_counter() - started:.0f} s")
    return 0


def _print(title: str, wrong: str, counts: dict[str, Count], show: int) -> None:
    print(f"\n| {title} | {wrong} | of | share |\n|---|---|---|---|")
    total = Count(sum(c.tried for c in counts.values()), sum(c.wrong for c in counts.values()))
    for kind, count in (counts | {"all": total}).items():
        print(f"| {kind} | {count.wrong} | {count.tried} | {count.wrong / max(count.tried, 1):.4f} |")
    for kind, count in counts.items():
        for claim, evidence, reason in count.shown[:show]:
            print(f"\n{kind}: {reason}\n  claim    {claim}\n  evidence {evidence}")


if __name__ == "__main__":
    sys.exit(main())
