"""RSS and Atom feeds: each entry that holds text is an article, be it only a summary."""

from __future__ import annotations

import io
import re
from typing import Any, BinaryIO
from urllib.parse import urljoin

from index.formats.streams import whole
from index.markup import looks_like_markup, markup_text, plain_words, refuse_crowds
from index.records import Found, Skipped, article_of
from index.values import name as name_of
from rag.errors import InputError

FEED_BYTES = 10_000_000
FEED_TAGS = 100_000  # feedparser needs up to 0.1 ms for each

# Whose elements may tell of an entry: RSS, Atom, their modules for content and Dublin Core, and HTML.
_OWN_NAMESPACE = re.compile(
    rb"https?://(?:purl\.org/(?:rss/|dc/|net/rss|atom/)|www\.w3\.org/|my\.netscape\.com/|backend\.userland\.com/)", re.I
)
_OWN_PREFIXES = frozenset((b"content", b"dc", b"dcterms", b"atom", b"rdf", b"rss", b"xhtml"))
_NAMESPACE = re.compile(rb"""\sxmlns:([\w.-]+)\s*=\s*["']\s*([^"']*)""")
_PREFIXED = re.compile(rb"(</?)([A-Za-z][\w.-]*)(?=:[A-Za-z])")
_DECLARATION = re.compile(rb"""\sxmlns:([\w.-]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
# No part of it can backtrack, and none of it goes past the next element of these kinds.
_IMAGE = re.compile(
    rb"<(image|textinput)\b[^<>]*+(?<!/)>(?:(?!</?(?:item|entry|channel|feed|image|textinput)\b).)*+</\1\s*+>",
    re.I | re.S,
)


def is_feed(data: bytes) -> bool:
    """Whether these bytes begin as an RSS or Atom feed does, whatever they are called."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") and any(root in head for root in (b"<rss", b"<feed", b"<rdf:rdf"))


def read_feed(stream: BinaryIO, name: str, url: str = "", content_type: str = "") -> Found:
    """The articles of a feed; ``url`` is where it was fetched from, which relative links start at.

    A feed is a window of what its publisher has written. Its title is the publisher where an entry names none. Raises
    InputError for what is no feed.
    """
    feed = _parsed(stream, url, content_type)
    if not feed.entries:
        raise InputError("the feed holds no entries" if feed.version else "this is no RSS or Atom feed")
    for number, entry in enumerate(feed.entries, 1):
        label = f"entry {number}: "
        try:
            text, title = _text(entry), _words(entry.get("title_detail"))
        except InputError as error:
            yield Skipped(name, f"{label}{error}")
            continue
        if not text:
            yield Skipped(name, f"{label}it has no text")
            continue
        yield from article_of(
            text,
            name,
            label=label,
            title=title,
            url=_address(entry, url or feed.feed.get("link", "")),
            publisher=name_of((entry.get("source") or {}).get("title")) or name_of(feed.feed.get("title")),
            published=entry.get("published") or entry.get("updated"),
            language=feed.feed.get("language"),
            authors=tuple(found for author in entry.get("authors", ()) if (found := name_of(author.get("name")))),
        )
    if feed.bozo and not _harmless(feed.bozo_exception):
        yield Skipped(name, f"the feed is damaged, entries may be missing ({feed.bozo_exception})")
    return True


def _parsed(stream: BinaryIO, url: str, content_type: str) -> Any:
    import feedparser

    data = whole(stream, FEED_BYTES)
    refuse_crowds(data, FEED_TAGS)
    data = _without_media(data)
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    try:
        # A stream, because feedparser opens bytes and text that look like a path or a URL. Its sanitizer is left
        # out: of an entry's HTML only the words are kept.
        return feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # it raises all sorts of things on about 1 % of damaged feeds
        raise InputError(f"the feed is damaged beyond reading ({type(error).__name__}: {error})") from error


def _without_media(data: bytes) -> bytes:
    """A feed whose elements of other vocabularies than a feed's own have names that mean nothing to feedparser.

    It would take the description of a picture or a recording for the entry's text, and the title of an image for the
    entry's headline.
    """
    declared = {found[1]: found[2] for found in _NAMESPACE.finditer(data)}
    used = {found[2] for found in _PREFIXED.finditer(data)}
    foreign = {p for p in used if not (_OWN_NAMESPACE.match(declared[p]) if p in declared else p in _OWN_PREFIXES)}
    if foreign:
        data = _DECLARATION.sub(
            lambda found: found.expand(rb'\g<0> xmlns:other-\1="urn:other:\1"') if found[1] in foreign else found[0],
            data,
        )
        data = _PREFIXED.sub(lambda found: found[1] + b"other-" * (found[2] in foreign) + found[2], data)
    return _IMAGE.sub(b"", data)


def _text(entry: Any) -> str:
    """The longest of an entry's contents and summary, in words."""
    details = [*entry.get("content", ()), entry.get("summary_detail")]
    return max(map(_words, details), key=len)


def _words(detail: Any) -> str:
    if not detail or not (value := str(detail.get("value") or "").strip()):
        return ""
    if detail.get("type") == "text/plain" or looks_like_markup(value):
        return plain_words(value)
    return plain_words(markup_text(value))  # a few tags at most, or HTML that was escaped once more than the feed says


def _address(entry: Any, base: str) -> str | None:
    """An entry's link, made whole; one that cannot be is left as it is, to be named."""
    link = str(entry.get("link") or "").strip()
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return link


def _harmless(error: object) -> bool:
    """Whether a feed is complete all the same: only its encoding or content type was declared wrongly."""
    import feedparser.exceptions

    return isinstance(error, feedparser.exceptions.ThingsNobodyCaresAboutButMe)
