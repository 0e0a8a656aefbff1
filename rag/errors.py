"""What can go wrong for a user: one message each, that says what happened, the value, and how to repair it."""


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
