"""The only door from a claimed quote (str) to a verified one (Span): typography may differ, words may not.

Article and quote are both written in one plain typography, with the original offset of every character kept; a
quote holds where its plain form stands in the article's, whole words and whole numbers only. There is no
similarity and no threshold: fuzzy matching is what lets a dropped "not" through.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.datatypes import Article, Citation, Draft, Quote, Rejection, Span

# What typography may change. A dash or an ellipsis counts with the spaces around it; marks of no width count nothing.
_DASHES = "-‐‑‒–—―−﹘﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_PIECE = re.compile(
    rf"(?P<dash>\s*[{_DASHES}]+\s*)|(?P<dots>\s*(?:…|\.(?:\s?\.){{2}})\s*)|(?P<space>\s+)|(?P<nothing>[{_INVISIBLE}]+)|."
)
_PLAIN_PIECE = {"dash": "-", "dots": "…", "space": " ", "nothing": ""}
_PLAIN_CHARACTER = {
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´＇", "'"),
    # By name and not by NFKC, which would turn 10² into 102.
    **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
}
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")  # scripts without spaces: each letter
_MIN_WORDS = 2
_NUMBER_BEGINS = re.compile(r"(?:[$£€¥₹₽₴]|\d[.,]|(?:^|\s)[-−–])$")  # "75" in "2.75", "$75" or "-75", in the original
_NUMBER_GOES_ON = re.compile(r"[.,]\d|\s?[%‰°]")  # "2" in "2.75" or "2 %"


def cite(draft: Draft) -> tuple[str, tuple[Citation, ...], tuple[Rejection, ...]]:
    """The answer's text, its citations and the quotes that failed.

    A claim keeps its place when one of its quotes holds, followed by the numbers of those that do; a claim none of
    whose quotes holds is left out, and each failed quote comes back with its reason. Equal spans share a number.
    """
    lines: list[str] = []
    numbers: dict[tuple[str, int, int], Citation] = {}
    rejected: list[Rejection] = []
    for claim in draft.claims:
        marks: dict[str, None] = {}
        for quote in claim.quotes:
            found = verify(quote)
            if isinstance(found, Rejection):
                rejected.append(found)
                continue
            key = (found.article.id, found.start, found.end)
            citation = numbers.setdefault(key, Citation(len(numbers) + 1, found))
            marks[f"[{citation.number}]"] = None
        if marks:
            lines.append(f"{claim.text} {''.join(marks)}")
    return "\n\n".join(lines), tuple(numbers.values()), tuple(rejected)


def verify(quote: Quote) -> Span | Rejection:
    """Where the quote stands in its article, word for word, or why it does not hold.

    Of several places, the one nearest to the quote's passage. Time is linear in the article's length.
    """
    if len(_WORD.findall(quote.text)) < _MIN_WORDS:
        return Rejection(
            quote, f"The quote {quote.text!r} is too short to prove anything: fewer than {_MIN_WORDS} words."
        )
    passage = quote.passage.span
    places = list(_places(quote.text, passage.article))
    if not places:
        return Rejection(quote, f"These words do not stand in {passage.article.title!r} ({passage.article.id}).")
    return min(places, key=lambda place: max(passage.start - place.start, place.end - passage.end, 0))


def _places(quote: str, article: Article) -> Iterator[Span]:
    needle = _plain(quote.strip()).text.strip()
    plain = _plain_article(article)
    at = plain.text.find(needle)
    while needle and at >= 0:
        end = at + len(needle)
        start = plain.starts[at]
        cut_number = needle[0].isdigit() and _NUMBER_BEGINS.search(article.text[max(0, start - 2) : start])
        if _whole(plain.text, at, end) and not cut_number:
            yield _stripped(article, start, plain.ends[end - 1])
        at = plain.text.find(needle, at + 1)


def _stripped(article: Article, start: int, end: int) -> Span:
    found = article.text[start:end]
    return Span(article, start + len(found) - len(found.lstrip()), start + len(found.rstrip()))


def _whole(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` cuts no word, and no decimals or percentage off a number."""
    before, first, last, after = text[start - 1 : start], text[start], text[end - 1], text[end : end + 1]
    if (before.isalnum() and first.isalnum()) or (after.isalnum() and last.isalnum()):
        return False
    if after and unicodedata.combining(after):
        return False
    return not (last.isdigit() and _NUMBER_GOES_ON.match(text[end : end + 2]))


@dataclass(frozen=True, slots=True)
class _Plain:
    """Text in plain typography; character i comes from ``starts[i]:ends[i]`` of the original."""

    text: str
    starts: array[int]
    ends: array[int]


@lru_cache(maxsize=64)
def _plain_article(article: Article) -> _Plain:
    return _plain(article.text)


def _plain(text: str) -> _Plain:
    """Straight quotes, one hyphen for a dash, one space, letters and their accents apart."""
    characters: list[str] = []
    starts, ends = array("q"), array("q")
    for piece in _PIECE.finditer(text):
        if piece.lastgroup:
            plain = _PLAIN_PIECE[piece.lastgroup]
        else:
            plain = _PLAIN_CHARACTER.get(piece.group()) or unicodedata.normalize("NFD", piece.group())
        for character in plain:
            characters.append(character)
            starts.append(piece.start())
            ends.append(piece.end())
    return _Plain("".join(characters), starts, ends)
