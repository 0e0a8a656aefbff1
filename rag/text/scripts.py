"""Scripts: which write words without spaces between them, and which characters are written on a letter."""

from __future__ import annotations

import re
import unicodedata

# As ranges for a pattern: Thai to Tibetan, Burmese, Khmer, kana, Chinese characters.
UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")


def is_unspaced(text: str) -> bool:
    """Whether any letter is of a script without spaces between words."""
    return _UNSPACED.search(text) is not None


def is_mark(character: str) -> bool:
    """Whether it is written on the letter before it: an accent, a vowel sign of Hindi or Thai."""
    return unicodedata.category(character)[0] == "M"


MARKS = "".join(filter(is_mark, map(chr, range(0x300, 0x11000))))  # for a pattern, since \w is none of them


def in_one_word(left: str, right: str) -> bool:
    """Whether two neighbouring characters are of one word. Where no spaces part words, every letter may begin one, but
    the digits of a number belong together.

    >>> in_one_word("a", "b"), in_one_word("未", "见"), in_one_word("三", "百"), in_one_word("a", " ")
    (True, False, True, False)
    """
    if is_mark(right):
        return True
    if not (right.isalnum() and (left.isalnum() or is_mark(left))):
        return False
    if is_unspaced(left + right):
        return all(unicodedata.numeric(character, None) is not None for character in (left, right))
    return True
