"""Where a text has words in quotation marks: “curly”, "straight", „low“ and «angled», within one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MARK = re.compile(r"[“”„‟«»″〝〞＂\"]|``|''")
_OPENS, _CLOSES = set("“„«〝"), set("”»〞")
_BEFORE_OPENING = frozenset("([{‘'—–-:/")
_OPENING_SINGLE = re.compile(r"(?<![^\s(\[{—–:/\"“-])[‘‚‛❛‹'＇`´′ʹʻʼʽ](?=[\w(\[$£€¥…])")
_CLOSING_SINGLE = re.compile(r"(?<=[^\s])[’❜›'＇`´′ʹʼ‘](?!\w)")
# Words that begin with an apostrophe, and years.
_ELISION = re.compile(r".(?:n['’]|(?:em|til|tis|twas|cause|bout|round|cos|\d\ds?)\b)", re.IGNORECASE)
_PLURAL = re.compile(r"s.\s\w")  # the workers’ rights


def quotations(text: str) -> list[tuple[int, int]]:
    """Start and end of the words inside each pair of quotation marks, in order, without the marks and white space.

    Words that a line leaves open, as a quotation of several paragraphs does, reach to the line's end. Single marks
    do not count: see ``singly_quoted``.

    >>> text = 'She said "we stay" and left.'
    >>> [text[start:end] for start, end in quotations(text)]
    ['we stay']
    """
    return [found for line in _LINE.finditer(text) for found in _in_line(line.group(), line.start())]


def singly_quoted(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the words inside single marks, in order; what nothing closes reaches to the end of ``text``.

    A mark counts where a quotation can open and close, so that an apostrophe is none, at the beginning of a word (’em,
    ’90s), in it or behind it (the workers’ rights).

    >>> text = "‘The workers’ gate isn’t shut,’ they said in the '90s."
    >>> [text[start:end] for start, end in singly_quoted(text)]
    ['The workers’ gate isn’t shut,']
    """
    at = 0
    while opening := _OPENING_SINGLE.search(text, at):
        at = opening.end()
        if _ELISION.match(text, opening.start()):
            continue
        following = _OPENING_SINGLE.search(text, at)
        closing = list(_CLOSING_SINGLE.finditer(text, at, following.start() if following else len(text)))
        certain = [mark for mark in closing if not _PLURAL.match(text, mark.start() - 1)]
        end = next(iter(certain or closing[-1:]), None)
        yield at, end.start() if end else len(text)
        at = end.end() if end else len(text)


def _in_line(line: str, base: int) -> Iterator[tuple[int, int]]:
    opened: int | None = None
    for mark in _MARK.finditer(line):
        opens = _opens(line, mark)
        if opened is None:
            inches = mark.group() in "″\"''" and line[mark.start() - 1 : mark.start()].isdecimal()
            if opens is not False and not inches:
                opened = mark.end()
        elif opens is True:  # the words before were never closed; a mark that could be either closes
            opened = mark.end()
        else:
            yield from _stripped(line, opened, mark.start(), base)
            opened = None
    if opened is not None:
        yield from _stripped(line, opened, len(line), base)


def _opens(line: str, mark: re.Match[str]) -> bool | None:
    """Whether a mark opens (True) or closes (False); None where its form and place leave it open."""
    if mark.group() in _OPENS or mark.group() in _CLOSES:
        return mark.group() in _OPENS
    if mark.group() in ("``", "''"):
        return mark.group() == "``"
    before, after = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
    free = not before or before.isspace() or before in _BEFORE_OPENING
    if free and after and not after.isspace():
        return True
    return None if free == (not after or after.isspace()) else False


def _stripped(line: str, start: int, end: int, base: int) -> Iterator[tuple[int, int]]:
    words = line[start:end]
    left = len(words) - len(words.lstrip())
    if words.strip():
        yield base + start + left, base + start + len(words.rstrip())
