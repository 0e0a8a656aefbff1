"""What a sentence states: its content terms in order, and among them its numbers, days and names. English only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.english import HE, SHE, SPEECH, Day, Number, days, is_country, numbers, same_name
from rag.records import Article, Span
from rag.speakers import NO_PERSON, RUN, bare_name
from rag.text import STOP_WORDS, sentences, terms

Kind = Literal["number", "date", "place", "speaker", "name"]
NAMES: tuple[Kind, ...] = ("name", "place", "speaker")

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPEAKS = re.compile(rf"(?:{SPEECH}|wrote|tweet(?:s|ed)?|testif(?:y|ies|ied)|comment(?:s|ed)?|quoted)", re.IGNORECASE)
_LONGEST = 2_000  # characters: reading one takes more than linear time
_NOUNS = frozenset("state states report reports call calls answer answers fears claims".split())
_CONTRACTION = re.compile(r"(?:n['’]t|['’](?:ll|re|ve|d|m|s))$", re.IGNORECASE)
_LIGHT = STOP_WORDS | frozenset("dont doesnt isnt wasnt arent cannot not per cent percent percentag".split())
_POINT = re.compile(
    r"(?<=[a-z]{3})\.\s"
)  # a run of capitals goes on over the point of an abbreviation, and of a sentence
_CLAUSE_END = re.compile(r"[,;:()—–“”\"]|\.\s|\d")
# Words that say the same of what is counted; by their stems.
_SAME = {
    stem: key
    for key, words in {
        "die": "die died dead death deaths kill killed killing kills fatality fatalities toll lives victims",
        "hurt": "hurt injured injuring injuries injury wounded",
        "people": "people persons person residents",
        "flee": "flee fled evacuate evacuated evacuation leave left",
    }.items()
    for stem in terms(words)
}
_OFFICE = (
    r"(?:the|an?|its|his|her|their|former|of|and|deputy|mayor"
    r"|[\w-]+(?:er|or|ist|man|woman|ent|ant|ian|ary|ive|chief|head)),?"
)
_STATES = frozenset(
    term
    for term in terms(
        "Alabama Alaska Arizona Arkansas California Carolina Colorado Connecticut Dakota Delaware Florida Georgia"
        " Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota"
        " Mississippi Missouri Montana Nebraska Nevada Hampshire Jersey Mexico Ohio Oklahoma Oregon Pennsylvania"
        " Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming"
    )
)
_SPOKEN_BY = re.compile(
    rf"(?:\b[Aa]ccording to|[,.!?—”\"]\s*(?:{SPEECH})|\b(?:said|says|stated))"
    rf"\s(?:{_OFFICE}\s){{0,4}}(?:[A-Z][\w.’'-]*\s){{0,4}}$"
)
_SPEAKS_NEXT = re.compile(
    r"(?:,[^,“”\"]{2,90},|,)?(?:\s\([^)]*\))?\s(?:(?:also|later|then|has|had|further|\w+ly)\s){0,2}"
    rf"(?!according)(?:{SPEECH}|tweeted|commented|wrote)\b"
)
_LOCATED = re.compile(
    r"\b(?:in|at|near|outside|around|across|from|to|into|off"
    r"|(?:city|town|village|province|state|region|district|island) of)"
    r"\s(?:the\s)?(?:[a-z]+\s){0,2}$|\b[Ii]n\s(?:the\s)?$"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A particular of a sentence: characters of its article, and how many content terms stand before it, up to its end,
    and up to the next comma or number. ``value`` is the Number, the Day, or the name as it is written."""

    what: Kind
    start: int
    end: int
    at: int
    upto: int
    clause: int
    value: Number | Day | str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its content terms in order, countries and synonyms of casualties under one term each."""

    sentence: Span
    terms: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def held(self) -> frozenset[str]:
        return _held(self.terms)

    @property
    def named(self) -> frozenset[str]:
        """The terms of its names."""
        return frozenset(term for mark in self.of(*NAMES) for term in self.own(mark))

    def of(self, *kinds: Kind) -> list[Mark]:
        """Its particulars of these kinds, in order."""
        return [mark for mark in self.marks if mark.what in kinds]

    def own(self, mark: Mark) -> tuple[str, ...]:
        """The terms of a name itself."""
        return self.terms[mark.at : mark.upto]

    def span(self, mark: Mark) -> Span:
        return Span(self.sentence.article, mark.start, mark.end)

    def words(self, mark: Mark) -> str:
        return self.span(mark).text


@lru_cache(maxsize=8192)
def _held(terms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(terms)


def statements(article: Article, touching: Span | None = None) -> list[Statement]:
    """The sentences of an article, or those that ``touching`` touches, in order; without those that are too long to be
    any."""
    start, end = (touching.start, touching.end) if touching else (0, len(article.text))
    return [stated(article, s, e) for s, e in sentences(article) if s < end and e > start and e - s <= _LONGEST]


@lru_cache(maxsize=64)
def rarities(article: Article) -> tuple[Counter[str], int]:
    """How many sentences hold a term, and how many there are."""
    offsets = sentences(article)
    held = ({term for word in _WORD.findall(article.text[s:e]) if (term := _term(word))} for s, e in offsets)
    return Counter(term for one in held for term in one), len(offsets)


@lru_cache(maxsize=8192)
def stated(article: Article, start: int, end: int) -> Statement:
    """What the sentence at ``start`` to ``end`` states."""
    text = article.text[start:end]
    found: list[tuple[Kind, int, int, Number | Day | str]] = [
        ("date", day.start, day.end, day) for day in days(text, article.published)
    ]
    taken = [(s, e) for _, s, e, _ in found]
    found += [("number", number.start, number.end, number) for number in numbers(text, taken)]
    taken = [(s, e) for _, s, e, _ in found]
    found += _names(article, text, taken)
    ordered = [
        (match.start(), term)
        for match in _WORD.finditer(text)
        if not any(s <= match.start() < e for s, e in taken) and (term := _term(match.group()))
    ]
    places = [at for at, _ in ordered]
    marks = [
        Mark(
            kind,
            start + s,
            start + e,
            sum(at < s for at in places),
            sum(at < e for at in places),
            sum(at < _clause_end(text, e) for at in places),
            value,
        )
        for kind, s, e, value in sorted(found, key=lambda one: one[1:3])
    ]
    return Statement(Span(article, start, end), tuple(term for _, term in ordered), tuple(marks))


def _clause_end(text: str, start: int) -> int:
    found = _CLAUSE_END.search(text, start)
    return found.start() if found else len(text)


@lru_cache(maxsize=100_000)
def _term(word: str) -> str:
    """The content term of a word; empty where it has none."""
    plain = _CONTRACTION.sub("", word)
    if not plain or (_SPEAKS.fullmatch(plain) and plain.casefold() not in _NOUNS):
        return ""
    term = same_name(terms(plain)[0])
    return "" if term in _LIGHT or (len(term) < 2) else _SAME.get(term, term)


def _names(article: Article, text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[Kind, int, int, str]]:
    for match in RUN.finditer(text):
        if any(s < match.end() and match.start() < e for s, e in taken):
            continue
        run = _POINT.split(match.group())[0]
        name = bare_name(run)
        if not name or name.casefold() in STOP_WORDS or not _term(name.split()[-1]):
            continue
        words = name.split()
        if len(words) == 1 and _opens(text, match.start()) and not _is_known(article, name):
            continue
        first = match.start() + match.group().find(words[0])
        last = match.start() + run.rfind(words[-1]) + len(words[-1])
        person = words[0] in HE or words[0] in SHE or text[last : last + 2] in ("’s", "'s")
        person = person and not is_land((_term(words[-1]),))
        yield _kind(text, match.start(), match.start() + len(run), person), first, last, name


def _kind(text: str, start: int, end: int, person: bool) -> Kind:
    located = not person and _LOCATED.search(text[max(0, start - 40) : start])
    if (not located and _SPEAKS_NEXT.match(text, end)) or _SPOKEN_BY.search(text[max(0, start - 90) : start]):
        return "speaker"
    return "place" if located else "name"


def is_land(name: tuple[str, ...]) -> bool:
    """Whether a place is a country or a state of the USA: a city in it is no other place."""
    return any(is_country(term) or term in _STATES for term in name)


def is_institution(name: str) -> bool:
    """Whether a name is no person’s but that of a body, whose people may speak for it."""
    return name.isupper() or any(word.casefold() in NO_PERSON for word in name.split())


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or a quotation begins at ``at``, where any word has a capital."""
    before = text[:at].rstrip(" “\"‘'([")
    return not before or before[-1] in ".!?:—–" or before.endswith("\n") or text[at - 1] in '“"'


def _is_known(article: Article, word: str) -> bool:
    """Whether the article writes a word with a capital within a sentence too."""
    return re.search(rf"(?<=[a-z,] ){re.escape(word)}\b", article.text) is not None
