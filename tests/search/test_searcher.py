"""An open index while it grows and shrinks: what is published answers, what is removed is missed at once."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from embedders import HashEmbedder

from index import run as running
from index.build import Report, build_articles
from rag.records import Article, Passage
from rag.search.searcher import QUIET, Searcher
from rag.search.view import Filters
from rag.store import publishing
from rag.store.publishing import publish
from rag.store.store import Store

EMBEDDER = HashEmbedder()
QUESTION = "Which ferry left the harbour?"


def articles(first: int, last: int, word: str = "nine") -> Iterator[Article]:
    for n in range(first, last):
        text = f"Ferry {n} left the harbour of Norhaven at {word}. " * 5
        yield Article.of(f"Ferry {n}", text, url=f"https://example.org/{n}", publisher="Post" if n % 2 else "Wire")


def add(folder: Path, *found: Article) -> Report:
    return build_articles("test", found, folder, EMBEDDER, lambda report: None)


def opened(folder: Path) -> Searcher:
    return Searcher(Store(folder), EMBEDDER, None)


def found(searcher: Searcher, question: str = QUESTION, k: int = 1000) -> list[Passage]:
    return searcher.search(question, Filters(), k)[0]


def titles(searcher: Searcher, question: str = QUESTION) -> set[str]:
    return {passage.span.article.title for passage in found(searcher, question)}


def unpublished(folder: Path, monkeypatch: pytest.MonkeyPatch, *added: Article) -> None:
    """Store articles as a run does that is killed before it publishes."""
    with monkeypatch.context() as patch:
        patch.setattr(running, "publish", lambda store: None)
        add(folder, *added)


def aged(folder: Path) -> None:
    """Make the last change one that is long ago."""
    long_ago = (datetime.now(UTC) - 2 * QUIET).isoformat(timespec="seconds")
    with sqlite3.connect(folder / "index.sqlite") as connection:
        connection.execute("UPDATE facts SET value = ? WHERE key = 'updated'", [long_ago])


def test_questions_asked_while_a_build_runs_wait_for_no_rebuild_and_quote_what_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real SQLite file, real FAISS files, a builder in a thread that also changes and drops what is asked for."""
    monkeypatch.setattr(running, "PAUSE", 0.2)
    add(tmp_path, *articles(0, 40))
    searcher, seen, problems = opened(tmp_path), list[int](), list[str]()
    found(searcher)
    asking = threading.get_ident()
    made = publishing.postings

    def watched(snapshot: object) -> object:
        if threading.get_ident() == asking:
            problems.append("a question rebuilt")
        return made(snapshot)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "postings", watched)
    slow = HashEmbedder(delay=0.004)

    def run() -> None:
        changed = articles(0, 40, word="ten")
        build_articles("test", [*articles(40, 200), *changed], tmp_path, slow, lambda report: None)

    builder = threading.Thread(target=run)
    builder.start()
    while builder.is_alive():
        passages, facts = searcher.search(QUESTION, Filters(), 1000)
        seen.append(facts.articles)
        for passage in passages:
            text = passage.span.article.text
            assert passage.span.text in text and passage.span.text.startswith("Ferry")
            assert passage.span.article.sha256 == Article.of("", text).sha256
        assert len({passage.span.article.id for passage in passages}) <= facts.articles
    builder.join()
    assert not problems
    assert min(seen) < 200 and len(set(seen)) > 2  # published several times during the run
    assert searcher.search(QUESTION, Filters(), 1)[1].articles == 200
    assert all("ten" in passage.span.text for passage in found(searcher, "Ferry 3 at ten", k=1))


def test_a_question_during_a_publication_is_answered_before_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, *articles(0, 10))
    searcher = opened(tmp_path)
    found(searcher)
    going, asked = threading.Event(), threading.Event()
    made = publishing.postings

    def held_up(snapshot: object) -> object:
        going.set()
        assert asked.wait(30)
        return made(snapshot)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "postings", held_up)
    builder = threading.Thread(target=add, args=[tmp_path, *articles(10, 12)])
    builder.start()
    assert going.wait(30)
    assert searcher.search(QUESTION, Filters(), 5)[1].articles == 10
    asked.set()
    builder.join()
    assert searcher.search(QUESTION, Filters(), 5)[1].articles == 12


def test_what_is_removed_is_missed_by_the_next_question_without_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, *articles(0, 6))
    searcher = opened(tmp_path)
    gone = found(searcher)[0].span.article
    monkeypatch.setattr(publishing, "postings", None)
    with searcher.store.writing() as transaction:
        assert transaction.remove(gone.id)
    assert gone.title not in titles(searcher)
    assert gone not in searcher.matching("ferry harbour", 10)
    with searcher.finding(Filters()) as (find, searched, facts):
        assert gone not in find(gone.text[:40], 10) and searched == facts.articles == 5
    assert gone.title not in titles(opened(tmp_path))


def test_an_article_that_was_changed_is_not_quoted_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, *articles(0, 6))
    searcher = opened(tmp_path)
    assert len(titles(searcher)) == 6
    unpublished(tmp_path, monkeypatch, *articles(2, 3, word="noon"))
    assert titles(searcher) == {f"Ferry {n}" for n in (0, 1, 3, 4, 5)}
    publish(searcher.store)
    assert any("noon" in passage.span.text for passage in found(searcher)) and len(titles(searcher)) == 6


def test_what_is_added_is_found_once_it_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, *articles(0, 3))
    searcher = opened(tmp_path)
    unpublished(tmp_path, monkeypatch, *articles(3, 5))
    assert len(titles(searcher)) == len(titles(opened(tmp_path))) == 3
    publish(searcher.store)
    assert len(titles(searcher)) == 5


def test_what_a_killed_run_left_is_published_once_nobody_is_adding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, *articles(0, 3))
    searcher = opened(tmp_path)
    found(searcher)
    unpublished(tmp_path, monkeypatch, *articles(3, 5))
    aged(tmp_path)
    deadline = time.monotonic() + 20  # beside the questions, in one that is open already
    while len(titles(searcher)) < 5:
        assert time.monotonic() < deadline
    unpublished(tmp_path, monkeypatch, *articles(5, 7))
    aged(tmp_path)
    assert len(titles(opened(tmp_path))) == 7  # before the first question of one that is opened


def test_filters_hold_in_what_was_published_before_the_last_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, *articles(0, 6))
    searcher = opened(tmp_path)
    unpublished(tmp_path, monkeypatch, *articles(6, 8), *articles(1, 2, word="noon"))
    passages, _ = searcher.search(
        QUESTION, Filters(publishers=frozenset({"post"}), without=frozenset({"https://example.org/3"})), 100
    )
    assert {passage.span.article.title for passage in passages} == {"Ferry 5"}


def test_an_index_made_anew_in_the_same_folder_is_noticed(tmp_path: Path) -> None:
    add(tmp_path, *articles(0, 5))
    searcher = opened(tmp_path)
    assert len(titles(searcher)) == 5
    for file in tmp_path.iterdir():
        file.unlink()
    add(tmp_path, *articles(20, 22))
    assert titles(searcher) == {"Ferry 20", "Ferry 21"}
