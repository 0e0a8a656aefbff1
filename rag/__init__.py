"""Ask the news a question: every quotation in the answer is word for word in the named article.

>>> from rag import ask
>>> answer = ask("Who said what?", index="index/built")  # doctest: +SKIP

Here is all that a program needs: the two ways in, the records that come out, and the types of what may be passed in.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rag.answer import Answer
from rag.errors import RagError
from rag.records import Article, Citation, Claim, Draft, Passage, Quote, Said, Span, Voices

if TYPE_CHECKING:
    from rag.api import Rag, ask
    from rag.drafting import Model
    from rag.models import Embedder
    from rag.reading import Generator
    from rag.search import Reranker
    from rag.store import Vectors

__all__ = [
    "Answer",
    "Article",
    "Citation",
    "Claim",
    "Draft",
    "Embedder",
    "Generator",
    "Model",
    "Passage",
    "Quote",
    "Rag",
    "RagError",
    "Reranker",
    "Said",
    "Span",
    "Vectors",
    "Voices",
    "ask",
]

_ROOMS = {  # behind these is numpy: loaded when used, so that importing rag stays cheap
    "Embedder": "rag.models",
    "Generator": "rag.reading",
    "Model": "rag.drafting",
    "Rag": "rag.api",
    "Reranker": "rag.search",
    "Vectors": "rag.store",
    "ask": "rag.api",
}


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module 'rag' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
