"""Who said what, and when: a generator that quotes the statements about a subject in the order of their days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from rag.english import same_terms
from rag.models import Embedder
from rag.reading.question import Asked, understand
from rag.records import Claim, Draft, Passage, Quote, Said, Span, Voices
from rag.text import sentences

PASSAGES = 30  # that are read for a timeline
STATEMENTS = 12  # of the nearest, that it shows
_NEAR = 0.25  # similarity of a statement, with its headline, to the question
_ASKED = re.compile(
    r"\b(?:time-?line|chronolog\w+|who said what,? (?:and )?when|in date order|in order of date)\b", re.IGNORECASE
)
_REQUEST = re.compile(rf"^.*{_ASKED.pattern}\W*(?:of|about|on|over|for|in)?\s*", re.IGNORECASE)


def asks_for_timeline(question: str) -> bool:
    """Whether statements in the order of their days are asked for.

    >>> asks_for_timeline("Give me a timeline of what was said about the dam")
    True
    """
    return _ASKED.search(question) is not None


@dataclass(frozen=True, slots=True)
class _Statement:
    passage: Passage
    said: Said


class Timeline:
    """A ``Generator``: statements whose speaker is established, by the day of their article, undated ones last."""

    def __init__(self, embedder: Embedder, voices: Voices) -> None:
        self._embedder = embedder
        self._voices = voices

    def __call__(self, question: str, passages: Sequence[Passage]) -> Draft:
        subject = _REQUEST.sub("", question) or question
        found = self._nearest(subject, list(self._statements(understand(subject), passages)))
        if not found:
            return Draft((), 0.0, "No statement about this was found whose speaker is established.")
        found.sort(key=lambda one: (one.said.span.article.published or date.max, one.said.span.start))
        return Draft(tuple(_claim(statement) for statement in found), 1.0)

    def _statements(self, asked: Asked, passages: Sequence[Passage]) -> Iterator[_Statement]:
        known: set[str] = set()
        for passage in passages:
            article, span = passage.span.article, passage.span
            for start, end in sentences(article):
                if start < span.start or end > span.end or article.text[start:end] in known:
                    continue
                said = self._voices(Span(article, start, end))
                if said.speaker and said.voice != "article" and _bears(asked, said):
                    known.add(article.text[start:end])
                    yield _Statement(passage, said)

    def _nearest(self, subject: str, statements: list[_Statement]) -> list[_Statement]:
        if not statements:
            return []
        texts = [f"{one.said.span.article.title}\n{one.said.span.text}" for one in statements]
        vectors = self._embedder.embed([subject, *texts])
        likeness = vectors[1:] @ vectors[0]
        best = np.argsort(-likeness, kind="stable")[:STATEMENTS]
        return [statements[i] for i in best if likeness[i] >= _NEAR]


def _bears(asked: Asked, said: Said) -> bool:
    """Whether a statement is by whom the question names, or by anybody where it names only what it is about."""
    article, speaker = said.span.article, said.speaker
    who = same_terms(f"{speaker.name or ''} {speaker.mention.text}") if speaker else frozenset()
    if asked.speaker:
        return bool(asked.speaker & who)
    return not asked.names or bool(asked.names & (who | same_terms(f"{article.title} {said.span.text}")))


def _claim(statement: _Statement) -> Claim:
    return Claim("", (Quote(statement.passage, statement.said.span.text),))
