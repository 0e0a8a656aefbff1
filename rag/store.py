"""One index folder's single source of truth: articles, chunks, vectors and words, in SQLite.

Every change is one transaction: a killed run loses nothing that was reported as added. What FAISS searches is
derived from here (``rag/generation.py``).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rag.datatypes import Article, IndexFacts, Span
from rag.embed import Embedder, Vectors
from rag.errors import IndexDamaged, IndexMismatch, IndexMissing
from rag.terms import terms

FORMAT = 1
LEAD_WORDS = 80  # headline and lead carry the news: measured on RealTime QA, see README
_FILE = "index.sqlite"
_MADE = "SELECT 1 FROM sqlite_master WHERE name = 'facts'"

# The words tables hold stems made by rag.terms, joined by spaces, so unicode61 only has to split them again.
_SCHEMA = """
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL,
    url TEXT, publisher TEXT, authors TEXT NOT NULL, published TEXT, sha256 TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL);
CREATE INDEX chunks_by_article ON chunks (article);
CREATE TABLE sources (name TEXT PRIMARY KEY, sha256 TEXT) WITHOUT ROWID;
CREATE TABLE origins (
    source TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (source, article)) WITHOUT ROWID;
CREATE INDEX origins_by_article ON origins (article);
CREATE VIRTUAL TABLE whole_words USING fts5(words, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '.'");
CREATE VIRTUAL TABLE lead_words USING fts5(words, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '.'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(whole_words, row);
CREATE TABLE generation (only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER, file TEXT, sha256 TEXT);
"""


@dataclass(frozen=True, slots=True)
class Indexed:
    """An article ready to be stored: its chunks and their vectors, float32 of shape (chunks, dimension)."""

    article: Article
    chunks: Sequence[Span]
    vectors: Vectors


def digest(article: Article) -> str:
    """Hash of everything an article says about itself: another digest under the same id is a changed article."""
    record = [article.title, article.text, article.url, article.publisher, article.authors, str(article.published)]
    return hashlib.sha256(json.dumps(record, ensure_ascii=False).encode()).hexdigest()


class Store:
    """The SQLite file of one index folder; ``reading`` and ``writing`` give one transaction each."""

    def __init__(self, folder: Path) -> None:
        """Open an index that exists; raises IndexMissing, IndexMismatch (format) or IndexDamaged."""
        self.folder = folder
        found = ""
        if (folder / _FILE).is_file():
            with self._transaction("BEGIN") as connection:
                if connection.execute(_MADE).fetchone():  # a run killed at its very start leaves an empty file
                    found = Snapshot(connection).fact("format")
        if not found:
            raise IndexMissing(
                f"There is no index in {str(folder)!r}. Make one: python -m index ARTICLES --index {folder}"
            )
        if found != str(FORMAT):
            raise IndexMismatch(
                f"The index in {str(folder)!r} has format {found}, this version reads format {FORMAT}. "
                f"Rebuild it: delete the folder, then python -m index ARTICLES --index {folder}"
            )

    @classmethod
    def create(cls, folder: Path, embedder: Embedder) -> Store:
        """Open the index of ``folder`` for ``embedder``, made empty where there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        with closing(_connect(folder / _FILE)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")  # two first runs at once: the second finds the schema made
            if not connection.execute(_MADE).fetchone():
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                facts = {"format": FORMAT, "embedder": embedder.name, "weights": embedder.weights}
                facts |= {"dimension": embedder.dimension, "revision": 0}
                connection.executemany("INSERT INTO facts VALUES (?, ?)", [(k, str(v)) for k, v in facts.items()])
            connection.execute("COMMIT")
        store = cls(folder)
        store.check(embedder)
        return store

    def check(self, embedder: Embedder) -> None:
        """Raise IndexMismatch unless the index was made with the name and weights of ``embedder``."""
        with self.reading() as snapshot:
            name, weights = snapshot.fact("embedder"), snapshot.fact("weights")
        if (name, weights) != (embedder.name, embedder.weights):
            raise IndexMismatch(
                f"The index in {str(self.folder)!r} was made with the embedder {name!r} (weights {weights[:12]}), "
                f"not {embedder.name!r} (weights {embedder.weights[:12]}). Use --embedder {name}, or rebuild: delete "
                f"the folder, then python -m index ARTICLES --index {self.folder} --embedder {embedder.name}"
            )

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """One read transaction: whatever writers do meanwhile, it sees one revision."""
        with self._transaction("BEGIN") as connection:
            yield Snapshot(connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One write transaction: all of it is stored, or, when anything raises or the process dies, none of it."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield Transaction(connection)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            with closing(_connect(self.folder / _FILE)) as connection:
                connection.execute(begin)
                yield connection
                connection.execute("COMMIT")
        except sqlite3.OperationalError as error:  # locked, read-only, disk full
            raise IndexDamaged(f"The index in {str(self.folder)!r} could not be used: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"The index in {str(self.folder)!r} is damaged ({error}). Rebuild it: delete the folder, "
                f"then python -m index ARTICLES --index {self.folder}"
            ) from error


class Snapshot:
    """What can be asked of a store within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def fact(self, key: str) -> str:
        row = self._connection.execute("SELECT value FROM facts WHERE key = ?", [key]).fetchone()
        return str(row[0]) if row else ""

    @property
    def revision(self) -> int:
        """Counts the changes of the index."""
        return int(self.fact("revision"))

    def facts(self) -> IndexFacts:
        count, newest = self._connection.execute("SELECT count(*), max(published) FROM articles").fetchone()
        return IndexFacts(count, date.fromisoformat(newest) if newest else None, self.fact("updated") or None)

    def articles(self, rows: Iterable[int] | None = None) -> Iterator[tuple[int, Article]]:
        """Articles with their rows, newest first, or those of ``rows`` in that order; their text is checked.

        Raises IndexDamaged where a text is not the one whose hash was stored with it.
        """
        select = "SELECT row, id, title, text, url, publisher, authors, published, sha256 FROM articles"
        found: Iterable[tuple[Any, ...]]
        if rows is None:
            found = self._connection.execute(f"{select} ORDER BY published DESC, row DESC")
        else:
            found = (r for row in rows for r in self._connection.execute(f"{select} WHERE row = ?", [row]))
        for row, key, title, text, url, publisher, authors, published, sha256 in found:
            day = date.fromisoformat(published) if published else None
            article = Article(key, title, text, url, publisher, tuple(json.loads(authors)), day)
            if article.sha256 != sha256:
                raise IndexDamaged(
                    f"The text of article {key} ({title!r}) is not the one that was indexed. Repair it: "
                    f"python -m index --remove {key}, then index its file again"
                )
            yield row, article

    def article(self, key: str) -> Article | None:
        row = self._connection.execute("SELECT row FROM articles WHERE id = ?", [key]).fetchone()
        return next(self.articles([row[0]]))[1] if row else None

    def catalogue(self) -> list[tuple[int, str | None, str | None]]:
        """Row, publisher and ISO day of every article, by row: what filters and freshness need."""
        return self._connection.execute("SELECT row, publisher, published FROM articles ORDER BY row").fetchall()

    def digest(self, key: str) -> str | None:
        row = self._connection.execute("SELECT digest FROM articles WHERE id = ?", [key]).fetchone()
        return str(row[0]) if row else None

    def source(self, name: str) -> str | None:
        """The hash of a source that has been read to its end, or None."""
        row = self._connection.execute("SELECT sha256 FROM sources WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def given(self, source: str) -> int:
        """How many articles a source gave."""
        return int(self._connection.execute("SELECT count(*) FROM origins WHERE source = ?", [source]).fetchone()[0])

    def chunks(self) -> list[tuple[int, int, int]]:
        """Article row, start and end of every chunk, in the order of ``vectors``."""
        return self._connection.execute('SELECT article, "start", "end" FROM chunks ORDER BY row').fetchall()

    def vectors(self, batch: int = 4096) -> Iterator[Vectors]:
        """All vectors in chunk order, some thousands at a time, float32 of shape (≤ batch, dimension)."""
        dimension = int(self.fact("dimension"))
        cursor = self._connection.execute("SELECT vector FROM chunks ORDER BY row")
        while rows := cursor.fetchmany(batch):
            yield np.frombuffer(b"".join(row[0] for row in rows), np.float32).reshape(len(rows), dimension)

    def lexical_scores(self, table: str, words: Sequence[str]) -> list[tuple[int, float]]:
        """BM25 of every article that holds one of ``words`` (terms): (row, score), higher is better, by row."""
        match = " OR ".join(f'"{word}"' for word in words)
        if not match:
            return []
        found = self._connection.execute(
            f"SELECT rowid, -bm25({table}) FROM {table} WHERE {table} MATCH ? ORDER BY rowid", [match]
        )
        return found.fetchall()

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """In how many articles each of ``words`` (terms) stands."""
        count = "SELECT doc FROM vocabulary WHERE term = ?"
        rows = {word: self._connection.execute(count, [word]).fetchone() for word in words}
        return {word: row[0] if row else 0 for word, row in rows.items()}

    def generation(self) -> tuple[int, str, str] | None:
        """Revision, file name and SHA-256 of the published FAISS file."""
        return self._connection.execute("SELECT revision, file, sha256 FROM generation").fetchone()  # type: ignore[no-any-return]


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
            "INSERT INTO articles (id, title, text, url, publisher, authors, published, sha256, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(article.id, article.title, article.text, article.url, article.publisher),
                *(json.dumps(article.authors, ensure_ascii=False), published, article.sha256, digest(article)),
            ],
        ).lastrowid
        self._connection.executemany(
            'INSERT INTO chunks (article, "start", "end", vector) VALUES (?, ?, ?, ?)',
            [(row, c.start, c.end, v.tobytes()) for c, v in zip(indexed.chunks, indexed.vectors, strict=True)],
        )
        for table, words in _words(article).items():
            self._connection.execute(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", [row, words])
        self._connection.executemany(
            "INSERT OR IGNORE INTO origins VALUES (?, ?)", [(name, row) for (name,) in [*origins, (source,)]]
        )
        self._changed()

    def keep(self, key: str, source: str) -> None:
        """Note that ``source`` holds an article that is stored already."""
        self._connection.execute(
            "INSERT OR IGNORE INTO origins SELECT ?, row FROM articles WHERE id = ?", [source, key]
        )

    def finish(self, source: str, sha256: str | None, keys: Iterable[str]) -> list[str]:
        """Note that ``source`` was read to its end and gave ``keys``; returns the ids that were dropped.

        A file that changed no longer gives some articles: they go, unless another source gives them too.
        """
        stored = self._connection.execute(
            "SELECT id, row FROM articles JOIN origins ON article = row WHERE source = ?", [source]
        ).fetchall()
        given = set(keys)
        gone = [(key, row) for key, row in stored if key not in given]
        self._connection.executemany(
            "DELETE FROM origins WHERE source = ? AND article = ?", [(source, r) for _, r in gone]
        )
        self._connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", [source, sha256])
        left = "SELECT 1 FROM origins WHERE article = ?"
        dropped = [key for key, row in gone if not self._connection.execute(left, [row]).fetchone()]
        for key in dropped:
            self._drop(key)
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

    def publish(self, revision: int, file: str, sha256: str) -> None:
        """Record the FAISS file that was made for ``revision``."""
        self._connection.execute("INSERT OR REPLACE INTO generation VALUES (1, ?, ?, ?)", [revision, file, sha256])

    def _drop(self, key: str) -> bool:
        found = self._connection.execute("SELECT row, title, text FROM articles WHERE id = ?", [key]).fetchone()
        if not found:
            return False
        row, title, text = found
        for table, words in _words(Article(key, title, text)).items():  # a contentless table must be told what goes
            self._connection.execute(
                f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", [row, words]
            )
        self._connection.execute("DELETE FROM articles WHERE row = ?", [row])
        return True

    def _changed(self) -> None:
        facts = [("revision", str(self.revision + 1)), ("updated", datetime.now(UTC).isoformat(timespec="seconds"))]
        self._connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts)


def _words(article: Article) -> dict[str, str]:
    title, text = terms(article.title), terms(article.text)
    return {"whole_words": " ".join(title + text), "lead_words": " ".join(title + text[:LEAD_WORDS])}


def _connect(file: Path) -> sqlite3.Connection:
    # isolation_level None: transactions begin and end where we say, not where the module guesses.
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # "added" is reported after this: it must outlast a power cut
    return connection
