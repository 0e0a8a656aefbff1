"""python -m eval.names --data FOLDER: how often a pronoun or a title is given the right name, and how often any.

The cases are our own: places in articles of PolNeAR (FOLDER/polnear) and RealTime QA (FOLDER/realtimeqa), each with the
place of the full name, or none where the article leaves it open; offsets and hashes only, in
``eval/questions/names.jsonl``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eval.fields import json_lines
from rag.english import same_person
from rag.errors import InputError, RagError
from rag.records import Article, Span
from rag.speakers import name_of

CASES = Path(__file__).parent / "questions" / "names.jsonl"


@dataclass
class Names:
    """Cases of one kind: all, those that the article settles, those given a name, and the right one."""

    cases: int = 0
    settled: int = 0
    named: int = 0
    right: int = 0

    def add(self, right: str | None, found: str | None) -> None:
        self.cases += 1
        self.settled += right is not None
        self.named += found is not None
        self.right += right is not None and found is not None and same_person(found, right)


def measure(cases: Path, data: Path) -> dict[str, Names]:
    """By kind of mention. InputError where an article is missing or is another than the one that was read."""
    found: dict[str, Names] = {}
    for where, case in json_lines(cases):
        text = _text(data / case["file"], case["url"])
        if hashlib.sha256(text.encode()).hexdigest() != case["sha256"]:
            raise InputError(f"{where}: the article in {case['file']} is not the one that was read for this case.")
        article = Article.of("", text)
        right = text[slice(*case["name"])] if case["name"] else None
        found.setdefault(case["kind"], Names()).add(right, name_of(Span(article, case["start"], case["end"])))
    return found


def _text(file: Path, url: str | None) -> str:
    try:
        if url is None:
            return file.read_bytes().decode()
        return _articles(file)[url]
    except (OSError, KeyError) as error:
        raise InputError(f"{str(file)!r} lacks an article ({error}): --data holds polnear/ and realtimeqa/.") from error


@lru_cache(maxsize=4)
def _articles(file: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            record: dict[str, Any] = json.loads(line)
            texts.setdefault(record["url"], record["text"])
    return texts


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.names", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds polnear/ and realtimeqa/")
    options = parser.parse_args(argv)
    try:
        found = measure(CASES, options.data)
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    print("| mention | cases | settled by the article | named | precision | recall |\n|---|---|---|---|---|---|")
    for kind, names in found.items():
        precision, recall = names.right / max(names.named, 1), names.right / max(names.settled, 1)
        print(f"| {kind} | {names.cases} | {names.settled} | {names.named} | {precision:.3f} | {recall:.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
