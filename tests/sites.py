"""A web site on this machine, for tests of what is fetched: a real server, whose answers a test can change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.public import Address

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A web server of ``answers`` by path, and what was: ``requests`` (host, path) and ``statuses`` (path, status)."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    statuses: list[tuple[str, int]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, data: bytes, content_type: str = "text/html", **headers: str) -> str:
        self.answers[path] = lambda handler: answer(handler, data, 200, content_type=content_type, **headers)
        return self.url(path)

    def serve_state(self, path: str, data: Callable[[], bytes], content_type: str) -> str:
        """Serve what ``data`` gives at that moment, named by its hash: 304 to whoever has it already."""

        def current(handler: BaseHTTPRequestHandler) -> None:
            etag = f'"{sha256(data()).hexdigest()}"'
            if handler.headers["If-None-Match"] == etag:
                answer(handler, b"", 304)
            else:
                answer(handler, data(), content_type=content_type, etag=etag)

        self.answers[path] = current
        return self.url(path)

    def count(self, path: str, status: int | None = None) -> int:
        """How often a path was asked for, or was answered with ``status``."""
        return sum(asked == path and status in (None, told) for asked, told in self.statuses)

    def redirect(self, path: str, location: str) -> str:
        self.answers[path] = lambda handler: answer(handler, b"", 302, location=location)
        return self.url(path)


def answer(handler: BaseHTTPRequestHandler, data: bytes, /, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


def nothing(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"", 404)


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.requests.append((self.headers["Host"], self.path))
            try:
                here.answers.get(self.path, nothing)(self)
            except OSError:  # the client hung up, as some tests want
                self.close_connection = True

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            here.statuses.append((self.path, int(code)))

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


def here_only(address: Address, port: int) -> bool:
    return str(address) == "127.0.0.1"


def drip(handler: BaseHTTPRequestHandler, piece: bytes) -> None:
    for _ in range(100):
        handler.wfile.write(piece)
        handler.wfile.flush()
        time.sleep(0.05)
