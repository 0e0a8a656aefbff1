"""What is known of a source that is read more than once: how its server named it, and when it is to be read again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visit:
    """What an address held when it was last read: ``url`` is where redirects led, ``etag`` and ``last_modified`` are
    how the server named its state ("" where it did not). ``is_feed``: it was made for programs, not a page for people.
    """

    url: str
    etag: str
    last_modified: str
    is_feed: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """A source that is read again and again, every ``every`` seconds, and how its last run went.

    ``target`` is an absolute path or an address. Times are seconds since 1970 (UTC); ``last_run`` is None before the
    first run. ``failures`` counts them in a row; ``error`` says why the last run failed, "" where it did not.
    ``added``, ``changed`` and ``skipped`` are what the last run did, ``note`` is the first thing that it skipped.
    ``held`` is until when a program that runs it has it for itself.
    """

    target: str
    every: float
    next_run: float
    last_run: float | None = None
    failures: int = 0
    error: str = ""
    added: int = 0
    changed: int = 0
    skipped: int = 0
    note: str = ""
    held: float = 0.0

    @property
    def due(self) -> float:
        """From when on it may be run."""
        return max(self.next_run, self.held)
