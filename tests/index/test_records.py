"""One record to one article: field names, dates, names."""

from __future__ import annotations

from datetime import date

import pytest

from index.records import Skipped, article_of, read_record, title_from
from index.values import is_web_url, split_authors
from rag.records import Article


def only_article(record: dict[str, object]) -> Article:
    (found,) = read_record(record, "a.jsonl:1")
    assert isinstance(found, Article)
    return found


def only_reason(record: dict[str, object]) -> str:
    (found,) = read_record(record, "a.jsonl:1")
    assert isinstance(found, Skipped)
    return found.reason


@pytest.mark.parametrize("name", ["text", "body", "content", "article", "BODY", "content_text"])
def test_every_usual_name_of_the_text_is_read(name: str) -> None:
    assert only_article({"title": "Tide", name: "It rose."}).text == "It rose."


@pytest.mark.parametrize("name", ["published", "date", "publish_date", "published_at", "publishedAt", "Date"])
def test_every_usual_name_of_the_date_is_read(name: str) -> None:
    assert only_article({"text": "It rose.", name: "2022-12-16"}).published == date(2022, 12, 16)


def test_headline_link_site_and_author_are_read() -> None:
    found = only_article(
        {
            "Headline": "Tide",
            "body": "It rose.",
            "link": "https://lowmere.example/tide",
            "site": "Lowmere Post",
            "author": "By Ada Quill, Bo Marsh",
        }
    )
    assert (found.title, found.url, found.publisher, found.authors) == (
        "Tide",
        "https://lowmere.example/tide",
        "Lowmere Post",
        ("Ada Quill", "Bo Marsh"),
    )


def test_an_empty_field_leaves_its_place_to_the_next_name() -> None:
    assert only_article({"text": " ", "content": "It rose."}).text == "It rose."


def test_a_publisher_in_an_object_gives_its_name() -> None:
    assert only_article({"text": "It rose.", "source": {"id": None, "name": "RT"}}).publisher == "RT"


def test_a_publisher_that_is_an_address_gives_its_host() -> None:
    assert only_article({"text": "It rose.", "source": "http://www.rt.example/"}).publisher == "rt.example"


def test_authors_in_objects_give_their_names() -> None:
    assert only_article({"text": "It rose.", "authors": [{"name": "Ada Quill"}, "Bo Marsh", None]}).authors == (
        "Ada Quill",
        "Bo Marsh",
    )


def test_a_record_without_text_names_the_fields_it_has() -> None:
    reason = only_reason({"title": "Tide", "summary": "Rose"})
    assert "no text" in reason
    assert "title, summary" in reason


def test_a_text_that_is_no_string_is_named() -> None:
    assert only_reason({"text": {"p": "It rose."}}) == "the text is a dict, expected a string"


def test_a_text_that_is_only_space_is_named() -> None:
    assert "no text" in only_reason({"text": " \n", "title": "Tide"})


def test_a_text_in_html_becomes_its_words() -> None:
    assert only_article({"text": "<p>Low &amp; high.</p><p>Tide.</p><script>steal()</script>"}).text == (
        "Low & high.\nTide."
    )


def test_a_text_with_a_lone_tag_stays_as_it_is() -> None:
    assert only_article({"text": "Low tide.<br>\n\n5 < 6"}).text == "Low tide.<br>\n\n5 < 6"


def test_line_ends_become_newlines_and_nothing_else_changes() -> None:
    assert only_article({"text": "\r\nOne  “two”.\r\n\r\nThree.\rFour.\n"}).text == "One  “two”.\n\nThree.\nFour."


def test_an_unreadable_date_is_named_and_its_article_kept_undated() -> None:
    notice, article = read_record({"text": "It rose.", "date": "04/05/2022"}, "a.csv:7")
    assert notice == Skipped(
        "a.csv:7", "kept undated: '04/05/2022' may be 2022-04-05 or 2022-05-04: write it as one of them"
    )
    assert isinstance(article, Article)
    assert article.published is None


def test_an_address_that_is_none_is_named_and_its_article_kept() -> None:
    notice, article = read_record({"text": "It rose.", "url": "javascript:alert(1)"}, "a.csv:7")
    assert isinstance(notice, Skipped)
    assert "javascript:alert(1)" in notice.reason
    assert isinstance(article, Article)
    assert article.url is None


def test_a_missing_title_is_taken_from_the_text() -> None:
    assert only_article({"text": "The tide rose.\nNobody expected it."}).title == "The tide rose."


def test_parts_of_one_page_have_different_ids() -> None:
    url = "https://lowmere.example/page"
    (one,) = article_of("It rose.", "p", title="Tide", url=url, part="Tide")
    (two,) = article_of("It fell.", "p", title="Ebb", url=url, part="Ebb")
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert one.id != two.id


def test_a_long_first_line_gives_its_first_sentence_as_title() -> None:
    assert title_from("The harbour of Lowmere was closed. " + "Boats lay idle. " * 10) == (
        "The harbour of Lowmere was closed."
    )


def test_a_long_sentence_is_cut_at_a_word_for_its_title() -> None:
    title = title_from("harbour " * 40)
    assert title == "harbour " * 11 + "harbour…"


def test_a_long_line_without_spaces_is_cut_for_its_title() -> None:
    assert title_from("海" * 300) == "海" * 100 + "…"


@pytest.mark.parametrize("value", ["http://[bad", "ftp://lowmere.example/", "lowmere.example/a", "http://", 7, None])
def test_what_is_no_web_address_is_known(value: object) -> None:
    assert not is_web_url(value)


def test_authors_are_split_at_semicolons() -> None:
    assert split_authors("Quill Ada; Marsh Bo") == ("Quill Ada", "Marsh Bo")


def test_a_column_without_a_name_is_not_among_what_was_found() -> None:
    assert only_reason({"": "0", "title": "Tide", " ": "x"}).endswith("content, article, found title")
    assert only_reason({"": "0"}).endswith("found none")
