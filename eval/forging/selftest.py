"""The verifier put to the test with your own articles: false quotes that must fail, genuine ones that must hold.

False quotes are made from each article by ``eval/forging/forgeries.py`` and ``eval/forging/misquotes.py``; those whose
words happen to stand in it (``eval/forging/judge.py``) are left out. Genuine ones (``eval/forging/variants.py``) differ
in typography only.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from eval.forging.changes import MAKERS
from eval.forging.forgeries import Forgery, changed
from eval.forging.judge import ELLIPSIS, Standing
from eval.forging.material import Material
from eval.forging.misquotes import MISQUOTERS
from eval.forging.tallies import Failure, SelfTest, Tally, Timing
from eval.forging.variants import variants
from rag.english import is_speaker
from rag.quoting import unestablished, verify
from rag.records import Article, Passage, Quote, Span, Verdict, Voices

FALSE_QUOTES = 75  # of an article that has words enough; spread over the kinds
GENUINE_QUOTES = 12
_TRIES = 4  # variants made for each that is wanted: some come out the same
_EXAMPLES = 5
_SAMPLE = 200  # false quotes that are looked for elsewhere

Progress = Callable[[int, int], None]
Elsewhere = Callable[[str], object]


def self_test(
    articles: Iterable[Article],
    voices: Voices = unestablished,
    seed: int = 0,
    *,
    progress: Progress = lambda articles, quotes: None,
    elsewhere: Elsewhere | None = None,
) -> SelfTest:
    """Make false and genuine quotes from each article and verify them; the same articles and seed give the same quotes.

    ``progress`` is told the articles and quotes so far. ``elsewhere`` looks for words in all articles; it is timed on a
    sample of the false quotes, after everything else. Articles are held two at a time.
    """
    test, sample = _Test(voices), _Sample(seed)
    started = time.perf_counter()
    before: Material | None = None
    count = 0
    for count, article in enumerate(articles, 1):
        material, chance = Material.of(article), random.Random(f"{seed}:{article.id}")
        if material.sentences:
            sample.add(test.try_false(material, before, chance))
            test.try_genuine(material, chance)
            before = material
        progress(count, test.quotes)
    seconds = time.perf_counter() - started
    timing = _timed(elsewhere, sample.kept) if elsewhere and sample.kept else None
    return SelfTest(count, seed, _tallies(test.false), _tallies(test.genuine), seconds, test.verifying, timing)


@dataclass(slots=True)
class _Count:
    quotes: int = 0
    left_out: int = 0
    failed: int = 0
    examples: list[Failure] = field(default_factory=list)


class _Test:
    """Counts by kind while articles go by."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self.verifying = 0.0
        self.false: dict[str, _Count] = {kind: _Count() for kind in (*MAKERS, *MISQUOTERS)}
        self.genuine: dict[str, _Count] = {}

    @property
    def quotes(self) -> int:
        return sum(count.quotes for count in chain(self.false.values(), self.genuine.values()))

    def try_false(self, material: Material, before: Material | None, chance: random.Random) -> list[str]:
        """Verify the forgeries of an article; returns the words of each."""
        words: list[str] = []
        standing = Standing(material.article.text)
        tried: set[tuple[str, str | None]] = set()
        for forgery in _in_turn(_forgeries(material, before, self._voices, chance)):
            key = (forgery.text, forgery.speaker)
            if key in tried or len(forgery.text.split()) < 2:
                continue
            tried.add(key)
            count = self.false[forgery.kind]
            if _happens_to_stand(forgery, standing):
                count.left_out += 1
                continue
            verdict = self._verified(forgery.near, forgery.text, forgery.speaker)
            _note(count, forgery.near, verdict, _accepted(verdict))
            words.append(forgery.text)
            if len(words) == FALSE_QUOTES:
                break
        return words

    def try_genuine(self, material: Material, chance: random.Random) -> None:
        tried: set[str] = set()
        for kind, words, source in islice(variants(material, chance), _TRIES * GENUINE_QUOTES):
            if words in tried:
                continue
            tried.add(words)
            verdict = self._verified(source, words, None)
            _note(self.genuine.setdefault(kind, _Count()), source, verdict, not verdict.holds)
            if len(tried) == GENUINE_QUOTES:
                return

    def _verified(self, near: Span, words: str, speaker: str | None) -> Verdict:
        # Who speaks decides only where somebody is claimed or parts are joined; to find out takes longest.
        voices = self._voices if speaker or ELLIPSIS.search(words) else unestablished
        started = time.perf_counter()
        verdict = verify(Quote(Passage(near, 0.0), words, speaker), voices)
        self.verifying += time.perf_counter() - started
        return verdict


class _Sample:
    """So many of the words that go by, each with the same chance."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(f"{seed}:elsewhere")
        self._seen = 0
        self.kept: list[str] = []

    def add(self, words: Iterable[str]) -> None:
        for one in words:
            self._seen += 1
            place = self._chance.randrange(self._seen)
            if len(self.kept) < _SAMPLE:
                self.kept.append(one)
            elif place < _SAMPLE:
                self.kept[place] = one


def _forgeries(
    material: Material, before: Material | None, voices: Voices, chance: random.Random
) -> list[Iterator[Forgery]]:
    made = [changed(kind, maker, material, chance) for kind, maker in MAKERS.items()]
    return made + [misquoter(material, before, voices, chance) for misquoter in MISQUOTERS.values()]


def _in_turn(makers: list[Iterator[Forgery]]) -> Iterator[Forgery]:
    """One of each kind, then a second of each …: kinds that run dry leave their share to the others."""
    while makers:
        going: list[Iterator[Forgery]] = []
        for maker in makers:
            forgery = next(maker, None)
            if forgery is not None:
                going.append(maker)
                yield forgery
        makers = going


def _happens_to_stand(forgery: Forgery, standing: Standing) -> bool:
    """Whether a forgery is none: its words stand in the article, or, cut out of true words, stand there twice."""
    if not forgery.stands:
        return standing.stands(forgery.text)
    return forgery.speaker is None and standing.count(forgery.text) > 1


def _accepted(verdict: Verdict) -> bool:
    """Whether the quote would become a citation, of the claimed speaker where one is claimed."""
    claimed = verdict.quote.speaker
    speakers = [said.speaker for said in verdict.said]
    return verdict.holds and (
        claimed is None or any(speaker is not None and is_speaker(claimed, speaker) for speaker in speakers)
    )


def _note(count: _Count, near: Span, verdict: Verdict, failed: bool) -> None:
    count.quotes += 1
    count.failed += failed
    if failed and len(count.examples) < _EXAMPLES:
        quote = verdict.quote
        told = (quote.text, quote.speaker, verdict.kind, verdict.reason)
        count.examples.append(Failure(near.article.id, near.start, near.end, *told))


def _tallies(counts: dict[str, _Count]) -> tuple[Tally, ...]:
    return tuple(
        Tally(kind, count.quotes, count.left_out, count.failed, tuple(count.examples))
        for kind, count in counts.items()
        if count.quotes or count.left_out
    )


def _timed(elsewhere: Elsewhere, quotes: list[str]) -> Timing:
    taken: list[float] = []
    for words in quotes:
        started = time.perf_counter()
        elsewhere(words)
        taken.append(time.perf_counter() - started)
    taken.sort()
    return Timing(len(taken), taken[len(taken) // 2], taken[len(taken) * 19 // 20])
