"""Postings and BM25, beside a plain count over the texts."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from embedders import HashEmbedder

from index.build import build_articles
from index.words import LEAD_WORDS
from rag.records import Article
from rag.store.generation import Generation
from rag.store.publishing import load_generation, publish
from rag.store.store import Store
from rag.text.lead import opening
from rag.text.terms import terms

QUESTION = ["ferri", "harbour", "fare", "0"]
TEXTS = [
    "The ferry left the harbour. " * 30 + "\n" + "A ferry fare is nine crowns. " * 12,
    "London —\nThe harbour board met. No ferry was mentioned.",
    "Zero degrees were measured in Norhaven. " * 50,
    "The bridge opened at noon.",
]
ARTICLES = [
    Article.of(title, text, url=f"https://example.org/{n}")
    for n, (title, text) in enumerate(zip(["Ferry fares", "Harbour", "Frost", "Bridge"], TEXTS, strict=True))
]


def bm25(documents: list[list[str]], holding: list[list[str]]) -> list[float]:
    """By the formula, term by term; a term's rarity is counted over ``holding``."""
    mean = sum(map(len, documents)) / len(documents)
    scores = [0.0] * len(documents)
    for term in QUESTION:
        held = sum(term in document for document in holding)
        rarity = math.log(1 + (len(holding) - held + 0.5) / (held + 0.5))
        for n, document in enumerate(documents):
            count = document.count(term)
            scores[n] += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(document) / mean))
    return scores


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("index")
    build_articles("test", ARTICLES, folder, HashEmbedder(), lambda report: None)
    return Store(folder)


@pytest.fixture(scope="module")
def loaded(store: Store) -> tuple[Generation, list[int]]:
    with store.reading() as snapshot:
        return load_generation(store), snapshot.term_numbers(QUESTION)


def test_scores_are_those_of_a_plain_count(loaded: tuple[Generation, list[int]]) -> None:
    generation, numbers = loaded
    scores = generation.scores(numbers)
    whole = [terms(article.title) + terms(article.text) for article in ARTICLES]
    lead = [terms(article.title) + terms(article.text[opening(article.text) :])[:LEAD_WORDS] for article in ARTICLES]
    held = generation.chunks
    spans = zip(held.owners, held.starts, held.ends, strict=True)
    chunks = [terms(ARTICLES[owner].text[start:end]) for owner, start, end in spans]
    assert len(chunks) > len(ARTICLES)
    np.testing.assert_allclose(scores.whole, bm25(whole, whole))
    np.testing.assert_allclose(scores.lead, bm25(lead, lead))
    np.testing.assert_allclose(scores.chunks, bm25(chunks, whole))


def test_words_that_no_article_holds_score_nothing(store: Store, loaded: tuple[Generation, list[int]]) -> None:
    with store.reading() as snapshot:
        assert snapshot.term_numbers(["volcano"]) == []
    generation, _ = loaded
    assert not generation.scores([]).whole.any()


def test_an_emptied_index_has_empty_postings(tmp_path: Path) -> None:
    build_articles("test", ARTICLES[:1], tmp_path, HashEmbedder(), lambda report: None)
    store = Store(tmp_path)
    with store.writing() as transaction:
        transaction.remove(ARTICLES[0].id)
    publish(store)
    with store.reading() as snapshot:
        assert load_generation(store).scores(snapshot.term_numbers(QUESTION)).whole.size == 0
