"""What ``ask`` returns: what an answer says as structure, and what was read and left out on the way to it.

Text and plain JSON values are made from the structure here, at the end; nothing reads them back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from rag.records import Citation, Passage, Span, Speaker, Tokens, Verdict, Voice
from rag.text import heading, sourced

Particular = Literal["number", "date"]
Differing = Literal["disagreement", "update"]
State = Literal["quoted", "supported"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that an answer says, with the verified quotations behind it, of which it has at least one.

    quoted: it is one quotation, and ``text`` is empty or a short lead to it. supported: ``text`` is a sentence of a
    model's, which says no more than one of its quotations.
    """

    text: str
    state: State
    citations: tuple[Citation, ...]

    @property
    def prose(self) -> str:
        """What is said in other words than the quoted ones: whose they are and from where, or the model's sentence."""
        first = self.citations[0]
        if self.state == "supported":
            return sourced(self.text, first.span.article)
        return " ".join(filter(None, [self.text, heading(first)]))

    @property
    def quotation(self) -> tuple[str, ...]:
        """The lines of the article that stand under the prose; none under a model's sentence."""
        if self.state == "supported":
            return ()
        return tuple(line for line in self.citations[0].quote.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two articles that say the same of something but for one particular.

    ``one`` and ``other`` are the sentences, ``one_says`` and ``other_says`` the words that differ, within them. update:
    the later article tells what has become of it, so that both can be right.
    """

    what: Particular
    one: Span
    other: Span
    one_says: Span
    other_says: Span
    kind: Differing = "disagreement"

    @property
    def oldest_first(self) -> tuple[tuple[Span, Span], tuple[Span, Span]]:
        """Each sentence with the words that differ, the one of the older article first."""
        ours, theirs = (self.one, self.one_says), (self.other, self.other_says)
        days = [str(side[0].article.published or "") for side in (ours, theirs)]
        return (theirs, ours) if days[1] < days[0] else (ours, theirs)


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What an index holds: number of articles, newest publication day, when it last changed (ISO 8601, UTC), and how
    often (``revision``; 0 before the first change)."""

    articles: int
    newest: date | None
    updated: str | None
    revision: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "articles": self.articles,
            "newest": _iso(self.newest),
            "updated": self.updated,
            "revision": self.revision,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``ask`` returns: the cited answer, or a reason why there is none; ``passages`` are the nearest evidence.

    ``short`` are the words of the first citation that answer a question for a name, number, date or place. ``asked`` is
    the question in words that stand alone, where it was a follow-up. ``by`` is the language model whose sentences these
    are, None where they are quotations only; ``note`` says what a reader must know of how the answer came about, such
    as why a model did not write it. ``disagreements`` are those between what is cited and other articles, whose side is
    a claim too.
    """

    question: str
    claims: tuple[Statement, ...]
    passages: tuple[Passage, ...]
    rejected: tuple[Verdict, ...]
    index: IndexFacts
    confidence: float
    reason: str | None = None
    short: Span | None = None
    asked: str | None = None
    by: str | None = None
    note: str | None = None
    tokens: Tokens = field(default_factory=Tokens)
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def text(self) -> str:
        """The claims as plain text, each with the numbers of its citations: quotations as lines that begin with ">"."""
        return "\n\n".join(map(_written, self.claims))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The quotations behind the claims by their numbers, each once."""
        return tuple(dict.fromkeys(citation for claim in self.claims for citation in claim.citations))

    @property
    def answered(self) -> bool:
        return bool(self.claims)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON values; the names of citation fields follow Anthropic's citations API."""
        return {
            "question": self.question,
            "asked": self.asked,
            "answered": self.answered,
            "text": self.text,
            "claims": [
                {"text": claim.text, "state": claim.state, "citations": [c.number for c in claim.citations]}
                for claim in self.claims
            ],
            "reason": self.reason,
            "by": self.by,
            "note": self.note,
            "tokens": {"sent": self.tokens.sent, "received": self.tokens.received},
            "confidence": self.confidence,
            "short_answer": self.short
            and {
                "text": self.short.text,
                "document_id": self.short.article.id,
                "start_char_index": self.short.start,
                "end_char_index": self.short.end,
            },
            "citations": [{"number": c.number} | quoted(c.span, c.voice, c.speaker) for c in self.citations],
            "disagreements": [
                {"what": d.what, "kind": d.kind}
                | {"sides": [placed(says) | {"text": says.text} for says in (d.one_says, d.other_says)]}
                for d in self.disagreements
            ],
            "passages": [placed(p.span) | {"text": p.span.text, "score": p.score} for p in self.passages],
            "rejected": [_failed(verdict) for verdict in self.rejected],
            "index": self.index.to_dict(),
        }


def _written(claim: Statement) -> str:
    lines = [claim.prose, *(f"> {line}" for line in claim.quotation)]
    return f"{chr(10).join(lines)} {''.join(f'[{citation.number}]' for citation in claim.citations)}"


def _failed(verdict: Verdict) -> dict[str, Any]:
    told = {"quote": verdict.quote.text, "kind": verdict.kind, "reason": verdict.reason}
    return told if verdict.claim is None else told | {"claim": verdict.claim}


def quoted(span: Span, voice: Voice | None, speaker: Speaker | None) -> dict[str, Any]:
    """Words of an article, where they stand and whose they are, as plain JSON values."""
    return (
        {"cited_text": span.text}
        | placed(span)
        | {
            "voice": voice,
            "speaker": speaker
            and {
                "name": speaker.name,
                "mention": speaker.mention.text,
                "cue": speaker.cue and speaker.cue.text,
                "via": [link.text for link in speaker.via],
                "start_char_index": speaker.mention.start,
                "end_char_index": speaker.mention.end,
            },
        }
    )


def placed(span: Span) -> dict[str, Any]:
    """Where a span stands, as plain JSON values."""
    article = span.article
    return {
        "document_title": article.title,
        "document_id": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "published": _iso(article.published),
        "start_char_index": span.start,
        "end_char_index": span.end,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
