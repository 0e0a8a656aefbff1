"""An earlier turn of a conversation, with the people and the things that a later question may mean by "he" or "it"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.reading.asking import HER, HIM, POSSESSIVE, words_of
from rag.reading.mentioned import Someone, is_of, people
from rag.reading.phrases import Phrase, phrases, whose_words


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question in words that stand alone, and its answer."""

    question: str
    answer: str

    @property
    def asked(self) -> tuple[Someone, ...]:
        return people(self.question, self.answer)[0]

    @property
    def in_focus(self) -> tuple[tuple[Someone, ...], ...]:
        """Whom "he" or "she" means first, the likelier group first."""
        who = re.search(r"\bwho(?:m|se)?\b", self.question, re.IGNORECASE)
        speakers = tuple(one for one in self.answering if one.speaks)
        spoken = whose_words(self.question, phrases(self.question))
        told = {word.plain for word in words_of(self.question)} & (HIM | HER)
        asked = (one for one in self.asked if one in self.persons or told or (spoken and is_of(spoken, one)))
        return tuple(asked), speakers, self.answering if who else ()

    @property
    def persons(self) -> tuple[Someone, ...]:
        """Whom the question names for certain: a single name may also be a firm's or a place's."""
        return tuple(one for one in self.asked if one.pronoun or one.speaks or " " in one.name)

    @property
    def answering(self) -> tuple[Someone, ...]:
        return people(self.question, self.answer)[1]


def things_of(turn: Turn) -> list[Phrase]:
    """The phrases of a question that "it" may mean: no people, times, or words such as "votes"."""
    parts = phrases(turn.question)
    spoken = whose_words(turn.question, parts)
    persons = [who for who in turn.asked if who in turn.persons or (spoken and is_of(spoken, who))]
    return [
        one
        for one in parts
        if one.whole
        and not (one.time or one.general)
        and not any(is_of(one, who) and not re.search(r"['’]", one.text) for who in persons)
        and one.text.split()[0].casefold() not in ("no", "any", "every", "each", "my", "your", "our", "its", "their")
        and (" " in one.text or one.named or one.plural or one.after in ("which", "what"))
    ]


def retold(turn: Turn, phrase: Phrase) -> str:
    """A phrase as another question may say it: with "the" where it followed "which", and an owner for "his"."""
    first, *rest = phrase.text.split()
    if first.casefold() in POSSESSIVE and rest:
        owner = (
            turn.asked[0].name if turn.asked else next((one.text for one in things_of(turn) if one is not phrase), "")
        )
        return " ".join([owned(owner), *rest]) if owner else " ".join(["the", *rest])
    if first[0].islower() and (phrase.after in ("which", "what", "many", "much") or (phrase.plural and not rest)):
        return f"the {phrase.text}"
    return " ".join(["the", *rest]) if first.casefold() in ("a", "an", "this", "that") and rest else phrase.text


def owned(name: str) -> str:
    """A name as an owner's; "" for none."""
    return f"{name}’" if name.endswith("s") else f"{name}’s" if name else ""
