"""Is this quotation real? In which articles it stands, and whose words it is there; else what comes closest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from rag.answer import IndexFacts, placed, quoted
from rag.errors import InputError
from rag.quoting.cite import verify
from rag.quoting.closest import Closest, closest
from rag.quoting.places import count_words
from rag.records import Article, Find, Kind, Passage, Quote, Span, Verdict, Voices
from rag.text import around, quotations

ARTICLES = 100  # that are looked at for one quotation, and so the most that it is found in
LISTED = 20  # of them, the newest, in which it is looked up who says it: that takes some hundredths of a second each
_PATIENCE = 20  # articles in a row without the words, after which the less likely ones have none either
COMPARED = 30  # of them, whose sentences are compared where the words stand in none
TEXT_LIMIT = 20_000  # characters
QUOTATIONS_LIMIT = 50  # in one text
_MIN_WORDS = 2
_CLOSING = re.compile(r"(?<![.…\s])[.,;:]$")  # belongs to the text that quotes, and some write it inside the marks


@dataclass(frozen=True, slots=True)
class Checked:
    """One claimed quotation and what the articles say of it.

    ``verdicts`` are those of the newest LISTED articles in which the words stand, first where the quotation holds.
    ``articles`` is in how many it holds or, where in none, its words stand; ``more``: at least so many. ``stands`` is
    in how many its words stand, whoever says them, up to ARTICLES. ``closest`` is what comes near where in none.
    """

    quote: str
    speaker: str | None
    verdicts: tuple[Verdict, ...] = ()
    articles: int = 0
    more: bool = False
    stands: int = 0
    closest: tuple[Closest, ...] = ()

    @property
    def kind(self) -> Kind:
        """That of the first verdict."""
        return self.verdicts[0].kind if self.verdicts else "not found"

    @property
    def holds(self) -> bool:
        return bool(self.verdicts) and self.verdicts[0].holds

    def to_dict(self) -> dict[str, Any]:
        return {
            "quote": self.quote,
            "kind": self.kind,
            "holds": self.holds,
            "articles": self.articles,
            "more": self.more,
            "stands": self.stands,
            "found": [_found(verdict) for verdict in self.verdicts],
            "closest": [_near(near) for near in self.closest],
        }


@dataclass(frozen=True, slots=True)
class Check:
    """What ``Rag.check`` returns: a verdict for every quotation in the text.

    ``too_short`` are those of one word, which prove nothing and are not checked; ``searched`` is the number of
    articles that the filters leave.
    """

    text: str
    speaker: str | None
    quotations: tuple[Checked, ...]
    too_short: tuple[str, ...]
    searched: int
    index: IndexFacts

    @property
    def holds(self) -> bool:
        return all(checked.holds for checked in self.quotations)

    def to_dict(self) -> dict[str, Any]:
        """The check as plain JSON values; what a citation is called in ``Answer.to_dict`` has the same names here."""
        return {
            "text": self.text,
            "claimed_speaker": self.speaker,
            "holds": self.holds,
            "quotations": [checked.to_dict() for checked in self.quotations],
            "too_short": list(self.too_short),
            "searched": self.searched,
            "index": self.index.to_dict(),
        }


def check(text: str, speaker: str | None, find: Find, searched: int, facts: IndexFacts, voices: Voices) -> Check:
    """Check a quotation, or each one in a text that quotes; raises InputError where there is nothing to check."""
    claimed, too_short = _claimed(text)
    speaker = " ".join((speaker or "").split()) or None
    checked = tuple(_checked(quote, speaker, find, voices) for quote in claimed)
    return Check(text, speaker, checked, tuple(too_short), searched, facts)


def elsewhere(verdict: Verdict, find: Find, voices: Voices) -> Verdict:
    """``verdict``, or, where its quote was not found in its own article and holds in another, which that is."""
    if verdict.kind != "not found":
        return verdict
    own = verdict.quote.passage.span.article
    claimed = verdict.quote
    others = [article for article in find(claimed.text, ARTICLES) if article.id != own.id]
    found = _attributed(_standing(claimed.text, others), claimed.speaker, voices, 1)
    if not found or not found[0].holds:
        return verdict
    said = found[0].said[0]
    there = said.span.article
    reason = f"These words do not stand in {own.title!r} ({own.id}), but in {there.title!r} ({there.id})"
    who = said.speaker and (said.speaker.name or said.speaker.mention.text)
    reason += f", where {who} says them." if who else "."
    return replace(verdict, kind="elsewhere", said=found[0].said, reason=reason)


def _claimed(text: str) -> tuple[list[str], list[str]]:
    """The quotations to check: those in quotation marks, or, where there are none or nothing of more than a word,
    the whole text; and those too short to be checked."""
    if len(text) > TEXT_LIMIT:
        raise InputError(f"The text has {len(text):,} characters, at most {TEXT_LIMIT:,} are checked. Shorten it.")
    inside = list(dict.fromkeys(_CLOSING.sub("", text[start:end]) for start, end in quotations(text)))
    long = [quote for quote in inside if count_words(quote) >= _MIN_WORDS]
    if len(long) > QUOTATIONS_LIMIT:
        raise InputError(
            f"The text has {len(long)} quotations, at most {QUOTATIONS_LIMIT} are checked at once. Split it."
        )
    if long:
        return long, [quote for quote in inside if quote not in long]
    whole = text.strip()
    if not (words := count_words(whole)):
        raise InputError('There is nothing to check. Give a quotation, for example: "We will stay until the spring."')
    if words < _MIN_WORDS:
        raise InputError(f"{whole!r} is too short to prove anything. Give at least {_MIN_WORDS} words of it.")
    return [whole], []


def _checked(quote: str, speaker: str | None, find: Find, voices: Voices) -> Checked:
    articles = find(quote, ARTICLES)
    standing = _standing(quote, articles)
    if not standing:
        return Checked(quote, speaker, closest=closest(quote, articles[:COMPARED]))
    verdicts = _attributed(standing, speaker, voices, LISTED)
    holding, left = sum(verdict.holds for verdict in verdicts), standing[len(verdicts) :]
    if holding and not speaker:
        holding += sum(verdict.holds for verdict in left)
    more = len(standing) == ARTICLES or bool(holding and speaker and left)
    return Checked(quote, speaker, tuple(verdicts), holding or len(standing), more, len(standing))


def _standing(quote: str, articles: Iterable[Article]) -> list[Verdict]:
    """Verdicts, not yet about who says it, of those articles in which the words stand: where they hold, then the
    newest. ``articles`` come likeliest first."""
    found: list[Verdict] = []
    misses = 0
    for article in articles:
        if misses == _PATIENCE:
            break
        if article.text:
            verdict = verify(Quote(Passage(Span(article, 0, len(article.text)), 1.0), quote))
            misses = 0 if verdict.said else misses + 1
            found += [verdict] if verdict.said else []
    found.sort(key=lambda verdict: str(verdict.quote.passage.span.article.published or ""), reverse=True)
    return sorted(found, key=lambda verdict: not verdict.holds)


def _attributed(standing: Iterable[Verdict], speaker: str | None, voices: Voices, listed: int) -> list[Verdict]:
    """The first ``listed`` verdicts again, now about who says it, and, of one speaker's words, more until one holds;
    those that hold come first."""
    verdicts: list[Verdict] = []
    for number, verdict in enumerate(standing):
        if number >= listed and (not speaker or any(known.holds for known in verdicts)):
            break
        verdicts.append(verify(replace(verdict.quote, speaker=speaker), voices))
    return sorted(verdicts, key=lambda verdict: not verdict.holds)[:listed]


def surrounding(verdict: Verdict) -> Span:
    """The words of a verdict's first to last fragment with the sentences before and after them."""
    return around(Span(verdict.spans[0].article, verdict.spans[0].start, verdict.spans[-1].end), 1)


def _found(verdict: Verdict) -> dict[str, Any]:
    context = surrounding(verdict)
    return {
        "kind": verdict.kind,
        "reason": verdict.reason,
        "citations": [quoted(said.span, said.voice, said.speaker) for said in verdict.said],
        "surrounding": {"text": context.text, "start_char_index": context.start, "end_char_index": context.end},
    }


def _near(near: Closest) -> dict[str, Any]:
    return (
        {"text": near.span.text}
        | placed(near.span)
        | {
            "likeness": near.likeness,
            "pieces": [{"whose": piece.whose, "text": piece.text} for piece in near.pieces],
        }
    )
