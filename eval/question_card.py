"""One question of the report: what was expected, what was said and quoted, and the passages it was found in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.compare import Prediction
from eval.outcome import Outcome
from eval.wording import LINE, escaped, written_day
from rag.chat import link
from rag.records import Article

PASSAGES = 5  # shown of a question
ROOM = 600  # characters that a text is cut to
_MANY = 5  # expected answers, and quotations, that are shown


def question_card(question: Outcome, evidence: bool, opened: bool = False) -> str:
    """A question that unfolds to what is known of it, or is ``opened``; with its first passages where ``evidence``."""
    row, score, answer = question.row, question.score, question.row["answer"]
    verdict = {True: "right", False: "wrong", None: "not judged"}[question.right]
    verdict = verdict if question.answered else f"not answered{'' if question.right is None else ', ' + verdict}"
    asked = written_day(row["as_of"]) if row.get("as_of") else "without a day"
    known = row.get("answers")
    expected = " · ".join(escaped(text, LINE) for text in (known or [])[:_MANY]) or (
        "not known" if known is None else "no answer: it cannot be answered"
    )
    rank = score["rank"]
    found = "not known" if rank is None else "not found" if rank == 0 else f"rank {rank}"
    facts = [
        ("Asked", f"{asked} <small>{escaped(row['id'], LINE)}</small>"),
        ("Expected", expected),
        ("Choices", _choices(row)),
        ("Short answer", escaped(row.get("short") or "", ROOM)),
        ("Quoted", "".join(_citation(citation) for citation in answer["citations"][:_MANY])),
        ("Reason", escaped(answer["reason"] or "", ROOM)),
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
        f'<span class="place">{question.place}</span> {escaped(row["question"], ROOM)} '
        f'<span class="verdict {state}">{verdict}</span></summary><dl>{listed}</dl>{passages}</details>'
    )


def _choices(row: Prediction) -> str:
    choices = row.get("choices") or []
    return " · ".join(
        f"<b>{escaped(text, LINE)}</b> (chosen)" if place == row.get("choice") else escaped(text, LINE)
        for place, text in enumerate(choices)
    )


def _citation(citation: Mapping[str, Any]) -> str:
    quoted = escaped(citation["cited_text"], ROOM)
    return f"<blockquote><p>{quoted}</p><footer>{_source(citation, citation['cited_text'])}</footer></blockquote>"


def _passages(row: Prediction) -> str:
    gold = row.get("gold") or []
    shown = []
    for passage in row["answer"]["passages"][:PASSAGES]:
        right = passage["url"] in gold or passage["document_id"] in gold
        mark = ' <span class="verdict right">right article</span>' if right else ""
        shown.append(f"<li><p>{_source(passage, '')}{mark}</p><p>{escaped(passage['text'], ROOM)}</p></li>")
    if not shown:
        return '<p class="note">No passage came near.</p>'
    return (
        f'<details class="evidence"><summary>First {len(shown)} passages</summary><ol>{"".join(shown)}</ol></details>'
    )


def _source(placed: Mapping[str, Any], cited: str) -> str:
    """Title, publisher and day of an article; the title leads to it where its address is one of the web."""
    title = escaped(placed["document_title"], LINE) or "Untitled"
    address = link(Article(placed["document_id"], "", "", url=placed["url"]), cited)
    if address and not cited:
        address = placed["url"]
    named = f'<a href="{escaped(address)}" rel="noreferrer">{title}</a>' if address else title
    day = written_day(placed["published"]) if placed["published"] else "undated"
    return f"{named} · {escaped(placed['publisher'] or 'Publisher unknown', LINE)} · {day}"
