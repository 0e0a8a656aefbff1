"""The reader of numbers: in digits or words, with what they are of, and whether two of them can both be true.

A number agrees with its rounded or hedged forms, "about 850" with 853. Where a rule cannot tell, two numbers agree.
English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from rag.text import NUMBER_WORDS

_TIMES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_TIMES |= {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_SCALES = "thousand|million|billion|trillion"
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ANY = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_UP_TO_99 = rf"(?:{_TENS}(?:[\s-](?:{'|'.join(list(NUMBER_WORDS)[1:10])}))?|{_ANY})"
_HUNDREDS = rf"(?:(?:{_UP_TO_99}|a)\s(?:hundred|dozen)(?:\s(?:and\s)?{_UP_TO_99}\b)?)"
_WRITTEN = rf"(?:(?<![\w’'-])(?:{_HUNDREDS}|{_UP_TO_99}|a(?=\s(?:thousand|million|billion)))(?![\w’']))"
_DIGITS = r"(?<![\w.,/])(?<![A-Za-z]-)\d+(?:,\d{3})*(?:\.\d+)?(?![\d/]|s\b)"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_CURRENCY = r"(?:US|AU|CDN?|NZ|HK|[ACS])?\$|[£€¥₹]"
# What is measured rather than counted, by the unit's own name.
_MEASURES = {
    "$": r"(?:U\.?S\.?\s)?dollars?", "€": "euros?", "£": r"pounds?(?!\sof)", "cent": "cents?",
    "th": "(?:(?<=\\d)(?:st|nd|rd|th))",
    "%": r"%|per\s?cent(?:age)?(?:\spoints?)?", "mph": r"mph|miles\s(?:per|an)\shour",
    "km/h": r"km/h|kph|kilomet(?:er|re)s\s(?:per|an)\shour", "km": "km|kilomet(?:er|re)s?", "mile": "miles?",
    "m": "met(?:er|re)s?", "cm": "cm|centimet(?:er|re)s?", "foot": "foot|feet|ft", "inch": "inch(?:es)?",
    "yard": "yards?", "acre": "acres?", "hectare": "hectares?", "kg": "kg|kilograms?|kilos?", "ton": "ton(?:ne)?s?",
    "litre": "lit(?:er|re)s?", "gallon": "gallons?", "°": "degrees?|°[CF]?", "year": r"years?(?:[\s-]old)?",
    "month": "months?", "week": "weeks?", "day": "days?", "hour": "hours?", "minute": "minutes?", "second": "seconds?",
    "point": "points?",
}  # fmt: skip
_UNITS = {f"u{place}": (unit, words) for place, (unit, words) in enumerate(_MEASURES.items())}
_UNIT = re.compile(rf"[\s-]?(?:{'|'.join(f'(?P<{key}>{words})' for key, (_, words) in _UNITS.items())})(?!\w)", re.I)
_NUMBER = re.compile(
    rf"(?:(?P<currency>{_CURRENCY})\s?)?(?P<number>{_DIGITS}|(?i:{_WRITTEN})|\b(?i:{'|'.join(_ORDINALS)})\b)"
    rf"(?P<times>(?:[\s-](?i:dozen|hundred|{_SCALES})|\s?(?:bn|mn|tn|[mk](?=[\s,.;]|$)))\b)?"
)
# "Category 3", "Interstate 95", "No. 1", "#1": a number that names
_NAMES = re.compile(r"(?:[a-z,] [A-Z][a-z]+(?<!day)\.?|\b[Nn]o\.)\s$|#$")
_RANGE_ENDS = re.compile(r"\d\s?(?:to|[-–])\s?$|\bbetween\s$")
_RANGE_BEGINS = re.compile(rf"\s?(?:to|[-–])\s?(?:{_CURRENCY})?\d")
# "$25 to $40 billion"
_SHARED_TIMES = re.compile(rf"\s?(?:to|and|[-–])\s?(?:{_CURRENCY})?\d[\d.,]*[\s-](?P<times>(?i:{_SCALES}))\b")
_HEDGES = {
    "about": r"about|around|roughly|approximately|some|an? estimated|estimated|close to|or so|circa",
    "below": r"nearly|almost|up to|as many as|fewer than|less than|under|below|at most|no more than|just under",
    "above": r"more than|over|at least|upwards? of|above|no fewer than|no less than|exceeding|just over|as few as",
}
_HEDGE = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _HEDGES.items())})\s(?:an?\s(?:total\sof\s)?|the\s)?$",
    re.IGNORECASE,
)
# "one" that counts nothing
_PRONOUN = re.compile(r"\s(?:of|another|or|day|thing|time|who|that|which|can|is|was|has|should|must|would)\b|[.,;:’']")
_NO_COUNT = re.compile(r"\b(?:no|any|every|each|some|this|that|the|another|which)\s$", re.IGNORECASE)
_LARGE = 1000  # numbers from here on are often rounded without a word that says so
_NEAR = 0.03  # of the larger one, between a large number and its rounded form
_HEDGED_NEAR = 0.05
_BEYOND = 1.5  # times "more than 40" may mean this much at most


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands at ``start`` to ``end``; what it may mean lies between ``least`` and ``most``.

    ``unit`` is what it measures: a currency's sign, "%", "km", "year" and so on; "th" for an ordinal, "no." for a
    number that only names ("Category 3"), empty for one that counts. ``grain`` is the power of ten (or half of it) that
    it is rounded to; ``hedge`` is "about", "below", "above", "range" for an end of one, or empty.
    """

    start: int
    end: int
    value: float
    unit: str
    hedge: str
    grain: float

    def may_be(self, other: Number) -> bool:
        """Whether both can be true of one thing, of whatever unit; a like hedge on both is none."""
        fine, coarse = (self, other) if self.grain < other.grain else (other, self)
        if self.hedge and self.hedge != "about" and self.hedge == other.hedge:
            return self.value == other.value
        if self.value == other.value:
            return True
        if self.hedge or other.hedge:
            (a, b), (c, d) = self._bounds(), other._bounds()
            return max(a, c) <= min(b, d)
        if fine.grain == coarse.grain:
            return False
        is_rounded = abs(fine.value - coarse.value) <= coarse.grain / 2
        if fine.grain < coarse.grain <= 1:
            return is_rounded
        is_near = coarse.value >= _LARGE and abs(fine.value - coarse.value) <= _NEAR * coarse.value
        return is_near and (is_rounded or coarse.is_cut_from(fine))

    def is_cut_from(self, fine: Number) -> bool:
        """Whether it is a longer number without its last digits."""
        return self.value <= fine.value < self.value + self.grain

    def _bounds(self) -> tuple[float, float]:
        slack = max(min(self.grain, self.value * 0.1) / 2, _HEDGED_NEAR * self.value)
        match self.hedge:
            case "about":
                return self.value - slack, self.value + slack
            case "below":
                return self.value * 0.9 - slack, self.value
            case "above":
                return self.value, self.value * _BEYOND
        return self.value, self.value


