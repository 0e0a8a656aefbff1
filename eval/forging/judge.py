"""Whether words happen to stand in an article: the judge of the self-test, which shares nothing with the verifier.

It compares words and numbers in their order, whatever their case, and nothing between them: so it is laxer than the
verifier, and a quote that it does not find is false beyond doubt.
"""

from __future__ import annotations

import re
import unicodedata

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[$£€¥%‰°]")
_ELLIPSIS = re.compile(r"…|\.(?:\s?\.)+")


class Standing:
    """The words of one article, to look quotes up in."""

    def __init__(self, text: str) -> None:
        self._row = _row(text)

    def count(self, words: str) -> int:
        """In how many places ``words`` stand in a row."""
        row, places, at = _row(words), 0, -1
        while len(row) > 1 and (at := self._row.find(row, at + 1)) >= 0:
            places += 1
        return places

    def stands(self, words: str) -> bool:
        """Whether ``words`` stand there; parted by an ellipsis, whether their parts do, in this order.

        >>> Standing("The tide, in “Norhaven”, rose.").stands("TIDE in Norhaven … rose")
        True
        """
        at = 0
        for part in filter(None, (_row(part)[1:] for part in _ELLIPSIS.split(words))):
            if (found := self._row.find(f"\x1f{part}", max(at - 1, 0))) < 0:
                return False
            at = found + 1 + len(part)
        return at > 0


def _row(text: str) -> str:
    """The words of a text, each with a mark on both sides."""
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join(f"\x1f{token}" for token in _TOKEN.findall(visible.casefold())) + "\x1f"
