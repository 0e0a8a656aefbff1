"""Whether a claim gives an article's words to those whose they are, by a verb that says no more than the article's.
English only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.drafting.claimed_names import bare_forms, may_be_called, names_speaker, plainly_named
from rag.drafting.claimed_words import read
from rag.drafting.frames import PRONOUN, Frame
from rag.drafting.times import day_forms
from rag.english import NEUTRAL, SPEECH, WEAKENABLE, family, is_maker, is_speaker
from rag.records import Said, Span
from rag.speakers import namings
from rag.text import quotations

_SPEAKS = re.compile(rf"\b(?:{SPEECH})\b", re.IGNORECASE)
# Words of a sentence in which somebody's view stands as such: "Sarrow has promised to …", "the plan would …".
_INLINE = re.compile(
    rf"\b(?:{SPEECH}|promise|plan(?:s|ned|ning)?|expect(?:s|ed)?|wants?|wanted|hop(?:e|es|ed|ing)|intend(?:s|ed)?|scheduled"
    r"|back(?:s|ed)|offer(?:s|ed|ing)|propos(?:al|e|es|ed|ing)|ask(?:s|ed)?|assert(?:s|ed|ing)|unclear|uncertain|agree[sd]?"
    r"|disagree[sd]?|raised|saying|support(?:s|ed)?|oppos(?:es|ed)|seek(?:s|ing)?|consider(?:s|ed|ing)|demand(?:s|ed)?|found|finds?"
    r"|show(?:s|ed|n)?|reveal(?:s|ed)?|discover(?:s|ed)|request(?:s|ed)|condemn(?:s|ed)|express(?:es|ed)|reportedly"
    r"|allegedly)\b"
)
_SEEN_BY = re.compile(r"\s(?:seen|obtained|reviewed|published|released|shared|issued)\sby\s")
_SELF = frozenset(("the article", "the report", "the newspaper", "the paper", "the story"))


def misattributed(claim: str, own: Frame | None, theirs: Sequence[Frame], said: Said) -> str | None:
    """Why the claim does not give the words of ``said`` to those whose they are; None where it does.

    ``own`` is the claim's frame, ``theirs`` are those of the article's sentence, at their places in the article.
    """
    part = said.span
    marked = [(s, e) for s, e in quotations(part.article.text) if s < part.end and e > part.start]
    somebodys = said.voice in ("direct", "reported") or said.speaker is not None or bool(theirs)
    if own is None:
        if not _keeps_marks(claim, part, marked):
            return _unnamed(said, theirs)
        if not somebodys:
            return None if said.voice == "article" or not _SPEAKS.search(part.text) else _unnamed(said, theirs)
        return None if _says_inline(claim, said, theirs) else _unnamed(said, theirs)
    if not somebodys and not marked:
        articles = said.voice == "article" and (own.who.casefold() in _SELF or is_maker(own.who, part.article))
        return None if articles else f"The words are not established to be {own.who}’s."
    if not _is_theirs(own, theirs, said):
        whose = _known(said, theirs)
        return (
            f"The words are {whose}’s, not {own.who}’s."
            if whose
            else f"The words are not established to be {own.who}’s."
        )
    return _stronger(claim, own, theirs, said)


def _keeps_marks(claim: str, part: Span, marked: Sequence[tuple[int, int]]) -> bool:
    """Whether words that the article sets in quotation marks stand so in the claim."""
    plain = re.sub(r"[“”]", '"', claim).replace("’", "'")
    text = part.article.text
    return all(f'"{text[max(s, part.start) : e]}'.replace("’", "'").rstrip(",.") in plain for s, e in marked)


def _says_inline(claim: str, said: Said, theirs: Sequence[Frame]) -> bool:
    """Whether the words of the quotation that say whose they are stand in the claim: "Sarrow has promised to …"."""
    part = said.span
    if theirs or is_quoted(part):
        return False
    forms = Counter(word.form for word in read(claim))
    told = [match.group() for match in _INLINE.finditer(part.text)]
    speaker = said.speaker
    if speaker:
        spans = [speaker.mention, *([speaker.cue] if speaker.cue else [])]
        if any(span.start < part.start or span.end > part.end for span in spans):
            return False
        told += [speaker.cue.text] if speaker.cue else []
        if not speaker.cue and not told:
            return False
    needed = {
        word.form for word in read(" ".join(told)) if not word.is_mark and word.form not in ("has", "have", "had")
    }
    return bool(needed) and all(forms[form] for form in needed)


def is_quoted(part: Span) -> bool:
    """Whether ``part``, or nearly all of it, stands in quotation marks."""
    middle = (part.start + part.end) // 2
    covered = sum(max(0, min(e, part.end) - max(s, part.start)) for s, e in quotations(part.article.text))
    return covered > 0.9 * (part.end - part.start) or any(
        s <= part.start and part.end <= e + 1 and s <= middle < e for s, e in quotations(part.article.text)
    )


def _unnamed(said: Said, theirs: Sequence[Frame]) -> str:
    if whose := _known(said, theirs):
        return f"The words are {whose}’s, which the claim does not say."
    return "The words are somebody’s, not the article’s own, and the claim does not say whose."


def _known(said: Said, theirs: Sequence[Frame]) -> str | None:
    """Whose the words are, where that is more than a pronoun."""
    framed = theirs[0].who if theirs else ""
    whose = said.speaker.name or said.speaker.mention.text if said.speaker else framed
    return None if PRONOUN.fullmatch(whose) else whose or None


def _is_theirs(own: Frame, theirs: Sequence[Frame], said: Said) -> bool:
    """Whether the claim's speaker is the article's: by name, or in the article's own words; and is called nothing that
    the article does not call them."""
    article, ours = said.span.article, bare_forms(own.who)
    if not ours:
        return False
    for frame in theirs:
        halves = [bare_forms(half) for half in [*frame.who.split(","), _SEEN_BY.split(frame.who)[0]]]
        if ours in (bare_forms(frame.who), *halves) and (not said.speaker or _agree(frame, said)):
            return True
    speaker = said.speaker
    if speaker is None:
        return any(
            may_be_called(own.who, name, bare_forms(frame.who), theirs, article)
            for frame, name in plainly_named(theirs, article)
        )
    if not is_speaker(own.who, speaker) or not all(
        names_speaker(frame, speaker) for frame in theirs if _agree(frame, said)
    ):
        return False
    mention = bare_forms(speaker.mention.text)
    if not speaker.name or not any(n.person.name == speaker.name for n in namings(article)):
        return ours in (mention, bare_forms(speaker.name or ""))
    return may_be_called(own.who, speaker.name, mention, [f for f in theirs if _agree(f, said)], article)


def _agree(frame: Frame, said: Said) -> bool:
    """Whether the article's frame is the one in which the established speaker is named."""
    return said.speaker is not None and frame.start <= said.speaker.mention.start < frame.end


def _stronger(claim: str, own: Frame, theirs: Sequence[Frame], said: Said) -> str | None:
    """Why the claim's verb, or what it adds to it, says more than the article's."""
    here = [frame for frame in theirs if said.speaker is None or _agree(frame, said)] or list(theirs)
    verbs = {frame.verb for frame in here}
    if not verbs and said.speaker and said.speaker.cue:
        verbs = {family(said.speaker.cue.text)} - {""}
    same = own.verb in verbs
    weaker = NEUTRAL if own.verb in ("report", "announce") else WEAKENABLE
    if not same and (own.verb not in NEUTRAL or not verbs <= weaker):
        return f"The verb of “{claim[own.start : own.end].strip(' ,')}” says more than the article’s."
    more = bare_forms(own.more)
    day = said.span.article.published
    told = [bare_forms(frame.more) for frame in here]
    resolved = {other for one in told for form in one for other in day_forms(form, day)}
    kept = [form for form in more if form not in resolved]
    if kept and not any(kept == one[i : i + len(kept)] for one in told for i in range(len(one))):
        return f"“{own.more.strip()}” does not stand in the article’s sentence."
    return None
