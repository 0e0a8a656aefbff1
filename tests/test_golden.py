"""What people are shown stays what it was: answers, refusals, follow-ups, checks and receipts, pinned.

``ONRECORD_PIN=1 pytest tests/test_golden.py`` writes the pins again, for a change that is meant: read the difference.
The saved page is not ours, so of its words only hashes are pinned.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.build import build
from rag.api import Rag
from rag.models.embedder import load_embedder
from rag.quoting.receipt import make_receipt

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PINS = Path(__file__).resolve().parent / "golden"
SEED = Path(os.environ.get("ONRECORD_DATA") or ROOT.parent / "shared" / "data") / "seed"
CHECKS = (
    ("It will not stay safe if we stop.", None),
    ("It will stay safe if we stop.", None),
    ("We do count those who drove to their relatives", "Yara Lindholt"),
    ("forcing 1,200 people from their homes", None),
    ("forcing 1,500 people from their homes", "the city council"),
    ("About 850 people … after the River Vessen rose over its quays", None),
    ("The town said: “It will not stay safe if we stop.” He answered: “Nobody is to blame.” And “safe”.", None),
)
_MOVES = {"score", "confidence", "updated", "revision", "made", "software"}  # of this machine or this minute


def test_the_demo_is_answered_as_it_was(demo_index: Path) -> None:
    rag = Rag.load(demo_index)
    _pinned("demo.json", {**dict(_asked(rag, "demo")), **dict(_checked(rag))})


def test_the_saved_page_is_answered_as_it_was(tmp_path: Path) -> None:
    if not SEED.is_dir():
        pytest.skip(f"the saved page {SEED} is missing: set ONRECORD_DATA to the folder that holds seed/")
    build([str(SEED)], tmp_path / "index", load_embedder())
    _pinned("seed.json", _hashed(dict(_asked(Rag.load(tmp_path / "index"), "seed"))))


def _asked(rag: Rag, name: str) -> Iterator[tuple[str, Any]]:
    for line in _lines(f"{name}.jsonl"):
        answer = rag.ask(line["question"])
        yield line["id"], _still(answer.to_dict())
        if answer.answered:
            yield f"receipt of {line['id']}", _still(make_receipt(answer, {}))
    for line in _lines("conversations.jsonl"):
        history: list[tuple[str, str]] = []
        for turn, question in enumerate(line["turns"]) if line["source"] == name else ():
            answer = rag.ask(question, history=history)
            history.append((question, answer.text))
            if turn:
                yield f"turn {turn} of {line['id']}", _still(answer.to_dict())


def _checked(rag: Rag) -> Iterator[tuple[str, Any]]:
    for words, speaker in CHECKS:
        yield f"{words} ({speaker})", _still(rag.check(words, speaker).to_dict())


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "eval" / "questions" / name).read_text("utf-8").splitlines()]


def _still(value: Any) -> Any:
    """``value`` without what differs from run to run; passages by their places alone, for the pins are read."""
    if isinstance(value, dict):
        kept = {key: inner for key, inner in value.items() if key not in _MOVES}
        return {key: _places(inner) if key == "passages" else _still(inner) for key, inner in kept.items()}
    return [_still(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def _places(passages: list[dict[str, Any]]) -> str:
    return " ".join(f"{p['document_id'][:6]}:{p['start_char_index']}-{p['end_char_index']}" for p in passages)


def _hashed(value: Any) -> Any:
    """``value`` with a hash in place of each text that is not one word of ours."""
    if isinstance(value, dict):
        return {key: _hashed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hashed(inner) for inner in value]
    if isinstance(value, str) and " " in value:
        return hashlib.sha256(value.encode()).hexdigest()[:16]
    return value


def _pinned(name: str, found: dict[str, Any]) -> None:
    file = PINS / name
    told = json.loads(json.dumps(found))
    if os.environ.get("ONRECORD_PIN"):
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    pinned = json.loads(file.read_text("utf-8"))
    assert list(told) == list(pinned)
    assert [key for key in pinned if told[key] != pinned[key]] == []
