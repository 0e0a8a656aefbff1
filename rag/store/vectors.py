"""What is searched: one generation of vectors and words, derived from the store, published whole, never changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.models import Vectors
from rag.store.postings import Content, Words, postings
from rag.store.snapshot import Snapshot
from rag.store.store import Store


@dataclass(frozen=True, slots=True)
class Generation:
    """The vectors and words of one revision; position i of the FAISS index is chunk i of the arrays.

    ``owners``, ``starts`` and ``ends`` are int64 of shape (chunks,): the chunk's article, counted from 0 in the order
    of rows, and its offsets.
    """

    revision: int
    faiss: Any
    words: Words
    owners: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def search(
        self, question: Vectors, allowed: NDArray[np.bool_], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Positions and inner products of the ``k`` chunks nearest to one vector (dimension,), best first.

        ``allowed``, bool of shape (chunks,), says which chunks may be found; fewer than ``k`` may come back.
        """
        import faiss

        k = min(k, int(allowed.sum()))
        if not k:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        bits = np.packbits(allowed, bitorder="little")  # the selector points into it: keep it until the search ends
        selector = faiss.IDSelectorBitmap(bits.size, faiss.swig_ptr(bits))
        parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its stub forgets the arguments
        scores, positions = self.faiss.search(question.reshape(1, -1), k, params=parameters)
        found = positions[0] >= 0  # FAISS pads with -1, which would index the last chunk
        return positions[0][found], scores[0][found]

    def vectors(self, positions: NDArray[np.int64]) -> Vectors:
        """The vectors of the chunks at ``positions``, float32 of shape (positions, dimension)."""
        found: Vectors = (
            self.faiss.reconstruct_batch(positions) if positions.size else np.empty((0, self.faiss.d), "f4")
        )
        return found


def load_generation(store: Store, snapshot: Snapshot) -> Generation:
    """The generation of the snapshot's revision: its published files, or, where one is missing, stale or damaged,
    made again from what is stored and published."""
    import faiss

    vectors = faiss.deserialize_index(_derived(store, snapshot, "vectors", _vectors))
    words = Words.read(_derived(store, snapshot, "words", postings))
    rows, starts, ends = np.ascontiguousarray(np.array(snapshot.chunks(), np.int64).reshape(-1, 3).T)
    articles = np.array([row for row, _, _ in snapshot.catalogue()], np.int64)
    return Generation(snapshot.revision, vectors, words, np.searchsorted(articles, rows), starts, ends)


def _vectors(snapshot: Snapshot) -> Content:
    import faiss

    index = faiss.IndexFlatIP(int(snapshot.fact("dimension")))
    for vectors in snapshot.vectors():
        index.add(vectors)
    content: Content = faiss.serialize_index(index)
    return content


def _derived(store: Store, snapshot: Snapshot, kind: str, make: Callable[[Snapshot], Content]) -> Content:
    """The bytes of a derived file of the snapshot's revision: as published, or made and published now."""
    published = snapshot.published(kind)
    if published and published[0] == snapshot.revision:
        _, file, sha256 = published
        try:
            content = np.memmap(store.folder / file, np.uint8, "r")
        except (OSError, ValueError):  # missing, or empty
            pass
        else:
            if _sha256(content) == sha256:  # FAISS has no checksum: a flipped bit finds wrong articles
                return content
    made = make(snapshot)
    _publish(store, kind, snapshot.revision, made)
    return made


def _publish(store: Store, kind: str, revision: int, content: Content) -> None:
    """Write the file whole, then record it, then drop its predecessors; a folder that cannot be written is no error:
    the generation then lives in memory only."""
    sha256 = _sha256(content)
    file = store.folder / f"{kind}-{revision}-{sha256[:12]}"
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        with draft.open("wb") as stream:  # not FAISS's write_index, which succeeds silently on a full disk
            stream.write(content.data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        return
    with store.writing() as transaction:
        if transaction.revision != revision:
            return  # somebody added meanwhile: whoever reads next makes the newer one
        transaction.publish(kind, revision, file.name, sha256)
    for old in store.folder.glob(f"{kind}-*"):
        if old.name != file.name:
            old.unlink(missing_ok=True)


def _sha256(content: Content) -> str:
    return hashlib.sha256(content.data).hexdigest()
