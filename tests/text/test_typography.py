"""Plain typography: what two ways to set the same words share, and that every character keeps its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.typography import plain

SAME = {
    "curly and straight marks": ("“It’s shut,” she said", '"It\'s shut," she said'),
    "double and single marks": ("she said “shut”", "she said ‘shut’"),
    "nested marks": ("“a ‘mess’” it was", "‘a “mess”’ it was"),
    "dashes with and without spaces": ("shut — again", "shut–again"),
    "spaces and lines": ("the\u00a0wall \n\n fell", "the wall fell"),
    "dots": ("it fell . . . again", "it fell… again"),
    "dots behind a full stop": ("It fell. ... Again", "It fell.… Again"),
    "soft hyphens and zero width": ("co\u00adoper\u200bative", "cooperative"),
    "ligatures": ("the eﬃcient oﬀice", "the efficient office"),
    "accents apart": ("the cafe\u0301", "the café"),
    "hyphens": ("co\u2011operative", "co-operative"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_typography_makes_no_difference(one: str, other: str) -> None:
    assert plain(one).text == plain(other).text


DIFFERENT = {
    "a hyphen or none": ("re-sign", "resign"),
    "case": ("The wall", "the wall"),
    "an accent": ("café", "cafe"),
    "an exponent": ("10²", "102"),
    "feet and inches": ("6′ wide", "6″ wide"),
    "a comma": ("shut, again", "shut again"),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_words_and_what_tells_them_apart_stay(one: str, other: str) -> None:
    assert plain(one).text != plain(other).text


@given(st.text(max_size=200))
def test_every_plain_character_comes_from_the_characters_it_points_at(text: str) -> None:
    found = plain(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert list(found.starts) == sorted(found.starts) and list(found.ends) == sorted(found.ends)
    for character, start, end in zip(found.text, found.starts, found.ends, strict=True):
        assert 0 <= start < end <= len(text)
        if character.isalnum() and len(piece := text[start:end]) == 1:
            assert character in unicodedata.normalize("NFD", piece) + unicodedata.normalize("NFKD", piece)
