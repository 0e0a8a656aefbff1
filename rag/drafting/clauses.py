"""Clauses that a claim may leave out or give alone: one beside another, one of two things done or counted, and why or
after what something happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.drafting.claimed_words import Word
from rag.drafting.ways import Ways
from rag.drafting.word_classes import (
    APPOSED,
    BE_HAVE,
    BESIDE,
    CLAUSES,
    HANGS,
    MODAL,
    SPEAKS,
    TURNS,
    holds,
    is_bound,
    is_verb,
    text_of,
)
from rag.english import DENIAL, HEDGE, NEGATION

# Of these verbs another may be the object: "ordered the gate closed and sealed", "saw him come and go".
_HAVES = frozenset(
    "ordered wanted had has have saw watched heard asked urged kept got made let helped found left felt"
    " expected".split()
)
_REFERS = frozenset("he she it they him her them his hers its their theirs this these those such so there".split())
# "No dam broke and flooded the town" is no dam that did not break.
_NOT_BOTH = re.compile(
    r"\b(?:only|few|fewer|less|between|both|either|than|whether|that|who|which|total|combined)\b", re.IGNORECASE
)
_UNDOES = re.compile(  # what makes of the words before it no more than half the truth
    r"\b(?:overturn|revers|withdr|retract|cancel|revok|correct|annul|quash|reject|den(?:y|i)|drop|fail|refus|wrong|false|later"
    r"|only|never)\w*",
    re.IGNORECASE,
)


def clauses(found: Ways, text: str, framed: Sequence[int], whole: bool) -> None:
    """A clause beside another, with a subject of its own; one of two things done or counted; and why or after what
    something happened. ``framed`` are the words that say who says it: no clause reaches over them."""
    words = found.words
    for i in range(1, len(words) - 2):
        end = next((k for k in framed if k > i), len(words))
        start = next((k + 1 for k in reversed(framed) if k < i), 0)
        before, behind = words[start:i], words[i:end]
        if not before or len(behind) < 2 or i in framed:
            continue
        if words[i - 1].form == "," and words[i].form == "and":
            own = words[i + 1].capital or words[i + 1].form in APPOSED | {"he", "she", "it", "they", "i", "we"}
            alone = before[0].form not in BESIDE | CLAUSES and not {word.form for word in behind} & _REFERS
            if own and alone and not holds(text, before, *HANGS, SPEAKS):
                found.skip(start, i + 1)
            if own and not holds(text, behind, TURNS, HEDGE, SPEAKS, _UNDOES):
                found.skip(i - 1, end)
        if words[i].form == "and" and not holds(text, before, NEGATION, DENIAL, _NOT_BOTH):
            if words[i + 1].form == "that" and start:  # said that …, and that …
                found.skip(i - int(words[i - 1].form == ","), end)
                found.skip(start, i + 2)
            _second(found, text, (start, i, end))
        if words[i].form in ("after", "because") and not whole and i > 2 and not holds(text, behind, *HANGS, SPEAKS):
            found.skip(i, end)


def opens_clause(words: Sequence[Word], i: int) -> bool:
    """Whether the word at ``i`` opens a clause that a time at the end of the sentence could belong to."""
    form = words[i].form
    if form == "to":
        return i + 1 < len(words) and not words[i + 1].capital and words[i + 1].form not in APPOSED
    return form in CLAUSES and i > 0


def _second(found: Ways, text: str, place: tuple[int, int, int]) -> None:
    """One of two things that somebody did or that were counted: "closed the pass and accused its neighbour", "300
    soldiers and 12 pumps"."""
    start, i, end = place
    words = found.words
    following, behind = words[i + 1], words[i + 1 : end]
    verbs = [k for k in range(start, i) if is_verb(words[k]) or words[k].form in BE_HAVE | MODAL - {"to"}]
    comma = int(words[i - 1].form == ",")
    late = re.search(r",[^,]*\b(?:said|says|say|according)\b", text_of(text, behind))
    if not verbs or late or holds(text, behind, TURNS, _UNDOES):
        return
    if is_verb(following) or following.form in BE_HAVE | MODAL - {"to"}:
        if not any(word.form[0] == "#" for word in words[max(i - 3, 0) : i]) or comma or following.form in BE_HAVE:
            found.skip(i - comma, end)
        subject = words[start : verbs[0]]
        plain = all(word.form not in CLAUSES and not is_bound(words, k + start) for k, word in enumerate(subject))
        own = words[verbs[0]].form not in _HAVES and i + 2 < end  # “ordered it closed and sealed”
        if plain and subject and own and not holds(text, words[start:i], *HANGS, SPEAKS):
            found.skip(verbs[0], i + 1)
        return
    counts = [word for word in words[start:i] if word.is_number]
    gapped = following.capital and any(word.is_number for word in behind[1:5]) and not any(map(is_verb, behind))
    if counts and not words[i - 1].is_number and (following.is_number or gapped):
        found.skip(i - comma, end)
