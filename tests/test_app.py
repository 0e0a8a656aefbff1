"""The chat's server: its options, its one endpoint, its guards, and the index behind it."""

from __future__ import annotations

import asyncio
import html
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest
from conftest import APP, Chat, running_chat

import app
from eval.run import holds
from index import DEMO
from rag.api import Rag
from rag.chat import page
from rag.chat.desk import Desk
from rag.chat.events import told
from rag.chat.watch_panel import WatchPanel
from rag.errors import IndexMissing, InputError
from rag.store import Watched

DEMO_SET = APP.parent / "eval" / "questions" / "demo.jsonl"
QUESTION = "By how many votes did Imogen Sarrow win the recount?"
PASTED = """Lantern fair moves to Old Quay

The lantern fair of Wexcombe will move to the Old Quay this autumn, the organiser, Petra Lindqvane, said on Friday.

"We sold 3,150 lanterns last year and had room for half of them," Lindqvane said.
"""


@pytest.fixture(scope="module")
def client(chat: Chat) -> Iterator[Any]:
    from gradio_client import Client

    client = Client(chat.url, verbose=False)
    yield client
    client.close()


@pytest.fixture(scope="module")
def rag(chat: Chat) -> Rag:
    return Rag.load(chat.index)


def desk(folder: Path) -> Desk:
    return Desk(folder, app.indexing())


async def watch_panel(opened: Desk, urls: bool, paths: bool) -> WatchPanel:
    """Made where a loop runs: Gradio would make one for each of its parts, and close none."""
    with gr.Blocks():
        return WatchPanel(opened, urls, paths)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--port", "many"], "invalid int value: 'many'"),
        (["--port", "70000"], "--port is 70000, expected 1 to 65535"),
        (["--auth", "editor"], "--auth expects USER:PASSWORD"),
        (["--auth", "editor:"], "--auth expects USER:PASSWORD"),
        (["--auth", ""], "--auth expects USER:PASSWORD"),
        (["--host", "0.0.0.0"], "add --auth USER:PASSWORD"),
        (["--host", "::"], "add --auth USER:PASSWORD"),
        (["--host", "news.example"], "add --auth USER:PASSWORD"),
    ],
)
def test_wrong_options_exit_2_with_one_message(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit:
        app.main(options)
    assert exit.value.code == 2
    assert said in capsys.readouterr().err


def test_help_loads_neither_gradio_nor_a_model() -> None:
    program = (
        "import sys, app\n"
        "try: app.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('gradio', 'torch', 'faiss', 'sentence_transformers') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=APP.parent, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_port_in_use_exits_2_and_says_which(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, str(APP), "--index", str(tmp_path / "none"), "--port", port]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert (
        ran.stderr.startswith(f"Cannot listen on 127.0.0.1 port {port}: it is in use") and "Traceback" not in ran.stderr
    )


def test_a_folder_that_is_no_index_of_this_version_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"not a database, and long enough to be looked at" * 100)
    assert app.main(["--index", str(tmp_path)]) == 2
    assert "is damaged" in capsys.readouterr().err


@pytest.mark.slow
def test_the_first_command_indexes_the_demo_and_says_so(tmp_path: Path) -> None:
    with running_chat(tmp_path) as opened:
        assert "indexing the demo articles" in opened.printed
        assert f"{len(list(DEMO.glob('*.json')))} demo articles indexed" in opened.printed
        assert Rag.load(opened.index).facts().articles == len(list(DEMO.glob("*.json")))


@pytest.mark.parametrize(
    "options", [{}, {"as_of": "2031-04-14", "publishers": ["The Kellan Valley Ledger"]}, {"after": "2031-05-01"}]
)
def test_the_endpoint_answers_as_the_library_does(client: Any, rag: Rag, options: dict[str, Any]) -> None:
    assert client.predict(QUESTION, **options, api_name="/ask") == json.loads(
        json.dumps(rag.ask(QUESTION, **options).to_dict())
    )


