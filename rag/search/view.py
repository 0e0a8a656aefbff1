"""What one question sees of an index: the articles that its filters leave in, of those that are still there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from rag.answer import IndexFacts
from rag.errors import InputError
from rag.store import Generation, Snapshot

Day = date | str | None


class Within(TypedDict, total=False):
    """Which articles may be used, as a caller says it; days are dates or "YYYY-MM-DD", inclusive."""

    publishers: Iterable[str] | None
    after: Day
    before: Day


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer: publishers by name in any case; days inclusive; undated articles pass ``as_of``
    but not ``after`` or ``before``, since nothing says that they belong there; ``without`` are ids or URLs left out."""

    publishers: frozenset[str] = frozenset()
    after: date | None = None
    before: date | None = None
    as_of: date | None = None
    without: frozenset[str] = frozenset()

    @classmethod
    def of(cls, within: Within, as_of: Day = None, without: Iterable[str] = ()) -> Filters:
        """What a caller asked for; raises InputError where a day is none."""
        named = within.get("publishers") or ()
        return cls(
            frozenset([named] if isinstance(named, str) else named),
            _day("after", within.get("after")),
            _day("before", within.get("before")),
            _day("as_of", as_of),
            frozenset([without] if isinstance(without, str) else without),
        )


@dataclass(frozen=True, slots=True)
class View:
    """A published generation beside what the store holds at this moment, which is the same or more recent.

    Rows are never given twice and never changed, so an article of the generation is still there as it was searched, or
    it is gone, and then it is left out. What was added later is not seen before it is published.
    """

    generation: Generation
    snapshot: Snapshot

    def allowed(self, filters: Filters) -> NDArray[np.bool_]:
        """By article of the generation's catalogue."""
        catalogue, mask = self.generation.catalogue, self._there()
        if filters.publishers:
            mask &= np.isin(catalogue.publishers, [name.casefold() for name in filters.publishers])
        if filters.after:
            mask &= catalogue.days >= filters.after.toordinal()
        if filters.before:
            mask &= (catalogue.days > 0) & (catalogue.days <= filters.before.toordinal())
        if filters.as_of:
            mask &= catalogue.days <= filters.as_of.toordinal()
        if filters.without:
            mask &= ~np.isin(catalogue.rows, self.snapshot.rows(filters.without))
        return mask

    def facts(self) -> IndexFacts:
        """What the index holds, of which only those articles are counted that are searched."""
        facts = self.snapshot.facts()
        if facts.revision == self.generation.revision:
            return facts
        there = self._there()
        newest = int(self.generation.catalogue.days[there].max(initial=0))
        return replace(facts, articles=int(there.sum()), newest=date.fromordinal(newest) if newest else None)

    def _there(self) -> NDArray[np.bool_]:
        rows = self.generation.catalogue.rows
        if self.snapshot.revision == self.generation.revision:
            return np.ones(rows.size, np.bool_)
        return np.isin(rows, self.snapshot.article_rows())


def _day(name: str, day: Day) -> date | None:
    if isinstance(day, date) or day is None:
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise InputError(f"{name} is {day!r}, expected a day such as 2026-03-14 (YYYY-MM-DD).") from error
