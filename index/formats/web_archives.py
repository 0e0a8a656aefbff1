"""WARC files, as crawlers and Common Crawl write them: each web page in one is an article."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any, BinaryIO

from index.formats.feeds import is_feed, read_feed
from index.formats.plain import read_html, read_text_file
from index.markup import PAGE_BYTES
from index.records import Found, Skipped
from rag.errors import InputError, first_line

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, name: str) -> Found:
    """The articles of a WARC file, record by record in bounded memory.

    What is no page (pictures, requests, redirects) is counted and named at the end.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise InputError("reading WARC needs the package warcio: pip install 'onrecord[warc]'") from error

    others: Counter[str] = Counter()
    number, damaged = 0, False
    try:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            kind = _kind(record)
            if kind not in (*_PAGES, "text/plain"):
                others[kind] += 1
                continue
            try:
                yield from _read(record, f"{name}:{number}", kind)
            except InputError as error:
                yield Skipped(f"{name}:{number}", f"{record.rec_headers.get_header('WARC-Target-URI')}: {error}")
    except (ArchiveLoadFailed, ValueError, AttributeError, TypeError) as error:
        yield Skipped(f"{name}:{number + 1}", f"the archive is damaged ({first_line(error)}): read up to there")
        damaged = True
    if not number:
        raise InputError("this is no WARC file, or it is empty")
    if others:
        counted = ", ".join(f"{count} {kind}" for kind, count in others.most_common())
        yield Skipped(name, f"records that are no pages: {counted}")
    return damaged


def _kind(record: Any) -> str:
    """The media type of a page that was received whole; what it is otherwise."""
    if record.rec_type == "conversion":  # the text that somebody took out of a page
        return "text/plain"
    if record.rec_type not in ("response", "resource"):
        return str(record.rec_type)
    headers = record.http_headers or record.rec_headers
    if record.http_headers and (status := record.http_headers.get_statuscode()) != "200":
        return f"answers {status}"
    return str(headers.get_header("Content-Type") or "of no type").partition(";")[0].strip().lower()


def _read(record: Any, where: str, kind: str) -> Found:
    data = record.content_stream().read(PAGE_BYTES + 1)
    if len(data) <= PAGE_BYTES and record.raw_stream.limit > 0:  # bytes that its head announces
        raise InputError("the archive ends in the middle of this page: it is left out")
    url = record.rec_headers.get_header("WARC-Target-URI")
    headers = record.http_headers or record.rec_headers
    charset = (headers.get_header("Content-Type") or "").partition("charset=")[2].strip("\"' ;") or None
    if is_feed(data):
        return (yield from read_feed(io.BytesIO(data), where, url))
    if kind == "text/plain":
        return (yield from read_text_file(io.BytesIO(data), where, url, charset))
    return (yield from read_html(io.BytesIO(data), where, url, charset))
