"""Words in quotation marks, as articles set them."""

from __future__ import annotations

import pytest

from rag.text.quotations import quotations, singly_quoted

SINGLE = {
    "curly": ("She said ‘we stay’ and left.", ["we stay"]),
    "straight": ("She said 'we stay,' and left.", ["we stay,"]),
    "an apostrophe within": ("‘We can’t stay,’ she said.", ["We can’t stay,"]),
    "a possessive plural within": ("‘The workers’ gate is shut,’ she said.", ["The workers’ gate is shut,"]),
    "a possessive plural outside": ("The workers' gate is the board's.", []),
    "words that begin with an apostrophe": ("Rock 'n' roll in the '90s, 'til they let 'em go.", []),
    "two": ("‘We stay,’ she said. ‘We stay.’", ["We stay,", "We stay."]),
    "never closed": ("‘We stay, she said.", ["We stay, she said."]),
    "contractions alone": ("It isn’t the board’s, it’s ours.", []),
}


@pytest.mark.parametrize(("text", "inside"), SINGLE.values(), ids=SINGLE.keys())
def test_single_marks_are_told_from_apostrophes(text: str, inside: list[str]) -> None:
    assert [text[start:end] for start, end in singly_quoted(text)] == inside


def test_double_marks_of_every_kind_are_found() -> None:
    text = "“One a,” \"two b\" «three c» ``four d''"
    assert [text[start:end] for start, end in quotations(text)] == ["One a,", "two b", "three c", "four d"]


def test_a_quotation_that_a_line_leaves_open_reaches_to_its_end() -> None:
    text = "“We stay.\n“We go.”"
    assert [text[start:end] for start, end in quotations(text)] == ["We stay.", "We go."]


def test_many_marks_take_linear_time() -> None:
    assert len(quotations('"a" ' * 50_000)) == 50_000
