"""Articles -> the terms that they are found by: of the title, of the lead and of each chunk."""

from __future__ import annotations

from collections.abc import Sequence

from rag.records import Article, Span
from rag.store import Terms
from rag.text import opening, terms

LEAD_WORDS = 80  # headline and lead carry the news: measured on RealTime QA, see README
_LEAD_LENGTH = 20 * LEAD_WORDS  # characters that surely hold so many words


def terms_of(article: Article, chunks: Sequence[Span]) -> Terms:
    """The lead is the title and the first words of the news, below date lines and offers."""
    title = terms(article.title)
    lead = terms(article.text[opening(article.text) :][:_LEAD_LENGTH])[:LEAD_WORDS]
    return Terms(title, title + lead, [terms(chunk.text) for chunk in chunks])
