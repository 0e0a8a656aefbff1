"""Hostile text in a terminal: shown, never obeyed."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Text that a terminal shows and does not obey: control characters and direction overrides become U+FFFD."""
    return _CONTROL.sub("\ufffd", text)
