"""Question -> passages: words (BM25) and meaning (vectors) find articles, their age weighs them, chunks follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from rag.english import Period, period
from rag.models import Embeddings
from rag.records import Passage, Span
from rag.search.view import Filters, View
from rag.store import Catalogue, WordScores
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


def freshness(catalogue: Catalogue, days: Period | None) -> Floats:
    """By article, 1 + exp(-distance in days / FADING) from the period a question is about; 1 for the undated, and for
    all articles without a period."""
    if days is None:
        return np.ones(catalogue.rows.size)
    first, last = (day.toordinal() for day in days)
    distance = np.maximum(first - catalogue.days, 0) + np.maximum(catalogue.days - last, 0)
    return np.where(catalogue.days > 0, 1 + np.exp(-distance / FADING), 1.0)


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


def gather(question: str, vector: Embeddings, view: View, allowed: NDArray[np.bool_]) -> Evidence:
    """The evidence of words and of meaning; ``vector`` (dimension,) is the question's, ``allowed`` (articles,)."""
    generation, owners = view.generation, view.generation.chunks.owners
    rows = None if allowed.all() else generation.chunks.rows[allowed[owners]]
    found, similarities = generation.vectors.search(vector, NEAREST, rows)
    places = generation.places(found)
    dense = np.zeros(allowed.size)
    np.maximum.at(dense, owners[places[places >= 0]], similarities[places >= 0])
    scores = generation.scores(view.snapshot.term_numbers(query_terms(question)))
    words = WordScores(scores.whole * allowed, scores.lead * allowed, scores.chunks * allowed[owners])
    best_chunk = np.zeros(allowed.size)
    np.maximum.at(best_chunk, owners, words.chunks)
    return Evidence(words, best_chunk, dense)


def retrieve(question: str, vector: Embeddings, view: View, filters: Filters, k: int) -> list[Passage]:
    """The ``k`` best passages, best first; ``vector`` (dimension,) is the question's."""
    catalogue, chunks = view.generation.catalogue, view.generation.chunks
    evidence = gather(question, vector, view, view.allowed(filters))
    articles = evidence.fused * freshness(catalogue, days_of(question, filters.as_of))
    best = np.argsort(-articles, kind="stable")[:ARTICLES]
    best = best[articles[best] > 0]
    places = np.flatnonzero(np.isin(chunks.owners, best))
    vectors = view.generation.vectors.get(chunks.rows[places])
    similarities = (vectors @ vector).astype(np.float64)
    own = _relative(evidence.words.chunks[places]) + 0.5 * _relative(similarities)
    scores = _relative(articles[chunks.owners[places]]) * (ARTICLE_WEIGHT + own)
    order = np.argsort(-scores, kind="stable")
    order = order[_distinct(vectors[order], k)]
    places, scores = places[order], scores[order]
    rows = catalogue.rows[chunks.owners[places]]
    texts = dict(view.snapshot.articles(np.unique(rows).tolist()))
    spans = zip(rows.tolist(), chunks.starts[places].tolist(), chunks.ends[places].tolist(), strict=True)
    found = [Span(texts[row], start, end) for row, start, end in spans]
    return [Passage(span, float(score)) for span, score in zip(found, scores, strict=True)]


def _distinct(vectors: Embeddings, k: int) -> list[int]:
    """The first ``k`` indices into ``vectors``, those of a wording that stands there ``COPIES`` times left out."""
    chosen: list[int] = []
    kept: list[Embeddings] = []
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
