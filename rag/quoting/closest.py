"""What articles really say where a quotation is not to be found: their closest words, and which words differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from rag.records import Article, Span
from rag.text import MARKS, STOP_WORDS, UNSPACED, around, sentence_offsets, sentences

SHOWN = 3
CLOSE = 0.55  # likeness from which on words are called close; below it others come as near by chance
_COMMON = 3  # words that must be common, whatever the likeness
LONGEST = 500  # words and marks that are compared: time grows with their square
_COMPARED = 60  # sentences, those with most of the words
_LITTLE = 0.25  # what a stop word counts beside another word; a punctuation mark counts nothing
_REST = 6  # words up to the sentence's end that are shown in place of claimed ones, however few these are
_LETTERS = rf"(?:(?![{UNSPACED}])[\w{MARKS}])+"
_TOKEN = re.compile(
    rf"[{UNSPACED}][{MARKS}]*|{_LETTERS}(?:['’.,\-]{_LETTERS})*|[^\w\s]"
)  # where no spaces are: letters
_MARKS = '“”„‟«»"'
_ALIKE = str.maketrans("‘’‚‛“”„‟«»–—‑‐", '\'\'\'\'""""""----')

Whose = Literal["both", "claimed", "article", "around"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of both, of the claimed ones alone, of the article alone, or of the article's sentence around them."""

    whose: Whose
    text: str


