"""The sentence in which words stand, and the quotation whose words they all are: how far a cut can be judged.

Unlike the sentences of ``rag/text``, those inside a quotation stand apart here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from rag.records import Article, Span
from rag.text import ABBREVIATIONS, quotations, sentences, singly_quoted

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z])")
_ABBREVIATION = re.compile(rf"\b(?:{ABBREVIATIONS})\.$")
_WRAPPED_AT_MOST = 2_000  # characters of a sentence in lines
_WRAPPED = re.compile(r"[\w,][^\S\n]*\r?\n[^\S\n]*\w")  # a line that breaks off amid a sentence
_LINE = re.compile(r"[^\n\r]+")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def sentence_of(span: Span) -> tuple[int, int]:
    """Start of the sentence that holds the span's first word, and end of the one that holds its last; the sentences of
    one quotation are sentences of their own."""
    article = span.article
    first, last = _ends(article.text, span.start, span.end)
    found = _sentences(article)
    places = [max(0, bisect_right(found, (at, len(article.text))) - 1) for at in (first, last - 1)]
    return found[places[0]][0], found[places[1]][1]


def own_words(span: Span) -> int:
    """How many words the span has if they are all those of one pair of quotation marks: the article itself cut them off
    like this; 0 if they are not."""
    return _passages(span.article).get(_ends(span.article.text, span.start, span.end), 0)


@lru_cache(maxsize=64)
def _passages(article: Article) -> dict[tuple[int, int], int]:
    text = article.text
    doubly = quotations(text)
    found = list(doubly)
    starts = [start for start, _ in doubly]
    for line in _LINE.finditer(text):
        for start, end in singly_quoted(line.group()):
            start, end = start + line.start(), end + line.start()
            outer = bisect_right(starts, start) - 1
            if outer < 0 or doubly[outer][1] <= start:  # within double marks they quote what somebody else quotes
                found.append((start, end))
    return {_ends(text, *pair): len(_WORD.findall(text, *pair)) for pair in found}


def _ends(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the first word starts and the last one ends."""
    words = text[start:end]
    first = next((i for i, character in enumerate(words) if character.isalnum()), 0)
    last = next((i for i, character in enumerate(reversed(words)) if character.isalnum()), 0)
    return start + first, end - last


@lru_cache(maxsize=64)
def _sentences(article: Article) -> list[tuple[int, int]]:
    """The article's sentences, those inside a quotation apart."""
    text = article.text
    found: list[tuple[int, int]] = []
    for start, end in sentences(article):
        if found and text[start].islower() and start - found[-1][0] < _WRAPPED_AT_MOST:
            start = found.pop()[0] if _WRAPPED.fullmatch(text, found[-1][1] - 1, start + 1) else start
        for match in _SENTENCE_END.finditer(text, start, end):
            if not _ABBREVIATION.search(text, max(start, match.start() - 8), match.start() + 1):
                found.append((start, match.end()))
                start = match.end()
        found.append((start, end))
    return found or [(0, len(text))]
