"""``ask`` for one question, ``Rag`` for more: what a Python program, the command line and the chat all call."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from rag.check import Check, Find, check, elsewhere
from rag.cite import Voices, cite, unestablished
from rag.datatypes import Answer, Article, Citation, Draft, IndexFacts, Passage, Span
from rag.embed import Embedder, load_embedder
from rag.errors import InputError
from rag.generate import Generator, Reader
from rag.generation import Generation, load_generation
from rag.lookup import holding
from rag.models import RERANKED, Reranker
from rag.retrieve import Catalogue, Filters, retrieve
from rag.short import short_answer
from rag.snapshot import Snapshot
from rag.speakers import Speakers
from rag.store import Store
from rag.terms import query_terms

PASSAGES = 10
QUESTION_LIMIT = 2_000  # characters: beyond any question, within what the embedder reads
_FOLLOW_UP = {"he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "this", "that", "these", "those"}

Day = date | str | None


def default_index() -> Path:
    """The index folder when none is given: RAG_INDEX, else index/built of the current folder."""
    return Path(os.environ.get("RAG_INDEX") or "index/built")


def ask(
    question: str,
    *,
    index: str | Path | None = None,
    as_of: Day = None,
    publishers: Iterable[str] | None = None,
    after: Day = None,
    before: Day = None,
    history: Sequence[tuple[str, str]] = (),
    k: int = PASSAGES,
) -> Answer:
    """Answer one question from an index; for more than one, ``Rag.load`` once and ask that.

    ``as_of`` is the day the question is asked: later articles are left out, fresher ones preferred, undated ones kept
    without preference. ``after`` and ``before`` are inclusive; days are dates or "YYYY-MM-DD". ``history`` are earlier
    (question, answer) pairs of the conversation, ``k`` the number of passages read. Raises RagError.

    >>> ask("How high did the Vessen get?", index="index/built").citations[0].quote  # doctest: +SKIP
    """
    return Rag.load(index).ask(
        question, as_of=as_of, publishers=publishers, after=after, before=before, history=history, k=k
    )


class Rag:
    """An open index with its embedder and generator; safe to ask from several threads."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        generator: Generator,
        reranker: Reranker | None = None,
        voices: Voices = unestablished,
    ) -> None:
        self.store = store
        self.embedder = embedder
        self.voices = voices
        self._generator = generator
        self._reranker = reranker
        self._lock = threading.Lock()
        self._held: tuple[Generation, Catalogue] | None = None

    @classmethod
    def load(
        cls,
        index: str | Path | None = None,
        *,
        embedder: Embedder | None = None,
        generator: Generator | None = None,
        reranker: Reranker | None = None,
        voices: Voices | None = None,
    ) -> Rag:
        """Open an index; raises IndexMissing, or IndexMismatch where it was made with another embedder.

        Without ``embedder``, the one that the index names; without ``generator``, the extractive reader; without
        ``reranker``, passages keep the retriever's order. ``rag.models`` has readers and rerankers by name.
        ``voices`` says who speaks in a quotation; without it, ``rag.speakers`` does.
        """
        store = Store(Path(index) if index is not None else default_index())
        if embedder is None:
            with store.reading() as snapshot:
                embedder = load_embedder(snapshot.fact("embedder"))
        store.check(embedder)
        voices = voices or Speakers()
        return cls(store, embedder, generator or Reader(embedder, voices), reranker, voices)

    def ask(
        self,
        question: str,
        *,
        as_of: Day = None,
        publishers: Iterable[str] | None = None,
        after: Day = None,
        before: Day = None,
        history: Sequence[tuple[str, str]] = (),
        k: int = PASSAGES,
    ) -> Answer:
        """Answer a question; the parameters are those of ``rag.ask``."""
        filters = _filters(publishers, after, before, as_of)
        passages, facts = self._search(question, filters, (), history, k)
        draft = self.draft(question, passages)
        text, citations, rejected = cite(draft, self.voices)
        if rejected:
            with self._finding(filters) as (find, *_):
                rejected = tuple(elsewhere(verdict, find, self.voices) for verdict in rejected)
        reason = None if citations else _reason(draft.reason, facts, filters)
        short = _short(question, draft, citations)
        confidence = round(draft.confidence, 4)
        return Answer(question, text, citations, tuple(passages), rejected, facts, confidence, reason, short)

    def check(
        self,
        text: str,
        speaker: str | None = None,
        *,
        publishers: Iterable[str] | None = None,
        after: Day = None,
        before: Day = None,
    ) -> Check:
        """Whether a quotation is real: in which articles it stands, whose words it is there, else what is closest.

        Of a text with words in quotation marks, each of these quotations is checked. With ``speaker`` one holds only
        where it is established to be theirs. Raises InputError for a text that is empty, too short or too long.
        """
        filters = _filters(publishers, after, before, None)
        with self._finding(filters) as (find, searched, facts):
            return check(text, speaker, find, searched, facts, self.voices)

    def passages(
        self,
        question: str,
        *,
        as_of: Day = None,
        publishers: Iterable[str] | None = None,
        after: Day = None,
        before: Day = None,
        without: Iterable[str] = (),
        history: Sequence[tuple[str, str]] = (),
        k: int = PASSAGES,
    ) -> list[Passage]:
        """What ``ask`` would read, best first; ``without`` are ids or URLs of articles to leave out."""
        return self._search(question, _filters(publishers, after, before, as_of), without, history, k)[0]

    def _search(
        self, question: str, filters: Filters, without: Iterable[str], history: Sequence[tuple[str, str]], k: int
    ) -> tuple[list[Passage], IndexFacts]:
        """The passages, and what the index held when they were found: of one revision."""
        search = _with_history(_checked(question), history)
        if k < 1:
            raise ValueError(f"k is {k}, expected at least 1 passage")
        vector = self.embedder.embed([search])[0]
        with self.store.reading() as snapshot:
            generation, catalogue = self._current(snapshot)
            filters = replace(filters, without=frozenset(snapshot.rows(without)))
            seen = max(k, RERANKED) if self._reranker else k
            passages = retrieve(search, vector, snapshot, generation, catalogue, filters, seen)
            facts = snapshot.facts()
        if self._reranker:  # the same passages whatever k is, so that a larger k only adds to a smaller one
            passages = self._reranker(search, passages[:RERANKED]) + passages[RERANKED:]
        return passages[:k], facts

    def draft(self, question: str, passages: Sequence[Passage]) -> Draft:
        """What the generator makes of passages, unverified: how sure it would be of an answer from them."""
        return self._generator(_checked(question), passages)

    def matching(self, words: str, k: int) -> list[Article]:
        """The ``k`` articles that best match ``words`` (BM25), best first: a search without a question."""
        with self.store.reading() as snapshot:
            generation, catalogue = self._current(snapshot)
            numbers = snapshot.term_numbers(query_terms(words))
            scores = generation.words.scores(numbers, generation.owners, catalogue.rows.size).whole
            best = np.argsort(-scores, kind="stable")[:k]
            return [article for _, article in snapshot.articles(catalogue.rows[best[scores[best] > 0]].tolist())]

    @contextmanager
    def _finding(self, filters: Filters) -> Iterator[tuple[Find, int, IndexFacts]]:
        """What finds the articles that may hold given words, among how many, and what the index holds: of one
        revision."""
        with self.store.reading() as snapshot:
            generation, catalogue = self._current(snapshot)

            def find(words: str, k: int) -> list[Article]:
                return holding(words, snapshot, generation, catalogue, filters, k)

            yield find, int(catalogue.allowed(filters).sum()), snapshot.facts()

    def facts(self) -> IndexFacts:
        """What the index holds now."""
        with self.store.reading() as snapshot:
            return snapshot.facts()

    def _current(self, snapshot: Snapshot) -> tuple[Generation, Catalogue]:
        with self._lock:
            if self._held is None or self._held[0].revision != snapshot.revision:
                self._held = load_generation(self.store, snapshot), Catalogue.read(snapshot)
            return self._held


