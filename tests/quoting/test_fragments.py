"""Quotations joined by ellipses: in order, near each other, of one speaker."""

from __future__ import annotations

import pytest

from rag.quoting.fragments import APART, chains, fragments, one_voice
from rag.records import Article, Said, Span, Speaker, Voice

TEXT = (
    "“We will stay,” Ada Lund said on Monday. “We will open the gate by noon.” He would not comment.\n"
    "Roon told the board the wall is new and the pumps are old. The tide rose and the lamps went out. "
    "Lund said the quay is full, but the town is empty, Roon said."
)
ARTICLE = Article.of("Quay", TEXT)


def span(words: str, article: Article = ARTICLE) -> Span:
    start = article.text.index(words)
    return Span(article, start, start + len(words))


def said(words: str, voice: Voice | None = None, name: str | None = None, mention: str | None = None) -> Said:
    speaker = Speaker(name, span(mention)) if mention else None
    return Said(span(words), voice, speaker)


@pytest.mark.parametrize(
    "ellipsis", ["…", " … ", "...", " . . . ", " [...] ", " […] ", " (…) ", " [. . .] ", "....", ". …", "\u00a0...\n"]
)
def test_every_kind_of_ellipsis_parts_fragments(ellipsis: str) -> None:
    assert [piece.rstrip(".") for piece in fragments(f"we stay{ellipsis}by noon")] == ["we stay", "by noon"]


def test_ellipses_that_lead_and_trail_fall_away() -> None:
    assert fragments("… we stay …") == ["we stay"]


def test_fragments_in_order_are_found_as_near_each_other_as_they_stand() -> None:
    article = Article.of("t", "the gate is old. the gate is new and shut.")
    ((first, last),) = chains(["the gate", "and shut"], article)
    assert (first.start, last.text) == (17, "and shut")


def test_fragments_in_another_order_are_not_found() -> None:
    assert chains(["the pumps", "the wall"], ARTICLE) == []


def test_fragments_far_apart_are_not_found() -> None:
    near = Article.of("t", "The gate is shut. " + "x" * (APART - 2) + " The tide rose.")
    far = Article.of("t", "The gate is shut. " + "x" * (APART + 2) + " The tide rose.")
    pieces = ["The gate is shut.", "The tide rose."]
    assert len(chains(pieces, near)) == 1 and chains(pieces, far) == []


def test_words_of_one_resolved_speaker_are_one_voice() -> None:
    ours = said("We will stay", "direct", "Ada Lund", "Ada Lund")
    assert one_voice([ours, said("We will open", "direct", "Ada Lund", "Lund said the")])


def test_words_of_two_speakers_are_not_one_voice() -> None:
    ours = said("We will stay", "direct", "Ada Lund", "Ada Lund")
    assert not one_voice([ours, said("the wall is new", "reported", "Anders Roon", "Roon")])


def test_two_pronouns_that_are_not_resolved_may_be_two_speakers() -> None:
    article = Article.of("t", "He said we stay. He said we go.")
    stay, go = span("we stay", article), span("we go", article)
    first, second = Span(article, 0, 2), Span(article, 17, 19)
    assert not one_voice([Said(stay, "reported", Speaker(None, first)), Said(go, "reported", Speaker(None, second))])
    assert one_voice([Said(stay, "reported", Speaker(None, first)), Said(go, "reported", Speaker(None, first))])


def test_an_articles_own_words_are_one_voice() -> None:
    assert one_voice([said("The tide rose", "article"), said("the lamps", "article")])


def test_an_articles_words_and_a_speakers_are_not_one_voice() -> None:
    assert not one_voice([said("We will stay", "direct", "Ada Lund", "Ada Lund"), said("The tide rose", "article")])


UNESTABLISHED = {
    "in one sentence without speech": ("The tide rose", "lamps went out", True),
    "in one pair of marks": ("We will open", "by noon", True),
    "in one sentence that one person says": ("the wall is new", "are old", True),
    "in two pairs of marks": ("We will stay", "We will open", False),
    "in marks and out of them": ("We will stay", "said on Monday", False),
    "in two sentences": ("are old", "The tide rose", False),
    "in one sentence of two people": ("the quay is full", "the town is empty", False),
}


@pytest.mark.parametrize(("one", "other", "joins"), UNESTABLISHED.values(), ids=UNESTABLISHED.keys())
def test_where_nobody_is_established_only_one_sentence_of_one_person_joins(one: str, other: str, joins: bool) -> None:
    assert one_voice([said(one), said(other)]) is joins
