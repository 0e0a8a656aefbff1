"""Articles from files, folders, feeds and URLs: one door for every format, and a named reason for what is skipped."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from index import formats
from index.fetch import fetch
from index.formats import READERS, is_feed, read_feed
from index.records import Found, Skipped
from index.response import Fetched
from index.values import is_web_url
from rag.errors import InputError, RagError, first_line
from rag.text import counted

__all__ = ["READERS", "Skipped", "Source", "emptied", "find_sources", "gone_files", "read_source", "read_text"]


class Hashed(Protocol):
    """A hash of hashlib, being made."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


_UNSUPPORTED = (".doc", ".odt", ".rtf", ".epub", ".pages", ".xlsx", ".xls", ".ods", ".pptx", ".ppt")


@dataclass(frozen=True, slots=True)
class Source:
    """A file or URL that articles are read from; ``path`` is None for a URL."""

    name: str
    path: Path | None

    @property
    def key(self) -> str:
        """What the index knows it by: the same file from another current folder is the same source."""
        return str(self.path.resolve()) if self.path else self.name


def find_sources(targets: Iterable[str]) -> Iterator[Source | Skipped]:
    """The files and URLs behind ``targets`` (files, folders, URLs), folders in sorted order.

    In a folder, files and folders whose names begin with "." are passed over, and a folder that links lead to
    twice is read once. Nothing is opened yet: what cannot be read, ``read_source`` names.
    """
    for target in targets:
        path = Path(target)
        if "://" in target:
            if is_web_url(target):
                yield Source(target, None)
            else:
                yield Skipped(target, "not a http or https address")
        elif path.is_dir():
            yield from _in_folder(path)
        elif path.exists() or path.is_symlink():
            yield Source(target, path)
        else:
            yield Skipped(target, "there is no such file or folder")


def emptied(known: Iterable[str], targets: Iterable[str], found: Iterable[Source | Skipped]) -> list[Skipped]:
    """A notice for each folder among ``targets`` that holds no file now, where some of the sources ``known`` lay.

    A disk that is not there leaves just this, so that nothing is known to be gone.
    """
    known, found = list(known), list(found)
    there = [item.path.resolve() for item in found if isinstance(item, Source) and item.path]
    notices = []
    for target in targets:
        folder = Path(target).resolve()
        if "://" in target or not folder.is_dir() or any(path.is_relative_to(folder) for path in there):
            continue
        if lost := sum(Path(key).is_relative_to(folder) for key in known):
            stay = f"it holds no file any more, and the articles of {counted(lost, 'file')} stay: is its disk there?"
            notices.append(Skipped(target, f"{stay} To take them out: python -m index --remove ID"))
    return notices


def gone_files(known: Iterable[str], targets: Iterable[str], found: Iterable[Source | Skipped]) -> list[str]:
    """Those of the sources ``known`` that lay in folders among ``targets`` and do so no longer, by their keys.

    What lies in a folder that cannot be read is not known to be gone.
    """
    folders = [Path(target).resolve() for target in targets if Path(target).is_dir()]
    found = list(found)
    there = {item.key for item in found if isinstance(item, Source)}
    unread = [Path(item.where).resolve() for item in found if isinstance(item, Skipped)]
    return [
        key
        for key in known
        if key not in there
        and any(Path(key).is_relative_to(folder) for folder in folders)
        and not any(Path(key).is_relative_to(folder) for folder in unread)
    ]


def read_source(source: Source, *, digest: Hashed | None = None, get: Callable[[str], Fetched | None] = fetch) -> Found:
    """The articles of one source, in its order, read lazily; ``get`` fetches a URL, and gives None for nothing new.

    ``digest`` is given every byte of a file, so that whoever wants its hash need not read it again.
    One that cannot be read to its end is a window.
    """
    if source.path is None:
        return (yield from _named(_read_url(source.name, get), source.name))
    return (yield from _named(_read_file(source.path, source.name, digest), source.name))


def read_text(text: str, name: str = "pasted text") -> Found:
    """The article or articles in a text that somebody pasted."""
    return (yield from _named(formats.read_text(text, name), name))


def _named(found: Found, name: str) -> Found:
    """What a reader finds, and the reason where it ends early: whatever one source holds, others are read."""
    try:
        return (yield from found)
    except InputError as error:
        reason = str(error)
    except RagError:  # not of the source: the index cannot be used
        raise
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = f"the compressed data is damaged or ends early ({error}): read up to there"
    except UnicodeDecodeError as error:
        reason = f"the text is damaged, {error.reason}: read up to there; save it as UTF-8"
    except OSError as error:
        reason = f"it cannot be read: {error.strerror or error}"
    except Exception as error:
        reason = f"it is damaged or odd ({type(error).__name__}: {first_line(error)}): read up to there"
    yield Skipped(name, reason)
    return True


def _in_folder(folder: Path) -> Iterator[Source | Skipped]:
    unreadable: list[OSError] = []
    seen: set[tuple[int, int]] = set()
    for root, folders, files in os.walk(folder, onerror=unreadable.append, followlinks=True):
        status = Path(root).stat()
        if (status.st_dev, status.st_ino) in seen:  # a link back: without this the walk would not end
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Source(str(Path(root) / name), Path(root) / name)
    for error in unreadable:
        yield Skipped(str(error.filename), f"the folder cannot be read: {error.strerror}")


def _read_url(url: str, get: Callable[[str], Fetched | None]) -> Found:
    page = get(url)
    return (yield from _read_fetched(page, url)) if page else True


def _read_file(path: Path, name: str, digest: Hashed | None) -> Found:
    packed = path.suffix.lower() == ".gz"
    kind = Path(path.stem if packed else path.name).suffix.lower()
    if kind in _UNSUPPORTED:
        raise InputError(f"{kind[1:].upper()} is not supported: save it as text or HTML")
    if kind not in READERS:
        raise InputError(f"the kind of file {kind!r} is not known: expected {' '.join(READERS)}, each also with .gz")
    if path.exists() and not path.is_file():  # to open a pipe would wait for a writer
        raise InputError("it is not a regular file")
    with path.open("rb") as file:
        stream = file if digest is None else cast(BinaryIO, io.BufferedReader(_Digested(file, digest)))
        try:
            if packed:
                with gzip.open(stream) as unpacked:
                    return (yield from READERS[kind](cast(BinaryIO, unpacked), name))
            return (yield from READERS[kind](stream, name))
        finally:
            if digest is not None:
                while rest := file.read(1 << 20):  # a reader stops where a file is damaged or too large
                    digest.update(rest)


class _Digested(io.RawIOBase):
    """A file whose bytes a hash sees as they are read; closing it leaves the file open."""

    def __init__(self, file: BinaryIO, digest: Hashed) -> None:
        self._file, self._digest = file, digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._digest.update(data)
        return len(data)


def is_for_programs(page: Fetched) -> bool:
    """Whether what was fetched is a feed or JSON, and no page for people."""
    return is_feed(page.data) or page.media_type.endswith("json")


def _read_fetched(page: Fetched, name: str) -> Found:
    """The articles of a fetched page: a feed is known by its content, the rest by what the server calls it."""
    stream = io.BytesIO(page.data)
    if is_feed(page.data):
        charset = f"; charset={page.charset}" if page.charset else ""
        return (yield from read_feed(stream, name, page.url, f"application/xml{charset}"))
    if page.media_type.endswith("json"):
        return (yield from formats.read_json(stream, name))
    if page.media_type == "text/plain":
        return (yield from formats.read_text_file(stream, name, page.url, page.charset))
    return (yield from formats.read_html(stream, name, page.url, page.charset))
