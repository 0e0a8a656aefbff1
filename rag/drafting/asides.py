"""Asides that a claim may leave out: what stands between commas, dashes or brackets and says only more of what stands
before it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.drafting.claimed_words import Word
from rag.drafting.ways import Ways
from rag.drafting.word_classes import (
    APPOSED,
    BE_HAVE,
    CLAUSES,
    HANGS,
    MODAL,
    RELATIVE,
    SPEAKS,
    VERBS,
    holds,
    is_bound,
    is_verb,
)


def asides(found: Ways, text: str) -> None:
    """What stands between commas, dashes or brackets and says only more of what stands before it."""
    words = found.words
    marks = [i for i in range(len(words)) if is_bound(words, i)] + [len(words)]
    for at, i in enumerate(marks[:-1]):
        mark, end = words[i].form, marks[at + 1]
        closing = words[end].form if end < len(words) else "."
        inner = words[i + 1 : end]
        compared = [w.form for w in inner[1:3]] in (["more", "than"], ["fewer", "than"])
        if mark == "," and closing == "." and compared and inner[0].is_number:  # 340 ships, 25 more than in April
            found.skip(i, end)
        if not inner or holds(text, inner, *HANGS):
            continue
        if mark == "(" and closing == ")":
            found.skip(i, end + 1)
        elif mark in (",", "—", "–", "--") and closing in (mark, ".", ",") and _is_aside(words[i - 1], inner, closing):
            after = words[end + 1].form if end + 1 < len(words) else ""
            if after not in ("and", "or", "nor") and after not in RELATIVE:
                found.skip(i, end)


def office_first(found: Ways) -> None:
    """ "The owner, Lowmarsh Foods, has …": what is named may stand alone."""
    words = found.words
    commas = [i for i, word in enumerate(words[:16]) if word.form == ","][:2]
    if (
        len(commas) == 2
        and 1 < commas[1] - commas[0] < 6
        and all(word.capital for word in words[commas[0] + 1 : commas[1]])
    ):
        before = words[: commas[0]]
        plain = (
            before and before[0].form in APPOSED and not any(word.form in CLAUSES or is_verb(word) for word in before)
        )
        if plain and len(before) < 7:
            found.skip(0, commas[0] + 1)


def _is_aside(before: Word, inner: Sequence[Word], closing: str) -> bool:
    first = inner[0]
    forms = {word.form for word in inner}
    if first.form in RELATIVE:
        return len(inner) > 2
    if first.form.endswith("ing") and closing == ".":
        return not SPEAKS.search(" ".join(forms))
    named = first.capital and not before.capital and not before.is_mark  # the officer, Gwendolen Marle,
    opens = first.form in APPOSED or named or first.form[0] == "#"
    if not opens or len(inner) > 10 or forms & (BE_HAVE | MODAL - {"to"} | VERBS | {"or"}):
        return False
    if "and" in forms and first.form not in ("a", "an"):
        return False
    return not any(form.endswith("ed") or SPEAKS.fullmatch(form) for form in forms)
