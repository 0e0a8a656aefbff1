"""Sentences of news prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import sentence_offsets

CASES = {
    "dateline": ["NORHAVEN (Wire) — The bank rose.", "It fell."],
    "initials": ["J. R. Amsel met Mark A. Teel.", "Both left."],
    "titles": ["Dr. Roe met Gov. Ann Poe.", "They spoke."],
    "time of day": ["He left at 5 p.m. Monday.", "She stayed."],
    "quote that ends a sentence": ["He said “I will go.”", "Then he went."],
    "sentences inside one quotation": ["“We go. We stay,” she said.", "He nodded."],
    "abbreviation inside": ["The U.S. army left.", "It was over."],
}


@pytest.mark.parametrize("sentences", CASES.values(), ids=CASES.keys())
def test_news_prose_is_cut_where_a_reader_would(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[s:e] for s, e in sentence_offsets(text)] == sentences


def test_a_line_end_is_always_a_boundary() -> None:
    text = "A headline without a stop\nThe first line"
    assert [text[s:e] for s, e in sentence_offsets(text)] == text.split("\n")


@given(st.text(max_size=300))
def test_nothing_but_white_space_is_lost_and_offsets_rise(text: str) -> None:
    offsets = sentence_offsets(text)
    kept = "".join("".join(text[s:e].split()) for s, e in offsets)
    assert kept == "".join(text.split())
    flat = [offset for pair in offsets for offset in pair]
    assert flat == sorted(flat) and all(s < e for s, e in offsets)
