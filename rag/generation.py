"""What FAISS searches: one generation of vectors, derived from the store, published whole and never changed."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.embed import Vectors
from rag.store import Snapshot, Store


@dataclass(frozen=True, slots=True)
class Generation:
    """The vectors of one revision; position i of the FAISS index is chunk i of the three arrays.

    ``articles``, ``starts`` and ``ends`` are int64 of shape (chunks,): the article's row and the chunk's offsets.
    """

    revision: int
    faiss: Any
    articles: NDArray[np.int64]
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

    def similarities(self, question: Vectors, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Inner products of one vector with the chunks at ``positions``, in their order."""
        if not positions.size:
            return np.empty(0, np.float32)
        vectors: Vectors = self.faiss.reconstruct_batch(positions)
        return vectors @ question


def load_generation(store: Store, snapshot: Snapshot) -> Generation:
    """The generation of the snapshot's revision: its published file, or, where that is missing, stale or damaged,
    made again from the stored vectors and published."""
    chunks = np.array(snapshot.chunks(), np.int64).reshape(-1, 3)
    revision = snapshot.revision
    index = _read(store.folder, snapshot, len(chunks))
    if index is None:
        index = _build(snapshot)
        _publish(store, revision, index)
    articles, starts, ends = (np.ascontiguousarray(column) for column in chunks.T)
    return Generation(revision, index, articles, starts, ends)


def _build(snapshot: Snapshot) -> Any:
    import faiss

    index = faiss.IndexFlatIP(int(snapshot.fact("dimension")))
    for vectors in snapshot.vectors():
        index.add(vectors)
    return index


def _read(folder: Path, snapshot: Snapshot, chunks: int) -> Any:
    """The published FAISS index, or None unless it is of this revision and byte for byte what was written."""
    import faiss

    published = snapshot.generation()
    if published is None or published[0] != snapshot.revision:
        return None
    _, file, sha256 = published
    try:
        content = np.memmap(folder / file, np.uint8, "r")
    except (OSError, ValueError):  # missing, or empty
        return None
    if hashlib.sha256(content.data).hexdigest() != sha256:  # FAISS has no checksum: a flipped bit finds wrong articles
        return None
    index = faiss.deserialize_index(content)
    return index if index.ntotal == chunks else None


def _publish(store: Store, revision: int, index: Any) -> None:
    """Write the file whole, then record it, then drop its predecessors; a folder that cannot be written is no error:
    the generation then lives in memory only."""
    import faiss

    content = faiss.serialize_index(index)
    sha256 = hashlib.sha256(content.data).hexdigest()
    file = store.folder / f"vectors-{revision}-{sha256[:12]}.faiss"
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        with draft.open("wb") as stream:  # not write_index, which succeeds silently on a full disk
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
        transaction.publish(revision, file.name, sha256)
    for old in store.folder.glob("vectors-*"):
        if old.name != file.name:
            old.unlink(missing_ok=True)
