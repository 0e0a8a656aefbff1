"""The report of one run as a single HTML page that needs no network and no script.

Every word of a question, an article or a model is hostile: it passes through ``_shown``, an address through ``link``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from eval.compare import Prediction, read_predictions
from eval.plots import SHARE, STYLE, Axis, Series, curves, histogram
from eval.scores import risk_coverage
from rag.datatypes import Article
from rag.errors import InputError
from rag.page import day_words, link
from rag.render import plain

WORST = 30  # questions shown open, above the list of all
EVIDENCE = 300  # questions, the worst, that keep their passages: 3,000 would make a page of 20 MB
_PASSAGES, _ROOM, _LINE, _MANY = 5, 600, 140, 5  # passages of a question; characters of a text, of a line; quotations

Scores = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Beside:
    """Another run or a published system, shown in a column of its own; ``scores`` is shaped like scores.json."""

    name: str
    scores: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's prediction, and its place in the set, from 1: its anchor, since an id may hold anything."""

    place: int
    row: Prediction

    @property
    def score(self) -> dict[str, Any]:
        known: dict[str, Any] = self.row["scores"]
        return dict.fromkeys(("rank", "evidence_rank", "em", "f1", "choice", "quotes_exact", "quotes_rejected")) | known

    @property
    def answered(self) -> bool:
        return bool(self.row["answer"]["answered"])

    @property
    def right(self) -> bool | None:
        """Whether it was right to say this, or to say nothing; None where no answer is known."""
        if self.row.get("answers") == []:
            return not self.answered
        f1, choice = self.score["f1"], self.score["choice"]
        return None if f1 is None and choice is None else (f1 or 0) > 0.5 or choice == 1

    @property
    def badness(self) -> tuple[int, float]:
        """Orders questions, the worst first: wrong and sure of it, then not found, then not answered."""
        if self.answered and self.right is False:
            return 0, -self.row["answer"]["confidence"]
        if self.score["rank"] == 0:
            return 1, 0.0
        if self.right is False:
            return 2, self.score["f1"] or 0.0
        return 3, self.score["f1"] or 0.0


Behind = Callable[[Outcome, float], bool]  # given a question and the figure: whether it is one of those behind it
# Anchor -> what the list says, and which questions it holds.
LISTS: dict[str, tuple[str, Behind]] = {
    "not-first": ("The right article did not come first", lambda q, _: _beyond(q.score["rank"], 1)),
    "not-in-5": ("The right article was not among the first five", lambda q, _: _beyond(q.score["rank"], 5)),
    "not-in-10": ("The right article was not among the first ten", lambda q, _: _beyond(q.score["rank"], 10)),
    "no-evidence": (
        "The first five passages did not hold the evidence",
        lambda q, _: _beyond(q.score["evidence_rank"], 5),
    ),
    "not-exact": ("The answer was not word for word the expected one", lambda q, _: _below(q.score["em"])),
    "words-missed": ("Words were missing from the answer, or too many", lambda q, _: _below(q.score["f1"])),
    "wrong-choice": ("The wrong choice was made", lambda q, _: _below(q.score["choice"])),
    "quoted": ("Answers with a verified quotation", lambda q, _: bool(q.score["quotes_exact"])),
    "rejected": (
        "Answers with a quotation that did not hold",
        lambda q, _: bool(q.score["quotes_rejected"]),
    ),
    "refused": ("Not answered, though an answer is known", lambda q, _: bool(q.row.get("answers")) and not q.answered),
    "not-refused": ("Answered, though it cannot be answered", lambda q, _: q.row.get("answers") == [] and q.answered),
    "misled": ("Confidence misled: refused, answered or ranked the wrong way round", lambda q, _: _misled(q)),
    "slower": ("Slower than half of the questions", lambda q, at: q.row["milliseconds"] > at),
    "slowest": ("The slowest, one in twenty", lambda q, at: q.row["milliseconds"] > at),
}
# Key in scores.json -> label, what it means, and the list behind it.
FIGURES: dict[str, tuple[str, str, str]] = {
    "retrieval.hit@1": ("Right article first", "hit@1", "not-first"),
    "retrieval.hit@5": ("Right article in the first five", "hit@5", "not-in-5"),
    "retrieval.hit@10": ("Right article in the first ten", "hit@10", "not-in-10"),
    "retrieval.mrr@10": ("Mean reciprocal rank", "mrr@10", "not-first"),
    "retrieval.ndcg@10": ("Discounted gain", "ndcg@10", "not-first"),
    "evidence.recall@5": ("Evidence in the first five passages", "recall@5", "no-evidence"),
    "citations.precision": ("Articles cited that are right", "precision", "all"),
    "citations.recall": ("Right articles that are cited", "recall", "all"),
    "quotes.held": ("Quoted where the answer stands", "held", "all"),
    "quotes.overlap": ("Characters shared with the right quotation", "overlap", "all"),
    "answer.em": ("Answer exactly as expected", "em", "not-exact"),
    "answer.f1": ("Words shared with the expected answer", "f1", "words-missed"),
    "answer.choice_accuracy": ("Right choice", "accuracy", "wrong-choice"),
    "quotes.exact": ("Verified quotations", "exact", "quoted"),
    "quotes.rejected": ("Quotations that did not hold", "rejected", "rejected"),
    "abstention.precision": ("Refusals that were right", "precision", "refused"),
    "abstention.recall": ("Unanswerable questions refused", "recall", "not-refused"),
    "abstention.auroc": ("Confidence tells answerable from not", "auroc", "misled"),
    "latency_ms.p50": ("Half of the answers took at most", "p50, ms", "slower"),
    "latency_ms.p95": ("Nineteen in twenty took at most", "p95, ms", "slowest"),
}


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
        f"<title>Onrecord: {_counted(len(questions), 'question')}</title><style>{STYLE}</style></head>"
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
    until = f" to {_day(days[-1])}" if days and days[-1] != days[0] else ""
    asked = f"Asked as of {_day(days[0])}{until}. " if days else "Asked without a day. "
    index: dict[str, Any] = rows[0]["answer"]["index"] if rows else {"articles": 0, "newest": None, "updated": None}
    updated = f", updated {_day(index['updated'])}" if index["updated"] else ""
    newest = f"newest {_day(index['newest'])}" if index["newest"] else "all undated"
    return (
        '<header><p class="kicker">Onrecord · evaluation</p>'
        f"<h1>{_counted(len(rows), 'question')} to {_counted(index['articles'], 'article')}</h1>"
        f'<p class="deck">{"; ".join(said) or "No answer is known"}. {asked}The index: {newest}{updated}.</p>'
        '<nav><a href="#scores">Scores</a> <a href="#plots">Plots</a> <a href="#worst">Worst questions</a> '
        '<a href="#behind">Behind the figures</a> <a href="#all">All questions</a></nav></header>'
    )


