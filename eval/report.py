"""The report of one run as a single HTML page that needs no network and no script.

Every word of a question, an article or a model is hostile: it passes through ``escaped``, an address through ``link``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.compare import read_predictions
from eval.outcome import FIGURES, LISTS, Outcome
from eval.plots import SHARE, STYLE, Axis, Series, curves, histogram
from eval.question_card import PASSAGES, ROOM, question_card
from eval.scores import risk_coverage
from eval.summary import read_scores
from eval.wording import LINE, escaped, one_line, written_day
from rag.text import counted

WORST = 30  # questions shown open, above the list of all
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
    worst, kept = bad[:WORST], {question.place for question in by_badness[:EVIDENCE]}
    body = [
        _heading(questions),
        _table(figures, scores.get("intervals") or {}, others),
        _plots(questions, figures, others),
        _worst(worst, len(bad)),
        *_behind(by_badness, figures),
        _all(questions, {question.place for question in worst}, kept),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # A second lock: even markup that slipped through could load or run nothing.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>Onrecord: {counted(len(questions), 'question')}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _heading(questions: Sequence[Outcome]) -> str:
    rows = [question.row for question in questions]
    days = sorted(row["as_of"] for row in rows if row.get("as_of"))
    counts = [
        (sum(bool(row.get("answers")) for row in rows), "with a known answer"),
        (sum(row.get("answers") == [] for row in rows), "that cannot be answered"),
        (sum(bool(row.get("choices")) for row in rows), "with choices"),
        (sum(bool(row.get("gold")) for row in rows), "whose right article is known"),
    ]
    said = [f"<b>{count:,}</b> {what}" for count, what in counts if count]
    until = f" to {written_day(days[-1])}" if days and days[-1] != days[0] else ""
    asked = f"Asked as of {written_day(days[0])}{until}. " if days else "Asked without a day. "
    index: dict[str, Any] = rows[0]["answer"]["index"] if rows else {"articles": 0, "newest": None, "updated": None}
    updated = f", updated {written_day(index['updated'])}" if index["updated"] else ""
    newest = f"newest {written_day(index['newest'])}" if index["newest"] else "all undated"
    return (
        '<header><p class="kicker">Onrecord · evaluation</p>'
        f"<h1>{counted(len(rows), 'question')} to {counted(index['articles'], 'article')}</h1>"
        f'<p class="deck">{"; ".join(said) or "No answer is known"}. {asked}The index: {newest}{updated}.</p>'
        '<nav><a href="#scores">Scores</a> <a href="#plots">Plots</a> <a href="#worst">Worst questions</a> '
        '<a href="#behind">Behind the figures</a> <a href="#all">All questions</a></nav></header>'
    )


def _table(figures: Scores, intervals: Mapping[str, Sequence[float]], others: Sequence[Beside]) -> str:
    columns = [_flat(other.scores) for other in others]
    names = "".join(f'<th scope="col">{escaped(other.name)}</th>' for other in others)
    keys = [*(key for key in FIGURES if key in figures), *(key for key in figures if key not in FIGURES)]
    # What no run measured is left out, and so are the ranks between, which the plot shows.
    measured = [key for key in keys if any(column.get(key) is not None for column in (figures, *columns))]
    shown = [key for key in measured if key in FIGURES or not key.startswith("retrieval.hit@")]
    rows = []
    for key in shown:
        label, short, anchor = FIGURES.get(key, (key, "", "all"))
        value = _number(key, figures[key])
        linked = f'<a href="#{anchor}">{value}</a>' if figures[key] is not None else value
        between = intervals.get(key)
        interval = f"{_number(key, between[0])} to {_number(key, between[1])}" if between else "–"
        beside = "".join(f"<td>{_number(key, column.get(key))}</td>" for column in columns)
        rows.append(
            f'<tr><th scope="row">{escaped(label)} <small>{short}</small></th><td class="value">{linked}</td>'
            f'<td class="interval">{interval}</td>{beside}</tr>'
        )
    return (
        '<section id="scores"><h2>Scores</h2><div class="wide" tabindex="0" role="region" aria-label="Scores">'
        f'<table><thead><tr><th scope="col">Score</th><th scope="col">This run</th>'
        f'<th scope="col">95 % interval</th>{names}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
        '<p class="note">Shares are of 1; – was not measured. Each figure of this run leads to the questions behind '
        "it.</p></section>"
    )


def _plots(questions: Sequence[Outcome], figures: Scores, others: Sequence[Beside]) -> str:
    drawn = _hit_plot(questions, others) + _risk_plot(questions) + _latency_plot(questions, figures)
    return (
        f'<section id="plots"><h2>Plots</h2><div class="plots">{drawn}<p class="note">An answer counts as right here '
        "where it shares more than half of its words with an expected one (f1 above 0.5), where the choice is right, "
        "or where nothing was said about what cannot be answered.</p></div></section>"
    )


def _hit_plot(questions: Sequence[Outcome], others: Sequence[Beside]) -> str:
    ranks = [rank for question in questions if (rank := question.score["rank"]) is not None]
    if not ranks:
        return '<p class="note">Not drawn: how often the right article was found; none is known.</p>'
    hits = tuple((float(k), sum(0 < rank <= k for rank in ranks) / len(ranks)) for k in range(1, 11))
    beside = [Series(one_line(other.name), points) for other in others if (points := _hits(other))]
    x = Axis("k: first articles looked at", 1, 10, tuple(map(float, range(1, 11))), ".0f")
    y = Axis("share with the right article", 0, 1, SHARE)
    title = f"Right article among the first k, {counted(len(ranks), 'question')}"
    return curves("hits", title, x, y, [Series("this run", hits), *beside], (1, 3, 5, 10))


def _risk_plot(questions: Sequence[Outcome]) -> str:
    said = [q for q in questions if q.right is not None and (q.answered or q.row.get("choice") is not None)]
    if not said:
        return '<p class="note">Not drawn: risk and coverage; no answer could be judged.</p>'
    points = risk_coverage([q.row["answer"]["confidence"] for q in said], [bool(q.right) for q in said])
    numbers = [min(points, key=lambda point: abs(point[0] - at))[0] for at in (0.25, 0.5, 0.75, 1)]
    x, y = Axis("share of answers kept, surest first", 0, 1, SHARE), Axis("share of these wrong", 0, 1, SHARE)
    title = f"Risk and coverage, {counted(len(said), 'answer')}"
    return curves("risk", title, x, y, [Series("this run", tuple(points))], numbers)


def _latency_plot(questions: Sequence[Outcome], figures: Scores) -> str:
    marks = [(p, at) for p in ("p50", "p95") if (at := figures.get(f"latency_ms.{p}")) is not None]
    times = [question.row["milliseconds"] for question in questions]
    return histogram("latency", "Time to answer", "milliseconds", times, marks) if times else ""


def _worst(worst: Sequence[Outcome], bad: int) -> str:
    more = f" These are the first {len(worst)} of {bad:,}." if bad > len(worst) else ""
    shown = "".join(question_card(question, evidence=True, opened=True) for question in worst)
    return (
        '<section id="worst"><h2>Worst questions</h2><p class="note">Answered but wrong, the surest first; then those '
        f"whose right article was not found.{more}</p>{shown or '<p>None.</p>'}</section>"
    )


def _behind(by_badness: Sequence[Outcome], figures: Scores) -> Iterator[str]:
    yield '<section id="behind"><h2>Behind the figures</h2><p class="note">The worst first.</p>'
    for anchor, (title, behind) in LISTS.items():
        measured = [v for key, (_, _, at) in FIGURES.items() if at == anchor and (v := figures.get(key)) is not None]
        if measured:
            held = [question for question in by_badness if behind(question, measured[0])]
            lines = [f'<li><a href="#q-{q.place}">{q.place}</a> {escaped(q.row["question"], LINE)}</li>' for q in held]
            yield (
                f'<details id="{anchor}"><summary>{title}: <b>{len(held):,}</b></summary>'
                f'<ul class="lines">{"".join(lines)}</ul></details>'
            )
    yield "</section>"


def _all(questions: Sequence[Outcome], above: set[int], kept: set[int]) -> str:
    shown = [
        f'<p class="above"><a href="#q-{q.place}">{q.place}</a> {escaped(q.row["question"], LINE)} (above)</p>'
        if q.place in above
        else question_card(q, evidence=q.place in kept)
        for q in questions
    ]
    out = len(questions) - len(kept)
    left_out = (
        f" Passages are left out for {counted(out, 'question')}, the least bad; predictions.jsonl has them."
        if out
        else ""
    )
    return (
        f'<section id="all"><h2>All questions</h2><p class="note">In the order of the set. Of each the first '
        f"{PASSAGES} passages, each text cut to {ROOM} characters.{left_out}</p>{''.join(shown)}</section>"
    )


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
