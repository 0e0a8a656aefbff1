"""RSS and Atom feeds, from their bytes."""

from __future__ import annotations

import io
import time
from contextlib import suppress
from datetime import date

import pytest

from index.formats.feeds import is_feed, read_feed
from index.records import Skipped
from rag.errors import InputError
from rag.records import Article

ENTRY = "<item><title>Storm</title><link>/storm</link><description>The pier broke.</description></item>"
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Lowmere Post</title>
<entry><title>Storm</title><link href="https://lowmere.example/storm"/><updated>2022-12-16T08:00:00Z</updated>
<author><name>Ada Quill</name></author><summary>Short.</summary>
<content type="html">&lt;p&gt;The pier broke.&lt;/p&gt;&lt;p&gt;Nobody was hurt.&lt;/p&gt;</content></entry></feed>"""


def rss(items: str, title: str = "Lowmere Post") -> bytes:
    content = "http://purl.org/rss/1.0/modules/content/"
    return (
        f'<?xml version="1.0"?><rss version="2.0" xmlns:content="{content}"><channel><title>{title}</title>'
        f"<link>https://lowmere.example/</link>{items}</channel></rss>"
    ).encode()


def only_article(data: bytes, url: str = "") -> Article:
    (found,) = read_feed(io.BytesIO(data), "feed.xml", url)
    assert isinstance(found, Article)
    return found


def test_an_atom_entry_keeps_title_address_day_author_and_publisher() -> None:
    found = only_article(ATOM.encode())
    assert (found.title, found.url, found.published, found.authors, found.publisher) == (
        "Storm",
        "https://lowmere.example/storm",
        date(2022, 12, 16),
        ("Ada Quill",),
        "Lowmere Post",
    )


def test_the_full_content_of_an_entry_goes_before_its_summary() -> None:
    assert only_article(ATOM.encode()).text == "The pier broke.\nNobody was hurt."


def test_a_short_summary_is_an_article_too() -> None:
    assert only_article(rss(ENTRY)).text == "The pier broke."


def test_a_relative_link_starts_at_the_feed() -> None:
    assert only_article(rss(ENTRY), "https://lowmere.example/news/rss").url == "https://lowmere.example/storm"


def test_a_relative_link_in_a_file_starts_at_the_site_that_the_feed_names() -> None:
    assert only_article(rss(ENTRY)).url == "https://lowmere.example/storm"


def test_scripts_in_an_entry_do_not_survive() -> None:
    item = "<item><content:encoded><![CDATA[<p>Tide <script>steal()</script>rose.</p>]]></content:encoded></item>"
    assert only_article(rss(item)).text == "Tide rose."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "<p>Put &lt;script&gt;window.x = 1&lt;/script&gt; on it, or &lt;b&gt;bold&lt;/b&gt;</p>",
            "Put <script>window.x = 1</script> on it, or <b>bold</b>",
        ),
        ("&lt;p&gt;Low tide.&lt;/p&gt;", "Low tide."),
        ("Low<br>tide &amp; high", "Low\ntide & high"),
        ("First.\n\nSecond.", "First.\nSecond."),
    ],
)
def test_markup_of_which_an_entry_speaks_stays(written: str, read: str) -> None:
    assert only_article(rss(f"<item><description><![CDATA[{written}]]></description></item>")).text == read


@pytest.mark.parametrize("stretch", ["<textinput> ", "<image ", "<image> ", "<image></textinput>"])
def test_images_that_never_close_take_no_time(stretch: str) -> None:
    started = time.process_time()
    with suppress(InputError):
        list(read_feed(io.BytesIO(rss(ENTRY + stretch * 8_000)), "feed.xml"))
    assert time.process_time() - started < 10


def test_50_000_vocabularies_take_no_time() -> None:
    started = time.process_time()
    with suppress(InputError):
        list(read_feed(io.BytesIO(rss("".join(f"<a{n}:x>" for n in range(50_000)))), "feed.xml"))
    assert time.process_time() - started < 20


def test_an_entry_without_a_title_takes_one_from_its_text() -> None:
    assert only_article(rss("<item><description>The pier broke.</description></item>")).title == "The pier broke."


def test_an_rfc_822_day_is_kept() -> None:
    item = ENTRY.replace("</item>", "<pubDate>Fri, 16 Dec 2022 23:30:00 -0500</pubDate></item>")
    assert only_article(rss(item)).published == date(2022, 12, 16)


def test_an_unreadable_day_is_named_and_the_entry_kept() -> None:
    item = ENTRY.replace("</item>", "<pubDate>some day</pubDate></item>")
    notice, article = read_feed(io.BytesIO(rss(item)), "feed.xml")
    assert notice == Skipped("feed.xml", "entry 1: kept undated: 'some day' is not a date such as 2022-12-16")
    assert isinstance(article, Article)


def test_an_entry_without_text_is_named_by_its_number() -> None:
    found = list(read_feed(io.BytesIO(rss(ENTRY + "<item><title>Only a title</title></item>")), "feed.xml"))
    assert found[1:] == [Skipped("feed.xml", "entry 2: it has no text")]


def test_a_damaged_feed_gives_what_it_can_and_says_so() -> None:
    found = list(read_feed(io.BytesIO(rss(ENTRY + "<item><title>Cut</ti")), "feed.xml"))
    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Skipped)
    assert "damaged" in found[-1].reason


def test_a_feed_without_entries_is_named() -> None:
    with pytest.raises(InputError, match="no entries"):
        list(read_feed(io.BytesIO(rss("")), "feed.xml"))


@pytest.mark.parametrize("data", [b"<html><body>Page</body></html>", b"plain words", b"/etc/passwd", b"\x00\x01\x02"])
def test_what_is_no_feed_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match="no RSS or Atom feed"):
        list(read_feed(io.BytesIO(data), "feed.xml"))


def test_an_empty_feed_file_is_named() -> None:
    with pytest.raises(InputError, match="empty"):
        list(read_feed(io.BytesIO(b""), "feed.xml"))


def test_entities_that_multiply_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">{levels}]>'.encode()
    started = time.process_time()
    found = list(read_feed(io.BytesIO(bomb + rss(ENTRY.replace("broke", "&e11;"))[21:]), "feed.xml"))
    assert time.process_time() - started < 5
    assert all(len(item.text) < 1000 for item in found if isinstance(item, Article))


def test_a_file_outside_is_not_read_by_an_entity() -> None:
    outside = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    found = list(read_feed(io.BytesIO(outside + rss(ENTRY.replace("broke", "&secret;"))[21:]), "feed.xml"))
    assert all("root:" not in item.text for item in found if isinstance(item, Article))


@pytest.mark.parametrize(
    "data", [ATOM.encode(), rss(ENTRY), b"\xef\xbb\xbf  <rss version='0.91'>", b"<rdf:RDF xmlns=''>"]
)
def test_a_feed_is_known_by_its_beginning(data: bytes) -> None:
    assert is_feed(data)


def test_a_page_is_no_feed() -> None:
    assert not is_feed(b"<!doctype html><html><body>About RSS</body></html>")


def test_a_tag_of_200_000_attributes_in_a_feed_is_refused_in_no_time() -> None:
    attributes = " ".join(f"a{number}='1'" for number in range(200_000))
    started = time.process_time()
    with pytest.raises(InputError, match="attributes"):
        list(read_feed(io.BytesIO(rss(f"<item {attributes}></item>")), "feed.xml"))
    assert time.process_time() - started < 2


ENTRY_TEXT = "The pier broke."


@pytest.mark.parametrize(
    "other",
    [
        "<media:description>{}</media:description>",
        "<media:content url='/a.jpg'><media:description>{}</media:description></media:content>",
        "<media:group><media:title>{}</media:title><media:description>{}</media:description></media:group>",
        "<itunes:summary>{}</itunes:summary>",
        "<itunes:subtitle>{}</itunes:subtitle><itunes:title>{}</itunes:title>",
        "<googleplay:description>{}</googleplay:description>",
        "<image><url>/a.jpg</url><title>{}</title><description>{}</description></image>",
        "<textInput><title>{}</title><description>{}</description></textInput>",
    ],
)
@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("first", [False, True])
def test_what_an_entry_says_of_its_pictures_and_recordings_is_not_what_it_says(
    other: str, damaged: bool, first: bool
) -> None:
    words = other.replace("{}", "A photograph of the pier before the storm, " * 5)
    item = ENTRY.replace("<item>", f"<item>{words}") if first else ENTRY.replace("</item>", f"{words}</item>")
    spaces = "".join(
        f" xmlns:{prefix}='{uri}'"
        for prefix, uri in {
            "media": "http://search.yahoo.com/mrss/",
            "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
            "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
        }.items()
    )
    data = rss(item).replace(b"<rss ", f"<rss{spaces} ".encode())
    found = next(read_feed(io.BytesIO(data.replace(b"</channel>", b"<a></b>") if damaged else data), "feed.xml"))
    assert isinstance(found, Article)
    assert (found.title, found.text, found.publisher) == ("Storm", ENTRY_TEXT, "Lowmere Post")


def test_the_title_of_the_feeds_own_image_is_not_its_publisher() -> None:
    image = "<image><title>Logo</title><url>/a.png</url><link>https://lowmere.example/logo</link></image>"
    assert only_article(rss(image + ENTRY)).publisher == "Lowmere Post"


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("1700000000", None, date(2023, 11, 14)),
        ("2024.09.05", None, date(2024, 9, 5)),
        ("2024年9月5日", None, date(2024, 9, 5)),
        ("05-09-2024 10:15", "en-gb", date(2024, 9, 5)),
        ("Do, 05 Sep 2024 10:15:00 +0200", "de-DE", date(2024, 9, 5)),
        ("jeu., 05 sept. 2024 10:15", "fr", date(2024, 9, 5)),
        ("05-09-2024 10:15", None, None),
        ("2024-02-30", None, None),
    ],
)
def test_a_day_is_read_in_the_language_of_the_feed_or_named(
    written: str, language: str | None, day: date | None
) -> None:
    item = ENTRY.replace("</item>", f"<pubDate>{written}</pubDate></item>")
    told = f"<language>{language}</language>" if language else ""
    *notices, article = read_feed(io.BytesIO(rss(told + item)), "feed.xml")
    assert isinstance(article, Article)
    assert article.published == day
    assert [isinstance(notice, Skipped) and written in notice.reason for notice in notices] == [True] * (day is None)


@pytest.mark.parametrize("title", ["Kellan &amp; Sons", "Kellan &amp;amp; Sons", "<![CDATA[Kellan &amp; Sons]]>"])
def test_a_title_and_a_publisher_that_were_escaped_twice_are_read(title: str) -> None:
    found = only_article(rss(ENTRY.replace("Storm", title), title))
    assert (found.title, found.publisher) == ("Kellan & Sons", "Kellan & Sons")


def test_a_summary_that_breaks_off_is_named_as_incomplete() -> None:
    notice, article = read_feed(io.BytesIO(rss(ENTRY.replace("broke.", "broke and [&#8230;]"))), "feed.xml")
    assert isinstance(notice, Skipped)
    assert notice.reason == "entry 1: kept incomplete: it ends in '[…]', as a text that was cut does"
    assert isinstance(article, Article)
