"""The closest real words: which words differ, of which sentence, and when nothing is close."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quoting.closest import LONGEST, SHOWN, Closest, closest
from rag.records import Article

TEXT = (
    "The weir at Sallow was closed on Monday. “We do not count the boats that pass at night,” said the warden, "
    "Hob Tansley. “The counting house does.” Nobody drowned.\n"
    "Sallow weir is 58 metres long and was finished in 1964, after a flood in which eleven barges were lost. "
    "A barge can wait for a summer. A salmon cannot."
)
ARTICLE = Article.of("Weir closed", TEXT, publisher="Sallow Mail")


def marked(near: Closest) -> str:
    """The differing words as the terminal marks them."""
    forms = {"both": "{}", "claimed": "[-{}-]", "article": "{{+{}+}}", "around": ""}
    return " ".join(forms[piece.whose].format(piece.text.strip()) for piece in near.pieces if piece.whose != "around")


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        ("We do count the boats that pass at night", "We do {+not+} count the boats that pass at night"),
        ("We never count the boats", "We [-never-] {+do not+} count the boats"),
        ("Sallow weir is 85 metres long", "Sallow weir is [-85-] {+58+} metres long"),
        ("a flood in which eleven ferries were lost", "a flood in which eleven [-ferries-] {+barges+} were lost"),
        ("The counting house does not", "The counting house does [-not-]"),
        ("A barge can wait for a winter", "A barge can wait for a [-winter-] {+summer+}"),
        ("Hob Tansley said nobody drowned there", None),
    ],
)  # fmt: skip
def test_the_words_that_differ_are_marked(claimed: str, expected: str | None) -> None:
    found = closest(claimed, [ARTICLE])
    assert [marked(near) for near in found] == ([expected] if expected else [])


def test_the_rest_of_the_sentence_is_kept_apart_from_what_is_compared() -> None:
    (near,) = closest("We never count the boats", [ARTICLE])
    around = [piece.text.strip() for piece in near.pieces if piece.whose == "around"]
    assert around == ["“", "that pass at night,” said the warden, Hob Tansley."]
    assert near.span.text == "We do not count the boats"


def test_a_claim_over_two_sentences_is_compared_with_two() -> None:
    (near,) = closest("A barge can wait for a summer. A pike cannot.", [ARTICLE])
    assert marked(near) == "A barge can wait for a summer. A [-pike-] {+salmon+} cannot."


def test_the_first_letter_may_begin_a_sentence() -> None:
    (near,) = closest("a barge can wait for a winter", [ARTICLE])
    assert near.differences == 1


def test_a_mark_that_differs_is_marked_too() -> None:
    (near,) = closest("A barge, can wait for a summer", [ARTICLE])
    assert marked(near) == "A barge [-,-] can wait for a summer" and near.likeness == 1.0


def test_differences_are_counted_by_place() -> None:
    (near,) = closest("We never count the ships that pass at night", [ARTICLE])
    assert near.differences == 2


@pytest.mark.parametrize("claimed", ["The mayor resigned over a pipe organ", "of the in a", "…", ""])
def test_words_that_nothing_comes_close_to_have_no_closest(claimed: str) -> None:
    assert closest(claimed, [ARTICLE]) == ()


def test_articles_of_one_wording_are_shown_once() -> None:
    copies = [Article.of("Weir closed", TEXT, url=f"https://mail.example/{n}") for n in range(5)]
    assert len(closest("We do count the boats that pass at night", copies)) == 1


def test_of_many_only_a_few_are_shown_the_closest_first() -> None:
    others = [Article.of(str(n), f"A barge can wait for {n} summers, said Hob.") for n in range(9)]
    found = closest("A barge can wait for a winter", [*others, ARTICLE])
    assert len(found) == SHOWN and found[0].span.article is ARTICLE
    assert [near.likeness for near in found] == sorted((near.likeness for near in found), reverse=True)


def test_a_text_too_long_to_compare_has_no_closest() -> None:
    assert closest("weir " * (LONGEST + 1), [ARTICLE]) == ()


def test_time_stays_short_for_the_longest_text_and_an_article_without_sentences() -> None:
    article = Article.of("Row", "salmon barge " * 20_000)
    started = time.process_time()
    closest("barge salmon weir " * (LONGEST // 3), [article, ARTICLE])
    assert time.process_time() - started < 20


words = st.lists(st.sampled_from("the weir not boats count , . “ ” 58 Hob’s ﬁsh".split()), max_size=12).map(" ".join)


@given(words, words)
def test_the_pieces_make_both_texts_again(claimed: str, text: str) -> None:
    article = Article.of("t", f"The weir. {text}")
    for near in closest(claimed, [article]):
        ours = "".join(piece.text for piece in near.pieces if piece.whose in ("both", "claimed"))
        theirs = "".join(piece.text for piece in near.pieces if piece.whose in ("both", "article"))
        plain = str.maketrans("“”’", '""\'')
        assert "".join(ours.split()).translate(plain).casefold() == "".join(claimed.split()).translate(plain).casefold()
        assert "".join(theirs.split()) == "".join(near.span.text.split())
        assert near.span.text in article.text and 0 < near.likeness <= 1
