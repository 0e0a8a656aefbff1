"""What came of a self-test: counts by kind, what failed, and how a terminal shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rag.records import Span, Verdict
from rag.text import printable

_EXAMPLES = 5


@dataclass(slots=True)
class Tally:
    """The quotes of one kind: how many were tried, left out as no forgeries, and failed the test; some that failed."""

    quotes: int = 0
    left_out: int = 0
    failed: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)

    def note(self, near: Span, verdict: Verdict, *, failed: bool) -> None:
        """Count a quote; ``near`` is what it was made from."""
        self.quotes += 1
        self.failed += failed
        if failed and len(self.examples) < _EXAMPLES:
            place = {"article": near.article.id, "start": near.start, "end": near.end}
            quote = {"words": verdict.quote.text, "speaker": verdict.quote.speaker}
            self.examples.append(place | quote | {"verdict": verdict.kind, "reason": verdict.reason})


class SelfTest:
    """What came of the test, by kind; ``seconds`` for all of it, ``verifying`` for the verifier alone."""

    def __init__(self, seed: int = 0) -> None:
        self.seed, self.articles, self.seconds, self.verifying = seed, 0, 0.0, 0.0
        self.false: dict[str, Tally] = defaultdict(Tally)
        self.genuine: dict[str, Tally] = defaultdict(Tally)
        self.elsewhere: dict[str, float] | None = None

    @property
    def passed(self) -> bool:
        return not any(tally.failed for tally in (*self.false.values(), *self.genuine.values()))

    def to_dict(self) -> dict[str, Any]:
        false, genuine = self.false.items(), self.genuine.items()
        return {
            "articles": self.articles,
            "seed": self.seed,
            "false_quotes": sum(tally.quotes for _, tally in false),
            "false_accepted": sum(tally.failed for _, tally in false),
            "false_left_out": sum(tally.left_out for _, tally in false),
            "genuine_quotes": sum(tally.quotes for _, tally in genuine),
            "genuine_rejected": sum(tally.failed for _, tally in genuine),
            "by_kind": {k: {"quotes": t.quotes, "accepted": t.failed, "left_out": t.left_out} for k, t in false},
            "genuine_by_kind": {k: {"quotes": t.quotes, "rejected": t.failed} for k, t in genuine},
            "accepted": [{"kind": kind} | one for kind, tally in false for one in tally.examples],
            "rejected": [{"kind": kind} | one for kind, tally in genuine for one in tally.examples],
            "seconds": round(self.seconds, 3),
            "verifying_seconds": round(self.verifying, 3),
            "elsewhere": self.elsewhere,
        }


def terminal(test: SelfTest) -> str:
    """The result as a table that needs no explanation, for a terminal; what failed is shown in its own words."""
    told = test.to_dict()
    lines = [
        f"{told['articles']:,} articles, {test.seconds:.0f} s ({test.verifying:.0f} s of it verifying)\n",
        f"False quotes, made by changing true ones: {told['false_accepted']:,} of {told['false_quotes']:,} accepted "
        f"(left out: {told['false_left_out']:,} that happen to stand in their article)",
        *_table(told["by_kind"], "accepted"),
        f"\nGenuine quotes in other typography: {told['genuine_rejected']:,} of {told['genuine_quotes']:,} rejected",
        *_table(told["genuine_by_kind"], "rejected"),
    ]
    if test.elsewhere:
        median, slow = (1000 * test.elsewhere[key] for key in ("median", "slowest_twentieth"))
        lines.append(f"\nLooking for a quote in all other articles: {median:.0f} ms (median), {slow:.0f} ms (1 of 20)")
    lines += [f"\nAccepted, but false ({_shown(**one)}" for one in told["accepted"]]
    lines += [f"\nRejected, but genuine ({_shown(**one)}" for one in told["rejected"]]
    lines.append("\nPassed: the verifier made no mistake." if test.passed else "\nNot passed: see above.")
    return printable("\n".join(lines))


def _table(kinds: Mapping[str, Mapping[str, int]], failed: str) -> Iterator[str]:
    yield f"  {'kind':<22}{'quotes':>10}{failed:>10}"
    yield from (f"  {kind:<22}{counts['quotes']:>10,}{counts[failed]:>10,}" for kind, counts in kinds.items())


def _shown(kind: str, article: str, start: int, end: int, words: str, **said: str | None) -> str:
    claimed = f", said to be by {said['speaker']}" if said["speaker"] else ""
    verdict = ": ".join(filter(None, (said["verdict"], said["reason"])))
    return f"{kind}; characters {start}-{end} of article {article}{claimed}):\n  {' '.join(words.split())}\n  {verdict}"
