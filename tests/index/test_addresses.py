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
