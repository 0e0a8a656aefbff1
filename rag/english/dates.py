"""The reader of dates and times of day: the days that a text names, and whether two of them can be one. English only.

A day agrees with a less precise one: "on Monday" of an article of Tuesday 4 March with "3 March" and with "in March".
Where a rule cannot tell, two days agree.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rag.english.period import MONTHS, WEEKDAYS, Period, last_weekday

_EARLIEST, _LATEST = 1500, 2500  # years of publication that are no slip
_MINUTES, _TO_THE_HOUR = 5, 30
_MISDATED = 21  # days that the date of a page may be wrong by

_MONTH = "|".join((*MONTHS, *(f"{month[:3]}\\.?(?=\\s\\d)" for month in MONTHS), "Sept\\.?(?=\\s\\d)"))
_YEAR = r"(?:1[89]|20|21)\d\d"
_DAY = re.compile(
    rf"(?:\b(?:{'|'.join(WEEKDAYS)}),?\s(?=(?:{_MONTH})\s\d|[0-3]?\d\w{{0,2}}\s(?:{_MONTH})))?"
    rf"(?:\b(?P<iso>(?P<y0>{_YEAR})-(?P<m0>\d\d)-(?P<d0>\d\d))\b"
    rf"|\b(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTH})\b(?:,?\s(?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<m2>{_MONTH})\s(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,:–-]\d|\s(?:percent|per cent|people|million))"
    rf"(?:,?\s(?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<m3>{_MONTH})\s(?:of\s)?(?P<y3>{_YEAR})\b"
    rf"|\b(?:in|of|since|until|by|last|next|early|late|to|from|this)\s(?P<m4>{'|'.join(MONTHS)})\b(?!\s[A-Z]|,?\s(?:of\s)?\d)"
    rf"|(?:(?<=[\s(–-])|^)(?P<y5>{_YEAR})"
    r"(?![\w,.]*\d|s\b|-|\s?%|\s(?:people|cases|votes|metres|meters|troops|workers|million))\b"
    rf"|\b(?P<weekday>{'|'.join(WEEKDAYS)})\b(?!s|\s(?:Times|Mail|Post|Express))"
    r"|\b(?P<near>[Yy]esterday|[Tt]oday|[Tt]omorrow)\b(?![’']s?\s))"
)
_EVERY = re.compile(r"\b(?:every|each|most)\s$", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\w.,:$£€])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\w.,:$£€])(?P<hour24>[0-2]?\d):(?P<minute24>[0-5]\d)(?![\d:])(?:\s?(?P<half24>[ap])\.?m\b\.?)?"
    r"|(?<![\w.,:])(?P<zulu>[0-2]\d[0-5]\d)(?=\s(?:UTC|GMT|local|hours)\b)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as it stands at ``start`` to ``end``: the spans of days that it may mean.

    Without a day of publication a weekday means none, and is only compared as such; with one, a day of that name agrees
    with it all the same, since a page may be older than it says. ``minutes`` is a time of day.
    """

    start: int
    end: int
    spans: tuple[Period, ...]
    weekday: int | None = None
    minutes: int | None = None

    def may_be(self, other: Day) -> bool:
        """Whether both can mean one time."""
        if self.minutes is not None or other.minutes is not None:
            return self.minutes is not None and other.minutes is not None and _one_time(self.minutes, other.minutes)
        if self.spans and other.spans and any(a <= d and c <= b for a, b in self.spans for c, d in other.spans):
            return True
        if self._is_yearless_form_of(other) or other._is_yearless_form_of(self):
            return True
        one_relative = (self.weekday is None) != (other.weekday is None)
        if self.spans and other.spans and not (one_relative and self._is_near(other)):
            return False
        return bool(self._weekdays() & other._weekdays())

    def _is_yearless_form_of(self, other: Day) -> bool:
        """Whether it names the day and month of the other one and no year: "September 11" long after 2001."""
        if self.weekday is not None or len(self.spans) < 2 or self.precision != 1 or other.precision != 1:
            return False
        return any((a.month, a.day) == (b.month, b.day) for a, _ in self.spans for b, _ in other.spans)

    def is_again(self, other: Day) -> bool:
        """Whether it names as precisely what the other one names."""
        return self.precision == other.precision > 0 and self.may_be(other)

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


def days(text: str, published: date | None = None) -> list[Day]:
    """The days, months, years and times of day of ``text`` in order, as an article of ``published`` means them.

    >>> [(day.start, str(day.spans[0][0])) for day in days("shut on Monday, not on 1 March", date(2031, 3, 4))]
    [(8, '2031-03-03'), (23, '2030-03-01')]
    """
    if published and not _EARLIEST <= published.year <= _LATEST:
        published = None
    clock = [Day(*match.span(), (), minutes=_minutes(match)) for match in _TIME.finditer(text)]
    apart = [
        match
        for match in _DAY.finditer(text)
        if not any(time.start < match.end() and match.start() < time.end for time in clock)
    ]
    calendar_days = [day for match in apart if (day := _day(text, match, published))]
    return sorted([*clock, *calendar_days], key=lambda day: day.start)


def _day(text: str, match: re.Match[str], published: date | None) -> Day | None:
    found = {name.rstrip("0123456789"): word for name, word in match.groupdict().items() if word and name != "iso"}
    weekday = WEEKDAYS.index(found["weekday"]) if "weekday" in found else None
    if ("near" in found and published is None) or _EVERY.search(text[max(0, match.start() - 8) : match.start()]):
        return None
    spans = tuple(_spans(found, published, text[max(0, match.start() - 6) : match.start()]))
    return Day(*_tight(match), spans, weekday) if spans or weekday is not None else None


def _tight(match: re.Match[str]) -> tuple[int, int]:
    """The place of a day, without the "in" or "since" before a month alone."""
    alone = match.groupdict().get("m4")
    return (match.start("m4") if alone else match.start()), match.end()


def _one_time(one: int, other: int) -> bool:
    """Whether two times of day may be one: a few minutes apart, or one of them told to the hour."""
    return abs(one - other) <= (_TO_THE_HOUR if 0 in (one % 60, other % 60) else _MINUTES)


def _minutes(match: re.Match[str]) -> int:
    if match["zulu"]:
        return 60 * int(match["zulu"][:2]) + int(match["zulu"][2:])
    hour, minute = int(match["hour"] or match["hour24"]), int(match["minute"] or match["minute24"] or 0)
    half = match["half"] or match["half24"]
    return 60 * (hour % 12 + 12 * (half == "p") if half else hour) + minute


def _spans(found: dict[str, str], published: date | None, before: str) -> Iterator[Period]:
    if "near" in found and published:
        day = published + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[found["near"].casefold()])
        yield day, day
    elif "weekday" in found and published:
        past = last_weekday(WEEKDAYS.index(found["weekday"]), published)
        weeks = (-1, 0, 1) if re.search(r"\b(?:last|next)\s$", before, re.IGNORECASE) else (0, 1)
        for week in weeks:
            yield past + timedelta(days=7 * week), past + timedelta(days=7 * week)
    elif "m" in found or "y" in found:
        yield from _calendar(found, published)


def _calendar(found: dict[str, str], published: date | None) -> Iterator[Period]:
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
