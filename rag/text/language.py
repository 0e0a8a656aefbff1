"""Whether a text is in another language than English: its script, or a trained model (py3langid), says so."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from rag.text.terms import words

# Chance from which on a language counts as known. Of 3,458 English questions and the beginnings of 2,000 English
# articles none was taken for another language, keywords and names alone reach .14; 50 questions in 29 others had .31.
SURE = 0.3
# And from which on nothing else need be asked, of texts of some words and of shorter ones. Of 9,958 English questions
# 11 pass SURE and of the rows of their keywords 73, most of them names and French or Latin words ("legionnaires
# patients", .54); none of the questions is certain, and two rows of keywords are, of Welsh and Thai names.
_CERTAIN, _CERTAIN_ALONE = 0.75, 0.9
_SOME_WORDS = 5
_READ = 1_000  # characters that are looked at
_ENGLISH = frozenset(("en", "pcm"))  # and Nigerian Pidgin, which short English is like
# Small English words that no other language has: where one word in twenty is such a one, the model need not be loaded.
_SMALL = frozenset("the what who how why when where which did does".split())
_SHARE = 0.05


def is_foreign(text: str) -> bool:
    """Whether ``text`` is in another language than English, as far as its words tell.

    >>> is_foreign("Wer hat die Brücke für unsicher erklärt?"), is_foreign("Who said that?"), is_foreign("Port Merrow")
    (True, False, False)
    """
    return _foreignness(text) >= SURE


def is_certainly_foreign(text: str) -> bool:
    """Whether ``text`` is in another language whatever else is known of it: names and keywords never are.

    >>> is_foreign("El Niño 2024"), is_certainly_foreign("El Niño 2024")
    (True, False)
    """
    is_short = len(words(text[:_READ])) < _SOME_WORDS
    return _foreignness(text) >= (_CERTAIN_ALONE if is_short else _CERTAIN)


@lru_cache(maxsize=1024)
def _foreignness(text: str) -> float:
    """The chance that a text is in another language."""
    beginning = text[:_READ]
    found = words(beginning)
    # A capital may be a name's: "The Times" stands in every language.
    small = sum(word in _SMALL for word in [word.lower() for word in found[:1]] + found[1:])
    if not found or small >= _SHARE * len(found):
        return 0.0
    if _is_of_another_script(beginning):
        return 1.0
    language, chance = _identifier().classify(beginning)
    return 0.0 if language in _ENGLISH else float(chance)


def _is_of_another_script(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum("LATIN" in unicodedata.name(sign, "") for sign in letters) < len(letters)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
