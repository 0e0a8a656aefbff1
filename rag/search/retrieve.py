"""Question -> passages: words (BM25) and meaning (vectors) find articles, their age weighs them, chunks follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from rag.english import Period, period
from rag.models import Vectors
from rag.records import Passage, Span
from rag.store import Generation, Snapshot, WordScores
from rag.text import query_terms

# All measured with `python -m eval.retrieval`; the README has the table.
LEAD_WEIGHT = 0.7  # of headline and lead beside the whole text, in BM25
DENSE_WEIGHT = 0.3  # of the nearest chunk's similarity beside BM25, each relative to the best; 0.3 to 0.5 are alike
FRESH = timedelta(days=5)  # a question without words of time is about these last days
FADING = 7.0  # days outside its period after which an article has lost 1 - 1/e of the bonus for lying in it
REPORTED = timedelta(days=2)  # what happened on a day is also reported on the next ones
NEAREST = 1000  # chunks that the vectors may propose
ARTICLES = 20  # whose chunks compete to be passages
ARTICLE_WEIGHT = 4.0  # of a passage's article beside its own words and meaning: 1 to 4 are alike for the evidence
COPIES = 2  # passages of one wording, from as many articles, that may stand among the first
_SAME_WORDING = 0.95  # cosine of two passages that say the same in the same words

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer: publishers by name in any case; days inclusive; undated articles pass ``as_of``
    but not ``after`` or ``before``, since nothing says that they belong there; ``without`` are rows left out."""

    publishers: frozenset[str] = frozenset()
    after: date | None = None
    before: date | None = None
    as_of: date | None = None
    without: frozenset[int] = frozenset()


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
        if filters.without:
            mask &= ~np.isin(self.rows, list(filters.without))
        return mask

    def freshness(self, days: Period | None) -> Floats:
        """1 + exp(-distance in days / FADING) from the period a question is about; 1 for the undated, and for all
        articles without a period."""
        if days is None:
            return np.ones(self.rows.size)
        first, last = (day.toordinal() for day in days)
        distance = np.maximum(first - self.days, 0) + np.maximum(self.days - last, 0)
        return np.where(self.days > 0, 1 + np.exp(-distance / FADING), 1.0)


def days_of(question: str, as_of: date | None) -> Period | None:
    """The days in which the articles that answer are most likely published."""
    if as_of is None:
        return None
    named = period(question, as_of)
    return (named[0], named[1] + REPORTED) if named else (as_of - FRESH, as_of)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What articles and chunks have to do with a question: 0 and upwards, comparable within one."""

    words: WordScores
    best_chunk: Floats  # BM25 of each article's best chunk
    dense: Floats  # inner product of each article's nearest chunk

    @property
    def fused(self) -> Floats:
        """By article, in catalogue order."""
        words = self.words.whole + LEAD_WEIGHT * self.words.lead + self.best_chunk
        return _relative(words) + DENSE_WEIGHT * _relative(self.dense)


def gather(
    question: str,
    vector: Vectors,
    snapshot: Snapshot,
    generation: Generation,
    catalogue: Catalogue,
    allowed: NDArray[np.bool_],
) -> Evidence:
    """The evidence of words and of meaning; ``vector`` (dimension,) is the question's, ``allowed`` (articles,)."""
    owners = generation.owners
    positions, similarities = generation.search(vector, allowed[owners], NEAREST)
    dense = np.zeros(catalogue.rows.size)
    np.maximum.at(dense, owners[positions], similarities)
    found = generation.words.scores(snapshot.term_numbers(query_terms(question)), owners, catalogue.rows.size)
    words = WordScores(found.whole * allowed, found.lead * allowed, found.chunks * allowed[owners])
    best_chunk = np.zeros(catalogue.rows.size)
    np.maximum.at(best_chunk, owners, words.chunks)
    return Evidence(words, best_chunk, dense)


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
    articles = evidence.fused * catalogue.freshness(days_of(question, filters.as_of))
    best = np.argsort(-articles, kind="stable")[:ARTICLES]
    best = best[articles[best] > 0]
    positions = np.flatnonzero(np.isin(generation.owners, best))
    vectors = generation.vectors(positions)
    similarities = (vectors @ vector).astype(np.float64)
    own = _relative(evidence.words.chunks[positions]) + 0.5 * _relative(similarities)
    scores = _relative(articles[generation.owners[positions]]) * (ARTICLE_WEIGHT + own)
    order = np.argsort(-scores, kind="stable")
    order = order[_distinct(vectors[order], k)]
    rows = catalogue.rows[generation.owners[positions[order]]]
    texts = dict(snapshot.articles(np.unique(rows).tolist()))
    return [
        Passage(Span(texts[row], int(generation.starts[i]), int(generation.ends[i])), float(score))
        for row, i, score in zip(rows.tolist(), positions[order], scores[order], strict=True)
    ]


def _distinct(vectors: Vectors, k: int) -> list[int]:
    """The first ``k`` indices into ``vectors``, those of a wording that stands there ``COPIES`` times left out."""
    chosen: list[int] = []
    kept: list[Vectors] = []
    for i, vector in enumerate(vectors):
        if sum(float(vector @ other) > _SAME_WORDING for other in kept) < COPIES:
            chosen.append(i)
            kept.append(vector)
        if len(chosen) == k:
            break
    return chosen


def _relative(scores: Floats) -> Floats:
    best = scores.max(initial=0.0)
    return np.maximum(scores, 0) / best if best > 0 else np.zeros_like(scores)
