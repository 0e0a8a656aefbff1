"""CSV files, row by row in bounded memory."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from index.formats.streams import LINE_CHARACTERS, lines_of
from index.records import Found, Skipped, read_record
from index.shapes import USUAL, folded, has_text
from rag.errors import InputError

_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)  # how Excel is told the separator
_QUOTED = re.compile(r"\"[^\"]*(?:\"|$)")


def read_csv(stream: BinaryIO, name: str) -> Found:
    """The articles of a CSV file with a header line, in bounded memory.

    The separator is "," or ";" or a tab, or what a first line "sep=;" says. Damage makes the file a window.
    """
    csv.field_size_limit(LINE_CHARACTERS)  # Python's own limit of 131,072 characters refuses long articles
    faults: list[str] = []

    def checked() -> Iterator[str]:
        for _, line, fault in lines:
            if fault:
                faults.append(fault)
            yield line

    lines = lines_of(stream, "")
    number, first, separator = _first_line(lines)
    rows = csv.reader(chain([first], checked()), delimiter=separator, strict=True)
    header = _header(rows)
    empty, damaged = True, False
    for where, row, damage in _rows(rows, name, number):
        empty = empty and not (row or damage)
        damage = damage or "".join(faults[:1])
        if not damage and row and len(row) != len(header):
            damage = f"the row has {len(row)} fields, the header names {len(header)}"
        if damage:
            yield Skipped(where, damage)
            faults.clear()
            damaged = True
        elif row:
            yield from read_record(dict(zip(header, row, strict=True)), where)
    if empty:
        raise InputError("it has a header and no rows")
    return damaged


def _header(rows: Iterator[list[str]]) -> list[str]:
    """The names of the columns, of which one at least can give a text, and no two are one."""
    try:
        header = next(rows)
    except csv.Error as error:
        raise InputError(f"its header is damaged CSV ({error}): expected names such as title,text") from error
    names = [name for name in header if name.strip()]
    if not names:
        raise InputError("the first line is empty: the names of the columns belong there")
    if not has_text(names):
        raise InputError(f"no text column: expected one of {', '.join(USUAL.text[:4])}, found {', '.join(names)[:200]}")
    if twice := [name for name, times in Counter(map(folded, names)).items() if times > 1]:
        raise InputError(f"more than one column is called {twice[0]!r}: rename or remove all but one")
    return header


def _first_line(lines: Iterator[tuple[int, str, str]]) -> tuple[int, str, str]:
    """The number of the header's line, the line, and the separator of the file."""
    number, line, fault = next(lines, (1, "", "it is empty"))
    told = _SEPARATOR_LINE.fullmatch(line)
    if told and not fault:
        number, line, fault = next(lines, (2, "", "it names its separator and holds nothing else"))
    if fault:
        raise InputError(fault)
    return number, line, told[1] if told else max(",;\t", key=_QUOTED.sub("", line).count)


def _rows(rows: Any, name: str, first: int) -> Iterator[tuple[str, list[str], str]]:
    """The rows of a CSV reader, whose first line is line ``first`` of the file, as (where, fields, damage).

    A damaged row has no fields.
    """
    while True:
        where = f"{name}:{rows.line_num + first}"
        try:
            yield where, next(rows), ""
        except StopIteration:
            return
        except csv.Error as error:
            lost = ": a quotation mark opened here is never closed, the rest is lost"
            yield where, [], f"damaged CSV ({error}){lost if 'end of data' in str(error) else ''}"
