"""python -m eval.retrieval --data FOLDER: how often the right article is found, by words, by meaning, and by both.

FOLDER holds RealTime QA (Kasai et al. 2023) as ``realtimeqa/``; the questions are those whose article people picked,
asked over the articles of 2022. The index is made where there is none, which takes long; it can be stopped and goes on.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from eval.scores import hit, interval, mrr
from index.__main__ import main as index
from rag.api import Rag
from rag.errors import InputError, RagError
from rag.models import Embedder
from rag.search import Evidence, Filters, Floats, Searcher, View, days_of, freshness, gather

Rank = int  # of the first right article, from 1; 0 where none was found

METHODS: dict[str, Callable[[Evidence, Floats], Floats]] = {
    "BM25": lambda found, fresh: found.words.whole,
    "dense": lambda found, fresh: found.dense,
    "fused": lambda found, fresh: found.fused,
    "BM25, date": lambda found, fresh: found.words.whole * fresh,
    "dense, date": lambda found, fresh: found.dense * fresh,
    "fused, date (default)": lambda found, fresh: found.fused * fresh,
}


def ranks(view: View, embedder: Embedder, questions: Sequence[dict[str, Any]]) -> dict[str, list[Rank]]:
    """The rank of the first right article of every question, by method; articles after the asking day are left out."""
    found: dict[str, list[Rank]] = {name: [] for name in METHODS}
    catalogue = view.generation.catalogue
    for question in questions:
        as_of = date.fromisoformat(question["as_of"])
        gold = np.isin(catalogue.rows, view.snapshot.rows(question["gold_urls"]))
        text = question["question"]
        vector = embedder.embed([text])[0]
        evidence = gather(text, vector, view, view.allowed(Filters(as_of=as_of)))
        fresh = freshness(catalogue, days_of(text, as_of))
        for name, method in METHODS.items():
            scores = method(evidence, fresh)
            order = np.argsort(-scores, kind="stable")
            places = np.flatnonzero(gold[order] & (scores[order] > 0))
            found[name].append(int(places[0]) + 1 if places.size else 0)
    return found


def read_questions(data: Path) -> Iterator[dict[str, Any]]:
    """The questions of RealTime QA whose article people picked. Raises InputError where the set is missing."""
    file = data / "realtimeqa" / "questions-dev.jsonl"
    if not file.is_file():
        raise InputError(f"{str(file)!r} is missing: --data names a folder that holds RealTime QA as realtimeqa/.")
    for line in file.read_text(encoding="utf-8").splitlines():
        if (question := json.loads(line)).get("gold_urls"):
            yield question


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds realtimeqa/")
    parser.add_argument("--index", type=Path, default=Path("index/built-2022"), metavar="DIR", help="made if missing")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    try:
        questions = list(read_questions(options.data))
        with contextlib.redirect_stdout(sys.stderr):
            index([str(options.data / "realtimeqa" / "articles-2022.jsonl.gz"), "--index", str(options.index)])
        rag = Rag.load(options.index)
        with Searcher(rag.store, rag.embedder, None).view() as view:
            found = ranks(view, rag.embedder, questions)
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        scores = {n: {"hit@1": hit(r, 1), "hit@10": hit(r, 10), "mrr@10": mrr(r, 10)} for n, r in found.items()}
        print(json.dumps(scores))
        return 0
    print(f"{len(questions)} questions, {rag.facts().articles} articles; hit@1 with its 95 % interval\n")
    print("| retrieval | hit@1 | hit@5 | hit@10 | MRR@10 |\n|---|---|---|---|---|")
    for name, got in found.items():
        low, high = interval([float(rank == 1) for rank in got]) or (0.0, 0.0)
        first = f"{hit(got, 1):.2f} ({low:.2f} to {high:.2f})"
        print(f"| {name} | {first} | {hit(got, 5):.2f} | {hit(got, 10):.2f} | {mrr(got, 10):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
