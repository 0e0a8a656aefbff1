"""Whether an article speaks to its reader or about answers beside the words that a model quotes: then they are refused.

The second lock behind ``rag/drafting/orders.py``: it looks only at the sentences around a quotation, so it can be wide.
One sentence of news in ten stands beside such words; asked for quotations only, the reader may still quote them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.quoting import exact_places
from rag.reading import Generator
from rag.records import Draft, Passage, Quote, Span
from rag.text import around

_IN_MARKS = re.compile(r"[“\"][^“”\"\n]*[”\"]")
_ADDRESS = re.compile(
    r"\b(?:you|your|yours|answers?|repl(?:y|ies)|respond|responses?|quotes?|quotations?|cite|citations?|prompts?"
    r"|instructions?|guidelines|(?:ai|virtual|digital|dear) assistants?|assistants (?:that|who|reading)"
    r"|chat ?bots?|bots?|llms?|gpts?|ai|language models?|users?|questioners?"
    r"|questions?|summar(?:y|i[sz]e|i[sz]ing|ies)|outputs?|disregard|ignore|override|verbatim|word for word|json"
    r"|(?:automated|automatic|artificial|machine)[ -](?:readers?|readable|systems?|tools?|intelligence)"
    r"|this (?:article|page|text|document|paragraph|sentence|line|passage)|passages?|as follows"
    r"|(?:sentences?|lines?|paragraphs?|words) (?:above|below|here|that follows?))\b",
    re.IGNORECASE,
)


def addressed(quoted: Span) -> str | None:
    """What, outside quotation marks in the sentences around ``quoted``, speaks to a reader or of answers; None if
    nothing.

    What people said may address whomever it will: it is looked at only where it is not in quotation marks.
    """
    found = _ADDRESS.search(_IN_MARKS.sub(" ", around(quoted, 1).text))
    return found.group() if found else None


class Wary:
    """A ``Generator`` that leaves out what another quotes from beside such words."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator

    def __call__(self, question: str, passages: Sequence[Passage]) -> Draft:
        draft = self._generator(question, passages)
        claims = tuple(claim for claim in draft.claims if not any(map(_is_addressed, claim.quotes)))
        if claims or not draft.claims:
            return replace(draft, claims=claims)
        return Draft((), draft.confidence, "The words that would answer stand where the article speaks to its reader.")


def _is_addressed(quote: Quote) -> bool:
    return any(addressed(place) for place in exact_places(quote.text, quote.passage.span.article))
