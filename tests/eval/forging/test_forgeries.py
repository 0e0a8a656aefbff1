"""How false quotes are made: every maker changes what it is named for, and nothing true is called false."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from eval.forging.changes import MAKERS
from eval.forging.forgeries import Forgery, changed
from eval.forging.judge import Standing
from eval.forging.material import Material, strangers
from eval.forging.misquotes import MISQUOTERS
from rag.records import Article, Said, Span, Speaker

TEXT = (
    "“We will not open the old sluice before 4 May 2031,” said Mara Teel, who cannot sleep.\n"
    "The board of Norhaven, led by Mara Teel and Anders Roon, spent $2.75 million, 12 percent more than Lowmere.\n"
    "“The sluice may open if the board agrees on Monday,” Anders Roon said. He was sure of it.\n"
    "No evidence was found that five people died there. If the tide rises, the harbour will close for two weeks.\n"
    "The engineers of Lowmere were told that the wall might fall within three miles of the town."
)
ARTICLE = Article.of("Sluice", TEXT)
MATERIAL = Material.of(ARTICLE)
OTHER = Material.of(
    Article.of("Ferry", "The ferry to Skarrow, run by Ilse Brandt, never left Norhaven on that day. It was late again.")
)
STANDING = Standing(TEXT)


def unheard(span: Span) -> Said:
    return Said(span)


def forged(kind: str, seed: int = 0) -> list[Forgery]:
    chance = random.Random(seed)
    if kind in MAKERS:
        return list(islice(changed(kind, MAKERS[kind], MATERIAL, chance), 200))
    return list(islice(MISQUOTERS[kind](MATERIAL, OTHER, unheard, chance), 200))


@pytest.mark.parametrize("kind", [*MAKERS, *MISQUOTERS])
def test_every_kind_is_made_of_an_article_that_allows_it(kind: str) -> None:
    made = forged(kind)
    assert made and all(forgery.kind == kind for forgery in made)


@pytest.mark.parametrize("kind", [*MAKERS, *MISQUOTERS])
def test_the_same_seed_makes_the_same_forgeries_and_another_makes_others(kind: str) -> None:
    assert forged(kind) == forged(kind)
    assert any(forged(kind, seed) != forged(kind) for seed in range(1, 6))


@pytest.mark.parametrize("kind", MAKERS)
def test_a_changed_quote_does_not_stand_unless_its_maker_knows_it_was_cut(kind: str) -> None:
    assert all(forgery.stands or not STANDING.stands(forgery.text) for forgery in forged(kind))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("negation dropped", "We will open the old sluice before 4 May 2031,"),
        ("negation dropped", "Evidence was found that five people died there."),
        ("negation dropped", "“We will not open the old sluice before 4 May 2031,” said Mara Teel, who can sleep."),
        ("negation added", "The engineers of Lowmere were not told that the wall might fall within three miles"),
        ("polarity flipped", "We will not close the old sluice before 4 May 2031,"),
        ("polarity flipped", "We will not open the old sluice after 4 May 2031,"),
        ("number changed", "spent $75 million"),
        ("unit changed", "spent $2.75 billion"),
        ("unit changed", "12 percentage points more than Lowmere"),
        ("date changed", "We will not open the old sluice before 4 May 2032,"),
        ("name changed", "The board of Lowmere, led by"),
        ("word order changed", "The harbour will close for two weeks, If the tide rises"),
        ("synonym", "No evidence was discovered that five"),
        ("cut", "the harbour will close for two weeks."),
        ("cut", "The sluice may open"),
        ("cut", "open if the board agrees on Monday,"),
        ("negation elided", "We will … open the old sluice before 4 May 2031,"),
    ],
)
def test_a_maker_makes_what_it_is_named_for(kind: str, expected: str) -> None:
    assert any(expected in forgery.text for seed in range(60) for forgery in forged(kind, seed))


def test_words_are_spliced_only_where_two_people_are_known_to_speak() -> None:
    assert {(one.speaker) for one in MATERIAL.attributed} == {"Mara Teel", "Anders Roon"}
    alone = Material.of(Article.of("One", TEXT.replace("Anders Roon said", "Mara Teel said")))
    assert not list(MISQUOTERS["speakers spliced"](alone, OTHER, unheard, random.Random(0)))


def test_true_words_get_a_speaker_who_shares_no_name_with_the_true_one() -> None:
    true = {one.words.text: one.speaker for one in MATERIAL.attributed}
    made = forged("another speaker")
    assert {forgery.speaker for forgery in made} == {"Mara Teel", "Anders Roon", "Ilse Brandt"}
    assert all(forgery.speaker and strangers(forgery.speaker, true[forgery.text]) for forgery in made)


def test_a_speaker_whom_voices_establish_is_replaced_too() -> None:
    def heard(span: Span) -> Said:
        return Said(span, "direct", Speaker("Gerd Holm", Span(ARTICLE, 0, 1)))

    material = Material.of(Article.of("t", "The note read “we leave at dawn” in ink. It was signed by Ilse Brandt."))
    made = list(MISQUOTERS["another speaker"](material, None, heard, random.Random(0)))
    assert [(forgery.text, forgery.speaker) for forgery in made] == [("we leave at dawn", "Ilse Brandt")]


def test_an_empty_article_gives_nothing_to_forge() -> None:
    material = Material.of(Article.of("t", "Tide."))
    for kind, maker in MAKERS.items():
        assert list(changed(kind, maker, material, random.Random(0))) == []
    for misquoter in MISQUOTERS.values():
        assert list(misquoter(material, None, unheard, random.Random(0))) == []
