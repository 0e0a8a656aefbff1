"""What the turns before are about, put to a question that says too little to be asked alone. English only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.reading.asking import ASKING, AUXILIARIES, POSSESSIVE, PREPOSITIONS, words_of
from rag.reading.mentioned import people
from rag.reading.phrases import Phrase, phrases, whose_words
from rag.reading.question import understand
from rag.reading.turn import Turn, retold, things_of
from rag.text import STOP_WORDS, content_words, terms

_FEW = 3  # words that carry meaning, up to which a question without a name leans on the turn before
_REACTS = re.compile(
    r"(?:react|respond|reply|comment|answer|say|said|think|thought|claim|object|deny|denied|do|done"
    r"|change[sd]? (?:his|her|its|their) mind)"
    r"(?: (?:now|then|himself|herself|itself|themselves))?$"
)
_WITH = {"react": "to", "respond": "to", "reply": "to", "object": "to", "comment": "on"}


def is_open(question: str) -> bool:
    """Whether a question says too little to be asked alone: no name and few words, or a name and "said" alone."""
    if not understand(question).names:
        return len(_carrying(question)) <= _FEW
    own = [one for one in phrases(question) if not one.general and one.text.split()[0].casefold() not in POSSESSIVE]
    return bool(_REACTS.search(question.rstrip("?!. "))) and len(own) < 2


def with_matter(question: str, turns: Sequence[Turn]) -> str | None:
    """The question with what the turns are about behind its last words ("… react to the flood?"), else before it."""
    body = question.rstrip("?!. ")
    matter = matter_of(turns, people_too=not people(body, "")[0], besides=body)
    if not matter:
        return f"{body}?"
    reacts = _REACTS.search(body)
    verb = reacts.group().split()[0] if reacts else ""
    to_people = any(matter == one.name for turn in turns for one in turn.asked)
    if verb and verb not in ("do", "done", "deny", "denied") and not verb.startswith("change") and not to_people:
        return f"{body} {_WITH.get(verb, 'about')} {matter}?"
    return about_matter(turns, f"{body}?")


def about_matter(turns: Sequence[Turn], question: str) -> str | None:
    """The question with the subject before it: "About the Tarn Pass: who objects?"."""
    matter = matter_of(turns, people_too=not people(question, "")[0], besides=question)
    if not matter:
        return None
    first = words_of(question)[0]
    body = question[0].lower() + question[1:] if first.plain in ASKING | AUXILIARIES | PREPOSITIONS else question
    return f"About {matter}: {body}"


def matter_of(turns: Sequence[Turn], people_too: bool = True, besides: str = "") -> str:
    """What the turns are about: what was said about, else up to two things that the last question names, else whom;
    nothing that ``besides`` says itself."""
    said = set(terms(besides)) | STOP_WORDS
    for turn in reversed(turns):
        about = turn.question.partition("About ")[2].partition(": ")[0] if turn.question.startswith("About ") else ""
        if about:
            return "" if set(terms(about)) <= said else about
        things = things_of(turn)
        spoken = whose_words(turn.question, phrases(turn.question))
        things = [one for one in things if one is not spoken and not _same(one, spoken)] or things
        told = [retold(turn, one) for one in things]
        whom = [one.name for one in turn.asked if people_too]
        new = [one for one in told if not set(terms(one)) <= said][:2]
        if new := new or [one for one in whom if not set(terms(one)) <= said][:1]:
            return " and ".join(new)
        if told and not besides:
            return ""
    return ""


def _carrying(question: str) -> list[str]:
    return [word for word in content_words(question) if word.casefold() not in STOP_WORDS | {"happen", "happened"}]


def _same(one: Phrase, other: Phrase | None) -> bool:
    return other is not None and one.start == other.start
