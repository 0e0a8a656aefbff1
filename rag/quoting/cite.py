"""The only door from a claimed quote (str) to a verified one (Span): typography may differ, words may not.

A quote holds where its words stand in its article as they are (``rag/quoting/places.py``) or parted by ellipses
(``rag/quoting/fragments.py``), where the cut left out nothing that they hang on (``rag/quoting/cut.py``), and where
they are the claimed speaker's. So must every passage that the prose of an answer shows in quotation marks
(``rag/quoting/prose.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.english import is_maker, is_speaker
from rag.quoting.cut import Dropped, dropped
from rag.quoting.fragments import APART, chains, fragments, one_voice
from rag.quoting.places import count_words, exact_places, repaired_places
from rag.quoting.prose import passages
from rag.records import Citation, Claim, Draft, Kind, Quote, Said, Span, Supports, Verdict, Voices
from rag.text import attributed, plain, sourced

_MIN_WORDS = 2
_SHOWN = 120  # characters of a quotation in a reason
_STOP = re.compile(r"(?<![.…\s])[.,;:]$")  # belongs to the prose, and some write it inside the marks


def unestablished(span: Span) -> Said:
    """The ``Voices`` of one who knows nobody's."""
    return Said(span)


def cite(draft: Draft, voices: Voices = unestablished) -> tuple[str, tuple[Citation, ...], tuple[Verdict, ...]]:
    """The answer's text, its citations and what failed: ``Citing`` of all claims of a draft."""
    citing = Citing(voices)
    for claim in draft.claims:
        citing.add(claim)
    return citing.text, citing.citations, citing.rejected


class Citing:
    """An answer as its claims come: text that only grows, its citations, and what failed.

    A claim keeps its place when one of its quotes holds, followed by the numbers of those that do; a claim none of
    whose quotes holds is left out. Equal spans share a number; each fragment of a joined quote has its own. Where the
    claim's prose shows words in quotation marks or quoted lines that do not hold, its verified quotations stand in
    their plainest form instead of it.

    A claim that is added with ``supports`` is a sentence in a model's own words: it is written with its source, and
    left out as a whole unless one of its quotes holds and supports all of it, and its prose shows no false one.
    """

    def __init__(self, voices: Voices = unestablished) -> None:
        self._voices = voices
        self._texts: list[str] = []
        self._numbers: dict[tuple[str, int, int], Citation] = {}
        self._failed: list[Verdict] = []

    @property
    def text(self) -> str:
        return "\n\n".join(self._texts)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._numbers.values())

    @property
    def rejected(self) -> tuple[Verdict, ...]:
        return tuple(dict.fromkeys(self._failed))

    def add(self, claim: Claim, supports: Supports | None = None) -> tuple[Verdict, ...]:
        """Write a claim as far as it holds; returns what failed of it."""
        verdicts = [verify(quote, self._voices) for quote in claim.quotes]
        if supports:
            verdicts = [_supported(claim, _without_hint(verdict, self._voices), supports) for verdict in verdicts]
        failed = [verdict for verdict in verdicts if not verdict.holds]
        holding = [verdict for verdict in verdicts if verdict.holds]
        false = list(_false_in_prose(claim, holding, self._voices)) if holding else []
        known = {_bare(quote.text) for quote in claim.quotes}
        failed += [verdict for verdict in false if _bare(verdict.quote.text) not in known]
        self._failed += failed
        verified = [said for verdict in holding for said in verdict.said]
        if supports:
            if verified and not false:
                self._write(sourced(claim.text, verified[0].span.article), verified)
        elif false:
            for said in verified:
                self._write(attributed(said), [said])
        elif verified:
            self._write(claim.text, verified)
        return tuple(failed)

    def _write(self, text: str, verified: Iterable[Said]) -> None:
        marks: dict[str, None] = {}
        for said in verified:
            place = (said.span.article.id, said.span.start, said.span.end)
            new = Citation(len(self._numbers) + 1, said.span, said.speaker, said.voice)
            marks[f"[{self._numbers.setdefault(place, new).number}]"] = None
        written = f"{text} {''.join(marks)}"
        if written not in self._texts:
            self._texts.append(written)


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
    return _verified(quote, voices, _MIN_WORDS)


