"""Where the news of an article begins: below date lines, advertisements and offers of newsletters."""

from __future__ import annotations

import re

_DATELINE = re.compile(r".{0,60}\s[-–—]{1,2}")  # "London CNN —", alone on its line
_OFFER = re.compile(
    r"\b(?:sign[- ]?up (?:for|to|here)|subscribe (?:to|here|now)|(?:our|this|free) newsletter|your inbox|"
    r"video (?:player was|content never)|relevant is this ad|technical issues\?|editor[’']s note:|download (?:the|our)|"
    r"follow us|hit play|podcasts?:|click here|view our graphics|independently chosen by|first appeared (?:in|on)|"
    r"details you have shared|would you like to receive|need a (?:news )?break\?|read more:?$)",
    re.IGNORECASE,
)


def opening(text: str) -> int:
    """The offset of the first line that is neither a bare date line nor an offer; 0 where every line is.

    >>> text = "London CNN —\\nSign up for our newsletter.\\nThe tide rose."
    >>> text[opening(text):]
    'The tide rose.'
    """
    start = 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        if plain and not _DATELINE.fullmatch(plain) and not _OFFER.search(plain):
            return start
        start += len(line)
    return 0
