"""Words of a claim and of its evidence in one form."""

from __future__ import annotations

from rag.drafting.claimed_words import read


def test_numbers_have_one_form_by_their_value() -> None:
    forms = ["48 million", "48,000,000", "48000000"]
    assert {read(form)[0].form for form in forms} == {"#48000000"}
    assert read("twenty-one")[0].form == read("21")[0].form
