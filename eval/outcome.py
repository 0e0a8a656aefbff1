"""What became of one question: whether it was right, how bad it was, and which figures of the report it lies behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eval.compare import Prediction


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's prediction, and its place in the set, from 1: its anchor, since an id may hold anything."""

    place: int
    row: Prediction

    @property
    def score(self) -> dict[str, Any]:
        """Its scores by name; None is not measured."""
        known: dict[str, Any] = self.row["scores"]
        return dict.fromkeys(("rank", "evidence_rank", "em", "f1", "choice", "quotes_exact", "quotes_rejected")) | known

    @property
    def answered(self) -> bool:
        """Whether anything was said."""
        return bool(self.row["answer"]["answered"])

    @property
    def right(self) -> bool | None:
        """Whether it was right to say this, or to say nothing; None where no answer is known."""
        if self.row.get("answers") == []:
            return not self.answered
        f1, choice = self.score["f1"], self.score["choice"]
        return None if f1 is None and choice is None else (f1 or 0) > 0.5 or choice == 1

    @property
    def state(self) -> str:
        """The verdict in one word."""
        return {True: "right", False: "wrong", None: "open"}[self.right]

    @property
    def verdict(self) -> str:
        """Whether it was right, in words."""
        judged = {True: "right", False: "wrong", None: "not judged"}[self.right]
        return judged if self.answered else "not answered" if self.right is None else f"not answered, {judged}"

    @property
    def measured(self) -> list[tuple[str, float]]:
        """The scores of its answer that were measured, by name."""
        return [(name, value) for name in ("em", "f1", "choice") if (value := self.score[name]) is not None]

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
    "read-instead": (
        "The model was asked, but the reader answered or nobody did",
        lambda q, _: q.row["scores"].get("by_model") == 0,
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
    "model.answered": ("Answered in the model's own words", "by model", "read-instead"),
    "model.tokens_sent": ("Tokens sent to the model, a question", "mean", "all"),
    "model.tokens_received": ("Tokens received, a question", "mean", "all"),
    "latency_ms.p50": ("Half of the answers took at most", "p50, ms", "slower"),
    "latency_ms.p95": ("Nineteen in twenty took at most", "p95, ms", "slowest"),
}


def _beyond(rank: int | None, k: int) -> bool:
    return rank is not None and not 0 < rank <= k


def _below(score: float | None) -> bool:
    return score is not None and score < 1


def _misled(question: Outcome) -> bool:
    known, without = question.row.get("answers"), question.row.get("confidence_without_gold")
    turned = without is not None and without >= question.row["answer"]["confidence"]
    return turned or (known is not None and bool(known) != question.answered)
