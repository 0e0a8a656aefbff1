"""An open index: what is found in it, always of one revision, whatever writers do meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from rag.answer import IndexFacts
from rag.models import Embedder
from rag.records import Article, Find, Passage
from rag.search.lookup import holding
from rag.search.rerank import RERANKED, Reranker
from rag.search.retrieve import Catalogue, Filters, retrieve
from rag.store import Generation, Snapshot, Store, load_generation
from rag.text import query_terms


class OpenIndex:
    """A store with the search structures of its current revision; several threads may search it."""

    def __init__(self, store: Store, embedder: Embedder, reranker: Reranker | None) -> None:
        self.store = store
        self._embedder = embedder
        self._reranker = reranker
        self._lock = threading.Lock()
        self._held: tuple[Generation, Catalogue] | None = None

    def search(
        self, question: str, filters: Filters, without: Iterable[str], k: int
    ) -> tuple[list[Passage], IndexFacts]:
        """The ``k`` best passages, and what the index held when they were found."""
        if k < 1:
            raise ValueError(f"k is {k}, expected at least 1 passage")
        vector = self._embedder.embed([question])[0]
        with self.store.reading() as snapshot:
            generation, catalogue = self._current(snapshot)
            filters = replace(filters, without=frozenset(snapshot.rows(without)))
            seen = max(k, RERANKED) if self._reranker else k
            passages = retrieve(question, vector, snapshot, generation, catalogue, filters, seen)
            facts = snapshot.facts()
        if self._reranker:  # the same passages whatever k is, so that a larger k only adds to a smaller one
            passages = self._reranker(question, passages[:RERANKED]) + passages[RERANKED:]
        return passages[:k], facts

    def matching(self, words: str, k: int) -> list[Article]:
        """The ``k`` articles that best match ``words`` (BM25), best first: a search without a question."""
        with self.store.reading() as snapshot:
            generation, catalogue = self._current(snapshot)
            numbers = snapshot.term_numbers(query_terms(words))
            scores = generation.words.scores(numbers, generation.owners, catalogue.rows.size).whole
            best = np.argsort(-scores, kind="stable")[:k]
            return [article for _, article in snapshot.articles(catalogue.rows[best[scores[best] > 0]].tolist())]

    @contextmanager
    def finding(self, filters: Filters) -> Iterator[tuple[Find, int, IndexFacts]]:
        """What finds the articles that may hold given words, among how many, and what the index holds."""
        with self.store.reading() as snapshot:
            generation, catalogue = self._current(snapshot)

            def find(words: str, k: int) -> list[Article]:
                return holding(words, snapshot, generation, catalogue, filters, k)

            yield find, int(catalogue.allowed(filters).sum()), snapshot.facts()

    def _current(self, snapshot: Snapshot) -> tuple[Generation, Catalogue]:
        with self._lock:
            if self._held is None or self._held[0].revision != snapshot.revision:
                self._held = load_generation(self.store, snapshot), Catalogue.read(snapshot)
            return self._held