def _verified(quote: Quote, voices: Voices, least: int) -> Verdict:
    pieces = fragments(quote.text)
    if sum(map(count_words, pieces)) < least:
        reason = f"The quote {quote.text!r} is too short to prove anything: fewer than {least} words."
        return Verdict(quote, "not found", reason=reason)
    failed: Verdict | None = None
    for kind, places in _readings(quote, pieces):
        verdict = _judged(quote, kind, places, voices)
        short = kind == "joined" and any(count_words(piece) < _MIN_WORDS for piece in pieces)
        if verdict.holds and not short:
            return verdict
        failed = failed or (None if verdict.holds else verdict)
    return failed or Verdict(quote, "not found", reason=_missing(quote, pieces))


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
            failed.append(Verdict(quote, "cut", said, _says_dropped(drop)))
        elif reason := _says_who(quote.speaker, said):
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
    headings = [attributed(one).partition("\n")[0] for one in said]
    for words in dict.fromkeys(passages(claim.text, headings)):
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


def _says_dropped(drop: Dropped) -> str:
    fuller = " ".join(drop.fuller.text.split()).strip("“”\"‘’' ")
    if drop.weight == "question":
        return f"The words are part of a question: “{fuller}”."
    return f"The cut leaves out the {drop.weight} “{drop.word.text}”. The article has: “{fuller}”."


def _says_who(claimed: str | None, said: Sequence[Said]) -> str | None:
    """Why the words are not the claimed speaker's, or not one speaker's; None if they are."""
    claimed = " ".join((claimed or "").split())
    for other in (one for one in said if claimed and not _is_theirs(claimed, one)):
        if other.speaker and other.speaker.name:
            return f"{_quoted(other)} is said by {other.speaker.name}, not by {claimed}."
        if other.speaker:
            return f"{_quoted(other)} is said by “{other.speaker.mention.text}”: not established to be {claimed}."
        if other.voice == "article":
            return f"{_quoted(other)} is in the article’s own words: it does not quote {claimed}."
        return f"It is not established that {claimed} says {_quoted(other)}."
    if len(said) > 1 and not one_voice(said):
        return f"The parts are not established to be one speaker’s: {'; '.join(map(_whose, said))}."
    return None


def _is_theirs(claimed: str, said: Said) -> bool:
    """Whether words are the claimed speaker's; an article's own words are its authors' and its publisher's."""
    if said.speaker:
        return is_speaker(claimed, said.speaker)
    return said.voice == "article" and is_maker(claimed, said.span.article)


def _whose(said: Said) -> str:
    if said.speaker:
        return f"{_quoted(said)} is said by {said.speaker.name or f'“{said.speaker.mention.text}”'}"
    if said.voice == "article":
        return f"{_quoted(said)} is in the article’s own words"
    return f"who says {_quoted(said)} is not established"


def _quoted(said: Said) -> str:
    words = " ".join(said.span.text.split())
    return f"“{words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(' ', 1)[0] + ' …'}”"


def _missing(quote: Quote, pieces: Sequence[str]) -> str:
    article = quote.passage.span.article
    where = f"{article.title!r} ({article.id})"
    if len(pieces) < 2:
        return f"These words do not stand in {where}."
    for piece in pieces:
        if not (exact_places(piece, article) or repaired_places(piece, article)):
            return f"The part {piece!r} does not stand in {where}."
        if count_words(piece) < _MIN_WORDS:
            return f"The part {piece!r} is too short to prove anything: fewer than {_MIN_WORDS} words."
    return f"The parts stand in {where}, but not in this order with at most {APART} characters left out between them."
