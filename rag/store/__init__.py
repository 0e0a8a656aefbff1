"""One folder, one truth in SQLite, and what is derived from it: postings and vectors."""

from rag.store.postings import WordScores
from rag.store.snapshot import Snapshot
from rag.store.store import Store
from rag.store.transaction import Indexed, digest
from rag.store.vectors import Generation, load_generation

__all__ = ["Generation", "Indexed", "Snapshot", "Store", "WordScores", "digest", "load_generation"]
