"""The README's Python runs as it stands, over the demo articles; what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.__main__ import main as index

ROOT = Path(__file__).parents[1]
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


def test_every_module_is_in_the_layout() -> None:
    layout = README.split("## Layout")[1]
    modules = [file.stem for folder in ("rag", "index", "eval") for file in (ROOT / folder).glob("[!_]*.py")]
    assert [module for module in modules if not re.search(rf"\b{module}\b", layout)] == []


def test_the_commands_of_the_first_screen_are_one_line_each() -> None:
    first = README.split("## What it does")[0]
    assert re.findall(r"```sh\n(.*)\n```", first) == [
        "pip install -e . -c constraints.txt && python app.py",
        'pip install -e ".[dev]" -c constraints.txt && pytest',
    ]
