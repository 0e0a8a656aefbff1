"""The house's one rule: a room imports only from rooms above it, by the names that they export."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    "rag.errors rag.progress rag.records "
    "rag.text rag.answer rag.english rag.models rag.store rag.search rag.speakers rag.quoting rag.reading rag.drafting "
    "rag.answering rag.api rag.chat rag.__main__ rag index eval app"
).split()


def test_a_room_imports_only_from_rooms_above_it() -> None:
    upward = [
        f"{file}: {module}"
        for file, room in _modules()
        for module, _ in _imports(file)
        if (other := _room(module)) != room and ROOMS.index(other) >= ROOMS.index(room)
    ]
    assert upward == []


def test_a_room_is_entered_by_its_door() -> None:
    rooms = {_room(module): module for module in ROOMS if (ROOT / module.replace(".", "/")).is_dir()}
    inside = [
        f"{file}: {module}"
        for file, room in _modules()
        for module, _ in _imports(file)
        if _room(module) in rooms and _room(module).startswith("rag.") and _room(module) != room
        if module != _room(module)
    ]
    assert inside == []


def test_what_a_room_exports_is_listed() -> None:
    for file, room in _modules():
        for module, names in _imports(file):
            door = ROOT / module.replace(".", "/") / "__init__.py"
            if module.startswith("rag.") and module != room and door.is_file():
                assert names <= set(ast.literal_eval(_exported(door))), f"{file}: {module}"


def _modules() -> Iterator[tuple[Path, str]]:
    for file in [*ROOT.glob("rag/**/*.py"), *ROOT.glob("index/**/*.py"), *ROOT.glob("eval/**/*.py"), ROOT / "app.py"]:
        yield file, _room(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def _room(module: str) -> str:
    """The innermost room that holds a module."""
    return next(room for room in sorted(ROOMS, key=len, reverse=True) if f"{module}.".startswith(f"{room}."))


def _imports(file: Path) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and re.match(r"(rag|index|eval)\b", node.module or ""):
            yield str(node.module), {alias.name for alias in node.names}


def _exported(door: Path) -> ast.expr:
    tree = ast.parse(door.read_text(encoding="utf-8"))
    return next(node.value for node in tree.body if isinstance(node, ast.Assign))


def test_no_module_is_longer_than_250_lines_and_no_function_than_40() -> None:
    files = [*ROOT.glob("rag/**/*.py"), *ROOT.glob("index/**/*.py")]
    sources = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}
    modules = {name: len(source.splitlines()) for name, source in sources.items()}
    functions = {
        f"{name}: {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name, source in sources.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in modules.items() if lines > 250} == {}
    assert {name: lines for name, lines in functions.items() if lines > 40} == {}
