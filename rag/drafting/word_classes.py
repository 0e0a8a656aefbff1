"""Classes of words and marks by which a sentence is cut into what may be left out of it and what may not.

English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.drafting.claimed_words import Word
from rag.english import CONDITION, DENIAL, HEDGE, NEAR_HEDGE, NEGATION, SPEECH, WHETHER

MODAL = frozenset("will would can could may might must should shall to".split())
BE_HAVE = frozenset("is are was were am be been has have had do does did".split())
SAME_PAST = frozenset(
    "won led held said made found put cut sold told left lost met paid sent built bought brought caught taught kept"
    " spent stood heard hit set shut let read felt fought got had laid meant sat shot slept taught thought".split()
)
VERBS = SAME_PAST | frozenset(
    "rose fell came went took gave saw knew began ran broke wrote spoke grew threw flew drew ate became chose"
    " drove".split()
)
RELATIVE = frozenset("who which whose where".split())
APPOSED = frozenset("the a an his her its their one".split())  # what an apposition may begin with
# Behind these begins what stands beside the rest and does not belong to the words before.
BESIDE = frozenset("in on at by of for with to after over during from near under against that who as".split())
CLAUSES = frozenset(
    "and but that who which whose after before because while when since if as or until where than".split()
)
# What turns or limits the words beside it.
TURNS = re.compile(
    r"\b(?:but|however|although|though|except|only|instead|rather|once|when|while|as long as|so far|despite|in theory"
    r"|than|including|excluding|pretend\w*|unlike|barring|other than|apart from|under)\b",
    re.IGNORECASE,
)
HANGS = (NEGATION, DENIAL, HEDGE, NEAR_HEDGE, CONDITION, WHETHER, TURNS)
SPEAKS = re.compile(rf"\b(?:{SPEECH})\b", re.IGNORECASE)


def is_verb(word: Word) -> bool:
    return not word.capital and (word.form in VERBS or (word.form.endswith("ed") and len(word.form) > 4))


def is_past(form: str) -> bool:
    return form in SAME_PAST or (form.endswith("ed") and len(form) > 4)


def is_bound(words: Sequence[Word], i: int) -> bool:
    """Whether a mark ends what stands before it: no hyphen or apostrophe, no point of an abbreviation."""
    word = words[i]
    if not word.is_mark or word.form in "-'’‘$£€%/&":
        return False
    return word.form != "." or i + 1 == len(words) or (words[i + 1].capital and not words[i - 1].capital)


def text_of(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end]


def holds(text: str, words: Sequence[Word], *patterns: re.Pattern[str]) -> bool:
    """Whether one of ``patterns`` stands in the piece of ``text`` that ``words`` cover."""
    piece = text_of(text, words)
    return any(pattern.search(piece) for pattern in patterns)
