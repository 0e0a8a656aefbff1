"""The same by a language model, and what of its draft may stand."""

from rag.drafting.endpoint import Model
from rag.drafting.forms import MOST, Written, as_sent
from rag.drafting.frames import Frame, frames
from rag.drafting.local import MODEL_HELP, named_model
from rag.drafting.plain_statement import LONGEST
from rag.drafting.relevance import supporting
from rag.drafting.rewriting import rewritten
from rag.drafting.support import unsupported
from rag.drafting.writer import Failed, Writer

__all__ = [
    "LONGEST",
    "MODEL_HELP",
    "MOST",
    "Failed",
    "Frame",
    "Model",
    "Writer",
    "Written",
    "as_sent",
    "frames",
    "named_model",
    "rewritten",
    "supporting",
    "unsupported",
]
