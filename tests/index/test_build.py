"""Indexing: only what is new or changed, and nothing lost when it is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
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
