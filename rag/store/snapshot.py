"""What can be asked of an index within one transaction: one revision, whatever writers do meanwhile."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.answer import IndexFacts
from rag.errors import IndexDamaged
from rag.models import Embeddings
from rag.records import Article
from rag.store.derived import Derived
from rag.store.version import Version
from rag.store.watched import Visit, Watched


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
        day = date.fromisoformat(newest) if newest else None
        return IndexFacts(count, day, self.fact("updated") or None, self.revision)

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

    def article_rows(self) -> list[int]:
        """The rows of all articles, ascending."""
        return [row for (row,) in self._connection.execute("SELECT row FROM articles ORDER BY row")]

    def catalogue(self) -> list[tuple[int, str | None, str | None]]:
        """Row, publisher and ISO day of every article, by row: what filters and freshness need."""
        return self._connection.execute("SELECT row, publisher, published FROM articles ORDER BY row").fetchall()

    def rows(self, keys: Iterable[str]) -> list[int]:
        """The rows of the articles whose id or URL is one of ``keys``; a page of several articles has one URL."""
        select = "SELECT row FROM articles WHERE id = ?1 UNION SELECT row FROM articles WHERE url = ?1"
        return [row for key in keys for (row,) in self._connection.execute(select, [key])]

    def version(self, key: str) -> Version | None:
        """The version of an article that is stored; None where it is not there."""
        columns = "digest, given_by, own, title, sha256, length(text), published"
        row = self._connection.execute(f"SELECT {columns} FROM articles WHERE id = ?", [key]).fetchone()
        if row is None:
            return None
        found, source, own, title, sha256, length, day = row
        return Version(found, source, bool(own), title, sha256, length, date.fromisoformat(day) if day else None)

    def source(self, name: str) -> str | None:
        """The hash of a source that has been read to its end, or None."""
        row = self._connection.execute("SELECT sha256 FROM sources WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def sources(self) -> list[str]:
        """Every source that gives an article or was read to its end, by name."""
        select = "SELECT name FROM sources UNION SELECT source FROM origins ORDER BY 1"
        return [name for (name,) in self._connection.execute(select)]

    def given(self, source: str) -> list[str]:
        """The ids of the articles that a source gives."""
        select = "SELECT id FROM articles JOIN origins ON article = row WHERE source = ? ORDER BY row"
        return [key for (key,) in self._connection.execute(select, [source])]

    def origins(self, key: str) -> list[str]:
        """The sources that give an article, by name."""
        select = "SELECT source FROM origins JOIN articles ON article = row WHERE id = ? ORDER BY source"
        return [name for (name,) in self._connection.execute(select, [key])]

    def visit(self, source: str) -> Visit | None:
        """What an address held when it was last read to its end; None where it never was."""
        found = self._said("visits", "url, etag, last_modified, is_feed", "WHERE source = ?", [source])
        return next((Visit(url, etag, modified, bool(is_feed)) for url, etag, modified, is_feed in found), None)

    def removed(self, source: str) -> set[str]:
        """The ids of the articles that a source gave and somebody removed, and nobody added again."""
        return {key for (key,) in self._said("removed", "id", "WHERE source = ?", [source])}

    def watched(self) -> list[Watched]:
        """The sources that are read again and again, in the order in which they were named."""
        columns = "target, every, next_run, last_run, failures, error, added, changed, skipped, note, held"
        return [Watched(*row) for row in self._said("watched", columns, "ORDER BY rowid")]

    def chunks(self) -> list[tuple[int, int, int, int]]:
        """Row, article row, start and end of every chunk, by row."""
        return self._connection.execute('SELECT row, article, "start", "end" FROM chunks ORDER BY row').fetchall()

    def vectors(self, after: int = 0, batch: int = 4096) -> Iterator[tuple[NDArray[np.int64], Embeddings]]:
        """Chunk rows above ``after`` in order with their vectors, some thousands at a time: (n,) and (n, dimension)."""
        dimension = int(self.fact("dimension"))
        cursor = self._connection.execute("SELECT chunk, vector FROM encoded WHERE chunk > ? ORDER BY chunk", [after])
        while found := cursor.fetchmany(batch):
            vectors = np.frombuffer(b"".join(vector for _, vector in found), np.float32)
            yield np.array([row for row, _ in found], np.int64), vectors.reshape(len(found), dimension)

    def words(self) -> Iterator[bytes]:
        """The term numbers (int32) of every chunk in order, then of every article's title, then of every lead."""
        yield from (row[0] for row in self._connection.execute("SELECT words FROM encoded ORDER BY chunk"))
        yield from (row[0] for row in self._connection.execute("SELECT title_words FROM articles ORDER BY row"))
        yield from (row[0] for row in self._connection.execute("SELECT lead_words FROM articles ORDER BY row"))

    def terms_known(self) -> int:
        """The largest number of a term."""
        return int(self._connection.execute("SELECT coalesce(max(row), 0) FROM terms").fetchone()[0])

    def term_numbers(self, wanted: Sequence[str]) -> list[int]:
        """The numbers of those of ``wanted`` that the index holds, in their order."""
        select = "SELECT row FROM terms WHERE term = ?"
        found = (self._connection.execute(select, [term]).fetchone() for term in wanted)
        return [row[0] for row in found if row]

    def published(self) -> tuple[int, list[Derived]]:
        """The revision that was published last and its files; 0 and none where nothing was, or not as one."""
        found = self._connection.execute("SELECT revision, kind, file, sha256 FROM derived ORDER BY kind").fetchall()
        revisions = {revision for revision, *_ in found}
        return (revisions.pop(), [Derived(*row) for _, *row in found]) if len(revisions) == 1 else (0, [])

    def _said(self, table: str, columns: str, where: str, values: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        """Rows of a table that an index has once something was written in it."""
        made = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone()
        return self._connection.execute(f"SELECT {columns} FROM {table} {where}", values).fetchall() if made else []
