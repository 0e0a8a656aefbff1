"""Derived files: written whole, read whole, named by their content and never changed."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Content = NDArray[np.uint8]


class Damaged(ValueError):
    """A derived file whose bytes are not those that were published."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A published file: what it is for, its name in the index folder, the SHA-256 of its bytes."""

    kind: str
    file: str
    sha256: str


def joined(parts: list[NDArray[Any]]) -> Content:
    """The bytes of arrays, one after the other."""
    return np.concatenate([np.ascontiguousarray(part).reshape(-1).view(np.uint8) for part in parts])


def write(folder: Path, kind: str, content: Content) -> Derived:
    """Write a file whole, so that it is there with all of its bytes or not at all; raises OSError."""
    sha256 = hashlib.sha256(content.data).hexdigest()
    file = folder / f"{kind}-{sha256[:16]}"
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        with draft.open("wb") as stream:  # not FAISS's write_index, which succeeds silently on a full disk
            stream.write(content.data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return Derived(kind, file.name, sha256)


def read(folder: Path, derived: Derived) -> Content:
    """The bytes of a file, not copied; raises OSError where it is missing, Damaged where it is another."""
    try:
        content = np.memmap(folder / derived.file, np.uint8, "r")
    except ValueError as error:  # an empty file cannot be mapped
        raise Damaged(derived.file) from error
    if hashlib.sha256(content.data).hexdigest() != derived.sha256:  # a flipped bit would find wrong articles
        raise Damaged(derived.file)
    return content
