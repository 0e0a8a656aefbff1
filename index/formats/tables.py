"""CSV files, row by row in bounded memory."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from index.formats.streams import LINE_CHARACTERS, lines_of
from index.records import Found, Skipped, read_record
from index.shapes import USUAL, has_text
from rag.errors import InputError

_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)  # how Excel is told the separator


def read_csv(stream: BinaryIO, name: str) -> Found:
    """The articles of a CSV file with a header line, in bounded memory.

    The separator is "," or ";" or a tab, or what a first line "sep=;" says.
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
    header = next(rows)
    if not has_text(header):
        raise InputError(
            f"no text column: expected one of {', '.join(USUAL.text[:4])}, found {', '.join(header)[:200]}"
        )
    empty = True
    for where, row, damage in _rows(rows, name, number):
        empty = empty and not (row or damage)
        if damage:
            yield Skipped(where, damage)
        elif faults:
            yield Skipped(where, faults[0])
            faults.clear()
        elif row and len(row) != len(header):
            yield Skipped(where, f"the row has {len(row)} fields, the header names {len(header)}")
        elif row:
            yield from read_record(dict(zip(header, row, strict=True)), where)
    if empty:
        raise InputError("it has a header and no rows")
    return False


def _first_line(lines: Iterator[tuple[int, str, str]]) -> tuple[int, str, str]:
    """The number of the header's line, the line, and the separator of the file."""
    number, line, fault = next(lines, (1, "", "it is empty"))
    told = _SEPARATOR_LINE.fullmatch(line)
    if told and not fault:
        number, line, fault = next(lines, (2, "", "it names its separator and holds nothing else"))
    if fault:
        raise InputError(fault)
    return number, line, told[1] if told else max(",;\t", key=line.count)


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
