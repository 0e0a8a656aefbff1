"""The sources that an index reads again and again, as the chat shows, changes and runs them."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from rag.errors import IndexMissing, InputError
from rag.models import Embedder
from rag.store import Store, Watched

_RETRY = 5.0  # seconds until a watch that could not begin is tried again

Watchable = Callable[[Sequence[str]], list[str]]  # checks folders and addresses; returns them as they are watched
Watch = Callable[[Path, Callable[[], Embedder]], None]  # runs all that an index watches, for good


class WatchList:
    """The watched sources of the index in ``folder``, which need not exist yet; several threads may use it."""

    def __init__(self, folder: Path, embedder: Callable[[], Embedder], watchable: Watchable, watch: Watch) -> None:
        self._folder, self._embedder = folder, embedder
        self._watchable, self._watch = watchable, watch

    def sources(self) -> tuple[list[Watched], int]:
        """What is watched, and the index's revision, which counts its changes."""
        try:
            store = Store(self._folder)
        except IndexMissing:
            return [], 0
        with store.reading() as snapshot:
            return snapshot.watched(), snapshot.revision

    def add(self, targets: Sequence[str], every: float) -> None:
        """Have folders and addresses read now and every so many seconds; InputError where one cannot be."""
        named = self._watchable(targets)
        with Store.create(self._folder, self._embedder()).writing() as transaction:
            for target in named:
                transaction.watch(target, every, time.time())

    def drop(self, target: str) -> None:
        """Have it read no more; its articles stay. InputError where it is not watched."""
        with Store(self._folder).writing() as transaction:
            if not transaction.unwatch(target):
                raise InputError(f"{target!r} is not watched any more.")

    def run(self) -> NoReturn:
        """Read what is due, as long as the chat runs; an index that cannot be used is tried again."""
        while True:
            try:
                self._watch(self._folder, self._embedder)
            except IndexMissing:
                pass  # nothing was added yet
            except Exception as error:
                traceback.print_exception(error)
            time.sleep(_RETRY)
