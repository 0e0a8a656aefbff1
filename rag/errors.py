"""What can go wrong for a user: one message each, that says what happened, the value, and how to repair it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO


class RagError(Exception):
    """A user's error: shown as one message, without a traceback. Exit status 2 on the command line."""


class IndexMissing(RagError):
    """There is no index where one was looked for."""


class IndexMismatch(RagError):
    """The index was made with another format or another embedder than the one asked for."""


class IndexDamaged(RagError):
    """What the index holds no longer agrees with what it recorded about itself."""


class InputError(RagError):
    """A path, URL, date or question that cannot be used."""


class ModelError(RagError):
    """A language model that cannot be used, or did not send what it was asked for."""


def first_line(error: Exception) -> str:
    """What an exception of a library says first, for a message of ours; its type where it says nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def unloadable(what: str, name: str, error: Exception) -> InputError:
    """What a user is told whose model, named for ``what``, cannot be used."""
    return InputError(
        f"The {what} {name!r} could not be loaded ({first_line(error)}). "
        "Give the folder of a model, or its name and a network."
    )


def exit_status(command: Callable[[], int], stopped: str = "Stopped.") -> int:
    """What ``command`` returns; or, for what it raises, a message on stderr and the status of that.

    2 for a user's error, and where nobody reads the output to its end (``| head``); 130 where Ctrl-C stopped it, which
    ``stopped`` tells.
    """
    try:
        try:
            return command()
        finally:
            sys.stdout.flush()  # here, where a closed pipe can still be told
    except RagError as error:
        _tell(str(error))
        return 2
    except KeyboardInterrupt:
        _tell(stopped)
        return 130
    except BrokenPipeError:
        _forget(sys.stdout)
        _tell("The output was not read to its end: the rest of it was not written.")
        return 2


def _tell(message: str) -> None:
    try:
        print(message, file=sys.stderr, flush=True)
    except BrokenPipeError:
        _forget(sys.stderr)


def _forget(stream: TextIO) -> None:
    """Write nowhere what the stream still holds: at its end Python would try again, and complain."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())
