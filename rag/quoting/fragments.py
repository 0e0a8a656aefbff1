"""A quotation joined by ellipses: its fragments, where they stand in order, and whether one speaker says them all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from rag.english import SPEECH, is_speaker
from rag.quoting.extent import sentence_of
from rag.quoting.places import count_words, exact_places, repaired_places
from rag.records import Article, Said, Span, Speaker
from rag.text import ELLIPSIS, quotations

# Characters that an ellipsis may leave out: some three sentences. What lies further apart is another statement.
APART = 400
MOST = 12  # fragments
_ELLIPSIS = re.compile(rf"\s*(?:[\[(]\s*{ELLIPSIS}\s*[\])]|{ELLIPSIS})\s*")
_CUE = re.compile(rf"\b(?:{SPEECH})\b", re.IGNORECASE)


def fragments(claimed: str) -> list[str]:
    """The pieces of a claimed quotation around its ellipses; those that lead and trail fall away.

    >>> fragments("… we stay [...] until May. . .")
    ['we stay', 'until May']
    """
    pieces = (piece.strip() for piece in _ELLIPSIS.split(claimed))
    return [piece for piece in pieces if count_words(piece)]


def chains(pieces: Sequence[str], article: Article) -> list[tuple[Span, ...]]:
    """Where all fragments stand one after the other and near each other, in order; of those that end alike, the
    shortest."""
    found = [exact_places(piece, article) or repaired_places(piece, article) for piece in pieces]
    if len(pieces) > MOST or not all(found):
        return []
    starts = [[place.start for place in places] for places in found]
    shortest: dict[int, tuple[Span, ...]] = {}
    for first in found[0]:
        chain = [first]
        for places, beginnings in zip(found[1:], starts[1:], strict=True):
            at = bisect_left(beginnings, chain[-1].end)
            if at == len(places) or places[at].start > chain[-1].end + APART:
                break
            chain.append(places[at])
        else:
            shortest[chain[-1].start] = tuple(chain)
    return list(shortest.values())


def one_voice(said: Sequence[Said]) -> bool:
    """Whether the fragments are established to be one speaker's, or all the article's own words.

    Where nothing is known of whose they are, only one sentence can hold them, and only if nobody else can be speaking
    in it: all in its one pair of quotation marks, or no marks in it and no more than one verb of speech, which does not
    stand between them.
    """
    if all(one.voice == "article" for one in said):
        return True
    speakers = [one.speaker for one in said if one.speaker]
    if len(speakers) == len(said):
        return all(same_speaker(speakers[0], speaker) for speaker in speakers[1:])
    return not speakers and len({one.voice for one in said}) == 1 and _one_can_speak([one.span for one in said])


def same_speaker(one: Speaker, other: Speaker) -> bool:
    """Whether two mentions are of one speaker; of two that have no name ("he" and "he") only if they are the same."""
    if (one.mention.start, one.mention.end) == (other.mention.start, other.mention.end):
        return True
    return any(a.name is not None and is_speaker(a.name, b) for a, b in ((one, other), (other, one)))


def _one_can_speak(spans: Sequence[Span]) -> bool:
    sentence = {sentence_of(span) for span in spans}
    text = spans[0].article.text
    left_out = [text[one.end : other.start] for one, other in pairwise(spans)]
    if len(sentence) > 1 or any(map(_CUE.search, left_out)):
        return False
    start, end = sentence.pop()
    pairs = quotations(text[start:end])
    if pairs:
        first, last = pairs[0]
        return len(pairs) == 1 and start + first <= spans[0].start and spans[-1].end <= start + last
    return len(_CUE.findall(text[start:end])) <= 1
