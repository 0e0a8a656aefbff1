"""What the words that point back stand for in the turns before: one person, thing, group, place or event, or "" where
they leave it open: rather nothing than the wrong one. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.english import OFFICES, same_person
from rag.reading.asking import AUXILIARIES, PLACING
from rag.reading.mentioned import holders
from rag.reading.phrases import has_parts, phrases
from rag.reading.turn import Turn, retold, things_of


def person_meant(pronoun: str, turns: Sequence[Turn]) -> str:
    """The one person who may be meant: whom the last question names, else whom its answer quotes, or names where it was
    asked who; else the same of the turn before, else whom an answer names. "" where several fit."""
    for at in range(len(turns) - 1, -1, -1):
        turn = turns[at]
        for group in turn.in_focus:
            fit = [one for one in group if one.pronoun in ("", pronoun)]
            if not fit:
                continue
            rivals = [one.name for one in fit]
            if not fit[0].pronoun:  # as likely as whoever else was asked about, less than a speaker who surely fits
                rivals += [one.name for one in (*turn.asked, *turn.in_focus[1]) if one.pronoun == pronoun]
                rivals += [one.name for before in turns[:at] for one in before.asked if one.pronoun in ("", pronoun)]
            return fit[0].name if all(same_person(fit[0].name, name) for name in rivals) else ""
    named = [one.name for turn in turns for one in turn.answering if one.pronoun in ("", pronoun)]
    return named[0] if named and all(same_person(named[0], name) for name in named) else ""


def thing_meant(turns: Sequence[Turn], acting: bool, subject: bool = True) -> str:
    """What "it" means: of an act, whoever acts; else what was spoken about, or a thing rather than the state or firm
    that acts on it. As an object "it" may mean all that was asked: "" where the question names several things."""
    for turn in reversed(turns):
        single = [one for one in things_of(turn) if " and " not in one.text or one.text.startswith("the ")]
        found = [one for one in single if one.named or not (one.plural or one.head.casefold() in OFFICES)]
        matters = [one for one in found if one.after in ("about", "over", "against")]
        bare = [one for one in found if " " not in one.text and one.named]
        rest = [one for one in found if one not in bare]
        if matters and not acting:
            return retold(turn, matters[0])
        several = [one for one in things_of(turn) if not one.plural or one.named or one.after in AUXILIARIES | {"many"}]
        if found and not subject and len(several) > 1:
            return ""
        if found:
            return retold(turn, found[0] if acting or found[0] not in bare or not rest else rest[0])
        if things_of(turn):
            return ""
    return ""


def group_meant(turns: Sequence[Turn]) -> str:
    """Whom or what "they" means: several people or things, else whoever acts."""
    for turn in reversed(turns):
        found = phrases(turn.question)
        plural = [one for one in found if one.plural and one.whole and not one.time and not one.named]
        acting = [one for one in found if one.whole and one.after in AUXILIARIES and one in things_of(turn)]
        if fit := [one for one in plural if not one.general] or acting or plural:
            return retold(turn, fit[0])
    return ""


def place_meant(turns: Sequence[Turn]) -> str:
    """Where "there" is, with its preposition: what stands behind "in" or "at", else the thing spoken of."""
    for turn in reversed(turns):
        parts = phrases(turn.question)
        found = [one for one in parts if one.named and not one.time and not has_parts(parts, one)]
        if placed := [one for one in found if one.after in PLACING | {"inside"}]:
            at = placed[-1].after if placed[-1].after in ("at", "on", "near", "inside") else "in"
            return f"{at} {retold(turn, placed[-1])}"
        if named := [one for one in found if one.text.startswith("the ") and one.head[0].isupper()]:
            return f"at {named[-1].text}"
        if found or things_of(turn):
            return ""
    return ""


def event_meant(last: Turn) -> str:
    """ "Franky Zapata to cross the Channel", of a question that asks how he did."""
    match = re.match(r"(?:\w+ ){1,3}?(?:did|does|do|will) (?P<rest>.+?)[?!. ]*$", last.question)
    subject = next((one for one in phrases(last.question) if one.whole and one.after in AUXILIARIES), None)
    if not match or subject is None or subject.start != match.start("rest"):
        return ""
    return f"{subject.text} to {last.question[subject.end : match.end('rest')].strip()}"


def fuller(head: str, words: Sequence[str], turns: Sequence[Turn]) -> str:
    """The longer phrase that an earlier question has for a shorter one with the same last word, or the one person whom
    the turns give this office."""
    wanted = {word.casefold() for word in words}
    for turn in reversed(turns):
        for one in phrases(turn.question):
            held = {word.casefold() for word in one.text.split()}
            if one.head.casefold() == head.casefold() and wanted <= held and len(one.text.split()) > len(words) + 1:
                return retold(turn, one)
    for turn in reversed(turns):
        if found := holders(head, f"{turn.question}\n{turn.answer}"):
            return found.pop() if len(found) == 1 and len(words) == 1 else ""
    return ""
