"""Two sentences side by side: how like they are, and in which particulars not both can be true. English only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum, log

from rag.english import Day, Number, same_person
from rag.reading.stated import NAMES, Kind, Mark, Statement, is_institution, is_land, rarities
from rag.records import Article
from rag.text import terms

SAME = 0.75  # likeness from which two sentences are one statement in little other words
_DATED = 0.6  # from which days are compared: a sentence may say when it was said, or when it was
_HELD, _MANY = 0.9, 6  # what the share of a shorter sentence counts, and how many terms it has to share for it
_REACH = 4  # content terms on either side of a particular that tell what it belongs to
_ATTACHED = 0.4  # how far these have to be the same
_LOOSELY = 0.25  # in sentences that are one statement
_AGREEING = 0.35  # in favour of particulars that agree
_SLIP = 20  # times one number may be another that should be it
_MONTH = 31  # days; what is dated to a year and what to a day are seldom the same thing
_LABELLED = re.compile(r"[a-z,] (?:[A-Z][a-z]+\.?|[Nn]o\.)\s$")
_RANGE = re.compile(r"\s?(?:and|to|[-–])\s?\d")
_NO_HEAD = frozenset(
    ("people", *terms("new more other another additional further total last first least local men women"))
)
# What befalls those who are counted: as many may be hurt as others are dead.
_OUTCOMES = frozenset(
    terms("die hurt missing arrested detained infected hospitalized evacuated flee rescued displaced sickened")
)

_CASUALTIES = frozenset(("die", "hurt"))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Particulars of two sentences that belong to the same thing, of which only one can be true."""

    what: Kind
    ours: Mark
    theirs: Mark


