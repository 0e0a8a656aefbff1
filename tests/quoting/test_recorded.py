"""What is taken for a receipt: every field is what it must be, or one message says which is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.errors import InputError
from rag.quoting.receipt import FORMAT, LARGEST, VERSION, read_receipt
from rag.quoting.recorded import MOST, Recorded, RecordedArticle, RecordedSpeaker, Words, recorded

RECEIPT: dict[str, Any] = {
    "format": FORMAT,
    "version": VERSION,
    "quotations": [
        {
            "number": 1,
            "quote": "We stay",
            "start": 4,
            "end": 11,
            "speaker": {
                "name": None,
                "mention": {"text": "she", "start": 13, "end": 16},
                "cue": {"text": "said", "start": 17, "end": 21},
                "via": [{"text": "the Post", "start": 25, "end": 33}],
            },
            "article": {
                "id": "a1",
                "title": "Tide",
                "publisher": None,
                "url": None,
                "published": None,
                "sha256": "0" * 64,
            },
        }
    ],
}


def words(text: str, start: int, end: int) -> Words:
    return Words(text=text, start=start, end=end)


def test_every_field_of_a_quotation_is_read() -> None:
    (quotation,) = recorded(RECEIPT)
    via = [words("the Post", 25, 33)]
    assert quotation == Recorded(
        number=1,
        quote="We stay",
        start=4,
        end=11,
        article=RecordedArticle(id="a1", title="Tide", sha256="0" * 64),
        speaker=RecordedSpeaker(mention=words("she", 13, 16), cue=words("said", 17, 21), via=via),
    )
    assert quotation.words == words("We stay", 4, 11)


def test_fields_that_a_newer_program_may_add_are_passed_over() -> None:
    assert recorded(RECEIPT | {"signed": True}) == recorded(RECEIPT)


def test_a_receipt_comes_back_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(json.dumps(RECEIPT), encoding="utf-8")
    assert read_receipt(tmp_path / "r.json") == RECEIPT


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "no format": lambda r: r.pop("format"),
    "another format": lambda r: r.update(format="shopping list"),
    "another version": lambda r: r.update(version=99),
    "a version that is no number": lambda r: r.update(version="1"),
    "no quotations": lambda r: r.pop("quotations"),
    "quotations that are no list": lambda r: r.update(quotations={}),
    "too many quotations": lambda r: r.update(quotations=[r["quotations"][0]] * (MOST + 1)),
    "a quotation that is no object": lambda r: r.update(quotations=[7]),
    "a negative start": lambda r: r["quotations"][0].update(start=-1),
    "a start that is true": lambda r: r["quotations"][0].update(start=True),
    "a start with a fraction": lambda r: r["quotations"][0].update(start=1.0),
    "an end before its start": lambda r: r["quotations"][0].update(start=9, end=9),
    "no quote": lambda r: r["quotations"][0].pop("quote"),
    "an empty quote": lambda r: r["quotations"][0].update(quote=""),
    "half a character": lambda r: r["quotations"][0]["article"].update(id="\ud800"),
    "no article": lambda r: r["quotations"][0].pop("article"),
    "no hash": lambda r: r["quotations"][0]["article"].pop("sha256"),
    "a hash that is none": lambda r: r["quotations"][0]["article"].update(sha256="Z" * 64),
    "a speaker that is a name": lambda r: r["quotations"][0].update(speaker="Mara Teel"),
    "a speaker without a mention": lambda r: r["quotations"][0]["speaker"].pop("mention"),
    "links that are no list": lambda r: r["quotations"][0]["speaker"].update(via=3),
    "a number of many digits": lambda r: r["quotations"][0].update(end=10**5000),
}


@pytest.mark.parametrize("edit", WRONG.values(), ids=WRONG.keys())
def test_what_is_no_receipt_gets_one_message_that_says_how_to_repair_it(
    edit: Callable[[dict[str, Any]], object],
) -> None:
    edited = copy.deepcopy(RECEIPT)
    edit(edited)
    with pytest.raises(InputError, match="receipt") as error:
        recorded(edited)
    assert "\n" not in str(error.value) and len(str(error.value)) < 400


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ("another format", "format is 'shopping list', and should be 'onrecord receipt'"),
        ("no quotations", "quotations is missing"),
        ("a negative start", r"quotations\[0\]\.start is -1, and should be greater than or equal to 0"),
        ("an end before its start", r"quotations\[0\]\.end is 9, and should be above start, which is 9"),
        ("a quotation that is no object", r"quotations\[0\] is 7, and should be a JSON object"),
        ("half a character", r"article\.id is '\\ud800', and should be a text that UTF-8 can hold"),
        ("a speaker without a mention", r"quotations\[0\]\.speaker\.mention is missing"),
        ("a number of many digits", r"end is a very large number, and should be less than 9223372036854775808"),
    ],
)
def test_the_message_names_the_field_its_value_and_what_it_should_be(edit: str, told: str) -> None:
    edited = copy.deepcopy(RECEIPT)
    WRONG[edit](edited)
    with pytest.raises(InputError, match=told):
        recorded(edited)


@pytest.mark.parametrize("receipt", [None, 7, "x", [], [RECEIPT]], ids=str)
def test_what_is_no_object_is_no_receipt(receipt: object) -> None:
    with pytest.raises(InputError, match="should be a JSON object"):
        recorded(receipt)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"x"', b"\xff\xfe\x00", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}", b" " * (LARGEST + 1)],
    ids=["empty", "cut", "a list", "a text", "not UTF-8", "very deep", "a huge number", "too large"],
)
def test_a_file_that_is_no_receipt_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_bytes(content)
    with pytest.raises(InputError, match="receipt"):
        read_receipt(tmp_path / "r.json")


@pytest.mark.parametrize("path", ["missing.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(path: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_receipt(path)
