"""What a generator's own words show as somebody's words: passages in quotation marks of any make, and quoted lines.

Nobody vouches for who wrote the prose. So unlike ``rag/text/quotations.py``, which reads articles, this takes too much
rather than too little for a quotation: what a mark opens and none closes goes on to the paragraph's end.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from rag.text import INVISIBLE, singly_quoted

_OPENS = frozenset([*"“„‟❝〝「『《⟪⹂🙶🙸«", "``", "<<", ",,"])
_CLOSES = frozenset([*"”❞〞〟」』》⟫🙷»", "''", ">>"])
_EITHER = '"＂″‶ʺ˝ˮ״〃'
_DOUBLE = re.compile("|".join(map(re.escape, sorted(_OPENS | _CLOSES | set(_EITHER)))))
_FREE, _POINTS = "([{—–:/-", ".,;:!?)]}"  # what may stand before an opening mark, and behind a closing one
_INCHES = re.compile(r"(?<!\d)\d{1,3}(?:\.\d+)?$")
_QUOTED_LINE = re.compile(r"\s*(?:[>＞]\s?)+")
_PARAGRAPH = re.compile(r"\n\s*\n")
_HIDDEN = re.compile(f"[{INVISIBLE}]")


def passages(prose: str) -> list[str]:
    """The words that ``prose`` shows as somebody's: its quoted lines, then the others in order.

    >>> passages("“We stay,” she said, but &ldquo;not long&rdquo;.\n> It is over.")
    ['It is over.', 'We stay,', 'not long']
    """
    found, rest = _quoted_lines(_readable(prose))
    for paragraph in _PARAGRAPH.split(rest):
        outside, last = "", 0
        for start, end in _in_double_marks(paragraph):
            found.append(paragraph[start:end])
            outside += paragraph[last:start]
            last = end
        outside += paragraph[last:]
        found += [outside[start:end] for start, end in singly_quoted(outside)]
    return [words for words in (" ".join(words.split()) for words in found) if re.search(r"\w", words)]


def _readable(prose: str) -> str:
    """``prose`` without HTML's entities and characters that nobody sees; escaped twice is escaped too."""
    for _ in range(3):
        prose = html.unescape(prose)
    return _HIDDEN.sub("", prose)


def _quoted_lines(text: str) -> tuple[list[str], str]:
    """Runs of lines that begin with ">", and the text without them; in Markdown a run goes on to an empty line."""
    runs: list[list[str]] = []
    rest: list[str] = []
    inside = False
    for line in text.splitlines():
        mark = _QUOTED_LINE.match(line)
        if mark and not inside:
            runs.append([])
        inside = bool(mark or (inside and line.strip()))
        (runs[-1] if inside else rest).append(line[mark.end() if mark else 0 :])
        if inside:
            rest.append("")
    return ["\n".join(run) for run in runs], "\n".join(rest)


def _in_double_marks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands in marks; what stands in marks inside belongs to it."""
    depth, start, last = 0, 0, 0
    for mark in _DOUBLE.finditer(text):
        opens = _opens(text, mark)
        if depth == 0:
            if opens is False and mark.group() in _EITHER and _INCHES.search(text[last : mark.start()][-8:]):
                continue
            if opens is False:  # closes what nothing opened
                yield last, mark.start()
            else:
                depth, start = 1, mark.end()
        elif opens is True:
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield start, mark.start()
        last = mark.end()
    if depth:
        yield start, len(text)


def _opens(text: str, mark: re.Match[str]) -> bool | None:
    """Whether a mark opens or closes: by its place, else by its form; None where both leave it open."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    can_open = (not before or before.isspace() or before in _FREE) and bool(after.strip()) and after not in _POINTS
    can_close = bool(before.strip()) and before not in "([{" and not after.isalnum()
    if can_open != can_close:
        return can_open
    if mark.group() in _OPENS or mark.group() in _CLOSES:
        return mark.group() in _OPENS
    return None
