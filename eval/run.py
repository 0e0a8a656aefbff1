"""Questions -> predictions.jsonl: every question asked, a line written for each; a run that is stopped goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from eval.choices import PASSAGES, choose
from eval.compare import Prediction, read_predictions
from eval.question_sets import Question
from eval.scores import evidence_rank, exact_match, ndcg, overlap, precision_recall, token_f1
from rag.answer import Answer
from rag.api import Rag
from rag.errors import InputError
from rag.records import Article, Citation, Passage
from rag.text import sentence_offsets

Progress = Callable[[int, int], None]

RANKED = 10  # distinct articles whose order is scored
_ALL = 1000  # passages: every one of the articles that compete, so that ten articles are among them


def run(
    rag: Rag,
    questions: Sequence[Question],
    out: Path,
    page: str | None,
    progress: Progress,
    models: str = "",
    quotations_only: bool = False,
) -> list[Prediction]:
    """The predictions of all questions, in their order; those that ``out`` holds already are not asked again.

    ``page`` is the text that quotes given as offsets point into; ``progress`` is told how many of how many are done;
    ``models`` names what answers, where that is not the default: part of what makes a run the same. With
    ``quotations_only`` no language model is asked.
    Raises InputError where ``out`` holds predictions for other questions or another state of the index.
    """
    out.mkdir(parents=True, exist_ok=True)
    file = out / "predictions.jsonl"
    if any(isinstance(quote, tuple) for question in questions for quote in question.quotes) and page is None:
        raise InputError("Some quotes are offsets: name the file that they point into with --page FILE.")
    done = _done(file, _same_run(rag, questions, out, models))
    rag.ask("Is everything loaded?", quotations_only=True)  # so that no question pays for loading
    with file.open("a", encoding="utf-8") as stream:
        for question in questions:
            if question.id not in done:
                done[question.id] = predict(rag, question, page, quotations_only)
                stream.write(json.dumps(done[question.id], ensure_ascii=False) + "\n")
                stream.flush()
            progress(len(done), len(questions))
    return [done[question.id] for question in questions]


def predict(rag: Rag, question: Question, page: str | None = None, quotations_only: bool = False) -> Prediction:
    """Ask one question; what came back, with its scores beside it. Scores that cannot be known are None."""
    asked, day, history = question.question, question.as_of, question.history
    begun = time.perf_counter()
    answer = rag.ask(asked, as_of=day, history=history, quotations_only=quotations_only)
    seconds = time.perf_counter() - begun
    found = rag.passages(asked, as_of=day, history=history, k=_ALL)
    without = None
    if question.gold:
        left = rag.passages(asked, as_of=day, history=history, without=question.gold)
        without = round(rag.draft(asked, left).confidence, 4)
    choice = choose(question.choices, found[:PASSAGES], asked) if question.choices else None
    short = answer.short.text if answer.short else answer.citations[0].quote if answer.citations else ""
    return {
        "id": question.id,
        "question": asked,
        "as_of": day.isoformat() if day else None,
        "answers": None if question.answers is None else list(question.answers),
        "choices": list(question.choices),
        "gold": None if question.gold is None else sorted(question.gold),
        "answer": answer.to_dict(),
        "short": short,
        "choice": choice,
        "milliseconds": round(1000 * seconds, 1),
        "confidence_without_gold": without,
        "scores": _scores(question, answer, found, choice, short, page),
    }


def _scores(
    question: Question, answer: Answer, found: Sequence[Passage], choice: int | None, short: str, page: str | None
) -> dict[str, float | int | None]:
    scores: dict[str, float | int | None] = {
        "quotes_exact": sum(c.quote == c.span.article.text[c.span.start : c.span.end] for c in answer.citations),
        "quotes_rejected": len(answer.rejected),
    }
    if answer.tokens.sent:
        scores["by_model"] = float(answer.by is not None)
        scores["tokens_sent"], scores["tokens_received"] = answer.tokens.sent, answer.tokens.received
    if question.gold:
        ranked = [bool(question.gold & {a.id, a.url}) for a in _articles(found)[:RANKED]]
        cited = {
            min(question.gold & {c.span.article.id, c.span.article.url}, default=c.span.article.id)
            for c in answer.citations
        }
        scores["rank"] = ranked.index(True) + 1 if any(ranked) else 0
        scores["ndcg"] = ndcg(ranked, max(len(question.gold), sum(ranked)), RANKED)
        if answer.answered:
            scores["citation_precision"], scores["citation_recall"] = precision_recall(cited, question.gold)
    if question.answers:
        scores["evidence_rank"] = evidence_rank([passage.span.text for passage in found[:RANKED]], question.answers)
        floor = _first_sentence(found)
        scores["floor_em"], scores["floor_f1"] = exact_match(floor, question.answers), token_f1(floor, question.answers)
    if question.answers is not None:
        scores["em"], scores["f1"] = exact_match(short, question.answers), token_f1(short, question.answers)
        if question.choices:
            right = [n for n, text in enumerate(question.choices) if text in question.answers]
            scores["choice"] = float(choice in right) if right else None
    if question.quotes:
        words = [quote if isinstance(quote, str) else (page or "")[slice(*quote)] for quote in question.quotes]
        scores["held"] = float(holds(answer, words))
        if answer.answered:
            scores["quote_overlap"] = max(_overlap(citation, words) or 0.0 for citation in answer.citations)
    return scores


def holds(answer: Answer, quotes: Sequence[str]) -> bool:
    """Whether a citation contains one of ``quotes`` or lies within it, at the very place where it stands."""
    for citation in answer.citations:
        text, span = citation.span.article.text, citation.span
        for quote in quotes:
            at = text.find(quote)
            if at >= 0 and min(at + len(quote), span.end) - max(at, span.start) >= min(len(quote), len(span.text)):
                return True
    return False


def _articles(passages: Sequence[Passage]) -> list[Article]:
    """The passages' articles, each once, in the order in which they first come."""
    return list(dict.fromkeys(passage.span.article for passage in passages))


