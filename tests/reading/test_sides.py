"""Comparisons asked of either side, and what is no comparison."""

from __future__ import annotations

import pytest

from rag.reading.sides import sides
from rag.reading.timeline import asks_for_timeline


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Compare what Ada Lund and Anders Roon said about the quay.",
            ("What did Ada Lund say about the quay.", "What did Anders Roon say about the quay."),
        ),
        (
            "How do the figures of the city council and the civil protection service differ?",
            (
                "How do the figures of the city council differ?",
                "How do the figures of the civil protection service differ?",
            ),
        ),
        ("What did Ada Lund and Anders Roon say about the quay?", ()),
        ("Who won, and why?", ()),
    ],
)
def test_a_comparison_is_asked_of_either_side(question: str, parts: tuple[str, ...]) -> None:
    assert sides(question) == parts


@pytest.mark.parametrize(
    ("question", "asked"),
    [("Give me a timeline of the flood", True), ("Who said what and when about the dam?", True), ("When?", False)],
)
def test_a_timeline_is_given_on_request_alone(question: str, asked: bool) -> None:
    assert asks_for_timeline(question) is asked
