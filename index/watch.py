"""Sources that are read again and again: one after another when each is due; one that fails stops no other.

What is watched, when it is due and how its last run went stands in the index, so a watch that was stopped goes on as it
was left, and two programs that watch one index share the work.
"""

from __future__ import annotations

import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol

from index.build import Progress, Report, build
from index.fetch import Fetch, fetch
from index.records import Skipped
from index.response import Fetched, Refused
from index.robots import Robots
from index.values import is_web_url
from rag.errors import InputError, RagError
from rag.models import Embedder
from rag.store import HELD, Store, Visit, Watched
from rag.text import printable, shortened

SHORTEST, LONGEST = 60.0, 30 * 86_400.0  # seconds between two runs: no server is asked more often than once a minute
MOST = 6 * 3600.0  # seconds that a failing source waits at most, unless its own interval is longer
PATIENCE = 86_400.0  # seconds, up to which it waits as long as its server asks
LOOK = 5.0  # seconds between two looks at what is due: another program may have changed it
_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_INTERVAL = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([smhd])")
_ROOM = 300  # characters of an error


class Clock(Protocol):
    """The time in seconds since 1970, and how one waits for it."""

    def now(self) -> float: ...

    def wait(self, seconds: float) -> bool:
        """Wait, unless the watch is to end: then True."""


