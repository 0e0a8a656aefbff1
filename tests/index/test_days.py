"""The one reader of days: what is read, and what is left open because it would be a guess."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from index.days import read_day


@pytest.mark.parametrize(
    "written",
    [
        "2022-12-16",
        "20221216",
        "2022/12/16",
        "2022.12.16",
        "2022. 12. 16.",
        "2022年12月16日",
        "2022년 12월 16일",
        "２０２２年１２月１６日",
        "2022-12-16 08:30:00",
        "2022-12-16T23:30:00Z",
        "2022-12-16T23:30:00.000-08:00",
        "2022-12-16 10:00:00 UTC",
        "20221216T103000Z",
        "202212161030",
        "20221216103000",
        "2022-W50-5",
        "Fri, 16 Dec 2022 23:30:00 GMT",
        "Fri, 16 Dec 22 23:30:00 +0100",
        "16-Dec-22",
        "16-DEC-22 10.15.00.000000 AM",
        "Friday, 16-Dec-22 23:30:00 GMT",
        "16/Dec/2022:10:15:00",
        "16/Dec/2022:10:15:00 +0000",
        "1.6711900e+09",
        "1.67119e+09",
        "1.671148800123e+12",
        "2.0221216e+07",
        "16 December 2022",
        "December 16, 2022",
        "Dec. 16, 2022",
        "16th Dec 2022",
        "the 16th of December 2022",
        "Published on Friday, December 16th, 2022 at 10:00",
        "16/12/2022",
        "12/16/2022",
        20221216,
        1671148800,
        "1671148800",
        "1671148800.0",
        1671148800.5,
        "1671148800000",
        1671148800123,
        date(2022, 12, 16),
        datetime(2022, 12, 16, 23, 30),
    ],
)
def test_a_date_is_read_in_every_usual_form(written: object) -> None:
    assert read_day(written) == date(2022, 12, 16)


@pytest.mark.parametrize(
    "written",
    [
        "5. September 2024",
        "5 septembre 2024",
        "5 de septiembre de 2024",
        "Чт, 05 сен 2024 10:00:00 +0300",
        "5 сентября 2024 г.",
        "2024. szeptember 5.",
        "2024 m. rugsėjo 5 d.",
        "5 Eylül 2024 Perşembe",
        "5 EYLÜL 2024",
        "5 tháng 9, 2024",
        "Thứ Năm, ngày 5 tháng 9 năm 2024",
        "5. syyskuuta 2024",
        "٥ سبتمبر ٢٠٢٤",
    ],
)
def test_a_month_is_read_in_any_language_where_its_name_is_clear(written: str) -> None:
    assert read_day(written) == date(2024, 9, 5)


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("05-09-2024 10:15", "en-GB", date(2024, 9, 5)),
        ("05-09-2024 10:15", "en-us", date(2024, 5, 9)),
        ("05.09.2024", "de", date(2024, 9, 5)),
        ("5/9/2024", "pt_BR", date(2024, 9, 5)),
        ("5 KASIM 2024", "tr", date(2024, 11, 5)),
        ("5 Kasım 2024", "tr", date(2024, 11, 5)),
        ("5 HAZİRAN 2024", "tr", date(2024, 6, 5)),
        ("5 listopada 2024", "pl", date(2024, 11, 5)),
        ("5 listopada 2024", "hr", date(2024, 10, 5)),
        ("le 1er sept. 2024", "fr-FR", date(2024, 9, 1)),
        ("Thu, 05 Sep 2024 10:15:00 +0200", "de", date(2024, 9, 5)),
    ],
)
def test_the_language_that_is_given_settles_an_order_or_a_name(written: str, language: str, day: date) -> None:
    assert read_day(written, language) == day


@pytest.mark.parametrize("language", [None, "en", "eng", "und", "English", "tlh", "nonsense-", "en-CA"])
def test_an_order_that_no_language_settles_is_left_open_and_both_days_are_named(language: str | None) -> None:
    with pytest.raises(ValueError, match=r"may be 2024-05-09 or 2024-09-05: write it as one of them"):
        read_day("05-09-2024 10:15", language)


@pytest.mark.parametrize("written", ["2024-02-30", "30 February 2024", "31/11/2024", "13/13/2024", "2023-02-29"])
def test_a_day_that_no_calendar_has_is_said_to_be_none(written: str) -> None:
    with pytest.raises(ValueError, match="no calendar has"):
        read_day(written)


@pytest.mark.parametrize("written", ["0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "1403/06/15", "2567-09-05"])
def test_a_year_of_another_calendar_or_of_a_database_is_not_read_as_ours(written: str) -> None:
    with pytest.raises(ValueError, match="has the year"):
        read_day(written)


@pytest.mark.parametrize(
    "written",
    [
        "yesterday", "3 hours ago", "Monday", "2024", "2024-09", "September 2024", "05/09/24", "45540", "2022-13-41",
        "32 December 2022", "16 Brumaire 2022", "5 listopad 2024", "5 September 2024, updated 6 September 2024",
        "1.6711e+09", "2.02212e+07", "1.6711e+99", "22-Dec-16 or so", "16-Abc-22",
        0, -5, True, "x" * 300,
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_not_guessed(written: object) -> None:
    with pytest.raises(ValueError):
        read_day(written)


@pytest.mark.parametrize("written", ["2024-09", "2024/9", "2024年9月", "March 2024", "Sept. 2024", "septembre 2024"])
def test_a_month_without_its_day_is_said_to_be_one(written: str) -> None:
    with pytest.raises(ValueError, match="names no day, expected one such as 2022-12-16"):
        read_day(written)


def test_a_rounded_time_that_may_be_of_two_days_names_both() -> None:
    with pytest.raises(ValueError, match="may be 2022-12-15 or 2022-12-16: write it in full"):
        read_day("1.67115e+09")


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_no_date_is_no_error(nothing: object) -> None:
    assert read_day(nothing) is None
