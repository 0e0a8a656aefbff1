"""Words looked up: the articles that may hold them as they stand, the most likely first."""

from __future__ import annotations

from datetime import date

import pytest
from embedders import HashEmbedder

from index.build import build_articles
from rag.records import Article
from rag.search.lookup import holding
from rag.search.view import Filters, View
from rag.store.publishing import load_generation
from rag.store.store import Store

LONG = "The keeper wrote down the weather. " * 200
ARTICLES = [
    Article.of("Lamps", "Lamps, lamps: the new lamps of the harbour. Lamps for all, and more lamps.", publisher="Post"),
    Article.of("Keeper", f"{LONG}He said that no lamps had failed all winter. {LONG}", published=date(2031, 1, 2)),
    Article.of("Keeper", f"No lamps had failed all winter.\n{LONG}", published=date(2031, 3, 4), publisher="Wire"),
    Article.of("Winter", "All winter had failed no lamps, in the words of a poet.", published=date(2031, 5, 6)),
    *(Article.of(f"Notes {n}", f"We all do what we have to do. Note {n}.") for n in range(30)),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("index")
    build_articles("test", ARTICLES, folder, HashEmbedder(), lambda report: None)
    return Store(folder)


def found(store: Store, words: str, k: int = 5, **filters: object) -> list[Article]:
    with store.reading() as snapshot:
        return holding(words, View(load_generation(store), snapshot), Filters(**filters), k)  # type: ignore[arg-type]


def test_who_has_all_the_words_in_a_row_comes_before_who_repeats_some_of_them(store: Store) -> None:
    titles = [article.title for article in found(store, "no lamps had failed all winter")]
    assert titles[:2] == ["Keeper", "Keeper"] and titles[2] == "Winter"


def test_of_equals_the_newest_comes_first(store: Store) -> None:
    days = [article.published for article in found(store, "no lamps had failed all winter")[:2]]
    assert days == [date(2031, 3, 4), date(2031, 1, 2)]


def test_words_that_two_chunks_share_are_found(store: Store) -> None:
    with store.reading() as snapshot:
        chunks = {row: [(s, e) for _, r, s, e in snapshot.chunks() if r == row] for _, row, *_ in snapshot.chunks()}
        articles = dict(snapshot.articles())
    row, (_, second) = next((row, ends) for row, ends in ((r, c[:2]) for r, c in chunks.items() if len(c) > 3))
    across = articles[row].text[second[0] - 60 : second[0] + 60]
    assert articles[row] in found(store, across)


def test_words_that_are_all_everyday_words_are_found(store: Store) -> None:
    assert all(article.title.startswith("Notes") for article in found(store, "what we have to do"))


def test_no_more_than_asked_for_are_found(store: Store) -> None:
    assert len(found(store, "what we have to do", 7)) == 7


def test_an_article_that_a_filter_leaves_out_is_not_found(store: Store) -> None:
    words = "no lamps had failed all winter"
    assert {article.publisher for article in found(store, words, publishers=frozenset(["wire"]))} == {"Wire"}
    assert {article.title for article in found(store, words, after=date(2031, 5, 1))} == {"Winter"}


@pytest.mark.parametrize("words", ["", "…", "zyzzyva quokka"])
def test_words_that_the_index_does_not_hold_find_nothing(store: Store, words: str) -> None:
    assert found(store, words) == []
