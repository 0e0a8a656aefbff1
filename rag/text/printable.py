"""Hostile text in a terminal and on the page: shown, never obeyed."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


_PAIRS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Text that a terminal shows and does not obey: control characters and direction overrides become U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def displayable(text: str) -> str:
    """The same for a page, which can hold the direction of a part: marks that begin and end one within ``text`` stay.

    Right-to-left news is written with them; overrides, which reverse what is read, are never kept.
    """
    opened: list[int] = []
    kept: set[int] = set()
    for found in _DIRECTION.finditer(text):
        if found[0] in _PAIRS:
            opened.append(found.start())
        elif opened and _PAIRS[text[opened[-1]]] == found[0]:
            kept |= {opened.pop(), found.start()}
    return _CONTROL.sub(lambda found: found[0] if found.start() in kept else "\ufffd", text)
