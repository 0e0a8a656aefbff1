"""What an article offers to those who would misquote it: sentences, quoted words and whose they are, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from eval.forging.forged_words import MONTHS, WEEKDAYS
from rag.records import Article, Span
from rag.text import quotations, sentence_offsets

WORD = re.compile(r"[^\W_]+(?:[.,'’\-‑][^\W_]+)*")
_SHORTEST, _LONGEST = 5, 60  # words of a sentence
_FEWEST = 3  # words in quotation marks
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ](?=[^\W\d_]|['’][A-Z])[^\W\d_]*(?:['’-](?!s\b)[^\W\d_]+)*"  # more than one letter
_BETWEEN = r" (?:(?:[A-Z]\.|van|von|der|den|de|da|di|del|la|bin|ibn|al|el) )*"
_NAME = re.compile(rf"(?<=[\w,;] )(?:{_CAPITALISED}{_BETWEEN}){{0,4}}{_CAPITALISED}(?![\w-])")  # begins no sentence
_FULL_NAME = re.compile(rf"{_CAPITALISED}(?:{_BETWEEN}{_CAPITALISED})+")
_SAYS = "(?:said|says|told reporters|added|explained|argued|warned|insisted)"
# “Words,” said Ada Lund. “Words,” Ada Lund said. Ada Lund said: “Words.” Nothing else is taken for known.
_SPEAKER = rf"{_CAPITALISED}(?:{_BETWEEN}{_CAPITALISED}){{0,3}}"
_SAID_AFTER = re.compile(rf"\s(?:{_SAYS} (?P<late>{_SPEAKER})[.,]|(?P<soon>{_SPEAKER}) {_SAYS}\b)")
_SAID_BEFORE = re.compile(rf"(?:^|[.”\"]\s)(?P<name>{_SPEAKER}) {_SAYS}[:,]\s*[“\"]$")
_REACH = 80  # characters beside a quotation in which its speaker is named
_STARTS = (
    "The This That These Those There They He She It We You His Her Its Our My In On At For From By With But And Or If"
    " When While After Before Since Although However Then Now Also Still Yet So Not No One Two Some Many Most All As"
)
_NO_NAMES = frozenset([*MONTHS, *WEEKDAYS, *_STARTS.split()])


@dataclass(frozen=True, slots=True)
class Attributed:
    """Words in quotation marks that the article plainly gives to somebody by name."""

    words: Span
    speaker: str


@dataclass(frozen=True, slots=True)
class Material:
    """Of one article, in order: its sentences, the words in its quotation marks, the quotations of plain speakers, the
    names it mentions, and those among them that may be a person's in full."""

    article: Article
    sentences: tuple[Span, ...]
    quoted: tuple[Span, ...]
    attributed: tuple[Attributed, ...]
    names: tuple[str, ...]
    people: tuple[str, ...]

    @classmethod
    def of(cls, article: Article) -> Material:
        sentences = [Span(article, start, end) for start, end in sentence_offsets(article.text)]
        quoted = [Span(article, start, end) for start, end in quotations(article.text)]
        names = dict.fromkeys(_names(article.text))
        return cls(
            article,
            tuple(_distinct(s for s in sentences if _SHORTEST <= len(WORD.findall(s.text)) <= _LONGEST)),
            tuple(_distinct(s for s in quoted if _FEWEST <= len(WORD.findall(s.text)) <= 2 * _LONGEST)),
            tuple(_attributed(article, quoted)),
            tuple(names),
            tuple(name for name in names if _FULL_NAME.fullmatch(name)),
        )

    @property
    def pieces(self) -> tuple[Span, ...]:
        """Sentences and quoted words: what gets changed."""
        return tuple(_distinct((*self.sentences, *self.quoted)))


def strangers(one: str, other: str) -> bool:
    """Whether two names share no word, so that they can hardly be one person's."""
    return not {*one.casefold().split()} & {*other.casefold().split()}


def _names(text: str) -> Iterator[str]:
    for match in _NAME.finditer(text):
        words = match.group().split()
        if not _NO_NAMES & set(words):
            yield match.group()


def _attributed(article: Article, quoted: list[Span]) -> Iterator[Attributed]:
    """The quotations whose speaker stands beside the marks, with no other quotation between."""
    for i, words in enumerate(quoted):
        following = quoted[i + 1].start if i + 1 < len(quoted) else len(article.text)
        behind = article.text[words.end + 1 : min(words.end + _REACH, following)]
        ahead = article.text[max(words.start - _REACH, quoted[i - 1].end if i else 0) : words.start]
        late, early = _SAID_AFTER.match(behind), _SAID_BEFORE.search(ahead)
        name = (late["late"] or late["soon"]) if late else early and early["name"]
        if name and not (late and early) and not _NO_NAMES & set(name.split()):
            yield Attributed(words, name)


def unlike(attributed: Iterable[Attributed]) -> list[tuple[Attributed, Attributed]]:
    """Neighbouring quotations of two people."""
    return [(one, other) for one, other in pairwise(attributed) if strangers(one.speaker, other.speaker)]


def _distinct(spans: Iterable[Span]) -> Iterator[Span]:
    seen: set[str] = set()
    for span in spans:
        if span.text not in seen:
            seen.add(span.text)
            yield span
