"""What can be changed in an index within one transaction: all of it is stored, or none of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from rag.models import Embeddings
from rag.records import Article, Span
from rag.store.derived import Derived
from rag.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Terms:
    """What an article is found by, in the order of its words: the terms of its title, of its lead (title and first
    words) and of each chunk."""

    title: Sequence[str]
    lead: Sequence[str]
    chunks: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article ready to be stored: its chunks, their vectors (chunks, dimension), and its terms."""

    article: Article
    chunks: Sequence[Span]
    vectors: Embeddings
    terms: Terms


def digest(article: Article) -> str:
    """Hash of everything an article says about itself: another digest under the same id is a changed article."""
    record = [article.title, article.text, article.url, article.publisher, article.authors, str(article.published)]
    return hashlib.sha256(json.dumps(record, ensure_ascii=False).encode()).hexdigest()


class Transaction(Snapshot):
    """What can be changed in a store within one transaction."""

    def add(self, indexed: Indexed, source: str) -> None:
        """Store an article with its chunks; an article of the same id is replaced, its other sources kept."""
        article = indexed.article
        origins = self._connection.execute(
            "SELECT source FROM origins JOIN articles ON article = row WHERE id = ?", [article.id]
        ).fetchall()
        self._drop(article.id)
        published = article.published.isoformat() if article.published else None
        row = self._connection.execute(
            "INSERT INTO articles (id, title, text, url, publisher, authors, published, sha256, digest, title_words, "
            "lead_words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(article.id, article.title, article.text, article.url, article.publisher),
                *(json.dumps(article.authors, ensure_ascii=False), published, article.sha256, digest(article)),
                *(self._numbered(indexed.terms.title), self._numbered(indexed.terms.lead)),
            ],
        ).lastrowid
        for chunk, vector, terms in zip(indexed.chunks, indexed.vectors, indexed.terms.chunks, strict=True):
            place = self._connection.execute(
                'INSERT INTO chunks (article, "start", "end") VALUES (?, ?, ?)', [row, chunk.start, chunk.end]
            ).lastrowid
            row_of_chunk = [place, vector.tobytes(), self._numbered(terms)]
            self._connection.execute("INSERT INTO encoded VALUES (?, ?, ?)", row_of_chunk)
        self._connection.executemany(
            "INSERT OR IGNORE INTO origins VALUES (?, ?)", [(name, row) for (name,) in [*origins, (source,)]]
        )
        self._changed()

    def keep(self, key: str, source: str) -> None:
        """Note that ``source`` holds an article that is stored already."""
        self._connection.execute(
            "INSERT OR IGNORE INTO origins SELECT ?, row FROM articles WHERE id = ?", [source, key]
        )

    def finish(self, source: str, sha256: str | None) -> None:
        """Note that ``source`` was read to its end."""
        self._connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", [source, sha256])

    def withdraw(self, source: str, keys: Iterable[str] | None = None) -> None:
        """Note that ``source`` no longer gives the articles ``keys``, or any; what no source gives, ``sweep`` drops.

        Other sources that give them count as unread: what is stored may be the words of this one.
        """
        given = "SELECT article FROM origins WHERE source = ?"
        rows = [row for (row,) in self._connection.execute(given, [source])]
        if keys is None:
            self._connection.execute("DELETE FROM sources WHERE name = ?", [source])
        else:
            select = "SELECT row FROM articles WHERE id = ?"
            named = {row for key in keys for (row,) in self._connection.execute(select, [key])}
            rows = [row for row in rows if row in named]
        self._connection.executemany(
            "DELETE FROM origins WHERE source = ? AND article = ?", [(source, r) for r in rows]
        )
        others = "DELETE FROM sources WHERE name IN (SELECT source FROM origins WHERE article = ?)"
        self._connection.executemany(others, [(row,) for row in rows])

    def sweep(self) -> list[str]:
        """Drop the articles that no source gives; returns their ids."""
        lost = "SELECT id FROM articles WHERE NOT EXISTS (SELECT 1 FROM origins WHERE article = row)"
        dropped = [key for (key,) in self._connection.execute(lost)]
        for key in dropped:
            self._drop(key)
        if dropped:
            self._changed()
        return dropped

    def remove(self, key: str) -> bool:
        """Drop an article; its sources count as unread, so that indexing them again brings it back."""
        self._connection.execute(
            "DELETE FROM sources WHERE name IN "
            "(SELECT source FROM origins JOIN articles ON article = row WHERE id = ?)",
            [key],
        )
        if dropped := self._drop(key):
            self._changed()
        return dropped

    def publish(self, revision: int, files: Iterable[Derived], replacing: Sequence[Derived]) -> bool:
        """Record the files that were made for ``revision``; False where others than ``replacing`` are recorded now."""
        if self.published()[1] != replacing:
            return False
        self._connection.execute("DELETE FROM derived")
        rows = [(file.kind, revision, file.file, file.sha256) for file in files]
        self._connection.executemany("INSERT INTO derived VALUES (?, ?, ?, ?)", rows)
        return True

    def _numbered(self, found: Sequence[str]) -> bytes:
        """The numbers (int32) of terms, in their order; a new term gets the next number."""
        distinct = list(dict.fromkeys(found))
        self._connection.executemany("INSERT OR IGNORE INTO terms (term) VALUES (?)", [(term,) for term in distinct])
        numbers = dict(zip(distinct, self.term_numbers(distinct), strict=True))
        return np.array([numbers[term] for term in found], np.int32).tobytes()

    def _drop(self, key: str) -> bool:
        return self._connection.execute("DELETE FROM articles WHERE id = ?", [key]).rowcount > 0

    def _changed(self) -> None:
        facts = [("revision", str(self.revision + 1)), ("updated", datetime.now(UTC).isoformat(timespec="seconds"))]
        self._connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts)
