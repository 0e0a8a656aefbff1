"""Whether a claim's words follow from an article's: the same words in the same order, where what is left out and what
stands in other words can turn nothing round. English only.

No likeness of meaning is measured: opposites are near to each other in every such measure. What may be left out are
asides and, where nothing in the claim depends on it, a day or a clause beside it. Rather too little follows than too
much.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.drafting.asides import asides, office_first
from rag.drafting.claimed_words import Word
from rag.drafting.clauses import clauses, opens_clause
from rag.drafting.standins import other_names, other_words
from rag.drafting.times import days, names_day, times
from rag.drafting.ways import Ways
from rag.drafting.word_classes import MODAL, SPEAKS, is_past
from rag.english import CONDITION
from rag.records import Span

_OPENERS = frozenset("but and meanwhile however also moreover".split())
# What the rest of a clause must stand beside whole: "the first strike in 19 years" is not the first strike.
_WHOLE = frozenset(
    "all every each any only most least first last no never always than fewer less few both exactly everyone everybody"
    " nobody none either neither record more best worst not nor without highest lowest largest biggest oldest".split()
)
_DATELINE = re.compile(r"[A-Z][A-Z .,’'-]+(?:,? [A-Z][a-z]+\.? \d+)?(?: ?\([\w .]+\))? ?[—–-]+ ")


def ways(
    part: Span,
    words: Sequence[Word],
    claim: Sequence[str],
    framed: Sequence[tuple[int, int]],
    *,
    shifted: bool,
    pronouns: Mapping[str, str] | None,
) -> Ways:
    """What may be left out of ``part`` and stand for its words, for this claim.

    ``framed`` are the places in ``part`` that say who says it, where the claim says that too. ``shifted``: the claim
    reports what somebody said in the past. ``pronouns``: where the speaker's own words are reported, which pronoun
    stands for him or her.
    """
    found = Ways(words)
    text = part.text
    whole = bool(_WHOLE & set(claim)) or any(form.endswith("est") for form in claim)
    counted = any(form[0] == "#" for form in claim)
    _little_words(found, text)
    asides(found, text)
    office_first(found)
    for start, end in framed:
        _skip_text(found, start, end)
    other_words(found, shifted, pronouns)
    other_names(found, part)
    days(found, part)
    if not whole:
        for start, end in times(words):
            if not counted or names_day(words[start:end]):
                found.skip(start, end)
    if not CONDITION.search(text):
        ends = [i for i, word in enumerate(words) if any(start <= word.start < end for start, end in framed)]
        clauses(found, text, ends, whole or bool(set(claim) & (MODAL | {"is", "are"})))
    return found


def moved(claim: Sequence[Word], words: Sequence[Word]) -> list[list[str]]:
    """The claim's words, also with a time at its beginning put at its end and the other way round, where there is
    only one clause that it can belong to."""
    forms = [word.form for word in claim if not word.is_mark]
    found = [forms]
    theirs = list(times(words))
    if len(theirs) != 1 or any(opens_clause(words, i) for i in range(len(words))):
        return found
    bare = [word for word in claim if not word.is_mark]
    ours = list(times(bare))
    if len(ours) == 1:
        start, end = ours[0]
        if start == 0:
            found.append(forms[end:] + forms[:end])
        elif end == len(forms):
            found.append(forms[start:] + forms[:start])
    return found


def _little_words(found: Ways, text: str) -> None:
    """Marks, articles and other words that say nothing alone, and the place that a report begins with."""
    words = found.words
    first = True
    for i, word in enumerate(words):
        following = words[i + 1].form if i + 1 < len(words) else ""
        if word.is_mark:
            found.skip(i, i + 1)
            continue
        if (first and word.form in _OPENERS) or word.form == "also":
            found.skip(i, i + 1)
        if word.form in ("a", "an", "the") and following not in ("few", "little"):
            found.skip(i, i + 1)
        before = words[i - 1].form if i else ""
        if word.form in ("has", "have", "had") and before not in MODAL and is_past(following):
            found.skip(i, i + 1)
        if word.form == "of" and before == "half" and following == "the":
            found.skip(i, i + 1)
        if word.form == "that" and SPEAKS.fullmatch(before):
            found.skip(i, i + 1)
        first = False
    if line := _DATELINE.match(text):
        _skip_text(found, 0, line.end())


def _skip_text(found: Ways, start: int, end: int) -> None:
    inside = [i for i, word in enumerate(found.words) if start <= word.start < end]
    if inside:
        found.skip(inside[0], inside[-1] + 1)
