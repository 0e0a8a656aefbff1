"""Derived files, made from the store and published together: readers open the last ones that were, whatever is added.

Who changes a store publishes now and then; who reads it makes nothing, unless no published file can be read.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from rag.store.derived import Content, Damaged, Derived, read, write
from rag.store.generation import Generation, read_tables, tables
from rag.store.postings import Words, postings
from rag.store.store import Store
from rag.store.vectors import Engine, FlatVectors, Rows, Vectors

_TABLES, _WORDS = "tables", "words"
_ATTEMPTS = 3  # to publish, while others do too
_ORPHANED = 3600.0  # seconds after which a file that is recorded nowhere was left by a run that was killed


def load_generation(store: Store, engine: Engine = FlatVectors) -> Generation:
    """What was published last; only where that is missing or damaged, what is stored now, published again."""
    tried: list[Derived] | None = None
    while True:
        with store.reading() as snapshot:
            revision, files = snapshot.published()
            dimension = int(snapshot.fact("dimension"))
        if files == tried:  # they were not dropped for newer ones while they were opened
            return _published(store, engine, files, ())
        try:
            contents = {file.kind: read(store.folder, file) for file in files if file.kind in (_TABLES, _WORDS)}
            vectors = engine(store.folder, dimension, _of_engine(files))
            vectors.load()
            return _generation(revision, contents, vectors)
        except (OSError, KeyError, Damaged):
            tried = files


def publish(store: Store, engine: Engine = FlatVectors) -> None:
    """Publish what is stored now, where less is published; of the vectors, only those are written that were added."""
    with store.reading() as snapshot:
        present = snapshot.revision
    for _ in range(_ATTEMPTS):
        with store.reading() as snapshot:
            revision, files = snapshot.published()
        whole = {_TABLES, _WORDS} <= {file.kind for file in files}
        if whole and revision >= present and all((store.folder / file.file).is_file() for file in files):
            return
        try:
            _published(store, engine, files, files if whole else ())
        except (OSError, Damaged):  # what is published cannot be added to
            _published(store, engine, files, ())


def _published(store: Store, engine: Engine, replacing: Sequence[Derived], base: Sequence[Derived]) -> Generation:
    """What is stored now, its vectors added to those of ``base``: recorded in place of the files ``replacing``, unless
    somebody else was faster; in memory only where the folder cannot be written."""
    before = _rows(store, base)
    with store.reading() as snapshot:
        vectors = engine(store.folder, int(snapshot.fact("dimension")), _of_engine(base))
        contents = {_TABLES: tables(snapshot), _WORDS: postings(snapshot)}
        made = _generation(snapshot.revision, contents, vectors)
        vectors.remove(np.setdiff1d(before, made.chunks.rows))
        for rows, added in snapshot.vectors(after=int(before.max(initial=0))):  # a new row is above all earlier ones
            vectors.add(rows, added)
    try:
        files = vectors.publish() + [write(store.folder, kind, content) for kind, content in contents.items()]
    except OSError:
        if base:
            raise
        return made
    with store.writing() as transaction:
        recorded = transaction.publish(made.revision, files, replacing)
    if recorded:
        _clean(store, replacing, files)
    return made


def _generation(revision: int, contents: dict[str, Content], vectors: Vectors) -> Generation:
    catalogue, chunks = read_tables(contents[_TABLES])
    return Generation(revision, catalogue, chunks, Words.read(contents[_WORDS]), vectors)


def _rows(store: Store, files: Sequence[Derived]) -> Rows:
    found = [read_tables(read(store.folder, file))[1].rows for file in files if file.kind == _TABLES]
    return found[0] if found else np.empty(0, np.int64)


def _of_engine(files: Sequence[Derived]) -> list[Derived]:
    return [file for file in files if file.kind not in (_TABLES, _WORDS)]


def _clean(store: Store, replaced: Sequence[Derived], files: Sequence[Derived]) -> None:
    """Drop the files that are recorded no more, and what killed runs left of the same kinds."""
    kept = {file.file for file in files}
    for name in {file.file for file in replaced} - kept:
        (store.folder / name).unlink(missing_ok=True)
    for kind in {name.split("-")[0] for name in kept}:
        for file in store.folder.glob(f"{kind}-*"):
            if file.name not in kept and time.time() - file.stat().st_mtime > _ORPHANED:
                file.unlink(missing_ok=True)
