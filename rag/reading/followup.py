"""A follow-up question in words that stand alone, by rules and from what earlier turns name. English only.

"And what did he say about that?" becomes "What did Goran Estelle say about the flood in Port Merrow?". What is put in
stands in the earlier questions; of the answers, which hold articles' text, only people's names are taken. Where several
people could be meant the pronoun stays, with the subject put before the question: never a wrong person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.reading.asking import ASKING, AUXILIARIES, words_of
from rag.reading.ellipsis import of_ellipsis
from rag.reading.filling import filled_in
from rag.reading.turn import Turn

LONGEST = 500  # characters of a question made here
LONGEST_ADOPTED = 300  # of one that a language model made, and of a question that is rewritten here
_TURNS = 4  # earlier turns that are read: what is further back is seldom meant
_ANSWER = 4_000  # characters of an answer that are read
CONNECTIVE = re.compile(r"^(?:(?:and|but|so|or|also|then|ok|okay|well|now)\b[,:]?\s+)+", re.IGNORECASE)
UNSAFE = re.compile(r"<[^<>]*>|https?:\S*|www\.\S*|[^\w\s'’“”\",.;:?!%&$£€¥–—-]|_")
# What no follow-up is: several sentences, or markup, which may not be taken over.
_WHOLE = re.compile(r"[a-z0-9”\"’)][.!;][”\"’)]?\s+[A-Z“\"]|[<>*_`\[\]{}|\\]|https?:")
_ORDER = re.compile(
    r"(?:please )?(?:tell|explain|show|list|give|describe|summari[sz]e)\b(?!.*\b(?:he|she|it|they|him|her|them)\b)",
    re.IGNORECASE,
)
_NOTHING = frozenset("and but so or what really ok okay well thanks".split())


def standalone(question: str, history: Sequence[tuple[str, str]]) -> str:
    """The question in words that stand alone; ``question`` itself where it does already (a change of subject) or
    where ``history``, (question, answer text) pairs, does not settle what it refers to.

    What is made is one line of plain text, at most ``LONGEST`` characters.

    >>> standalone("And when?", [("Why did Keldria close the Tarn Pass?", "")])
    'When did Keldria close the Tarn Pass?'
    """
    turns: list[Turn] = []
    for asked, answer in history[-_TURNS:]:
        whole = " ".join(UNSAFE.sub(" ", _alone(asked, turns)).split())
        turns.append(Turn(whole[:LONGEST], answer[:_ANSWER]))
    return _alone(question, turns)


def _alone(question: str, turns: Sequence[Turn]) -> str:
    asked = " ".join(question.split())
    body = CONNECTIVE.sub("", asked)
    if not turns or not words_of(body) or len(asked) > LONGEST_ADOPTED or _WHOLE.search(asked):
        return question
    made = None
    asks = asked.endswith("?") or any(word.plain in ASKING | AUXILIARIES for word in words_of(body))
    if asks and not _ORDER.match(body) and body.rstrip("?!. ").casefold() not in _NOTHING:
        made = of_ellipsis(body.rstrip("?!. "), turns, body != asked) or filled_in(body, turns)
    if made is None or len(made) > LONGEST or made.casefold() == body.casefold():
        return question
    return made[0].upper() + made[1:]
