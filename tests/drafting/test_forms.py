"""Claims read from what a model sends: in both forms, in pieces of any size, and whatever stands around them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.drafting.forms import MOST, DraftReader, Written, as_sent

TIDE = Written("The tide rose, Ada Lund said.", "The tide rose", 2, "Ada Lund")
QUAY = Written("The quay is shut.", "The “quay” — it is shut", 1)


def read(text: str, size: int = 10_000) -> list[Written]:
    reader = DraftReader()
    found = [written for at in range(0, len(text), size) for written in reader.feed(text[at : at + size])]
    return [*found, *reader.close()]


@pytest.mark.parametrize("structured", [True, False], ids=["JSON", "lines"])
@pytest.mark.parametrize("size", [1, 3, 10_000])
def test_what_is_sent_in_a_form_is_read_from_it(structured: bool, size: int) -> None:
    assert read(as_sent([TIDE, QUAY], structured), size) == [TIDE, QUAY]


@pytest.mark.parametrize("structured", [True, False], ids=["JSON", "lines"])
def test_a_claim_is_read_as_soon_as_it_is_whole(structured: bool) -> None:
    text = as_sent([TIDE, QUAY], structured)
    begun = text.index("quay")
    assert list(DraftReader().feed(text[:begun])) == [TIDE]


JSON = as_sent([TIDE], structured=True)
AROUND = {
    "a fence": f"Here it is:\n```json\n{JSON}\n```\nThat is all.",
    "talk with braces": f"I {{really}} think: {JSON}",
    "another key": f'{{"answer": {JSON}}}',
    "no list around": json.dumps(json.loads(JSON)["claims"][0]),
}


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND.keys())
def test_json_is_read_wherever_it_stands(text: str) -> None:
    assert read(text) == read(text, 1) == [TIDE]


LINES = {
    "the claim first": "CLAIM: The tide rose, Ada Lund said.\nQUOTE: The tide rose\nPASSAGE: 2\nSPEAKER: Ada Lund\n\n",
    "Markdown": "**PASSAGE:** [2]\n**QUOTE:** “The tide rose”\n**SPEAKER:** Ada Lund\n"
    "**CLAIM:** The tide rose, Ada Lund said. [2]",
    "small letters": 'passage: 2\nquote: "The tide rose"\nspeaker: Ada Lund\nclaim: The tide rose, Ada Lund said.',
    "without empty lines": as_sent([TIDE], False) + "\n" + as_sent([QUAY], False),
    "talk before": "Sure, I can help.\n\n" + as_sent([TIDE], False),
}  # fmt: skip


@pytest.mark.parametrize("text", LINES.values(), ids=LINES.keys())
def test_lines_are_read_as_small_models_write_them(text: str) -> None:
    assert read(text)[0] == TIDE


NONE = {
    "nothing": "",
    "none": "NONE",
    "an empty list": '{"claims": []}',
    "prose": "The tide rose by four metres, according to passage 2.",
    "another form": '{"summary": "The tide rose."}',
    "JSON that is cut off": as_sent([TIDE], True)[:-20],
    "only brackets": "[[[[{{{{" * 50,
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_where_there_is_no_claim_none_is_read(text: str) -> None:
    assert read(text) == []


def test_a_quote_that_looks_like_a_claim_is_a_quote() -> None:
    quote = '{"claim": "The quay fell.", "quote": "The quay fell.", "passage": 1}'
    text = json.dumps({"claims": [{"passage": 1, "quote": quote, "speaker": "", "claim": "So it is said."}]})
    for size in (1, 10_000):
        assert [(one.claim, one.quote) for one in read(text, size)] == [("So it is said.", quote)]


def test_fields_of_other_kinds_do_no_harm() -> None:
    text = '{"claims": [{"passage": null, "quote": ["a"], "claim": 5}, {"passage": "two", "quote": {}, "claim": null}]}'
    assert [one.passage for one in read(text)] == [None, None]


def test_a_model_that_repeats_itself_is_read_once_and_soon_no_more() -> None:
    reader = DraftReader()
    assert list(reader.feed(as_sent([TIDE] * 20, True))) == [TIDE] and reader.full
    many = [Written(f"The tide rose {n} times.", "The tide rose", 1) for n in range(20)]
    assert len(read(as_sent(many, True))) == MOST


@given(st.text(), st.integers(1, 7))
def test_any_text_is_read_without_an_error(text: str, size: int) -> None:
    read(text, size)
