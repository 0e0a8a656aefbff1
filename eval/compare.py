"""What changed between two runs of the evaluation, question by question."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.scores import paired
from rag.errors import InputError
from rag.text import printable

Prediction = dict[str, Any]  # one line of predictions.jsonl
Values = dict[str, float]  # name of a score -> what one question reached

SHOWN = 20  # changed questions named on each side
_ROOM = 100  # characters of a question
_KINDS = {"id": str, "question": str, "answers": list | None, "gold": list | None, "answer": dict, "scores": dict}
_MEASURED: dict[str, tuple[str, Callable[[float], float]]] = {
    "hit@1": ("rank", lambda rank: float(rank == 1)),
    "reciprocal rank": ("rank", lambda rank: 1 / rank if 0 < rank <= 10 else 0.0),
    "evidence in first 5": ("evidence_rank", lambda rank: float(0 < rank <= 5)),
    "em": ("em", float),
    "f1": ("f1", float),
    "choice": ("choice", float),
}


def read_predictions(folder: Path) -> list[Prediction]:
    """The lines of ``folder``/predictions.jsonl in their order; an InputError names the first damaged one."""
    file = folder / "predictions.jsonl"
    found: list[Prediction] = []
    seen: set[str] = set()
    try:
        with file.open(encoding="utf-8") as lines:  # not splitlines(): a text may hold U+2028
            for number, line in enumerate(lines, 1):
                prediction = _read(line, f"{str(file)!r}, line {number}")
                if prediction["id"] in seen:
                    raise InputError(f"{str(file)!r}, line {number}: the id {prediction['id']!r} was there before.")
                seen.add(prediction["id"])
                found.append(prediction)
    except OSError as error:
        raise InputError(
            f"{str(file)!r} cannot be read ({error.strerror}): expected a folder that "
            "python -m eval QUESTIONS --out DIR has written."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{str(file)!r} is damaged after line {len(found)}: it is not UTF-8. Run it again.") from error
    return found


def values(prediction: Prediction) -> Values:
    """What one question reached, 0 to 1, by the scores that were measured on it.

    >>> values({"scores": {"rank": 2, "em": None, "f1": 0.5}})
    {'hit@1': 0.0, 'reciprocal rank': 0.5, 'f1': 0.5}
    """
    scores = prediction["scores"]
    return {name: of(scores[key]) for name, (key, of) in _MEASURED.items() if scores.get(key) is not None}


def compare(a: Path, b: Path) -> str:
    """Every score that both runs have with its test, then the questions that changed, worst first.

    Questions are joined by id. ``a`` and ``b`` are folders that the evaluation wrote; InputError where one cannot be
    read or they share no question.
    """
    first, second = ({p["id"]: p for p in read_predictions(folder)} for folder in (a, b))
    common = [id for id in first if id in second]
    if not common:
        raise InputError(
            f"{str(a)!r} ({len(first)} questions) and {str(b)!r} ({len(second)} questions) have no id in common: "
            "compare two runs of the same question set."
        )
    pairs = [(values(first[id]), values(second[id])) for id in common]
    lines = [f"A: {a}", f"B: {b}", f"{_questions(len(common))} {'is' if len(common) == 1 else 'are'} in both."]
    for name, run, other in (("A", first, second), ("B", second, first)):
        if alone := sum(id not in other for id in run):
            lines.append(f"Only in {name}, not compared: {alone}.")
    lines += ["", *_table(pairs), ""]
    changes = {id: change for id, pair in zip(common, pairs, strict=True) if (change := _changes(*pair))}
    lines += _changed(changes, {id: second[id]["question"] for id in changes})
    return printable("\n".join(lines))


def _read(line: str, where: str) -> Prediction:
    try:
        prediction = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where} is damaged: {error}. Run the evaluation again.") from error
    if not isinstance(prediction, dict):
        raise InputError(f"{where} is damaged: expected an object, found {type(prediction).__name__}.")
    for key, kind in _KINDS.items():
        if not isinstance(prediction.get(key), kind):
            raise InputError(f"{where} is damaged: {key!r} is missing or of another kind. Run the evaluation again.")
    for key, _ in _MEASURED.values():
        if not isinstance(value := prediction["scores"].get(key), int | float | None):
            raise InputError(f"{where} is damaged: the score {key!r} is {value!r}, expected a number or null.")
    return prediction


def _table(pairs: Sequence[tuple[Values, Values]]) -> list[str]:
    lines = [f"{'score':20}{'n':>6}{'A':>8}{'B':>8}{'change':>9}{'better':>8}{'worse':>7}{'p':>8}"]
    for name in _MEASURED:
        both = [(one[name], two[name]) for one, two in pairs if name in one and name in two]
        if not both:
            continue
        one, two = np.array(both).T
        p = paired(one.tolist(), two.tolist()) or 1.0  # None only without questions
        lines.append(
            f"{name:20}{len(both):6}{one.mean():8.3f}{two.mean():8.3f}{two.mean() - one.mean():+9.3f}"
            f"{(two > one).sum():8}{(two < one).sum():7}{p:8.4f}"
        )
    if len(lines) == 1:
        return ["No score was measured in both on the same question."]
    return [*lines, "better, worse: questions, from A to B; p: paired randomisation test, two-sided"]


def _changes(one: Values, two: Values) -> dict[str, tuple[float, float]]:
    return {name: (one[name], two[name]) for name in one if name in two and one[name] != two[name]}


def _changed(changes: Mapping[str, dict[str, tuple[float, float]]], questions: Mapping[str, str]) -> list[str]:
    """Both sides, each ordered by the sum of its changes; a question may gain in one score and lose in another."""
    total = {id: sum(two - one for one, two in change.values()) for id, change in changes.items()}
    total = {id: 0.0 if abs(moved) < 1e-9 else moved for id, moved in total.items()}
    worse = sorted((id for id in total if total[id] < 0), key=lambda id: total[id])
    better = sorted((id for id in total if total[id] > 0), key=lambda id: -total[id])
    lines = []
    for title, side in (("Worse in B", worse), ("Better in B", better)):
        lines.append(f"{title}: {_questions(len(side))}{', most changed first' if len(side) > 1 else ''}")
        for id in side[:SHOWN]:
            moved = ", ".join(f"{name} {one:.2f} to {two:.2f}" for name, (one, two) in changes[id].items())
            lines += [f"  {_cut(id)}: {_cut(questions[id])}", f"      {moved}"]
        if len(side) > SHOWN:
            lines.append(f"  and {len(side) - SHOWN} more")
        lines.append("")
    if even := len(total) - len(worse) - len(better):
        lines.append(f"Changed as much for the better as for the worse: {_questions(even)}")
    return lines


def _questions(count: int) -> str:
    return f"{count:,} question{'' if count == 1 else 's'}"


def _cut(text: str) -> str:
    text = " ".join(text.split())  # a line feed in an id or a question would forge a line of this report
    return text if len(text) <= _ROOM else text[:_ROOM].rstrip() + " …"
