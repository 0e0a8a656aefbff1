"""The addresses of one article: which are one, and which must stay apart."""

from __future__ import annotations

import pytest

from index.addresses import canonical_address

TIDE = "https://lowmere.example/tide"


@pytest.mark.parametrize(
    "url",
    [
        TIDE,
        "http://lowmere.example/tide",
        "https://www.lowmere.example/tide",
        "https://LOWMERE.example:443/tide/",
        "https://lowmere.example/tide#comments",
        "https://lowmere.example/tide?utm_source=mail&utm_medium=email",
        "https://lowmere.example/tide?fbclid=abc&gclid=def&mc_cid=1",
        "https://lowmere.example/tide/amp",
        "https://lowmere.example/amp/tide",
        "https://lowmere.example/tide.amp",
        "https://lowmere.example/tide?amp=1",
        "https://lowmere.example/tide?outputType=amp",
        "https://amp.lowmere.example/tide",
        "https://m.lowmere.example/tide",
        "https://www.google.com/amp/s/www.lowmere.example/tide",
        "https://lowmere-example.cdn.ampproject.org/c/s/lowmere.example/tide/amp/",
        "https://lowmere.example/t%69de",
        "https://lowmere.example/tide?ref=rss&at_medium=custom7&ns_campaign=x&mc_cid=1&utm_id=9",
        "https://lowmere.example/tide?ref=&pk_campaign=x&wt_zmc=nl&hsa_acc=1",
    ],
)
def test_every_way_to_an_article_is_one_address(url: str) -> None:
    assert canonical_address(url) == TIDE


@pytest.mark.parametrize(
    "url",
    [
        "https://lowmere.example/Tide",
        "https://lowmere.example/tide?id=7",
        "https://lowmere.example/tide?cid=7",
        "https://lowmere.example/tide?page=2",
        "https://sport.lowmere.example/tide",
        "https://lowmere.example:8080/tide",
        "https://lowmere.example/camp",
        "https://lowmere.example/#!/tide",
        "https://lowmere.example/#/tide",
        "https://lowmere.example/tide#/2",
        "https://lowmere.example/tide?ref=7",
        "https://lowmere.example/tide?at_id=7",
        "https://lowmere.example/tide?pk_id=7",
        "https://lowmere.example/tide?ns_x=7",
        "https://lowmere.example/tide?mc_id=7",
        "https://lowmere.example/tide?wt_id=7",
        "https://lowmere.example/tide?topic=AMP",
        "https://lowmere.example/tide?v=amp",
        "https://amp.example/tide",
    ],
)
def test_what_may_be_another_article_stays_apart(url: str) -> None:
    assert canonical_address(url) != TIDE


def test_the_order_of_a_query_says_nothing() -> None:
    assert canonical_address("https://lowmere.example/a?y=2&x=1") == canonical_address(
        "http://lowmere.example/a?x=1&y=2"
    )


def test_a_host_in_its_own_letters_and_in_ascii_is_one() -> None:
    assert canonical_address("https://lówmere.example/a") == canonical_address("https://xn--lwmere-bxa.example/a")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/%C0%E1.html", "/%C1%E1.html"),
        ("/news?n=%C0", "/news?n=%C1"),
        ("/a%2Fb", "/a/b"),
        ("/news?a=b%26c=d", "/news?a=b&c=d"),
        ("/news?a=1%2B1", "/news?a=1+1"),
    ],
)
def test_addresses_that_differ_in_a_byte_stay_apart_in_whatever_encoding(one: str, other: str) -> None:
    assert canonical_address(f"https://lowmere.example{one}") != canonical_address(f"https://lowmere.example{other}")


@pytest.mark.parametrize(("one", "other"), [("/ä?ö=ü", "/%C3%A4?%c3%b6=%C3%BC"), ("/n?a=b+c", "/n?a=b%20c")])
def test_an_address_in_letters_and_in_escapes_is_one(one: str, other: str) -> None:
    assert canonical_address(f"https://lowmere.example{one}") == canonical_address(f"https://lowmere.example{other}")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/amp/s/[x",
        "https://lowmere-example.cdn.ampproject.org/c/s/lowmere.example:99999/a",
        "https://www.google.com/amp/s/:80",
        "https://lowmere.example/\ud800?a=\udfff",
    ],
)
def test_what_is_no_address_behind_a_cache_stands_as_it_is(url: str) -> None:
    assert canonical_address(url).startswith("https://")
