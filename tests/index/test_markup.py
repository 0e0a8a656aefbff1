"""HTML to words, and what is refused before a parser sees it."""

from __future__ import annotations

import time

import pytest

from index.markup import PAGE_BYTES, decode_page, looks_like_markup, markup_text, read_page
from index.markup.tree import PAGE_TAGS, TAG_ATTRIBUTES
from rag.errors import InputError

FIRST = "The harbour of Lowmere was closed on Monday after a storm tore away forty metres of its old wooden pier."
SECOND = (
    "“We have never seen waves of this height,” said the harbour master, Ada Quill, who has worked there for years."
)
THIRD = "The town council will decide on Thursday whether the pier is rebuilt in stone, as engineers have advised."
HEAD = (
    "<title>Storm closes harbour</title><meta property='og:site_name' content='Lowmere Post'>"
    "<meta property='article:published_time' content='2022-12-16T08:00:00Z'><meta name='author' content='Bo Marsh'>"
    "<link rel='canonical' href='https://lowmere.example/storm'>"
)


def web_page(*, head: str = HEAD, body: str = "") -> str:
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    article = f"<article><h1>Storm closes harbour</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    return f"<!doctype html><html><head>{head}</head><body>{menu}{article}{body}<footer>Imprint</footer></body></html>"


def test_a_page_keeps_its_paragraphs_as_lines_and_drops_its_menu() -> None:
    text = read_page(web_page().encode()).text
    assert text.endswith(f"{FIRST}\n{SECOND}\n{THIRD}")
    assert "Sport" not in text


def test_a_page_keeps_what_it_says_about_itself() -> None:
    page = read_page(web_page().encode())
    assert (page.title, page.url, page.publisher, page.published, page.authors) == (
        "Storm closes harbour",
        "https://lowmere.example/storm",
        "Lowmere Post",
        "2022-12-16T08:00:00Z",
        ("Bo Marsh",),
    )


def test_a_day_mentioned_in_the_text_is_not_taken_for_the_day_of_the_page() -> None:
    page = web_page(head="<title>Storm</title>").replace("on Monday", "on 4 March 2019")
    assert read_page(page.encode()).published is None


def test_a_script_does_not_survive() -> None:
    assert "steal" not in read_page(web_page(body="<script>steal()</script>").encode()).text


def test_a_page_without_an_article_is_named() -> None:
    with pytest.raises(InputError, match="no article text"):
        read_page(b"<html><body><nav><a href='/'>Home</a></nav></body></html>")


def test_a_page_in_windows_1252_keeps_its_quotation_marks() -> None:
    page = web_page(head="<meta charset='iso-8859-1'>" + HEAD)
    assert SECOND in read_page(page.encode("windows-1252")).text


def test_the_encoding_that_the_server_names_goes_before_the_page() -> None:
    assert decode_page("<meta charset='koi8-r'>“Ж”".encode("windows-1251"), "windows-1251").endswith("“Ж”")


def test_a_page_in_utf_8_is_read_so_whatever_it_says() -> None:
    assert decode_page("<meta charset='iso-8859-1'>“é”".encode()).endswith("“é”")


def test_a_page_in_utf_16_is_read_by_its_mark() -> None:
    assert decode_page("<p>“é”</p>".encode("utf-16")) == "<p>“é”</p>"


def test_a_page_with_nul_bytes_is_refused() -> None:
    with pytest.raises(InputError, match="NUL"):
        read_page(web_page().encode() + b"\0\0")


def test_a_page_over_the_size_limit_is_refused() -> None:
    with pytest.raises(InputError, match="the limit is 5,000,000"):
        read_page(web_page(body="x" * PAGE_BYTES).encode())


def test_a_page_of_too_many_tags_is_refused() -> None:
    with pytest.raises(InputError, match="tags, the limit is 20,000"):
        read_page(web_page(body="<br>" * PAGE_TAGS).encode())


@pytest.mark.parametrize("separator", [" ", "/", "=1 ", "='>'", '=">" '])
def test_a_tag_of_too_many_attributes_is_refused(separator: str) -> None:
    attributes = separator.join(f"a{number}" for number in range(TAG_ATTRIBUTES + 1))
    with pytest.raises(InputError, match="attributes"):
        read_page(web_page(body=f"<div {attributes}>").encode())


def test_a_tag_at_the_limit_of_attributes_is_read() -> None:
    attributes = " ".join(f"a{number}='1'" for number in range(TAG_ATTRIBUTES))
    assert FIRST in read_page(web_page(body=f"<div {attributes}></div>").encode()).text


def test_a_tag_of_200_000_attributes_is_refused_in_no_time() -> None:
    page = web_page(body="<div " + " ".join(f"a{number}=1" for number in range(200_000)) + ">").encode()
    started = time.process_time()
    with pytest.raises(InputError):
        read_page(page)
    assert time.process_time() - started < 2


def test_the_words_of_a_picture_in_its_address_are_no_attributes() -> None:
    picture = "<img src='data:image/png;base64," + "ab/c " * 100_000 + "'>"
    assert FIRST in read_page(web_page(body=picture).encode()).text


def test_tags_nested_deeper_than_the_parser_goes_are_named() -> None:
    with pytest.raises(InputError, match="depth"):
        markup_text("<p>before</p>" + "<div>" * 400 + "lost" + "</div>" * 400)


def test_a_hostile_doctype_does_not_hold_up_the_page() -> None:
    started = time.process_time()
    read_page((f"<!DOCTYPE {'/' * 200_000} " + web_page()).encode())
    assert time.process_time() - started < 5


def test_breaks_and_blocks_are_line_ends_and_inline_tags_are_not() -> None:
    assert markup_text("<div>One <b>t</b>wo<br>three<ul><li>four<li>five</ul>six</div>") == (
        "One two\nthree\nfour\nfive\nsix"
    )


def test_scripts_styles_and_comments_say_nothing() -> None:
    assert markup_text("<p>Tide<script>a()</script><style>b{}</style><!-- c --> rose</p>") == "Tide rose"


@pytest.mark.parametrize(
    "unseen",
    [
        '<p style="display:none">SECRET</p>',
        '<p style="color: red; DISPLAY : none !important">SECRET</p>',
        '<p style="visibility:hidden">SECRET</p>',
        '<span style="font-size:0px">SECRET</span>',
        '<span style="opacity: 0">SECRET</span>',
        "<div hidden><p>SECRET</p></div>",
        "<template><p>SECRET</p></template>",
        "<!-- SECRET -->",
        "<noscript>SECRET</noscript>",
    ],
)
def test_what_a_browser_does_not_show_is_not_read(unseen: str) -> None:
    assert markup_text(f"<p>Low tide.</p>{unseen}<p>High tide.</p>") == "Low tide.\nHigh tide."
    assert "SECRET" not in read_page(web_page().replace(SECOND, f"{SECOND} {unseen}").encode()).text


@pytest.mark.parametrize("style", ["font-size:0.9em", "opacity:0.5", "display:block", "--display:none-of-it"])
def test_what_a_browser_shows_is_read(style: str) -> None:
    assert markup_text(f'<p style="{style}" aria-hidden="true">Low tide.</p>') == "Low tide."


def test_markup_of_nothing_is_nothing() -> None:
    assert markup_text("") == ""


def test_a_comparison_is_no_markup() -> None:
    assert not looks_like_markup("5 < 6 and 7 > 6")
