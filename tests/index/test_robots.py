"""robots.txt as a site serves it, and what is fetched of the site then."""

from __future__ import annotations

import time
from functools import partial

import pytest
from sites import Site, answer, here_only, site

from index.fetch import fetch
from index.robots import KEPT, READ, Robots
from rag.errors import InputError

__all__ = ["site"]  # a fixture

RULES = b"""User-agent: *
Disallow: /members/
Allow: /members/open.html$
Disallow: /*?print=

User-agent: Onrecord
Disallow: /drafts/
Disallow: /*?print=

User-agent: Onrecord
Disallow: /members/
Allow: /members/open.html$
"""


def robots(now: list[float]) -> Robots:
    return Robots(partial(fetch, allow=here_only), lambda: now[0])


@pytest.mark.parametrize(
    "path", ["/members/list", "/drafts/", "/story?print=1", "/members/open.html?x", "/drafts/a%62"]
)
def test_what_a_site_forbids_is_named_with_the_way_out(site: Site, path: str) -> None:
    site.serve("/robots.txt", RULES, content_type="text/plain")
    with pytest.raises(InputError, match=r"robots\.txt of 127\.0\.0\.1:\d+ forbids programs to fetch .* Save the page"):
        robots([0.0]).permit(site.url(path))


@pytest.mark.parametrize("path", ["/", "/story", "/members/open.html", "/draft"])
def test_what_a_site_does_not_forbid_is_permitted(site: Site, path: str) -> None:
    site.serve("/robots.txt", RULES, content_type="text/plain")
    robots([0.0]).permit(site.url(path))


def test_of_a_file_as_large_as_a_page_may_be_the_beginning_is_read_in_a_moment(site: Site) -> None:
    lines = b"User-agent: *\nDisallow: /members/\n" + b"Disallow: /a*b*c\n" * 600_000
    site.serve("/robots.txt", lines[:10_000_000], content_type="text/plain")
    begun = time.process_time()
    with pytest.raises(InputError, match="forbids"):
        robots([0.0]).permit(site.url("/members/list"))
    robots([0.0]).permit(site.url("/story"))
    assert len(lines) > READ and time.process_time() - begun < 10


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_site_without_rules_forbids_nothing(site: Site, status: int) -> None:
    site.answers["/robots.txt"] = lambda handler: answer(handler, b"User-agent: *\nDisallow: /", status)
    robots([0.0]).permit(site.url("/story"))


@pytest.mark.parametrize("status", [500, 503, 429])
def test_rules_that_cannot_be_read_for_now_forbid_everything_for_now(site: Site, status: int) -> None:
    site.answers["/robots.txt"] = lambda handler: answer(handler, b"", status)
    asked = robots([0.0])
    with pytest.raises(InputError, match=f"robots.txt, .*, cannot be read: the server answered {status}"):
        asked.permit(site.url("/story"))
    site.serve("/robots.txt", b"", content_type="text/plain")
    asked.permit(site.url("/story"))


@pytest.mark.parametrize("content_type", ["text/html", "application/octet-stream", ""])
def test_rules_are_read_whatever_their_type(site: Site, content_type: str) -> None:
    site.serve("/robots.txt", b"\xef\xbb\xbfUser-Agent: onrecord\nDisallow: /", content_type=content_type)
    with pytest.raises(InputError, match="forbids"):
        robots([0.0]).permit(site.url("/story"))


def test_rules_are_fetched_once_a_day(site: Site) -> None:
    site.serve("/robots.txt", b"", content_type="text/plain")
    now = [0.0]
    asked = robots(now)
    for now[0] in (0.0, 60.0, KEPT - 1):
        asked.permit(site.url("/story"))
    assert site.count("/robots.txt") == 1
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /", content_type="text/plain")
    now[0] = KEPT
    with pytest.raises(InputError, match="forbids"):
        asked.permit(site.url("/story"))
