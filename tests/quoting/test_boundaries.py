"""Whether words are whole: no word, hyphenated word or number may be cut."""

from __future__ import annotations

import pytest

from rag.quoting.boundaries import is_whole
from rag.text.typography import plain

CUT = {
    "a word": ("the harbour master", "harb"),
    "a word's beginning": ("the unsafe bridge", "safe bridge"),
    "a hyphenated word": ("a non-violent march", "violent march"),
    "a contraction": ("We can’t open it", "We can"),
    "a contraction's end": ("We can’t open it", "t open it"),
    "a possessive": ("said Teel’s deputy", "said Teel"),
    "an accent": ("the cafe\u0301 shut", "the cafe"),
    "a number in words": ("twenty-five people fled", "five people fled"),
    "a number of several words": ("two hundred and fifty people fled", "fifty people fled"),
    "thousands": ("all 1,250 homes", "250 homes"),
    "thousands behind a space that does not break": ("all 1\u202f250 homes", "250 homes"),
    "decimals": ("grew by 2.75 metres", "grew by 2"),
    "a currency": ("cost €40 more", "40 more"),
    "a sign": ("fell to −3 degrees", "3 degrees"),
    "a percentage": ("grew by 3 % again", "grew by 3"),
    "a percentage in words": ("grew by three per cent", "grew by three"),
    "millions": ("cost $2.75 million in all", "cost $2.75"),
    "millions alone": ("cost 2 million crowns", "million crowns"),
    "a range": ("between 10–15 people", "15 people"),
    "a range's end": ("about 10-15 people", "about 10"),
    "a time": ("at 10:30 they met", "30 they met"),
}


@pytest.mark.parametrize(("text", "words"), CUT.values(), ids=CUT.keys())
def test_what_is_cut_off_a_word_or_number_is_seen(text: str, words: str) -> None:
    found = plain(text)
    at = found.text.index(plain(words).text)
    assert not is_whole(found, at, at + len(plain(words).text), text)


WHOLE = {
    "words": ("the harbour master left", "harbour master"),
    "beside a dash": ("the wall—more than planned", "more than planned"),
    "beside a dash with spaces": ("the wall - more than planned", "more than planned"),
    "in marks": ("they said “we stay” again", "we stay"),
    "beside a comma behind a number": ("in 2031, 40 boats sank", "40 boats sank"),
    "a number before another sentence": ("They counted 41. The pier", "counted 41"),
    "a number after a line with a sum": ("It cost $2 million\n\n5 boats sank", "5 boats sank"),
    "a plural possessive": ("the workers’ gate", "gate"),
}


@pytest.mark.parametrize(("text", "words"), WHOLE.values(), ids=WHOLE.keys())
def test_whole_words_and_numbers_are_whole(text: str, words: str) -> None:
    found = plain(text)
    at = found.text.index(plain(words).text)
    assert is_whole(found, at, at + len(plain(words).text), text)
