"""One saved page of plain text, and the one or several articles on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.pages.furniture import footer_start
from index.pages.headlines import later_headlines, opens_with_headline
from index.pages.lines import Line, read_lines
from index.pages.shapes import DATE, TWO_SENTENCES

_TITLE_LENGTH = 120  # characters of a title that had to be made from a sentence


@dataclass(frozen=True, slots=True)
class Part:
    """One article of a page; ``text`` is a slice of the page, ``publisher`` what a source line names."""

    title: str
    text: str
    publisher: str | None


def split_page(text: str) -> list[Part]:
    """The articles of one page in page order; a page of white space gives none.

    A line of the page stands in a text or a title unless it is a source line or a trailing footer. A title that is a
    headline does not stand in the text again; one that was made from the first sentence does.

    >>> split_page("Source: The Gull\\nTide rises in Port Ellen\\nThe harbour was under water on Monday.")
    [Part(title='Tide rises in Port Ellen', text='The harbour was under water on Monday.', publisher='The Gull')]
    """
    lines = read_lines(text)
    if not lines:
        return []
    top = 0
    while top < len(lines) - 1 and (lines[top].source or DATE.fullmatch(lines[top].text)):
        top += 1
    named = any(line.source for line in lines[:top])
    heads = [top, *(top + at for at in later_headlines(lines[top:], named))]
    return _parts(text, lines, heads)


def _parts(page: str, lines: Sequence[Line], heads: Sequence[int]) -> list[Part]:
    publisher = next((line.source for line in reversed(lines[: heads[0]]) if line.source), None)
    ends = [*heads[1:], len(lines)]
    bodies = [_without_tail(lines, head, end) for head, end in zip(heads, ends, strict=True)]
    tails = [
        next((x.source for x in lines[body:end] if x.source), None) for body, end in zip(bodies, ends, strict=True)
    ]
    # A source line between two articles is of the lower one, unless none is on top and every article ends with one.
    closing = len(heads) > 1 and heads[0] == 0 and all(tails)
    if not closing:
        bodies[-1] = _footer_start(lines, heads[-1], ends[-1])
    parts = []
    for number, (head, body) in enumerate(zip(heads, bodies, strict=True)):
        above = lines[head - 1].source if number else None
        publisher = tails[number] if closing else above or publisher
        parts.append(_part(page, lines[head:body], publisher))
    dated = next((n for n in range(heads[0]) if not lines[n].source), None)
    if dated is not None:  # date lines above the first headline: the text begins with them, so that none is lost
        text = page[lines[dated].start : lines[bodies[0] - 1].end]
        parts[0] = replace(parts[0], text=text)
    return parts


def _part(page: str, lines: Sequence[Line], publisher: str | None) -> Part:
    """The article of these lines, the headline first where there is one."""
    headed = opens_with_headline(lines)
    if headed and len(lines) > 2 and lines[1].source:
        publisher = lines[1].source
        lines = (lines[0], *lines[2:])
    text = page[lines[1 if headed else 0].start : lines[-1].end]
    return Part(lines[0].text if headed else _made_title(lines[0].text), text, publisher)


def _made_title(line: str) -> str:
    """The first sentence of ``line`` where it is short, else its first words and an ellipsis."""
    end = TWO_SENTENCES.search(line[: _TITLE_LENGTH + 20])
    first = line[: end.end(1)] if end else line
    if len(first) <= _TITLE_LENGTH:
        return first
    words = first[:_TITLE_LENGTH].rpartition(" ")[0].rstrip(" ,;:–—-")
    return (words or first[: _TITLE_LENGTH - 1]) + "…"


def _without_tail(lines: Sequence[Line], head: int, end: int) -> int:
    """Where the article's text ends above the footers and source lines before the next headline."""
    end = _footer_start(lines, head, end)
    while end - 1 > head and lines[end - 1].source:
        while end - 1 > head and lines[end - 1].source:
            end -= 1
        end = _footer_start(lines, head, end)
    return end


def _footer_start(lines: Sequence[Line], head: int, end: int) -> int:
    """Where the article's text ends above its footer; its headline and first line of text are never in it."""
    return head + footer_start([line.text for line in lines[head:end]])
