"""Whether a claim says no more than the verified quotation that it rests on, and says whose words they are.

A claim is held against each sentence of the quotation: its words must follow from that sentence's
(``rag/drafting/follows.py``), and words that are somebody's must be given to the same speaker. Rather refuse a claim
than let it say another thing. English only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.drafting.claimed_speaker import is_quoted, misattributed
from rag.drafting.claimed_words import Word, read
from rag.drafting.follows import moved, ways
from rag.drafting.frames import frames
from rag.drafting.plain_statement import no_statement
from rag.drafting.ways import Ways, reached
from rag.english import CONDITION, DENIAL, HEDGE, NEAR_HEDGE, NEGATION, WHETHER
from rag.quoting import sentence_of
from rag.records import Said, Span
from rag.speakers import namings
from rag.text import around, plain, sentences

_LONGEST_EVIDENCE = 2_000
_PRONOUN_FIRST = re.compile(r"\W*(?:he|she|they|it|we|i|this|that|these|those)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:said|told|wrote|\w+ed)\b")
_OTHER_SEX = {"he": ("she", "her", "hers", "herself"), "she": ("he", "him", "his", "himself")}
_HANGS = (NEGATION, DENIAL, CONDITION, WHETHER, HEDGE, NEAR_HEDGE)


def unsupported(claim: str, said: Said) -> str | None:
    """Why ``claim`` says more than, or another thing than, the verified quotation ``said``, in one sentence that names
    the words; None where it is supported.

    Time is bounded by the lengths of both.
    """
    if reason := no_statement(claim):
        return reason
    if said.span.end - said.span.start > _LONGEST_EVIDENCE:
        return f"The quotation is longer than {_LONGEST_EVIDENCE} characters."
    if _is_the_quotation(claim, said):
        return None
    parts = list(_parts(said.span))
    wanted = Counter(word.form for word in read(claim))
    parts.sort(key=lambda part: -sum((wanted & Counter(word.form for word in read(part.text))).values()))
    first: str | None = None
    for part in parts:
        reason = _beyond(claim, replace(said, span=part))
        if reason is None:
            return None
        first = first or reason
    return first


def _is_the_quotation(claim: str, said: Said) -> bool:
    """Whether the claim is the quotation itself and names whose words they are, where they are somebody's."""
    span, speaker = said.span, said.speaker
    named = speaker is not None and span.start <= speaker.mention.start and speaker.mention.end <= span.end
    if is_quoted(span) or not (named or said.voice == "article") or _PRONOUN_FIRST.match(claim):
        return False
    return _bare(claim) == _bare(span.text)


def _bare(text: str) -> str:
    return plain(text).text.strip(" '.,").casefold()


def _parts(span: Span) -> Iterator[Span]:
    """The sentences of the quotation, those inside quotation marks apart."""
    whole = [(max(s, span.start), min(e, span.end)) for s, e in sentences(span.article)]
    seen = {(s, e) for s, e in whole if s < e}
    yield from (Span(span.article, s, e) for s, e in sorted(seen))
    start = span.start
    while start < span.end:
        if span.article.text[start].isspace():
            start += 1
            continue
        end = max(sentence_of(Span(span.article, start, start + 1))[1], start + 1)
        place = (start, min(end, span.end))
        if place not in seen and any(c.isalnum() for c in span.article.text[start : place[1]]):
            yield Span(span.article, *place)
        start = end


def _beyond(claim: str, said: Said) -> str | None:
    """Why the claim does not follow from ``said``, which is of one sentence."""
    part = said.span
    sentence = around(part)
    if re.search(r"\?[”\"’'\s]*$", part.text):
        return "The quotation is a question, the claim is a statement."
    theirs = [frame.placed(sentence.start) for frame in frames(sentence.text)]
    ours = frames(claim)
    if len(ours) > 1:
        return "The claim says twice who says it."
    own = ours[0] if ours else None
    if reason := misattributed(claim, own, theirs, said):
        return reason
    content = claim[: own.start] + " " + claim[own.end :] if own else claim
    words, evidence = read(content), read(part.text)
    framed = [
        (f.start - part.start, f.end - part.start) for f in theirs if own and f.end > part.start and f.start < part.end
    ]
    direct = said.voice == "direct" or is_quoted(part)
    shifted = own is not None and bool(_PAST.search(claim, own.start, own.end))
    pronouns = _pronouns(said) if own and direct else None
    forms = [word.form for word in words if not word.is_mark]
    if not forms:
        return "The claim says nothing."
    found = ways(part, evidence, forms, framed, shifted=shifted, pronouns=pronouns)
    orders = moved(words, evidence)
    best = [reached(order, found) for order in orders]
    if max(best) > len(forms):
        return None
    return _differs(words, evidence, best[0], found)


def _pronouns(said: Said) -> dict[str, str]:
    """The pronouns that cannot be the speaker's."""
    name = said.speaker.name if said.speaker else None
    people = {naming.person for naming in namings(said.span.article) if name and naming.person.name == name}
    known = {person.pronoun for person in people}
    return {other: "" for pronoun in known for other in _OTHER_SEX.get(pronoun, ())} if len(known) == 1 else {}


def _differs(words: Sequence[Word], evidence: Sequence[Word], at: int, found: Ways) -> str:
    """What in the claim first goes beyond the quotation."""
    ours = [word for word in words if not word.is_mark]
    have = {word.form for word in evidence}
    for instead in found.instead.values():
        have |= {form for forms, _ in instead for form in forms}
    for word in ours:
        if word.form[0] == "#" and word.form not in have:
            return f"The number {word.form[1:]} does not stand in the quotation."
        if word.form[0] == "@" and word.form not in have:
            return "The date in the claim does not stand in the quotation."
    mine = {word.form for word in ours}
    for pattern in _HANGS:
        said = [form for form in mine if pattern.fullmatch(form)]
        theirs = [word.form for word in evidence if pattern.fullmatch(word.form)]
        if added := [form for form in said if form not in have]:
            return f"The claim says “{added[0]}”, the quotation does not."
        if dropped := [form for form in theirs if form not in mine]:
            return f"The quotation says “{dropped[0]}”, the claim does not."
    if lacking := [word.form for word in ours if word.form not in have]:
        return f"“{lacking[0]}” does not stand in the quotation."
    if at >= len(ours):
        return "The claim leaves out words at the end of the quotation on which the rest depends."
    return f"The claim joins words otherwise than the quotation does, at “{ours[at].form.lstrip('#@')}”."
