"""What a question pins down, and what may answer it."""

from __future__ import annotations

import pytest

from rag.english.countries import same_name
from rag.reading.question import fits, numbered, understand
from rag.text.terms import query_terms, terms


@pytest.mark.parametrize(
    ("question", "expects"),
    [
        ("How many ships called at the port?", "number"),
        ("By roughly what factor did it grow?", "number"),
        ("When did the ferry leave?", "time"),
        ("In what month did she warn them?", "time"),
        ("How much is the contract worth?", "money"),
        ("How high did the river rise?", "length"),
        ("Under what condition would they sail?", "condition"),
        ("What is the name of the official?", "name"),
        ("Who said that?", None),
        ("Why did it fail?", None),
    ],
)
def test_a_question_expects_an_answer_of_its_kind(question: str, expects: str | None) -> None:
    assert understand(question).expects == expects


@pytest.mark.parametrize(
    ("expects", "sentence", "answers"),
    [
        ("number", "On 4 May 2031 the board paid $2.75 million.", False),
        ("number", "On 4 May the board counted 340 ships.", True),
        ("number", "Nearly ten times more than before.", True),
        ("time", "The ferry left in late February.", True),
        ("time", "The ferry left.", False),
        ("money", "It cost 84 million crowns.", True),
        ("length", "The 155mm guns fired.", False),
        ("length", "The water stood at 6.4 metres.", True),
        ("condition", "Not unless the province pays.", True),
        ("name", "A senior US defense official told The Times.", False),
        ("name", "The envoy, Ada Lund, spoke.", True),
        (None, "Anything.", True),
    ],
)
def test_a_sentence_fits_only_with_something_of_that_kind(expects: str | None, sentence: str, answers: bool) -> None:
    assert fits(expects, sentence, ()) is answers


def test_what_the_question_gave_itself_is_no_answer() -> None:
    asked = understand("How many of the 340 ships were Norhaven's?")
    assert not fits("number", "There were 340 ships.", asked.terms)


def test_names_numbers_times_and_speakers_are_pinned_down() -> None:
    asked = understand("What did Minister Ada Lund say in May about the 340 ships of Norhaven?")
    assert asked.names == {"ada", "lund", *terms("Norhaven")}
    assert (asked.numbers, asked.times, asked.speaker) == ({"340"}, {"may"}, {"ada", "lund"})


def test_what_is_counted_ends_at_the_verb() -> None:
    assert understand("How many civilian deaths does the envoy count?").counted == ("civilian", "deaths")
    assert understand("How many workers joined the strike?").counted == ("workers",)


def test_a_number_counts_the_words_after_it() -> None:
    assert numbered("On 4 May 340 fishing boats came, for $3 million.") == [["fishing", "boats", "came"]]


def test_land_people_and_government_are_one_name() -> None:
    assert len({same_name(term) for term in terms("Russia Russian Russians Moscow Kremlin")}) == 1
    assert {same_name(term) for term in terms("US U.S. American Washington")} == {"usa"}
    assert same_name("norhaven") == "norhaven"


def test_search_terms_leave_out_words_that_carry_nothing_unless_all_do() -> None:
    assert query_terms("What did the US say about us?") == ["usa"]
    assert query_terms("Who is it?") == ["who", "is", "it"]
