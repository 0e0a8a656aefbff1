"""The ways through an article's words that a claim may take: the words in order, what may be left out of them, and what
may stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.drafting.claimed_words import Word

Instead = tuple[tuple[str, ...], int]  # words of a claim, and how many of the article's they stand for


@dataclass(slots=True)
class Ways:
    """The words of a piece of an article, what may be left out from each on, and what may stand for it."""

    words: Sequence[Word]
    skips: dict[int, set[int]] = field(default_factory=dict)
    instead: dict[int, list[Instead]] = field(default_factory=dict)

    def skip(self, start: int, end: int) -> None:
        """The words from ``start`` up to ``end`` may be left out."""
        self.skips.setdefault(start, set()).add(end)

    def put(self, at: int, *forms: str, over: int = 1) -> None:
        """``forms`` may stand for the ``over`` words from ``at`` on."""
        self.instead.setdefault(at, []).append((forms, over))


def reached(claim: Sequence[str], ways: Ways) -> int:
    """How many of the claim's words follow, in order; one more than it has where all do and nothing that matters is
    left out behind them."""
    last = len(ways.words)
    best = 0
    seen = {(0, 0)}
    todo = [(0, 0)]
    while todo:
        i, j = todo.pop()
        best = max(best, i)
        if i == len(claim) and j == last:
            return i + 1
        following = [(i, end) for end in ways.skips.get(j, ())]
        if i < len(claim) and j < last:
            if claim[i] == ways.words[j].form:
                following.append((i + 1, j + 1))
            for forms, over in ways.instead.get(j, ()):
                if tuple(claim[i : i + len(forms)]) == forms:
                    following.append((i + len(forms), j + over))
        for state in following:
            if state not in seen:
                seen.add(state)
                todo.append(state)
    return best