class Rarity:
    """How much two sentences of two articles have in common: a term weighs more the fewer sentences hold it."""

    def __init__(self, one: Article, other: Article) -> None:
        self._counts = (rarities(one), rarities(other))
        self._sentences = sum(total for _, total in self._counts)

    def weight(self, held: frozenset[str]) -> float:
        (ours, _), (theirs, _) = self._counts
        # fsum: a plain sum depends on the order of a set, which is another in every process
        return fsum(log(1 + self._sentences / max(ours[term] + theirs[term], 1)) for term in held)

    def dice(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Dice coefficient of two sets of terms, 0 to 1."""
        whole = self.weight(one) + self.weight(other)
        return 2 * self.weight(one & other) / whole if whole else 0.0

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The Dice coefficient, or little less than the share of the shorter one that the longer one holds."""
        shared = one & other
        if not shared:
            return 0.0
        common, ours, theirs = self.weight(shared), self.weight(one), self.weight(other)
        held = _HELD * common / min(ours, theirs) if len(shared) >= _MANY else 0.0
        return max(2 * common / (ours + theirs), held)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that may be about one thing, and how like they are."""

    one: Statement
    other: Statement
    rarity: Rarity
    like: float

    @property
    def loose(self) -> bool:
        """Whether they are more than one statement in little other words, so that more has to be asked of them."""
        return self.rarity.dice(self.one.held, self.other.held) < SAME

    def conflicts(self) -> Iterator[Conflict]:
        """All conflicts; of kind "name" are those that make them sentences about two things."""
        for a, b in self._differing("number"):
            if self._befalls_same(a, b) and (not self.loose or self._counts_same(a, b)):
                yield Conflict("number", a, b)
        for a, b in self._differing("date"):
            if self.rarity.dice(self.one.held, self.other.held) >= _DATED and self.one.words(a) != self.other.words(b):
                yield Conflict("date", a, b)
        for a, b in self._differing(*NAMES):
            if (what := self._named(a, b)) == "speaker" or not set(self.one.own(a)) & set(self.other.own(b)):
                yield Conflict(what, a, b)

    def unmatched(self, *kinds: Kind) -> tuple[list[Mark], list[Mark]]:
        """Particulars of each sentence that none of the other agrees with."""
        ours, theirs = self.one.of(*kinds), self.other.of(*kinds)
        return (
            [a for a in ours if not any(agree(a, b) for b in theirs)],
            [b for b in theirs if not any(agree(a, b) for a in ours)],
        )

    def _differing(self, *kinds: Kind) -> Iterator[tuple[Mark, Mark]]:
        ours, theirs = self.one.of(*kinds), self.other.of(*kinds)
        for a, b, near in self._paired(ours, theirs):
            if near < (_ATTACHED if self.loose else _LOOSELY) or agree(a, b) or not _comparable(a, b):
                continue
            elsewhere = any(agree(a, other) for other in theirs) or any(agree(one, b) for one in ours)
            if not self.loose or not elsewhere:
                yield a, b

    def _paired(self, ours: list[Mark], theirs: list[Mark]) -> Iterator[tuple[Mark, Mark, float]]:
        """Each particular with one of the other sentence, and how like their surroundings are: the likest first, those
        that agree before others."""
        ranked = sorted(
            (
                (nearness(self.one, a, self.other, b) + _AGREEING * agree(a, b), i, j)
                for i, a in enumerate(ours)
                for j, b in enumerate(theirs)
            ),
            key=lambda ranking: -ranking[0],
        )
        used: tuple[set[int], set[int]] = (set(), set())
        for near, i, j in ranked:
            if i not in used[0] and j not in used[1]:
                used[0].add(i)
                used[1].add(j)
                yield ours[i], theirs[j], near

    def _counts_same(self, a: Mark, b: Mark) -> bool:
        """Whether two numbers of a loose pair count the same: what follows one stands behind the other. No label, no
        end of a range, and no number of quite another size."""
        assert isinstance(a.value, Number) and isinstance(b.value, Number)
        small, large = sorted((a.value.value, b.value.value))
        if small <= 1 or large > _SLIP * small or any(_is_label(s, m) for s, m in ((self.one, a), (self.other, b))):
            return False
        if all(len(unmatched) > 1 for unmatched in self.unmatched("number")):
            return False
        ours, theirs = _counted_by(self.one, a), _counted_by(self.other, b)
        return bool(ours and theirs and (ours[0] in theirs[:2] or theirs[0] in ours[:2]))

    @staticmethod
    def _before(statement: Statement, mark: Mark) -> str:
        """The word before a place."""
        text = statement.sentence.article.text
        return (text[max(0, mark.start - 20) : mark.start].split() or [""])[-1].casefold()

    def _befalls_same(self, a: Mark, b: Mark) -> bool:
        """Whether nothing else befalls what two numbers count; of a single one, all else has to be alike."""
        ours, theirs = (_OUTCOMES & set(around(s, m)) for s, m in ((self.one, a), (self.other, b)))
        counts_one = any(isinstance(mark.value, Number) and mark.value.value <= 1 for mark in (a, b))
        if counts_one and self.loose:
            return False
        if self.loose and (ours ^ theirs) & _CASUALTIES:
            return False
        return not (ours and theirs) or bool(ours & theirs)

    def rest(self, a: Mark, b: Mark) -> tuple[frozenset[str], frozenset[str]]:
        """The terms of the sentences without those of a name in each."""
        return self.one.held.difference(self.one.own(a)), self.other.held.difference(self.other.own(b))

    def _named(self, a: Mark, b: Mark) -> Kind:
        """The kind of a conflict of two names: "name" unless the rest of the sentences is the same."""
        ours, theirs = self.one.own(a), self.other.own(b)
        rest = self.rest(a, b)
        is_one_sort = is_institution(self.one.words(a)) == is_institution(self.other.words(b))
        if a.what == b.what == "speaker" and is_one_sort and self.rarity.likeness(*rest) >= SAME:
            return "speaker"
        is_other_place = a.what == b.what == "place" and self.rarity.dice(*rest) >= SAME
        counts = Counter(self.one.terms), Counter(self.other.terms)
        is_apart = (
            self._before(self.one, a) == self._before(self.other, b)
            and not set(theirs) & self.one.held
            and all(counts[0][term] > counts[1][term] for term in ours)
        )
        return "place" if is_other_place and is_apart and is_land(ours) == is_land(theirs) else "name"


def agree(one: Mark, other: Mark) -> bool:
    """Whether both particulars can be true of one thing."""
    a, b = one.value, other.value
    if isinstance(a, Number) and isinstance(b, Number):
        return a.unit == b.unit and a.may_be(b)
    if isinstance(a, Day) and isinstance(b, Day):
        return a.may_be(b)
    if not (isinstance(a, str) and isinstance(b, str)):
        return False
    return same_person(a, b) or _initials(a) == b or _initials(b) == a


def _comparable(one: Mark, other: Mark) -> bool:
    a, b = one.value, other.value
    if isinstance(a, Number) and isinstance(b, Number):
        return a.unit == b.unit
    if isinstance(a, Day) and isinstance(b, Day):
        return (a.minutes is None) == (b.minutes is None) and (a.precision > _MONTH) == (b.precision > _MONTH)
    return True


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def nearness(one: Statement, a: Mark, other: Statement, b: Mark) -> float:
    """How far the terms around two particulars are the same, 0 to 1; nearer ones count more."""
    ours, theirs = around(one, a), around(other, b)
    shared = sum(min(ours[term], theirs[term]) for term in ours.keys() & theirs.keys())
    whole = min(sum(ours.values()), sum(theirs.values()))
    return shared / whole if whole else 0.0


def around(statement: Statement, mark: Mark) -> dict[str, float]:
    """The terms around a particular, each with one over its distance."""
    weights: dict[str, float] = {}
    for distance in range(1, _REACH + 1):
        for at in (mark.at - distance, mark.upto + distance - 1):
            if 0 <= at < len(statement.terms):
                weights.setdefault(statement.terms[at], 1 / distance)
    return weights


def _counted_by(statement: Statement, mark: Mark) -> list[str]:
    """The terms that say what a number counts: those behind it, else those before it."""
    behind = [term for term in statement.terms[mark.upto : mark.clause][:4] if term not in _NO_HEAD]
    return behind or [term for term in reversed(statement.terms[max(0, mark.at - 2) : mark.at]) if term not in _NO_HEAD]


def _is_label(statement: Statement, mark: Mark) -> bool:
    """Whether a number names ("Category 3", "No. 1") or bounds a range rather than counts."""
    text = statement.sentence.article.text
    return bool(_LABELLED.search(text[max(0, mark.start - 20) : mark.start]) or _RANGE.match(text, mark.end))
