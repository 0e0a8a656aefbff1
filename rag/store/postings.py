"""Which words stand where: postings of every chunk, title and lead, derived from the store, scored by BM25.

The layout is that of bm25s (Lù 2024): one row of places for each term, so a question costs what its words' rows cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.store.derived import Content, joined
from rag.store.snapshot import Snapshot

Floats = NDArray[np.float64]

_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class WordScores:
    """BM25 of a question: of whole articles (title and text) and of leads by article, and of every chunk."""

    whole: Floats
    lead: Floats
    chunks: Floats


@dataclass(frozen=True, slots=True)
class Words:
    """Term ``t`` stands ``counts[i]`` times at ``places[i]``, for ``starts[t] <= i < starts[t + 1]``.

    Places are all chunks in their order, then the titles of all articles, then their leads (title and first words).
    ``lengths`` are the terms at each place.
    """

    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @classmethod
    def read(cls, content: Content) -> Words:
        """The postings in the bytes that ``postings`` made; nothing is copied."""
        terms, entries, places = content[:24].view(np.int64).tolist()
        numbers = content[24 + 8 * (terms + 1) :].view(np.int32)
        starts = content[24 : 24 + 8 * (terms + 1)].view(np.int64)
        return cls(starts, numbers[:entries], numbers[entries : 2 * entries], numbers[2 * entries :][:places])

    def scores(self, terms: Sequence[int], owners: NDArray[np.int64], articles: int) -> WordScores:
        """BM25 (Robertson and Zaragoza 2009); ``owners`` (chunks,) is each chunk's article, from 0.

        A term's rarity is that of articles that hold it, for leads that of leads: what stands in few leads is news.
        """
        chunks = owners.size
        whole, lead, alone = np.zeros(articles), np.zeros(articles), np.zeros(chunks)
        lengths = self.lengths.astype(np.float64)
        titles, leads = lengths[chunks : chunks + articles], lengths[chunks + articles :]
        wholes: Floats = np.bincount(owners, lengths[:chunks], articles) + titles
        for term in self._known(terms):
            row = slice(self.starts[term], self.starts[term + 1])
            places, counts = self.places[row], self.counts[row].astype(np.float64)
            first, second = np.searchsorted(places, [chunks, chunks + articles])
            in_chunks, in_titles = places[:first], places[first:second] - chunks
            in_leads = places[second:] - chunks - articles
            held: Floats = np.bincount(owners[in_chunks], counts[:first], articles).astype(np.float64)
            held[in_titles] += counts[first:second]
            found = np.flatnonzero(held)
            rarity = _rarity(found.size, articles)
            whole[found] += rarity * _saturated(held[found], wholes[found], wholes)
            lead[in_leads] += _rarity(in_leads.size, articles) * _saturated(counts[second:], leads[in_leads], leads)
            alone[in_chunks] += rarity * _saturated(counts[:first], lengths[in_chunks], lengths[:chunks])
        return WordScores(whole, lead, alone)

    def cover(self, terms: Sequence[int], owners: NDArray[np.int64], articles: int) -> Floats:
        """By article, the rarities of those of ``terms`` that two neighbouring chunks of it hold together, added up.

        How often a term stands there counts nothing: where a quotation really stands, every one of its words does.
        """
        total = np.zeros(owners.size)
        one_article = owners[1:] == owners[:-1]
        for term in self._known(terms):
            places = self.places[self.starts[term] : self.starts[term + 1]]
            held = np.zeros(owners.size, np.bool_)
            held[places[: np.searchsorted(places, owners.size)]] = True
            rarity = _rarity(np.unique(owners[held]).size, articles)
            held[:-1] |= held[1:] & one_article
            total += rarity * held
        best = np.zeros(articles)
        np.maximum.at(best, owners, total)
        return best

    def _known(self, terms: Sequence[int]) -> list[int]:
        """Without the terms that the store was given later than these postings were made."""
        return [term for term in terms if term < self.starts.size - 1]


def postings(snapshot: Snapshot) -> Content:
    """The bytes of ``Words`` for the store's revision."""
    tokens = [np.frombuffer(blob, np.int32) for blob in snapshot.words()]
    lengths = np.array([row.size for row in tokens], np.int32)
    places = len(tokens)
    # Term and place in one number: sorting it brings equal pairs together, places in order within each term.
    pairs = np.concatenate([np.empty(0, np.int32), *tokens]).astype(np.int64) * places
    del tokens
    pairs += np.repeat(np.arange(places), lengths)
    pairs.sort()
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    counts = np.diff(first, append=pairs.size).astype(np.int32)
    pairs = pairs[first]
    starts = np.searchsorted(pairs, np.arange(snapshot.terms_known() + 2) * places)
    header = np.array([starts.size - 1, pairs.size, places], np.int64)
    return joined([header, starts.astype(np.int64), (pairs % max(places, 1)).astype(np.int32), counts, lengths])


def _rarity(holding: int, articles: int) -> float:
    return float(np.log(1 + (articles - holding + 0.5) / (holding + 0.5)))


def _saturated(counts: Floats, lengths: Floats, all_lengths: Floats) -> Floats:
    mean = max(float(all_lengths.mean()), 1.0) if all_lengths.size else 1.0
    result: Floats = counts * (_K1 + 1) / (counts + _K1 * (1 - _B + _B * lengths / mean))
    return result
