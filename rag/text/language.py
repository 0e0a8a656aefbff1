"""Whether a text is in another language than English: its script, or a trained model (py3langid), says so."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from rag.text.terms import words

# Chance from which on a language counts as known. Of 3,458 English questions and the beginnings of 2,000 English
# articles none was taken for another language, keywords and names alone reach .14; 50 questions in 29 others had .31.
SURE = 0.3
# And from which on nothing else need be asked: of 9,962 English questions and as many rows of their keywords, .3 is
# passed by 84, most of them names and French or Latin words ("legionnaires patients", .54), and none passes .9.
CERTAIN = 0.9
_READ = 1_000  # characters that are looked at
_ENGLISH = frozenset(("en", "pcm"))  # and Nigerian Pidgin, which short English is like
# Small English words that no other language has: where one word in twenty is such a one, the model need not be loaded.
_SMALL = frozenset("the what who how why when where which did does".split())
_SHARE = 0.05


@lru_cache(maxsize=1024)
def is_foreign(text: str, chance: float = SURE) -> bool:
    """Whether ``text`` is in another language than English, with at least this ``chance``.

    >>> is_foreign("Wer hat die Brücke für unsicher erklärt?"), is_foreign("Who said that?"), is_foreign("Port Merrow")
    (True, False, False)
    """
    beginning = text[:_READ]
    found = words(beginning)
    # A capital may be a name's: "The Times" stands in every language.
    small = sum(word in _SMALL for word in [word.lower() for word in found[:1]] + found[1:])
    if not found or small >= _SHARE * len(found):
        return False
    if _is_of_another_script(beginning):
        return True
    language, known = _identifier().classify(beginning)
    return language not in _ENGLISH and known >= chance


def _is_of_another_script(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum("LATIN" in unicodedata.name(sign, "") for sign in letters) < len(letters)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
