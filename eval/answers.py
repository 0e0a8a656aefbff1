"""python -m eval.answers QUESTIONS --index DIR: whether answers quote the right place, and unanswerable ones none.

QUESTIONS is JSONL with id, question, answers (empty: unanswerable) and quotes: the sentences that answer, as strings,
or as offsets into ``--page FILE`` (start, end), so that no words of an outside article need be kept. A question
counts as held when a citation overlaps one of these sentences in an article that has it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.api import Rag
from rag.datatypes import Answer
from rag.errors import InputError, RagError
from rag.render import plain


def holds(answer: Answer, quotes: Sequence[str]) -> bool:
    """Whether a citation contains one of ``quotes`` or lies within it, at the very place where it stands."""
    for citation in answer.citations:
        text, span = citation.span.article.text, citation.span
        for quote in quotes:
            at = text.find(quote)
            if at >= 0 and min(at + len(quote), span.end) - max(at, span.start) >= min(len(quote), len(span.text)):
                return True
    return False


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties half (Hanley and McNeil 1982)."""
    above = np.asarray(positive)[:, None] - np.asarray(negative)[None, :]
    return float(np.mean((above > 0) + 0.5 * (above == 0)))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.answers", description=__doc__)
    parser.add_argument("questions", type=Path, metavar="QUESTIONS")
    parser.add_argument("--index", type=Path, metavar="DIR")
    parser.add_argument("--page", type=Path, metavar="FILE", help="the file that quotes given as offsets point into")
    options = parser.parse_args(argv)
    try:
        questions = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()]
        page = options.page.read_bytes().decode() if options.page else ""
        return _report(Rag.load(options.index), questions, page)
    except OSError as error:
        print(f"{error.filename!r} cannot be read: {error.strerror}", file=sys.stderr)
    except RagError as error:
        print(error, file=sys.stderr)
    return 2


def _report(rag: Rag, questions: Sequence[dict[str, Any]], page: str) -> int:
    held: list[bool] = []
    wrong: list[bool] = []
    confidence: dict[bool, list[float]] = {True: [], False: []}
    seconds: list[float] = []
    rag.ask("Is everything loaded?")
    for question in questions:
        begun = time.perf_counter()
        answer = rag.ask(question["question"], as_of=question.get("as_of"))
        seconds.append(time.perf_counter() - begun)
        answerable = bool(question["answers"])
        confidence[answerable].append(answer.confidence)
        if answerable:
            held.append(holds(answer, _quotes(question, page)))
        else:
            wrong.append(answer.answered)
        if (held if answerable else wrong)[-1] != answerable:
            said = answer.citations[0].quote if answer.answered else answer.reason
            print(plain(f"{question['id']}: {question['question']}\n    {answer.confidence:.2f} {said}"))
    print(f"held {sum(held)} of {len(held)}; unanswerable but answered {sum(wrong)} of {len(wrong)}")
    if held and wrong:
        print(f"AUROC of the confidence {auroc(confidence[True], confidence[False]):.2f}")
    print(f"warm answers: median {np.median(seconds):.2f} s, slowest {max(seconds):.2f} s")
    return 0


def _quotes(question: dict[str, Any], page: str) -> list[str]:
    quotes = question["quotes"]
    if quotes and isinstance(quotes[0], dict) and not page:
        raise InputError("These quotes are offsets: name the file that they point into with --page FILE.")
    return [quote if isinstance(quote, str) else page[quote["start"] : quote["end"]] for quote in quotes]


if __name__ == "__main__":
    sys.exit(main())
