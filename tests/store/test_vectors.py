"""The engine that is given, beside numpy: the whole order and all scores, whatever was added, removed and merged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.store.derived import Damaged, Derived
from rag.store.vectors import FlatVectors, Rows

DIMENSION = 24
SOURCE = np.random.default_rng(11)


def unit(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    drawn = SOURCE.standard_normal((count, DIMENSION)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


class Plain:
    """The same, as a dictionary."""

    def __init__(self) -> None:
        self.held: dict[int, np.ndarray[tuple[int], np.dtype[np.float32]]] = {}

    def search(self, question: np.ndarray[tuple[int], np.dtype[np.float32]], k: int, allowed: Rows | None):  # type: ignore[no-untyped-def]
        rows = np.array([row for row in self.held if allowed is None or row in allowed], np.int64)
        scores = np.array([self.held[row] @ question for row in rows.tolist()], np.float32)
        best = np.argsort(-scores, kind="stable")[:k]
        return rows[best], scores[best]


def agree(engine: FlatVectors, plain: Plain, top: int) -> None:
    question = unit(1)[0]
    some = np.sort(SOURCE.choice(top + 9, (top + 9) // 3, replace=False)).astype(np.int64)
    for allowed in (None, some, np.empty(0, np.int64), np.arange(top + 1, top + 5)):
        for k in (1, 7, top + 50):
            rows, scores = engine.search(question, k, allowed)
            expected_rows, expected_scores = plain.search(question, k, allowed)
            assert rows.tolist() == expected_rows.tolist()
            np.testing.assert_allclose(scores, expected_scores, atol=1e-6)


steps = st.lists(st.tuples(st.sampled_from(["add", "add", "remove", "publish"]), st.integers(1, 40)), max_size=14)


@settings(max_examples=40, deadline=None)
@given(steps=steps)
def test_it_finds_what_numpy_finds_after_adds_removals_and_merges(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("engine")
    engine, plain, top = FlatVectors(folder, DIMENSION), Plain(), 0
    for step, count in [*steps, ("publish", 0)]:
        if step == "add":
            rows, vectors = np.arange(top + 1, top + count + 1), unit(count)
            engine.add(rows, vectors)
            plain.held |= dict(zip(rows.tolist(), vectors, strict=True))
            top += count
        elif step == "remove":
            gone = SOURCE.choice(list(plain.held), min(count, len(plain.held)), replace=False) if plain.held else []
            engine.remove(np.sort(np.array(gone, np.int64)))
            for row in gone:
                del plain.held[int(row)]
        else:
            engine = FlatVectors(folder, DIMENSION, engine.publish())
        agree(engine, plain, top)
    held = np.array(sorted(plain.held), np.int64)[::-1]
    if held.size:
        assert np.array_equal(engine.get(held), np.stack([plain.held[row] for row in held.tolist()]))


def grown(folder: Path, times: int, count: int = 10) -> list[Derived]:
    files: list[Derived] = []
    for n in range(times):
        engine = FlatVectors(folder, DIMENSION, files)
        engine.add(np.arange(n * count + 1, (n + 1) * count + 1), unit(count))
        files = engine.publish()
    return files


def test_adding_writes_what_is_added_and_segments_stay_few(tmp_path: Path) -> None:
    before = grown(tmp_path, 64)
    assert len(before) <= 7
    engine = FlatVectors(tmp_path, DIMENSION, before)
    engine.add(np.array([10_000]), unit(1))
    after = engine.publish()
    (new,) = {file.file for file in after} - {file.file for file in before}
    assert {file.file for file in before} <= {file.file for file in after}
    assert (tmp_path / new).stat().st_size < 300


def test_what_is_removed_is_masked_and_dropped_when_it_is_half(tmp_path: Path) -> None:
    files = grown(tmp_path, 1, 100)
    engine = FlatVectors(tmp_path, DIMENSION, files)
    engine.remove(np.arange(1, 11))
    masked = engine.publish()
    assert [file.kind for file in masked] == ["vectors 000", "removed"] and masked[0] == files[0]
    engine = FlatVectors(tmp_path, DIMENSION, masked)
    engine.remove(np.arange(11, 61))
    (kept,) = engine.publish()
    assert (tmp_path / kept.file).stat().st_size < (tmp_path / files[0].file).stat().st_size / 2


def test_rows_that_are_not_held_have_no_vectors(tmp_path: Path) -> None:
    engine = FlatVectors(tmp_path, DIMENSION)
    engine.add(np.array([3, 5, 9]), unit(3))
    engine.remove(np.array([5]))
    for row in (1, 4, 5, 10):
        with pytest.raises(KeyError, match=str(row)):
            engine.get(np.array([3, row]))
    assert engine.get(np.empty(0, np.int64)).shape == (0, DIMENSION)


def test_vectors_of_another_dimension_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\(3, 24\)"):
        FlatVectors(tmp_path, DIMENSION).add(np.array([1, 2, 3]), unit(2))


@pytest.mark.parametrize("damage", ["one bit", "empty", "missing"])
def test_a_damaged_segment_is_noticed_before_anything_is_found(tmp_path: Path, damage: str) -> None:
    (published,) = grown(tmp_path, 1)
    file = tmp_path / published.file
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content if damage == "one bit" else b"")
    if damage == "missing":
        file.unlink()
    with pytest.raises((OSError, Damaged)):
        FlatVectors(tmp_path, DIMENSION, [published]).load()
