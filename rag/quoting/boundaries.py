"""Whether words found in an article are whole: no part of a word, a number or a hyphenated word cut off."""

from __future__ import annotations

import re

from rag.text import NUMBER_WORDS, SINGLE_MARKS, Plain, in_one_word, is_mark

_JOINING = re.compile(rf"[-‐‑{SINGLE_MARKS}]")  # "co-operative", "can’t"; a dash parts words
_DASH = re.compile(r"\s?[-‐‑–−]\s?")
_COUNT = "hundred|thousand|million|billion|trillion|dozen|bn|mn|tn"
_NUMBER = rf"(?:\d|\b(?:{'|'.join(word for word in NUMBER_WORDS if word != 'zero')}|half|several|few|{_COUNT}))"
_PERCENT = r"per ?cent(?:age)?"
_GROUP = "\u00a0\u2009\u202f"  # spaces that do not break group the digits of a number
# A number goes back beyond "75" in "2.75", "$75", "-75", "60-75", "12:75", beyond "million" in "2 million" and beyond
# "fifty" in "hundred and fifty"; and goes on behind "2" in "2.75", "2 %", "2-3", "2 million".
_DIGIT_GOES_BACK = re.compile(rf"(?:[$£€¥₹₽₴]\s?|\d[.,:/]|(?:^|\s)[-−–]|\d\s?[-−–]\s?|\d[{_GROUP}])$")
_DIGIT_GOES_ON = re.compile(rf"[.,:/]\d|\s?[%‰°]|\s?[-−–]\s?\d|[{_GROUP}]\d{{3}}")
_COUNT_BEGINS = re.compile(rf"(?:{_COUNT}|{_PERCENT})\b", re.IGNORECASE)
_COUNT_GOES_BACK = re.compile(rf"{_NUMBER}\s$", re.IGNORECASE)
_REST_BEGINS = re.compile(rf"{_NUMBER}", re.IGNORECASE)
_REST_GOES_BACK = re.compile(rf"\b(?:{_COUNT})(?: and)?[^\S\r\n]$", re.IGNORECASE)
_NUMBER_ENDS = re.compile(rf"{_NUMBER}$", re.IGNORECASE)
_COUNT_GOES_ON = re.compile(rf"\s(?:{_COUNT}|{_PERCENT})\b", re.IGNORECASE)
_REACH = 24  # characters beside the words that may belong to a number


def is_whole(plain: Plain, start: int, end: int, original: str) -> bool:
    """Whether ``plain.text[start:end]`` cuts no word and no number; ``original`` is what ``plain`` was made of."""
    text = plain.text
    if is_mark(text[start]):
        return False
    if _joined(plain, start, original) or _joined(plain, end, original):
        return False
    before = original[max(0, plain.starts[start] - _REACH) : plain.starts[start]]
    after = original[plain.ends[end - 1] : plain.ends[end - 1] + _REACH]
    return not (_number_before(before, text[start : start + _REACH]) or _number_after(text[start:end], after))


def _joined(plain: Plain, at: int, original: str) -> bool:
    """Whether the characters on both sides of place ``at`` are of one word."""
    text = plain.text
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if in_one_word(left, right):
        return True
    for joint in (at - 1, at):  # a hyphen or apostrophe, as the last character of one side or the first of the other
        sides = text[joint - 1 : joint] + text[joint + 1 : joint + 2]
        if len(sides) == 2 and sides.isalnum():
            written = original[plain.starts[joint] : plain.ends[joint]]
            if _JOINING.fullmatch(written) or (_DASH.fullmatch(written) and sides.isdigit()):
                return True
    return False


def _number_before(before: str, words: str) -> bool:
    if words[0].isdigit() and _DIGIT_GOES_BACK.search(before):
        return True
    if _COUNT_BEGINS.match(words) and _COUNT_GOES_BACK.search(before):
        return True
    return bool(_REST_BEGINS.match(words) and _REST_GOES_BACK.search(before))


def _number_after(words: str, after: str) -> bool:
    if words[-1].isdigit() and _DIGIT_GOES_ON.match(after):
        return True
    if after[:1].isdigit() and re.search(r"\d[.,]$", words):  # "4." of "4.3"
        return True
    return bool(_COUNT_GOES_ON.match(after) and _NUMBER_ENDS.search(words[-_REACH:]))
