"""Where the news begins below what stands above it."""

from __future__ import annotations

import pytest

from rag.text.lead import opening

NEWS = "The ferry left the harbour of Norhaven at nine."


@pytest.mark.parametrize(
    "above",
    [
        "London —",
        "Norhaven, Westmark Wire Business —",
        "Sign up for our morning letter. Explore the harbour.",
        "Editor’s Note: A version of this story was sent by mail.",
        "1. How relevant is this ad to you?\n\nVideo player was slow to load content",
        "Need a break? Play the daily puzzle.",
    ],
)
def test_date_lines_and_offers_are_passed_over(above: str) -> None:
    text = f"{above}\n\n{NEWS}\nMore."
    assert text[opening(text) :].startswith(NEWS)


@pytest.mark.parametrize("text", [NEWS, "Ferry sinks\nNobody was hurt.", "", "London —"])
def test_other_texts_begin_at_their_beginning(text: str) -> None:
    assert opening(text) == 0
