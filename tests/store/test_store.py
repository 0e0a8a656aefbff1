"""One index folder: transactions, derived files, and what happens when they are damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from embedders import HashEmbedder

from index.build import build_articles
from rag.errors import IndexDamaged, IndexMismatch, IndexMissing
from rag.records import Article
from rag.store.publishing import load_generation, publish
from rag.store.snapshot import Snapshot
from rag.store.store import Store

EMBEDDER = HashEmbedder()


def articles(count: int) -> Iterator[Article]:
    for i in range(count):
        text = f"Ferry {i} left the harbour of Norhaven. " * 3 + "\n" + f"Captain number {i} said nothing."
        yield Article.of(f"Ferry {i}", text, url=f"https://example.org/{i}", published=date(2031, 3, 1 + i % 28))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    build_articles("test", articles(12), tmp_path, EMBEDDER, lambda report: None)
    return Store(tmp_path)


def search(store: Store, text: str, k: int = 5) -> list[int]:
    return load_generation(store).vectors.search(EMBEDDER.embed([text])[0], k, None)[0].tolist()  # type: ignore[no-any-return]


def numbered(snapshot: Snapshot) -> list[tuple[str, int]]:
    return [(term, snapshot.term_numbers([term])[0]) for term in ("ferri", "0")]


def test_what_is_stored_comes_back_equal(store: Store) -> None:
    with store.reading() as snapshot:
        stored = {article.id: article for _, article in snapshot.articles()}
    assert stored == {article.id: article for article in articles(12)}


@pytest.mark.parametrize("kind", ["vectors", "words", "tables"])
@pytest.mark.parametrize("damage", ["missing", "empty", "one bit"])
def test_a_damaged_file_is_made_again_from_the_store(store: Store, damage: str, kind: str) -> None:
    before = search(store, "captain number 7")
    file = sorted(store.folder.glob(f"{kind}-*"))[0]
    content = bytearray(file.read_bytes())
    if damage == "missing":
        file.unlink()
    elif damage == "empty":
        file.write_bytes(b"")
    else:
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    assert search(store, "captain number 7") == before
    with store.reading() as snapshot:
        (again,) = {file.file for file in snapshot.published()[1] if file.kind.startswith(kind)}
    assert (store.folder / again).is_file() and (kind == "vectors" or again == file.name)
    assert search(store, "captain number 7") == before


def test_a_text_changed_behind_our_back_is_named_and_not_quoted(store: Store) -> None:
    with sqlite3.connect(store.folder / "index.sqlite") as connection:
        connection.execute("UPDATE articles SET text = replace(text, 'nothing', 'everything') WHERE title = 'Ferry 4'")
    with pytest.raises(IndexDamaged, match="Ferry 4"), store.reading() as snapshot:
        list(snapshot.articles())


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(IndexDamaged, match="Rebuild it"):
        Store(tmp_path)


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="python -m index ARTICLES"):
        Store(tmp_path / "nowhere")


def test_another_embedder_is_refused_and_both_are_named(store: Store) -> None:
    other = HashEmbedder()
    other.name = "other-model"
    with pytest.raises(IndexMismatch, match=r"'hash'.*'other-model'.*rebuild"):
        store.check(other)


def test_another_format_is_refused(store: Store) -> None:
    with store.writing() as transaction:
        transaction._connection.execute("UPDATE facts SET value = '999' WHERE key = 'format'")
    with pytest.raises(IndexMismatch, match="999"):
        Store(store.folder)


def test_a_transaction_that_raises_changes_nothing(store: Store) -> None:
    with store.reading() as snapshot:
        before = snapshot.revision, snapshot.facts()
    key = next(articles(1)).id
    with pytest.raises(RuntimeError), store.writing() as transaction:
        assert transaction.remove(key)
        raise RuntimeError
    with store.reading() as snapshot:
        assert (snapshot.revision, snapshot.facts()) == before


def test_a_removed_article_leaves_no_words_and_no_chunks(store: Store) -> None:
    key = next(articles(1)).id
    with store.writing() as transaction:
        assert transaction.remove(key)
        assert not transaction.remove(key)
    with store.reading() as snapshot:
        assert snapshot.facts().articles == len(snapshot.chunks()) == 11
        publish(store)
        words = load_generation(store).words
        held = {term: words.places[words.starts[n] : words.starts[n + 1]].size for term, n in numbered(snapshot)}
    assert held["ferri"] == 3 * 11 and held["0"] == 0  # in a chunk, a title and a lead of each


def test_a_reader_sees_one_revision_while_a_writer_commits(store: Store) -> None:
    with store.reading() as snapshot:
        before = snapshot.facts()
        with store.writing() as transaction:
            transaction.remove(next(articles(1)).id)
        assert snapshot.facts() == before
    with store.reading() as snapshot:
        assert snapshot.facts().articles == before.articles - 1
