"""Bytes to characters, whole within a limit or line by line in bounded memory; what is no text is named."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from index.charsets import codec_of
from rag.errors import InputError

LINE_CHARACTERS = 10_000_000

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ESCAPED = re.compile("[\udc80-\udcff]")  # what the error handler surrogateescape makes of a byte that is not UTF-8
_BINARY = "it holds NUL bytes, so it is no text: save it as text in UTF-8"
_CONVERT = "convert the file, such as with: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEWFILE"


def whole(stream: BinaryIO, limit: int, advice: str = "split it") -> bytes:
    """All of a stream (after decompression), which must neither be empty nor larger than ``limit`` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"it has more than {limit:,} bytes, the limit for its format: {advice}")
    if not data.strip():
        raise InputError("it is empty")
    return data


def decoded(data: bytes, charset: str | None = None) -> str:
    """The characters of a text: by its byte order mark, as UTF-8, or in the ``charset`` that its server names."""
    if data.startswith(_UTF16):
        codec: str | None = "utf-16"
    elif b"\0" in data:
        raise InputError(_BINARY)
    else:
        codec = codec_of(charset or "utf-8")
    try:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig")
        if codec is None:
            raise InputError(f"its encoding {charset!r} is not known: save it as text in UTF-8")
        return data.decode(codec)
    except UnicodeDecodeError as error:
        where = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        raise InputError(f"{where} is not {str(codec).upper()}: {_CONVERT}") from error


def lines_of(stream: BinaryIO, newline: str) -> Iterator[tuple[int, str, str]]:
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
