"""Sentences of news prose as character offsets: line ends always part them, then sentencex, then rules of ours."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.records import Article, Span
from rag.text.abbreviations import TITLES

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# A piece that cannot end a sentence: a title, or a time of day that goes on ("5 p.m. Monday", "6 p.m. ET").
_TITLE_END = re.compile(rf"(?:^|[\s(“\"'‘])(?:{TITLES}|No|vs)\.\s*$")
_TIME_END = re.compile(r"\b[ap]\.m\.\s*$")
_TIME_GOES_ON = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,4}T?\b|GMT|UTC|local|Eastern|Pacific)"
)
_INITIAL_END = re.compile(r"(?:^|\s)[A-Z]\.\s*$")  # "Mark A." before a surname


def sentence_offsets(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence, in order, without the white space around it.

    Every character that is not white space lies in exactly one sentence, for any Unicode. A quotation of several
    sentences stays whole: to cut inside the marks would lose who is speaking.

    >>> text = "“Go,” he said.\\nDr. Roe left at 5 p.m. Monday."
    >>> [text[s:e] for s, e in sentence_offsets(text)]
    ['“Go,” he said.', 'Dr. Roe left at 5 p.m. Monday.']
    """
    return [offsets for line in _LINE.finditer(text) for offsets in _in_line(line.group(), line.start())]


@lru_cache(maxsize=64)
def sentences(article: Article) -> tuple[tuple[int, int], ...]:
    """``sentence_offsets`` of an article's text."""
    return tuple(sentence_offsets(article.text))


def around(span: Span, more: int = 0) -> Span:
    """The sentences that ``span`` touches, and so many more before and after them."""
    offsets = sentences(span.article)
    touched = [i for i, (start, end) in enumerate(offsets) if start < span.end and end > span.start]
    if not touched:  # a span of white space
        return span
    first, last = offsets[max(touched[0] - more, 0)], offsets[min(touched[-1] + more, len(offsets) - 1)]
    return Span(span.article, min(first[0], span.start), max(last[1], span.end))


def _in_line(line: str, base: int) -> list[tuple[int, int]]:
    from sentencex import segment

    offsets: list[tuple[int, int]] = []
    start = 0
    pieces = segment("en", line)
    if "".join(pieces) != line:  # the splitter promises to lose nothing; without that, offsets would drift
        pieces = [line]
    for i, piece in enumerate(pieces):
        end = start + len(piece)
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        if following is not None and _goes_on(line[offsets[-1][1] if offsets else 0 : end], following):
            pieces[i + 1] = piece + following
            continue
        offsets.append((start, end))
        start = end
    return [_stripped(line, s, e, base) for s, e in offsets if not line[s:e].isspace()]


def _goes_on(piece: str, following: str) -> bool:
    return bool(
        following[:1].islower()
        or _TITLE_END.search(piece)
        or (_INITIAL_END.search(piece) and following[:1].isupper() and " " in piece.strip())
        or (_TIME_END.search(piece) and _TIME_GOES_ON.match(following))
    )


def _stripped(line: str, start: int, end: int, base: int) -> tuple[int, int]:
    piece = line[start:end]
    left = len(piece) - len(piece.lstrip())
    return base + start + left, base + start + len(piece.rstrip())
