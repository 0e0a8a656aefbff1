"""What is searched: the words, vectors and catalogue of one revision, derived from the store and never changed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rag.store.derived import Content
from rag.store.postings import Floats, Words, WordScores
from rag.store.snapshot import Snapshot
from rag.store.vectors import Rows, Vectors


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Row, publisher (in lower case) and day (proleptic ordinal, 0 if undated) of every article, by row."""

    rows: Rows
    publishers: NDArray[np.str_]
    days: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chunks:
    """Row, article (counted from 0 in the order of the catalogue), start and end of every chunk, by row."""

    rows: Rows
    owners: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Generation:
    """All that is searched, as it was at one revision; what a store holds only later is not in it."""

    revision: int
    catalogue: Catalogue
    chunks: Chunks
    words: Words
    vectors: Vectors

    def scores(self, terms: Sequence[int]) -> WordScores:
        """BM25 of the numbers of terms."""
        return self.words.scores(terms, self.chunks.owners, self.catalogue.rows.size)

    def cover(self, terms: Sequence[int]) -> Floats:
        """By article, how many of the terms it holds close together; see ``Words.cover``."""
        return self.words.cover(terms, self.chunks.owners, self.catalogue.rows.size)

    def places(self, rows: Rows) -> NDArray[np.int64]:
        """Where chunk rows stand in ``chunks``; -1 for rows that are not of this generation."""
        if not self.chunks.rows.size:
            return np.full(rows.size, -1, np.int64)
        places = np.minimum(np.searchsorted(self.chunks.rows, rows), self.chunks.rows.size - 1)
        return np.where(self.chunks.rows[places] == rows, places, -1)


def tables(snapshot: Snapshot) -> Content:
    """The bytes of the catalogue and the chunks of the snapshot's revision."""
    rows, articles, starts, ends = np.ascontiguousarray(np.array(snapshot.chunks(), np.int64).reshape(-1, 4).T)
    listed = snapshot.catalogue()
    held = np.array([row for row, _, _ in listed], np.int64)
    days = [date.fromisoformat(day).toordinal() if day else 0 for _, _, day in listed]
    names = np.array([(name or "").casefold() for _, name, _ in listed], np.str_)
    stream = io.BytesIO()
    np.savez(
        stream,
        rows=rows,
        owners=np.searchsorted(held, articles),
        starts=starts,
        ends=ends,
        articles=held,
        publishers=names,
        days=np.array(days, np.int64),
    )
    return np.frombuffer(stream.getvalue(), np.uint8)


def read_tables(content: Content) -> tuple[Catalogue, Chunks]:
    """The catalogue and the chunks in the bytes that ``tables`` made."""
    with np.load(io.BytesIO(content.tobytes()), allow_pickle=False) as found:
        catalogue = Catalogue(found["articles"], found["publishers"], found["days"])
        return catalogue, Chunks(found["rows"], found["owners"], found["starts"], found["ends"])
