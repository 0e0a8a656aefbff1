"""What a question asks for: what the evidence must name, and what kind of answer it must hold. English only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from rag.english import MONTHS, SPEECH, WEEKDAYS, is_title, same_name, same_terms
from rag.text import NUMBER_WORDS, STOP_WORDS, content_words, query_terms, terms, words

_MONTHS, _DAYS, _COUNTS = "|".join(MONTHS), "|".join(WEEKDAYS), "|".join(NUMBER_WORDS)
_TIMES = frozenset(terms(f"{_MONTHS}|{_DAYS}"))
_DAY_OF_MONTH = re.compile(rf"\b(?:(?:{_MONTHS})\s\d+|\d+\s(?:{_MONTHS}))\b")
_TIME = re.compile(
    rf"\b(?:{_MONTHS}|{_DAYS}|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.|(?:1[89]|20|21)\d\d|today|yesterday|tomorrow|tonight|"
    r"(?:this|last|next|earlier|late|early|the)\s(?:\w+\s)?"
    r"(?:week|month|year|decade|morning|evening|night|summer|winter|spring|autumn|fall)|"
    r"\d+\s(?:days|weeks|months|years)\sago|[ap]\.m\.)"
)
_NUMBER = re.compile(
    rf"\d[\d.,]*|\b(?:{_COUNTS}|hundreds?|thousands?|"
    r"millions?|billions?|dozens?|half|third|quarter|single|none|no one|once|twice|double|triple)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"[$£€¥]\s?[\d.,]+(?:\s[mbtr]+illion)?")
_MONEY = re.compile(
    r"[$£€¥]\s?\d|\b(?:dollars?|euros?|pounds|crowns|yen|yuan|rou?bles?|cents?|francs?|pesos?|million|billion)\b", re.I
)
_LENGTH = re.compile(
    r"\d\s?-?(?:km|m|ft|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|inch(?:es)?|yards?)\b", re.I
)
_CONDITION = re.compile(r"\b(?:if|unless|provided|providing|as long as|on condition|only when|except)\b", re.IGNORECASE)
_PERSON = re.compile(r"(?<![Tt]he )\b(?!The )[A-Z][\w’'-]+(?:\s(?:[A-Z]\.|(?:de|von|van|bin|al)\b|[A-Z][\w’'-]+))+")

_ASKS_MONEY = re.compile(
    r"\bhow much (?!(?:time|water|longer|more|less|of|oil|gas|snow|rain|later|earlier|higher|lower|bigger)\b)|"
    r"\bwhat (?:price|sum|cost)\b",
    re.IGNORECASE,
)
_ASKS_LENGTH = re.compile(
    r"\bhow (?:far|high|tall|wide|deep|thick)\b|\bwhat (?:range|distance|length|height|width|depth)\b", re.IGNORECASE
)
_ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|old|long|often|big|large|fast|heavy)\b|"
    r"\b(?:what|which|by what|by roughly what) (?:percentage|percent|share|number|amount|age|size|speed|temperature|"
    r"factor|score|rate|proportion|fraction|figure|magnitude|margin|toll)\b",
    re.IGNORECASE,
)
_ASKS_TIME = re.compile(
    r"^(?:.*[,:]\s)?(?:when\b|(?:on|in|by|since|until) (?:what|which) (?:date|day|month|year|week)|"
    r"what (?:date|day|month|year|time)\b)",
    re.IGNORECASE,
)
_ASKS_CONDITION = re.compile(r"\b(?:on|under) (?:what|which) conditions?\b", re.IGNORECASE)
_ASKS_NAME = re.compile(r"\bnames?\b.*\bof\b|\bnamed\b|\bwhat (?:is|was|are|were) .* called\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow many (?:of the |of |more )?((?:[\w’'-]+ ?){1,4})", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?<![\w’'])(?:(?:[A-Z]\.){2,}|[A-Z][\w-]*(?:[’'][A-Z]\w+)?)")
_COMMON_CAPITALS = frozenset({"TV", "CEO", "PM", "GDP", "AI", "PR", "IT", "DNA", "ID", "I"})
_SPEAKER = (
    re.compile(
        r"\b(?:did|does|do|has|had|would)\s+(?P<who>(?:[\w’'.-]+\s+){1,5}?)(?:\w+ly\s+)?(?:already\s+)?"
        rf"(?:{SPEECH})\b"
    ),
    re.compile(r"\b[Aa]ccording to (?P<who>(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the evidence must carry, as search terms (see ``rag.text.terms``) but for what is said to be words.

    ``names``, ``numbers`` and ``times`` must stand in it. ``expects`` is "money", "length", "number", "time",
    "condition", "name" or None. ``counted`` are the words of what "how many" counts, ``matters`` those that are no
    name, time or verb of speech. ``speaker`` are those whose words are asked for.
    """

    question: str
    terms: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[str]
    expects: str | None
    counted: tuple[str, ...]
    matters: tuple[str, ...]
    speaker: frozenset[str]

    def spelled(self, wanted: frozenset[str]) -> str:
        """The words of the question behind these terms, as they stand there."""
        held = [word for word in words(self.question) if wanted & same_terms(word)]
        return " ".join(dict.fromkeys(held))


