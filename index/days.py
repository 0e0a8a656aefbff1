"""The day that an article was published on, however feeds, pages, JSON and CSV write it; no day is ever guessed.

Read are ISO 8601 and its kin ("2024.09.05", "2024年9月5日", "20240905T101500Z"), RFC 822, names of months in every
language of CLDR, and Unix time. "05-09-2024" is two different days on two shores of the Atlantic: only a language whose
order CLDR knows settles it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime

from index.months import any_month, english_month, order_of, own_month

FIRST_YEAR, LAST_YEAR = 1600, 2199  # of newspapers; outside lie other calendars, and what databases write for "no date"
_LENGTH = 200  # characters; what is longer is no date

_NUMBER = re.compile(r"(\d+)(?:\.\d*)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?=T|\s|$)")
_YEAR_FIRST = re.compile(r"(?<![\d./-])(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*,|\s+năm)?\s+(\d{4})(?!\d)", re.IGNORECASE)
_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*(?:[+-]\d\d:?\d\d|[ap]\.?m\b\.?))?", re.IGNORECASE)
# As mails, Oracle and RFC 850 had it: "16 Dec 22 10:15", "16-DEC-22".
_SHORT_YEAR = re.compile(
    r"(?:[A-Za-z]+,\s*)?(\d{1,2})(?:-([A-Za-z]{3})-(\d\d)(?=$|\s\d)| ([A-Za-z]{3}) (\d\d)(?= \d\d:\d\d)).*"
)
_SCIENTIFIC = re.compile(r"(\d)\.(\d+)e\+?(\d{1,2})", re.IGNORECASE)  # a large number as pandas prints it
_WITHOUT_DAY = re.compile(r"\d{4}\s?[-/.年년]\s?\d{1,2}\s?[月월]?|[^\W\d_]+\.?,?\s\d{4}")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_FILLERS = 2  # short words that may stand between day, month and year: "5 de mayo de 2024", "2024 m. gegužės 5 d."
_FILLER_LENGTH = 4
_SECONDS = {9: 1, 10: 1, 12: 1e3, 13: 1e3, 16: 1e6, 19: 1e9}  # digits of a Unix time of our days: its units a second


def read_day(value: object, language: str | None = None) -> date | None:
    """The day that ``value`` names, in its own time zone; None for no value. Unix time is read in UTC.

    ``language`` is a tag such as "de" or "en-GB", where the source names one. Raises ValueError, whose message says
    why, for what is no day, no possible day or more than one.

    >>> read_day("05-09-2024 10:15", "en-GB")
    datetime.date(2024, 9, 5)
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if not text:
        return None
    if isinstance(value, bool) or len(text) > _LENGTH:
        raise ValueError("is not a date such as 2022-12-16")
    if number := _NUMBER.fullmatch(text):
        return _day_of_number(number[1])
    if rounded := _SCIENTIFIC.fullmatch(text):
        return _day_of_rounded(rounded[1] + rounded[2], int(rounded[3]))
    days = set(_days(text, language))
    if len(days) > 1:
        raise ValueError(f"names several days ({', '.join(map(str, sorted(days)))})")
    return days.pop() if days else _last_resort(text)


def _days(text: str, language: str | None) -> Iterator[date]:
    """Every day that is written out in ``text``."""
    if compact := _COMPACT.match(text):
        yield _day(*map(int, compact.groups()))
    for found in _YEAR_FIRST.finditer(text):
        yield _day(*map(int, found.groups()))
    for found in _VIETNAMESE.finditer(text):
        yield _day(int(found[3]), int(found[2]), int(found[1]))
    for found in _YEAR_LAST.finditer(text):
        yield _year_last(int(found[1]), int(found[3]), int(found[4]), language)
    yield from _worded(_TOKEN.findall(_CLOCK.sub(" ", text)), language)


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"has the year {year}, expected {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError("is a day that no calendar has") from error


def _year_last(first: int, second: int, year: int, language: str | None) -> date:
    """The day of "first/second/year", in the order of the language where both orders are possible."""
    orders = {(first, second), (second, first)}  # day, month
    possible = [(day, month) for day, month in orders if 1 <= month <= 12]
    if len(possible) > 1:
        order = order_of(language)
        if order is None:
            both = " or ".join(sorted(str(_day(year, month, day)) for day, month in possible))
            raise ValueError(f"may be {both}: write it as one of them")
        possible = [(first, second) if order == "day" else (second, first)]
    day, month = possible[0] if possible else (first, second)
    return _day(year, month, day)


def _worded(tokens: list[str], language: str | None) -> set[date]:
    """The days whose month is a word: of the language or of English, and only where none is, of any language."""
    for month_of in (lambda word: own_month(word, language), any_month):
        days = set()
        for at, token in enumerate(tokens):
            if (
                len(token) > 1
                and token.isalpha()
                and (found := _year_and_day(tokens, at))
                and (month := month_of(token))
            ):
                days.add(_day(int(found[0]), month, int(found[1])))
        if days:
            return days
    return set()


def _year_and_day(tokens: list[str], month: int) -> tuple[str, str] | None:
    """The digits of year and day around the token of a month, in the three usual orders."""
    before, after = _number(tokens[:month][::-1]), _number(tokens[month + 1 :])
    following = _number(after[1]) if after else None
    orders = [(after, before), (following, after), (before, after)]
    for year, day in orders:
        if year and day and len(year[0]) == 4 and len(day[0]) <= 2:
            return year[0], day[0]
    return None


def _number(tokens: list[str]) -> tuple[str, list[str]] | None:
    """The first number of ``tokens``, over a few short words at most, and what follows it."""
    for at, token in enumerate(tokens[: _FILLERS + 1]):
        if token[0].isdecimal():
            return token, tokens[at + 1 :]
        if len(token) > _FILLER_LENGTH:
            return None
    return None


def _day_of_number(digits: str) -> date:
    """The day of "20240905", "202409051015", "20240905101500" or a Unix time in seconds or finer."""
    if len(digits) in (8, 12, 14):
        try:
            return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        except ValueError:
            if len(digits) != 12:
                raise
    if len(digits) not in _SECONDS:
        raise ValueError("is not a date such as 2022-12-16")
    return datetime.fromtimestamp(int(digits) / _SECONDS[len(digits)], UTC).date()


def _day_of_rounded(digits: str, exponent: int) -> date:
    """The day of a number of which the first ``digits`` alone were printed, where all that it may be lie in one."""
    unit = 10 ** max(0, exponent + 1 - len(digits))
    number = int(digits[: exponent + 1]) * unit
    days = {_day_of_number(str(end)) for end in (number - unit // 2, number + unit // 2)}
    if len(days) > 1:
        raise ValueError(f"may be {' or '.join(map(str, sorted(days)))}: write it in full")
    return days.pop()


def _last_resort(text: str) -> date:
    """A day in the forms that are known by nothing else: a year of two digits in a mail's date, an ISO week."""
    if found := _SHORT_YEAR.fullmatch(text):
        day, month, year = found[1], english_month((found[2] or found[4]).casefold()), int(found[3] or found[5])
        if month:
            return _day(year + (2000 if year < 69 else 1900), month, int(day))  # as POSIX and the email package have it
    if _WITHOUT_DAY.fullmatch(text):
        raise ValueError("names no day, expected one such as 2022-12-16")
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise ValueError("is not a date such as 2022-12-16") from error
