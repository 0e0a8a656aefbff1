"""Finding passages: words, meaning, filters and freshness."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from embedders import HashEmbedder

from index.build import build_articles
from rag.records import Article, Passage
from rag.search.retrieve import FADING, days_of, freshness, gather, retrieve
from rag.search.view import Filters, View
from rag.store.publishing import load_generation
from rag.store.store import Store

EMBEDDER = HashEmbedder()
ARTICLES = [
    Article.of(
        "Ferry fares rise", "The ferry fare rose to nine crowns.", publisher="The Post", published=date(2031, 3, 1)
    ),
    Article.of(
        "Ferry fares rise", "The ferry fare rose to ten crowns.", publisher="The Wire", published=date(2031, 5, 1)
    ),
    Article.of("Ferry fares", "The ferry fare is a matter of debate.", publisher="The Wire"),
    Article.of("Bridge opens", "The bridge opened at noon. " * 40, publisher="The Post", published=date(2031, 4, 1)),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("index")
    build_articles("test", ARTICLES, folder, EMBEDDER, lambda report: None)
    return Store(folder)


def found(store: Store, question: str, k: int = 10, **filters: object) -> list[Passage]:
    with store.reading() as snapshot:
        vector = EMBEDDER.embed([question])[0]
        return retrieve(question, vector, View(load_generation(store), snapshot), Filters(**filters), k)  # type: ignore[arg-type]


def titles(passages: list[Passage]) -> set[tuple[str, str | None]]:
    return {(p.span.article.title, p.span.article.publisher) for p in passages}


def test_the_article_that_holds_the_words_comes_first(store: Store) -> None:
    assert found(store, "When did the bridge open?")[0].span.article.title == "Bridge opens"


def test_passages_are_the_best_k_best_first(store: Store) -> None:
    everything = found(store, "bridge", k=100)
    assert found(store, "bridge", k=2) == everything[:2]
    assert [p.score for p in everything] == sorted((p.score for p in everything), reverse=True)


def test_a_publisher_is_matched_in_any_case(store: Store) -> None:
    only = found(store, "ferry fare", publishers=frozenset({"the WIRE"}))
    assert {p.span.article.publisher for p in only} == {"The Wire"}


def test_after_and_before_include_their_days_and_leave_out_the_undated(store: Store) -> None:
    april = found(store, "ferry bridge", after=date(2031, 3, 1), before=date(2031, 4, 1))
    assert {p.span.article.published for p in april} == {date(2031, 3, 1), date(2031, 4, 1)}


def test_as_of_leaves_out_what_came_later_and_keeps_the_undated(store: Store) -> None:
    then = {p.span.article.published for p in found(store, "ferry fare", as_of=date(2031, 4, 30))}
    assert date(2031, 5, 1) not in then and None in then and date(2031, 3, 1) in then


def test_as_of_prefers_the_fresher_of_two_alike(store: Store) -> None:
    first = found(store, "How much is the ferry fare that rose?", as_of=date(2031, 5, 2))[0]
    assert first.span.article.published == date(2031, 5, 1)


def test_freshness_is_one_plus_exp_of_the_distance_from_the_period_and_one_for_the_undated(store: Store) -> None:
    catalogue = load_generation(store).catalogue
    distances = np.array([30.0, 28.0, np.nan, 0.0])  # of 1 March, 1 May, undated, 1 April
    expected = np.where(np.isnan(distances), 1, 1 + np.exp(-distances / FADING))
    assert np.allclose(freshness(catalogue, (date(2031, 3, 31), date(2031, 4, 3))), expected)
    assert np.array_equal(freshness(catalogue, None), np.ones(4))


def test_a_question_is_about_the_last_days_unless_its_words_say_other_ones() -> None:
    asked = date(2031, 5, 7)
    assert days_of("What rose?", asked) == (date(2031, 5, 2), asked)
    assert days_of("What rose last month?", asked) == (date(2031, 4, 1), date(2031, 5, 2))
    assert days_of("What rose last month?", None) is None


def test_copies_of_one_wording_do_not_crowd_out_other_articles(tmp_path: Path) -> None:
    text = "The ferry fare rose to nine crowns on Monday, the harbour board of Norhaven said."
    copies = [Article.of("Ferry fare", text, url=f"https://wire.example/{n}") for n in range(6)]
    other = Article.of("Harbour", "The board was asked about the ferry, and said that no fare is fair to all.")
    build_articles("test", [*copies, other], tmp_path, EMBEDDER, lambda report: None)
    passages = found(Store(tmp_path), "How much is the ferry fare?", k=3)
    assert [passage.span.article.title for passage in passages] == ["Ferry fare", "Ferry fare", "Harbour"]


def test_dense_evidence_is_the_best_inner_product_of_an_articles_chunks(store: Store) -> None:
    question = "bridge at noon"
    vector = EMBEDDER.embed([question])[0]
    with store.reading() as snapshot:
        generation = load_generation(store)
        products = np.concatenate([vectors for _, vectors in snapshot.vectors()]) @ vector
        evidence = gather(question, vector, View(generation, snapshot), np.ones(4, np.bool_))
    for article, got in enumerate(evidence.dense):
        assert got == pytest.approx(max(0, products[generation.chunks.owners == article].max()), abs=1e-6)


def test_nothing_is_found_when_the_filters_leave_nothing(store: Store) -> None:
    assert found(store, "ferry", publishers=frozenset({"Nobody"})) == []


def test_words_that_mean_something_to_the_search_language_are_only_words(store: Store) -> None:
    assert titles(found(store, 'bridge" OR NOT ferry* NEAR(noon, 2) title:x --; DROP TABLE articles')) != set()
