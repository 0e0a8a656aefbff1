"""Work going on, told on stderr: one line that changes, or in a log one now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

Show = Callable[[str, bool], None]  # what to say, and whether the work has ended with it


def status_line() -> Show:
    """A function that shows a line five times a second at most, in a log every ten seconds."""
    live = sys.stderr.isatty()
    shown = time.monotonic()

    def show(line: str, ended: bool) -> None:
        nonlocal shown
        if time.monotonic() - shown < (0.2 if live else 10) and not (live and ended):
            return
        shown = time.monotonic()
        print(f"\r\x1b[K{line}" if live else line, end="\n" if ended or not live else "", file=sys.stderr, flush=True)

    return show


def time_left(seconds: float) -> str:
    """ ", 2 min 05 s left", or nothing where less than a second is."""
    return f", {int(seconds) // 60} min {int(seconds) % 60:02d} s left" if int(seconds) else ""
