"""Words -> the articles that may hold them as they stand: most of the words close together, then most in a row."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from rag.records import Article
from rag.search.view import Filters, View
from rag.text import terms
from rag.text import words as words_of

REACH = 400  # articles with all of the words whose order is looked at: everyday words stand in many
_SHORT = 0.5  # of the best article's share of the words: with less an article holds neither them nor any like them


def holding(words: str, view: View, filters: Filters, k: int) -> list[Article]:
    """The ``k`` articles in which ``words`` may stand, the most likely first; of equals, the newest.

    BM25 prefers articles that are about the words; this prefers those that have them all, however seldom.
    """
    numbers = view.snapshot.term_numbers(list(dict.fromkeys(terms(words))))
    cover = view.generation.cover(numbers) * view.allowed(filters)
    most = cover.max(initial=0.0)
    equals = int((cover >= most * (1 - 1e-9)).sum())
    best = np.argsort(-cover, kind="stable")[: max(k, min(equals, REACH))]
    best = best[cover[best] > _SHORT * most]
    asked = _row(words)
    pairs = set(pairwise(asked.split()))

    def likely(article: Article) -> tuple[bool, int, str]:
        row = _row(article.text)
        return asked in row, len(pairs & set(pairwise(row.split()))), str(article.published or "")

    rows = view.generation.catalogue.rows[best]
    found = [article for _, article in view.snapshot.articles(rows.tolist())]
    return sorted(found, key=likely, reverse=True)[:k]


def _row(text: str) -> str:
    """The words of ``text`` in their order, without what stands between them."""
    return f" {' '.join(words_of(text.replace('’', chr(39)).casefold()))} "
