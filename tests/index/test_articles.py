"""The one door: targets to sources, sources to articles, and a named reason for everything else."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.articles import READERS, Skipped, Source, find_sources, read_source, read_text
from index.records import Reading
from index.response import Fetched
from rag.errors import IndexDamaged
from rag.records import Article

STORM = {"title": "Storm", "text": "The pier broke in the night."}
LINE = json.dumps(STORM) + "\n"
PAGE = "<html><head><title>Storm</title></head><body><article>" + "".join(
    f"<p>The pier of Lowmere broke in the storm of day {day}, and boats were lost.</p>" for day in range(9)
)
RSS = (
    "<rss version='2.0'><channel><title>Lowmere Post</title><item><title>Storm</title><link>/storm</link>"
    "<description>The pier broke in the night.</description></item></channel></rss>"
)
CONTENTS = {
    ".txt": "Storm\n\nThe pier broke in the night.",
    ".md": "# Storm\n\nThe pier broke in the night.",
    ".html": PAGE,
    ".htm": PAGE,
    ".json": json.dumps([STORM]),
    ".jsonl": LINE,
    ".ndjson": LINE,
    ".csv": "title,text\nStorm,The pier broke in the night.\n",
    ".xml": RSS.replace("/storm", "https://lowmere.example/storm"),
    ".rss": RSS.replace("/storm", "https://lowmere.example/storm"),
    ".atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>P</title><entry><title>Storm</title>"
    "<summary>The pier broke in the night.</summary></entry></feed>",
}


def read(path: Path) -> list[Article | Skipped]:
    return list(read_source(Source(path.name, path)))


def reason(path: Path) -> str:
    (found,) = read(path)
    assert isinstance(found, Skipped)
    assert found.where == path.name
    return found.reason


def names(*targets: Path) -> list[str]:
    return [item.name if isinstance(item, Source) else f"! {item.reason}" for item in find_sources(map(str, targets))]


@pytest.mark.parametrize("kind", CONTENTS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_kind_of_file_gives_its_article_packed_or_not(tmp_path: Path, kind: str, packed: bool) -> None:
    data = CONTENTS[kind].encode()
    path = tmp_path / f"Article{kind.upper()}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data) if packed else data)
    (found,) = read(path)
    assert isinstance(found, Article)
    assert found.title == "Storm"
    assert "broke in the" in found.text


@pytest.mark.parametrize("kind", ["doc", "odt", "xlsx"])
def test_a_format_that_is_not_supported_says_what_to_do(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"a.{kind}").write_bytes(b"\0")
    assert reason(tmp_path / f"a.{kind}") == f"{kind.upper()} is not supported: save it as text or HTML"


@pytest.mark.parametrize("name", ["a.xyz", "README"])
def test_an_unknown_kind_of_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("words")
    assert "is not known: expected .txt" in reason(tmp_path / name)


@pytest.mark.parametrize("kind", [kind for kind in CONTENTS if kind != ".md"])
def test_an_empty_file_of_every_kind_is_named(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"a{kind}").write_bytes(b"")
    assert "empty" in reason(tmp_path / f"a{kind}")


@pytest.mark.parametrize("kind", CONTENTS)
def test_random_bytes_under_every_name_are_named(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"a{kind}").write_bytes(bytes(range(256)) * 100)
    assert reason(tmp_path / f"a{kind}")


def test_a_file_that_went_away_is_named(tmp_path: Path) -> None:
    assert reason(tmp_path / "gone.txt") == "it cannot be read: No such file or directory"


@pytest.mark.skipif(os.geteuid() == 0, reason="to the administrator every file is open")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    path.chmod(0)
    assert reason(path) == "it cannot be read: Permission denied"


def test_what_is_no_gzip_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_text("Just words.")
    assert "damaged" in reason(tmp_path / "a.txt.gz")


def test_truncated_gzip_gives_the_articles_before_the_damage(tmp_path: Path) -> None:
    lines = "".join(json.dumps(STORM | {"text": f"The pier broke on day {n}."}) + "\n" for n in range(20_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-20_000])
    *articles, last = read(tmp_path / "a.jsonl.gz")
    assert len(articles) > 100
    assert isinstance(last, Skipped)
    assert "ends early" in last.reason


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reason(tmp_path / "a.txt") == "it is not a regular file"


def test_a_folder_gives_its_files_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/c.txt", "deep/er/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("words")
    assert names(tmp_path) == [str(tmp_path / name) for name in ("a.txt", "b.txt", "deep/c.txt", "deep/er/d.txt")]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", ".b.txt", "c.txt"):
        (tmp_path / name).write_text("words")
    assert names(tmp_path) == [str(tmp_path / "c.txt")]


def test_a_link_back_into_its_folder_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == [str(tmp_path / "a.txt")]


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    (source,) = find_sources([str(tmp_path)])
    assert isinstance(source, Source)
    (found,) = read_source(source)
    assert isinstance(found, Skipped)


def test_a_target_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert names(tmp_path / "gone") == ["! there is no such file or folder"]


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert names(tmp_path) == []


def test_an_address_is_a_source_without_a_path() -> None:
    assert list(find_sources(["https://lowmere.example/a"])) == [Source("https://lowmere.example/a", None)]


@pytest.mark.parametrize("target", ["ftp://lowmere.example/a", "file:///etc/passwd", "http://"])
def test_other_addresses_are_named(target: str) -> None:
    assert list(find_sources([target])) == [Skipped(target, "not a http or https address")]


def test_an_address_inside_is_named_and_not_fetched() -> None:
    (found,) = read_source(Source("http://127.0.0.1/", None))
    assert isinstance(found, Skipped)
    assert "only public addresses" in found.reason


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("text/html", PAGE),
        ("text/html", RSS),  # a feed is a feed, whatever its server calls it
        ("application/rss+xml", RSS),
        ("application/json", json.dumps([STORM | {"url": "https://lowmere.example/storm"}])),
        ("text/plain", CONTENTS[".txt"]),
    ],
)
def test_what_an_address_holds_is_read_by_its_kind(media_type: str, content: str) -> None:
    url = "https://lowmere.example/storm"
    source = Source("https://lowmere.example/short", None)
    (found,) = read_source(source, get=lambda name: Fetched(url, content.encode(), media_type, None))
    assert isinstance(found, Article)
    assert (found.title, found.url) == ("Storm", url)


def test_plain_text_of_an_address_is_read_in_the_encoding_that_the_server_names() -> None:
    page = Fetched("https://lowmere.example/a", "Storm\n\n“Broken”, she said.".encode("cp1252"), "text/plain", "cp1252")
    (found,) = read_source(Source(page.url, None), get=lambda name: page)
    assert isinstance(found, Article)
    assert "“Broken”" in found.text


def test_pasted_text_is_an_article() -> None:
    (found,) = read_text(CONTENTS[".txt"])
    assert isinstance(found, Article)
    assert found.title == "Storm"


def test_pasting_nothing_is_named() -> None:
    assert list(read_text(" \n")) == [Skipped("pasted text", "it is empty")]


def test_reading_may_stop_after_the_first_article(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress((LINE * 100).encode()))
    found = read_source(Source("a", tmp_path / "a.jsonl.gz"))
    assert isinstance(next(found), Article)
    found.close()  # type: ignore[attr-defined]  # an open file would be a ResourceWarning, which fails the test


def test_whatever_a_reader_stumbles_on_what_it_gave_before_stands_and_the_rest_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(stream: object, name: str) -> Iterator[Article]:
        yield Article.of("Storm", "The pier broke in the night.")
        raise ValueError("Invalid IPv6 URL\nin line 7")

    monkeypatch.setitem(READERS, ".txt", stumble)
    (tmp_path / "a.txt").write_text("Storm")
    reading = Reading(read_source(Source("a.txt", tmp_path / "a.txt")))
    article, lost = reading
    assert isinstance(article, Article) and reading.window
    assert lost == Skipped("a.txt", "it is damaged or odd (ValueError: Invalid IPv6 URL): read up to there")


def test_an_index_that_cannot_be_used_is_no_fault_of_the_source() -> None:
    def get(url: str) -> Fetched:
        raise IndexDamaged("The index is damaged.")

    with pytest.raises(IndexDamaged):
        list(read_source(Source("https://lowmere.example/", None), get=get))
