"""Versions of one story: the same publisher, mostly the same words."""

from __future__ import annotations

from functools import lru_cache

from rag.records import Article
from rag.text import terms

_SHINGLE = 4  # terms in a row
_SHARED = 0.5  # Jaccard index of the shingles; two reports of one event by one desk share far less


def same_story(one: Article, other: Article) -> bool:
    """Whether two articles are versions of one story, such as a first report and its correction."""
    if one.id == other.id or (one.publisher or "").casefold() != (other.publisher or "").casefold():
        return False
    ours, theirs = _shingles(one), _shingles(other)
    return len(ours & theirs) >= _SHARED * len(ours | theirs) > 0


def newer(one: Article, other: Article) -> bool:
    """Whether ``one`` was published on a later day than ``other``; False where a day is unknown."""
    return bool(one.published and other.published and one.published > other.published)


@lru_cache(maxsize=64)
def _shingles(article: Article) -> frozenset[tuple[str, ...]]:
    words = terms(article.text)
    return frozenset(zip(*(words[i:] for i in range(_SHINGLE)), strict=False))
