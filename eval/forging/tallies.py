"""What came of a self-test: counts by kind, what failed, and how a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rag.text import printable


@dataclass(frozen=True, slots=True)
class Failure:
    """A false quote that was accepted, or a genuine one that was rejected: ``start`` and ``end`` are the characters of
    the article that it was made from."""

    article: str
    start: int
    end: int
    words: str
    speaker: str | None
    verdict: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The quotes of one kind: how many were tried, how many left out as no forgeries, how many failed the test."""

    kind: str
    quotes: int
    left_out: int
    failed: int
    examples: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long it took to look for ``quotes`` quotes in the other articles, in seconds for each."""

    quotes: int
    median: float
    slowest_twentieth: float


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What came of the test, by kind; ``seconds`` for all of it, ``verifying`` for the verifier alone."""

    articles: int
    seed: int
    false: tuple[Tally, ...]
    genuine: tuple[Tally, ...]
    seconds: float
    verifying: float
    elsewhere: Timing | None = None

    @property
    def passed(self) -> bool:
        return not any(tally.failed for tally in (*self.false, *self.genuine))

    def to_dict(self) -> dict[str, Any]:
        return {
            "articles": self.articles,
            "seed": self.seed,
            "false_quotes": sum(tally.quotes for tally in self.false),
            "false_accepted": sum(tally.failed for tally in self.false),
            "false_left_out": sum(tally.left_out for tally in self.false),
            "genuine_quotes": sum(tally.quotes for tally in self.genuine),
            "genuine_rejected": sum(tally.failed for tally in self.genuine),
            "by_kind": {
                tally.kind: {"quotes": tally.quotes, "accepted": tally.failed, "left_out": tally.left_out}
                for tally in self.false
            },
            "genuine_by_kind": {
                tally.kind: {"quotes": tally.quotes, "rejected": tally.failed} for tally in self.genuine
            },
            "accepted": [{"kind": t.kind} | asdict(example) for t in self.false for example in t.examples],
            "rejected": [{"kind": t.kind} | asdict(example) for t in self.genuine for example in t.examples],
            "seconds": round(self.seconds, 3),
            "verifying_seconds": round(self.verifying, 3),
            "elsewhere": self.elsewhere and asdict(self.elsewhere),
        }


def terminal(test: SelfTest) -> str:
    """The result as a table that needs no explanation, for a terminal; what failed is shown in its own words."""
    told = test.to_dict()
    lines = [
        f"{told['articles']:,} articles, {told['seconds']:.0f} s ({told['verifying_seconds']:.0f} s of it verifying)",
        "",
        f"False quotes, made by changing true ones: {told['false_accepted']:,} of {told['false_quotes']:,} accepted "
        f"(left out: {told['false_left_out']:,} that happen to stand in their article)",
        *_table(test.false, "accepted"),
        "",
        f"Genuine quotes in other typography: {told['genuine_rejected']:,} of {told['genuine_quotes']:,} rejected",
        *_table(test.genuine, "rejected"),
    ]
    if test.elsewhere:
        median, slow = 1000 * test.elsewhere.median, 1000 * test.elsewhere.slowest_twentieth
        lines += ["", f"Looking for a quote in all other articles: {median:.0f} ms (median), {slow:.0f} ms (1 of 20)"]
    for title, tallies in (("Accepted, but false", test.false), ("Rejected, but genuine", test.genuine)):
        for tally in tallies:
            lines += [line for example in tally.examples for line in _failure(title, tally.kind, example)]
    lines += ["", "Passed: the verifier made no mistake." if test.passed else "Not passed: see above."]
    return printable("\n".join(lines))


def _table(tallies: Iterable[Tally], failed: str) -> Iterator[str]:
    yield f"  {'kind':<22}{'quotes':>10}{failed:>10}"
    yield from (f"  {tally.kind:<22}{tally.quotes:>10,}{tally.failed:>10,}" for tally in tallies)


def _failure(title: str, kind: str, failure: Failure) -> Iterator[str]:
    claimed = f", said to be by {failure.speaker}" if failure.speaker else ""
    yield ""
    yield f"{title} ({kind}; characters {failure.start}-{failure.end} of article {failure.article}{claimed}):"
    yield f"  {' '.join(failure.words.split())}"
    yield f"  {failure.verdict}{': ' + failure.reason if failure.reason else ''}"
