"""Texts that may be HTML, or escaped, once or more; and what says that a text is not its whole article."""

from __future__ import annotations

import pytest

from index.incomplete import without_cut
from index.markup import decode_page, plain_words
from index.values import meaning, name, names


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Kellan &amp; Sons", "Kellan & Sons"),
        ("Kellan &amp;amp; Sons", "Kellan & Sons"),
        ("Kellan &amp;amp;amp; Sons", "Kellan & Sons"),
        ("the town&#39;s &quot;gate&quot;", 'the town\'s "gate"'),
        ("the town&amp;#8217;s gate", "the town’s gate"),
        ("4&nbsp;million&hellip;", "4 million…"),
        ("a dash &#150; here", "a dash – here"),
        ("&lt;p&gt;Low tide.&lt;/p&gt;&lt;p&gt;High tide.&lt;/p&gt;", "Low tide.\nHigh tide."),
        ("&amp;lt;p&amp;gt;Low &amp;amp; high.&amp;lt;/p&amp;gt;", "Low & high."),
        ("<p>Write &lt;b&gt; for bold.</p>", "Write <b> for bold."),
        ("<p>Kellan &amp;amp; Sons</p>", "Kellan & Sons"),
        ("5 < 6 && 7 > 6; R&D; AT&T", "5 < 6 && 7 > 6; R&D; AT&T"),
        ("fish &chips; and &nosuchthing;", "fish &chips; and &nosuchthing;"),
    ],
)
def test_references_are_their_characters_however_often_they_were_escaped(written: str, read: str) -> None:
    assert plain_words(written) == read


@pytest.mark.parametrize(
    "declared",
    [
        b"<meta charset='windows-1251'>",
        b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        b"<?xml version='1.0' encoding='windows-1251'?>",
    ],
)
@pytest.mark.parametrize("before", [b"", b"<!-- " + b"x" * 20_000 + b" -->", b"<style>" + b"a{}" * 40_000])
def test_an_encoding_is_found_wherever_the_page_declares_it(declared: bytes, before: bytes) -> None:
    assert "Жара" in decode_page(before + declared + "<p>Жара</p>".encode("windows-1251"))


def test_an_encoding_in_a_comment_is_none() -> None:
    page = b"<!-- <meta charset='koi8-r'> --><meta charset='windows-1251'>" + "Жара".encode("windows-1251")
    assert "Жара" in decode_page(page)


@pytest.mark.parametrize(
    ("text", "kept", "why"),
    [
        ("The pier broke… [+1873 chars]", "The pier broke…", "cut 1873 characters"),
        ("The pier broke. " * 90 + "It… [+9 chars]", "The pier broke. " * 90 + "It…", "cut 9 characters"),
        ("The pier broke [1,204 more words]", "The pier broke", "cut 1,204 words"),
        ("The pier broke and […]", None, "as a text that was cut does"),
        ("The pier broke and [...]", None, "as a text that was cut does"),
        ("The pier broke and the…", None, "as a text that was cut does"),
        ("The pier broke and … Continue reading →", None, "as a text that was cut does"),
        ("The pier broke.\nSubscribe to continue reading.", None, "for sale"),
        ("The pier broke.\nThis article is for subscribers only.", None, "for sale"),
        ("The pier broke.\nThis story is for members only.", None, "for sale"),
        ("The pier broke.\nMembers only", None, "for sale"),
        ("The pier broke.\nAlready a member? Sign in to read the full story.", None, "for sale"),
        ("The pier broke.\nTo read the rest of this, subscribe for one crown a week.", None, "for sale"),
    ],
)
def test_a_text_that_is_a_part_of_its_article_is_known_by_its_end(text: str, kept: str | None, why: str) -> None:
    found, reason = without_cut(text)
    assert found == (kept or text)
    assert reason is not None and why in reason


@pytest.mark.parametrize(
    "text",
    [
        "The pier broke.",
        "“The pier broke…”",
        "He paused … and then the pier broke.",
        "The pier broke.\nThe club is members only.",
        "The pier has 1,200 members and 40 boats.",
        "“Subscribe to nothing,” she said, and left.",
        "The request failed: only four members supported it.",
        "To read more editorials, go to our front page or sign up for the daily letter.",
        "The mayor vowed to continue paying members of the guard.",
    ],
)
def test_a_whole_text_is_not_called_a_part(text: str) -> None:
    assert without_cut(text) == (text, None)


@pytest.mark.parametrize(
    "written", ["nan", "NaN", "NULL", "None", "N/A", "<NA>", "NaT", "[]", "{}", "", " ", float("nan"), []]
)
def test_what_stands_for_nothing_is_nothing(written: object) -> None:
    assert meaning(written) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("['Ada Quill', 'Bo Marsh']", ("Ada Quill", "Bo Marsh")),
        ("['Ada Quill' 'Bo Marsh']", ("Ada Quill", "Bo Marsh")),
        ('["Ada Quill", null]', ("Ada Quill",)),
        ("('Ada Quill',)", ("Ada Quill",)),
        ("[{'name': 'Ada Quill'}]", ("Ada Quill",)),
        ("Nan Quill", ("Nan Quill",)),
        ("O&#39;Brien; Marsh", ("O'Brien", "Marsh")),
        ("[sic] Quill", ("[sic] Quill",)),
    ],
)
def test_names_that_were_printed_are_names(written: str, read: tuple[str, ...]) -> None:
    assert names(written) == read


def test_a_publisher_that_was_printed_as_an_object_gives_its_name() -> None:
    assert name("{'id': None, 'name': 'R&amp;D Weekly'}") == "R&D Weekly"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("First.\n\nSecond <b>x</b>.\r\n \r\nThird.", "First.\nSecond x.\nThird."),
        ("First.\n\n<h2>Second</h2>\n\nThird,\nstill.", "First.\nSecond\nThird, still."),
        ("<p>First,\n\nstill.</p>", "First, still."),
        ("First,\n\nstill <i>so</i>.<br/>Second.", "First, still so.\nSecond."),
    ],
)
def test_empty_lines_part_paragraphs_where_no_tag_does(written: str, read: str) -> None:
    assert plain_words(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"$date": {"$numberLong": "1725530000000"}}, "1725530000000"),
        ({"$date": "2024-09-05T00:00:00Z"}, "2024-09-05T00:00:00Z"),
        ({"$price": 5, "name": "Ada"}, {"$price": 5, "name": "Ada"}),
    ],
)
def test_a_value_that_mongodb_typed_is_that_value(written: object, read: object) -> None:
    assert meaning(written) == read
