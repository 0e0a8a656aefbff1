"""python -m eval.orders --data FOLDER: how many real articles are taken for ones that speak to a language model.

FOLDER holds realtimeqa/, wikinews/ and polnear/; their articles were published for people, so whatever is flagged is
presumed a mistake until it has been read. Printed are counts and, of each flagged article, its first characters there.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from eval.fields import json_lines
from rag.drafting import order_in
from rag.errors import InputError, RagError
from rag.records import Article

_SHOWN = 80  # characters of a flagged article


def real_articles(data: Path, years: Sequence[str]) -> Iterator[tuple[str, Article]]:
    """Every article with the part of the data it is from; InputError where there is none.

    ``years`` are those of RealTime QA, all that lie there if none is named; then Wikinews and PolNeAR are read too.
    """
    parts = [data / "realtimeqa" / f"articles-{year}.jsonl.gz" for year in years]
    files = parts or sorted((data / "realtimeqa").glob("articles-*.jsonl.gz"))
    if not files:
        raise InputError(f"{str(data)!r} holds no realtimeqa/articles-*.jsonl.gz: name the folder that does.")
    for file in files:
        for _, record in json_lines(file):
            authors = tuple(str(author) for author in record.get("authors") or ())
            yield file.name, Article.of(record["title"] or "", record["text"] or "", url=record["url"], authors=authors)
    if years:
        return
    for file in sorted((data / "wikinews").rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield "wikinews", Article.of(row.get("title") or "", row.get("text") or "")
    for file in sorted((data / "polnear").glob("*/text/*")):
        yield "polnear", Article.of("", file.read_text(encoding="utf-8"))


def measure(articles: Iterable[tuple[str, Article]]) -> Iterator[str]:
    """The lines of the report: each flagged article as it is found, counts at the end."""
    read, flagged, characters = Counter[str](), Counter[str](), 0
    started = time.process_time()
    for part, article in articles:
        read[part] += 1
        characters += len(article.text)
        if order := order_in(article):
            flagged[part] += 1
            yield f"{part} {article.url or article.id} {order.kind} ({order.rule}): {order.span.text[:_SHOWN]!r}"
    seconds = time.process_time() - started
    yield "\n| part | articles | flagged |\n|---|---|---|"
    for part, count in read.items():
        yield f"| {part} | {count} | {flagged[part]} |"
    share = flagged.total() / max(read.total(), 1)
    yield f"| all | {read.total()} | {flagged.total()} ({share:.3%}) |"
    yield f"\n{1000 * seconds * 5000 / max(characters, 1):.2f} ms for 5,000 characters, reading included"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.orders", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds realtimeqa/ and the others")
    parser.add_argument("--years", nargs="*", default=[], metavar="YEAR", help="only these parts of RealTime QA")
    options = parser.parse_args(argv)
    try:
        for line in measure(real_articles(options.data, options.years)):
            print(line, flush=True)
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