def _short(question: str, draft: Draft, citations: Sequence[Citation]) -> Span | None:
    """The generator's short answer, if it lies in what is quoted; else what the first quotation holds."""
    given = draft.short
    if given is None:
        return short_answer(question, citations[0].span) if citations else None
    spans = [citation.span for citation in citations]
    inside = any(s.article.id == given.article.id and s.start <= given.start and given.end <= s.end for s in spans)
    return given if inside else None


def _checked(question: str) -> str:
    asked = " ".join(question.split())
    if not asked:
        raise InputError("The question is empty. Ask something, for example: Who said what about the harbour?")
    if len(asked) > QUESTION_LIMIT:
        raise InputError(f"The question has {len(asked)} characters, at most {QUESTION_LIMIT} are read. Shorten it.")
    return asked


def _filters(publishers: Iterable[str] | None, after: Day, before: Day, as_of: Day) -> Filters:
    names = frozenset([publishers] if isinstance(publishers, str) else publishers or ())
    return Filters(names, _day("after", after), _day("before", before), _day("as_of", as_of))


def _day(name: str, day: Day) -> date | None:
    if isinstance(day, date) or day is None:
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise InputError(f"{name} is {day!r}, expected a day such as 2026-03-14 (YYYY-MM-DD).") from error


def _with_history(question: str, history: Sequence[tuple[str, str]]) -> str:
    """A follow-up question ("Why did she say that?") is searched for together with the question before it."""
    refers = _FOLLOW_UP & set(question.casefold().replace("?", " ").split())
    return f"{history[-1][0]} {question}" if history and refers else question


def _reason(reason: str | None, facts: IndexFacts, filters: Filters) -> str:
    if not facts.articles:
        return "The index is empty: add articles first, for example with python -m index ARTICLES."
    reason = reason or "None of the drafted quotations stands in the article it was taken from."
    return f"{reason} The filters leave out part of the articles." if filters != Filters() else reason
