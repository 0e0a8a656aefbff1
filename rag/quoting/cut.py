"""What a cut must not drop: a negation, condition or hedge that the quoted words hang on, in their own sentence.

The rules go by clauses and by the words of ``rag/english/meaning.py``, and rather refuse a quotation than let it say
another thing than its sentence. English only. Whole sentences are never cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.english import (
    ASKING,
    CONDITION,
    CONDITIONED,
    DENIAL,
    FINITE,
    HEDGE,
    HEDGED,
    NEAR_HEDGE,
    NEGATED,
    NEGATION,
    WHETHER,
)
from rag.quoting.extent import own_words, sentence_of
from rag.records import Span
from rag.text import INVISIBLE

Weight = Literal["negation", "condition", "hedge", "question"]

_OWN_CUT = 5  # words: from so many on, a passage in quotation marks is how the article itself cut it
_BESIDE = 2  # words between, where the article itself cut the words off with its quotation marks
_FAR = 8  # words over which an "if" reaches in its own clause
_CONDITION_BEHIND = 6  # words after the cut, within the clause, in which a condition still binds what was before it
_LOOKED_AT = 600  # characters of the sentence on both sides
_SHOWN = 300  # characters of the article that a reason shows
# What stands before the words, and over how many words it reaches.
_LEADING: tuple[tuple[Weight, re.Pattern[str], int], ...] = (
    ("negation", NEGATION, 8),
    ("negation", DENIAL, 8),
    ("hedge", HEDGE, 6),
    ("hedge", NEAR_HEDGE, 3),
    ("condition", WHETHER, 8),
)
_UNEVEN = re.compile(rf"\s\s|[^\S ]|[{INVISIBLE}]")
_SEEN = re.compile(rf"\s+|[^{INVISIBLE}]")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_SAYS = re.compile(rf"\b(?:{FINITE})\b")
_AMID_NUMBER = r"(?<=\d)[,:](?=\d)"  # "1,200", "2:1": no end of a clause
# Where one clause ends and another begins. An opening mark is no end: is not “a threat”.
_CLAUSE_END = re.compile(
    rf"(?!{_AMID_NUMBER})[,;:()\[\]—–”»?!]|\s--?\s|(?<=[^\s(\[])\"|\b(?:but|because|although|though|while|whereas|when|who|whom|which|whose"
    r"|where|since|after|before|so|yet|than|if|unless|until|whether)\b"
    r"|\band (?=(?:he|she|it|they|we|I|you|there|that|this|said|says|told|added)\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*,[^,.;:“”\"]{1,40},")  # do not, however, support
_CONTINUED = re.compile(r"[^“”\"\n]*,[\"”]\s[^“”\".!?\n]{2,60},\s[\"“]")  # “If they agree,” Teel said, “
_POINTS = (",", ";", ":", ".", "!", "?", "—", "–")
# Those who are not vaccinated | are likely to fall ill: the negation stays within its relative clause.
_WHO = re.compile(r"\b(?:who|that|which) (?:\w+ ){0,2}$")
_MAIN_VERB = re.compile(
    r"(?: [\w’'-]+){1,6} (?:is|are|was|were|will|would|ha[sd]|have|should|can|must|do|does|did|said)\b"
)
_RELATIVE = re.compile(r",\s(?:who|which|whose|where)\b[^,]*(?:,|$)")
_OPENS_CLAUSE = re.compile(r"(?:^|[,;:—–“\"‘'(]|\b(?:that|and|but|because|sa(?:id|ys)))\s*[\"“‘']?\s*$", re.IGNORECASE)
_MAIN_CLAUSE_END = re.compile(rf"(?!{_AMID_NUMBER})[;:]|,[”\"]?\s(?:but|yet|while|whereas)\b|[,.!?][”\"]\s[^“”\"]*$")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A word that a cut dropped, and the article's words that show it together with the quoted ones."""

    weight: Weight
    word: Span
    fuller: Span


_Found = tuple[Weight, int, int]  # and where the word starts and ends in the text that was searched


def dropped(spans: Sequence[Span]) -> Dropped | None:
    """A word that the meaning of the quoted words hangs on and that is not among them; None if there is none.

    ``spans`` are the fragments of one quotation in their order: what stands between them is left out too.
    """
    for i, span in enumerate(spans):
        text = span.article.text
        start, end = sentence_of(span)
        left = spans[i - 1].end if i else 0
        right = spans[i + 1].start if i + 1 < len(spans) else len(text)
        own = own_words(span)
        words, _ = _legible(text, span.start, span.end)
        before, places = _legible(text, max(start, left, span.start - _LOOKED_AT), span.start)
        if found := _amid(before) if left > start else _before(before, words, own):
            return _shown(span, found, places, (start, end))
        behind, places = _legible(text, span.end, min(end, span.end + _LOOKED_AT))
        if right >= end and (found := _behind(behind, words, own)):
            return _shown(span, found, places, (start, end))
        if not own and (found := _asked(before, behind)):
            return _shown(span, found, places, (start, end))
    return None


