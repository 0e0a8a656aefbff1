"""A scripted OpenAI-compatible server on a real socket: it sends what a test wrote down, and fails as models do."""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any, Literal

Body = Mapping[str, Any]
# Text is sent as a chunk, bytes as they are; a number is a pause in seconds, an event is waited for.
Piece = str | bytes | float | threading.Event

_LOOK = 0.02  # seconds between two looks whether the client is still there
_SIZES = (3, 1, 7, 2, 11)  # of the pieces of a draft
_HEADERS = {"Content-Type": "application/json", "Connection": "close"}


@dataclass(frozen=True, slots=True)
class Script:
    """What is done with one request.

    ``torn``: each chunk in two writes, parted inside a character of several bytes where it has one. ``ending``: "done"
    as it should be, "lost" when the connection goes amid a body, "cut" when the body ends well but the stream does not.
    ``endless``: the pieces over and over. ``body``: sent with ``status`` instead of them. ``silent``: nothing is sent.
    """

    pieces: Iterable[Piece] = ()
    usage: tuple[int, int] | None = (7, 5)
    finish: str = "stop"
    ending: Literal["done", "lost", "cut"] = "done"
    endless: bool = False
    torn: bool = False
    streams: bool = True
    silent: bool = False
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


Reply = Callable[[Body], Script]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; ``headers`` with names in small letters."""

    path: str
    headers: Mapping[str, str]
    body: Body


@dataclass(frozen=True, slots=True)
class Scripted:
    """A running server. ``hung_up`` is set once a client has gone before the end of its answer."""

    url: str
    requests: list[Request] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)


@contextmanager
def scripted(reply: Reply | Script) -> Iterator[Scripted]:
    """A server that does what ``reply`` makes of each request's body; it stops at once, whatever hangs."""
    server = _Server(reply if callable(reply) else lambda body: reply)
    thread = threading.Thread(target=server.serve_forever, args=(_LOOK,), name="scripted")
    thread.start()
    try:
        yield server.scripted
    finally:
        server.stop()
        thread.join()


def in_turn(*scripts: Script) -> Reply:
    """A script for each request in turn; the last goes on."""
    left = list(scripts)
    return lambda body: left.pop(0) if len(left) > 1 else left[0]


def claim(passage: int, quote: str, sentence: str, speaker: str = "") -> dict[str, Any]:
    """A claim as a model sends it."""
    return {"passage": passage, "quote": quote, "speaker": speaker, "claim": sentence}


def says(text: str, pieces: Iterable[Piece] | None = None, usage: tuple[int, int] | None = (7, 5)) -> Script:
    """``text``, a word at a time, or ``pieces`` instead."""
    return Script(
        [f"{word} " for word in text.split(" ")][:-1] + text.split(" ")[-1:] if pieces is None else pieces, usage
    )


def drafts(*claims: Body) -> Script:
    """Claims as JSON, every other one with escapes in place of letters beyond ASCII, cut where it is awkward."""
    written = [json.dumps(one, ensure_ascii=bool(i % 2)) for i, one in enumerate(claims)]
    return Script(list(_cut(f'{{"claims": [{", ".join(written)}]}}')), torn=True)


def marked(*claims: Body) -> Script:
    """Claims as labelled lines, in the same small pieces."""
    lines = [
        f"PASSAGE: {one['passage']}\nQUOTE: {one['quote']}\nSPEAKER: {one['speaker']}\nCLAIM: {one['claim']}\n"
        for one in claims
    ]
    return Script(list(_cut("\n".join(lines))), torn=True)


def fails(status: int, retry_after: float | None = None, message: str = "It was scripted to fail.") -> Script:
    told = {"error": {"message": message, "type": "scripted", "param": None, "code": None}}
    headers = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
    return Script(status=status, headers=headers, body=json.dumps(told).encode())


def refuses_schema(then: Reply | Script) -> Reply:
    """400 while ``response_format`` is asked for, then ``then``."""
    refusal = fails(400, message="'response_format' of type 'json_schema' is not supported.")
    return lambda body: refusal if "response_format" in body else then(body) if callable(then) else then


def hangs() -> Script:
    """Takes the request and sends nothing."""
    return Script(silent=True)


def drips(piece: str | bytes = b":", every: float = 0.02) -> Script:
    """Something now and then for ever: without ``piece`` single bytes of a comment, so that no chunk is ever whole."""
    return Script([piece, every], endless=True)


def breaks_off(text: str, after: int, ending: Literal["lost", "cut"] = "lost") -> Script:
    """The first ``after`` characters of ``text``, and the connection is gone; "cut": the stream just stops."""
    return Script([text[:after]], ending=ending)


