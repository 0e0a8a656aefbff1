"""The numbers and days of a sentence, and whether two of them can both be true. English only.

A number agrees with its rounded or hedged forms, a day with a less precise one: "about 850" with 853, "on Monday" of an
article of Tuesday 4 March with "3 March". Where a rule cannot tell, two particulars agree.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf

from rag.forged_words import MONTHS, WEEKDAYS

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
}
_SMALL |= {word: 10 * value for value, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)}
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_TIMES |= {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_UP_TO_99 = (
    rf"(?:{_TENS}(?:[\s-](?:{'|'.join(list(_SMALL)[1:10])}))?|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
)
_HUNDREDS = rf"(?:(?:{_UP_TO_99}|a)\s(?:hundred|dozen)(?:\s(?:and\s)?{_UP_TO_99}\b)?)"
_WRITTEN = rf"(?:(?<![\w’'-])(?:{_HUNDREDS}|{_UP_TO_99}|a(?=\s(?:thousand|million|billion)))(?![\w’']))"
_DIGITS = r"(?<![\w.,/])(?<![A-Za-z]-)\d+(?:,\d{3})*(?:\.\d+)?(?![\d/]|s\b)"
_CURRENCY = r"(?:US|AU|CDN?|NZ|HK|[ACS])?\$|[£€¥₹]"
_NUMBER = re.compile(
    rf"(?:(?P<currency>{_CURRENCY})\s?)?(?P<number>{_DIGITS}|(?i:{_WRITTEN}))"
    r"(?:(?P<times>(?:[\s-](?:dozen|hundred|thousand|million|billion|trillion)|\s?(?:bn|mn|tn|[mk](?=[\s,.;]|$)))\b)?"
    r"(?P<unit>\s?%|\s?per\s?cent(?:age)?\b(?:\spoints?\b)?|(?:st|nd|rd|th)\b|\s(?:U\.?S\.?\s)?dollars?\b|\seuros?\b"
    r"|\spounds?\b(?!\sof))?)"
)
_CURRENCIES = {"dollar": "$", "euro": "€", "pound": "£"}
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
_EARLIEST, _LATEST = 1500, 2500  # years of publication that are no slip
_MINUTES, _TO_THE_HOUR = 5, 30
_MISDATED = 21  # days that the date of a page may be wrong by
_BEYOND = 1.5  # times "more than 40" may mean this much at most

_MONTH = "|".join((*MONTHS, *(f"{month[:3]}\\.?(?=\\s\\d)" for month in MONTHS), "Sept\\.?(?=\\s\\d)"))
_YEAR = r"(?:1[89]|20|21)\d\d"
_DAY = re.compile(
    rf"(?:\b(?:{'|'.join(WEEKDAYS)}),?\s(?=(?:{_MONTH})\s\d|[0-3]?\d\w{{0,2}}\s(?:{_MONTH})))?"
    rf"(?:\b(?P<iso>(?P<y0>{_YEAR})-(?P<m0>\d\d)-(?P<d0>\d\d))\b"
    rf"|\b(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTH})\b(?:,?\s(?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<m2>{_MONTH})\s(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,:]\d|\s(?:percent|per cent|people|million))"
    rf"(?:,?\s(?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<m3>{_MONTH})\s(?:of\s)?(?P<y3>{_YEAR})\b"
    rf"|\b(?:in|of|since|until|by|last|next|early|late|to|from|this)\s(?P<m4>{'|'.join(MONTHS)})\b(?!\s[A-Z])"
    rf"|(?:(?<=[\s(–-])|^)(?P<y5>{_YEAR})"
    r"(?![\w,.]*\d|s\b|-|\s?%|\s(?:people|cases|votes|metres|meters|troops|workers|million))\b"
    rf"|\b(?P<weekday>{'|'.join(WEEKDAYS)})\b(?!s|\s(?:Times|Mail|Post|Express))|\b(?P<near>[Yy]esterday|[Tt]oday|[Tt]omorrow)\b(?![’']s?\s))"
)
_EVERY = re.compile(r"\b(?:every|each|most)\s$", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\w.,:$£€])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\w.,:$£€])(?P<hour24>[0-2]?\d):(?P<minute24>[0-5]\d)(?![\d:])(?:\s?(?P<half24>[ap])\.?m\b\.?)?"
    r"|(?<![\w.,:])(?P<zulu>[0-2]\d[0-5]\d)(?=\s(?:UTC|GMT|local|hours)\b)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands at ``start`` to ``end``; what it may mean lies between ``least`` and ``most``.

    ``unit`` is a currency, "%", "th" for an ordinal, or empty; ``grain`` is the power of ten (or half of it) that it is
    rounded to, ``hedge`` "about", "below", "above" or empty.
    """

    start: int
    end: int
    value: float
    unit: str
    hedge: str
    grain: float

    def may_be(self, other: Number) -> bool:
        """Whether both can be true of one thing; a like hedge on both is none."""
        if self.hedge and self.hedge != "about" and self.hedge == other.hedge:
            return self.value == other.value
        if self.value == other.value:
            return True
        if self.hedge or other.hedge:
            (a, b), (c, d) = self._bounds(), other._bounds()
            return max(a, c) <= min(b, d)
        fine, coarse = (self, other) if self.grain < other.grain else (other, self)
        if fine.grain == coarse.grain:
            return False
        is_rounded = abs(fine.value - coarse.value) <= coarse.grain / 2
        if coarse.grain == 1 and fine.grain < 1:
            return is_rounded
        return is_rounded and coarse.value >= _LARGE and abs(fine.value - coarse.value) <= _NEAR * coarse.value

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


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as it stands at ``start`` to ``end``: the spans of days that it may mean.

    Without a day of publication a weekday means none, and is only compared as such; with one, a day of that name agrees
    with it all the same, since a page may be older than it says. ``minutes`` is a time of day.
    """

    start: int
    end: int
    spans: tuple[tuple[date, date], ...]
    weekday: int | None = None
    minutes: int | None = None

    def may_be(self, other: Day) -> bool:
        """Whether both can mean one time."""
        if self.minutes is not None or other.minutes is not None:
            return self.minutes is not None and other.minutes is not None and _one_time(self.minutes, other.minutes)
        if self.spans and other.spans and any(a <= d and c <= b for a, b in self.spans for c, d in other.spans):
            return True
        one_relative = (self.weekday is None) != (other.weekday is None)
        if self.spans and other.spans and not (one_relative and self._is_near(other)):
            return False
        return bool(self._weekdays() & other._weekdays())

    @property
    def precision(self) -> int:
        """How many days it spans, 0 for a time of day."""
        return 0 if self.minutes is not None else max(((b - a).days + 1 for a, b in self.spans), default=1)

    def _is_near(self, other: Day) -> bool:
        return any(abs((a - c).days) <= _MISDATED for a, _ in self.spans for c, _ in other.spans)

    def _weekdays(self) -> frozenset[int]:
        if self.weekday is not None:
            return frozenset((self.weekday,))
        if self.precision > 1:  # a month or a year, and these have been compared
            return frozenset(range(7) if not self.spans else ())
        return frozenset(a.weekday() for a, _ in self.spans)


def numbers(text: str, taken: list[tuple[int, int]]) -> Iterator[Number]:
    """The numbers of ``text`` in order, but for those that lie in ``taken``, such as days.

    >>> [(n.value, n.unit, n.hedge) for n in numbers("About 1.2 thousand people, $48m and five per cent", [])]
    [(1200.0, '', 'about'), (48000000.0, '$', ''), (5.0, '%', '')]
    """
    for match in _NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        written = match["number"].casefold()
        if (
            written == "one"
            and not match["times"]
            and (_PRONOUN.match(text, match.end()) or _NO_COUNT.search(text[: match.start()]))
        ):
            continue
        value, grain = _value(written)
        times = _TIMES.get((match["times"] or "").strip(" -\u00a0"), 1)
        hedge = _HEDGE.search(text[max(0, match.start() - 30) : match.start()])
        dozens = "about" if "dozen" in match.group() else ""
        yield Number(
            match.start(),
            match.end(),
            round(value * times, 6),
            _unit(match),
            hedge.lastgroup or dozens if hedge else dozens,
            grain * times,
        )


def days(text: str, published: date | None) -> Iterator[Day]:
    """The days, months, years and times of day of ``text`` in order, as an article of ``published`` means them."""
    if published and not _EARLIEST <= published.year <= _LATEST:
        published = None
    clock = list(_TIME.finditer(text))
    for match in clock:
        yield Day(*_tight(match), (), minutes=_minutes(match))
    for match in _DAY.finditer(text):
        if any(time.start() < match.end() and match.start() < time.end() for time in clock):
            continue
        found = {name.rstrip("0123456789"): word for name, word in match.groupdict().items() if word and name != "iso"}
        weekday = WEEKDAYS.index(found["weekday"]) if "weekday" in found else None
        if ("near" in found and published is None) or _EVERY.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        spans = tuple(_spans(found, published, text[max(0, match.start() - 6) : match.start()]))
        if spans or weekday is not None:
            yield Day(*_tight(match), spans, weekday)


def _tight(match: re.Match[str]) -> tuple[int, int]:
    """The place of a day, without the "in" or "since" before a month alone."""
    alone = match.groupdict().get("m4")
    return (match.start("m4") if alone else match.start()), match.end()


def _unit(match: re.Match[str]) -> str:
    if match["currency"]:
        return "$" if match["currency"] == "US$" else match["currency"]
    unit = (match["unit"] or "").strip().casefold()
    if unit in ("st", "nd", "rd", "th"):
        return "th"
    if unit == "%" or unit.startswith("per"):
        return "%"
    return next((sign for word, sign in _CURRENCIES.items() if word in unit), "")


def _value(written: str) -> tuple[float, float]:
    """The value of a number, and what it is rounded to."""
    if written[0].isdigit():
        plain = written.replace(",", "")
        if "." in plain:
            return float(plain), 10.0 ** -len(plain.partition(".")[2])
        return (float(plain), _grain(int(plain))) if len(plain) < 16 else (inf, 1.0)
    total = int(written == "a")
    for word in re.findall(r"[a-z]+", written):
        if word in ("hundred", "dozen"):
            total = max(total, 1) * _TIMES[word]
        elif word not in ("a", "and"):
            total += _SMALL[word]
    return float(total), _grain(total)


def _grain(value: int) -> float:
    """The largest of 1, 5, 10, 50, 100 … that divides ``value``."""
    grain = 1
    while value and value % (grain * 10) == 0:
        grain *= 10
    return float(grain * 5 if value and value % (grain * 5) == 0 else grain)


def _one_time(one: int, other: int) -> bool:
    """Whether two times of day may be one: a few minutes apart, or one of them told to the hour."""
    return abs(one - other) <= (_TO_THE_HOUR if 0 in (one % 60, other % 60) else _MINUTES)


def _minutes(match: re.Match[str]) -> int:
    if match["zulu"]:
        return 60 * int(match["zulu"][:2]) + int(match["zulu"][2:])
    hour, minute = int(match["hour"] or match["hour24"]), int(match["minute"] or match["minute24"] or 0)
    half = match["half"] or match["half24"]
    return 60 * (hour % 12 + 12 * (half == "p") if half else hour) + minute


def _spans(found: dict[str, str], published: date | None, before: str) -> Iterator[tuple[date, date]]:
    if "near" in found and published:
        day = published + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[found["near"].casefold()])
        yield day, day
    elif "weekday" in found and published:
        past = published - timedelta(days=(published.weekday() - WEEKDAYS.index(found["weekday"])) % 7)
        weeks = (-1, 0, 1) if re.search(r"\b(?:last|next)\s$", before, re.IGNORECASE) else (0, 1)
        for week in weeks:
            yield past + timedelta(days=7 * week), past + timedelta(days=7 * week)
    elif "m" in found or "y" in found:
        yield from _calendar(found, published)


def _calendar(found: dict[str, str], published: date | None) -> Iterator[tuple[date, date]]:
    """Without a year: one in which the article can mean it."""
    near = published.year if published else 2000
    years = [int(found["y"])] if "y" in found else range(near - 1, near + 2) if published else range(1970, 2070)
    month = _month(found["m"]) if "m" in found else None
    for year in years:
        first, last = date(year, month or 1, 1), date(year, month or 12, calendar.monthrange(year, month or 12)[1])
        if "d" not in found:
            yield first, last
        elif month and 1 <= int(found["d"]) <= last.day:
            yield date(year, month, int(found["d"])), date(year, month, int(found["d"]))


def _month(written: str) -> int | None:
    if written.isdigit():
        return int(written) if 1 <= int(written) <= 12 else None
    return next(i for i, month in enumerate(MONTHS, 1) if month[:3] == written[:3])
