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
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from rag.errors import InputError

if TYPE_CHECKING:
    import httpx

Address = IPv4Address | IPv6Address
Trace = Callable[[str, dict[str, Any]], None]

LIMIT_BYTES = 10_000_000
LIMIT_SECONDS = 20.0
REDIRECTS = 5
MEDIA_TYPES = frozenset((
    "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/rss+xml",
    "application/atom+xml", "application/rdf+xml", "application/json", "application/ld+json", "application/feed+json",
))  # fmt: skip

_GLOBAL = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
# Reached from inside alone, though newer than or missing from Python's tables: protocol assignments, a cloud's own.
_INNER = (ip_network("192.0.0.0/24"), ip_network("168.63.129.16/32"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: ``url`` after redirects, ``media_type`` in small letters, ``charset`` where it named one."""

    url: str
    data: bytes
    media_type: str
    charset: str | None


def is_public(address: Address, port: int) -> bool:
    """Whether an address lies on the public internet, and the port is one of the web's.

    An IPv6 address that carries an IPv4 one (NAT64, 6to4) is as public as that.

    >>> is_public(ip_address("2002:7f00:1::"), 80)  # 127.0.0.1 by way of 6to4
    False
    """
    if port not in (80, 443):
        return False
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF), port)
        if address.sixtofour:
            return is_public(address.sixtofour, port)
        return address in _GLOBAL and address.is_global
    inner = address.is_multicast or address.is_reserved or any(address in network for network in _INNER)
    return address.is_global and not inner


def resolve_host(host: str, port: int) -> list[str]:
    """Every address of a host; how long that may take is the system's own setting."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def fetch(
    url: str,
    *,
    allow: Callable[[Address, int], bool] = is_public,
    resolve: Callable[[str, int], list[str]] = resolve_host,
    limit: int = LIMIT_BYTES,
    seconds: float = LIMIT_SECONDS,
) -> Fetched:
    """Get a page or feed over http or https.

    ``allow`` judges each resolved address and port, again after every redirect; ``limit`` counts bytes after
    decompression; ``seconds`` are for the whole, however slowly the server drips. Raises InputError for whatever
    stands in the way.
    """
    import httpx

    started = time.monotonic()
    try:
        # No connection outlives its request: one to the same address may not serve another host's name.
        limits = httpx.Limits(max_keepalive_connections=0)
        with _hang_up_after(seconds) as trace, httpx.Client(trust_env=False, timeout=seconds, limits=limits) as client:
            for _ in range(REDIRECTS + 1):
                target = _checked(url)
                answer = _get(client, target, _addresses(target, allow, resolve), limit, trace)
                if time.monotonic() - started >= seconds:  # a page may end where its connection was shut: cut short
                    raise httpx.ReadTimeout("time is up")
                if isinstance(answer, Fetched):
                    return answer
                url = answer
        raise InputError(f"more than {REDIRECTS} redirects, the last to {url[:200]!r}")
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, OSError) as error:
        if time.monotonic() - started >= seconds:
            raise InputError(f"it took longer than {seconds:g} seconds: save the page and index the file") from error
        raise InputError(f"it could not be fetched: {error or type(error).__name__}") from error


def _checked(url: str) -> httpx.URL:
    import httpx

    target = httpx.URL(url)
    if target.scheme not in ("http", "https") or not target.host:
        raise InputError(f"{url[:200]!r} is not a http or https address")
    if target.userinfo:
        raise InputError("the address holds a user name or password: leave them out")
    return target


def _addresses(
    target: httpx.URL, allow: Callable[[Address, int], bool], resolve: Callable[[str, int], list[str]]
) -> list[Address]:
    """The addresses of a host; one that is not allowed condemns them all."""
    host, port = target.raw_host.decode("ascii"), target.port or (443 if target.scheme == "https" else 80)
    try:
        found = [ip_address(address) for address in resolve(host, port)]
    except (OSError, ValueError) as error:  # ValueError: a label too long for a host name
        raise InputError(f"the host {host!r} cannot be found ({error})") from error
    for address in found:
        if not allow(address, port):
            raise InputError(
                f"{host!r} is {address} port {port}: only public addresses are fetched, from ports 80 and 443"
            )
    if not found:
        raise InputError(f"the host {host!r} has no address")
    return found


def _get(client: httpx.Client, target: httpx.URL, addresses: list[Address], limit: int, trace: Trace) -> Fetched | str:
    """What the first of ``addresses`` that can be reached sends, or where it redirects to."""
    import httpx

    for address in addresses:
        request = client.build_request(
            "GET",
            target.copy_with(host=str(address)),
            headers={
                "Host": target.netloc.decode("ascii"),
                "Accept": "text/html, application/xml;q=0.9, application/json;q=0.9, text/plain;q=0.8",
                "Accept-Encoding": "gzip",
                "User-Agent": "Onrecord",
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
            location = response.headers.get("location")
            if response.is_redirect and location:
                return str(target.join(location))
            return _received(response, target, limit)
        finally:
            response.close()
    raise AssertionError("a host has at least one address")


def _received(response: httpx.Response, target: httpx.URL, limit: int) -> Fetched:
    if response.status_code != 200:
        raise InputError(f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "application/pdf":
        raise InputError("PDF is not supported: save it as text or HTML")
    if media_type not in MEDIA_TYPES:
        raise InputError(f"the content type {media_type!r} is not supported: expected HTML, a feed, JSON or plain text")
    return Fetched(str(target), _body(response, limit), media_type, response.charset_encoding)


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
