"""How false quotes are made: every maker changes what it is named for, of what an article offers."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from eval.forging.judge import Standing
from eval.forging.makers import MAKERS, MISQUOTERS, Forgery, changed
from eval.forging.material import Material, strangers
from rag.records import Article

TEXT = (
    "“We will not open the old sluice before 4 May 2031,” said Mara Teel, who cannot sleep.\n"
    "The board of Norhaven, led by Mara Teel and Anders Roon, spent $2.75 million, 12 percent more than Lowmere.\n"
    "“The sluice may open if the board agrees on Monday,” Anders Roon said. He was sure of it.\n"
    "No evidence was found that five people died there. If the tide rises, the harbour will close for two weeks.\n"
    "The engineers of Lowmere were told that the wall might fall within three miles of the town."
)
MATERIAL = Material.of(Article.of("Sluice", TEXT))
OTHER = Material.of(
    Article.of("Ferry", "The ferry to Skarrow, run by Ilse Brandt, never left Norhaven on that day. It was late again.")
)
KINDS = [*MAKERS, *MISQUOTERS]


def forged(kind: str, seed: int = 0, material: Material = MATERIAL) -> list[Forgery]:
    chance = random.Random(seed)
    made = changed(kind, material, chance) if kind in MAKERS else MISQUOTERS[kind](material, OTHER, chance)
    return list(islice(made, 200))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_of_an_article_that_allows_it_the_same_of_the_same_seed(kind: str) -> None:
    made = forged(kind)
    assert made == forged(kind) and all(forgery.kind == kind for forgery in made)
    assert any(forged(kind, seed) != made for seed in range(1, 6))


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_article_without_a_sentence_nothing_is_made(kind: str) -> None:
    assert forged(kind, material=Material.of(Article.of("t", "Tide."))) == []


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind not in ("negation dropped", "words moved")])
def test_a_changed_quote_does_not_stand_in_the_article(kind: str) -> None:
    assert not any(Standing(TEXT).stands(forgery.text) for forgery in forged(kind))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("negation dropped", "We will open the old sluice before 4 May 2031,"),
        ("negation dropped", "“We will not open the old sluice before 4 May 2031,” said Mara Teel, who can sleep."),
        ("negation added", "The engineers of Lowmere were not told that the wall might fall within three miles"),
        ("polarity flipped", "We will not close the old sluice before 4 May 2031,"),
        ("polarity flipped", "We will not open the old sluice after 4 May 2031,"),
        ("number changed", "spent $75 million"),
        ("unit changed", "spent $2.75 billion"),
        ("unit changed", "12 percentage points more than Lowmere"),
        ("date changed", "We will not open the old sluice before 4 May 2032,"),
        ("date changed", "We will not open the old sluice before 5 May 2031,"),
        ("name changed", "The board of Lowmere, led by"),
        ("words moved", "the harbour will close for two weeks, If the tide rises"),
        ("words moved", "the harbour will close for two weeks … If the tide rises"),
        ("invented edge", "Everybody knows that No evidence was found"),
        ("cut", "the harbour will close for two weeks."),
        ("cut", "open if the board agrees on Monday,"),
        ("cut", "We will … open the old sluice before 4 May 2031,"),
    ],
)
def test_a_maker_makes_what_it_is_named_for(kind: str, expected: str) -> None:
    assert any(expected in forgery.text for seed in range(60) for forgery in forged(kind, seed))


def test_words_are_spliced_only_where_two_people_are_known_to_speak() -> None:
    assert {one.speaker for one in MATERIAL.attributed} == {"Mara Teel", "Anders Roon"}
    alone = Material.of(Article.of("One", TEXT.replace("Anders Roon said", "Mara Teel said")))
    assert forged("speakers spliced") and not forged("speakers spliced", material=alone)


def test_true_words_get_a_speaker_who_shares_no_name_with_the_true_one() -> None:
    true = {one.words.text: one.speaker for one in MATERIAL.attributed}
    made = [forgery for seed in range(5) for forgery in forged("another speaker", seed)]
    assert {forgery.speaker for forgery in made} == {"Mara Teel", "Anders Roon", "Ilse Brandt"}
    assert all(forgery.speaker and strangers(forgery.speaker, true[forgery.text]) for forgery in made)


@pytest.mark.parametrize(
    "name",
    ["Mara Teel", "Anders B. Roon", "Ilse von der Brandt", "Una McHale", "Jean-Luc O’Dare", "Émile Sørli", "Norhaven"],
)
def test_a_name_is_read_whole_where_it_begins_no_sentence(name: str) -> None:
    material = Material.of(Article.of("t", f"It was told by {name} on the quay. Nobody came on Monday."))
    assert material.names == (name,) and material.people == ((name,) if " " in name else ())


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We will stay here,” said Mara Teel.", "Mara Teel"),
        ('"We will stay here," Mara Teel said on Monday.', "Mara Teel"),
        ("It rose.\n\nMara Teel said: “We will stay here.”", "Mara Teel"),
        ("“We will stay here,” he said.", None),
        ("“We will stay here.” Mara Teel left.", None),
        ("“We will stay here,” said the deputy of Mara Teel.", None),
        ("Mara Teel said it was late. “We will stay here.”", None),
    ],
)
def test_a_speaker_is_known_who_is_named_beside_the_marks(text: str, speaker: str | None) -> None:
    attributed = Material.of(Article.of("t", text)).attributed
    assert [one.speaker for one in attributed] == ([speaker] if speaker else [])


def test_a_sentence_is_taken_once_and_whole() -> None:
    text = "The boats lay idle all day. The boats lay idle all day. It was seen by Gov. Mara Teel at dawn."
    assert [span.text for span in Material.of(Article.of("t", text)).sentences] == [text[:27], text[56:]]
