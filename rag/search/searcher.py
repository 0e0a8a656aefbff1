"""An open index: what is found in it, always of one published generation, whatever writers do meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import numpy as np

from rag.answer import IndexFacts
from rag.models import Embedder
from rag.records import Article, Find, Passage
from rag.search.lookup import holding
from rag.search.rerank import RERANKED, Reranker
from rag.search.retrieve import retrieve
from rag.search.view import Filters, View
from rag.store import Generation, Store, load_generation, publish
from rag.text import query_terms

QUIET = timedelta(seconds=60)  # without a change: whoever was adding has published, or will not any more


class Searcher:
    """A store with the generation that was published last; several threads may search it.

    While articles are added, questions are answered from what was published; a removed article is missed at once.
    """

    def __init__(self, store: Store, embedder: Embedder, reranker: Reranker | None) -> None:
        self.store = store
        self._embedder = embedder
        self._reranker = reranker
        self._loading, self._publishing = threading.Lock(), threading.Lock()
        self._held: tuple[object, Generation] | None = None  # what was recorded as published, and what was loaded

    def search(self, question: str, filters: Filters, k: int) -> tuple[list[Passage], IndexFacts]:
        """The ``k`` best passages, and what the index held when they were found."""
        if k < 1:
            raise ValueError(f"k is {k}, expected at least 1 passage")
        vector = self._embedder.embed([question])[0]
        with self.view() as view:
            passages = retrieve(question, vector, view, filters, max(k, RERANKED) if self._reranker else k)
            facts = view.facts()
        if self._reranker:  # the same passages whatever k is, so that a larger k only adds to a smaller one
            passages = self._reranker(question, passages[:RERANKED]) + passages[RERANKED:]
        return passages[:k], facts

    def matching(self, words: str, k: int) -> list[Article]:
        """The ``k`` articles that best match ``words`` (BM25), best first: a search without a question."""
        with self.view() as view:
            found = view.generation.scores(view.snapshot.term_numbers(query_terms(words)))
            scores = found.whole * view.allowed(Filters())
            best = np.argsort(-scores, kind="stable")[:k]
            rows = view.generation.catalogue.rows[best[scores[best] > 0]]
            return [article for _, article in view.snapshot.articles(rows.tolist())]

    @contextmanager
    def finding(self, filters: Filters) -> Iterator[tuple[Find, int, IndexFacts]]:
        """What finds the articles that may hold given words, among how many, and what the index holds."""
        with self.view() as view:

            def find(words: str, k: int) -> list[Article]:
                return holding(words, view, filters, k)

            yield find, int(view.allowed(filters).sum()), view.facts()

    @contextmanager
    def view(self) -> Iterator[View]:
        """The generation that was published last, beside what is stored now."""
        generation = self._current()
        with self.store.reading() as snapshot:
            yield View(generation, snapshot)

    def _current(self) -> Generation:
        """The newest generation; while one thread loads it, others go on with the one before."""
        with self.store.reading() as snapshot:
            stored, published, updated = snapshot.revision, snapshot.published(), snapshot.fact("updated")
        held = self._held
        if stored > published[0] and _quiet(updated):
            self._bring_up(wait=held is None)
        if (held is None or held[0] != published) and self._loading.acquire(blocking=held is None):
            try:
                if self._held is held:  # else somebody else has loaded it meanwhile
                    self._held = published, load_generation(self.store)
            finally:
                self._loading.release()
        assert self._held is not None
        return self._held[1]

    def _bring_up(self, wait: bool) -> None:
        """Publish what a killed run had stored, or a removal left: before the first question, else beside them."""
        if wait:
            publish(self.store)
        elif self._publishing.acquire(blocking=False):

            def run() -> None:
                try:
                    publish(self.store)
                finally:
                    self._publishing.release()

            threading.Thread(target=run, daemon=True).start()


def _quiet(updated: str) -> bool:
    return bool(updated) and datetime.now(UTC) - datetime.fromisoformat(updated) > QUIET
