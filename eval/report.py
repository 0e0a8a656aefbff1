"""The report of one run as a single HTML page that needs no network and no script; eval/templates has its markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from eval.compare import Prediction, read_predictions
from eval.outcome import FIGURES, LISTS, Outcome
from eval.plots import SHARE, Axis, Series, curves, histogram
from eval.scores import risk_coverage
from eval.summary import read_scores
from eval.wording import one_line, template
from rag.text import counted

WORST = 30  # questions shown open, above the list of all
PASSAGES = 5  # shown of a question
ROOM = 600  # characters that a text is cut to
MANY = 5  # expected answers, and quotations, that are shown
EVIDENCE = 300  # questions, the worst, that keep their passages: 3,000 would make a page of 20 MB

Scores = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Beside:
    """Another run or a published system, shown in a column of its own; ``scores`` is shaped like scores.json."""

    name: str
    scores: Mapping[str, Any]


def report(out: Path, others: Sequence[Beside] = ()) -> str:
    """The page, for the folder ``out`` that holds predictions.jsonl and scores.json; ``others`` stand beside it.

    InputError where one of the two files cannot be read. The caller writes the page.
    """
    scores = read_scores(out / "scores.json")
    questions = [Outcome(place, row) for place, row in enumerate(read_predictions(out), 1)]
    figures = _flat(scores)
    by_badness = sorted(questions, key=lambda question: question.badness)
    bad = [question for question in by_badness if question.badness[0] < 2]
    worst = bad[:WORST]
    return template("report.html").render(
        questions=questions,
        heading=_heading([question.row for question in questions]),
        others=others,
        rows=list(_rows(figures, scores.get("intervals") or {}, others)),
        plots={
            "hits": Markup(_hit_plot(questions, others)),
            "risk": Markup(_risk_plot(questions)),
            "latency": Markup(_latency_plot(questions, figures)),
        },
        worst=worst,
        above={question.place for question in worst},
        bad=len(bad),
        behind=list(_behind(by_badness, figures)),
        kept={question.place for question in by_badness[:EVIDENCE]},
        left_out=len(by_badness[EVIDENCE:]),
        passages=PASSAGES,
        room=ROOM,
        many=MANY,
    )


def _heading(rows: Sequence[Prediction]) -> dict[str, Any]:
    """How many questions have what is known of them, the first and the last day asked, and what the index held."""
    counts = [
        (sum(bool(row.get("answers")) for row in rows), "with a known answer"),
        (sum(row.get("answers") == [] for row in rows), "that cannot be answered"),
        (sum(bool(row.get("choices")) for row in rows), "with choices"),
        (sum(bool(row.get("gold")) for row in rows), "whose right article is known"),
    ]
    days = sorted(row["as_of"] for row in rows if row.get("as_of"))
    return {
        "known": [(count, what) for count, what in counts if count],
        "asked": (days[0], days[-1]) if days else None,
        "index": rows[0]["answer"]["index"] if rows else {"articles": 0, "newest": None, "updated": None},
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table of scores; ``anchor`` is the list of the questions behind the figure."""

    label: str
    short: str
    anchor: str
    measured: bool
    value: str
    interval: str
    beside: list[str]


def _rows(figures: Scores, intervals: Mapping[str, Sequence[float]], others: Sequence[Beside]) -> Iterator[_Row]:
    columns = [_flat(other.scores) for other in others]
    for key in [*(key for key in FIGURES if key in figures), *(key for key in figures if key not in FIGURES)]:
        if key not in FIGURES and key.startswith("retrieval.hit@"):
            continue  # the ranks between, which the plot shows
        if all(column.get(key) is None for column in (figures, *columns)):
            continue  # what no run measured
        label, short, anchor = FIGURES.get(key, (key, "", "all"))
        interval = " to ".join(_number(key, end) for end in intervals.get(key) or ()) or "–"
        beside = [_number(key, column.get(key)) for column in columns]
        yield _Row(label, short, anchor, figures[key] is not None, _number(key, figures[key]), interval, beside)


@dataclass(frozen=True, slots=True)
class _Behind:
    """The questions behind a figure, the worst first."""

    anchor: str
    title: str
    questions: list[Outcome]


def _behind(by_badness: Sequence[Outcome], figures: Scores) -> Iterator[_Behind]:
    for anchor, (title, behind) in LISTS.items():
        measured = [v for key, (_, _, at) in FIGURES.items() if at == anchor and (v := figures.get(key)) is not None]
        if measured:
            yield _Behind(anchor, title, [question for question in by_badness if behind(question, measured[0])])


def _hit_plot(questions: Sequence[Outcome], others: Sequence[Beside]) -> str:
    ranks = [rank for question in questions if (rank := question.score["rank"]) is not None]
    if not ranks:
        return ""
    hits = tuple((float(k), sum(0 < rank <= k for rank in ranks) / len(ranks)) for k in range(1, 11))
    beside = [Series(one_line(other.name), points) for other in others if (points := _hits(other))]
    x = Axis("k: first articles looked at", 1, 10, tuple(map(float, range(1, 11))), ".0f")
    y = Axis("share with the right article", 0, 1, SHARE)
    title = f"Right article among the first k, {counted(len(ranks), 'question')}"
    return curves("hits", title, x, y, [Series("this run", hits), *beside], (1, 3, 5, 10))


def _risk_plot(questions: Sequence[Outcome]) -> str:
    said = [q for q in questions if q.right is not None and (q.answered or q.row.get("choice") is not None)]
    if not said:
        return ""
    points = risk_coverage([q.row["answer"]["confidence"] for q in said], [bool(q.right) for q in said])
    numbers = [min(points, key=lambda point: abs(point[0] - at))[0] for at in (0.25, 0.5, 0.75, 1)]
    x, y = Axis("share of answers kept, surest first", 0, 1, SHARE), Axis("share of these wrong", 0, 1, SHARE)
    title = f"Risk and coverage, {counted(len(said), 'answer')}"
    return curves("risk", title, x, y, [Series("this run", tuple(points))], numbers)


def _latency_plot(questions: Sequence[Outcome], figures: Scores) -> str:
    marks = [(p, at) for p in ("p50", "p95") if (at := figures.get(f"latency_ms.{p}")) is not None]
    times = [question.row["milliseconds"] for question in questions]
    return histogram("latency", "Time to answer", "milliseconds", times, marks) if times else ""


def _number(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    if key.startswith(("latency_ms", "model.tokens")):
        return f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def _flat(scores: Mapping[str, Any]) -> dict[str, float | None]:
    """{"answer": {"em": 0.5}} as {"answer.em": 0.5}: the scores alone, in their order."""
    groups = {group: held for group, held in scores.items() if isinstance(held, dict) and group != "intervals"}
    return {
        f"{group}.{name}": value
        for group, held in groups.items()
        for name, value in held.items()
        if value is None or isinstance(value, int | float)
    }


def _hits(other: Beside) -> tuple[tuple[float, float], ...]:
    """The points (k, hit@k) that the scores of another run have."""
    flat = _flat({"retrieval": other.scores.get("retrieval") or {}})
    names = {name: name.removeprefix("retrieval.hit@") for name in flat}
    return tuple(sorted((float(k), v) for name, k in names.items() if k.isdigit() and (v := flat[name]) is not None))
