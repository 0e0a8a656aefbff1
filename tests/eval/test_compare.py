"""Two runs side by side: what changed, and what cannot be compared."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from eval.compare import SHOWN, compare, read_predictions, values
from rag.errors import InputError


def prediction(id: str, question: str = "Who opened the pier?", **scores: float | None) -> dict[str, Any]:
    return {"id": id, "question": question, "answers": [], "gold": None, "answer": {}, "scores": scores}


def run(folder: Path, *predictions: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in predictions)
    (folder / "predictions.jsonl").write_text(text, encoding="utf-8")
    return folder


def compared(tmp_path: Path, a: list[dict[str, Any]], b: list[dict[str, Any]]) -> str:
    return compare(run(tmp_path / "a", *a), run(tmp_path / "b", *b))


def row(report: str, name: str) -> list[str]:
    """The columns behind the score ``name``."""
    found = re.search(rf"^{re.escape(name)}  +(.*)$", report, re.MULTILINE)
    assert found, report
    return found[1].split()


@pytest.mark.parametrize(
    ("rank", "hit", "reciprocal"), [(1, 1.0, 1.0), (2, 0.0, 0.5), (10, 0.0, 0.1), (11, 0.0, 0.0), (0, 0.0, 0.0)]
)
def test_a_rank_gives_hit_and_reciprocal_rank_at_10(rank: int, hit: float, reciprocal: float) -> None:
    assert values(prediction("a", rank=rank)) == {"hit@1": hit, "reciprocal rank": reciprocal}


@pytest.mark.parametrize(("rank", "inside"), [(1, 1.0), (5, 1.0), (6, 0.0), (0, 0.0)])
def test_evidence_counts_in_the_first_five_passages(rank: int, inside: float) -> None:
    assert values(prediction("a", evidence_rank=rank)) == {"evidence in first 5": inside}


def test_what_was_not_measured_is_no_zero() -> None:
    assert values(prediction("a", rank=None, f1=None, choice=1.0)) == {"choice": 1.0}


def test_means_their_change_and_the_questions_behind_it(tmp_path: Path) -> None:
    a = [prediction("1", f1=0.0), prediction("2", f1=1.0), prediction("3", f1=0.5), prediction("4", f1=0.5)]
    b = [prediction("1", f1=1.0), prediction("2", f1=0.5), prediction("3", f1=1.0), prediction("4", f1=0.5)]
    n, one, two, change, better, worse, _ = row(compared(tmp_path, a, b), "f1")
    assert (n, one, two, change, better, worse) == ("4", "0.500", "0.750", "+0.250", "2", "1")


def test_one_question_that_changed_is_no_evidence(tmp_path: Path) -> None:
    report = compared(tmp_path, [prediction("1", em=0.0)], [prediction("1", em=1.0)])
    assert row(report, "em")[-1] == "1.0000"


def test_many_questions_that_all_got_better_are_evidence(tmp_path: Path) -> None:
    a = [prediction(str(i), em=0.0) for i in range(30)]
    b = [prediction(str(i), em=1.0) for i in range(30)]
    assert float(row(compared(tmp_path, a, b), "em")[-1]) < 0.001


def test_a_score_counts_the_questions_that_both_measured(tmp_path: Path) -> None:
    a = [prediction("1", em=1.0), prediction("2", em=None), prediction("3", em=1.0, f1=1.0)]
    b = [prediction("1", em=1.0), prediction("2", em=1.0), prediction("3", em=1.0)]
    report = compared(tmp_path, a, b)
    assert row(report, "em")[0] == "2"
    assert not re.search("^f1 ", report, re.MULTILINE)


def test_questions_are_joined_by_id_in_any_order(tmp_path: Path) -> None:
    a = [prediction("1", em=0.0), prediction("2", em=1.0)]
    report = compared(tmp_path, a, a[::-1])
    assert row(report, "em")[3:6] == ["+0.000", "0", "0"]


def test_questions_of_only_one_run_are_counted(tmp_path: Path) -> None:
    a = [prediction("1", em=1.0), prediction("2", em=1.0), prediction("3", em=1.0)]
    b = [prediction("1", em=1.0), prediction("4", em=1.0)]
    report = compared(tmp_path, a, b)
    assert "1 question is in both." in report
    assert "Only in A, not compared: 2." in report
    assert "Only in B, not compared: 1." in report


def test_the_questions_that_changed_most_come_first(tmp_path: Path) -> None:
    a = [prediction("small", f1=0.6), prediction("large", f1=1.0), prediction("better", f1=0.0)]
    b = [prediction("small", f1=0.5), prediction("large", f1=0.0), prediction("better", f1=0.1)]
    worse, better = compared(tmp_path, a, b).partition("Worse in B")[2].split("Better in B")
    assert worse.index("large: ") < worse.index("small: ")
    assert "f1 1.00 to 0.00" in worse
    assert re.findall(r"^  (\w+): ", better, re.MULTILINE) == ["better"]


def test_only_the_first_changes_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    a = [prediction(f"q{i}", em=1.0) for i in range(SHOWN + 7)]
    b = [prediction(f"q{i}", em=0.0) for i in range(SHOWN + 7)]
    report = compared(tmp_path, a, b)
    assert len(re.findall(r"^  q\d+: ", report, re.MULTILINE)) == SHOWN
    assert "and 7 more" in report


def test_a_question_that_gains_what_it_loses_is_counted_apart(tmp_path: Path) -> None:
    report = compared(tmp_path, [prediction("1", em=1.0, choice=0.0)], [prediction("1", em=0.0, choice=1.0)])
    assert "Changed as much for the better as for the worse: 1 question\n" in report + "\n"


def test_words_of_a_question_neither_command_the_terminal_nor_forge_a_line(tmp_path: Path) -> None:
    hostile = "Who?\x1b[2J\nBetter in B: 900 questions"
    report = compared(tmp_path, [prediction("1", em=1.0)], [prediction("1", hostile, em=0.0)])
    assert "\x1b" not in report
    assert not re.search("^Better in B: 900", report, re.MULTILINE)


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    written = [prediction("1", "Who\u2028opened it?"), prediction("2")]
    assert read_predictions(run(tmp_path / "a", *written)) == written


def test_a_folder_without_predictions_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"predictions\.jsonl' cannot be read"):
        compare(tmp_path, tmp_path)


@pytest.mark.parametrize(
    "line",
    ['{"id": "2"', "[]", '{"id": 2}', json.dumps(prediction("2", em=1.0)).replace("1.0", '"high"')],
    ids=["cut short", "no object", "no text as id", "no number as score"],
)
def test_a_damaged_line_is_named_by_file_and_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "predictions.jsonl").write_text(json.dumps(prediction("1")) + "\n" + line + "\n")
    with pytest.raises(InputError, match=r"predictions\.jsonl', line 2 is damaged"):
        read_predictions(tmp_path)


def test_an_id_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2: the id '1'"):
        read_predictions(run(tmp_path / "a", prediction("1"), prediction("1")))


def test_predictions_that_are_not_utf_8_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "predictions.jsonl").write_bytes(b'{"id": "\xff"}\n')
    with pytest.raises(InputError, match="not UTF-8"):
        read_predictions(tmp_path)


def test_runs_of_different_sets_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no id in common"):
        compared(tmp_path, [prediction("1")], [prediction("2")])
