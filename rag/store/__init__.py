"""One folder, one truth in SQLite, and what is derived from it: postings and vectors."""

from rag.store.generation import Catalogue, Chunks, Generation
from rag.store.postings import WordScores
from rag.store.publishing import load_generation, publish
from rag.store.snapshot import Snapshot
from rag.store.store import Store
from rag.store.transaction import EVERY, HELD, Indexed, Terms, digest
from rag.store.vectors import FlatVectors, Rows, Scores, Vectors
from rag.store.version import Version
from rag.store.watched import Visit, Watched

__all__ = [
    "EVERY",
    "HELD",
    "Catalogue",
    "Chunks",
    "FlatVectors",
    "Generation",
    "Indexed",
    "Rows",
    "Scores",
    "Snapshot",
    "Store",
    "Terms",
    "Vectors",
    "Version",
    "Visit",
    "Watched",
    "WordScores",
    "digest",
    "load_generation",
    "publish",
]
