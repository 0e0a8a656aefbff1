"""python -m index and python -m rag as a user types them: output, errors and exit statuses."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from eval.__main__ import main as evaluate
from index.__main__ import main as index
from rag.__main__ import main as ask

STORY = "Norhaven's harbour master, Ada Lund, said on Monday that 340 ships had called at the port in May."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    news = tmp_path_factory.mktemp("news") / "articles"
    news.mkdir()
    (news / "port.txt").write_text(f"Port of Norhaven counts more ships\n{STORY}\n")
    (news / "broken.jsonl").write_text('{"title": "x"\n')
    assert index([str(news), "--index", str(news.parent / "built")]) == 0
    return news.parent / "built"


def test_indexing_names_each_file_each_article_and_what_was_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = tmp_path / "articles"
    news.mkdir()
    (news / "port.txt").write_text(f"Port of Norhaven counts more ships\n{STORY}\n")
    (news / "broken.jsonl").write_text('{"title": "x"\n')
    assert index([str(news), "--index", str(tmp_path / "built")]) == 0
    out = capsys.readouterr().out
    assert "port.txt: 1 article\n  Port of Norhaven counts more ships\n" in out
    assert "broken.jsonl:1" in out and "1 added, 1 skipped" in out


def test_nothing_indexed_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert index([str(tmp_path / "nothing-here"), "--index", str(tmp_path / "built")]) == 2
    assert "nothing-here" in capsys.readouterr().out


def test_an_answer_is_exit_0_with_its_quote_and_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(["ask", "How many ships called at Norhaven in May?", "--index", str(folder)]) == 0
    out = capsys.readouterr().out
    assert f"> {STORY} [1]" in out and "[1] Port of Norhaven counts more ships" in out


def test_no_answer_is_exit_3_with_a_reason_and_the_nearest_passage(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(["ask", "Who is the mayor of Brackwater?", "--index", str(folder)]) == 3
    out = capsys.readouterr().out
    assert out.startswith("Not answered.") and "340 ships" in out


def test_json_is_all_there_is_on_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask(["ask", "How many ships called at Norhaven in May?", "--json", "--index", str(folder)])
    assert json.loads(capsys.readouterr().out)["citations"][0]["cited_text"] == STORY


def test_a_real_quotation_is_exit_0_and_the_first_line_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(["check", "340 ships had called at the port in May.", "--index", str(folder)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Real: word for word in 1 article") and "Port of Norhaven counts more ships" in out


def test_a_false_quotation_is_exit_1_with_the_closest_words_and_what_differs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(["check", "430 ships had called at the port in May", "--index", str(folder)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("Not found. The closest real words differ in 1 place.") and "[-430-] {+340+} ships" in out


def test_true_words_of_somebody_else_are_exit_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(["check", "340 ships had called", "--speaker", "The Pope", "--index", str(folder)]) == 1
    assert capsys.readouterr().out.startswith("The words are real, but ")


def test_a_text_is_checked_from_standard_input(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Lund: “340 ships had called”, and “no ship had called in May”."))
    assert ask(["check", "-", "--index", str(folder)]) == 1
    assert capsys.readouterr().out.startswith("1 of 2 quotations is real.")


def test_a_sign_is_no_question(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(["ask", "?", "--index", str(folder)]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("'?' is no question. Ask in words") and printed.out == ""


def test_the_json_of_a_check_is_all_there_is_on_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask(["check", "340 ships had called", "--json", "--index", str(folder)])
    told = json.loads(capsys.readouterr().out)
    assert told["holds"] and told["quotations"][0]["found"][0]["citations"][0]["cited_text"] == "340 ships had called"


def test_the_receipt_of_an_answer_holds_and_a_changed_one_does_not(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "receipt.json"
    question = ["ask", "How many ships called at Norhaven in May?", "--index", str(folder)]
    assert ask([*question, "--receipt", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["quotations"][0]["quote"] == STORY
    assert ask(["check", "--receipt", str(file), "--index", str(folder)]) == 0
    assert "holds" in capsys.readouterr().out
    file.write_text(file.read_text(encoding="utf-8").replace("340 ships", "430 ships"), encoding="utf-8")
    assert ask(["check", "--receipt", str(file), "--index", str(folder), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["holds"] is False


def test_a_receipt_that_cannot_be_written_is_an_error(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--index", str(folder), "--receipt", str(tmp_path / "no" / "such" / "folder")]
    assert ask(["ask", "How many ships called at Norhaven in May?", *options]) == 2
    assert "The receipt cannot be written" in capsys.readouterr().err


def test_the_self_test_prints_json_alone_on_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = evaluate(["--self-test", "--json", "--index", str(folder)])
    told = json.loads(capsys.readouterr().out)
    assert told["false_quotes"] > 0 and told["by_kind"]
    assert status == (1 if told["false_accepted"] or told["genuine_rejected"] else 0)


def test_listing_and_removing_an_article(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index(["--list", "--index", str(folder)])
    key = capsys.readouterr().out.split()[0]
    assert index(["--remove", "0123", "--index", str(folder)]) == 2
    assert "'0123'" in capsys.readouterr().err
    assert index(["--remove", key, "--index", str(folder)]) == 0
    capsys.readouterr()
    index(["--list", "--index", str(folder)])
    assert capsys.readouterr().out == ""
    assert index([str(folder.parent / "articles" / "port.txt"), "--index", str(folder)]) == 0


@pytest.mark.parametrize(
    "command",
    [
        ["rag", "check", "340 ships had called at the port in May.", "--json"],
        ["rag", "check", "430 ships had called at the port in May."],
        ["rag", "ask", "How many ships called at Norhaven in May?"],
        ["index", "--list"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("both", [False, True], ids=["stdout", "stdout and stderr"])
def test_output_that_nobody_reads_is_exit_2_and_no_traceback(folder: Path, command: list[str], both: bool) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as head does, which has read enough
    with os.fdopen(writing, "wb") as pipe:
        run = subprocess.run(
            [sys.executable, "-m", *command, "--index", str(folder)],
            stdout=pipe,
            stderr=pipe if both else subprocess.PIPE,
            timeout=120,
            check=False,
        )
    assert run.returncode == 2
    if not both:
        assert run.stderr.decode() == "The output was not read to its end: the rest of it was not written.\n"


def test_bytes_that_are_no_utf_8_are_named(folder: Path) -> None:
    command = [sys.executable, "-m", "rag", "check", b"340 ships \xff had called", "--index", str(folder)]
    run = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert run.returncode == 2 and b"which is no character of any script" in run.stderr and b"Trace" not in run.stderr


def watching(*options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-u", "-m", "index", "--watch", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(run: subprocess.Popen[str], words: str) -> str:
    """What a run has printed up to the line with these words."""
    assert run.stdout
    told = ""
    while words not in told:
        line = run.stdout.readline()
        assert line, told
        told += line
    return told


def test_a_watch_tells_what_is_new_and_why_a_source_failed_and_goes_on_after_ctrl_c(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news, built = tmp_path / "news", str(tmp_path / "built")
    news.mkdir()
    (news / "port.txt").write_text(f"Port of Norhaven counts \x1b[31mmore ships\n{STORY}\n")
    (news / "budget.xlsx").write_bytes(b"PK")
    with watching(str(news), "http://127.0.0.1/feed", "--every", "90s", "--index", built) as run:
        told = until(run, "failed")
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=60)
    assert run.returncode == 130
    assert f"Watching 2 sources into {built}." in told and f"  {news}, every 90 seconds\n" in told
    assert f"{news}: 1 added\n  Port of Norhaven counts \ufffd[31mmore ships\n" in told
    assert f"  skipped {news / 'budget.xlsx'}: XLSX is not supported" in told
    assert "http://127.0.0.1/feed: failed: '127.0.0.1' is 127.0.0.1 port 80: only public" in told
    assert "2 runs: 1 added, 0 changed.\nStopped. What was added is kept" in errors and "Traceback" not in errors

    with watching("--index", built) as run:
        told = until(run, "http://127.0.0.1/feed")
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    assert "Watching 2 sources" in told and "last run" in told

    assert index(["--unwatch", "http://127.0.0.1/other", "--index", built]) == 2
    assert "'http://127.0.0.1/other' is not watched" in capsys.readouterr().err
    assert index(["--unwatch", str(news), "http://127.0.0.1/feed", "--index", built]) == 0
    assert "2 sources watched no more" in capsys.readouterr().out
    assert index(["--watch", "--index", built]) == 2
    assert "Nothing is watched" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["index", "--watch", "no-such-folder"], "'no-such-folder' cannot be watched: there is no such file or folder"),
        (["index", "--watch", "ftp://courier.example/"], "cannot be watched: expected a http or https address"),
        (["index", "--watch", ".", "--every", "15"], "The interval is '15', expected a number with s, m, h or d"),
        (["index", "--watch", ".", "--every", "1s"], "The interval is '1s', expected 1m to 30d"),
        (["index", ".", "--every", "15m"], "--every goes with --watch"),
        (["index", "--unwatch", ".", "--index", "no-such-folder"], "There is no index"),
        (["rag", "ask", "Who?", "--index", "no-such-folder"], "There is no index in 'no-such-folder'"),
        (["rag", "ask", ""], "There is no index"),
        (["rag", "ask"], "required: question"),
        (["rag"], "required: ask|check"),
        (["rag", "check"], "name one thing to check"),
        (["rag", "check", "We stay", "--receipt", "receipt.json"], "name one thing to check"),
        (["rag", "check", "--receipt", "receipt.json", "--speaker", "Lund"], "go with a quotation, not with --receipt"),
        (["rag", "check", "We stay", "--index", "no-such-folder"], "There is no index in 'no-such-folder'"),
        (["rag", "check", "--receipt", "no-such-file"], "'no-such-file' cannot be read"),
        (["eval", "--self-test"], "There is no index"),
        (["index"], "Nothing to index"),
        (["index", "--list", "--index", "no-such-folder"], "There is no index"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_exit_2_with_one_message_and_no_traceback(
    tmp_path: Path, command: list[str], message: str
) -> None:
    run = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False
    )
    assert run.returncode == 2 and message in run.stderr and "Traceback" not in run.stderr and run.stdout == ""


def test_a_hostile_title_does_not_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"title": "Red \x1b[31malert\x1b]0;owned\x07", "text": STORY}))
    index([str(tmp_path / "a.json"), "--index", str(tmp_path / "built")])
    index(["--list", "--index", str(tmp_path / "built")])
    ask(["ask", "How many ships called at Norhaven in May?", "--index", str(tmp_path / "built")])
    ask(["check", "340 ships had called at the port", "--index", str(tmp_path / "built")])
    ask(["check", "430 ships had called \x1b[31m at the port", "--index", str(tmp_path / "built")])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown and "\x07" not in shown and "alert" in shown
