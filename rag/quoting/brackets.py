"""An editor's square brackets in a quotation, and which words of the article they may stand for.

"[the envoy] will leave" stands for "he will leave", "[W]e" for "we", "want[ed]" for "want", "[sic]" for nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.english import is_weighty

LONGEST = 6  # words in a bracket, and that it may stand for
MOST = 8  # brackets in one quotation
_BRACKET = re.compile(
    r"\s*\[\s*sic[.!]?\s*\]|(?P<letter>\[(\w)\](?=\w))|(?P<ending>(?<=\w)\[([a-z]{1,3})\])|\[(?P<words>[^\[\]]*)\]"
)
_WORD = re.compile(r"\w+(?:['.-]\w+)*")
_PRONOUNS = frozenset(
    "i me we us you he him she her they them it his hers its their theirs our ours my mine your yours this that these "
    "those who whom himself herself itself themselves".split()
)
_DETERMINERS = frozenset("the a an this that these those his her its their our my your".split())
_LITTLE = "is are was were be been being am has have had do does did of to in on at for with from by as into about and"
_CLOSED = _PRONOUNS | _DETERMINERS | frozenset(_LITTLE.split())
_STEM = re.compile(r"(?:ies|ied|ing|es|ed|s|d|y|e)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a claimed quotation: words as they are, or what a bracket holds, by what it may stand for."""

    kind: Literal["words", "letter", "ending", "bracket"]
    text: str


def pieces(claimed: str) -> list[Piece]:
    """``claimed`` cut at its brackets, "[sic]" left out.

    >>> [(piece.kind, piece.text) for piece in pieces("[W]e told [the envoy] to go")]
    [('letter', 'W'), ('words', 'e told '), ('bracket', 'the envoy'), ('words', ' to go')]
    """
    found: list[Piece] = []

    def add(kind: Literal["words", "letter", "ending", "bracket"], text: str) -> None:
        if kind == "words" and found and found[-1].kind == "words":
            text = found.pop().text + text
        if kind != "words" or text.strip():
            found.append(Piece(kind, text))

    at = 0
    for match in _BRACKET.finditer(claimed):
        add("words", claimed[at : match.start()])
        at = match.end()
        if match["letter"]:
            add("letter", match[2])
        elif match["ending"]:
            add("ending", match[4])
        elif match["words"] is not None:
            add("bracket", match["words"])
    add("words", claimed[at:])
    return found


def stands_for(bracket: str, words: str, article: str) -> bool:
    """Whether what is in a bracket may stand for ``words`` of the article, all in plain typography.

    It may name somebody in place of a pronoun or another mention, put a verb in another form or fill in a little
    word. Neither side may hold what changes the meaning of the rest, and no name that the article does not mention.
    """
    ours, theirs = _WORD.findall(bracket), _WORD.findall(words)
    if not 0 < len(ours) <= LONGEST or is_weighty(bracket) or is_weighty(words):
        return False
    names, others = _names(ours), _names(theirs)
    if not all(_mentions(article, name) for name in names):
        return False
    if others and names and not names & others and all(word in names or word.lower() in _CLOSED for word in ours):
        return False  # one name in place of another
    if len(ours) == len(theirs) == 1 and _same_verb(ours[0], theirs[0]):
        return True
    if not is_mention(ours) and not is_closed(ours):
        return False
    return is_closed(theirs) or is_mention(theirs) or (len(theirs) <= 2 and is_mention(ours))


def _names(words: list[str]) -> set[str]:
    return {word for word in words if word[0].isupper() and word.lower() not in _CLOSED}


def _mentions(article: str, word: str) -> bool:
    return re.search(rf"\b(?:{re.escape(word)}|{re.escape(word.lower())})\b", article) is not None


def is_closed(words: list[str]) -> bool:
    """Whether all are little words: pronouns, articles, forms of "be", "have" and "do", prepositions."""
    return all(word.lower() in _CLOSED for word in words)


def is_mention(words: list[str]) -> bool:
    """Whether words may name somebody or something: a pronoun and little words, "the …", or a capital letter."""
    first = words[0].lower() if words else ""
    if first in _PRONOUNS - _DETERMINERS:
        return is_closed(words)
    return first in _DETERMINERS or (words[0][0].isupper() and first not in _CLOSED)


def _same_verb(one: str, other: str) -> bool:
    stems = [_STEM.sub("", word.lower()) for word in (one, other)]
    return stems[0] == stems[1] and len(stems[0]) > 2