class SystemClock:
    """The machine's own; ``stop`` ends what waits by it."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def now(self) -> float:
        return time.time()

    def wait(self, seconds: float) -> bool:
        return self._stopped.wait(seconds)

    def stop(self) -> None:
        self._stopped.set()


def interval(text: str) -> float:
    """Seconds of "90s", "15m", "2h" or "1d"; InputError at anything else, and beyond the bounds."""
    found = _INTERVAL.fullmatch(text.strip().lower())
    if not found:
        raise InputError(f"The interval is {text!r}, expected a number with s, m, h or d, such as 15m.")
    seconds = float(found[1]) * _UNITS[found[2]]
    if not SHORTEST <= seconds <= LONGEST:
        raise InputError(f"The interval is {text!r}, expected 1m to 30d: more often would be a burden to servers.")
    return seconds


Told = Callable[[Watched, Report], None]  # a source as its run has left it, and what the run did


def watchable(targets: Sequence[str]) -> list[str]:
    """``targets`` as they are watched: whole addresses, absolute paths; InputError at one that is neither."""
    named = []
    for target in targets:
        if "://" in target:
            if not is_web_url(target):
                raise InputError(f"{target!r} cannot be watched: expected a http or https address, a folder or a file.")
            named.append(target)
        elif Path(target).exists():
            named.append(str(Path(target).resolve()))
        else:
            raise InputError(f"{target!r} cannot be watched: there is no such file or folder. Name one that is there.")
    return named


def watch(
    folder: Path,
    embedder: Callable[[], Embedder],
    told: Told = lambda source, report: None,
    *,
    targets: Collection[str] | None = None,
    progress: Callable[[], Progress] = lambda: lambda report: None,
    clock: Clock | None = None,
    get: Fetch = fetch,
) -> None:
    """Run what is due in the index of ``folder``, of ``targets`` alone where they are named, until ``clock`` ends it.

    ``told`` is called after every run, ``progress`` makes what is told during one. Raises RagError where the index
    cannot be used.
    """
    clock = clock or SystemClock()
    store = Store(folder)
    runs = _Runs(store, embedder, progress, clock, get)
    while True:
        with store.reading() as snapshot:
            named = [one for one in snapshot.watched() if targets is None or one.target in targets]
        soonest = min((one.due for one in named), default=clock.now() + LOOK)
        if (left := soonest - clock.now()) > 0:
            if clock.wait(min(left, LOOK)):
                return
            continue
        with store.writing() as transaction:
            source = transaction.claim(clock.now(), targets)
        if source:
            try:
                ran, report = runs.run(source)
            except BaseException:  # stopped within it, so it is due still
                with store.writing() as transaction:
                    transaction.ran(source)
                raise
            with store.writing() as transaction:
                transaction.ran(ran)
            told(ran, report)


def back_off(every: float, failures: int, wanted: float = 0.0) -> float:
    """Seconds until a source is read again that has failed ``failures`` times in a row.

    The interval doubles with each failure, up to MOST, and is no shorter than the server ``wanted``, up to PATIENCE.

    >>> [back_off(900, failures) / 60 for failures in (0, 1, 2, 3, 9)]
    [15.0, 30.0, 60.0, 120.0, 360.0]
    """
    doubled: float = every * 2 ** min(failures, 20)
    return max(every, min(doubled, MOST), min(wanted, PATIENCE))


class _Runs:
    """Reads one watched source at a time into an index."""

    def __init__(
        self,
        store: Store,
        embedder: Callable[[], Embedder],
        progress: Callable[[], Progress],
        clock: Clock,
        get: Fetch,
    ) -> None:
        self._store, self._embedder, self._progress = store, embedder, progress
        self._clock, self._get = clock, get
        self._robots = Robots(get, clock.now)

    def run(self, source: Watched) -> tuple[Watched, Report]:
        """Read a source; returns how that has left it, with what was done. Raises RagError for the index alone."""
        asked = _Asked(self._get, self._robots)
        report = Report()
        try:
            embedder = self._embedder()
            progress = self._holding(source.target, self._progress())
            report = build([source.target], self._store.folder, embedder, progress, get=asked, again=False)
            error = _failure(source.target, report)
        except RagError:
            raise
        except Exception as unexpected:  # whatever a source holds, the others are read
            print(printable("".join(traceback.format_exception(unexpected))), file=sys.stderr)
            error = f"{type(unexpected).__name__}: {unexpected}"
        failures = source.failures + 1 if error else 0
        remote = "://" in source.target  # to look at a folder troubles nobody
        wait = back_off(source.every, failures, asked.wanted) if remote else source.every
        now = self._clock.now()
        skipped = [item for item in notices(source.target, error, report) if not item.kept]
        note = f"{skipped[0].where}: {skipped[0].reason}" if skipped else ""
        ran = Watched(
            source.target,
            source.every,
            next_run=now + wait,
            last_run=now,
            failures=failures,
            error=shortened(error, _ROOM),
            added=report.added,
            changed=report.changed,
            skipped=len(skipped),
            note=shortened(note, _ROOM),
        )
        return ran, report

    def _holding(self, target: str, told: Progress) -> Progress:
        """``told``, which also notes now and then that the run of ``target`` still goes on."""
        noted = self._clock.now()

        def tell(report: Report) -> None:
            nonlocal noted
            if (now := self._clock.now()) > noted + HELD / 10:
                noted = now
                with self._store.writing() as transaction:
                    transaction.hold(target, now)
            told(report)

        return tell


class _Asked:
    """Fetches for one run: pages only where robots.txt lets it; ``wanted`` is how long the server asked to be left."""

    def __init__(self, get: Fetch, robots: Robots) -> None:
        self._get, self._robots = get, robots
        self.wanted = 0.0

    def __call__(self, url: str, known: Visit | None) -> Fetched | None:
        try:
            if known and known.is_feed:
                return self._get(url, known)
            return self._get(url, known, permit=self._robots.permit)
        except Refused as refused:
            self.wanted = refused.retry_after or 0.0
            raise


def notices(target: str, error: str, report: Report) -> list[Skipped]:
    """What a run of ``target`` lost, beside ``error``, for which it failed as a whole."""
    return [item for item in report.skipped if not error or item.where != target]


def _failure(target: str, report: Report) -> str:
    """Why nothing could be read of a source; "" where something could, or nothing in a folder is of use."""
    if report.done:
        return ""
    return next((item.reason for item in report.skipped if item.where == target), "")
