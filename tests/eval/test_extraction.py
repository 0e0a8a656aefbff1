"""The benchmark of pages: what it renders can be read, and its two scores say what they say."""

from __future__ import annotations

import random

import pytest

from eval.extraction import PAGES, render, scores
from index.markup import read_page

TEXT = "\n".join(
    f"The council of Norhaven met on day {n} to vote on the pier. “We have patched this pier for {n} years,” said Maud."
    for n in range(20, 40)
)


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_every_kind_of_page_is_read_word_for_word(kind: str, seed: int | None) -> None:
    page = render(("A vote on the pier", TEXT), PAGES[kind], None if seed is None else random.Random(seed))
    assert scores(read_page(page.encode()).text, TEXT) == pytest.approx((1.0, 1.0), abs=0.03)


def test_a_lost_word_costs_its_sentence_and_a_little_of_f1() -> None:
    f1, kept = scores("It rose. The pier at noon.", "It rose. The pier broke at noon.")
    assert (f1, kept) == (pytest.approx(2 * 6 / 13), 0.5)
