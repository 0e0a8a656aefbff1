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
from rag.store.watched import Visit, Watched

EVERY = 900.0  # seconds between two runs of a watched source, where nothing else is said
HELD = 3_600.0  # seconds after which a run that tells nothing is taken for dead


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

    def add(self, indexed: Indexed, source: str, own: bool) -> None:
        """Store an article as ``source`` gives it, with its chunks; one of the same id is replaced, its other sources
        kept. ``own``: see ``Version``."""
        article = indexed.article
        origins = self._connection.execute(
            "SELECT source FROM origins JOIN articles ON article = row WHERE id = ?", [article.id]
        ).fetchall()
        self._drop(article.id)
        self._connection.execute("DELETE FROM removed WHERE id = ?", [article.id])
        published = article.published.isoformat() if article.published else None
        row = self._connection.execute(
            "INSERT INTO articles (id, title, text, url, publisher, authors, published, sha256, digest, given_by, own, "
            "title_words, lead_words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(article.id, article.title, article.text, article.url, article.publisher),
                *(json.dumps(article.authors, ensure_ascii=False), published, article.sha256, digest(article)),
                *(source, own),
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

    def visited(self, source: str, sha256: str, visit: Visit) -> None:
        """Note that an address was read to its end, with the hash of what it held."""
        self._connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", [source, sha256])
        row = [source, visit.url, visit.etag, visit.last_modified, visit.is_feed]
        self._connection.execute("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?)", row)

    def watch(self, target: str, every: float | None, now: float) -> None:
        """Have a source read now and every so many seconds from then on; None is as before, or EVERY."""
        self._connection.execute(
            "INSERT INTO watched VALUES (?1, coalesce(?2, ?3), ?4, NULL, 0, '', 0, 0, 0, '', 0) "
            "ON CONFLICT (target) DO UPDATE SET every = coalesce(?2, every), next_run = ?4",
            [target, every, EVERY, now],
        )

    def unwatch(self, target: str) -> bool:
        """Have it read no more; False where it was not watched."""
        return self._connection.execute("DELETE FROM watched WHERE target = ?", [target]).rowcount > 0

    def claim(self, now: float, targets: Iterable[str] | None = None) -> Watched | None:
        """The source (of ``targets``, or all) that has been due longest; None where none is.

        It is held from here on until ``ran`` is told, or for HELD seconds more each time that ``hold`` is: of two
        programs that watch one index, one runs it, and what a killed one held is due again.
        """
        wanted = None if targets is None else set(targets)
        due = [one for one in self.watched() if one.due <= now and (wanted is None or one.target in wanted)]
        if not due:
            return None
        first = min(due, key=lambda one: one.next_run)
        self.hold(first.target, now)
        return first

    def hold(self, target: str, now: float) -> None:
        """Note that the run of a source still goes on."""
        self._connection.execute("UPDATE watched SET held = ? WHERE target = ?", [now + HELD, target])

    def ran(self, source: Watched) -> None:
        """Note how the run of a watched source went; nothing where it was taken off the list meanwhile."""
        self._connection.execute(
            "UPDATE watched SET next_run = ?, last_run = ?, failures = ?, error = ?, added = ?, changed = ?, "
            "skipped = ?, note = ?, held = 0 WHERE target = ?",
            [
                *(source.next_run, source.last_run, source.failures, source.error),
                *(source.added, source.changed, source.skipped, source.note, source.target),
            ],
        )

    def remove(self, key: str) -> bool:
        """Drop an article, and note that somebody did: see ``readmit``."""
        self._connection.execute(
            "INSERT OR IGNORE INTO removed SELECT source, id FROM origins JOIN articles ON article = row WHERE id = ?",
            [key],
        )
        if dropped := self._drop(key):
            self._changed()
        return dropped

    def readmit(self, source: str) -> None:
        """Let a source bring back what was removed of it: it counts as unread."""
        self._connection.execute("DELETE FROM sources WHERE name = ?", [source])
        self._connection.execute("DELETE FROM removed WHERE source = ?", [source])

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
