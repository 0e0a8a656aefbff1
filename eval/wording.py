"""How the report writes texts, counts, days and addresses: its templates, and the filters that they use.

Every word of a question, an article or a model is hostile. Whatever a template writes is put on one line, stripped of
what a terminal or a browser would obey, and escaped; only ``Markup`` is written as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from rag.chat import link
from rag.records import Article
from rag.text import counted, day_words, printable, shortened

LINE = 140  # characters of a text that shares its line with others


def template(name: str) -> Template:
    """A file of eval/templates."""
    environment = Environment(
        loader=PackageLoader("eval"),
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else one_line(str(value)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"address": address, "counted": counted, "cut": cut, "day": written_day, "grouped": grouped}
    return environment.get_template(name)


def one_line(text: str) -> str:
    """Text on one line that can be written and is obeyed by nothing, but not yet HTML."""
    return printable(" ".join(text.encode("utf-8", "replace").decode().split()))  # a lone surrogate cannot be written


def cut(text: str | None, room: int = LINE) -> str:
    """Text on one line, cut with an ellipsis to ``room`` characters.

    >>> cut("The ferry sails", 12)
    'The ferry …'
    """
    return shortened(one_line(text or ""), room)


def grouped(number: float) -> str:
    """A whole number, its thousands apart."""
    return f"{number:,.0f}"


def written_day(text: str) -> str:
    """The day of an ISO date or time in words; what is none is shown as it is.

    >>> written_day("2031-03-04T08:05:00+00:00"), written_day("in May")
    ('4 March 2031', 'in May')
    """
    try:
        return day_words(date.fromisoformat(text[:10]))
    except ValueError:
        return cut(text)


def address(placed: Mapping[str, Any], cited: str = "") -> str | None:
    """The web address of the article in which something stands, if it has one, with ``cited`` marked there."""
    marked = link(Article(placed["document_id"], "", "", url=placed["url"]), cited)
    return marked if cited or marked is None else str(placed["url"])
