"""Numbers in digits and words: their places, values, units, and which two of them can both be true."""

from __future__ import annotations

import pytest

from rag.english.numbers import Number, numbers

VALUES = {
    "40,000": (40_000, ""),
    "6.4 metres": (6.4, "m"),
    "1.2 thousand": (1200, ""),
    "1.5 million": (1_500_000, ""),
    "$2 Trillion": (2_000_000_000_000, "$"),
    "$48m": (48_000_000, "$"),
    "US$5": (5, "$"),
    "€3bn": (3_000_000_000, "€"),
    "48 million dollars": (48_000_000, "$"),
    "60 cents": (60, "cent"),
    "five per cent": (5, "%"),
    "3.5 percentage points": (3.5, "%"),
    "seventeen": (17, ""),
    "twenty-five": (25, ""),
    "two hundred and fifty": (250, ""),
    "three hundred thousand": (300_000, ""),
    "two dozen": (24, ""),
    "a million": (1_000_000, ""),
    "116th": (116, "th"),
    "third": (3, "th"),
    "25-year-old": (25, "year"),
    "120 mph": (120, "mph"),
    "30 degrees": (30, "°"),
    "#3": (3, "no."),
}


def only(text: str) -> Number:
    (number,) = numbers(text)
    return number


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_a_number_has_its_value_and_unit(text: str, value: tuple[float, str]) -> None:
    found = only(text)
    assert (found.value, found.unit) == value
    assert text[found.start : found.end] == text.removeprefix("#")


def test_numbers_side_by_side_are_several_and_what_is_taken_is_none() -> None:
    text = "two six-storey houses in years three and four"
    assert [number.value for number in numbers(text)] == [2, 6, 3, 4]
    assert [number.value for number in numbers(text, [(0, 3)])] == [6, 3, 4]


@pytest.mark.parametrize("text", ["the F-16 jet", "COVID-19", "one of them", "no one", "the 1990s"])
def test_a_name_or_a_pronoun_is_no_number(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize("text", ["as a Category 3 storm", "on Interstate 95", "No. 1"])
def test_a_number_that_names_has_a_unit_of_its_own(text: str) -> None:
    assert only(text).unit == "no."


def test_a_number_that_is_hedged_or_ends_a_range_says_so() -> None:
    text = "about 40, more than 50, nearly 60, 10 to 15, 7-9, 80"
    assert [number.hedge for number in numbers(text)] == ["about", "above", "below", *["range"] * 4, ""]


@pytest.mark.parametrize("text", ["$25 to $40 billion", "between $25 and $40 billion", "$25-40 billion"])
def test_a_range_has_one_power_of_ten(text: str) -> None:
    assert [number.value for number in numbers(text)] == [25_000_000_000, 40_000_000_000]


AGREE = [
    ("853", "about 850"),
    ("43", "more than 40"),
    ("1,190", "nearly 1,200"),
    ("1,213", "1,200"),
    ("302,575,350", "302.5 million"),
    ("6.42", "6.4"),
    ("a dozen", "12"),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_a_rounded_number_can_be_the_exact_one(one: str, other: str) -> None:
    assert only(one).may_be(only(other)) and only(other).may_be(only(one))


@pytest.mark.parametrize(
    ("one", "other"), [("40", "43"), ("6.4", "6.9"), ("about 850", "1,200"), ("at least 39", "at least 52")]
)
def test_two_exact_numbers_are_two(one: str, other: str) -> None:
    assert not only(one).may_be(only(other)) and not only(other).may_be(only(one))


def test_the_search_through_a_hostile_text_comes_to_an_end() -> None:
    for text in ("1 " * 50_000, "9" * 100_000, "one hundred and " * 9_000, "a" * 100_000):
        assert len(numbers(text)) <= 50_000
