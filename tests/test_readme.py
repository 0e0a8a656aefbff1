"""The README's Python runs as it stands, over the demo articles; what it names is there."""

from __future__ import annotations

import io
import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest
from test_house import ROOMS

from index.__main__ import main as index
from rag.__main__ import main as rag

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/measured.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RAG_INDEX", raising=False)
    assert index([str(ROOT / "index" / "demo")]) == 0
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert "84 million crowns" in capsys.readouterr().out


def test_the_checks_run_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RAG_INDEX", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("The town said: “It will not stay safe if we stop.”"))
    assert index([str(ROOT / "index" / "demo")]) == 0
    block = README.split("**Check a quotation**")[1].split("```")[1]
    commands = [line.removeprefix("python -m rag ") for line in block.split("\n") if line.startswith("python")]
    told = []
    for command in commands:
        capsys.readouterr()
        status = rag(shlex.split(command.split(" < ")[0]))
        told.append((status, capsys.readouterr().out))
    assert [status for status, _ in told] == [0, 1, 0, 0, 0]
    assert "We do {+not+} count those who drove to their relatives" in told[1][1]


def test_every_room_is_in_the_map() -> None:
    rooms = re.findall(r"^\| `([\w.]+)` \|", README.split("## The house")[1], re.MULTILINE)
    assert [room for room in ROOMS if room not in rooms] == [] == [room for room in rooms if room not in ROOMS]


def test_the_readme_can_be_read_in_one_sitting() -> None:
    assert len(README.splitlines()) <= 250


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_names_is_there(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    files = re.findall(r"\]\((?!http)([^)#]+)\)", page)
    files = [str(Path(name).parent / file) for file in files]
    files += re.findall(r"(?<![\w/.-])((?:rag|index|eval|tests|docs)/[\w/.-]*\w)", page)
    gone = [file for file in files if not (ROOT / file).exists() and not file.startswith(("index/built", "eval/out"))]
    modules = re.findall(r"python -m ((?:rag|index|eval)[\w.]*)", page)
    assert gone == [] == [module for module in modules if find_spec(module) is None]


def test_the_commands_of_the_first_screen_are_one_line_each() -> None:
    first = README.split("## What it does")[0]
    assert re.findall(r"```sh\n(.*)\n```", first) == [
        "pip install -e . -c constraints.txt && python app.py",
        'pip install -e ".[dev]" -c constraints.txt && pytest',
    ]
