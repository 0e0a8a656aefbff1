"""Questions that compare: one question for each side, so that each is answered from its own evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.reading.reader import Generator
from rag.records import Draft, Passage

_COMPARES = re.compile(r"\b(?:compar\w+|contrast\w*|differ\w*|disagree\w*|versus|vs)\b", re.IGNORECASE)
_NAMED = r"(?:the |its |their )?(?:[A-Z][\w’'.-]*)(?:(?: of| for)?(?: the)? [A-Z][\w’'.-]*)*(?:[’']s?)?(?=\W|$)"
_CALLED = r"the (?:[\w’'-]+ ){0,3}?[\w’'-]+"
_REQUEST = re.compile(r"^(?:please )?(?:compare|contrast) ", re.IGNORECASE)
_SAID = re.compile(r"^what (?P<who>.+?) (?:said|says|say)\b")
_JOINED = r"(?:and|or|versus|vs\.?|with|to|from)"
_ENDS = (
    r"(?=\W*$|[,;:?]"
    r"| (?:about|as|by|did|differ\w*|disagree\w*|do|for|gave|give|in|of|on|over|report|said|say|to|when)\b)"
)
_PAIR = (
    re.compile(rf"\b(?:both |between )?(?P<a>{_NAMED}) {_JOINED} (?P<b>{_NAMED})"),
    re.compile(rf"\b(?:both |between )?(?P<a>{_CALLED}) {_JOINED} (?P<b>{_CALLED}){_ENDS}"),
)


class Comparing:
    """A ``Generator`` that asks another for each side of a comparison, where no sentence speaks of both."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator

    def __call__(self, question: str, passages: Sequence[Passage]) -> Draft:
        whole = self._generator(question, passages)
        parts = () if whole.claims else sides(question)
        drafts = [self._generator(part, passages) for part in parts]
        claims = tuple(dict.fromkeys(claim for draft in drafts for claim in draft.claims))
        if not claims:
            return whole
        reasons = [draft.reason for draft in drafts if not draft.claims]
        return Draft(claims, min(draft.confidence for draft in drafts if draft.claims), next(iter(reasons), None))


def sides(question: str) -> tuple[str, ...]:
    """The question asked of either side alone; empty where it compares nothing.

    >>> sides("Compare what Ada Lund and Anders Roon said about the quay.")
    ('What did Ada Lund say about the quay.', 'What did Anders Roon say about the quay.')
    """
    if not _COMPARES.search(question):
        return ()
    for pattern in _PAIR:
        if pair := pattern.search(question):
            before, after = question[: pair.start()], question[pair.end() :]
            return tuple(_asked(f"{before}{pair[side]}{after}") for side in ("a", "b"))
    return ()


def _asked(side: str) -> str:
    """A request as the question that it means: "Compare what Roon said of it" asks what Roon said of it."""
    side = _REQUEST.sub("", side).strip()
    return _SAID.sub(r"What did \g<who> say", side)
