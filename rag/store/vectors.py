"""What finds the nearest vectors: the protocol of an engine, and FAISS in segments that are only ever appended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from rag.models import Embeddings
from rag.store.derived import Content, Derived, joined, read, write

Rows = NDArray[np.int64]  # of chunks: the stable keys of the store, ascending where they are given to an engine
Scores = NDArray[np.float32]


class Vectors(Protocol):
    """An engine that holds one vector for each chunk row.

    An instance that is searched is never changed meanwhile: who adds opens an instance of its own, and readers open
    what was published.
    """

    def search(self, question: Embeddings, k: int, allowed: Rows | None) -> tuple[Rows, Scores]:
        """Rows and inner products of the ``k`` vectors nearest to ``question`` (dimension,), best first; only rows that
        are held, and of these only ``allowed`` ones where it is given. Fewer than ``k`` may come back."""
        ...

    def get(self, rows: Rows) -> Embeddings:
        """The vectors of rows that are held, in the order of ``rows``; raises KeyError at any other."""
        ...

    def load(self) -> None:
        """Read what was published, so that no search fails later; raises OSError or Damaged."""
        ...

    def add(self, rows: Rows, vectors: Embeddings) -> None:
        """Hold the vectors (rows, dimension) of rows that were never held before."""
        ...

    def remove(self, rows: Rows) -> None:
        """Hold these rows no longer."""
        ...

    def publish(self) -> list[Derived]:
        """Write what is held; returns all the files that it is opened from again. Raises OSError."""
        ...


Engine = Callable[[Path, int, Sequence[Derived]], Vectors]  # folder, dimension and what ``publish`` returned -> opened


_REMOVED = "removed"
_OPEN: WeakValueDictionary[tuple[Path, str], Segment] = WeakValueDictionary()  # in memory once for all generations


class Segment:
    """Vectors and their rows, ascending, in one FAISS index that never changes."""

    def __init__(self, rows: Rows, index: Any) -> None:
        self.rows = rows
        self._faiss = index

    @classmethod
    def of(cls, rows: Rows, vectors: Embeddings) -> Segment:
        import faiss

        order = np.argsort(rows, kind="stable")
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors[order]))
        return cls(rows[order], index)

    @classmethod
    def read(cls, content: Content) -> Segment:
        import faiss

        end = 8 + 8 * int(content[:8].view(np.int64)[0])
        return cls(content[8:end].view(np.int64).copy(), faiss.deserialize_index(content[end:]))

    def content(self) -> Content:
        import faiss

        return joined([np.array([self.rows.size], np.int64), self.rows, faiss.serialize_index(self._faiss)])

    def search(self, question: Embeddings, k: int, mask: NDArray[np.bool_] | None) -> tuple[Rows, Scores]:
        import faiss

        k = min(k, self.rows.size if mask is None else int(mask.sum()))
        if not k:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        parameters = None
        if mask is not None:
            bits = np.packbits(mask, bitorder="little")  # the selector points into it: keep it until the search ends
            selector = faiss.IDSelectorBitmap(bits.size, faiss.swig_ptr(bits))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its stub forgets them
        scores, positions = self._faiss.search(question.reshape(1, -1), k, params=parameters)
        found = positions[0] >= 0  # FAISS pads with -1, which would index the last row
        return self.rows[positions[0][found]], scores[0][found]

    def get(self, positions: NDArray[np.int64]) -> Embeddings:
        empty = np.empty((0, self._faiss.d), np.float32)
        vectors: Embeddings = self._faiss.reconstruct_batch(positions) if positions.size else empty
        return vectors


class _Part:
    """A segment in its file, in memory, or both: it is read when it is first needed."""

    def __init__(self, folder: Path, dimension: int, file: Derived | None, segment: Segment | None = None) -> None:
        self._folder, self._file, self._segment = folder, file, segment
        size = (folder / file.file).stat().st_size if file else 0
        self.size = segment.rows.size if segment else (size - 8) // (8 + 4 * dimension)  # rows, or very nearly

    @property
    def segment(self) -> Segment:
        if self._segment is None:
            assert self._file is not None
            key = self._folder.resolve(), self._file.sha256
            segment = _OPEN.get(key)
            if segment is None:
                segment = _OPEN[key] = Segment.read(read(self._folder, self._file))
            self._segment = segment
        return self._segment

    def written(self) -> Derived:
        if self._file is None:
            self._file = write(self._folder, "vectors", self.segment.content())
        return self._file


class FlatVectors:
    """Exact search by FAISS over segments: what is added becomes a new file, and nothing else is written.

    A segment that is not twice as large as the next one is merged with it, so there are few, and each vector is written
    again about as often as the index doubles. Removed rows are masked, and dropped when their segment is merged; when
    half of all rows are removed, everything is.
    """

    def __init__(self, folder: Path, dimension: int, files: Sequence[Derived] = ()) -> None:
        """What was published with these files, or an empty engine; raises OSError or Damaged."""
        self._folder = folder
        self._dimension = dimension
        self._added: list[tuple[Rows, Embeddings]] = []
        self._parts = [_Part(folder, dimension, file) for file in files if file.kind != _REMOVED]
        removed = [read(folder, file).view(np.int64).copy() for file in files if file.kind == _REMOVED]
        self._removed: Rows = np.concatenate([np.empty(0, np.int64), *removed])

    def load(self) -> None:
        for part in self._parts:
            _ = part.segment

    def search(self, question: Embeddings, k: int, allowed: Rows | None = None) -> tuple[Rows, Scores]:
        self._flush()
        segments = [part.segment for part in self._parts]
        found = [segment.search(question, k, self._mask(segment.rows, allowed)) for segment in segments]
        rows = np.concatenate([np.empty(0, np.int64), *(rows for rows, _ in found)])
        scores = np.concatenate([np.empty(0, np.float32), *(scores for _, scores in found)])
        best = np.lexsort((rows, -scores))[:k]
        return rows[best], scores[best]

    def get(self, rows: Rows) -> Embeddings:
        self._flush()
        vectors = np.empty((rows.size, self._dimension), np.float32)
        gone = np.isin(rows, self._removed)
        left = np.flatnonzero(~gone)
        for part in self._parts:
            held = part.segment.rows
            places = np.minimum(np.searchsorted(held, rows[left]), held.size - 1)
            here = held[places] == rows[left]
            vectors[left[here]] = part.segment.get(places[here])
            left = left[~here]
        if gone.any() or left.size:
            raise KeyError(f"no vectors are held of the rows {[*rows[gone].tolist(), *rows[left].tolist()]}")
        return vectors

    def add(self, rows: Rows, vectors: Embeddings) -> None:
        if vectors.shape != (rows.size, self._dimension):
            raise ValueError(f"the vectors have the shape {vectors.shape}, expected {(rows.size, self._dimension)}")
        if rows.size:
            self._added.append((rows, vectors))

    def remove(self, rows: Rows) -> None:
        self._removed = np.union1d(self._removed, rows)

    def publish(self) -> list[Derived]:
        self._flush()
        self._merge()
        written = [part.written() for part in self._parts]
        files = [Derived(f"vectors {n:03}", file.file, file.sha256) for n, file in enumerate(written)]
        if self._removed.size:
            files.append(write(self._folder, _REMOVED, joined([self._removed])))
        return files

    def _flush(self) -> None:
        """What was added becomes a segment, in memory only as yet."""
        if self._added:
            rows, vectors = (np.concatenate(part) for part in zip(*self._added, strict=True))
            self._added = []
            self._append(rows, vectors)

    def _append(self, rows: Rows, vectors: Embeddings) -> None:
        if rows.size:
            self._parts.append(_Part(self._folder, self._dimension, None, Segment.of(rows, vectors)))

    def _merge(self) -> None:
        if 2 * self._removed.size > sum(part.size for part in self._parts):
            self._join(0)
        while len(self._parts) > 1 and self._parts[-2].size < 2 * self._parts[-1].size:
            self._join(-2)

    def _join(self, first: int) -> None:
        """Make one segment of the last ones, without the rows that were removed."""
        segments = [part.segment for part in self._parts[first:]]
        kept = [~np.isin(segment.rows, self._removed) for segment in segments]
        rows = [segment.rows[keep] for segment, keep in zip(segments, kept, strict=True)]
        vectors = [segment.get(np.flatnonzero(keep)) for segment, keep in zip(segments, kept, strict=True)]
        self._removed = np.setdiff1d(self._removed, np.concatenate([segment.rows for segment in segments]))
        del self._parts[first:]
        self._append(np.concatenate(rows), np.concatenate(vectors))

    def _mask(self, rows: Rows, allowed: Rows | None) -> NDArray[np.bool_] | None:
        mask = None if allowed is None else np.isin(rows, allowed)
        if self._removed.size:
            there = ~np.isin(rows, self._removed)
            mask = there if mask is None else mask & there
        return mask
