"""Ask the news a question: every quotation in the answer is word for word in the named article.

>>> from rag import ask
>>> answer = ask("Who said what?", index="index/built")  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

from rag.answer import Answer
from rag.errors import RagError
from rag.records import Article, Citation, Passage, Span

if TYPE_CHECKING:
    from rag.api import Rag, ask

__all__ = ["Answer", "Article", "Citation", "Passage", "Rag", "RagError", "Span", "ask"]


def __getattr__(name: str) -> Any:
    if name in ("ask", "Rag"):  # behind them is numpy: loaded when used, so that importing rag stays cheap
        import rag.api

        return getattr(rag.api, name)
    raise AttributeError(f"module 'rag' has no attribute {name!r}")
