"""Articles from files, folders, feeds and URLs: one door for every format, and a named reason for what is skipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.datatypes import Article


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gave no article: ``where`` is "file" or "file:line", ``reason`` says why and what to do."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file or URL that articles are read from; ``path`` is None for a URL."""

    name: str
    path: Path | None


def find_sources(targets: Iterable[str]) -> Iterator[Source | Skipped]:
    """The files and URLs behind ``targets`` (files, folders, URLs), folders in sorted order."""
    raise NotImplementedError


def read_source(source: Source) -> Iterator[Article | Skipped]:
    """The articles of one source, in its order, read lazily."""
    raise NotImplementedError
