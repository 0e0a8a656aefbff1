"""Which model writes; and a real one: llama.cpp behind a socket, with the small weights of a package."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rag.api import Rag
from rag.drafting.forms import SCHEMA
from rag.drafting.local import LocalModel, named_model
from rag.drafting.prompt import messages
from rag.errors import ModelError
from rag.records import Article, Passage, Said, Span, Tokens

QUESTION = "How high did the Vessen get during the flood in Port Merrow?"


@pytest.fixture(scope="module")
def model(weights: Path) -> LocalModel:
    return LocalModel(weights)


def test_without_a_name_there_is_no_model_whatever_keys_lie_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "a-stray-key")
    assert named_model(None) is None and named_model("") is None


def test_rag_model_names_one_and_an_empty_name_switches_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")
    monkeypatch.setenv("RAG_MODEL", "tern")
    named = named_model(None)
    assert named is not None and named.name == "tern" and named_model("") is None


@pytest.mark.parametrize(
    ("name", "said"), [("tern", "set OPENAI_BASE_URL"), ("no/such/file.gguf", "no model file 'no/such/file.gguf'")]
)
def test_a_model_that_cannot_be_used_says_what_is_missing(name: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        named_model(name)


def test_the_command_line_says_so_in_one_message(demo_index: Path) -> None:
    command = [sys.executable, "-m", "rag", "ask", "Who?", "--index", str(demo_index), "--model", "none.gguf"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ran.returncode == 2 and "no model file 'none.gguf'" in ran.stderr and "Traceback" not in ran.stderr


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    (tmp_path / "damaged.gguf").write_bytes(b"GGUF" + b"\0" * 1000)
    with pytest.raises(ModelError, match=r"cannot load .*damaged\.gguf"):
        list(LocalModel(tmp_path / "damaged.gguf")([{"role": "user", "content": "Hello"}]))


def test_a_real_model_is_held_to_the_form(model: LocalModel) -> None:
    article = Article.of("Tide", "The tide rose by four metres on Monday, Ada Lund said.", publisher="The Post")
    passage = Passage(Span(article, 0, len(article.text)), 1.0)
    *pieces, tokens = model(messages("How high did the tide rise?", [passage], Said, True), SCHEMA)
    assert re.match(r'\{\s*"claims"\s*:\s*\[', "".join(map(str, pieces)))  # whether it has a claim is its own affair
    assert isinstance(tokens, Tokens) and tokens.sent > 300 and tokens.received > 3


def test_what_a_real_model_writes_is_verified_or_left_out(model: LocalModel, demo_index: Path) -> None:
    rag = Rag.load(demo_index, model=model)
    *growing, answer = rag.stream(QUESTION, k=2)
    for citation in answer.citations:
        assert citation.quote == citation.span.article.text[citation.span.start : citation.span.end]
    assert answer.tokens.sent > 300 and answer.tokens.received > 0
    assert answer.by == model.name or (answer.note and model.name in answer.note and answer.answered)
    written = [sentence.claim for sentence in answer.rejected if sentence.claim]
    assert not any(sentence in grown.text for grown in growing for sentence in written)
