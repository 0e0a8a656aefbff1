"""One index folder's single source of truth: articles, chunks, vectors and words, in SQLite.

Every change is one transaction: a killed run loses nothing that was reported as added. What is searched is derived
from here (``rag/store/publishing.py``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rag.errors import IndexDamaged, IndexMismatch, IndexMissing
from rag.models import Embedder
from rag.store.snapshot import Snapshot
from rag.store.transaction import Transaction

FORMAT = 3
_FILE = "index.sqlite"
_MADE = "SELECT 1 FROM sqlite_master WHERE name = 'facts'"

# What is long comes last in its row, or in a table of its own: opening an index reads the short columns only.
_SCHEMA = """
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT, publisher TEXT,
    authors TEXT NOT NULL, published TEXT, sha256 TEXT NOT NULL, digest TEXT NOT NULL, given_by TEXT NOT NULL,
    own INTEGER NOT NULL, title_words BLOB NOT NULL, lead_words BLOB NOT NULL, text TEXT NOT NULL);
CREATE INDEX articles_by_url ON articles (url);
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE TABLE encoded (
    chunk INTEGER PRIMARY KEY REFERENCES chunks ON DELETE CASCADE, vector BLOB NOT NULL, words BLOB NOT NULL);
CREATE INDEX chunks_by_article ON chunks (article);
CREATE TABLE sources (name TEXT PRIMARY KEY, sha256 TEXT) WITHOUT ROWID;
CREATE TABLE origins (
    source TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (source, article)) WITHOUT ROWID;
CREATE INDEX origins_by_article ON origins (article);
CREATE TABLE terms (row INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
CREATE TABLE derived (kind TEXT PRIMARY KEY, revision INTEGER, file TEXT, sha256 TEXT) WITHOUT ROWID;
"""
# What sources say of themselves, made by the first that writes: an index without it is as good.
_SOURCES = """
CREATE TABLE IF NOT EXISTS visits (
    source TEXT PRIMARY KEY, url TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
    is_feed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removed (source TEXT, id TEXT, PRIMARY KEY (source, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watched (
    target TEXT PRIMARY KEY, every REAL NOT NULL, next_run REAL NOT NULL, last_run REAL, failures INTEGER NOT NULL,
    error TEXT NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL, skipped INTEGER NOT NULL,
    note TEXT NOT NULL, held REAL NOT NULL);
"""


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
            for statement in _SOURCES.split(";\n"):
                connection.execute(statement)
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


def _connect(file: Path) -> sqlite3.Connection:
    # isolation_level None: transactions begin and end where we say, not where the module guesses.
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # "added" is reported after this: it must outlast a power cut
    return connection