def numbers(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """The numbers of ``text`` in order, but for those that lie in ``taken``, such as days.

    >>> [(n.value, n.unit, n.hedge) for n in numbers("About 1.2 thousand people, $48m and five per cent")]
    [(1200.0, '', 'about'), (48000000.0, '$', ''), (5.0, '%', '')]
    """
    return [
        _number(text, match)
        for match in _NUMBER.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken) and not _is_pronoun(text, match)
    ]


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    if match.group().casefold() != "one":
        return False
    return bool(_PRONOUN.match(text, match.end()) or _NO_COUNT.search(text[max(0, match.start() - 10) : match.start()]))


def _number(text: str, match: re.Match[str]) -> Number:
    value, grain = _value(match["number"].casefold())
    before = text[max(0, match.start() - 30) : match.start()]
    unit, end = _unit(text, match, before)
    hedge = _HEDGE.search(before)
    hedged = hedge.lastgroup or "" if hedge else "about" if "dozen" in match.group() else ""
    times = match["times"]
    if _RANGE_ENDS.search(before) or _RANGE_BEGINS.match(text, match.end()):
        shared, hedged = _SHARED_TIMES.match(text, match.end()), "range"
        times = times or (shared and shared["times"])
    factor = _TIMES.get((times or "").strip(" -\u00a0").casefold(), 1)
    return Number(match.start(), end, round(value * factor, 6), unit, hedged, grain * factor)


def _unit(text: str, match: re.Match[str], before: str) -> tuple[str, int]:
    """What a number measures, and where the unit ends."""
    if match["currency"]:
        return "$" if match["currency"] == "US$" else match["currency"], match.end()
    if (measured := _UNIT.match(text, match.end())) and measured.lastgroup:
        return _UNITS[measured.lastgroup][0], measured.end()
    if match["number"].casefold() in _ORDINALS:
        return "th", match.end()
    return "no." if _NAMES.search(before) else "", match.end()


def _value(written: str) -> tuple[float, float]:
    """The value of a number, and what it is rounded to."""
    if written[0].isdigit():
        plain = written.replace(",", "")
        if "." in plain:
            return float(plain), 10.0 ** -len(plain.partition(".")[2])
        return (float(plain), _grain(int(plain))) if len(plain) < 16 else (inf, 1.0)
    if written in _ORDINALS:
        return float(_ORDINALS.index(written) + 1), 1.0
    total = int(written == "a")
    for word in re.findall(r"[a-z]+", written):
        if word in ("hundred", "dozen"):
            total = max(total, 1) * _TIMES[word]
        elif word not in ("a", "and"):
            total += NUMBER_WORDS[word]
    return float(total), _grain(total)


def _grain(value: int) -> float:
    """The largest of 1, 5, 10, 50, 100 … that divides ``value``."""
    grain = 1
    while value and value % (grain * 10) == 0:
        grain *= 10
    return float(grain * 5 if value and value % (grain * 5) == 0 else grain)
