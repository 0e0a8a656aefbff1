"""Text in one plain typography, with the original offset of every character: what two ways to set the same words share.

Straight marks, one hyphen for a dash, one space, no ligatures, letters and their accents apart. Words, numbers, their
order, punctuation and the case of letters stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

from rag.records import Article

DASHES = "-‐‑‒–—―−﹘﹣－"
DOUBLE_MARKS = '"“”„‟«»″〝〞＂'
SINGLE_MARKS = "'‘’‚‛‹›′`´＇ʼ"
ELLIPSIS = r"(?:\.?\s{0,3}…|\.(?:\s{0,3}\.){2})(?:\s{0,3}[.…])*"  # with a full stop before it
# Control characters are of no width but for those that are white space.
INVISIBLE = (
    "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f"
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
# A dash or an ellipsis counts with the spaces around it. Marks in a row count as
# one, whatever their kind: “‘…’” is also set as ‘“…”’. After a digit a mark may be feet or inches.
_PIECE = re.compile(
    rf"(?P<run>[A-Za-z0-9,;:!?()&%$/]+(?: [A-Za-z0-9,;:!?()&%$/]+)*)"
    rf"|(?P<dash>\s*[{DASHES}]+\s*)|(?P<dots>\s*{ELLIPSIS}\s*)|(?P<space>\s+)|(?P<nothing>[{INVISIBLE}]+)"
    rf"|(?P<single>(?<=\d)[{SINGLE_MARKS}](?![{SINGLE_MARKS}]))|(?P<double>(?<=\d)(?:[{DOUBLE_MARKS}]|''|’’))"
    rf"|(?P<mark>[{SINGLE_MARKS}{DOUBLE_MARKS}]+)|."
)
_PLAIN_PIECE = {"dash": "-", "dots": "…", "space": " ", "nothing": ""}
_PLAIN_PIECE |= {"single": "'", "double": '"', "mark": "'"}
# By name and not by NFKC, which would turn 10² into 102.
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


@dataclass(frozen=True, slots=True)
class Plain:
    """Text in plain typography; character i comes from ``starts[i]:ends[i]`` of the original."""

    text: str
    starts: array[int]
    ends: array[int]


def plain(text: str) -> Plain:
    """``text`` in plain typography; time is linear in its length.

    >>> plain("“It’s over” – he  said").text
    "'It's over'-he said"
    """
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        if piece.lastgroup == "run":
            pieces.append(piece.group())
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            continue
        if piece.lastgroup:
            written = _PLAIN_PIECE[piece.lastgroup]
        else:
            written = _LIGATURES.get(piece.group()) or unicodedata.normalize("NFD", piece.group())
        pieces.append(written)
        for _ in written:
            starts.append(start)
            ends.append(end)
    return Plain("".join(pieces), starts, ends)


@lru_cache(maxsize=64)
def plain_article(article: Article) -> Plain:
    """``plain`` of an article's text."""
    return plain(article.text)
