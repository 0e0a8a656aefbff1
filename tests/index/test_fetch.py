"""Fetching, from a real server on this machine; what guards against other machines is never switched off."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address

import pytest
from sites import Answer, Site, answer, drip, here_only, site

from index.fetch import REDIRECTS, fetch
from index.public import is_public
from index.response import Refused
from rag.errors import InputError
from rag.store import Visit

__all__ = ["site"]  # a fixture


def test_a_page_comes_with_its_type_and_encoding(site: Site) -> None:
    url = site.serve("/a", b"<p>Tide</p>", content_type="Text/HTML; charset=koi8-r")
    page = fetch(url, allow=here_only)
    assert (page.url, page.data, page.media_type, page.charset) == (url, b"<p>Tide</p>", "text/html", "koi8-r")


def test_a_redirect_is_followed_and_the_last_address_kept(site: Site) -> None:
    last = site.serve("/b", b"<p>Tide</p>")
    assert fetch(site.redirect("/a", "/b"), allow=here_only).url == last


def test_this_machine_is_not_fetched_from(site: Site) -> None:
    with pytest.raises(InputError, match="only public addresses"):
        fetch(site.serve("/a", b"secret"))
    assert site.requests == []


def test_a_redirect_to_an_address_inside_is_not_followed(site: Site) -> None:
    with pytest.raises(InputError, match=r"169\.254\.169\.254 port 80: only public"):
        fetch(site.redirect("/a", "http://169.254.169.254/latest/meta-data/"), allow=here_only)


def test_a_redirect_to_a_file_is_not_followed(site: Site) -> None:
    with pytest.raises(InputError, match="not a http or https address"):
        fetch(site.redirect("/a", "file:///etc/passwd"), allow=here_only)


def test_redirects_in_a_circle_end(site: Site) -> None:
    with pytest.raises(InputError, match=f"more than {REDIRECTS} redirects"):
        fetch(site.redirect("/a", "/a"), allow=here_only)
    assert len(site.requests) == REDIRECTS + 1


def test_the_connection_goes_to_the_very_address_that_was_checked(site: Site) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    site.serve("/a", b"<p>Tide</p>")
    assert fetch(site.url("/a", "lowmere.example"), allow=here_only, resolve=rebinding).data == b"<p>Tide</p>"
    assert asked == ["lowmere.example"]
    assert site.requests == [(f"lowmere.example:{site.port}", "/a")]


def test_a_name_is_checked_again_after_a_redirect_to_itself(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    site.redirect("/a", "/b")
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        fetch(site.url("/a", "lowmere.example"), allow=here_only, resolve=lambda host, port: next(answers))


def test_one_private_address_condemns_a_host(site: Site) -> None:
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        fetch(site.serve("/a", b""), allow=here_only, resolve=lambda host, port: ["127.0.0.1", "10.0.0.1"])
    assert site.requests == []


def test_a_dead_address_leaves_its_place_to_the_next(site: Site) -> None:
    url = site.serve("/a", b"<p>Tide</p>")
    found = fetch(url, allow=lambda address, port: True, resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])
    assert found.data == b"<p>Tide</p>"


def test_a_host_in_other_clothes_is_known(site: Site) -> None:
    with pytest.raises(InputError, match=r"127\.0\.0\.1 port 80: only public"):
        fetch("http://0x7f.1/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "192.0.0.192",
        "168.63.129.16",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2001::1",
    ],
)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(ip_address(address), 443)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1"])
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(ip_address(address), 443)


def test_other_ports_than_the_webs_are_not_public() -> None:
    assert not is_public(ip_address("93.184.215.14"), 22)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "not a http or https address"),
        ("gopher://lowmere.example/", "not a http or https address"),
        ("http://", "not a http or https address"),
        ("http://ada:quill@lowmere.example/", "user name or password"),
        ("http://" + "a" * 300 + ".example/", "cannot be found"),
    ],
)
def test_an_address_of_no_use_is_refused(url: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        fetch(url)


def test_another_port_than_the_webs_is_refused() -> None:
    with pytest.raises(InputError, match="port 22: only public addresses are fetched, from ports 80 and 443"):
        fetch("http://lowmere.example:22/", resolve=lambda host, port: ["93.184.215.14"])


def test_the_name_of_the_host_and_not_its_address_opens_a_tls_connection() -> None:
    hello: list[bytes] = []

    def listen() -> None:
        connection, _ = server.accept()
        with connection:
            hello.append(connection.recv(4096))

    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = threading.Thread(target=listen)
        listener.start()
        with pytest.raises(InputError, match="could not be fetched"):
            fetch(
                f"https://lowmere.example:{server.getsockname()[1]}/",
                allow=here_only,
                resolve=lambda host, port: ["127.0.0.1"],
            )
        listener.join()
    assert b"lowmere.example" in hello[0]


def test_an_unknown_host_is_named() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(InputError, match=r"'lowmere\.example' cannot be found .*not known"):
        fetch("http://lowmere.example/", resolve=unknown)


def test_a_closed_port_is_named(site: Site) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(InputError, match="could not be fetched"):
            fetch(f"http://127.0.0.1:{unused.getsockname()[1]}/", allow=here_only)


def test_an_error_of_the_server_is_named(site: Site) -> None:
    with pytest.raises(InputError, match="the server answered 404 Not Found"):
        fetch(site.url("/nowhere"), allow=here_only)


def test_a_pdf_is_named_as_not_supported(site: Site) -> None:
    with pytest.raises(InputError, match="a PDF is not read from the web: save it and name the file"):
        fetch(site.serve("/a", b"%PDF", content_type="application/pdf"), allow=here_only)


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "image/svg+xml", ""])
def test_other_content_types_are_named(site: Site, kind: str) -> None:
    with pytest.raises(InputError, match="content type"):
        fetch(site.serve("/a", b"x", content_type=kind), allow=here_only)


def test_a_page_over_the_size_limit_is_cut_off(site: Site) -> None:
    with pytest.raises(InputError, match="more than 1,000 bytes"):
        fetch(site.serve("/a", b"x" * 1001), allow=here_only, limit=1000)


def test_a_page_at_the_size_limit_is_read(site: Site) -> None:
    assert len(fetch(site.serve("/a", b"x" * 1000), allow=here_only, limit=1000).data) == 1000


def test_a_compressed_page_is_unpacked(site: Site) -> None:
    url = site.serve("/a", gzip.compress(b"<p>Tide</p>", mtime=0), content_encoding="gzip")
    assert fetch(url, allow=here_only).data == b"<p>Tide</p>"


def test_a_gzip_bomb_is_not_unpacked(site: Site) -> None:
    url = site.serve("/a", gzip.compress(b"x" * 50_000_000, mtime=0), content_encoding="gzip")
    tracemalloc.start()
    with pytest.raises(InputError, match="more than 1,000,000 bytes"):
        fetch(url, allow=here_only, limit=1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize(
    ("data", "encoding", "reason"),
    [
        (gzip.compress(b"<p>Tide</p>", mtime=0)[:-9], "gzip", "ends early"),
        (b"no gzip at all", "gzip", "could not be fetched"),
        (b"x", "br", "compressed the page as 'br'"),
    ],
)
def test_a_page_that_cannot_be_unpacked_is_named(site: Site, data: bytes, encoding: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        fetch(site.serve("/a", data, content_encoding=encoding), allow=here_only)


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"", content_type="text/html")
    drip(handler, b"x")


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: ")
    drip(handler, b"x")


@pytest.mark.parametrize("dripping", [drip_body, drip_headers])
def test_a_server_that_drips_is_left_after_the_time_limit(site: Site, dripping: Answer) -> None:
    site.answers["/a"] = dripping
    started = time.monotonic()
    with pytest.raises(InputError, match=r"longer than 0\.3 seconds"):
        fetch(site.url("/a"), allow=here_only, seconds=0.3)
    assert time.monotonic() - started < 2


def test_a_proxy_of_the_environment_is_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert fetch(site.serve("/a", b"<p>Tide</p>"), allow=here_only).data == b"<p>Tide</p>"


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    tide = [b"<p>Tide</p>"]
    url = site.serve_state("/a", lambda: tide[0], "text/html")
    first = fetch(url, allow=here_only)
    known = Visit(first.url, first.etag, first.last_modified, is_feed=False)
    assert fetch(url, known, allow=here_only) is None
    tide[0] = b"<p>Ebb</p>"
    assert fetch(url, known, allow=here_only).data == b"<p>Ebb</p>"
    assert [status for _, status in site.statuses] == [200, 304, 200]


def test_the_day_of_a_page_is_sent_back_as_the_server_wrote_it(site: Site) -> None:
    day = "Tue, 04 Mar 2031 08:00:00 GMT"
    asked: list[str | None] = []

    def since(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.headers["If-Modified-Since"])
        answer(handler, b"<p>Tide</p>", 304 if asked[-1] == day else 200, content_type="text/html", last_modified=day)

    site.answers["/a"] = since
    page = fetch(site.url("/a"), allow=here_only)
    assert fetch(site.url("/a"), Visit(page.url, page.etag, page.last_modified, False), allow=here_only) is None
    assert asked == [None, day]


def test_what_is_known_of_one_page_is_not_asked_of_another(site: Site) -> None:
    headers: list[str | None] = []

    def moved(handler: BaseHTTPRequestHandler) -> None:
        headers.append(handler.headers["If-None-Match"])
        answer(handler, b"", 302, location="/b")

    site.answers["/a"] = moved
    url = site.serve_state("/b", lambda: b"<p>Tide</p>", "text/html")
    page = fetch(site.url("/a"), allow=here_only)
    assert page.url == url
    assert fetch(site.url("/a"), Visit(page.url, page.etag, "", False), allow=here_only) is None
    assert headers == [None, None] and site.count("/b", 304) == 1


def test_an_answer_that_nothing_has_changed_is_an_error_where_nothing_is_known(site: Site) -> None:
    site.answers["/a"] = lambda handler: answer(handler, b"", 304)
    with pytest.raises(Refused, match="the server answered 304 Not Modified"):
        fetch(site.url("/a"), allow=here_only)


@pytest.mark.parametrize("etag", ["\xe9tag", "x" * 1_001, "a\tb"])
def test_a_name_of_a_state_that_cannot_be_sent_back_is_not_kept(site: Site, etag: str) -> None:
    assert fetch(site.serve("/a", b"<p>Tide</p>", etag=etag), allow=here_only).etag == ""


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120.0), ("Sun, 06 Nov 1994 08:49:37 GMT", 0.0), ("soon", None), ("", None), ("-5", None)],
)
def test_a_server_says_when_it_wants_to_be_asked_again(site: Site, said: str, seconds: float | None) -> None:
    site.answers["/a"] = lambda handler: answer(handler, b"", 503, retry_after=said)
    with pytest.raises(Refused) as refused:
        fetch(site.url("/a"), allow=here_only)
    assert (refused.value.status, refused.value.retry_after) == (503, seconds)


def test_every_address_on_the_way_must_be_permitted(site: Site) -> None:
    asked: list[str] = []

    def permit(url: str) -> None:
        asked.append(url)
        if url.endswith("/b"):
            raise InputError("not this one")

    site.serve("/b", b"<p>Tide</p>")
    with pytest.raises(InputError, match="not this one"):
        fetch(site.redirect("/a", "/b"), permit=permit, allow=here_only)
    assert asked == [site.url("/a"), site.url("/b")] and site.count("/b") == 0
