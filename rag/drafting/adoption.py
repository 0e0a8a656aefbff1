"""Whether a language model's rewriting of a follow-up question may be used: it must ask the same, and may put in only
what the conversation names. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.english import DENIAL, NEGATION, QUANTITY, same_terms
from rag.reading import CONNECTIVE, LONGEST_ADOPTED, UNSAFE, understand
from rag.records import Article
from rag.speakers import namings
from rag.text import sentence_offsets, terms

_NEW = 3  # words of a rewriting that carry meaning and stand nowhere in the conversation
_RUN = 8  # words of an answer in a row that no question takes over
_AMOUNT = re.compile(rf"(?:{QUANTITY.pattern})\w*|\b(?:last|next) (?:week|month|year)", re.IGNORECASE)
_FIRST = re.compile(r"who|what|when|where|why|which|whose|how(?: (?:many|much|long|old|often))?", re.IGNORECASE)
_YES_OR_NO = re.compile(r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might)\b", re.I)
_PRONOUNS = {"he": re.compile(r"\b(?:he|him|his)\b", re.I), "she": re.compile(r"\b(?:she|hers?)\b", re.I)}


def adopted(question: str, history: Sequence[tuple[str, str]], rewritten: str) -> str | None:
    """A language model's rewriting of ``question`` on one line, or None where it may not be used.

    It must be one question of at most 300 characters, without markup, in which every name, number and time stands in
    the conversation, and which keeps the question's own, its question word and its negation.
    """
    made = rewritten.strip()
    questions, answers = [question, *(asked for asked, _ in history)], [answer for _, answer in history]
    if not _is_one_question(made) or _word_runs([made]) & (_word_runs(answers) - _word_runs(questions)):
        return None
    known = same_terms("\n".join([*questions, *answers]))
    own, new = understand(question), understand(made)
    given = new.names | new.numbers | new.times | _quantities(made)
    kept = own.names | own.numbers | own.times | _quantities(question)
    if not given <= known or not kept <= same_terms(made) or len(set(new.terms) - known) > _NEW:
        return None
    if not _asks_alike(CONNECTIVE.sub("", question), made) or own.expects not in (None, new.expects):
        return None
    if not _fits_pronoun(question, made, answers):
        return None
    negated = [[bool(pattern.search(text)) for pattern in (NEGATION, DENIAL)] for text in (question, made)]
    return made if negated[0] == negated[1] else None


def _is_one_question(text: str) -> bool:
    if not 0 < len(text) <= LONGEST_ADOPTED or not text.isprintable() or UNSAFE.search(text):
        return False
    return text.find("?") == len(text) - 1 and len(sentence_offsets(text)) == 1


def _fits_pronoun(question: str, made: str, answers: Sequence[str]) -> bool:
    """Whether somebody whom the rewriting names anew may be the "he" or "she" of the question, if it has one only."""
    asked = [pronoun for pronoun, pattern in _PRONOUNS.items() if pattern.search(question)]
    known = same_terms(question)
    new = {same_terms(naming.person.name) for naming in namings(Article.of("", made))}
    named = {naming.person for naming in namings(Article.of("", "\n".join([made, *answers])))}
    people = [one for one in named if same_terms(one.name) in new and not same_terms(one.name) <= known]
    return len(asked) != 1 or not people or any(person.pronoun in ("", *asked) for person in people)


def _word_runs(texts: Sequence[str]) -> set[tuple[str, ...]]:
    """Eight words in a row: a quotation, or what an article would have the reader do, where they are an answer's."""
    spoken = [re.findall(r"\w+", text.casefold()) for text in texts]
    return {tuple(words[i : i + _RUN]) for words in spoken for i in range(len(words) - _RUN + 1)}


def _quantities(text: str) -> frozenset[str]:
    return frozenset(term for match in _AMOUNT.finditer(text) for term in terms(match.group()))


def _asks_alike(question: str, made: str) -> bool:
    """Whether the question word is kept, and a question for yes or no stays one."""
    if _YES_OR_NO.match(question):
        return bool(_YES_OR_NO.match(made))
    asks = _FIRST.search(question)
    return asks is None or asks[0].casefold() in made.casefold()
