"""Which days a question is about, seen from the day it is asked: "yesterday", "on Monday", "last month"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.text import NUMBER_WORDS

Period = tuple[date, date]  # first and last day

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAYS = [day.casefold() for day in WEEKDAYS]
_RELATIVE = re.compile(
    rf"\b(?P<day>today|tonight|yesterday)\b"
    rf"|\b(?:(?P<ago>\d+|{'|'.join(NUMBER_WORDS)}) (?P<unit>day|week|month)s? ago)\b"
    rf"|\b(?P<which>this|the last|the past|last|previous) (?P<span>week|weekend|month)\b"
    rf"|\b(?:on|last|this|since|by) (?:\w+ )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b",
    re.IGNORECASE,
)
_DAYS_IN = {"day": 1, "week": 7, "month": 30}


def period(question: str, as_of: date) -> Period | None:
    """The first and last day that relative words of time in ``question`` mean; None where it has none.

    Dates and years are not read: "the trial over 6 January 2021" may be asked, and reported, at any later time.

    >>> period("What did the council decide on Monday?", date(2031, 5, 7))
    (datetime.date(2031, 5, 5), datetime.date(2031, 5, 5))
    """
    found = _RELATIVE.search(question)
    if not found:
        return None
    words = {name: word.casefold() for name, word in found.groupdict().items() if word}
    if "day" in words:
        day = as_of - timedelta(days=words["day"] == "yesterday")
        return day, day
    if "weekday" in words:
        day = last_weekday(_WEEKDAYS.index(words["weekday"]), as_of)
        return day, day
    if "ago" in words:
        length = _DAYS_IN[words["unit"]]
        day = as_of - timedelta(days=length * (NUMBER_WORDS.get(words["ago"]) or int(words["ago"])))
        return day - timedelta(days=length // 2), day + timedelta(days=length // 2)
    return _span(words["span"], words["which"], as_of)


def last_weekday(weekday: int, day: date) -> date:
    """The last day of a name up to ``day``, which may be it; 0 is Monday."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _span(span: str, which: str, as_of: date) -> Period:
    """A week is the last seven days, and the one before it the seven before them: news does not begin on Mondays."""
    if span == "weekend":
        sunday = as_of - timedelta(days=(as_of.weekday() + 1) % 7)
        return sunday - timedelta(days=1), sunday
    length = timedelta(days=_DAYS_IN[span])
    if which.startswith("the "):
        return as_of - length, as_of
    if span == "week":
        end = as_of - timedelta(days=0 if which == "this" else 7)
        return end - timedelta(days=6), end
    first = as_of.replace(day=1)
    if which == "this":
        return first, as_of
    end = first - timedelta(days=1)
    return end.replace(day=1), end
