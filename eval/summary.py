"""Predictions -> scores.json: one plain number for each score, with its 95 % interval where it is a mean."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval import fields
from eval.compare import Prediction
from eval.fields import Record
from eval.scores import abstention, auroc, exact_match, hit, interval, mean, mrr, percentile, token_f1
from rag.errors import InputError

Scores = dict[str, Any]


def _ranked(
    key: str, score: Callable[[Sequence[int], int], float | None], k: int
) -> Callable[[dict[str, Any]], float | None]:
    """What one question's rank ``key`` contributes to ``score`` at ``k``."""
    return lambda scores: None if scores.get(key) is None else score([scores[key]], k)


# Name in scores.json -> what one question contributes, or None where it does not count.
_MEANS: dict[str, Callable[[dict[str, Any]], float | None]] = {
    **{f"retrieval.hit@{k}": _ranked("rank", hit, k) for k in range(1, 11)},
    "retrieval.mrr@10": _ranked("rank", mrr, 10),
    "retrieval.ndcg@10": lambda s: s.get("ndcg"),
    "evidence.recall@5": _ranked("evidence_rank", hit, 5),
    "answer.em": lambda s: s.get("em"),
    "answer.f1": lambda s: s.get("f1"),
    "answer.choice_accuracy": lambda s: s.get("choice"),
    "quotes.held": lambda s: s.get("held"),
    "quotes.overlap": lambda s: s.get("quote_overlap"),
    "citations.precision": lambda s: s.get("citation_precision"),
    "citations.recall": lambda s: s.get("citation_recall"),
    "model.answered": lambda s: s.get("by_model"),
    "model.tokens_sent": lambda s: s.get("tokens_sent"),
    "model.tokens_received": lambda s: s.get("tokens_received"),
}


def summarise(predictions: Sequence[Prediction]) -> Scores:
    """The scores of a run; None where a score was not measured."""
    scores: Scores = {"n": len(predictions), "intervals": {}}
    rows = [prediction["scores"] for prediction in predictions]
    for name, of in _MEANS.items():
        values = [value for row in rows if (value := of(row)) is not None]
        _put(scores, name, mean(values))
        if values:
            scores["intervals"][name] = interval(values)
    quoted = sum(len(prediction["answer"]["citations"]) for prediction in predictions)
    _put(scores, "quotes.exact", sum(row["quotes_exact"] for row in rows) / quoted if quoted else None)
    _put(scores, "quotes.rejected", sum(row["quotes_rejected"] for row in rows))
    scores["abstention"] = _abstention(predictions)
    milliseconds = [prediction["milliseconds"] for prediction in predictions]
    scores["latency_ms"] = {"p50": percentile(milliseconds, 50), "p95": percentile(milliseconds, 95)}
    scores["memory_mb"] = round(_peak_megabytes())
    return scores


def floor(predictions: Sequence[Prediction]) -> Scores:
    """The scores of the first sentence of the first passage, as an answer."""
    rows = [prediction["scores"] for prediction in predictions]
    return {"answer": {"em": mean(r.get("floor_em") for r in rows), "f1": mean(r.get("floor_f1") for r in rows)}}


def published_rows(path: Path) -> list[Record]:
    """The lines of published predictions; InputError at the first that is none."""
    rows: list[Record] = []
    for where, row in fields.json_lines(path):
        choice = not fields.text(row, "system", where).endswith("_gen")
        given = row.get("prediction")
        first = next(iter(given), "0") if isinstance(given, list) else given
        if not isinstance(first, str | int) or (choice and not str(first).isdecimal()):
            raise fields.wrong(where, "prediction", given, "the number of a choice" if choice else "a text")
        rows.append({**row, "id": fields.text(row, "id", where)})
    return rows


def published(predictions: Sequence[Prediction], others: Sequence[Mapping[str, Any]]) -> dict[str, Scores]:
    """By system, the scores of predictions that others published for these questions: text, or indices of choices.

    Each of ``others`` has ``system``, ``id`` and ``prediction``. A system's choices and texts are told apart by the
    ending "_gen" of the latter, as RealTime QA names them.
    """
    asked = {prediction["id"]: prediction for prediction in predictions if prediction["answers"]}
    found: dict[str, Scores] = {}
    for other in others:
        if (question := asked.get(other["id"])) is None:
            continue
        texts = other["prediction"] if isinstance(other["prediction"], list) else [other["prediction"]]
        name = other["system"].removesuffix("_gen")
        rows = found.setdefault(name, {"em": [], "f1": [], "choice_accuracy": []})
        if other["system"].endswith("_gen"):
            rows["em"].append(exact_match(texts[0] if texts else "", question["answers"]))
            rows["f1"].append(token_f1(texts[0] if texts else "", question["answers"]))
        elif texts and question["choices"]:
            chosen = question["choices"][int(texts[0])] if int(texts[0]) < len(question["choices"]) else None
            rows["choice_accuracy"].append(float(chosen in question["answers"]))
    return {
        f"{name} ({max(map(len, rows.values()))} questions)": {"answer": {key: mean(v) for key, v in rows.items()}}
        for name, rows in found.items()
    }


def read_scores(file: Path) -> dict[str, Any]:
    """What scores.json of a run holds; InputError where it cannot be read."""
    try:
        scores = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{str(file)!r} cannot be read ({error.strerror}): expected a folder that "
            "python -m eval QUESTIONS --out DIR has written."
        ) from error
    except ValueError as error:
        raise InputError(f"{str(file)!r} is damaged: {error}. Run the evaluation again.") from error
    if not isinstance(scores, dict):
        raise InputError(f"{str(file)!r} is damaged: expected an object, found {type(scores).__name__}.")
    return scores


def _abstention(predictions: Sequence[Prediction]) -> dict[str, float | None]:
    """Unanswerable is a question without an answer, or an answerable one asked again without its articles."""
    known = [p for p in predictions if p["answers"] is not None]
    precision, recall = abstention([p["answer"]["answered"] for p in known], [bool(p["answers"]) for p in known])
    if all(p["answers"] for p in known):
        precision = None  # no refusal could have been right
    confident = [p["answer"]["confidence"] for p in known if p["answers"]]
    again = [p["confidence_without_gold"] for p in predictions if p["confidence_without_gold"] is not None]
    if again:  # each question beside itself: the same questions on both sides
        confident = [p["answer"]["confidence"] for p in predictions if p["confidence_without_gold"] is not None]
    unanswerable = [p["answer"]["confidence"] for p in known if not p["answers"]]
    return {"precision": precision, "recall": recall, "auroc": auroc(confident, [*again, *unanswerable])}


def _put(scores: Scores, name: str, value: float | None) -> None:
    group, key = name.split(".", 1)
    scores.setdefault(group, {})[key] = value


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
