"""Lines of a file, JSON objects and their fields, read with where they stand: so an error can name the place."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from reprlib import repr as brief
from typing import Any, cast

from rag.errors import InputError

Record = Mapping[str, Any]
_HEAD = 4096  # bytes that say how a file is encoded
_ESCAPED = re.compile("[\udc80-\udcff]")  # what the error handler surrogateescape makes of a byte that is not UTF-8

Placed = tuple[str, Record]  # where it stands ("file:line"), and what stands there


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a text file in UTF-8 or UTF-16, also .gz, numbered from 1; a byte order mark goes.

    InputError where the file cannot be read, or at the first line that is no such text.
    """
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            yield from _decoded(path, cast(io.BufferedReader, file))
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}: name a file that is whole and may be read.") from error
    except UnicodeError as error:  # of UTF-16, which says no line
        raise InputError(f"{path} is damaged: {error}: save it anew, in UTF-8.") from error


def _decoded(path: Path, file: io.BufferedReader) -> Iterator[tuple[int, str]]:
    head = file.peek(_HEAD)[:_HEAD]
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in head and not wide:
        raise wrong(f"{path}:1", "a byte", b"\0", "UTF-8: convert UTF-16 with iconv -f UTF-16LE -t UTF-8")
    encoding, errors = ("utf-16", "strict") if wide else ("utf-8-sig", "surrogateescape")
    with io.TextIOWrapper(file, encoding, errors, newline="") as text:
        for number, line in enumerate(text, 1):
            if found := _ESCAPED.search(line):
                byte = bytes([ord(found[0]) - 0xDC00])
                raise wrong(f"{path}:{number}", "a byte", byte, "UTF-8: convert the file with iconv -t UTF-8")
            yield number, line


def json_lines(path: Path) -> Iterator[Placed]:
    """The objects of a JSONL file, also .gz, each with its place; InputError at the first line that is none."""
    for number, line in numbered_lines(path):
        if line.strip():
            yield f"{path}:{number}", json_object(line, f"{path}:{number}")


def json_value(text: str, where: str) -> Any:
    """What ``text`` is in JSON; InputError where it is none."""
    try:
        return json.loads(text)
    except ValueError as error:
        hint = " Is it one object a line? Then name it .jsonl." if "Extra data" in str(error) else ""
        raise InputError(f"{where}: no JSON: {error}: repair it or save it anew.{hint}") from error
    except RecursionError as error:
        raise InputError(f"{where}: the JSON is nested too deeply: expected an object of fields.") from error


def json_object(text: str, where: str) -> Record:
    """The object that ``text`` is in JSON; InputError where it is none."""
    value = json_value(text, where)
    if not isinstance(value, dict):
        raise wrong(where, "the JSON value", value, "an object {…}")
    return value


def objects(record: Record, name: str, where: str) -> list[Placed]:
    """The objects in the list ``name``, each with its place: "set.json: data[0].paragraphs[2]".

    ``where`` stands before the name as it is. InputError where it is no list of objects.
    """
    found = record.get(name)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise InputError(f"{where}{name} is {brief(found)}, expected a list of objects: is the file in the format "
                         "of SQuAD, or should it be .jsonl?")  # fmt: skip
    return [(f"{where}{name}[{number}]", item) for number, item in enumerate(found)]


def items(record: Record, name: str, where: str) -> list[Any] | None:
    """The list ``name``; None where there is none, InputError where it is something else."""
    value = record.get(name)
    if value is None or isinstance(value, list):
        return value
    raise wrong(where, name, value, "a list […], in JSONL")


def strings(record: Record, name: str, where: str) -> tuple[str, ...] | None:
    """The texts in the list ``name``, each with words; None where there is no list."""
    found = items(record, name, where)
    for item in found or ():
        # RealTime QA has empty choices: they stay, since predictions name choices by their place.
        if not isinstance(item, str) or not (item.strip() or name == "choices"):
            raise wrong(where, f"an item of {name}", item, "a text with words; for none, the empty list []")
    return None if found is None else tuple(found)


def text(record: Record, name: str, where: str) -> str:
    """The text ``name`` without space around it, a whole number as text; InputError where it has no words."""
    value = record.get(name)
    if type(value) is int:  # ids
        value = str(value)
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise wrong(where, name, value, "a text with words" if name in record else f"the field {name}: add it")


def wrong(where: str, what: str, value: object, expected: str) -> InputError:
    """The error that says where ``what`` is ``value``, and what was ``expected`` there."""
    return InputError(f"{where}: {what} is {brief(value)}, expected {expected}.")
