"""Pages and feeds from the web, guarded: only public addresses, and bounded in size, time and redirects.

The address that a connection goes to is the very one that was checked: a name is resolved once for each request,
so that a second answer of its name server cannot lead elsewhere.
"""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from index.public import Address, addresses_of, is_public, resolve_host
from index.response import MEDIA_TYPES, Fetched, conditions, received
from rag.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Container

    import httpx

    from rag.store import Visit

Trace = Callable[[str, dict[str, Any]], None]
Permit = Callable[[str], None]  # raises InputError at an address that may not be fetched

LIMIT_BYTES = 10_000_000
LIMIT_SECONDS = 20.0
REDIRECTS = 5
AGENT = "Onrecord"


class Fetch(Protocol):
    """What gets a page as ``fetch`` does."""

    def __call__(
        self,
        url: str,
        known: Visit | None = None,
        /,
        *,
        permit: Permit = ...,
        media_types: Container[str] | None = ...,
    ) -> Fetched | None: ...


def _permitted(url: str) -> None:
    """Whoever names a page may have it."""


def fetch(
    url: str,
    known: Visit | None = None,
    /,
    *,
    permit: Permit = _permitted,
    media_types: Container[str] | None = MEDIA_TYPES,
    allow: Callable[[Address, int], bool] = is_public,
    resolve: Callable[[str, int], list[str]] = resolve_host,
    limit: int = LIMIT_BYTES,
    seconds: float = LIMIT_SECONDS,
) -> Fetched | None:
    """Get a page or feed over http or https; None where the server says that it is still as it was when ``known``.

    ``permit`` is asked about every address before it is requested, also after a redirect; ``allow`` about what it
    resolves to. ``media_types`` are those that are taken, None takes any. ``limit`` counts bytes after decompression;
    ``seconds`` are for the whole, however slowly the server drips. Raises InputError, Refused where a server does.
    """
    import httpx

    started = time.monotonic()
    try:
        # No connection outlives its request: one to the same address may not serve another host's name.
        limits = httpx.Limits(max_keepalive_connections=0)
        with _hang_up_after(seconds) as trace, httpx.Client(trust_env=False, timeout=seconds, limits=limits) as client:
            for _ in range(REDIRECTS + 1):
                target = _checked(url)
                permit(str(target))
                with _sent(client, target, _addresses(target, allow, resolve), known, trace) as response:
                    answer = received(response, target, limit, media_types, known)
                if time.monotonic() - started >= seconds:  # a page may end where its connection was shut: cut short
                    raise httpx.ReadTimeout("time is up")
                if not isinstance(answer, str):
                    return answer
                url = answer
        raise InputError(f"more than {REDIRECTS} redirects, the last to {url[:200]!r}")
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, OSError) as error:
        slow = f"it took longer than {seconds:g} seconds: save the page and index the file"
        late = time.monotonic() - started >= seconds
        raise InputError(slow if late else f"it could not be fetched: {error or type(error).__name__}") from error


def _addresses(
    target: httpx.URL, allow: Callable[[Address, int], bool], resolve: Callable[[str, int], list[str]]
) -> list[Address]:
    port = target.port or (443 if target.scheme == "https" else 80)
    return addresses_of(target.raw_host.decode("ascii"), port, allow, resolve)


def _checked(url: str) -> httpx.URL:
    import httpx

    target = httpx.URL(url)
    if target.scheme not in ("http", "https") or not target.host:
        raise InputError(f"{url[:200]!r} is not a http or https address")
    if target.userinfo:
        raise InputError("the address holds a user name or password: leave them out")
    return target


@contextmanager
def _sent(
    client: httpx.Client, target: httpx.URL, addresses: list[Address], known: Visit | None, trace: Trace
) -> Iterator[httpx.Response]:
    """What the first of ``addresses`` that can be reached answers."""
    import httpx

    for address in addresses:
        request = client.build_request(
            "GET",
            target.copy_with(host=str(address)),
            headers={
                "Host": target.netloc.decode("ascii"),
                "Accept": "text/html, application/xml;q=0.9, application/json;q=0.9, text/plain;q=0.8",
                "Accept-Encoding": "gzip",
                "User-Agent": AGENT,
                **conditions(target, known),
            },
            extensions={"sni_hostname": target.raw_host.decode("ascii"), "trace": trace},
        )
        try:
            response = client.send(request, stream=True, follow_redirects=False)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if address == addresses[-1]:
                raise
            continue
        try:
            yield response
        finally:
            response.close()
        return


@contextmanager
def _hang_up_after(seconds: float) -> Iterator[Trace]:
    """Shut every connection made meanwhile after ``seconds``; yields the trace function that learns of them.

    A timeout of httpx begins anew with every byte, so a server that drips would hold it for ever.
    """
    deadline = time.monotonic() + seconds
    streams: list[Any] = []

    def hang_up() -> None:
        for stream in streams:
            try:
                # Not the TLS socket's own shutdown, which would go on in clear text.
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)
            except OSError:  # closed, or replaced by its TLS socket
                continue

    def trace(event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            streams.append(info["return_value"])
            if time.monotonic() >= deadline:
                hang_up()

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()
