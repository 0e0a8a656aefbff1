"""What an article offers to those who would misquote it: sentences, quoted words and whose they are, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sentencex import segment

from eval.forging.vocabulary import MONTHS, WEEKDAYS
from rag.records import Article, Span

WORD = re.compile(r"\w+(?:[.,'’\-‑]\w+)*")
_SENTENCE, _PASSAGE = (5, 60), (3, 120)  # words of a sentence, and in quotation marks
_GOES_ON = re.compile(r"\b(?:[A-Z][a-z]{0,3}|[ap]\.m|[A-Z]\.[A-Z])\.\s*$")  # "Gov.", or two sentences are one
_QUOTED = re.compile(r"“([^“”\n]+)”|(?<![\w\"])\"([^\s\"][^\"\n]*)\"")
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'’-]*[^\W\d_](?<!['’]s)"
_SPEAKER = rf"{_CAPITALISED}(?: (?:(?:[A-Z]\.|van|von|der|den|de|da|di|del|la|bin|ibn|al|el) )*{_CAPITALISED}){{,4}}"
_NAME = re.compile(rf"(?<=[\w,;] ){_SPEAKER}(?![\w-])")  # begins no sentence
# “Words,” said Ada Lund. “Words,” Ada Lund said. Ada Lund said: “Words.” Nothing else is taken for known.
_SAYS = "(?:said|says|added|explained|argued|warned|insisted)"
_SAID_AFTER = re.compile(rf"\s(?:{_SAYS} ({_SPEAKER})[.,]|({_SPEAKER}) {_SAYS}\b)")
_SAID_BEFORE = re.compile(rf"(?:^|[.”\"]\s|\n)({_SPEAKER}) {_SAYS}[:,]\s*[“\"]$")
_REACH = 80  # characters before a quotation in which its speaker is named
_NO_NAMES = {*MONTHS, *WEEKDAYS, *"The This That There They He She It We You His Her In On At But And If No".split()}


class Attributed(NamedTuple):
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
        pairs = [match.span(match.lastindex or 0) for match in _QUOTED.finditer(article.text)]
        quoted = [Span(article, start, end) for start, end in pairs]
        found = dict.fromkeys(match.group() for match in _NAME.finditer(article.text))
        names = tuple(name for name in found if not _NO_NAMES & set(name.split()))
        people = tuple(name for name in names if " " in name)
        sentences = _distinct(_sentences(article), _SENTENCE)
        return cls(article, sentences, _distinct(quoted, _PASSAGE), tuple(_attributed(article, quoted)), names, people)

    @property
    def pieces(self) -> tuple[Span, ...]:
        """Sentences and quoted words: what gets changed."""
        return _distinct((*self.sentences, *self.quoted), _PASSAGE)


def strangers(one: str, other: str) -> bool:
    """Whether two names share no word, so that they can hardly be one person's."""
    return not {*one.casefold().split()} & {*other.casefold().split()}


def _sentences(article: Article) -> Iterator[Span]:
    for line in re.finditer(r"\S.*", article.text):
        start = at = line.start()
        pieces = list(segment("en", line.group()))
        for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
            at += len(piece)
            if not following[:1].islower() and not (following and _GOES_ON.search(piece)):
                yield Span(article, start, start + len(article.text[start:at].rstrip()))
                start = at


def _attributed(article: Article, quoted: Iterable[Span]) -> Iterator[Attributed]:
    """The quotations that have a speaker on one side of their marks, and none on the other."""
    for words in quoted:
        behind = _SAID_AFTER.match(article.text, words.end + 1)
        ahead = _SAID_BEFORE.search(article.text, max(words.start - _REACH, 0), words.start)
        said = ahead or behind
        if said and not (ahead and behind) and not _NO_NAMES & set(said[said.lastindex or 0].split()):
            yield Attributed(words, said[said.lastindex or 0])


def _distinct(spans: Iterable[Span], words: tuple[int, int]) -> tuple[Span, ...]:
    """Spans of so many words, each text once."""
    return tuple({s.text: s for s in spans if words[0] <= len(WORD.findall(s.text)) <= words[1]}.values())
