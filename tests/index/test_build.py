"""Indexing: only what is new or changed, and nothing lost when it is killed."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from embedders import HashEmbedder

from index.build import build, build_articles
from rag.records import Article
from rag.store.publishing import load_generation
from rag.store.store import Store

EMBEDDER = HashEmbedder()
KILLS = 20


def write(file: Path, *records: tuple[str, str]) -> None:
    lines = [
        json.dumps({"title": title, "text": text, "url": f"https://example.org/{title}"}) for title, text in records
    ]
    file.write_text("\n".join(lines))


def counts(folder: Path, index: Path) -> tuple[int, int, int, int]:
    report = build([str(folder)], index, EMBEDDER)
    return report.added, report.changed, report.unchanged, report.dropped


def test_a_second_run_adds_only_what_is_new_or_changed(tmp_path: Path) -> None:
    news, index = tmp_path / "news", tmp_path / "index"
    news.mkdir()
    write(news / "a.jsonl", ("one", "The ferry left at nine."), ("two", "The ferry came back."))
    assert counts(news, index) == (2, 0, 0, 0)
    assert counts(news, index) == (0, 0, 2, 0)
    write(news / "b.jsonl", ("three", "The bridge opened."))
    assert counts(news, index) == (1, 0, 2, 0)
    write(news / "a.jsonl", ("one", "The ferry left at ten."), ("two", "The ferry came back."))
    assert counts(news, index) == (0, 1, 2, 0)


def test_an_article_that_its_file_no_longer_gives_is_dropped_unless_another_file_gives_it(tmp_path: Path) -> None:
    news, index = tmp_path / "news", tmp_path / "index"
    news.mkdir()
    write(news / "a.jsonl", ("one", "The ferry left."), ("two", "The ferry came back."))
    write(news / "b.jsonl", ("two", "The ferry came back."))
    counts(news, index)
    write(news / "a.jsonl", ("four", "The quay is new."))
    assert counts(news, index)[3] == 1
    with Store(index).reading() as snapshot:
        assert {article.title for _, article in snapshot.articles()} == {"two", "four"}


def test_a_file_is_the_same_source_from_any_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.jsonl", ("one", "The ferry left."))
    monkeypatch.chdir(tmp_path)
    build(["a.jsonl"], tmp_path / "index", EMBEDDER)
    write(tmp_path / "a.jsonl", ("two", "The ferry came back."))
    report = build([str(tmp_path / "a.jsonl")], tmp_path / "index", EMBEDDER)
    assert (report.added, report.dropped) == (1, 1)


def test_a_removed_article_comes_back_when_its_file_is_indexed_again(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", ("one", "The ferry left."))
    index = tmp_path / "index"
    build([str(tmp_path / "a.jsonl")], index, EMBEDDER)
    with Store(index).reading() as snapshot:
        ((_, article),) = snapshot.articles()
    with Store(index).writing() as transaction:
        transaction.remove(article.id)
    assert build([str(tmp_path / "a.jsonl")], index, EMBEDDER).added == 1


def test_the_same_articles_give_the_same_ids_and_chunks(tmp_path: Path) -> None:
    made = [
        Article.of("Tide", "It rose. " * 90, publisher="P"),
        Article.of("Ebb", "It fell.", url="https://example.org/e"),
    ]
    rows = []
    for name in ("one", "two"):
        build_articles("test", made, tmp_path / name, EMBEDDER, lambda report: None)
        with Store(tmp_path / name).reading() as snapshot:
            rows.append((sorted(a.id for _, a in snapshot.articles()), snapshot.chunks()))
    assert rows[0] == rows[1]


# Prints "added N" after every commit, and waits a little for each text so that kills fall everywhere.
_RUN = """
import sys
from datetime import date
from pathlib import Path
from typing import Any
from embedders import HashEmbedder
from index.build import build
show = lambda report: print(report.added + report.unchanged, flush=True)
build([sys.argv[1]], Path(sys.argv[2]), HashEmbedder(delay=0.0005), show)
"""


def test_killed_at_any_moment_it_keeps_what_it_reported_and_a_second_run_completes_it(tmp_path: Path) -> None:
    news, index = tmp_path / "news.jsonl", tmp_path / "index"
    write(news, *((f"story-{i}", f"Ferry {i} left the harbour. " * 60) for i in range(200)))
    tests = Path(__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)])}
    command = [sys.executable, "-c", _RUN, str(news), str(index)]
    moments = random.Random(7)
    for _ in range(KILLS):
        run = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        time.sleep(moments.uniform(0.2, 1.6))
        run.send_signal(signal.SIGKILL)
        reported = max([int(line) for line in run.communicate()[0].split("\n")[:-1]], default=0)
        if (index / "index.sqlite").exists():
            with Store.create(index, EMBEDDER).reading() as snapshot:  # opens every time
                assert snapshot.facts().articles >= reported
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    with Store(index).reading() as snapshot:
        assert snapshot.facts().articles == 200
        rows, vectors = (np.concatenate(part) for part in zip(*snapshot.vectors(), strict=True))
    generation = load_generation(Store(index))
    assert np.array_equal(generation.chunks.rows, rows) and np.array_equal(generation.vectors.get(rows), vectors)


def test_what_was_reported_is_stored_when_it_is_reported(tmp_path: Path) -> None:
    seen: list[int] = []

    def look(report: object) -> None:
        with Store(tmp_path).reading() as snapshot:
            seen.append(snapshot.facts().articles)

    build_articles("test", [Article.of("Tide", "The tide rose.")], tmp_path, EMBEDDER, look)
    assert seen == [1]


def test_a_new_or_changed_file_is_read_twice_and_one_that_did_not_change_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, index, opened = tmp_path / "a.jsonl", tmp_path / "index", list[str]()
    write(file, ("one", "The ferry left."))
    real = Path.open

    def counted(self: Path, *args: Any, **kwargs: Any) -> Any:
        opened.append(self.name)
        return real(self, *args, **kwargs)

    def reads() -> int:
        opened.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", counted)
            build([str(file)], index, EMBEDDER)
        return opened.count(file.name)

    assert (reads(), reads()) == (2, 1)
    write(file, ("one", "The ferry left."), ("two", "The ferry came back."))
    assert (reads(), reads()) == (2, 1)


def listed(index: Path) -> dict[str, date | None]:
    with Store(index).reading() as snapshot:
        return {article.title: article.published for _, article in snapshot.articles()}


def dated(file: Path, *records: tuple[str, str, str]) -> None:
    """A JSON lines file of articles: title, address and day."""
    rows = [{"title": t, "text": f"{t} it was.", "url": url, "date": day} for t, url, day in records]
    file.write_text("\n".join(map(json.dumps, rows)))


ADDRESSES = (
    "https://lowmere.example/tide",
    "http://www.lowmere.example/tide/?utm_source=mail",
    "https://lowmere.example/tide/amp#top",
    "https://m.lowmere.example/tide?fbclid=x",
)


def test_one_article_under_several_addresses_is_one_and_the_newest_holds(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for number, address in enumerate(ADDRESSES):
        dated(news / f"{number}.jsonl", (f"Tide {number}", address, f"2031-02-{20 - number}"))
    report = build([str(news)], tmp_path / "index", EMBEDDER)
    assert report.added == 1
    assert [Path(item.where).name for item in report.skipped] == ["1.jsonl", "2.jsonl", "3.jsonl"]
    assert report.skipped[0].reason.startswith("1 text not taken, such as 'Tide 1': of its address")
    assert listed(tmp_path / "index") == {"Tide 0": date(2031, 2, 20)}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("between", [0, 30])
def test_of_one_address_twice_in_a_file_the_newer_day_holds_in_any_order(
    tmp_path: Path, order: int, between: int
) -> None:
    others = [(f"Other {n}", f"https://lowmere.example/{n}", "2031-02-01") for n in range(between)]
    first, last = [("Old", ADDRESSES[0], "2031-02-11"), ("New", ADDRESSES[1], "2031-02-12")][::order]
    dated(tmp_path / "a.jsonl", first, *others, last)
    build([str(tmp_path / "a.jsonl")], tmp_path / "index", EMBEDDER)
    assert listed(tmp_path / "index").keys() - {title for title, *_ in others} == {"New"}


def test_a_dated_version_holds_against_an_undated_one(tmp_path: Path) -> None:
    dated(tmp_path / "a.jsonl", ("Dated", ADDRESSES[0], "2031-02-11"), ("Undated", ADDRESSES[0], ""))
    build([str(tmp_path / "a.jsonl")], tmp_path / "index", EMBEDDER)
    assert listed(tmp_path / "index") == {"Dated": date(2031, 2, 11)}


def test_a_file_that_corrects_its_day_to_an_earlier_one_is_believed(tmp_path: Path) -> None:
    dated(tmp_path / "a.jsonl", ("Tide", ADDRESSES[0], "2031-02-12"))
    build([str(tmp_path / "a.jsonl")], tmp_path / "index", EMBEDDER)
    dated(tmp_path / "a.jsonl", ("Tide", ADDRESSES[0], "2031-02-11"))
    assert build([str(tmp_path / "a.jsonl")], tmp_path / "index", EMBEDDER).changed == 1
    assert listed(tmp_path / "index") == {"Tide": date(2031, 2, 11)}


def feed(*titles: str) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://lowmere.example/{title}</link><description>{title} it was."
        "</description></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>Lowmere Post</title>{items}</channel></rss>"


def json_feed(*titles: str) -> str:
    items = [
        {"id": t, "url": f"https://lowmere.example/{t}", "title": t, "content_text": f"{t} it was."} for t in titles
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Lowmere Post", "items": items})


def answer(*titles: str) -> str:
    articles = [
        {
            "source": {"name": "Lowmere Post"}, "title": t, "description": t, "content": f"{t} it was.",
            "url": f"https://lowmere.example/{t}", "urlToImage": None, "publishedAt": "2031-02-11T00:00:00Z",
        }
        for t in titles
    ]  # fmt: skip
    return json.dumps({"status": "ok", "totalResults": 900, "articles": articles})


@pytest.mark.parametrize(("name", "write_window"), [("a.xml", feed), ("a.json", json_feed), ("a.json", answer)])
def test_a_saved_window_that_is_overwritten_daily_keeps_what_it_showed_before(
    tmp_path: Path, name: str, write_window: Any
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for titles in (("Monday", "Tuesday"), ("Tuesday", "Wednesday")):
        (news / name).write_text(write_window(*titles))
        assert build([str(news)], tmp_path / "index", EMBEDDER).dropped == 0
    assert listed(tmp_path / "index").keys() == {"Monday", "Tuesday", "Wednesday"}


def test_a_file_that_can_no_longer_be_read_to_its_end_takes_nothing_back(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"title": f"T{n}", "text": f"Tide {n} rose at {n * 7919}."}) + "\n" for n in range(900))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    build([str(tmp_path)], tmp_path / "index", EMBEDDER)
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    report = build([str(tmp_path)], tmp_path / "index", EMBEDDER)
    assert (report.dropped, len(listed(tmp_path / "index"))) == (0, 900)
    assert any("ends early" in skipped.reason for skipped in report.skipped)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two files that was indexed, both of which give "Both"."""
    news = tmp_path / "news"
    news.mkdir()
    write(news / "a.jsonl", ("One", "The ferry left."), ("Both", "The quay is new."))
    write(news / "b.jsonl", ("Two", "The ferry came back."), ("Both", "The quay is new."))
    build([str(news)], tmp_path / "index", EMBEDDER)
    return news


