"""The judge of the self-test: whether words happen to stand in an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.forging.judge import Standing

ARTICLE = Standing("The sluice, “old and narrow”, cost $2.75 million. It won’t open… before 4 May. The sluice is old.")


@pytest.mark.parametrize(
    "words",
    ["the sluice old AND narrow", "cost $2.75\u00a0million", "2.75 million", "It won't open before", "open ... 4 May"],
)
def test_words_stand_whatever_their_case_and_typography(words: str) -> None:
    assert ARTICLE.stands(words)


@pytest.mark.parametrize(
    "words", ["75 million", "the sluice narrow", "It will open", "4 May … It won't", "slu", "", "…"]
)
def test_other_words_other_numbers_and_another_order_do_not_stand(words: str) -> None:
    assert not ARTICLE.stands(words)


def test_places_are_counted_with_those_that_overlap() -> None:
    assert Standing("so so so it is so").count("so so") == 2
    assert (ARTICLE.count("the sluice"), ARTICLE.count("")) == (2, 0)


@given(st.text(alphabet="ab “”\n-ﬁé", max_size=30), st.data())
def test_a_row_of_an_articles_own_words_always_stands(text: str, data: st.DataObject) -> None:
    words = text.split()
    start = data.draw(st.integers(0, len(words)))
    part = " ".join(words[start : data.draw(st.integers(start, len(words)))])
    if any(c.isalnum() for c in part):
        assert Standing(text).stands(part)
