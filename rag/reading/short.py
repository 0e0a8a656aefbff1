"""The shortest words of a quoted sentence that answer: a number, a sum, a date, a name or a place. English only."""

from __future__ import annotations

import re

from rag.english import MONTHS, WEEKDAYS, same_terms
from rag.reading.question import understand
from rag.records import Span
from rag.text import NUMBER_WORDS, STOP_WORDS, terms

_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)|Oct(?:ober|\.)|"
    r"Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_WORDED = "|".join(NUMBER_WORDS) + "|hundreds?|thousands?|millions?|dozens?|half|a third|a quarter|none|twice"
_NUMBER = rf"(?:\d+(?:[.,]\d+)*|\b(?:{_WORDED})\b)(?:\s(?:hundred|thousand|million|billion|trillion))?"
_CURRENCY = "dollars?|euros?|pounds|crowns|yen|yuan|rou?bles?|cents?|francs?|pesos?"
_UNIT = "km|m|ft|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|inch(?:es)?|yards?"
_DATE = (
    rf"{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?|{_MONTH}\s\d{{4}}|\b(?:1[89]|20|21)\d\d\b"
)
_DAY = rf"\b(?:{'|'.join(WEEKDAYS)})\b"
_CAPITALISED = r"(?:(?:[A-Z]\.){2,}|[A-Z](?:[\w&-]|[’'](?!s\b))*)"
_NAME = rf"{_CAPITALISED}(?:\s(?:(?:of|the|de|von|van|bin|al|and|for)\s)*{_CAPITALISED})*"

_NO_NAME = (
    STOP_WORDS
    | set(terms("CNN AP Reuters"))
    | {term for word in (*WEEKDAYS, *MONTHS) if word != "May" for term in terms(word)}
)
_DATELINE = re.compile(r"^.{0,60}?(?:\([A-Z][\w ]*\)|—|–|\s--?)\s+(?:[-–—]+\s)?")  # "NORHAVEN, Westmark (Wire) -- "

# For each kind of answer, the shapes it has, the surest first.
_SHAPES: dict[str, tuple[re.Pattern[str], ...]] = {
    "money": (
        re.compile(r"[$£€¥]\s?\d+(?:[.,]\d+)*(?:\s(?:million|billion|trillion)|[mb]n?\b)?"),
        re.compile(rf"{_NUMBER}\s(?:{_CURRENCY})\b", re.IGNORECASE),
    ),
    "length": (re.compile(rf"{_NUMBER}\s?-?(?:{_UNIT})\b", re.IGNORECASE),),
    "number": (re.compile(rf"{_NUMBER}(?:\s?%|\s(?:percent|per cent|degrees)\b)?", re.IGNORECASE),),
    "time": (re.compile(_DATE), re.compile(_DAY), re.compile(_MONTH)),
    "title": (re.compile(r"[“\"‘'][A-Z0-9][^“”\"]{1,60}?(?=[,.]?[”\"’'](?!\w))"), re.compile(_NAME)),
    "name": (re.compile(_NAME),),
}
_ASKS_TITLE = re.compile(
    r"\b(?:which|what)(?: \w+){0,3} (?:movie|film|show|series|book|memoir|song|album|musical|play|game|podcast)\b", re.I
)
_ASKS_NAME = re.compile(
    r"\b(?:who|whom|whose|where)\b|\b(?:which|what)(?: [\w’'-]+){0,3}? (?:country|nation|city|town|village|state|place|"
    r"island|region|province|river|compan\w+|airline|automaker|carmaker|retailer|chain|brand|bank|firm|platform|network|"
    r"team|club|actor|actress|singer|rapper|artist|athlete|player|star|celebrity|president|minister|leader|senator|"
    r"politician|billionaire|organi[sz]ation|agency|university|party|person|man|woman|king|queen|prince|princess)\b",
    re.IGNORECASE,
)


def short_answer(question: str, quoted: Span) -> Span | None:
    """The span of ``quoted`` that answers, without what the question says itself; None where no kind is asked for.

    Of several, the one nearest to the question's own words.
    """
    kind = _kind(question)
    if kind is None:
        return None
    said = same_terms(question)
    near = [place for place in _words(quoted.text) if place[2] & (said - STOP_WORDS)]
    dateline = _DATELINE.match(quoted.text)
    for shape in _SHAPES[kind]:
        found = [_trimmed(quoted.text, *match.span()) for match in shape.finditer(quoted.text)]
        new = [span for span in found if not _said(quoted.text[slice(*span)], said, kind)]
        if new:
            below = [span for span in new if not dateline or span[0] >= dateline.end()]
            start, end = min(below or new, key=lambda span: min((_gap(span, place) for place in near), default=0))
            return Span(quoted.article, quoted.start + start, quoted.start + end)
    return None


def _said(text: str, said: frozenset[str], kind: str) -> bool:
    """Whether ``text`` tells nothing new, or, where a name is asked for, is none."""
    return same_terms(text) <= (said | _NO_NAME if kind in ("name", "title") else said | STOP_WORDS)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without an opening quotation mark, and without stop words in front, such as the "On" that begins a sentence."""
    start += text[start] in "“\"‘'"
    first = text[start:end].split(" ", 1)
    if len(first) == 2 and first[0].casefold() in STOP_WORDS - {"the"}:
        start += len(first[0]) + 1
    return start, end


def _kind(question: str) -> str | None:
    expects = understand(question).expects
    if expects in _SHAPES:
        return expects
    if _ASKS_TITLE.search(question):
        return "title"
    return "name" if _ASKS_NAME.search(question) else None


def _words(text: str) -> list[tuple[int, int, frozenset[str]]]:
    """Start, end and terms of every word."""
    found = re.finditer(r"\w+(?:[’'.-]\w+)*", text)
    return [(*word.span(), same_terms(word.group())) for word in found]


def _gap(one: tuple[int, int], other: tuple[int, int, frozenset[str]]) -> int:
    """Characters between two spans."""
    return max(one[0] - other[1], other[0] - one[1], 0)
