"""A question without a verb, such as "And in Brackwater?", in the words of the last question. English only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.english import OFFICES, is_country, same_terms
from rag.reading.asking import ASKING, AUXILIARIES, DETERMINERS, PLACING, PREPOSITIONS, is_verb, words_of
from rag.reading.filling import filled_in
from rag.reading.mentioned import is_of, people
from rag.reading.phrases import Phrase, has_parts, phrases, whose_words
from rag.reading.recast import ACCORDING, recast
from rag.reading.subject import about_matter, matter_of
from rag.reading.turn import Turn

_WHAT_ABOUT = re.compile(r"(?:what|how) about (?P<rest>.+)", re.IGNORECASE)
_WHEN_WAS_THAT = re.compile(r"(?P<asking>when|where|why) (?:was|is|did) (?:that|this|it)(?: happen)?", re.IGNORECASE)
_ELSE = re.compile(r"(?:who|what|where|which|anyone|anybody|anything) else\b", re.IGNORECASE)
_TIME = (
    r"(?:(?:early|late|mid) )?(?:(?:1[89]|20|21)\d\d|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)(?: \d{1,4})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_TIMES = re.compile(rf"\b(?:in|on|since|during|by|before|after|until) {_TIME}(?!\w)")
_RELATIVE = re.compile(
    r"(?:yesterday|today|tomorrow|(?:last|this|next) (?:week|weekend|month|year|summer|winter|\w+day))"
)
_THAT = frozenset("that this these those it".split())
_SPEAKING = frozenset(
    "company council court government union club trust ministry police team board agency army party parliament"
    " opposition administration authority office service association department committee court".split()
)


def of_ellipsis(body: str, turns: Sequence[Turn], joined: bool) -> str | None:
    """What a question without a verb of its own asks; ``joined`` says that it began with a word such as "and"."""
    found = words_of(body)
    if what_about := _WHAT_ABOUT.fullmatch(body):
        return _replaced(what_about["rest"], turns)
    if _ELSE.match(body) and len(found) == 2:
        return _asked_again(body, turns)
    if _RELATIVE.fullmatch(body.casefold()):
        return _with_phrase(body, turns)
    if when := _WHEN_WAS_THAT.fullmatch(body):
        return recast(when["asking"], turns[-1]) or about_matter(turns, f"{body}?")
    if any(
        word.plain in AUXILIARIES or is_verb(word) for word in found if word.plain != "according" and word.text != "May"
    ):
        return None
    asks = [i for i, word in enumerate(found) if word.plain in ASKING]
    if asks and asks[0] <= 1 and len(found) <= 7:
        named = found[asks[0]].plain in ("who", "what", "whom") and len(found) - asks[0] > 1
        return None if named else recast(body, turns[-1]) or about_matter(turns, f"{body}?")
    if asks or len(found) > 9:
        return None
    if found[0].plain in PREPOSITIONS:
        return _with_phrase(body, turns)
    named = len(found) > 1 and all(word.text[0].isupper() for word in found)
    starts = joined or found[0].plain in DETERMINERS or named
    return _replaced(body, turns) if starts else None


def _asked_again(body: str, turns: Sequence[Turn]) -> str | None:
    """ "Who else?": the last question, for another answer."""
    question = turns[-1].question
    first = words_of(question)[0]
    if first.plain == body.split()[0].casefold():
        return f"{question[: first.end]} else{question[first.end :]}"
    matter = matter_of(turns)
    if matter and body.casefold().startswith("who"):
        return f"{body} spoke about {matter}?"
    return about_matter(turns, f"{body}?")


def _with_phrase(body: str, turns: Sequence[Turn]) -> str | None:
    """The last question with a phrase such as "in May" or "according to the city" in place of one of its kind."""
    question = turns[-1].question.rstrip("?!. ")
    phrase = body[0].lower() + body[1:]
    if _RELATIVE.fullmatch(phrase):
        return f"{question} {phrase}?"
    for kind in (ACCORDING, _TIMES):
        if kind.fullmatch(phrase):
            same = kind.search(question)
            return f"{question[: same.start()]}{phrase}{question[same.end() :]}?" if same else f"{question} {phrase}?"
    found = words_of(phrase)
    if found[-1].plain in _THAT | {"then"}:
        day = _TIMES.search(question)
        if day and len(found) == 2:
            time = day.group().split(" ", 1)[1]
            return f"{question[: day.start()]}{found[0].plain} {time}{question[day.end() :]}?"
        return about_matter(turns, f"what happened {phrase}?")
    new = next((one for one in phrases(f"… {phrase}") if one.named), None)
    for old in reversed(phrases(question)):
        if new is None or not old.named or old.time or has_parts(phrases(question), old):
            continue
        placed = old.after == found[0].plain or {old.after, found[0].plain} <= PLACING
        if placed and old.text.startswith("the ") == new.text.startswith("the "):
            return f"{question[: old.start]}{new.text}{question[old.end :]}?"
    return f"{question} {phrase}?"


def _replaced(what: str, turns: Sequence[Turn]) -> str | None:
    """The last question about ``what`` in place of that part of it which is of the same kind."""
    what = (filled_in(what, turns, whole=False) or what).rstrip("?!. ")
    question = turns[-1].question
    old = ACCORDING.search(question)
    if old and (what[0].isupper() or _acts(what)):
        return f"{question[: old.start()]}according to {what}{question[old.end() :]}"
    for turn in reversed(turns):
        if part := _alike(what, turn, turns):
            marked = re.search(r"['’]s?(?=$| )", part.text)
            end = part.start + marked.start() if marked else part.end
            return f"{turn.question[: part.start]}{what}{turn.question[end:]}"
        if not _is_person(what, turns):
            break
    return about_matter(turns, f"what about {what}?")


def _alike(what: str, last: Turn, turns: Sequence[Turn]) -> Phrase | None:
    """The part of a question that ``what`` may stand in for: its speaker for a speaker, a person for a person, its only
    other name for a name, else the last of several phrases with an article."""
    found = phrases(last.question)
    named = any(word[0].isupper() for word in what.split())
    speaker = whose_words(last.question, found)
    if speaker and (named or _acts(what)):
        return speaker
    if speaker:
        return next((one for one in found if one.whole and one.after in ("about", "on", "over", "against")), None)
    if named:
        names = [one for one in found if one.named and not one.time and not has_parts(found, one)]
        persons = [one for one in names if any(is_of(one, who) for who in last.persons)]
        if _is_person(what, turns):
            return persons[0] if persons else None
        names = [one for one in names if one not in persons]
        if any(map(is_country, same_terms(what))):
            names = [one for one in names if any(map(is_country, same_terms(one.text)))]
        return names[0] if len(names) == 1 else None
    things = [one for one in found if one.whole and not one.time and not one.general]
    plain = [one for one in things if not one.named and one.text.split()[0].casefold() in DETERMINERS]
    return plain[-1] if len(things) > 1 and plain else None


def _is_person(what: str, turns: Sequence[Turn]) -> bool:
    """Whether a name may be a person's, and stands nowhere as a place does."""
    told = "\n".join(f"{turn.question}\n{turn.answer}" for turn in turns)
    placed = re.search(rf"\b(?:in|at|near|from|into|the) {re.escape(what)}\b", told)
    who = people(f"… is {what}", told)[0]
    return bool(who) and not placed and (" " in who[0].name or bool(who[0].pronoun))


def _acts(phrase: str) -> bool:
    """Whether a phrase may be somebody who speaks: people, an office or a group by its last word."""
    last = phrase.split()[-1].casefold().rstrip("?'’")
    return last in OFFICES | _SPEAKING or (last.endswith("s") and not last.endswith("ss"))
