"""Where publishers disagree: sentences of two articles that say the same but for one number, day, place or speaker.

Rather miss a disagreement than find one that is none: that would accuse a newspaper. No side is taken, and no word of
either article is changed. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer import Disagreement
from rag.english import Day
from rag.quoting import unestablished
from rag.reading.compared import SAME, Conflict, Pair, Rarity, agree, nearness
from rag.reading.stated import NAMES, Mark, Statement, statements
from rag.reading.versions import same_story
from rag.records import Article, Span, Voices

_FEWEST = 3  # content terms that two sentences about one thing share
_FEWEST_LOOSE = 5
_LIKE = 0.4  # how like they are, with all that is asked of a loose pair
_ATTACHED = 0.4  # how like the surroundings of a particular are that stands again in another sentence
_CLOSER = 0.05
_APART = 14  # days between two articles that may report one occasion
_PROSE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_PRONOUN = re.compile(r"[“\"]?(?:He|She|They|It|His|Her|Their)\b")
# What counts from the last report on, or up to a day, is another number the next day.
_RUNNING = re.compile(
    r"\b(?:as of|since|so far|averaged?|averages|prices?|followers|mph|new|more|another|additional|further"
    r"|(?:rose|risen|increased|fell|fallen|dropped|up|down) by)\b",
    re.IGNORECASE,
)


def disagreements(
    asked_about: Sequence[Span], others: Sequence[Span], voices: Voices = unestablished
) -> list[Disagreement]:
    """Where sentences of ``asked_about`` and of ``others`` from another article differ in one particular, in the order
    of the former; versions of one story are left out.

    The spans may be sentences, quotations, passages or whole articles; every sentence that they touch is read.
    """
    theirs: dict[str, list[Statement]] = {}
    for statement in _read(others):
        theirs.setdefault(statement.sentence.article.id, []).append(statement)
    found: dict[frozenset[Span], Disagreement] = {}
    for one in _read(asked_about):
        for candidates in theirs.values():
            article, other = one.sentence.article, candidates[0].sentence.article
            if article.id == other.id:
                continue
            disagreement = _disagreement(one, candidates, voices)
            if disagreement and not same_story(article, other):
                found.setdefault(frozenset((disagreement.one_says, disagreement.other_says)), disagreement)
    return list(found.values())


def _read(spans: Sequence[Span]) -> list[Statement]:
    found: dict[Span, Statement] = {}
    for span in spans:
        for statement in statements(span.article, span):
            found.setdefault(statement.sentence, statement)
    return [statement for statement in found.values() if _is_prose(statement)]


def _is_prose(statement: Statement) -> bool:
    """Whether a sentence says enough to be compared, and is no heading and no line of a list."""
    return len(statement.held) >= _FEWEST and _PROSE_END.search(statement.sentence.text) is not None


def _disagreement(one: Statement, candidates: Sequence[Statement], voices: Voices) -> Disagreement | None:
    """The disagreement with the candidate that is most like ``one``."""
    near = [other for other in candidates if len(one.held & other.held) >= _FEWEST]
    if not near:
        return None
    rarity = Rarity(one.sentence.article, near[0].sentence.article)
    other = max(near, key=lambda other: rarity.likeness(one.held, other.held))
    pair = Pair(one, other, rarity, rarity.likeness(one.held, other.held))
    if pair.like < _LIKE or (pair.loose and len(one.held & other.held) < _FEWEST_LOOSE):
        return None
    conflicts = [_spoken(conflict, pair, voices) for conflict in pair.conflicts()]
    if len(conflicts) != 1:
        return None
    (conflict,) = conflicts
    if conflict.what == "name" or not _is_of_one_time(conflict, pair) or _is_of_another(conflict, pair):
        return None
    if _is_told_elsewhere(conflict, pair):
        return None
    return Disagreement(
        conflict.what, one.sentence, other.sentence, one.span(conflict.ours), other.span(conflict.theirs)
    )


def _spoken(conflict: Conflict, pair: Pair, voices: Voices) -> Conflict:
    """A conflict of names as one of speakers, where ``voices`` establish that both say the same words."""
    if conflict.what != "name" or pair.rarity.likeness(*pair.rest(conflict.ours, conflict.theirs)) < SAME:
        return conflict
    said = voices(pair.one.sentence).speaker, voices(pair.other.sentence).speaker
    marks = (pair.one.span(conflict.ours), pair.other.span(conflict.theirs))
    if all(s and s.mention.start < m.end and m.start < s.mention.end for s, m in zip(said, marks, strict=True)):
        return replace(conflict, what="speaker")
    return conflict


def _is_of_one_time(conflict: Conflict, pair: Pair) -> bool:
    """Whether the sentences can speak of one occasion: of days that both name, but for those in question, one is the
    same; and the articles are of the same days, or the sentences name the same year."""
    if conflict.what == "date" and _is_own_day(conflict, pair):
        return False
    if conflict.what == "date" and all(pair.unmatched("number")):
        return False
    if conflict.what not in ("number", "date"):
        return True
    ours, theirs = (
        [mark for mark in statement.of("date") if mark not in (conflict.ours, conflict.theirs)]
        for statement in (pair.one, pair.other)
    )
    agreeing = [a for a in ours for b in theirs if agree(a, b)]
    if ours and theirs and not agreeing:
        return False
    one, other = (statement.sentence.article.published for statement in (pair.one, pair.other))
    if one is None or other is None or one == other:
        return True
    if any(_RUNNING.search(_near(pair, mark)) for mark in (conflict.ours, conflict.theirs)) and not agreeing:
        return False
    return abs((one - other).days) <= _APART or any(
        isinstance(mark.value, Day) and len(mark.value.spans) == 1 for mark in agreeing
    )


def _near(pair: Pair, mark: Mark) -> str:
    """The words around a particular, in which it may be said to run on."""
    statement = pair.one if mark in pair.one.marks else pair.other
    sentence = statement.sentence
    return sentence.article.text[max(sentence.start, mark.start - 40) : min(sentence.end, mark.end + 25)]


def _is_own_day(conflict: Conflict, pair: Pair) -> bool:
    """Whether each sentence names the day of its article, or one as long before it: "weather news for Tuesday"."""
    distances = []
    for statement, mark in ((pair.one, conflict.ours), (pair.other, conflict.theirs)):
        published = statement.sentence.article.published
        if not isinstance(mark.value, Day) or not mark.value.spans or published is None:
            return False
        distances.append({(day - published).days for day, _ in mark.value.spans})
    return pair.one.sentence.article.published != pair.other.sentence.article.published and bool(
        distances[0] & distances[1]
    )


def _is_told_elsewhere(conflict: Conflict, pair: Pair) -> bool:
    """Whether either article also says what the other one does, of the same thing in another sentence."""
    for mark, said, by in ((conflict.theirs, pair.other, pair.one), (conflict.ours, pair.one, pair.other)):
        for again in statements(by.sentence.article):
            if again is by or pair.rarity.likeness(again.held, said.held) < _LIKE:
                continue
            if any(
                agree(mark, told) and nearness(said, mark, again, told) >= _ATTACHED for told in again.of(mark.what)
            ):
                return True
    return False


def _is_of_another(conflict: Conflict, pair: Pair) -> bool:
    """Whether the two sentences are about different things after all: another sentence of ours is more like theirs,
    each names somebody or something that the other article knows and does not name here, or they share no name."""
    back = max(pair.rarity.likeness(ours.held, pair.other.held) for ours in statements(pair.one.sentence.article))
    if back > pair.like + _CLOSER:
        return True
    if conflict.what == "speaker":
        return False
    ours, theirs = pair.unmatched(*NAMES)
    known = [
        any(_knows(article, name) for name in names)
        for names, article in ((ours, pair.other.sentence.article), (theirs, pair.one.sentence.article))
    ]
    if all(known):
        return True
    return pair.loose and (
        any(_PRONOUN.match(statement.sentence.text) for statement in (pair.one, pair.other))
        or not pair.one.named & pair.other.named
    )


def _knows(article: Article, name: Mark) -> bool:
    return isinstance(name.value, str) and re.search(rf"\b{re.escape(name.value)}\b", article.text) is not None
