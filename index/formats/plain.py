"""Plain text and web pages: one page to the one or several articles on it."""

from __future__ import annotations

from typing import BinaryIO
from urllib.parse import urlsplit

from index.formats.streams import decoded, whole
from index.markup import PAGE_BYTES, read_page
from index.pages import split_page
from index.records import Found, article_of
from index.values import is_web_url
from rag.errors import InputError

TEXT_BYTES = 20_000_000
_PAID = "its publisher says that it is not free, so that the page may hold its beginning alone"


def read_text(text: str, name: str = "pasted text", url: str | None = None) -> Found:
    """The article or articles of one page of plain text, such as somebody pasted."""
    if not text.strip():
        raise InputError("it is empty")
    if "\0" in text:
        raise InputError("it holds NUL characters, so it is no text: save it as text in UTF-8")
    parts = split_page(text)
    for part in parts:
        yield from article_of(
            part.text,
            name,
            title=part.title,
            url=url,
            publisher=part.publisher,
            part=part.title if len(parts) > 1 else None,
        )
    return False


def read_text_file(stream: BinaryIO, name: str, url: str | None = None, charset: str | None = None) -> Found:
    """The article or articles of a .txt or .md file, or of plain text from ``url``; UTF-8 unless ``charset`` says."""
    return (yield from read_text(decoded(whole(stream, TEXT_BYTES), charset), name, url))


def read_html(stream: BinaryIO, name: str, url: str | None = None, charset: str | None = None) -> Found:
    """The article of a web page; ``url`` is where it was fetched from.

    A page may name its own address, but one that was fetched cannot pass itself off as a page of another host.
    """
    page = read_page(whole(stream, PAGE_BYTES), url, charset)
    address = page.url if is_web_url(page.url) and (url is None or _host(page.url) == _host(url)) else url
    yield from article_of(
        page.text,
        name,
        title=page.title,
        url=address,
        publisher=page.publisher,
        published=page.published,
        language=page.language,
        authors=page.authors,
        cut=_PAID if page.paid else None,
    )
    return False


def _host(url: str | None) -> str | None:
    host = urlsplit(url or "").hostname
    return host.removeprefix("www.") if host else None
