"""What an article offers to those who would misquote it."""

from __future__ import annotations

import pytest

from eval.forging.material import Material, strangers, unlike
from rag.records import Article


def material(text: str) -> Material:
    return Material.of(Article.of("t", text))


@pytest.mark.parametrize(
    "name",
    ["Mara Teel", "Anders B. Roon", "Ilse von der Brandt", "Una McHale", "Jean-Luc O’Dare", "Émile Sørli", "Norhaven"],
)
def test_a_name_is_read_whole_where_it_begins_no_sentence(name: str) -> None:
    assert material(f"It was told by {name} on the quay.").names == (name,)


def test_the_first_word_of_a_sentence_and_a_weekday_are_no_names() -> None:
    assert material("Boats lay idle on Monday. Nobody came.\nTides rose in May.").names == ()


def test_only_a_name_of_two_words_may_be_a_persons_in_full() -> None:
    assert material("It was told by Roon and, later, Mara Teel.").people == ("Mara Teel",)


@pytest.mark.parametrize(
    "text",
    [
        "“We will stay here,” said Mara Teel.",
        '"We will stay here," Mara Teel said on Monday.',
        "Mara Teel said: “We will stay here.”",
    ],
)
def test_a_speaker_named_beside_the_marks_is_known(text: str) -> None:
    (found,) = material(text).attributed
    assert found.words.text.startswith("We will stay here") and found.speaker == "Mara Teel"


@pytest.mark.parametrize(
    "text",
    [
        "“We will stay here,” he said.",
        "“We will stay here.” Mara Teel left.",
        "“We will stay here,” said the deputy of Mara Teel.",
        "Mara Teel said it was late. “We will stay here.”",
    ],
)
def test_a_speaker_who_is_not_plainly_named_is_not_known(text: str) -> None:
    assert material(text).attributed == ()


def test_only_quotations_of_two_people_are_unlike() -> None:
    text = "“We will stay here,” said Mara Teel. “So will we all,” said Teel. “You will not stay,” said Anders Roon."
    assert [(one.speaker, other.speaker) for one, other in unlike(material(text).attributed)] == [
        ("Teel", "Anders Roon")
    ]


def test_names_that_share_a_word_may_be_one_persons() -> None:
    assert not strangers("Mara Teel", "Teel")
    assert strangers("Mara Teel", "Anders Roon")


def test_a_repeated_sentence_is_taken_once() -> None:
    assert len(material("The boats lay idle all day. The boats lay idle all day.").sentences) == 1
