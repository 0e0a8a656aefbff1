"""What a server answered: a page, where it is now, that it has not changed, or a refusal; bounded in size."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from rag.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Container

    import httpx

    from rag.store import Visit

MEDIA_TYPES = frozenset((
    "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/rss+xml",
    "application/atom+xml", "application/rdf+xml", "application/json", "application/ld+json", "application/feed+json",
))  # fmt: skip

_VALIDATOR = 1_000  # characters: a longer one is no name of a state, but a burden


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: ``url`` after redirects, ``media_type`` in small letters, ``charset`` where it named one.

    ``etag`` and ``last_modified`` are how it names this state of the page, as it wrote them; "" where it does not.
    """

    url: str
    data: bytes
    media_type: str
    charset: str | None
    etag: str = ""
    last_modified: str = ""


class Refused(InputError):
    """A server's answer that is no page; ``retry_after`` is after how many seconds it wants to be asked again."""

    def __init__(self, message: str, status: int, retry_after: float | None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


def conditions(target: httpx.URL, known: Visit | None) -> dict[str, str]:
    """The headers by which a server is asked for a page only where it has changed since ``known``."""
    if known is None or known.url != str(target):
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def received(
    response: httpx.Response, target: httpx.URL, limit: int, media_types: Container[str] | None, known: Visit | None
) -> Fetched | str | None:
    """The page, or the address where it is now, or None where it has not changed since ``known``.

    Raises InputError for what cannot be used, Refused for an error that the server answers with.
    """
    location = response.headers.get("location")
    if response.is_redirect and location:
        return str(target.join(location))
    if response.status_code == 304 and conditions(target, known):
        return None
    if response.status_code != 200:
        said = f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
        raise Refused(said, response.status_code, _retry_after(response.headers.get("retry-after", "")))
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_types is not None and media_type not in media_types:
        if media_type == "application/pdf":
            raise InputError("a PDF is not read from the web: save it and name the file")
        raise InputError(f"the content type {media_type!r} is not supported: expected HTML, a feed, JSON or plain text")
    state = [_validator(response.headers.get(name, "")) for name in ("etag", "last-modified")]
    return Fetched(str(target), _body(response, limit), media_type, response.charset_encoding, *state)


def _validator(value: str) -> str:
    """A name of a page's state that can be sent back as it came, else ""."""
    return value if value.isascii() and value.isprintable() and len(value) <= _VALIDATOR else ""


def _retry_after(value: str) -> float | None:
    """Seconds, which a server gives as such or as a date."""
    if value.strip().isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):  # the latter two escape from the email package for some damaged dates
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _body(response: httpx.Response, limit: int) -> bytes:
    """The body, decompressed here, because httpx would unpack all of a gzip bomb's chunk at once."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise InputError(f"the server compressed the page as {encoding!r}, and was asked for gzip or nothing")
    inflater = None if encoding == "identity" else zlib.decompressobj(31)  # 31: with gzip's header and checksum
    data = bytearray()
    for chunk in response.iter_raw():
        data += inflater.decompress(chunk, limit + 1 - len(data)) if inflater else chunk
        if len(data) > limit:
            raise InputError(f"it has more than {limit:,} bytes, the limit: save the page's text and index the file")
    if inflater and not inflater.eof:
        raise InputError("the compressed page ends early: fetch it again")
    return bytes(data)
