"""Question and passages to a draft, without a language model."""

from rag.reading.disagreements import disagreements
from rag.reading.followup import CONNECTIVE, LONGEST_ADOPTED, UNSAFE, Answers, standalone
from rag.reading.model_reader import by_name
from rag.reading.question import fits, understand
from rag.reading.reader import Generator, Reader
from rag.reading.short import short_answer
from rag.reading.sides import Comparing
from rag.reading.timeline import PASSAGES, Timeline, asks_for_timeline

__all__ = [
    "CONNECTIVE",
    "LONGEST_ADOPTED",
    "PASSAGES",
    "UNSAFE",
    "Answers",
    "Comparing",
    "Generator",
    "Reader",
    "Timeline",
    "asks_for_timeline",
    "by_name",
    "disagreements",
    "fits",
    "short_answer",
    "standalone",
    "understand",
]