def _first_sentence(passages: Sequence[Passage]) -> str:
    """The floor that a reader has to beat: the first sentence of the first passage."""
    text = passages[0].span.text if passages else ""
    return next((text[start:end] for start, end in sentence_offsets(text)), "")


def _overlap(citation: Citation, quotes: Sequence[str]) -> float | None:
    """Characters of a citation and of the gold quotes that stand in its article, as F1."""
    text = citation.span.article.text
    gold = [(at, at + len(quote)) for quote in quotes if quote and (at := text.find(quote)) >= 0]
    return overlap([(citation.span.start, citation.span.end)], gold)


def _same_run(rag: Rag, questions: Sequence[Question], out: Path, models: str) -> bool:
    """Note what is being run; whether ``out`` holds a part of the same. InputError where it holds another run."""
    with rag.store.reading() as snapshot:
        revision, index = snapshot.revision, str(rag.store.folder.resolve())
    asked = sha256(repr(questions).encode()).hexdigest()
    facts = {"index": index, "revision": revision, "embedder": rag.embedder.name, "models": models, "questions": asked}
    file = out / "run.json"
    if file.exists() and json.loads(file.read_text(encoding="utf-8")) != facts:
        raise InputError(
            f"{str(out)!r} holds another run: other questions, other models, or the index before it changed. "
            "Name another folder with --out, or delete this one."
        )
    known = file.exists()
    file.write_text(json.dumps(facts, indent=2), encoding="utf-8")
    return known


def _done(file: Path, known: bool) -> dict[str, Prediction]:
    """The predictions of an earlier part of this run; a last line that was cut off while it was written is dropped."""
    if not (known and file.exists()):
        file.unlink(missing_ok=True)
        return {}
    whole = list(_whole_lines(file))
    file.write_text("".join(whole), encoding="utf-8")
    return {prediction["id"]: prediction for prediction in read_predictions(file.parent)}


def _whole_lines(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", errors="replace", newline="\n") as stream:
        yield from (line for line in stream if line.endswith("\n"))