def understand(question: str) -> Asked:
    """Take a question apart."""
    wanted = query_terms(question)
    speakers = [match.group("who") for pattern in _SPEAKER if (match := pattern.search(question))]
    return Asked(
        question=question,
        terms=tuple(wanted),
        names=_names(question) - _TIMES,
        numbers=frozenset(word for word in wanted if word[0].isdigit()),
        times=frozenset(wanted) & _TIMES,
        expects=_expected(question),
        counted=_counted(question),
        matters=_matters(question),
        speaker=frozenset(name for who in speakers for name in _names(f"… {who}")) - _TIMES,
    )


def fits(expects: str | None, sentence: str, asked_terms: Iterable[str]) -> bool:
    """Whether ``sentence`` holds something of the expected kind that the question did not give itself."""
    if expects is None:
        return True
    if pattern := {"money": _MONEY, "length": _LENGTH, "condition": _CONDITION}.get(expects):
        return pattern.search(sentence) is not None
    if expects == "number":
        sentence = _without_dates_and_sums(sentence)
    found = {"time": _TIME, "number": _NUMBER, "name": _PERSON}[expects].finditer(sentence)
    given = STOP_WORDS | set(asked_terms)
    return any(not set(terms(match.group())) <= given for match in found)


def numbered(sentence: str) -> list[list[str]]:
    """What each number of ``sentence`` may count: the three words after it."""
    plain = _without_dates_and_sums(sentence)
    return [words(plain[match.end() :])[:3] for match in _NUMBER.finditer(plain)]


def _without_dates_and_sums(sentence: str) -> str:
    return _SUM.sub(" ", _TIME.sub(" ", _DAY_OF_MONTH.sub(" ", sentence)))


def _names(question: str) -> frozenset[str]:
    """The terms of capitalised words, without titles, and without the first word where it is a common one."""
    found: set[str] = set()
    for match in _CAPITALISED.finditer(question):
        word = match.group()
        first = not question[: match.start()].strip(" “\"'‘")
        if (first and word.casefold() in STOP_WORDS) or is_title(word) or word in _COMMON_CAPITALS:
            continue
        found.update(same_name(term) for term in terms(word) if term not in STOP_WORDS)
    return frozenset(found)


def _counted(question: str) -> tuple[str, ...]:
    """ "civilian", "deaths" of "How many civilian deaths does …": the words up to a stop word or a past tense."""
    match = _COUNTED.search(question)
    phrase = match.group(1).split() if match else []
    return tuple(takewhile(lambda word: word.casefold() not in STOP_WORDS and not word.endswith("ed"), phrase))


def _matters(question: str) -> tuple[str, ...]:
    named = _names(question) | _TIMES
    speech = re.compile(SPEECH, re.IGNORECASE)
    return tuple(word for word in content_words(question) if not (speech.fullmatch(word) or named & same_terms(word)))


def _expected(question: str) -> str | None:
    asks = {
        "money": _ASKS_MONEY,
        "length": _ASKS_LENGTH,
        "number": _ASKS_NUMBER,
        "time": _ASKS_TIME,
        "condition": _ASKS_CONDITION,
        "name": _ASKS_NAME,
    }
    return next((kind for kind, pattern in asks.items() if pattern.search(question)), None)
