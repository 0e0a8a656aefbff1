"""A question with what its pronouns and short phrases stand for put in their place. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.reading.asking import AUXILIARIES, HIM, POSSESSIVE, PREPOSITIONS, Word, is_speech, is_verb, words_of
from rag.reading.phrases import phrases
from rag.reading.pointing import SAYS, kind_of
from rag.reading.question import understand
from rag.reading.referents import event_meant, fuller, group_meant, person_meant, place_meant, thing_meant
from rag.reading.subject import is_open, matter_of, with_matter
from rag.reading.turn import Turn, owned, things_of

_ACTS = frozenset(
    "publish published decide decided promise promised plan planned want wanted know known reach reached make"
    " made".split()
)
_HAPPENS = frozenset("start started begin began begun end ended last happen happened stop stopped".split())


def filled_in(body: str, turns: Sequence[Turn], whole: bool = True) -> str | None:
    """``body`` with what its pronouns and definite phrases refer to; None where it refers to nothing. With ``whole``
    it is a question, which is given the subject of the turns before where it still leans on them."""
    found = words_of(body)
    put: list[tuple[int, int, str]] = []
    leans = False
    spoken_for: set[str] = set()
    for i, word in enumerate(found):
        kind = kind_of(body, found, i)
        if kind is None or (kind == "person" and word.plain[:2] in spoken_for):
            continue
        start, end, name = _referent(body, found, i, kind, turns)
        if name:
            put.append((start, end, name))
            spoken_for.add(word.plain[:2] if kind == "person" else "")
        else:
            leans = True
    referred = bool(put) or leans
    put += [change for change in _definite(body, turns) if not any(s < change[1] and change[0] < e for s, e, _ in put)]
    made = body
    for start, end, name in sorted(put, reverse=True):
        made = f"{made[:start]}{name}{made[end:]}"
    if whole and (leans or is_open(made)):
        return with_matter(made, turns)
    if whole and referred and not understand(made).names and re.search(r"[A-Z]", matter_of(turns, besides=made)):
        return with_matter(made, turns)
    return made if put else None


def _referent(body: str, found: Sequence[Word], i: int, kind: str, turns: Sequence[Turn]) -> tuple[int, int, str]:
    """The characters of ``body`` to replace and the words for them; no words where the turns do not settle it."""
    word = found[i]
    start, end = word.start, word.end
    follows = found[i + 1].plain if i + 1 < len(found) else ""
    owns = word.plain in POSSESSIVE and bool(follows) and follows not in PREPOSITIONS | AUXILIARIES
    if kind == "person":
        name = person_meant("he" if word.plain in HIM else "she", turns)
        return start, end, owned(name) if owns else name
    if kind == "phrase":
        phrase = next(one for one in phrases(body) if one.start == word.start)
        return phrase.start, phrase.end, fuller(phrase.head, phrase.text.split()[1:], turns)
    if kind == "place":
        return start, end, place_meant(turns)
    if kind in ("thing", "matter") and i and found[i - 1].plain in SAYS:
        matter = matter_of(turns, people_too=False)
        held = any(one.after == "about" for one in phrases(body))
        return start, end, f"{word.text} about {matter}" if matter and not held else ""
    if kind == "thing" and not follows and i and found[i - 1].plain in ("do", "did", "does", "done"):
        return start, end, ""
    counts = found[0].plain in ("how", "what") and not follows and found[i - 1].plain in ("is", "are", "was", "were")
    if kind == "matter" and (counts or follows in ("more", "less", "higher", "lower", "fewer")):
        return start, end, ""
    if kind == "thing" and follows in ("take", "took") and i and (event := event_meant(turns[-1])):
        return start, found[i + 1].end, f"it {follows} {event}"
    verb = next((one.plain for one in found[i + 1 :] if is_verb(one) or is_speech(one.plain)), "")
    subject = not i or found[i - 1].plain in AUXILIARIES
    if kind == "thing" and subject and verb in _HAPPENS and len(things_of(turns[-1])) > 1:
        return start, end, ""
    acting = subject and (verb in _ACTS or is_speech(verb))
    thing = group_meant(turns) if kind == "group" else thing_meant(turns, acting, subject and kind == "thing")
    return start, end, owned(thing) if owns else thing


def _definite(body: str, turns: Sequence[Turn]) -> Iterator[tuple[int, int, str]]:
    """Short phrases with "the" that an earlier turn has in full: "the minister", "the bridge"."""
    for phrase in phrases(body):
        first, *rest = phrase.text.split()
        short = phrase.whole and first == "the" and 0 < len(rest) < 3 and not phrase.named
        if short and (full := fuller(phrase.head, rest, turns)):
            yield phrase.start, phrase.end, full
