"""A sentence as it is compared with another one: its content terms, which of them are names, its numbers and days.

English only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rag.answer import Particular
from rag.english import SPEECH, Day, Number, days, numbers, same_name
from rag.records import Article, Span
from rag.text import STOP_WORDS, sentences, terms

_LONGEST = 2_000  # characters: a sentence of more is none
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPEECH = re.compile(SPEECH, re.IGNORECASE)  # who says so is no part of what is said
_CLAUSE_END = re.compile(r"[,;:()—–“”\"]|\.\s|\d")
_GOES_ON = re.compile(r"[\w,;)’'%]\s(?:[“\"‘'(])?$|[\w’'][-/]$")
# The ways to be counted among the victims, each as one term: how many died is seldom told in the same words.
DIED, HURT = "die", "hurt"
_VICTIMS = dict.fromkeys(terms("die died dead death deaths kill killed killing kills fatality fatalities toll"), DIED)
_VICTIMS |= dict.fromkeys(terms("hurt injured injuring injuries injury wounded"), HURT)
_VICTIMS |= dict.fromkeys(terms("people persons person"), "people")
_REACH = 4  # content terms on either side of a particular that tell what it belongs to


@dataclass(frozen=True, slots=True)
class Mark:
    """A number or a day of a sentence: characters of its article, and how many content terms stand before its start,
    its end, and the next comma or number."""

    what: Particular
    start: int
    end: int
    at: int
    upto: int
    clause: int
    value: Number | Day

    def agrees(self, other: Mark) -> bool:
        """Whether both can be true of one thing."""
        if isinstance(self.value, Number) and isinstance(other.value, Number):
            return self.value.unit == other.value.unit and self.value.may_be(other.value)
        return isinstance(self.value, Day) and isinstance(other.value, Day) and self.value.may_be(other.value)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Its content terms in order (``held`` is their set), those of them that are names, its numbers and its days."""

    span: Span
    terms: tuple[str, ...]
    names: frozenset[str]
    marks: tuple[Mark, ...]
    held: frozenset[str]

    def words(self, mark: Mark) -> Span:
        return Span(self.span.article, mark.start, mark.end)

    def beside(self, mark: Mark) -> str:
        """A few words before a number and behind it."""
        return self.span.article.text[max(self.span.start, mark.start - 15) : mark.end + 12]

    def around(self, mark: Mark) -> dict[str, float]:
        """The terms around a mark, each with one over its distance."""
        weights: dict[str, float] = {}
        for distance in range(1, _REACH + 1):
            for at in (mark.at - distance, mark.upto + distance - 1):
                if 0 <= at < len(self.terms):
                    weights.setdefault(self.terms[at], 1 / distance)
        return weights

    def counted(self, mark: Mark) -> tuple[str, ...]:
        """What a number counts: the first terms behind it, else those before it."""
        return self.terms[mark.upto : mark.clause][:2] or self.terms[max(0, mark.at - 2) : mark.at]


@lru_cache(maxsize=256)
def read(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article, in order, but those that are too long to be any."""
    known = frozenset(re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]*", article.text))  # with a capital inside a sentence
    return tuple(_read(article, start, end, known) for start, end in sentences(article) if end - start <= _LONGEST)


@lru_cache(maxsize=256)
def frequencies(article: Article) -> Counter[str]:
    """How many sentences of an article hold a term."""
    return Counter(term for sentence in read(article) for term in sentence.held)


def nearness(one: Sentence, a: Mark, other: Sentence, b: Mark) -> float:
    """How far the terms around two marks are the same, 0 to 1; nearer ones count more."""
    ours, theirs = one.around(a), other.around(b)
    shared = sum(min(ours[term], theirs[term]) for term in ours.keys() & theirs.keys())
    whole = min(sum(ours.values()), sum(theirs.values()))
    return shared / whole if whole else 0.0


def _read(article: Article, start: int, end: int, known: frozenset[str]) -> Sentence:
    text = article.text[start:end]
    dated = days(text, article.published)
    counted = numbers(text, [(day.start, day.end) for day in dated])
    taken = [(day.start, day.end) for day in dated] + [(number.start, number.end) for number in counted]
    words = [
        (match.start(), match.group(), term)
        for match in _WORD.finditer(text)
        if not any(s <= match.start() < e for s, e in taken) and (term := _term(match.group()))
    ]
    held = tuple(term for _, _, term in words)
    names = (term for at, word, term in words if word[0].isupper() and (word in known or not _opens(text, at)))
    places = [at for at, _, _ in words]
    # "On 4 March … on Tuesday": a day that is named again is no second one.
    once = [day for at, day in enumerate(dated) if not any(day.is_again(one) for one in dated[:at])]
    found: list[Day | Number] = [*once, *counted]
    marks = tuple(_mark(text, start, one, places) for one in found)
    return Sentence(Span(article, start, end), held, frozenset(names), marks, frozenset(held))


def _mark(text: str, start: int, one: Day | Number, places: list[int]) -> Mark:
    clause = _CLAUSE_END.search(text, one.end)
    ends = (one.start, one.end, clause.start() if clause else len(text))
    at, upto, clause_end = (bisect_left(places, end) for end in ends)
    what: Particular = "date" if isinstance(one, Day) else "number"
    return Mark(what, start + one.start, start + one.end, at, upto, clause_end, one)


@lru_cache(maxsize=100_000)
def _term(word: str) -> str:
    """The content term of a word; empty where it has none."""
    if _SPEECH.fullmatch(word):
        return ""
    term = same_name(terms(word)[0])
    return "" if term in STOP_WORDS or len(term) < 2 else _VICTIMS.get(term, term)


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or a quotation begins at ``at``, where any word has a capital."""
    return _GOES_ON.search(text[:at]) is None
