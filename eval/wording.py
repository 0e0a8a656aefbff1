"""How the report writes texts, counts and days; every text is hostile and passes through ``escaped``."""

from __future__ import annotations

from datetime import date
from html import escape

from rag.text import day_words, printable

LINE = 140  # characters of a text that shares its line with others


def escaped(text: str, room: int | None = None) -> str:
    """Text on one line, as HTML shows it, cut with an ellipsis to ``room`` characters."""
    text = one_line(text)
    if room and len(text) > room:
        text = text[:room].rsplit(" ", 1)[0] + " …"
    return escape(text)


def one_line(text: str) -> str:
    """Text on one line that can be written and is obeyed by nothing, but not yet HTML."""
    return printable(" ".join(text.encode("utf-8", "replace").decode().split()))  # a lone surrogate cannot be written


def written_day(text: str) -> str:
    """The day of an ISO date or time in words; what is none is shown as it is.

    >>> written_day("2031-03-04T08:05:00+00:00"), written_day("in May")
    ('4 March 2031', 'in May')
    """
    try:
        return day_words(date.fromisoformat(text[:10]))
    except ValueError:
        return escaped(text, LINE)
