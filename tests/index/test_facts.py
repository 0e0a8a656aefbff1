"""What a page states beside its text, above all its day: of publication, or none."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest

from index.markup import read_page
from index.markup.facts import Facts, read_facts
from index.markup.tree import parse_html
from rag.errors import InputError

PARAGRAPH = "<p>The pier of Norhaven broke on <time datetime='2019-03-04'>4 March</time>, and boats were lost.</p>"


def facts(head: str = "", body: str = "", url: str | None = None, language: str = "en") -> Facts:
    page = f"<html lang='{language}'><head>{head}</head><body><article>{body}{PARAGRAPH * 3}</article></body></html>"
    return read_facts(parse_html(page), url)


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2031-02-11'>",
        "<meta name='datePublished' content='2031-02-11'>",
        "<meta itemprop='datePublished' content='2031-02-11'>",
        "<meta name='DC.date.issued' content='2031-02-11'>",
        "<meta name='dcterms.date' content='2031-02-11'>",
        "<meta name='date' content='2031-02-11'>",
        "<meta name='parsely-pub-date' content='2031-02-11'>",
        "<meta name='publish-date' content='2031-02-11'>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-02-11"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2030-01-01"},'
        '{"@type": "NewsArticle", "datePublished": "2031-02-11", "dateModified": "2031-03-01"}]}</script>',
    ],
)
def test_the_day_of_publication_is_found_where_a_page_states_it(head: str) -> None:
    changed = "<meta property='article:modified_time' content='2031-03-01'>"
    assert facts(changed + head).published == "2031-02-11"


@pytest.mark.parametrize(
    "body",
    [
        "<time datetime='2031-02-11'>11 February</time>",
        "<div class='byline'>By Ada Quill, <time datetime='2031-02-11'>11 February</time></div>",
        "<span class='entry-date'>2031-02-11</span>",
        "<span itemprop='datePublished' content='2031-02-11'>yesterday</span>",
        "<time pubdate datetime='2031-02-11'>11 February</time><p class='note'>Updated <time>2031-03-01</time></p>",
        "<p><time datetime='2031-02-11'>x</time></p><p>Last updated: <time datetime='2031-03-01'>y</time></p>",
    ],
)
def test_the_day_beside_the_text_is_found(body: str) -> None:
    assert facts(body=body).published == "2031-02-11"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta property='article:modified_time' content='2031-02-11'>", ""),
        ("<meta name='last-modified' content='2031-02-11'>", ""),
        ("<meta property='og:updated_time' content='2031-02-11'>", ""),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2031-02-11"}</script>', ""),
        ("", "<p>Updated <time datetime='2031-02-11'>11 February</time></p>"),
        ("", "<time itemprop='dateModified' datetime='2031-02-11'>11 February</time>"),
        ("", "<time datetime='2031-02-11'>a</time><time datetime='2031-02-12'>b</time>"),
        ("", "<footer>Copyright 2031</footer>"),
        ("", ""),
    ],
)
def test_the_day_of_a_change_or_one_of_several_is_not_taken_for_that_of_publication(head: str, body: str) -> None:
    assert facts(head, body).published is None


COMMENT = "<div class='comment-body'><time itemprop='datePublished' datetime='2031-05-01'>1 May</time></div>"
ASIDE = "<aside><article><time pubdate datetime='2029-01-01'>Another</time></article></aside>"


@pytest.mark.parametrize(
    ("page", "day"),
    [
        (f"<article>{PARAGRAPH}</article>{COMMENT}", None),
        (f"<div>{PARAGRAPH}</div>{COMMENT}", None),
        (f"<article>{PARAGRAPH}<div id='comments'>{COMMENT.replace('comment-body', 'x')}</div></article>", None),
        (f"<div>{PARAGRAPH}</div>{COMMENT.replace('comment-body', 'x')}", "2031-05-01"),
        (f"{ASIDE}<article>{PARAGRAPH}</article>", None),
        (f"{ASIDE}<div>{PARAGRAPH}</div>", None),
        (f"{ASIDE}<article><time datetime='2031-02-11'>x</time>{PARAGRAPH}</article>{COMMENT}", "2031-02-11"),
        (f"<article><time pubdate datetime='2031-02-11'>x</time>{PARAGRAPH}</article><article><time pubdate "
         "datetime='2030-02-11'>x</time></article>", "2031-02-11"),
        (f"<div><time pubdate datetime='2031-02-11'>x</time>{PARAGRAPH}<time pubdate datetime='2030-02-11'>x</time>",
         None),
        (f"<div itemprop='comment'><meta itemprop='datePublished' content='2031-05-01'></div>{PARAGRAPH}", None),
        (f"<meta itemprop='datePublished' content='2031-02-11'>{ASIDE}<article>{PARAGRAPH}</article>", "2031-02-11"),
        (f"<article class='commentary'><time pubdate datetime='2031-02-11'>x</time>{PARAGRAPH}</article>",
         "2031-02-11"),
    ],
)  # fmt: skip
def test_the_day_of_another_article_or_a_comment_is_not_taken(page: str, day: str | None) -> None:
    assert (
        read_facts(parse_html(f"<html><head></head><body class='comments-open'>{page}</body></html>"), None).published
        == day
    )


@pytest.mark.parametrize(
    ("kinds", "day"),
    [
        (["NewsArticle", "VideoObject 2019-01-01"], "2031-02-11"),
        (["NewsArticle 2031-02-12T08:00:00Z", "VideoObject 2019-01-01"], "2031-02-12T08:00:00Z"),
        (["WebPage 2031-02-12", "Person 2019-01-01"], "2031-02-12"),
        (["NewsArticle 2031-02-12", "NewsArticle 2031-02-13"], "2031-02-11"),
        (["NewsArticle 2031-02-12", "BlogPosting 2031-02-12T08:00:00Z"], "2031-02-12"),
    ],
)
def test_the_day_in_linked_data_is_that_of_its_articles_where_they_agree(kinds: list[str], day: str) -> None:
    objects = [dict(zip(("@type", "datePublished"), kind.split(), strict=False)) for kind in kinds]
    head = f"<script type='application/ld+json'>{json.dumps(objects)}</script>"
    assert facts(head, "<time datetime='2031-02-11'>11 February</time>").published == day


@pytest.mark.parametrize(("url", "day"), [("2031/02/11/pier", "2031-02-11"), ("2031/feb/11/pier", "11 feb 2031")])
def test_the_day_in_an_address_is_found(url: str, day: str) -> None:
    assert facts(url=f"https://lowmere.example/{url}").published == day


def test_a_day_that_can_be_two_is_kept_as_it_is_written_with_the_language_of_the_page() -> None:
    found = facts("<meta name='date' content='05/09/2031'>", language="de-AT")
    assert (found.published, found.language) == ("05/09/2031", "de-AT")


@pytest.mark.parametrize(
    ("head", "paid"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>', True),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>', True),
        ("<meta property='article:content_tier' content='locked'>", True),
        ("<meta property='article:content_tier' content='free'>", False),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": true}</script>', False),
        ('<script type="application/ld+json">{not json</script>', False),
    ],
)
def test_a_page_that_is_not_free_says_so(head: str, paid: bool) -> None:
    assert facts(head).paid is paid


@pytest.mark.parametrize(
    "page",
    [
        b"<!--" * 1_000_000,
        b"<script type='application/ld+json'>[" + b"1," * 1_000_000 + b"1]</script>",
        b"<p>" + b"<time>4 March</time> and so on, " * 9_000,
        b"<p>x</p>" + b" " * 2_000_000 + b"<p>y [" + b"<span>" * 200,
    ],
)
def test_a_hostile_page_takes_seconds(page: bytes) -> None:
    started = time.process_time()
    with suppress(InputError):
        read_page(b"<html><body>" + page + PARAGRAPH.encode())
    assert time.process_time() - started < 10