@dataclass(frozen=True, slots=True)
class Closest:
    """Words of an article that come close to claimed ones; ``likeness`` is the share that they have in common, 0..1.

    The pieces, in order, make the claimed words out of "both" and "claimed", and the article's out of the others.
    """

    span: Span
    likeness: float
    pieces: tuple[Piece, ...]

    @property
    def differences(self) -> int:
        """The number of places in which the words differ."""
        return sum(differ for differ, _ in groupby(p.whose in ("claimed", "article") for p in self.pieces))

    @property
    def only_marks(self) -> bool:
        """Whether all that differs is punctuation."""
        return self.likeness == 1


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The words and marks of a text: where each stands, how it reads in plain typography, what it counts."""

    text: str
    places: list[tuple[int, int]]
    plain: list[str]
    weights: list[float]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> _Tokens:
        places = [match.span() for match in _TOKEN.finditer(text, start, end)]
        plain = [text[s:e].translate(_ALIKE) for s, e in places]
        return cls(text, places, plain, [_weight(token) for token in plain])

    def part(self, first: int, last: int) -> _Tokens:
        return _Tokens(self.text, self.places[first:last], self.plain[first:last], self.weights[first:last])

    def begun_as(self, other: _Tokens) -> _Tokens:
        """These, the first letter in the case that it has in ``other``: a quotation may begin within a sentence."""
        swapped = self.plain[0][0].swapcase() + self.plain[0][1:]
        if other.plain[0] != swapped:
            return self
        return _Tokens(self.text, self.places, [swapped, *self.plain[1:]], self.weights)


def closest(claimed: str, articles: Iterable[Article]) -> tuple[Closest, ...]:
    """The words of ``articles`` that come closest to ``claimed``, the closest first, each wording once: at most SHOWN.

    None where ``claimed`` has more than LONGEST words and marks. Sentences are chosen by the words they share with
    it, then compared in the order of their words (Ratcliff and Obershelp 1988).
    """
    ours = _Tokens.of(claimed, 0, len(claimed))
    if not 0 < len(ours.plain) <= LONGEST:
        return ()
    length = len(sentence_offsets(claimed))
    wanted = Counter(ours.plain)
    units = [(_shared(wanted, tokens), article, tokens) for article in articles for tokens in _units(article, length)]
    units.sort(key=lambda unit: -unit[0])
    found = [_compared(ours, article, tokens) for _, article, tokens in units[:_COMPARED]]
    distinct: dict[str, Closest] = {}
    for near in sorted(filter(None, found), key=lambda near: -near.likeness):
        if not any(_overlap(near.span, other.span) for other in distinct.values()):
            distinct.setdefault(" ".join(near.span.text.translate(_ALIKE).split()), near)
    return tuple(distinct.values())[:SHOWN]


def _units(article: Article, length: int) -> Iterator[_Tokens]:
    """Every ``length`` sentences in a row, or all of them where there are fewer."""
    each = [_Tokens.of(article.text, start, end) for start, end in sentences(article)]
    for first in range(max(len(each) - length, 0) + 1):
        unit = each[first : first + length]
        places = [place for tokens in unit for place in tokens.places]
        plain = [token for tokens in unit for token in tokens.plain]
        weights = [weight for tokens in unit for weight in tokens.weights]
        yield _Tokens(article.text, places, plain, weights).part(0, 2 * LONGEST)


def _shared(wanted: Counter[str], tokens: _Tokens) -> float:
    return sum(_weight(token) * count for token, count in (wanted & Counter(tokens.plain)).items())


def _compared(ours: _Tokens, article: Article, theirs: _Tokens) -> Closest | None:
    """``ours`` beside the part of ``theirs`` that is most like them; None where that is not close."""
    blocks = _worth_most(_blocks(ours, theirs), theirs)
    if not blocks:
        return None
    first, last = _widened(ours, theirs, blocks)
    part = theirs.part(first, last)
    ours = ours.begun_as(part)
    both = _blocks(ours, part)
    common = [ours.weights[i] for a, _, size in both for i in range(a, a + size)]
    likeness = 2 * sum(common) / (sum(ours.weights) + sum(part.weights))
    if likeness < CLOSE or sum(weight > 0 for weight in common) < _COMMON:
        return None
    span = Span(article, part.places[0][0], part.places[-1][1])
    sentence = around(span)
    pieces = [
        Piece("around", article.text[sentence.start : span.start]),
        *_pieces(ours, part, _without_islands(both, ours)),
        Piece("around", article.text[span.end : sentence.end]),
    ]
    return Closest(span, round(likeness, 4), tuple(piece for piece in pieces if piece.text.strip()))


def _blocks(ours: _Tokens, theirs: _Tokens) -> list[tuple[int, int, int]]:
    """What both have in a row: where it begins in each, and how many tokens it is."""
    matcher = SequenceMatcher(None, ours.plain, theirs.plain, autojunk=False)
    return [(a, b, size) for a, b, size in matcher.get_matching_blocks() if size]


def _worth_most(blocks: Sequence[tuple[int, int, int]], theirs: _Tokens) -> list[tuple[int, int, int]]:
    """The blocks in a row whose words weigh most against the article's words between them: a lone word that both
    have by chance, far from the others, is left out."""
    best: tuple[float, int, int] = (0.0, 0, 0)
    worth, begin = 0.0, 0
    for i, (_, b, size) in enumerate(blocks):
        before = blocks[i - 1][1] + blocks[i - 1][2] if i else b
        worth -= sum(theirs.weights[before:b])
        if worth <= 0:
            worth, begin = 0.0, i
        worth += 2 * sum(theirs.weights[b : b + size])
        best = max(best, (worth, begin, i + 1), key=lambda found: found[0])
    return list(blocks[best[1] : best[2]])


def _widened(ours: _Tokens, theirs: _Tokens, blocks: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """The tokens of ``theirs`` from the first block to the last, with as many before and behind as ``ours`` has
    there, or all up to the end where that is near; never over a quotation mark."""
    a, first, _ = blocks[0]
    last_a, last_b, size = blocks[-1]
    behind = len(ours.plain) - last_a - size
    return first - _room(theirs.plain[:first][::-1], a), last_b + size + _room(theirs.plain[last_b + size :], behind)


def _room(tokens: Sequence[str], claimed: int) -> int:
    if not claimed:
        return 0
    end = next((i for i, token in enumerate(tokens) if token in _MARKS), len(tokens))
    room = end if end <= max(claimed, _REST) else claimed
    return max((i + 1 for i, token in enumerate(tokens[:room]) if token[0].isalnum()), default=0)


def _without_islands(blocks: Sequence[tuple[int, int, int]], ours: _Tokens) -> list[tuple[int, int, int]]:
    """Without the single stop word or mark that both have between words that differ: it only breaks up what is read."""
    inner = range(1, len(blocks) - 1)
    return [b for i, b in enumerate(blocks) if i not in inner or sum(ours.weights[b[0] : b[0] + b[2]]) > _LITTLE]


def _pieces(ours: _Tokens, theirs: _Tokens, blocks: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    """The text of each piece reaches to the next one of its side, so that nothing between words is lost."""
    our_end = their_end = 0
    for a, b, size in [*blocks, (len(ours.plain), len(theirs.plain), 0)]:
        yield Piece("claimed", _text(ours, our_end, a))
        yield Piece("article", _text(theirs, their_end, b))
        yield Piece("both", _text(theirs, b, b + size))
        our_end, their_end = a + size, b + size


def _text(tokens: _Tokens, first: int, last: int) -> str:
    if first == last:
        return ""
    end = tokens.places[last][0] if last < len(tokens.places) else tokens.places[last - 1][1]
    return tokens.text[tokens.places[first][0] : end]


def _weight(token: str) -> float:
    if not token[0].isalnum():
        return 0.0
    return _LITTLE if token.casefold() in STOP_WORDS else 1.0


def _overlap(one: Span, other: Span) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
