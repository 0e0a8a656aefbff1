"""The only door from a claimed quote (str) to a verified one (Span): typography may differ, words may not.

A quote holds where its words stand in its article as they are (``rag/quoting/places.py``) or parted by ellipses
(``rag/quoting/fragments.py``), where the cut left out nothing that they hang on (``rag/quoting/cut.py``), and where
they are the claimed speaker's. So must every passage that a generator's own words show in quotation marks
(``rag/quoting/prose.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answer import State, Statement
from rag.quoting.cut import dropped
from rag.quoting.fragments import chains, fragments
from rag.quoting.places import count_words, exact_places, repaired_places
from rag.quoting.prose import passages
from rag.quoting.reasons import MIN_WORDS, TOO_SHORT, left_out, missing, not_theirs
from rag.records import Citation, Claim, Draft, Kind, Quote, Said, Span, Supports, Verdict, Voices
from rag.text import plain

_STOP = re.compile(r"(?<![.…\s])[.,;:]$")  # belongs to the prose, and some write it inside the marks


def unestablished(span: Span) -> Said:
    """The ``Voices`` of one who knows nobody's."""
    return Said(span)


def cite(draft: Draft, voices: Voices = unestablished) -> Citing:
    """All claims of a draft through the door; more may follow them."""
    citing = Citing(voices)
    for claim in draft.claims:
        citing.add(claim)
    return citing


class Citing:
    """What an answer says as its claims come, which only grows, and what failed.

    Of a claim, each quote that holds becomes a statement that is this quotation and nothing else; the claim's own words
    lead the first, unless they show words in quotation marks that do not hold. Equal spans share a number; each
    fragment of a joined quote has its own.

    A claim that is added with ``supports`` is a sentence in a model's own words: it becomes one statement that rests on
    its quotations, and is left out as a whole unless one of its quotes holds and supports all of it, and it shows no
    false one.
    """

    def __init__(self, voices: Voices = unestablished) -> None:
        self._voices = voices
        self._claims: dict[Statement, None] = {}
        self._numbers: dict[Span, Citation] = {}
        self._failed: dict[Verdict, None] = {}

    @property
    def claims(self) -> tuple[Statement, ...]:
        return tuple(self._claims)

    @property
    def rejected(self) -> tuple[Verdict, ...]:
        return tuple(self._failed)

    def add(self, claim: Claim, supports: Supports | None = None) -> tuple[Verdict, ...]:
        """Take a claim as far as it holds; returns what failed of it."""
        verdicts = [verify(quote, self._voices) for quote in claim.quotes]
        if supports:
            verdicts = [_supported(claim, _without_hint(verdict, self._voices), supports) for verdict in verdicts]
        failed = [verdict for verdict in verdicts if not verdict.holds]
        holding = [verdict for verdict in verdicts if verdict.holds]
        false = list(_false_in_prose(claim, holding, self._voices)) if holding else []
        known = {_bare(quote.text) for quote in claim.quotes}
        failed += [verdict for verdict in false if _bare(verdict.quote.text) not in known]
        self._failed |= dict.fromkeys(failed)
        verified = [said for verdict in holding for said in verdict.said]
        if not supports:
            self._quote(verified, "" if false else claim.text)
        elif verified and not false:
            self._state(claim.text, "supported", verified)
        return tuple(failed)

    def _quote(self, verified: Sequence[Said], lead: str) -> None:
        for said in verified:
            self._state(lead, "quoted", [said])
            lead = ""

    def _state(self, text: str, state: State, verified: Sequence[Said]) -> None:
        citations = dict.fromkeys(map(self._numbered, verified))
        self._claims[Statement(text, state, tuple(citations))] = None

    def _numbered(self, said: Said) -> Citation:
        new = Citation(len(self._numbers) + 1, said.span, said.speaker, said.voice)
        return self._numbers.setdefault(said.span, new)


def _without_hint(verdict: Verdict, voices: Voices) -> Verdict:
    """``verdict``, or, where nobody by name is established to speak, that without the speaker whom a model named: who
    speaks is then a matter of what its sentence says."""
    if verdict.kind != "misattributed" or any(said.speaker and said.speaker.name for said in verdict.said):
        return verdict
    return verify(replace(verdict.quote, speaker=None), voices)


