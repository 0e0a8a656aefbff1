"""python -m index --watch: what a watch tells in the terminal, a line for every run."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from index.build import Progress, Report, embedder_for
from index.notices import LISTED, notice_lines
from index.watch import interval, notices, watch, watchable
from rag.errors import InputError
from rag.models import Embedder
from rag.store import Store, Watched
from rag.text import counted, printable, span_words


def keep_watching(
    targets: Sequence[str], every: str | None, folder: Path, embedder: str | None, progress: Callable[[], Progress]
) -> int:
    """Watch ``targets`` too, and run them, or without any all that the index watches, until somebody stops it."""
    named, seconds = watchable(targets), interval(every) if every else None
    loaded = embedder_for(folder, embedder)
    sources = _noted(named, seconds, folder, loaded)
    print(f"Watching {counted(len(sources), 'source')} into {folder}. Stop with Ctrl+C.", flush=True)
    for source in sources:
        print(printable(f"  {source.target}, every {span_words(source.every)}{_past(source)}"), flush=True)
    told = _Told()
    try:
        watch(folder, lambda: loaded, told, targets=named or None, progress=lambda: _if_any(progress()))
    except KeyboardInterrupt:
        print(f"\n{counted(told.runs, 'run')}: {told.added:,} added, {told.changed:,} changed.", file=sys.stderr)
        raise
    return 0


def unwatch(targets: Sequence[str], folder: Path) -> int:
    """Watch ``targets`` no more."""
    paths = {target: target if "://" in target else str(Path(target).resolve()) for target in targets}
    with Store(folder).writing() as transaction:
        unknown = [target for target in targets if not transaction.unwatch(paths[target])]
        watched = ", ".join(source.target for source in transaction.watched()) or "nothing"
        if unknown:
            raise InputError(printable(f"{unknown[0]!r} is not watched in {folder}; watched there: {watched}."))
    print(f"{folder}: {counted(len(targets), 'source')} watched no more; their articles stay")
    return 0


def _noted(named: Sequence[str], seconds: float | None, folder: Path, embedder: Embedder) -> list[Watched]:
    """Those that are to be run, noted in the index."""
    store = Store.create(folder, embedder)
    with store.writing() as transaction:
        for target in named:
            transaction.watch(target, seconds, time.time())
        sources = [source for source in transaction.watched() if not named or source.target in named]
    if not sources:
        raise InputError(f"Nothing is watched in {folder}. Name folders or feeds: python -m index --watch PATH|FEED…")
    return sources


class _Told:
    """Tells of every run what was new in it; what was lost, when that has changed since the run before."""

    def __init__(self) -> None:
        self.runs = self.added = self.changed = 0
        self._lost: dict[str, list[str]] = {}

    def __call__(self, source: Watched, report: Report) -> None:
        self.runs += 1
        self.added += report.added
        self.changed += report.changed
        print(printable(f"{_clock(source.last_run or 0.0)} {source.target}: {_outcome(source, report)}"))
        for title in report.new[:LISTED]:
            print(printable(f"  {title}"))
        if len(report.new) > LISTED:
            print(f"  and {len(report.new) - LISTED:,} more")
        lost = [f"  {line}" for line in notice_lines(notices(source.target, source.error, report))]
        if lost != self._lost.get(source.target, []):
            print(printable("".join(f"{line}\n" for line in lost)), end="")
        self._lost[source.target] = lost
        print(end="", flush=True)


def _outcome(source: Watched, report: Report) -> str:
    if source.error:
        again = f", {source.failures} times in a row" if source.failures > 1 else ""
        return f"failed{again}: {source.error}; the next try is at {_clock(source.next_run)}"
    counts = [(report.added, "added"), (report.changed, "changed"), (report.dropped, "dropped")]
    counts += [(report.left_out, "left out, since they were removed")]
    return ", ".join(f"{count:,} {what}" for count, what in counts if count) or "nothing new"


def _past(source: Watched) -> str:
    if source.last_run is None:
        return ""
    return f", last run {_clock(source.last_run)}" + (f" ({source.error})" if source.error else "")


def _if_any(progress: Progress) -> Progress:
    """Told only while there is something to do: most runs find nothing new."""

    def tell(report: Report) -> None:
        if report.added or report.changed:
            progress(report)

    return tell


def _clock(seconds: float) -> str:
    """The time of the machine that watches."""
    return time.strftime("%d %b %H:%M", time.localtime(seconds))