def endless(text: str) -> Script:
    """``text`` over and over, as fast as it is read."""
    return Script([text], endless=True)


def malformed() -> Script:
    """An event that is no JSON."""
    return Script([b'data: {"id": "chatcmpl-1", "choices": [{"delta": \n\n'])


def empty() -> Script:
    """A whole stream without a word."""
    return Script()


def not_streaming(text: str) -> Script:
    """One JSON body, though a stream was asked for."""
    return Script([text], streams=False)


def _cut(text: str) -> Iterator[str]:
    """Small pieces; no escape sequence stays whole."""
    start = 0
    for size in cycle(_SIZES):
        end = start + size
        if (escape := text.find("\\", start, end)) >= 0:
            end = escape + (3 if text[escape + 1] == "u" else 1)  # "\u2" and "019"
        yield text[start:end]
        start = end
        if start >= len(text):
            return


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for them
    request_queue_size = 64

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.scripted = Scripted(f"http://127.0.0.1:{self.server_address[1]}/v1")
        self.stopping = threading.Event()
        self.open: set[socket.socket] = set()

    def stop(self) -> None:
        self.stopping.set()
        for connection in list(self.open):  # one that waits in a read or write wakes up
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.shutdown()
        self.server_close()


class _Gone(Exception):
    """The client has closed, or the server has to stop."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)
        if self.server.stopping.is_set():
            self.connection.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.server.open.discard(self.connection)

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.scripted.requests.append(Request(self.path, headers, body))
        there = self.path == "/v1/chat/completions"
        script = self.server.reply(body) if there else fails(404, message=f"Nothing is at {self.path}.")
        self.close_connection = True
        try:
            self._play(script, body)
        except (_Gone, ConnectionError):
            if not self.server.stopping.is_set():
                self.server.scripted.hung_up.set()

    def _play(self, script: Script, body: Body) -> None:
        if script.silent:
            self._wait(threading.Event())
        elif script.body is not None:
            self._whole(script.status, script.headers, script.body)
        elif body.get("stream") and script.streams:
            self._stream(script, body)
        else:
            text = "".join(piece for piece in script.pieces if isinstance(piece, str))
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": script.finish}
            told = _named(body, "chat.completion", [choice]) | {"usage": _usage(script)}
            self._whole(script.status, script.headers, json.dumps(told).encode())

    def _whole(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in (_HEADERS | {"Content-Length": str(len(body))} | dict(headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, script: Script, body: Body) -> None:
        self.send_response(script.status)
        headers = {"Content-Type": "text/event-stream; charset=utf-8", "Transfer-Encoding": "chunked"}
        for name, value in (_HEADERS | headers | dict(script.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        event = partial(self._event, body, torn=script.torn)
        event([_choice({"role": "assistant", "content": ""})])
        for piece in cycle(script.pieces) if script.endless else script.pieces:
            if isinstance(piece, str):
                event([_choice({"content": piece})])
            elif isinstance(piece, bytes):
                self._write(piece)
            else:
                self._wait(piece)
        if script.ending == "lost":
            return
        if script.ending == "done":
            event([_choice({}, script.finish)])
            if script.usage and (body.get("stream_options") or {}).get("include_usage"):
                event([], {"usage": _usage(script)})
            self._write(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _event(self, body: Body, choices: list[Any], more: Body | None = None, torn: bool = False) -> None:
        told = _named(body, "chat.completion.chunk", choices) | dict(more or {})
        data = f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode()
        inside = next((i for i, byte in enumerate(data) if byte & 0xC0 == 0x80), 0) if torn else 0
        if inside:
            self._write(data[:inside])
            time.sleep(0.001)  # so that the halves arrive as two
        self._write(data[inside:])

    def _write(self, data: bytes) -> None:
        self._look()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def _wait(self, what: float | threading.Event) -> None:
        if isinstance(what, threading.Event):
            while not what.wait(_LOOK):
                self._look()
            return
        until = time.monotonic() + what
        while (left := until - time.monotonic()) > 0:
            self._look()
            time.sleep(min(left, _LOOK))

    def _look(self) -> None:
        """Raises where nobody waits for the rest."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        if self.server.stopping.is_set() or (readable and not self.connection.recv(1, socket.MSG_PEEK)):
            raise _Gone


def _named(body: Body, kind: str, choices: list[Any]) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 0, "model": body.get("model", ""), "choices": choices}


def _choice(delta: Body, finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish}


def _usage(script: Script) -> dict[str, int] | None:
    if script.usage is None:
        return None
    sent, received = script.usage
    return {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}
