"""A receipt as it is read back: whatever it holds, either every field is what it must be, or an error says which is
not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import InputError

FORMAT = "onrecord receipt"
VERSION = 1
LARGEST = 8_000_000  # bytes of a file
MOST = 1_000  # quotations: an answer has a handful
_REPAIR = "Save the answer's receipt again, or get an unchanged copy of it."


@dataclass(frozen=True, slots=True)
class Words:
    """Words as a receipt gives them, and the characters of the article where they are said to stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RecordedSpeaker:
    """Who a receipt says was speaking; the fields are those of ``Speaker``."""

    name: str | None
    mention: Words
    cue: Words | None
    via: tuple[Words, ...]

    @property
    def words(self) -> tuple[Words, ...]:
        return (self.mention, *([self.cue] if self.cue else []), *self.via)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One quotation of a receipt: what it says, believed of nothing."""

    number: int
    quote: Words
    article: str
    title: str
    publisher: str | None
    url: str | None
    published: str | None
    sha256: str
    speaker: RecordedSpeaker | None


def read_receipt(path: str | Path) -> dict[str, Any]:
    """The JSON object of a receipt file; what it holds is checked by ``recorded``. Raises InputError."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"The receipt {str(path)!r} cannot be read: {error}. Name a file that exists.") from error
    if len(content) > LARGEST:
        raise InputError(f"{str(path)!r} is no receipt: it has more than {LARGEST:,} bytes. {_REPAIR}")
    try:
        receipt = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{str(path)!r} is no receipt: it is not JSON in UTF-8 ({error}). {_REPAIR}") from error
    if not isinstance(receipt, dict):
        raise _wrong("the receipt", receipt, "a JSON object")
    return receipt


def recorded(receipt: Mapping[str, Any]) -> list[Recorded]:
    """The quotations of a receipt; raises InputError where anything is missing, or is not what it must be."""
    top = _fields(receipt, "the receipt")
    if top.get("format") != FORMAT:
        raise _wrong("format", top.get("format"), repr(FORMAT))
    version = _number(top, "version", "")
    if version != VERSION:
        raise InputError(
            f"The receipt has version {_shown(version)}, this program reads version {VERSION}. "
            "Check it with the program that made it, or a newer one."
        )
    quotations = top.get("quotations")
    if not isinstance(quotations, list) or len(quotations) > MOST:
        raise _wrong("quotations", quotations, f"a list of at most {MOST}")
    return [_recorded(quotation, f"quotations[{i}]") for i, quotation in enumerate(quotations)]


def _recorded(value: Any, where: str) -> Recorded:
    quotation = _fields(value, where)
    article, within = _fields(quotation.get("article"), f"{where}.article"), f"{where}.article."
    sha256 = _text(article, "sha256", within)
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise _wrong(f"{within}sha256", sha256, "64 hexadecimal digits in lower case")
    speaker = quotation.get("speaker")
    return Recorded(
        _number(quotation, "number", f"{where}."),
        _words(quotation, where, "quote"),
        _text(article, "id", within),
        _text(article, "title", within),
        _text_or_none(article, "publisher", within),
        _text_or_none(article, "url", within),
        _text_or_none(article, "published", within),
        sha256,
        None if speaker is None else _speaker(speaker, f"{where}.speaker"),
    )


def _speaker(value: Any, where: str) -> RecordedSpeaker:
    speaker = _fields(value, where)
    cue, via = speaker.get("cue"), speaker.get("via", [])
    if not isinstance(via, list):
        raise _wrong(f"{where}.via", via, "a list")
    return RecordedSpeaker(
        _text_or_none(speaker, "name", f"{where}."),
        _words(speaker.get("mention"), f"{where}.mention"),
        None if cue is None else _words(cue, f"{where}.cue"),
        tuple(_words(link, f"{where}.via[{i}]") for i, link in enumerate(via)),
    )


def _words(value: Any, where: str, name: str = "text") -> Words:
    fields, within = _fields(value, where), f"{where}."
    text, start, end = _text(fields, name, within), _number(fields, "start", within), _number(fields, "end", within)
    if not text:
        raise _wrong(within + name, text, "words")
    if start >= end:
        raise _wrong(f"{within}end", end, f"a number above {within}start, which is {_shown(start)}")
    return Words(text, start, end)


def _fields(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(where, value, "a JSON object")
    return value


def _text_or_none(fields: Mapping[str, Any], name: str, where: str) -> str | None:
    return None if fields.get(name) is None else _text(fields, name, where)


def _text(fields: Mapping[str, Any], name: str, where: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise _wrong(where + name, value, "a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:  # half a character ("\ud800"): no article has it, and SQLite refuses it
        raise _wrong(where + name, value, "a text that UTF-8 can hold") from error
    return value


def _number(fields: Mapping[str, Any], name: str, where: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise _wrong(where + name, value, "a whole number from 0 on")
    return value


def _wrong(where: str, value: Any, expected: str) -> InputError:
    return InputError(f"The receipt cannot be checked: {where} is {_shown(value)}, expected {expected}. {_REPAIR}")


def _shown(value: Any) -> str:
    """A value for a message: short, and without what a terminal would obey."""
    if value is None:
        return "missing"
    if isinstance(value, Mapping | list):
        return f"{'an object' if isinstance(value, Mapping) else 'a list'} of {len(value)}"
    try:
        shown = ascii(value)
    except ValueError:  # a whole number of more digits than Python writes
        return "a very large number"
    return shown if len(shown) <= 60 else shown[:60] + "…"
