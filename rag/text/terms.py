"""Words as search terms: one tokenizer for the lexical index, the retriever and the reader."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rag.text.scripts import is_unspaced

_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_CAPITALS = {"May": "may", "US": "usa", "USA": "usa", "UK": "uk", "UN": "un", "EU": "eu"}
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
_TENS = "thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS |= {word: 10 * ten for ten, word in enumerate(_TENS.split(), 3)}
_NUMBERS = {word: str(number) for word, number in NUMBER_WORDS.items() if number <= 20}

STOP_WORDS = frozenset(
    "a about after all also am an and any are as at be been before being but by can could did do does doing for from "
    "had has have having he her here him his how i if in into is it its just may me might more most my no not now of "
    "off on or our out over own say said says she should so some such than that the their them then there these they "
    "this those to too under up upon us was we were what when where which while who whom whose why will with would "
    "you your according many much tell told during between".split()
)


def terms(text: str) -> list[str]:
    """The search terms of ``text`` in order: case and accents folded, English stems, "U.S." and "US" as one.

    Numbers keep their value ("40,000" is "40000", "three" is "3"). Stop words are kept; see ``query_terms``. Letters
    that no spaces part into words are also taken two by two, so that a part of them is found.

    >>> terms("The U.S. sent 40,000 troops"), terms("港口统计")
    (['the', 'usa', 'sent', '40000', 'troop'], ['港口统计', '港口', '口统', '统计'])
    """
    found = _WORD.findall(text)
    if is_unspaced(text):
        found = [part for word in found for part in _parts(word)]
    return [_term(word) for word in found]


def query_terms(question: str) -> list[str]:
    """The terms of ``question`` that carry meaning, each once, in order; all of them if none does."""
    return list(dict.fromkeys(term for word in content_words(question) for term in terms(word)))


def content_words(question: str) -> list[str]:
    """The words of ``question`` that carry meaning as they stand, each once, in order; all of them if none does."""
    found = dict.fromkeys(words(question))
    carrying = [word for word in found if word in _CAPITALS or _fold(word) not in STOP_WORDS]
    return carrying or list(found)


def words(text: str) -> list[str]:
    """The words of ``text`` as they stand, in order."""
    return _WORD.findall(text)


def _parts(word: str) -> list[str]:
    pairs = len(word) > 2 and is_unspaced(word)
    return [word, *(word[i : i + 2] for i in range(len(word) - 1))] if pairs else [word]


@lru_cache(maxsize=200_000)  # the vocabulary of news: stemming costs more than looking up
def _term(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "")
    plain = word.replace(".", "")
    if plain in _CAPITALS:
        return _CAPITALS[plain]
    folded = _fold(plain)
    return _NUMBERS.get(folded) or _stem(folded)


def _fold(word: str) -> str:
    word = word.replace("’", "'").casefold()
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import Stemmer

    return Stemmer.Stemmer("english")


def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)  # type: ignore[attr-defined]
    return stem.replace("'", "")
