"""The verifier put to the test with your own articles: false quotes that must fail, genuine ones that must hold.

False quotes are made by ``eval/forging/makers.py``; those whose words happen to stand in their article
(``eval/forging/judge.py``) are left out. Genuine ones (``eval/forging/typography.py``) differ in typography only. None
of these shares code or a list of words with the verifier.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from eval.forging.judge import Standing
from eval.forging.makers import MAKERS, MISQUOTERS, Forgery, changed
from eval.forging.material import Material
from eval.forging.result import SelfTest
from eval.forging.typography import variants
from rag.quoting import unestablished, verify
from rag.records import Article, Passage, Quote, Span, Verdict, Voices

FALSE_QUOTES = 75  # of an article that has words enough; spread over the kinds
GENUINE_QUOTES = 12
_TRIES = 4  # variants made for each that is wanted: some come out the same
_SAMPLE = 200  # false quotes that are looked for elsewhere


def self_test(
    articles: Iterable[Article],
    voices: Voices = unestablished,
    seed: int = 0,
    *,
    progress: Callable[[int, int], None] = lambda articles, quotes: None,
    elsewhere: Callable[[str], object] | None = None,
) -> SelfTest:
    """Make false and genuine quotes from each article and verify them; the same articles and seed give the same quotes.

    ``progress`` is told the articles and quotes so far. ``elsewhere`` looks for words in all articles; it is timed on a
    sample of the false quotes, after everything else. Articles are held two at a time.
    """
    test, before, started = SelfTest(seed), None, time.perf_counter()
    sampling, sample = random.Random(f"{seed}:elsewhere"), list[tuple[float, str]]()
    for article in articles:
        material, chance = Material.of(article), random.Random(f"{seed}:{article.id}")
        if material.sentences:
            forgeries = list(islice(_false(test, material, before, chance), FALSE_QUOTES))
            for made in forgeries:
                # Who speaks decides only where somebody is claimed or parts are joined; to find out takes longest.
                heard = voices if made.speaker or "…" in made.text or "..." in made.text else unestablished
                verdict = _verified(test, made.near, made.text, made.speaker, heard)
                test.false[made.kind].note(made.near, verdict, failed=verdict.holds)
            sample = sorted([*sample, *((sampling.random(), made.text) for made in forgeries)])[:_SAMPLE]
            genuine = {words: (kind, near) for kind, words, near in islice(variants(material, chance), _TRIES * 12)}
            for words, (kind, near) in islice(genuine.items(), GENUINE_QUOTES):
                verdict = _verified(test, near, words, None, unestablished)
                test.genuine[kind].note(near, verdict, failed=not verdict.holds)
            before = material
        test.articles += 1
        progress(test.articles, sum(tally.quotes for tally in (*test.false.values(), *test.genuine.values())))
    test.seconds = time.perf_counter() - started
    if elsewhere and sample:
        taken = sorted(_seconds(elsewhere, words) for _, words in sample)
        median, slow = taken[len(taken) // 2], taken[len(taken) * 19 // 20]
        test.elsewhere = {"quotes": len(taken), "median": median, "slowest_twentieth": slow}
    return test


def _false(test: SelfTest, material: Material, before: Material | None, chance: random.Random) -> Iterator[Forgery]:
    """Forgeries of an article, each once; one of each kind, then a second …: kinds that run dry leave their share to
    the others. Those that are none are counted."""
    makers = [changed(kind, material, chance) for kind in MAKERS]
    makers += [misquoter(material, before, chance) for misquoter in MISQUOTERS.values()]
    standing, seen = Standing(material.article.text), set[tuple[str, str | None]]()
    while makers:
        found = [(maker, forgery) for maker in makers if (forgery := next(maker, None))]
        makers = [maker for maker, _ in found]
        for _, forgery in found:
            key = (forgery.text, forgery.speaker)
            if key not in seen and len(forgery.text.split()) > 1:
                seen.add(key)
                # It is none where its words stand in the article, or, cut out of true words, stand there twice.
                twice = not forgery.speaker and standing.count(forgery.text) > 1
                if twice if forgery.stands else standing.stands(forgery.text):
                    test.false[forgery.kind].left_out += 1
                else:
                    yield forgery


def _verified(test: SelfTest, near: Span, words: str, speaker: str | None, voices: Voices) -> Verdict:
    started = time.perf_counter()
    verdict = verify(Quote(Passage(near, 0.0), words, speaker), voices)
    test.verifying += time.perf_counter() - started
    return verdict


def _seconds(elsewhere: Callable[[str], object], words: str) -> float:
    started = time.perf_counter()
    elsewhere(words)
    return time.perf_counter() - started