@pytest.mark.parametrize("options", [{}, {"speaker": "Yara Lindholt"}, {"publishers": ["The Vantry Post"]}])
def test_the_check_endpoint_finds_what_the_library_does(client: Any, rag: Rag, options: dict[str, Any]) -> None:
    quotation = "We do not count those who drove to their relatives"
    assert client.predict(quotation, **options, api_name="/check") == json.loads(
        json.dumps(rag.check(quotation, **options).to_dict())
    )


def test_ask_and_check_are_the_only_endpoints(client: Any) -> None:
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask", "/check"]


@pytest.mark.parametrize(
    ("question", "options", "said"),
    [("  ", {}, "The question is empty"), (QUESTION, {"before": "22 May"}, "before is '22 May', expected a day")],
)
def test_a_users_error_reaches_the_client_in_words(
    client: Any, question: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(Exception, match=said):
        client.predict(question, **options, api_name="/ask")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80"])
def test_another_sites_name_is_not_answered(chat: Chat, host: str) -> None:
    assert httpx.get(chat.url, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/no-such-page", "/gradio_api/info"])
def test_every_response_forbids_to_load_from_elsewhere(chat: Chat, path: str) -> None:
    policy = httpx.get(chat.url + path).headers["content-security-policy"]
    sources = {source for part in policy.split(";") for source in part.split()[1:]}
    assert sources == {"'none'", "'self'", "'unsafe-inline'", "'unsafe-eval'", "data:"}


@pytest.mark.parametrize("path", ["/monitoring", "/docs", "/redoc", "/gradio_api/file=/etc/passwd"])
def test_pages_that_nobody_needs_are_not_served(chat: Chat, path: str) -> None:
    assert httpx.get(chat.url + path).status_code in (403, 404)


def test_with_auth_nothing_is_answered_before_the_login(chat: Chat, tmp_path: Path) -> None:
    with running_chat(tmp_path, "--auth", "editor:tide-table", index=chat.index) as guarded:
        assert httpx.get(guarded.url + "/config").status_code == 401
        assert "Imogen" not in httpx.get(guarded.url).text
        with httpx.Client(base_url=guarded.url) as session:
            session.post("/login", data={"username": "editor", "password": "tide-table"}).raise_for_status()
            assert session.get("/config").status_code == 200


@pytest.mark.parametrize("line", ["/etc/passwd", "file:///etc/passwd", "example.org/page", "http://"])
def test_the_box_for_web_addresses_takes_nothing_else(line: str) -> None:
    with pytest.raises(InputError, match="is not a web address"):
        desk(Path("none")).addresses(f"https://example.org/a\n{line}\n")


def test_only_who_sits_at_this_machine_may_name_its_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    from rag.chat import read_options

    assert read_options([]).allow_paths
    others = ["--host", "0.0.0.0", "--auth", "editor:tide-table"]
    assert not read_options(others).allow_paths
    assert not read_options([*others, "--allow-urls"]).allow_paths


def test_what_is_watched_makes_the_index_and_is_run_while_the_chat_runs(tmp_path: Path) -> None:
    (tmp_path / "fair.txt").write_text(PASTED)
    opened = desk(tmp_path / "new")
    assert opened.watch_list.sources() == ([], 0)
    threading.Thread(target=opened.watch_list.run, daemon=True).start()
    with pytest.raises(InputError, match="cannot be watched"):
        opened.watch_list.add([str(tmp_path / "none")], 900)
    opened.watch_list.add([str(tmp_path / "fair.txt")], 900)
    deadline = time.monotonic() + 120
    while not (source := opened.watch_list.sources()[0][0]).last_run:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert (source.added, source.error, source.next_run - source.last_run) == (1, "", 900.0)
    opened.watch_list.drop(str(tmp_path / "fair.txt"))
    with pytest.raises(InputError, match="is not watched any more"):
        opened.watch_list.drop(str(tmp_path / "fair.txt"))
    assert opened.watch_list.sources()[0] == [] and opened.holdings()[0].articles == 1


@pytest.mark.parametrize(
    ("urls", "paths", "named", "taken"),
    [
        (False, False, "https://lowmere.example/feed", False),
        (False, True, "https://lowmere.example/feed", False),
        (False, False, "{folder}", False),
        (True, False, "{folder}", False),
        (False, True, "{folder}", True),
        (True, False, "https://lowmere.example/feed", True),
    ],
)
def test_what_may_not_be_named_is_not_watched_though_its_box_is_only_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, urls: bool, paths: bool, named: str, taken: bool
) -> None:
    opened, added = desk(tmp_path / "new"), list[str]()
    monkeypatch.setattr(opened.watch_list, "add", lambda targets, every: added.extend(targets))
    panel = asyncio.run(watch_panel(opened, urls, paths))
    panel._add(named.format(folder=tmp_path), 900)
    assert bool(added) == taken


@pytest.mark.parametrize(
    "target", ["/home/ada/My  clips", "/home/ada/a\u202eb\n<c>&amp;", "https://lowmere.example/?a=%20"]
)
def test_what_is_watched_is_named_to_the_letter_by_its_button(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    opened, dropped = desk(tmp_path / "new"), list[str]()
    monkeypatch.setattr(opened.watch_list, "drop", dropped.append)
    panel = asyncio.run(watch_panel(opened, True, True))
    button = re.search(r'value="([^"]*)"', page.watched([Watched(target, 900.0, 0.0)]))
    assert button and panel._drop(gr.EventData(None, {"named": html.unescape(button[1])})) == ""
    assert dropped == [target]


def test_an_unexpected_error_is_told_in_a_sentence_and_logged_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ZeroDivisionError("division by zero")
    except ZeroDivisionError as error:
        assert told(error) == "Something went wrong: division by zero"
    assert "Traceback" in capsys.readouterr().err


def test_a_desk_without_an_index_asks_for_articles(tmp_path: Path) -> None:
    opened = desk(tmp_path / "none")
    assert opened.holdings()[0].articles == 0 and opened.listed() == [] and opened.examples() == []
    with pytest.raises(IndexMissing) as missing:
        opened.rag.ask(QUESTION)
    assert "add some under Articles" in told(missing.value)
    assert not (tmp_path / "none").exists()


def test_the_first_article_makes_the_index_and_can_be_removed_again(tmp_path: Path) -> None:
    opened = desk(tmp_path / "new")
    (report,) = opened.add([], PASTED, lambda report: None)
    assert report.added == 1
    answer = opened.rag.ask("How many lanterns were sold last year?")
    assert [c.quote for c in answer.citations if "3,150 lanterns" in c.quote]
    (article,) = opened.listed()
    assert opened.remove([article.id, "no such id"]) == 1
    with opened.rag.store.reading() as snapshot:
        assert snapshot.published()[0] == snapshot.revision  # nothing that is gone is counted any more
    assert opened.holdings()[0].articles == 0


def test_a_receipt_says_with_what_the_question_was_asked(chat: Chat, rag: Rag) -> None:
    receipt = desk(chat.index).receipt(rag.ask(QUESTION, after="2031-01-01"), {"after": "2031-01-01"})
    assert receipt["question"] == QUESTION and receipt["quotations"]
    assert receipt["settings"] == {"after": "2031-01-01", "reader": None, "reranker": None}


def test_the_list_finds_articles_by_their_words(chat: Chat) -> None:
    opened = desk(chat.index)
    assert opened.listed("telescope")[0].title.startswith("Four years late, the Arrel telescope")
    days = [article.published for article in opened.listed() if article.published]
    assert days == sorted(days, reverse=True)


def test_every_example_question_is_answered_with_the_right_place(chat: Chat, rag: Rag) -> None:
    known = {q["question"]: q["quotes"] for q in map(json.loads, DEMO_SET.read_text(encoding="utf-8").splitlines())}
    examples = desk(chat.index).examples()
    assert len(examples) == 4
    assert all(holds(rag.ask(question), known[question]) for question in examples)


def test_other_articles_give_examples_of_their_own(tmp_path: Path) -> None:
    opened = desk(tmp_path / "new")
    opened.add([], PASTED, lambda report: None)
    assert opened.examples() == ["What do the articles say about “Lantern fair moves to Old Quay”?"]
