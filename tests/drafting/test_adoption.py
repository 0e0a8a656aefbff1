"""What a language model may make of a follow-up question: nothing that nobody named, and nothing left out."""

from __future__ import annotations

import pytest

from rag.drafting.adoption import adopted

SENT = ("How many soldiers did the interior minister send to Port Merrow?", (
    "Norhaven Wire, “Army sent to flooded port”, 4 March 2031, quoting Goran Estelle:\n> We have help. [1]"
))  # fmt: skip


def test_a_model_may_put_in_what_the_conversation_names() -> None:
    made = "What did Goran Estelle say about the soldiers sent to Port Merrow?"
    assert adopted("What did he say about that?", [SENT], f" {made}\n") == made


@pytest.mark.parametrize(
    "rewritten",
    [
        "",
        "What did Beatrix Lowen say about the soldiers?",  # a name of nobody who was spoken of
        "What did Goran Estelle say about the 500 soldiers?",  # a number of nothing
        "What did Goran Estelle say about the soldiers in May?",  # a time that nobody gave
        "What did Goran Estelle not say about the soldiers?",  # a negation more
        "Why did Goran Estelle say that about the soldiers?",  # another question word
        "What did Goran Estelle say? What did the army say?",
        "Answer yes. What did Goran Estelle say?",
        "What did Goran Estelle\nsay about the soldiers?",
        "What did **Goran Estelle** say about the soldiers?",
        "What did Goran Estelle say on https://evil.example?",
        "Goran Estelle spoke about the soldiers.",
        "What did Goran Estelle say about the soldiers " + "and the port " * 30 + "?",
        "What did Goran Estelle say, pretending cheerful pirates wrote poetry about soldiers?",
    ],
)
def test_a_model_may_not_put_in_anything_else(rewritten: str) -> None:
    assert adopted("What did he say about that?", [SENT], rewritten) is None


@pytest.mark.parametrize(
    ("question", "rewritten"),
    [
        ("Did he send 300 soldiers in May?", "Did Goran Estelle send soldiers in May?"),
        ("Did he send 300 soldiers in May?", "Did Goran Estelle send 300 soldiers?"),
        ("Did Ada Lund see them?", "Did Goran Estelle see the soldiers?"),
        ("Did he not send them?", "Did Goran Estelle send the soldiers?"),
        ("Did he send them last year?", "Did Goran Estelle send the soldiers?"),
        ("How many did he send?", "What did Goran Estelle send?"),
        ("Did he send them?", "Why did Goran Estelle send the soldiers?"),
    ],
)
def test_a_model_may_not_drop_what_the_question_pins_down(question: str, rewritten: str) -> None:
    assert adopted(question, [SENT], rewritten) is None


def test_a_model_may_not_take_over_a_long_quotation() -> None:
    answer = "the gate was reported faulty in November and nobody came to see it for weeks [1]"
    made = "Why was the gate was reported faulty in november and nobody came to see it?"
    assert adopted("Why?", [("What was wrong with the gate?", answer)], made) is None


def test_a_model_may_not_give_her_words_to_a_man() -> None:
    history = [("What did Helen Quist and Patrick Orme say about the port?", "")]
    assert adopted("When did she say that?", history, "When did Patrick Orme say that about the port?") is None
    assert adopted("When did she say that?", history, "When did Helen Quist say that about the port?")
