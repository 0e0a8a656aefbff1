"""Where words stand, as they are or with an editor's brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quoting.places import exact_places, repaired_places
from rag.records import Article

TEXT = (
    "The old envoy said that he will leave the town on Friday. Ada Lund's deputy wants more pumps, not fewer.\n"
    "We oppose the bill. All members support the plan. They were told on Monday that 40 boats sank. "
    "The bridge may be unsafe. It held. It opened. The wall, she added, is new. Moen left [Ada] Lund here."
)
ARTICLE = Article.of("Envoy", TEXT)


def repaired(words: str) -> list[str]:
    return [place.text for place in repaired_places(words, ARTICLE)]


REPAIRED = {
    "first letter as a capital": ("He will leave the town", "he will leave the town"),
    "first letter in brackets": ("[H]e will leave the town", "he will leave the town"),
    "first letter small": ("the old envoy said", "The old envoy said"),
    "a letter in brackets within": ("said that [H]e will leave", "said that he will leave"),
    "a mention for a pronoun": ("said that [the envoy] will leave the town", "said that he will leave the town"),
    "a mention at the beginning": ("[The envoy] will leave the town", "he will leave the town"),
    "a pronoun for a mention": ("[He] said that he will leave", "The old envoy said that he will leave"),
    "a pronoun for a name": ("[Her] deputy wants more pumps", "Ada Lund's deputy wants more pumps"),
    "a mention at the end": ("said that [the envoy]", "said that he"),
    "another form of a verb": ("Ada Lund's deputy [wanted] more pumps", "Ada Lund's deputy wants more pumps"),
    "an ending": ("Ada Lund's deputy want[ed] more pumps", "Ada Lund's deputy wants more pumps"),
    "a word filled in": ("will leave [the] the town", "will leave the town"),
    "sic": ("The old envoy [sic] said that", "The old envoy said that"),
    "two brackets": ("[He] said that [the envoy] will leave", "The old envoy said that he will leave"),
}


@pytest.mark.parametrize(("words", "stands"), REPAIRED.values(), ids=REPAIRED.keys())
def test_an_editors_change_is_put_back_into_the_articles_own_words(words: str, stands: str) -> None:
    assert repaired(words) == [stands]


FALSE = {
    "a verb of another meaning": "We [support] the bill",
    "a negation put in": "that he will [not] leave the town",
    "a negation replaced": "more pumps, [the] fewer",
    "a number replaced": "told on Monday that [the] boats sank",
    "a number put in": "that [41] boats sank",
    "a day replaced": "They were told [that day] that 40 boats",
    "a quantity replaced": "[The] members support the plan",
    "a hedge replaced": "The bridge [will] be unsafe",
    "over the end of a sentence": "It held [it] opened",
    "over a comma": "The wall [it] is new",
    "a name that the article does not mention": "said that [Petra Vik] will leave the town",
    "one name in place of another": "[Lund] left [Ada] Lund here",
    "a name in place of another article's bracket": "Moen left [Moen] Lund here",
    "a name before the words": "[Ada] It held",
    "nothing but a bracket": "[the envoy] leave",
    "a prefix": "The bridge may be [un]unsafe",
    "another letter": "[W]e will leave the town",
    "other words beside the bracket": "said that [the envoy] must leave",
    "all in brackets": "[he will leave the town]",
    "case elsewhere": "he will Leave the town",
}


@pytest.mark.parametrize("words", FALSE.values(), ids=FALSE.keys())
def test_brackets_hide_no_false_words(words: str) -> None:
    assert repaired(words) == [] and exact_places(words, ARTICLE) == []


def test_a_full_stop_or_comma_of_whoever_quotes_may_stand_for_the_articles() -> None:
    article = Article.of("Gate", "“The gate is shut,” she said.")
    assert [place.text for place in exact_places("The gate is shut.", article)] == ["The gate is shut"]


def test_a_full_stop_does_not_end_words_that_go_on() -> None:
    assert exact_places("We oppose the.", ARTICLE) == []


@given(st.text(st.sampled_from("ab .,'[]…-“”Wh e"), max_size=40))
def test_any_claim_is_placed_inside_the_article(words: str) -> None:
    article = Article.of("t", "ab a [a] b-a “b a.” Wh e a… b " * 3)
    for place in exact_places(words, article) + repaired_places(words, article):
        assert place.text == article.text[place.start : place.end] != ""