def _table(figures: Scores, intervals: Mapping[str, Sequence[float]], others: Sequence[Beside]) -> str:
    columns = [_flat(other.scores) for other in others]
    names = "".join(f'<th scope="col">{_shown(other.name)}</th>' for other in others)
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
            f'<tr><th scope="row">{_shown(label)} <small>{short}</small></th><td class="value">{linked}</td>'
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
    beside = [Series(_one_line(other.name), points) for other in others if (points := _hits(other))]
    x = Axis("k: first articles looked at", 1, 10, tuple(map(float, range(1, 11))), ".0f")
    y = Axis("share with the right article", 0, 1, SHARE)
    title = f"Right article among the first k, {_counted(len(ranks), 'question')}"
    return curves("hits", title, x, y, [Series("this run", hits), *beside], (1, 3, 5, 10))


def _risk_plot(questions: Sequence[Outcome]) -> str:
    said = [q for q in questions if q.right is not None and (q.answered or q.row.get("choice") is not None)]
    if not said:
        return '<p class="note">Not drawn: risk and coverage; no answer could be judged.</p>'
    points = risk_coverage([q.row["answer"]["confidence"] for q in said], [bool(q.right) for q in said])
    numbers = [min(points, key=lambda point: abs(point[0] - at))[0] for at in (0.25, 0.5, 0.75, 1)]
    x, y = Axis("share of answers kept, surest first", 0, 1, SHARE), Axis("share of these wrong", 0, 1, SHARE)
    title = f"Risk and coverage, {_counted(len(said), 'answer')}"
    return curves("risk", title, x, y, [Series("this run", tuple(points))], numbers)


def _latency_plot(questions: Sequence[Outcome], figures: Scores) -> str:
    marks = [(p, at) for p in ("p50", "p95") if (at := figures.get(f"latency_ms.{p}")) is not None]
    times = [question.row["milliseconds"] for question in questions]
    return histogram("latency", "Time to answer", "milliseconds", times, marks) if times else ""


def _worst(worst: Sequence[Outcome], bad: int) -> str:
    more = f" These are the first {len(worst)} of {bad:,}." if bad > len(worst) else ""
    shown = "".join(_question(question, evidence=True, opened=True) for question in worst)
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
            lines = [f'<li><a href="#q-{q.place}">{q.place}</a> {_shown(q.row["question"], _LINE)}</li>' for q in held]
            yield (
                f'<details id="{anchor}"><summary>{title}: <b>{len(held):,}</b></summary>'
                f'<ul class="lines">{"".join(lines)}</ul></details>'
            )
    yield "</section>"


def _all(questions: Sequence[Outcome], above: set[int], kept: set[int]) -> str:
    shown = [
        f'<p class="above"><a href="#q-{q.place}">{q.place}</a> {_shown(q.row["question"], _LINE)} (above)</p>'
        if q.place in above
        else _question(q, evidence=q.place in kept)
        for q in questions
    ]
    out = len(questions) - len(kept)
    left_out = (
        f" Passages are left out for {_counted(out, 'question')}, the least bad; predictions.jsonl has them."
        if out
        else ""
    )
    return (
        f'<section id="all"><h2>All questions</h2><p class="note">In the order of the set. Of each the first '
        f"{_PASSAGES} passages, each text cut to {_ROOM} characters.{left_out}</p>{''.join(shown)}</section>"
    )


