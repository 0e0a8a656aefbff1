"""The days that words of time mean, asked on Wednesday, 7 May 2031."""

from __future__ import annotations

from datetime import date

import pytest

from rag.english.period import period

ASKED = date(2031, 5, 7)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What happened today?", (5, 7), (5, 7)),
        ("Who spoke yesterday?", (5, 6), (5, 6)),
        ("Who resigned this week?", (5, 1), (5, 7)),
        ("Who resigned last week?", (4, 24), (4, 30)),
        ("How many ferries sank over the past week?", (4, 30), (5, 7)),
        ("What did the council decide on Monday?", (5, 5), (5, 5)),
        ("Who won on Thursday?", (5, 1), (5, 1)),
        ("Who won on Wednesday?", (5, 7), (5, 7)),
        ("Who played last weekend?", (5, 3), (5, 4)),
        ("What opened last month?", (4, 1), (4, 30)),
        ("What opened this month?", (5, 1), (5, 7)),
        ("What sank two weeks ago?", (4, 20), (4, 26)),
    ],
)
def test_words_of_time_mean_days(question: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert period(question, ASKED) == (date(2031, *first), date(2031, *last))


@pytest.mark.parametrize(
    "question", ["Who owns the Sunday Wire?", "What did the trial over 6 January 2021 find?", "Who resigned recently?"]
)
def test_other_questions_name_no_period(question: str) -> None:
    assert period(question, ASKED) is None


def test_the_month_before_january_is_december() -> None:
    assert period("What opened last month?", date(2031, 1, 31)) == (date(2030, 12, 1), date(2030, 12, 31))
