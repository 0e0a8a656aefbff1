"""The shortest words that answer, found in a quoted sentence."""

from __future__ import annotations

import pytest

from rag.reading.short import short_answer
from rag.records import Article, Span

CASES = [
    ("How much did the bridge cost?", "The bridge cost $1.4 billion, the board said.", "$1.4 billion"),
    ("How much did the dam cost?", "The dam was repaired for 84 million crowns in 2031.", "84 million crowns"),
    ("How many ferries sank?", "On Monday 3 ferries sank off Norhaven after 12 hours of storm.", "3"),
    ("What percentage of voters agreed?", "In all 79% of voters agreed.", "79%"),
    ("How far is the island?", "The island lies 14 miles off the coast.", "14 miles"),
    ("When did the ferry sink?", "The ferry sank on 3 March 2031 with all hands.", "3 March 2031"),
    ("On what day did the ferry sink?", "The ferry sank on Monday.", "Monday"),
    ("Who is the captain of the Ostra?", "On Tuesday the captain of the Ostra, Ames Roe, spoke.", "Ames Roe"),
    ("Which country bought the ferry?", "The ferry was bought by Westmark’s navy.", "Westmark"),
    ("Where did the Ostra sink?", "NORHAVEN (Wire) -- The Ostra sank off Kellan Bridge at noon.", "Kellan Bridge"),
    ("Which film won?", "The prize went to “The Long Quay,” a story of two sisters.", "The Long Quay"),
]


@pytest.mark.parametrize(("question", "sentence", "answer"), CASES)
def test_the_words_of_the_kind_that_is_asked_for_are_found(question: str, sentence: str, answer: str) -> None:
    text = f"Before it. {sentence} After it."
    found = short_answer(question, Span(Article.of("Title", text), 11, 11 + len(sentence)))
    assert found is not None and found.text == answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the ferry sink?", "The ferry Ostra sank in the storm of 3 March 2031."),
        ("Who is Ames Roe?", "Ames Roe was asked again on Monday."),
        ("How many ferries sank?", "No ferry sank, said the board."),
    ],
)
def test_no_words_are_given_where_no_kind_is_asked_for_or_none_is_new(question: str, sentence: str) -> None:
    assert short_answer(question, Span(Article.of("Title", sentence), 0, len(sentence))) is None