def _supported(claim: Claim, verdict: Verdict, supports: Supports) -> Verdict:
    """``verdict``, or, where the claim is more than its quote says, that."""
    reasons = [supports(claim.text, said) for said in verdict.said] if verdict.holds else []
    if None in reasons:
        return verdict
    if reasons:
        return replace(verdict, kind="unsupported", reason=reasons[0], claim=claim.text)
    return replace(verdict, claim=claim.text)


def verify(quote: Quote, voices: Voices = unestablished) -> Verdict:
    """Whether the quote stands in its article, and where; else why it does not hold.

    Of several places, the nearest to the quote's passage at which it holds, so that of the claimed speaker's. The
    verdict is never "elsewhere": no other article is read. Time is linear in the article's length.
    """
    return _verified(quote, voices, MIN_WORDS)


def _verified(quote: Quote, voices: Voices, least: int) -> Verdict:
    pieces = fragments(quote.text)
    if sum(map(count_words, pieces)) < least:
        return Verdict(quote, "not found", reason=f"The quote {quote.text!r} {TOO_SHORT}")
    failed: Verdict | None = None
    for kind, places in _readings(quote, pieces):
        verdict = _judged(quote, kind, places, voices)
        short = kind == "joined" and any(count_words(piece) < MIN_WORDS for piece in pieces)
        if verdict.holds and not short:
            return verdict
        failed = failed or (None if verdict.holds else verdict)
    return failed or Verdict(quote, "not found", reason=missing(quote, pieces))


def _readings(quote: Quote, pieces: Sequence[str]) -> Iterator[tuple[Kind, list[tuple[Span, ...]]]]:
    """The ways to read the quote under which its words stand in the article, and the places of its fragments there,
    nearest to the passage first."""
    near = quote.passage.span
    whole = quote.text if len(pieces) > 1 else pieces[0]

    def distance(spans: tuple[Span, ...]) -> int:
        return max(near.start - spans[0].start, spans[-1].end - near.end, 0)

    if exact := exact_places(whole, near.article):
        yield "exact", sorted(((place,) for place in exact), key=distance)
    if repaired := repaired_places(whole, near.article):
        yield "repaired", sorted(((place,) for place in repaired), key=distance)
    if len(pieces) > 1 and (joined := chains(pieces, near.article)):
        yield "joined", sorted(joined, key=distance)


def _judged(quote: Quote, kind: Kind, places: list[tuple[Span, ...]], voices: Voices) -> Verdict:
    """The verdict at the first of ``places`` (at least one) at which the quote holds; at none, the one at the first."""
    failed: list[Verdict] = []
    for spans in places:
        drop = dropped(spans)
        if drop and failed:
            continue
        said = tuple(replace(voices(span), span=span) for span in spans)  # whatever voices answer, it is of these words
        if drop:
            failed.append(Verdict(quote, "cut", said, left_out(drop)))
        elif reason := not_theirs(quote.speaker, said):
            failed.append(Verdict(quote, "misattributed", said, reason))
        else:
            return Verdict(quote, kind, said)
    return failed[0]


def _false_in_prose(claim: Claim, holding: Sequence[Verdict], voices: Voices) -> Iterator[Verdict]:
    """A verdict for each passage that the claim's prose shows as somebody's words and that are not."""
    said = [one for verdict in holding for one in verdict.said]
    speakers = {verdict.quote.speaker for verdict in holding}
    speaker = speakers.pop() if len(speakers) == 1 else None
    verified = {_bare(verdict.quote.text) for verdict in holding}
    verified |= {_bare(words) for one in said for words in (one.span.text, one.span.article.title)}
    for words in dict.fromkeys(passages(claim.text)):
        if _bare(words) in verified:
            continue
        text = _STOP.sub("", words)
        tried = (_verified(Quote(one.quote.passage, text, speaker), voices, 1) for one in holding)
        verdicts = []
        for verdict in tried:
            verdicts.append(verdict)
            if verdict.holds:
                break
        else:
            yield verdicts[0]


def _bare(words: str) -> str:
    return _STOP.sub("", plain(words).text.strip("' ")).strip("' ")
