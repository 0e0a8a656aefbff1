"""Question to passages."""

from rag.search.rerank import CrossEncoderReranker, Reranker
from rag.search.retrieve import Catalogue, Evidence, Filters, Floats, days_of, gather
from rag.search.searcher import OpenIndex

__all__ = [
    "Catalogue",
    "CrossEncoderReranker",
    "Evidence",
    "Filters",
    "Floats",
    "OpenIndex",
    "Reranker",
    "days_of",
    "gather",
]
