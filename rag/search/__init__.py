"""Question to passages."""

from rag.search.rerank import CrossEncoderReranker, Reranker
from rag.search.retrieve import Evidence, Floats, days_of, freshness, gather
from rag.search.searcher import Searcher
from rag.search.view import Day, Filters, View, Within

__all__ = [
    "CrossEncoderReranker",
    "Day",
    "Evidence",
    "Filters",
    "Floats",
    "Reranker",
    "Searcher",
    "View",
    "Within",
    "days_of",
    "freshness",
    "gather",
]
