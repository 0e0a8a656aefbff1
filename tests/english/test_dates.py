"""Days and times of day as an article of Tuesday, 4 March 2031, means them."""

from __future__ import annotations

from datetime import date

import pytest

from rag.english.dates import Day, days

TUESDAY = date(2031, 3, 4)


def only(text: str, published: date | None = TUESDAY) -> Day:
    (day,) = days(text, published)
    return day


DAYS = {
    "on Tuesday, March 4, 2031": (2031, 3, 4),
    "on 4 March 2031": (2031, 3, 4),
    "on 2031-03-04": (2031, 3, 4),
    "on the 4th of March 2031": (2031, 3, 4),
    "on Sept. 9, 2030": (2030, 9, 9),
    "yesterday": (2031, 3, 3),
    "tomorrow": (2031, 3, 5),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_is_one(text: str, day: tuple[int, int, int]) -> None:
    assert only(text).spans == ((date(*day), date(*day)),)


def test_a_month_and_a_year_span_their_days() -> None:
    assert only("in February 2031").spans == ((date(2031, 2, 1), date(2031, 2, 28)),)
    assert only("since 2029").spans == ((date(2029, 1, 1), date(2029, 12, 31)),)


def test_a_weekday_is_the_last_or_the_next_one() -> None:
    monday = only("on Monday")
    assert monday.weekday == 0 and [first for first, _ in monday.spans] == [date(2031, 3, 3), date(2031, 3, 10)]
    assert only("on Monday", None).spans == ()


@pytest.mark.parametrize(
    "text", ["on 31 February 2031", "every Monday", "the Sunday Times", "March 16-22", "we may go", "1,850 people"]
)
def test_what_names_no_single_day_is_none(text: str) -> None:
    assert days(text, TUESDAY) == []


def test_days_and_times_come_in_their_order() -> None:
    text = "shut at 6 p.m. on Monday, open at 08:30"
    assert [text[day.start : day.end] for day in days(text, TUESDAY)] == ["6 p.m.", "Monday", "08:30"]
    assert [day.minutes for day in days(text, TUESDAY)] == [18 * 60, None, 8 * 60 + 30]


AGREE = [
    ("on Monday", "on 3 March"),
    ("yesterday", "on Monday"),
    ("on 12 February", "in February"),
    ("on 22 April", "on April 22, 2031"),
    ("at 6 p.m.", "at 6:20 p.m."),
    ("on September 11", "on September 11, 2001"),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_two_ways_to_name_a_day_agree(one: str, other: str) -> None:
    assert only(one).may_be(only(other)) and only(other).may_be(only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on Monday", "on Sunday"),
        ("on 22 April", "on April 29"),
        ("at 6:05 p.m.", "at 6:20 p.m."),
        ("in 2029", "in 2030"),
    ],
)
def test_two_days_are_two(one: str, other: str) -> None:
    assert not only(one).may_be(only(other)) and not only(other).may_be(only(one))


def test_a_date_of_publication_that_is_a_slip_is_none() -> None:
    assert days("today and yesterday", date.min) == []
