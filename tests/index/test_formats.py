"""The file formats, each from real bytes: what is read, and what is named and passed over."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import pytest

from index.formats import read_html, read_json, read_text, read_text_file
from index.formats.json_files import read_jsonl
from index.formats.streams import LINE_CHARACTERS
from index.formats.tables import read_csv
from index.records import Found, Reading, Skipped
from rag.errors import InputError
from rag.records import Article

STORM = {"title": "Storm", "text": "The pier broke.", "date": "2022-12-16"}
CALM = {"title": "Calm", "text": "The sea lay still."}


def stream(*lines: object) -> io.BytesIO:
    return io.BytesIO("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode())


def titles(found: Iterator[Article | Skipped]) -> list[str]:
    return [item.title if isinstance(item, Article) else f"{item.where}! {item.reason}" for item in found]


def test_a_text_file_gives_its_article() -> None:
    (found,) = read_text_file(io.BytesIO("\ufeffStorm\n\nThe “pier” broke in the night.".encode()), "a.txt")
    assert isinstance(found, Article)
    assert "The “pier” broke in the night." in found.text


def test_a_text_file_in_utf_16_is_read() -> None:
    (found,) = read_text_file(io.BytesIO("Storm\n\nThe “pier” broke in the night.".encode("utf-16")), "a.txt")
    assert isinstance(found, Article)
    assert "The “pier” broke in the night." in found.text


def test_html_in_a_text_file_stays_text() -> None:
    (found,) = read_text("Storm\n\nThe tag <b>pier</b> is bold in every browser.")
    assert isinstance(found, Article)
    assert "<b>pier</b>" in found.text


def test_a_text_in_windows_1252_names_the_byte_and_the_repair() -> None:
    with pytest.raises(InputError, match=r"byte 0x93 at offset 4 is not UTF-8: convert .*iconv"):
        list(read_text_file(io.BytesIO("The “pier” broke.".encode("windows-1252")), "a.txt"))


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_an_empty_text_file_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match="empty"):
        list(read_text_file(io.BytesIO(data), "a.txt"))


def test_a_binary_text_file_is_named() -> None:
    with pytest.raises(InputError, match="NUL"):
        list(read_text_file(io.BytesIO(b"\x7fELF\0\0"), "a.txt"))


@pytest.mark.parametrize("value", [[STORM, CALM], {"status": "ok", "articles": [STORM, CALM]}])
def test_json_is_a_list_or_an_object_that_holds_one(value: object) -> None:
    assert titles(read_json(stream(value), "a.json")) == ["Storm", "Calm"]


def test_json_of_one_object_is_one_article() -> None:
    (found,) = read_json(stream(STORM | {"tags": [{"name": "sea"}]}), "a.json")
    assert isinstance(found, Article)
    assert (found.title, found.published) == ("Storm", date(2022, 12, 16))


def test_a_damaged_item_of_a_json_list_is_named_by_its_number_and_the_rest_read() -> None:
    assert titles(read_json(stream([STORM, 7, CALM]), "a.json")) == [
        "Storm",
        "a.json! item 2: a JSON int, expected an object",
        "Calm",
    ]


def test_json_lines_in_a_json_file_get_the_hint_to_rename_it() -> None:
    with pytest.raises(InputError, match=r"rename it to \.jsonl"):
        list(read_json(stream(STORM, CALM), "a.json"))


@pytest.mark.parametrize("text", ["[" * 200_000, '{"text": ' * 200_000, "7", '"text"', "[]", "{", "9" * 5000])
def test_json_of_no_use_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="JSON"):
        list(read_json(stream(text), "a.json"))


def test_a_malformed_json_line_is_named_and_the_rest_read() -> None:
    found = titles(read_jsonl(stream(STORM, '{"title": "cut', "", "[1]", CALM), "a.jsonl"))
    assert found[0] == "Storm"
    assert found[1].startswith("a.jsonl:2! not valid JSON")
    assert found[2:] == ["a.jsonl:4! a JSON list, expected an object", "Calm"]


def test_a_json_line_that_is_not_utf_8_is_named_and_the_rest_read() -> None:
    data = json.dumps(STORM).encode() + b'\n{"text": "caf\xe9"}\n' + json.dumps(CALM).encode()
    storm, fault, calm = titles(read_jsonl(io.BytesIO(data), "a.jsonl"))
    assert (storm, calm) == ("Storm", "Calm")
    assert fault.startswith("a.jsonl:2! byte 0xe9 at character 14 is not UTF-8")


def test_a_json_line_nested_too_deeply_is_named_and_the_rest_read() -> None:
    assert titles(read_jsonl(stream("[" * 200_000, CALM), "a.jsonl"))[1:] == ["Calm"]


def test_json_lines_with_a_byte_order_mark_are_read() -> None:
    assert titles(read_jsonl(io.BytesIO(b"\xef\xbb\xbf" + stream(STORM).read()), "a.jsonl")) == ["Storm"]


def test_empty_json_lines_are_named() -> None:
    with pytest.raises(InputError, match="empty"):
        list(read_jsonl(stream("", ""), "a.jsonl"))


class Endless(io.RawIOBase):
    """A good line, a line of ``size`` bytes that are made as they are read, and a good line."""

    def __init__(self, size: int) -> None:
        self.before, self.size, self.after = stream(STORM).read() + b"\n", size, b"\n" + stream(CALM).read()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.before:
            data, self.before = self.before, b""
        elif self.size:
            data = b"x" * min(self.size, len(buffer))
            self.size -= len(data)
        else:
            data, self.after = self.after, b""
        buffer[: len(data)] = data
        return len(data)


def test_a_line_of_100_mb_is_passed_over_in_bounded_memory() -> None:
    tracemalloc.start()
    found = titles(read_jsonl(io.BufferedReader(Endless(100_000_000)), "a.jsonl"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["Storm", f"a.jsonl:2! the line is longer than {LINE_CHARACTERS:,} characters", "Calm"]
    assert peak < 5 * LINE_CHARACTERS


def test_json_lines_are_read_as_they_are_asked_for() -> None:
    endless: BinaryIO = io.BufferedReader(Endless(10**15))
    first = next(read_jsonl(endless, "a.jsonl"))
    assert isinstance(first, Article)


def test_a_csv_row_is_an_article_with_its_line_breaks() -> None:
    (found,) = read_csv(stream("Title,Date,Text", 'Storm,2022-12-16,"The pier\nbroke, she said."'), "a.csv")
    assert isinstance(found, Article)
    assert (found.text, found.published) == ("The pier\nbroke, she said.", date(2022, 12, 16))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_read_with_each_usual_separator(separator: str) -> None:
    lines = [separator.join(row) for row in (("title", "text"), ("Storm", "The pier broke."))]
    assert titles(read_csv(stream(*lines), "a.csv")) == ["Storm"]


def test_a_csv_file_without_a_text_column_names_its_columns() -> None:
    with pytest.raises(InputError, match=r"no text column: .* found title, summary"):
        list(read_csv(stream("title,summary", "Storm,broke"), "a.csv"))


def test_a_csv_row_of_another_length_than_the_header_is_named_by_its_line() -> None:
    found = titles(
        read_csv(stream("title,text", 'Storm,"broke\nthere"', "Wind,blew, they said", "Calm,still"), "a.csv")
    )
    assert found == ["Storm", "a.csv:4! the row has 3 fields, the header names 2", "Calm"]


def test_a_csv_field_longer_than_python_allows_by_itself_is_read() -> None:
    (found,) = read_csv(stream("title,text", "Storm," + "broke " * 50_000), "a.csv")
    assert isinstance(found, Article)
    assert len(found.text) == 299_999


def test_a_csv_line_over_the_limit_is_named_and_the_rest_read() -> None:
    found = titles(read_csv(stream("title,text", "Storm," + "x" * LINE_CHARACTERS, "Calm,still"), "a.csv"))
    assert found == [f"a.csv:2! the line is longer than {LINE_CHARACTERS:,} characters", "Calm"]


def test_a_csv_field_over_the_limit_is_named() -> None:
    field = '"' + ("x" * 1000 + "\n") * (LINE_CHARACTERS // 1000) + '"'
    found = titles(read_csv(stream("title,text", f"Storm,{field}"), "a.csv"))
    assert found[0] == f"a.csv:2! damaged CSV (field larger than field limit ({LINE_CHARACTERS}))"


def test_a_quotation_mark_that_never_closes_in_a_csv_file_is_named() -> None:
    found = titles(read_csv(stream("title,text", "Calm,still", 'Storm,"broke', "Wind,blew"), "a.csv"))
    assert found[0] == "Calm"
    assert found[1].startswith("a.csv:3! damaged CSV")
    assert "never closed" in found[1]


def test_a_csv_row_with_a_nul_or_a_wrong_byte_is_named_and_the_rest_read() -> None:
    data = b"title,text\n" + b"Calm,still\n" * 1000 + b"Storm,bro\0ke\nWind,bl\xe9w\nCalm,still\n"
    found = titles(read_csv(io.BytesIO(data), "a.csv"))
    assert found[1000] == "a.csv:1002! the line holds NUL characters, so it is no text"
    assert found[1001].startswith("a.csv:1003! byte 0xe9 at character 8 is not UTF-8")
    assert found[1002] == "Calm"


def test_a_binary_csv_file_is_named_once() -> None:
    with pytest.raises(InputError, match="NUL"):
        list(read_csv(io.BytesIO(b"text\n\0\0\n\0\n"), "a.csv"))


@pytest.mark.parametrize(("text", "reason"), [("", "empty"), ("title,text\n", "no rows")])
def test_a_csv_file_without_rows_is_named(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        list(read_csv(stream(text), "a.csv"))


PAGE = (
    "<html><head><title>Storm</title><link rel='canonical' href='https://lowmere.example/storm'></head><body><article>"
    + "".join(f"<p>The pier of Lowmere broke in the storm of day {day}, and boats were lost.</p>" for day in range(9))
    + "</article></body></html>"
).encode()


def test_an_html_file_takes_the_address_that_it_names() -> None:
    (found,) = read_html(io.BytesIO(PAGE), "a.html")
    assert isinstance(found, Article)
    assert (found.url, found.publisher) == ("https://lowmere.example/storm", "lowmere.example")


def test_a_fetched_page_cannot_pass_itself_off_as_one_of_another_host() -> None:
    (found,) = read_html(io.BytesIO(PAGE), "u", "https://elsewhere.example/x")
    assert isinstance(found, Article)
    assert found.url == "https://elsewhere.example/x"


def test_a_gzip_bomb_is_not_unpacked_beyond_the_limit() -> None:
    bomb = gzip.compress(b" " * 60_000_000)
    tracemalloc.start()
    with gzip.open(io.BytesIO(bomb)) as unpacked, pytest.raises(InputError, match="more than 5,000,000 bytes"):
        list(read_html(unpacked, "a.html.gz"))  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def is_window(items: Found) -> bool:
    reading = Reading(items)
    assert list(reading)
    return reading.window


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"a1": STORM, "a2": CALM, "a3": STORM}, ["Storm", "Calm", "Storm"]),
        ({"data": {"a1": STORM, "a2": CALM}}, ["Storm", "Calm"]),
        ({"a1": STORM, "a2": {"title": "Wind", "text": None}}, ["Storm", "a.json! item 2: no text: expected one of"]),
        ({"articles": [STORM], "top": CALM}, ["Calm", "Storm"]),
        ({"body": "OK", "articles": [STORM, CALM]}, ["Storm", "Calm"]),
        ({"meta": {"count": 1}, "article": STORM}, ["Storm"]),
        ({"content": {"article": STORM}}, ["Storm"]),
        (STORM | {"comments": [{"title": "No", "text": "I doubt it."}]}, ["Storm"]),
        ({"text": "The pier broke.", "comments": [{"author": "Bo", "text": "I doubt it."}]}, ["The pier broke."]),
    ],
)
def test_json_gives_all_articles_that_an_object_holds(value: object, read: list[str]) -> None:
    found = titles(read_json(stream(value), "a.json"))
    assert [title[: len(start)] for title, start in zip(found, read, strict=True)] == read


def test_a_number_of_thousands_of_digits_in_json_is_no_harm() -> None:
    record = json.dumps(STORM).replace("{", '{"views": ' + "9" * 5000 + ", ", 1)
    assert titles(read_json(stream(record), "a.json")) == ["Storm"]
    assert titles(read_jsonl(stream(record), "a.jsonl")) == ["Storm"]


def test_a_damaged_table_or_list_is_a_window_and_a_whole_one_is_not() -> None:
    whole = ["title,text", "Storm,broke", "Calm,still"]
    assert not is_window(read_csv(stream(*whole), "a.csv"))
    for row in ('Wind,"never closed', 'Wind,"blew" hard', "Wind"):
        assert is_window(read_csv(stream(*whole, row), "a.csv"))
    assert not is_window(read_jsonl(stream(STORM, CALM), "a.jsonl"))
    assert is_window(read_jsonl(stream(STORM, '{"title": "cut'), "a.jsonl"))
    assert is_window(read_jsonl(io.BytesIO(stream(STORM).read() + b'\n{"text": "caf\xe9"}'), "a.jsonl"))


@pytest.mark.parametrize("header", ["title,text,text", "title;Text;text", "\ttext\ttext"])
def test_a_table_with_two_columns_of_one_name_is_refused(header: str) -> None:
    with pytest.raises(InputError, match="more than one column is called 'text'"):
        list(read_csv(stream(header, "a;b;c"), "a.csv"))


def test_columns_without_a_name_may_be_several() -> None:
    assert titles(read_csv(stream(",title,text,", "0,Storm,broke,"), "a.csv")) == ["Storm"]


def test_separators_within_quotation_marks_part_no_columns() -> None:
    (found,) = read_csv(stream('"title, or the, headline";"text"', '"Storm";"broke"'), "a.csv")
    assert isinstance(found, Article)
    assert found.text == "broke"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ('"title" it is,text', "its header is damaged CSV"),
        ("", "the first line is empty"),
        (",,", "the first line is empty"),
        (",title,summary", "found title, summary"),
    ],
)
def test_a_header_of_no_use_says_why(header: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        list(read_csv(stream(header, "Storm,broke"), "a.csv"))


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii", "Latin-1", "windows-1252"])
def test_a_text_that_its_server_calls_latin_keeps_its_quotation_marks(charset: str) -> None:
    (found,) = read_text_file(io.BytesIO("They “voted” on it.".encode("windows-1252")), "u", None, charset)
    assert isinstance(found, Article)
    assert found.text == "They “voted” on it."


@pytest.mark.parametrize("charset", ["undefined", "punycode", "idna", "unicode_escape", "hex", "x-none", "a\0b", "é"])
def test_a_charset_that_is_none_is_named(charset: str) -> None:
    with pytest.raises(InputError, match="is not known: save it as text in UTF-8"):
        list(read_text_file(io.BytesIO(b"They \x93voted\x94."), "u", None, charset))
    (found,) = read_text_file(io.BytesIO("They “voted”.".encode()), "u", None, charset)
    assert isinstance(found, Article)
