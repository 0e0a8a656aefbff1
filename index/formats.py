"""The file formats: bytes to articles. JSON lines and CSV are read line by line, the others whole, within limits.

A reader takes a binary stream and the name to report, and yields articles and what it had to skip; it raises
InputError where the whole of its input is of no use.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from index.markup import PAGE_BYTES, read_page
from index.pages import split_page
from index.records import TEXT, Skipped, article_of, is_web_url, read_record
from rag.errors import InputError
from rag.records import Article

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

Found = Iterator[Article | Skipped]

TEXT_BYTES = 20_000_000
JSON_BYTES = 200_000_000  # takes a few times as much memory
LINE_CHARACTERS = 10_000_000

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ESCAPED = re.compile("[\udc80-\udcff]")  # what the error handler surrogateescape makes of a byte that is not UTF-8
_BINARY = "it holds NUL bytes, so it is no text: save it as text in UTF-8"
_CONVERT = "convert the file, such as with: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEWFILE"


def read_text(text: str, name: str = "pasted text", url: str | None = None) -> Found:
    """The article or articles of one page of plain text, such as somebody pasted."""
    if not text.strip():
        raise InputError("it is empty")
    if "\0" in text:
        raise InputError("it holds NUL characters, so it is no text: save it as text in UTF-8")
    parts = split_page(text)
    for part in parts:
        yield from article_of(
            part.text,
            name,
            title=part.title,
            url=url,
            publisher=part.publisher,
            part=part.title if len(parts) > 1 else None,
        )


def read_text_file(stream: BinaryIO, name: str, url: str | None = None, charset: str | None = None) -> Found:
    """The article or articles of a .txt or .md file, or of plain text from ``url``; UTF-8 unless ``charset`` says."""
    yield from read_text(_decoded(_whole(stream, TEXT_BYTES), charset), name, url)


def read_html(stream: BinaryIO, name: str, url: str | None = None, charset: str | None = None) -> Found:
    """The article of a web page; ``url`` is where it was fetched from.

    A page may name its own address, but one that was fetched cannot pass itself off as a page of another host.
    """
    page = read_page(_whole(stream, PAGE_BYTES), url, charset)
    address = page.url if is_web_url(page.url) and (url is None or _host(page.url) == _host(url)) else url
    yield from article_of(
        page.text,
        name,
        title=page.title,
        url=address,
        publisher=page.publisher,
        published=page.published,
        authors=page.authors,
    )


def read_json(stream: BinaryIO, name: str) -> Found:
    """The articles of a JSON file: one object, a list of them, or an object that holds one list of them."""
    text = _decoded(_whole(stream, JSON_BYTES, "split it, or save it as .jsonl with one article a line"))
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise InputError("the JSON is nested too deeply: expected a list of objects") from error
    except ValueError as error:
        hint = ": is this JSON lines? Then rename it to .jsonl" if "Extra data" in str(error) else ""
        raise InputError(f"not valid JSON: {error}{hint}") from error
    if isinstance(value, dict):
        lists = {key: item for key, item in value.items() if isinstance(item, list) and _has_object(item)}
        if len(lists) != 1 or not {"text", "body", "content"}.isdisjoint(key.lower() for key in value):
            yield from read_record(value, name)
            return
        value = next(iter(lists.values()))
    if not isinstance(value, list):
        raise InputError(f"the JSON is a {type(value).__name__}: expected an object or a list of objects")
    if not value:
        raise InputError("the JSON is an empty list: it holds no article")
    for number, item in enumerate(value, 1):
        yield from _object(item, name, f"item {number}: ")


def read_jsonl(stream: BinaryIO, name: str) -> Found:
    """The articles of a JSON lines file, in bounded memory: a damaged or oversize line is named and passed over."""
    empty = True
    for number, line, fault in _lines(stream, "\n"):
        if not line.strip() and not fault:
            continue
        empty = False
        where = f"{name}:{number}"
        try:
            value = None if fault else json.loads(line)
        except RecursionError:
            fault = "the JSON is nested too deeply: expected one object"
        except ValueError as error:
            fault = f"not valid JSON: {error}"
        if fault:
            yield Skipped(where, fault)
        else:
            yield from _object(value, where)
    if empty:
        raise InputError("it is empty")


def read_csv(stream: BinaryIO, name: str) -> Found:
    """The articles of a CSV file with a header line, in bounded memory; the separator is "," or ";" or a tab."""
    csv.field_size_limit(LINE_CHARACTERS)  # Python's own limit of 131,072 characters refuses long articles
    faults: list[str] = []

    def checked() -> Iterator[str]:
        for _, line, fault in lines:
            if fault:
                faults.append(fault)
            yield line

    lines = _lines(stream, "")
    _, first, fault = next(lines, (1, "", "it is empty"))
    if fault:
        raise InputError(fault)
    rows = csv.reader(chain([first], checked()), delimiter=max(",;\t", key=first.count), strict=True)
    header = next(rows)
    if {re.sub(r"[_\-\s]", "", field).lower() for field in header}.isdisjoint(TEXT):
        raise InputError(f"no text column: expected one of {', '.join(TEXT[:4])}, found {', '.join(header)[:200]}")
    empty = True
    for where, row in _rows(rows, name):
        if isinstance(row, Skipped):
            yield row
        elif faults:
            yield Skipped(where, faults[0])
            faults.clear()
        elif row and len(row) != len(header):
            yield Skipped(where, f"the row has {len(row)} fields, the header names {len(header)}")
        elif row:
            yield from read_record(dict(zip(header, row, strict=True)), where)
        empty = empty and not row
    if empty:
        raise InputError("it has a header and no rows")


def _rows(rows: CsvReader, name: str) -> Iterator[tuple[str, list[str] | Skipped]]:
    """The rows with where they begin; of a damaged one the reason."""
    while True:
        where = f"{name}:{rows.line_num + 1}"
        row: list[str] | Skipped
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            unclosed = "end of data" in str(error)
            hint = ": a quotation mark opened here is never closed, the rest is lost" if unclosed else ""
            row = Skipped(where, f"damaged CSV ({error}){hint}")
        yield where, row


def _lines(stream: BinaryIO, newline: str) -> Iterator[tuple[int, str, str]]:
    """The lines of a text stream as (number, line, fault): a line with a fault is not to be used as it stands.

    A line of more than ``LINE_CHARACTERS`` is never held in memory: it comes as an empty one.
    """
    buffered = io.BufferedReader(stream)  # type: ignore[type-var]  # it needs read and readinto, which every stream has
    head = buffered.peek(8192)[:8192]
    wide = head.startswith(_UTF16)
    if b"\0" in head and not wide:
        raise InputError(_BINARY)
    encoding, errors = ("utf-16", "strict") if wide else ("utf-8-sig", "surrogateescape")
    number = 0
    with io.TextIOWrapper(buffered, encoding, errors, newline) as text:
        while line := text.readline(LINE_CHARACTERS + 1):
            number += 1
            fault = ""
            if len(line) > LINE_CHARACTERS:
                while line and not line.endswith(("\n", "\r")):
                    line = text.readline(LINE_CHARACTERS)
                line, fault = "", f"the line is longer than {LINE_CHARACTERS:,} characters"
            elif "\0" in line:
                fault = "the line holds NUL characters, so it is no text"
            elif found := _ESCAPED.search(line):
                fault = f"byte 0x{ord(found[0]) - 0xDC00:02x} at character {found.start() + 1} is not UTF-8: {_CONVERT}"
            yield number, line, fault


def _object(value: object, where: str, label: str = "") -> Found:
    if isinstance(value, dict):
        yield from read_record(value, where, label)
    else:
        yield Skipped(where, f"{label}a JSON {type(value).__name__}, expected an object")


def _whole(stream: BinaryIO, limit: int, advice: str = "split it") -> bytes:
    """All of a stream (after decompression), which must neither be empty nor larger than ``limit`` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"it has more than {limit:,} bytes, the limit for its format: {advice}")
    if not data.strip():
        raise InputError("it is empty")
    return data


def _decoded(data: bytes, charset: str | None = None) -> str:
    try:
        if data.startswith(_UTF16):
            return data.decode("utf-16")
        if b"\0" in data:
            raise InputError(_BINARY)
        return data.decode(charset or "utf-8").removeprefix("\ufeff")
    except LookupError as error:
        raise InputError(f"its encoding {charset!r} is not known: save it as text in UTF-8") from error
    except UnicodeDecodeError as error:
        byte, name = data[error.start], error.encoding.upper()
        raise InputError(f"byte 0x{byte:02x} at offset {error.start} is not {name}: {_CONVERT}") from error


def _has_object(items: list[object]) -> bool:
    return any(isinstance(item, dict) for item in items)


def _host(url: str | None) -> str | None:
    host = urlsplit(url or "").hostname
    return host.removeprefix("www.") if host else None
