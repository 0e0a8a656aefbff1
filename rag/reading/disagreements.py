"""Where two articles give different numbers or days: sentences that make one statement but for one of these.

Rather miss a disagreement than find one that is none: that would accuse a newspaper. No side is taken, and no word of
either article is changed. What a later article tells of a count that has grown is an update. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum, log
from typing import TypeGuard

from rag.answer import Differing, Disagreement
from rag.english import Day, Number
from rag.reading.sentence import DIED, HURT, Mark, Sentence, frequencies, nearness, read
from rag.reading.versions import same_story
from rag.records import Article, Span

_FEWEST, _FEWEST_LOOSE = 3, 5  # content terms that two sentences about one thing share
_LIKE, _CLOSER = 0.4, 0.05  # how like they are at least, and how much more so than others
_SAME = 0.75  # likeness from which they are one statement in little other words; others are a loose pair
_SHORTER, _MANY = 0.9, 6  # what the share of a shorter sentence counts, and how many terms it has to share for it
_ATTACHED, _LOOSELY = 0.4, 0.25  # how like the surroundings of two particulars are, in a loose pair and in others
_MONTH, _APART = 31, 14  # days: one of a month or a year is vague; articles of one occasion are not further apart
_PROSE_END = re.compile(r"[.!?…][\"”’)\]]*$")
_PRONOUN = re.compile(r"[“\"]?(?:He|She|They|It|His|Her|Their)\b")
# What counts from the last report on is another number the next day.
_SINCE = re.compile(r"\b(?:new|more(?! than)|another|additional|further|by)\b", re.IGNORECASE)


def disagreements(asked_about: Sequence[Span], others: Sequence[Span]) -> list[Disagreement]:
    """Where sentences of two articles, touched by ``asked_about`` and by ``others``, differ in one particular, in the
    order of the former; versions of one story are left out."""
    found: dict[frozenset[Span], Disagreement] = {}
    theirs = _touched(others)
    for one in (sentence for ours in _touched(asked_about) for sentence in ours):
        for candidates in theirs:
            disagreement = _disagreement(one, candidates)
            if disagreement and not same_story(one.span.article, disagreement.other.article):
                found.setdefault(frozenset((disagreement.one_says, disagreement.other_says)), disagreement)
    return list(found.values())


def _touched(spans: Sequence[Span]) -> list[list[Sentence]]:
    """The sentences of each article that the spans touch, but headings, lines of a list and what says too little."""
    found: dict[str, dict[Span, Sentence]] = {}
    for span in spans:
        found.setdefault(span.article.id, {}).update(
            (sentence.span, sentence)
            for sentence in read(span.article)
            if sentence.span.start < span.end and sentence.span.end > span.start
            if len(sentence.held) >= _FEWEST and _PROSE_END.search(sentence.span.text)
        )
    return [list(sentences.values()) for sentences in found.values()]


def _disagreement(one: Sentence, candidates: Sequence[Sentence]) -> Disagreement | None:
    """The disagreement with the candidate that is most like ``one``."""
    near = [other for other in candidates if len(one.held & other.held) >= _FEWEST]
    if not near or near[0].span.article.id == one.span.article.id:
        return None
    weights = Weights(one.span.article, near[0].span.article)
    pair = Pair(one, max(near, key=lambda other: weights.likeness(one.held, other.held)), weights)
    conflict = pair.conflict() if pair.is_one_statement() else None
    if conflict is None or not pair.is_of_one_time(*conflict) or pair.is_told_elsewhere(*conflict):
        return None
    a, b = conflict
    kind: Differing = "update" if pair.is_update(a, b) else "disagreement"
    return Disagreement(a.what, one.span, pair.other.span, one.words(a), pair.other.words(b), kind)


class Weights:
    """How much two sentences of two articles have in common: a term weighs more the fewer sentences hold it."""

    def __init__(self, one: Article, other: Article) -> None:
        self._counts = frequencies(one), frequencies(other)
        self._sentences = len(read(one)) + len(read(other))

    def dice(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Dice coefficient of two sets of terms, 0 to 1."""
        whole = self._weight(one) + self._weight(other)
        return 2 * self._weight(one & other) / whole if whole else 0.0

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The Dice coefficient, or little less than the share of the shorter one that the longer one holds."""
        shared = one & other
        if len(shared) < _MANY:
            return self.dice(one, other)
        held = self._weight(shared) / min(self._weight(one), self._weight(other))
        return max(self.dice(one, other), _SHORTER * held)

    def _weight(self, held: frozenset[str]) -> float:
        ours, theirs = self._counts
        # fsum: a plain sum depends on the order of a set, which is another in every process
        return fsum(log(1 + self._sentences / max(ours[term] + theirs[term], 1)) for term in held)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that may make one statement."""

    one: Sentence
    other: Sentence
    weights: Weights

    @property
    def loose(self) -> bool:
        """Whether they are more than one statement in little other words, so that more has to be asked of them."""
        return self.weights.dice(self.one.held, self.other.held) < _SAME

    def is_one_statement(self) -> bool:
        """Whether they are like each other, and more so than any other sentence of the first article is like the
        second; not where each names somebody or something else."""
        one, other = self.one, self.other
        like, shared = self.weights.likeness(one.held, other.held), one.held & other.held
        ours, theirs = one.names - other.held, other.names - one.held
        if self.loose and min(len(ours), len(theirs)) < 2:  # in a loose pair one that is new may be a dateline
            ours, theirs = ours & frequencies(other.span.article).keys(), theirs & frequencies(one.span.article).keys()
        if like < _LIKE or (ours and theirs):
            return False
        if self.loose and (len(shared) < _FEWEST_LOOSE or not one.names & shared or _PRONOUN.match(one.span.text)):
            return False
        return all(self.weights.likeness(ours.held, other.held) <= like + _CLOSER for ours in read(one.span.article))

    def conflict(self) -> tuple[Mark, Mark] | None:
        """The two particulars of one thing of which only one can be true, if all else that both tell agrees."""
        ours, theirs = self._unmatched()
        if min(len(ours), len(theirs)) != 1:
            return None
        differing = [
            (nearness(self.one, a, self.other, b), a, b) for a in ours for b in theirs if self._can_conflict(a, b)
        ]
        near, a, b = max(differing, key=lambda ranking: ranking[0], default=(0.0, ours[0], theirs[0]))
        return (a, b) if near >= (_ATTACHED if self.loose else _LOOSELY) else None

    def is_of_one_time(self, a: Mark, b: Mark) -> bool:
        """Whether the articles are of the same days; what is measured rather than counted, or counted since the last
        report, is so on one day alone, which both have to name."""
        one, other = self.one.span.article.published, self.other.span.article.published
        if one is None or other is None or one == other:
            return True
        if abs((one - other).days) > _APART:
            return False
        if isinstance(a.value, Day) and isinstance(b.value, Day):  # "weather for Tuesday" is another day every day
            return bool(self.one.names & self.other.names) and not _ages(a.value, one) & _ages(b.value, other)
        if any(_SINCE.search(sentence.beside(mark)) for sentence, mark in ((self.one, a), (self.other, b))):
            return False
        is_dated = any(c.agrees(d) for c in self.one.marks for d in self.other.marks if c.what == "date")
        return is_dated or (_is_count(a.value) and _is_count(b.value))

    def is_told_elsewhere(self, a: Mark, b: Mark) -> bool:
        """Whether either article also says what the other one does, of the same thing in another sentence."""
        return any(
            told.agrees(mark) and nearness(said, mark, again, told) >= _ATTACHED
            for said, mark, by in ((self.other, b, self.one), (self.one, a, self.other))
            for again in read(by.span.article)
            if again is not by and self.weights.likeness(again.held, said.held) >= _LIKE
            for told in again.marks
        )

    def is_update(self, a: Mark, b: Mark) -> bool:
        """Whether the later article tells what became of it: of a count, more; or anything, by the same publisher."""
        one, other = self.one.span.article, self.other.span.article
        if one.published is None or other.published is None or one.published == other.published:
            return False
        if one.publisher and one.publisher == other.publisher:
            return True
        earlier, later = (a.value, b.value) if one.published < other.published else (b.value, a.value)
        return _is_count(earlier) and _is_count(later) and later.value > earlier.value

    def _can_conflict(self, a: Mark, b: Mark) -> bool:
        """Whether two particulars are of one sort; in a loose pair only numbers that count the same."""
        if isinstance(a.value, Day) and isinstance(b.value, Day):
            is_sort = (a.value.minutes is None, a.value.precision > _MONTH)
            is_sort_too = (b.value.minutes is None, b.value.precision > _MONTH)
            return not self.loose and is_sort == is_sort_too and self.one.words(a).text != self.other.words(b).text
        if not (isinstance(a.value, Number) and isinstance(b.value, Number) and a.value.unit == b.value.unit != "th"):
            return False
        # Not those who died in one sentence and those who were hurt in the other.
        befell = (self.one.around(a).keys() ^ self.other.around(b).keys()) & {DIED, HURT}
        if not self.loose:
            return len(befell) < 2
        if a.value.unit == "no." or "range" in (a.value.hedge, b.value.hedge):
            return False
        ours, theirs = self.one.counted(a), self.other.counted(b)
        counts_same = bool(ours and theirs and (ours[0] in theirs or theirs[0] in ours))
        return counts_same and not befell and min(a.value.value, b.value.value) > 1

    def _unmatched(self) -> tuple[list[Mark], list[Mark]]:
        """The particulars of both sentences without those that agree, one with one."""
        ours, theirs = list(self.one.marks), list(self.other.marks)
        agreeing = [(nearness(self.one, a, self.other, b), a, b) for a in ours for b in theirs if a.agrees(b)]
        for _, a, b in sorted(agreeing, key=lambda ranking: -ranking[0]):
            if a in ours and b in theirs:
                ours.remove(a)
                theirs.remove(b)
        return ours, theirs


def _is_count(value: Number | Day) -> TypeGuard[Number]:
    return isinstance(value, Number) and not value.unit and value.value % 1 == 0


def _ages(day: Day, published: date) -> set[int]:
    """How many days before its article a day may be."""
    return {(published - first).days for first, _ in day.spans}