def test_what_a_deleted_file_alone_gave_leaves_on_the_next_run_of_its_folder(folder: Path, tmp_path: Path) -> None:
    (folder / "a.jsonl").unlink()
    report = build([str(folder)], tmp_path / "index", EMBEDDER)
    assert (report.dropped, report.gone) == (1, {str(folder / "a.jsonl"): 2})
    assert listed(tmp_path / "index").keys() == {"Two", "Both"}


def test_a_folder_that_holds_no_file_any_more_takes_nothing_back_for_its_disk_may_not_be_there(
    folder: Path, tmp_path: Path
) -> None:
    saved = {file.name: file.read_text() for file in folder.iterdir()}
    for file in folder.iterdir():
        file.unlink()
    report = build([str(folder)], tmp_path / "index", EMBEDDER)
    assert (report.dropped, report.gone) == (0, {})
    (notice,) = report.skipped
    assert notice.where == str(folder) and notice.reason.startswith("it holds no file any more, and the articles of 2")
    for name, text in saved.items():
        (folder / name).write_text(text)
    report = build([str(folder)], tmp_path / "index", EMBEDDER)
    assert (report.added, report.unchanged, report.skipped) == (0, 4, [])


def test_a_folder_that_never_gave_anything_may_be_empty(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert build([str(tmp_path / "other")], tmp_path / "index", EMBEDDER).skipped == []


def test_what_another_run_drops_between_reading_and_storing_is_not_lost(folder: Path, tmp_path: Path) -> None:
    class Slow(HashEmbedder):
        def embed(self, texts: Any) -> Any:
            with Store(tmp_path / "index").writing() as transaction:  # as another run at its end
                transaction.sweep()
            return super().embed(texts)

    (folder / "a.jsonl").unlink()
    write(folder / "c.jsonl", ("One", "The ferry left."), ("Both", "The quay is new."), ("Three", "It was late."))
    build([str(folder)], tmp_path / "index", Slow())
    assert listed(tmp_path / "index").keys() == {"One", "Two", "Both", "Three"}


def test_a_file_that_was_renamed_costs_nothing_and_loses_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "a.jsonl").rename(folder / "c.jsonl")
    report = build([str(folder)], tmp_path / "index", EMBEDDER)
    assert (report.added, report.changed, report.dropped, list(report.gone)) == (0, 0, 0, [str(folder / "a.jsonl")])
    assert listed(tmp_path / "index").keys() == {"One", "Two", "Both"}