def _question(question: Outcome, evidence: bool, opened: bool = False) -> str:
    row, score, answer = question.row, question.score, question.row["answer"]
    verdict = {True: "right", False: "wrong", None: "not judged"}[question.right]
    verdict = verdict if question.answered else f"not answered{'' if question.right is None else ', ' + verdict}"
    known = row.get("answers")
    expected = " · ".join(_shown(text, _LINE) for text in (known or [])[:_MANY]) or (
        "not known" if known is None else "no answer: it cannot be answered"
    )
    rank = score["rank"]
    found = "not known" if rank is None else "not found" if rank == 0 else f"rank {rank}"
    facts = [
        (
            "Asked",
            f"{_day(row['as_of']) if row.get('as_of') else 'without a day'} <small>{_shown(row['id'], _LINE)}</small>",
        ),
        ("Expected", expected),
        ("Choices", _choices(row)),
        ("Short answer", _shown(row.get("short") or "", _ROOM)),
        ("Quoted", "".join(_citation(citation) for citation in answer["citations"][:_MANY])),
        ("Reason", _shown(answer["reason"] or "", _ROOM)),
        ("Right article", found),
        ("Scores", ", ".join(f"{key} {score[key]:.2f}" for key in ("em", "f1", "choice") if score[key] is not None)),
        ("Took", f"{row['milliseconds']:,.0f} ms, confidence {answer['confidence']:.2f}"),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    more = len(answer["citations"]) - _MANY
    listed += f"<dt></dt><dd>and {more} more, in predictions.jsonl</dd>" if more > 0 else ""
    passages = _passages(row) if evidence else ""
    state = {True: "right", False: "wrong", None: "open"}[question.right]
    return (
        f'<details class="q" id="q-{question.place}"{" open" if opened else ""}><summary>'
        f'<span class="place">{question.place}</span> {_shown(row["question"], _ROOM)} '
        f'<span class="verdict {state}">{verdict}</span></summary><dl>{listed}</dl>{passages}</details>'
    )


def _choices(row: Prediction) -> str:
    choices = row.get("choices") or []
    return " · ".join(
        f"<b>{_shown(text, _LINE)}</b> (chosen)" if place == row.get("choice") else _shown(text, _LINE)
        for place, text in enumerate(choices)
    )


def _citation(citation: Mapping[str, Any]) -> str:
    quoted = _shown(citation["cited_text"], _ROOM)
    return f"<blockquote><p>{quoted}</p><footer>{_source(citation, citation['cited_text'])}</footer></blockquote>"


def _passages(row: Prediction) -> str:
    gold = row.get("gold") or []
    shown = []
    for passage in row["answer"]["passages"][:_PASSAGES]:
        right = passage["url"] in gold or passage["document_id"] in gold
        mark = ' <span class="verdict right">right article</span>' if right else ""
        shown.append(f"<li><p>{_source(passage, '')}{mark}</p><p>{_shown(passage['text'], _ROOM)}</p></li>")
    if not shown:
        return '<p class="note">No passage came near.</p>'
    return (
        f'<details class="evidence"><summary>First {len(shown)} passages</summary><ol>{"".join(shown)}</ol></details>'
    )


def _source(placed: Mapping[str, Any], cited: str) -> str:
    """Title, publisher and day of an article; the title leads to it where its address is one of the web."""
    title = _shown(placed["document_title"], _LINE) or "Untitled"
    address = link(Article(placed["document_id"], "", "", url=placed["url"]), cited)
    if address and not cited:
        address = placed["url"]
    named = f'<a href="{_shown(address)}" rel="noreferrer">{title}</a>' if address else title
    day = _day(placed["published"]) if placed["published"] else "undated"
    return f"{named} · {_shown(placed['publisher'] or 'Publisher unknown', _LINE)} · {day}"


def _shown(text: str, room: int | None = None) -> str:
    """Text on one line, as HTML shows it, cut with an ellipsis to ``room`` characters."""
    text = _one_line(text)
    if room and len(text) > room:
        text = text[:room].rsplit(" ", 1)[0] + " …"
    return escape(text)


def _one_line(text: str) -> str:
    return plain(" ".join(text.encode("utf-8", "replace").decode().split()))  # a lone surrogate cannot be written


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _day(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text[:10]))
    except ValueError:
        return _shown(text, _LINE)


def _number(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    if key.startswith("latency_ms"):
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


def _beyond(rank: int | None, k: int) -> bool:
    return rank is not None and not 0 < rank <= k


def _below(score: float | None) -> bool:
    return score is not None and score < 1


def _misled(question: Outcome) -> bool:
    known, without = question.row.get("answers"), question.row.get("confidence_without_gold")
    turned = without is not None and without >= question.row["answer"]["confidence"]
    return turned or (known is not None and bool(known) != question.answered)


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
