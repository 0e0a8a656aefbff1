"""What a question asks for: what the evidence must name, and what kind of answer it must hold. English only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.names import is_title, same_name
from rag.terms import STOP_WORDS, query_terms, terms

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_TIMES = frozenset(terms(" ".join(_MONTHS + _DAYS)))
TIME = re.compile(
    rf"\b(?:{'|'.join(_MONTHS + _DAYS)}|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.|(?:1[89]|20|21)\d\d|today|yesterday|tomorrow|tonight|"
    r"(?:this|last|next|earlier|late|early|the)\s(?:\w+\s)?(?:week|month|year|decade|morning|evening|night|summer|winter|spring|autumn|fall)|"
    r"\d+\s(?:days|weeks|months|years)\sago|[ap]\.m\.)"
)
NUMBER = re.compile(
    r"[$£€¥]?\d[\d.,]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|"
    r"dozens?|half|third|quarter|one|single|none|no one|once|twice|double|triple)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$£€¥]\s?\d|\b(?:dollars?|euros?|pounds|crowns|yen|yuan|rubles?|roubles?|cents?|francs?|pesos?|million|billion)\b",
    re.I,
)
_CAPITALISED = re.compile(r"(?<![\w’'])(?:[A-Z]\.){2,}|[A-Z][\w-]*(?:[’'][A-Z]\w+)?")
_NAMED = re.compile(r"[A-Z][\w’'-]+(?:\s(?:[A-Z]\.|de|von|van|bin|al|[A-Z][\w’'-]+))+")

SPEECH = (
    r"sa(?:y|ys|id)|tells?|told|claim(?:s|ed)?|warn(?:s|ed)?|add(?:s|ed)?|argu(?:e|es|ed)|accus(?:e|es|ed)|announc(?:e|es|ed)|"
    r"insist(?:s|ed)?|den(?:y|ies|ied)|admit(?:s|ted)?|promis(?:e|es|ed)|call(?:s|ed)?|describ(?:e|es|ed)|explain(?:s|ed)?|"
    r"respond(?:s|ed)?|repl(?:y|ies|ied)|answer(?:s|ed)?|declar(?:e|es|ed)|confirm(?:s|ed)?|stat(?:e|es|ed)|suggest(?:s|ed)?|"
    r"urg(?:e|es|ed)|vow(?:s|ed)?|wr(?:ite|ites|ote)|report(?:s|ed)?|predict(?:s|ed)?|fears?|feared|believ(?:e|es|ed)|thinks?|thought|"
    r"criticiz(?:e|es|ed)|criticis(?:e|es|ed)|reject(?:s|ed)?|pledg(?:e|es|ed)|not(?:e|es|ed)|according"
)
_SPEECH = re.compile(rf"\b(?:{SPEECH}|ask(?:s|ed)?)\b", re.IGNORECASE)
_COUNT = re.compile(
    r"\bhow (?:many|much|old|long|far|often|high|tall|big|large|wide|deep|fast|heavy)\b|"
    r"\b(?:what|which|by what|by roughly what) (?:percentage|percent|share|number|amount|sum|price|cost|age|range|size|distance|"
    r"length|height|speed|temperature|factor|score|rate|proportion|fraction|figure|magnitude|margin|toll)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\bhow much\b.*\b(?:cost|worth|pay|paid|price|money|earn|spend|spent|raise|sell|sold|aid|fine|donat|budget)|\bwhat (?:price|sum)\b",
    re.I,
)
_DATE = re.compile(
    r"^(?:.*[,:]\s)?(?:when\b|(?:on|in|by|since|until) (?:what|which) (?:date|day|month|year|week)|what (?:date|day|month|year|time)\b)",
    re.I,
)
_NAME_OF = re.compile(r"\bnames?\b.*\bof\b|\bnamed\b|\bwhat (?:is|was|are|were) .* called\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow many (?:of the |of |more )?((?:[\w’'-]+\s+){0,3}?[\w’'-]+)\s+(?:\w*(?:did|does|do|has|have|had|is|are|was|were|will|can|could|would)\b|[\w-]+ed\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """``terms`` carry meaning; ``names``, ``numbers`` and ``times`` (all terms) must stand in the evidence.

    ``expects`` is "number", "money", "time", "name" or None; ``counted`` are the terms of what "how many" counts;
    ``speaker`` are the names whose words are asked for ("What did Ames say …").
    """

    terms: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[str]
    expects: str | None
    counted: frozenset[str]
    speaker: frozenset[str]


def understand(question: str) -> Asked:
    """Take a question apart."""
    words = query_terms(question)
    names = frozenset(same_name(term) for term in _name_terms(question))
    return Asked(
        terms=tuple(words),
        names=names - _TIMES,
        numbers=frozenset(word for word in words if word[0].isdigit()),
        times=frozenset(words) & _TIMES,
        expects=_expected(question),
        counted=_counted(question),
        speaker=_speaker(question) - _TIMES,
    )


def _name_terms(question: str) -> list[str]:
    found = []
    for match in _CAPITALISED.finditer(question):
        word = match.group()
        first = not question[: match.start()].strip(" “\"'‘")
        if (first and word.casefold() in STOP_WORDS) or is_title(word):
            continue
        found += [term for term in terms(word) if term not in STOP_WORDS]
    return found


def _expected(question: str) -> str | None:
    if _PRICE.search(question):
        return "money"
    if _COUNT.search(question):
        return "number"
    if _DATE.search(question):
        return "time"
    return "name" if _NAME_OF.search(question) else None


def _counted(question: str) -> frozenset[str]:
    match = _COUNTED.search(question)
    return frozenset(query_terms(match.group(1))) if match else frozenset()


_ASKED_SPEAKER = re.compile(
    r"\b(?:did|does|do|has|had|would)\s+(?P<who>(?:[\w’'.-]+\s+){1,5}?)(?:\w+ly\s+)?(?:already\s+)?"
    rf"(?:{SPEECH})\b"
)
_ACCORDING = re.compile(r"\baccording to (?P<who>(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)")


def _speaker(question: str) -> frozenset[str]:
    found: set[str] = set()
    for pattern in (_ASKED_SPEAKER, _ACCORDING):
        if match := pattern.search(question):
            found |= {same_name(term) for term in _name_terms("x " + match.group("who"))}
    return frozenset(found)


def fits(expects: str | None, sentence: str, question_terms: Iterable[str]) -> bool:
    """Whether ``sentence`` holds something of the expected kind that the question did not give itself."""
    given = set(question_terms)
    if expects == "time":
        return any(not set(terms(m.group())) <= given for m in TIME.finditer(sentence))
    if expects == "money":
        return bool(_MONEY.search(sentence))
    if expects == "number":
        plain = TIME.sub(" ", re.sub(rf"\b(?:{'|'.join(_MONTHS)})\s\d+", " ", sentence))
        return any(not set(terms(m.group())) <= given for m in NUMBER.finditer(plain))
    if expects == "name":
        return any(not set(terms(m.group())) <= given for m in _NAMED.finditer(sentence))
    return True