def test_a_file_that_was_renamed_and_edited_leaves_nothing_of_what_it_was(folder: Path, tmp_path: Path) -> None:
    (folder / "a.jsonl").unlink()
    write(folder / "c.jsonl", ("Three", "The ferry left late."))
    report = build([str(folder)], tmp_path / "index", EMBEDDER)
    assert (report.added, report.dropped) == (1, 1)
    assert listed(tmp_path / "index").keys() == {"Two", "Both", "Three"}


def test_the_words_of_a_deleted_file_give_way_to_those_of_the_file_that_is_left(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    dated(news / "a.jsonl", ("Old", ADDRESSES[0], "2031-02-11"))
    dated(news / "b.jsonl", ("New", ADDRESSES[0], "2031-02-12"))
    build([str(news)], tmp_path / "index", EMBEDDER)
    (news / "b.jsonl").unlink()
    build([str(news)], tmp_path / "index", EMBEDDER)
    assert listed(tmp_path / "index") == {"Old": date(2031, 2, 11)}


def test_keep_keeps_what_files_no_longer_give(folder: Path, tmp_path: Path) -> None:
    (folder / "a.jsonl").unlink()
    write(folder / "b.jsonl", ("Four", "The ferry sank."))
    report = build([str(folder)], tmp_path / "index", EMBEDDER, keep=True)
    assert (report.dropped, report.gone) == (0, {})
    assert listed(tmp_path / "index").keys() == {"One", "Two", "Both", "Four"}


def test_a_file_elsewhere_pasted_text_and_a_folder_that_was_not_named_stay(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere.jsonl", ("Elsewhere", "The ferry waited."))
    build([str(tmp_path / "elsewhere.jsonl")], tmp_path / "index", EMBEDDER)
    build_articles("pasted text", [Article.of("Pasted", "It rose.")], tmp_path / "index", EMBEDDER, lambda report: None)
    (tmp_path / "elsewhere.jsonl").unlink()
    assert build([str(folder)], tmp_path / "index", EMBEDDER).gone == {}
    assert listed(tmp_path / "index").keys() >= {"Elsewhere", "Pasted"}


@pytest.mark.skipif(os.geteuid() == 0, reason="to the administrator every folder is open")
def test_what_lies_in_a_folder_that_cannot_be_read_is_not_known_to_be_gone(folder: Path, tmp_path: Path) -> None:
    folder.chmod(0)
    try:
        assert build([str(folder)], tmp_path / "index", EMBEDDER).gone == {}
    finally:
        folder.chmod(0o755)


def test_a_run_that_was_killed_before_it_dropped_anything_is_completed_by_the_next(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "a.jsonl").unlink()
    with Store(tmp_path / "index").writing() as transaction:  # all that the killed run had done
        transaction.withdraw(str(folder / "a.jsonl"))
    assert build([str(folder)], tmp_path / "index", EMBEDDER).dropped == 1
    assert listed(tmp_path / "index").keys() == {"Two", "Both"}