def _before(text: str, words: str, own: int) -> _Found | None:
    """What the quoted ``words`` behind ``text`` hang on; ``own`` as ``_own_words`` counts."""
    if not _WORD.search(text):
        return None
    first = (_WORD.findall(words) or [""])[0]
    for weight, pattern, reach in _LEADING:
        if own:
            reach = 0 if weight != "negation" and own >= _OWN_CUT else _BESIDE
        for match in pattern.finditer(text) if reach else ():
            opening, rest = text[: match.start()], text[match.end() :]
            if weight == "hedge" and _OPENS_CLAUSE.search(opening):  # Perhaps, | the bridge is safe
                rest = rest.removeprefix(",")
            if _reaches(rest, first, reach) and not (_WHO.search(opening) and _MAIN_VERB.match(rest)):
                return weight, *match.span()
    for match in CONDITION.finditer(text):
        opening, rest = text[: match.start()], text[match.end() :]
        if own:
            governs = _reaches(rest, first, 1) or _CONTINUED.fullmatch(rest) is not None
        elif _OPENS_CLAUSE.search(opening) and not ASKING.search(opening):
            governs = not _MAIN_CLAUSE_END.search(rest)
        else:
            governs = _reaches(rest, first, _FAR)
        if governs:
            return "condition", *match.span()
    return None


def _reaches(between: str, first: str, reach: int) -> bool:
    """Whether a word governs what follows after ``between``: in one clause, and so many words away at most; ``first``
    is the first word that follows, which may open another clause where it is not the very next."""
    between = _ASIDE.sub("", between, count=1) if _ASIDE.match(between) else between
    count = len(_WORD.findall(between))
    if count > reach or _CLAUSE_END.search(f"{between.rstrip()} {first if count else ''}"):
        return False
    says = _SAYS.search(between)  # "a man who was not there said", but "did not say"
    return says is None or len(_WORD.findall(between[: says.start()])) <= 1


def _behind(text: str, words: str, own: int) -> _Found | None:
    """What the quoted ``words`` before ``text`` hang on."""
    if not _WORD.search(text):
        return None
    if (match := CONDITIONED.match(text)) and not ASKING.search(words):
        return "condition", *match.span("word")
    if (match := NEGATED.match(text)) and (match["untrue"] or not words.rstrip().endswith(_POINTS)):
        return "negation", *match.span("word" if match["word"] else "untrue")
    if own:
        return None
    if match := HEDGED.match(text):
        return "hedge", *match.span("word" if match["word"] else "alone")
    match = CONDITION.search(text)
    if match and match.group() != "except":
        between = text[: match.start()]
        near = len(_WORD.findall(between)) <= _CONDITION_BEHIND
        if near and not _CLAUSE_END.search(words + between, len(words)) and not ASKING.search(words + between):
            return "condition", *match.span()
    return None


def _amid(text: str) -> _Found | None:
    """What was left out between two fragments in one sentence; a clause with "who" or "which" is a matter apart."""
    kept = _RELATIVE.sub(lambda match: " " * len(match.group()), text)
    for weight, pattern, _ in (*_LEADING, ("condition", CONDITION, 0)):
        if match := pattern.search(kept):
            return weight, *match.span()
    return None


def _asked(before: str, behind: str) -> _Found | None:
    """The question mark, where the words are the end of a question or amid one and are quoted as if they were none."""
    end = re.search(r"[.!?“”\"]", behind)
    if end and end.group() == "?" and _WORD.search(re.split(r"[.!?:“”\"]", before)[-1]):
        return "question", *end.span()
    return None


def _legible(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """``text[start:end]`` with single spaces and without what nobody sees, and the place of each of its characters: a
    soft hyphen hides no negation."""
    if not _UNEVEN.search(text, start, end):
        return text[start:end], range(start, end)
    seen = [match.start() for match in _SEEN.finditer(text, start, end)]
    return "".join(" " if text[i].isspace() else text[i] for i in seen), seen


def _shown(span: Span, found: _Found, places: Sequence[int], sentence: tuple[int, int]) -> Dropped:
    weight, first, last = found
    word = Span(span.article, places[first], places[last - 1] + 1)
    start, end = min(word.start, span.start), max(word.end, span.end)
    if end - sentence[0] <= _SHOWN:
        start = min(start, sentence[0])
    if sentence[1] - start <= _SHOWN:
        end = max(end, sentence[1])
    return Dropped(weight, word, Span(span.article, start, end))
