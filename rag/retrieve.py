"""Question -> passages: words (BM25) and meaning (vectors) find articles, freshness weighs them, chunks follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Passage, Span
from rag.embed import Vectors
from rag.generation import Generation
from rag.store import Snapshot
from rag.terms import query_terms, terms

# All measured with `python -m eval.retrieval`; the README has the table.
LEAD_WEIGHT = 0.7  # of headline and lead beside the whole text, in BM25
DENSE_WEIGHT = 0.5  # of the nearest chunk's similarity beside BM25, each relative to the best; 0.3 to 0.7 are alike
FRESH_DAYS = 14.0  # a story of that age has lost 1 - 1/e of the bonus for being new
NEAREST = 1000  # chunks that the vectors may propose
ARTICLES = 20  # whose chunks compete to be passages

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer: publishers by name in any case; days inclusive; undated articles pass ``as_of``
    but not ``after`` or ``before``, since nothing says that they belong there."""

    publishers: frozenset[str] = frozenset()
    after: date | None = None
    before: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Row, publisher and day (proleptic ordinal, 0 if undated) of every article, by row."""

    rows: NDArray[np.int64]
    publishers: NDArray[np.str_]
    days: NDArray[np.int64]

    @classmethod
    def read(cls, snapshot: Snapshot) -> Catalogue:
        rows, publishers, published = (
            zip(*snapshot.catalogue(), strict=True) if snapshot.facts().articles else ((), (), ())
        )
        days = [date.fromisoformat(day).toordinal() if day else 0 for day in published]
        names = np.array([(name or "").casefold() for name in publishers], dtype=np.str_)
        return cls(np.array(rows, np.int64), names, np.array(days, np.int64))

    def allowed(self, filters: Filters) -> NDArray[np.bool_]:
        mask = np.ones(self.rows.size, np.bool_)
        if filters.publishers:
            mask &= np.isin(self.publishers, [name.casefold() for name in filters.publishers])
        if filters.after:
            mask &= self.days >= filters.after.toordinal()
        if filters.before:
            mask &= (self.days > 0) & (self.days <= filters.before.toordinal())
        if filters.as_of:
            mask &= self.days <= filters.as_of.toordinal()
        return mask

    def freshness(self, as_of: date | None) -> Floats:
        """1 + exp(-age / FRESH_DAYS) from the day the question is asked; 1 for the undated, and without a day."""
        if as_of is None:
            return np.ones(self.rows.size)
        age = as_of.toordinal() - self.days
        return np.where(self.days > 0, 1 + np.exp(-np.maximum(age, 0) / FRESH_DAYS), 1.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What each article, in catalogue order, has to do with a question: 0 and upwards, comparable within one."""

    whole: Floats  # BM25 of title and text
    lead: Floats  # BM25 of title and first words
    dense: Floats  # inner product of the nearest chunk

    @property
    def fused(self) -> Floats:
        return _relative(self.whole + LEAD_WEIGHT * self.lead) + DENSE_WEIGHT * _relative(self.dense)


def gather(
    question: str,
    vector: Vectors,
    snapshot: Snapshot,
    generation: Generation,
    catalogue: Catalogue,
    allowed: NDArray[np.bool_],
) -> Evidence:
    """The evidence of words and of meaning; ``vector`` (dimension,) is the question's, ``allowed`` (articles,)."""
    wanted = query_terms(question)
    owners = np.searchsorted(catalogue.rows, generation.articles)
    positions, similarities = generation.search(vector, allowed[owners], NEAREST)
    dense = np.zeros(catalogue.rows.size)
    np.maximum.at(dense, owners[positions], similarities)
    whole, lead = (
        _by_article(snapshot.lexical_scores(table, wanted), catalogue) * allowed
        for table in ("whole_words", "lead_words")
    )
    return Evidence(whole, lead, dense)


def retrieve(
    question: str,
    vector: Vectors,
    snapshot: Snapshot,
    generation: Generation,
    catalogue: Catalogue,
    filters: Filters,
    k: int,
) -> list[Passage]:
    """The ``k`` best passages, best first; ``vector`` (dimension,) is the question's."""
    evidence = gather(question, vector, snapshot, generation, catalogue, catalogue.allowed(filters))
    scores = evidence.fused * catalogue.freshness(filters.as_of)
    best = np.argsort(-scores, kind="stable")[:ARTICLES]
    best = best[scores[best] > 0]
    if not best.size:
        return []
    return _passages(query_terms(question), vector, snapshot, generation, catalogue.rows[best], scores[best], k)


def _passages(
    words: Sequence[str],
    vector: Vectors,
    snapshot: Snapshot,
    generation: Generation,
    rows: NDArray[np.int64],
    article_scores: Floats,
    k: int,
) -> list[Passage]:
    """The best chunks of the best articles, each scored by its article and by its own words and meaning."""
    spans: list[Span] = []
    positions: list[int] = []
    evidence: list[float] = []
    for (row, article), score in zip(snapshot.articles(rows.tolist()), article_scores, strict=True):
        own = np.flatnonzero(generation.articles == row)
        spans += [Span(article, int(generation.starts[i]), int(generation.ends[i])) for i in own]
        positions += own.tolist()
        evidence += [float(score)] * own.size
    lexical = _bm25([terms(span.text) for span in spans], words, snapshot)
    dense = generation.similarities(vector, np.array(positions, np.int64)).astype(np.float64)
    own_scores = _relative(lexical) + DENSE_WEIGHT * _relative(dense)
    scores = _relative(np.array(evidence)) * (1 + own_scores)
    order = np.argsort(-scores, kind="stable")[:k]
    return [Passage(spans[i], float(scores[i])) for i in order]


def _bm25(
    chunks: Sequence[Sequence[str]], words: Sequence[str], snapshot: Snapshot, k1: float = 1.2, b: float = 0.75
) -> Floats:
    """BM25 (Robertson and Zaragoza 2009) of some chunks, with the document frequencies of the whole index."""
    count = max(snapshot.facts().articles, 1)
    frequencies = snapshot.frequencies(words)
    lengths = np.array([len(chunk) for chunk in chunks], np.float64)
    scores = np.zeros(len(chunks))
    for word in words:
        tf = np.array([chunk.count(word) for chunk in chunks], np.float64)
        idf = np.log(1 + (count - frequencies[word] + 0.5) / (frequencies[word] + 0.5))
        scores += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * lengths / max(lengths.mean(), 1)))
    return scores


def _by_article(found: Iterable[tuple[int, float]], catalogue: Catalogue) -> Floats:
    scores = np.zeros(catalogue.rows.size)
    pairs = np.array(list(found), np.float64).reshape(-1, 2)
    scores[np.searchsorted(catalogue.rows, pairs[:, 0].astype(np.int64))] = pairs[:, 1]
    return scores


def _relative(scores: Floats) -> Floats:
    best = scores.max(initial=0.0)
    return np.maximum(scores, 0) / best if best > 0 else np.zeros_like(scores)
