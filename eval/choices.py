"""Which of the given choices the passages speak for: multiple choice without a model that writes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.scores import normalize
from rag.english import same_name
from rag.records import Passage
from rag.text import query_terms

PASSAGES = 60  # read for a choice: fewer and more were worse on RealTime QA's questions of 2022 and of 2023
_FADING, _PART = 0.9, 0.4


def choose(choices: Sequence[str], passages: Sequence[Passage], question: str) -> int | None:
    """The index of the choice that stands in the best and the most passages; ties go to the first.

    Each passage counts by its score and the less the later it comes. A choice whose words stand there only in part
    counts for a part; words that the question says itself tell nothing. None where no passage holds a word of a choice.
    """
    said = _terms(question)
    wanted = [(_terms(choice) - said) or _terms(choice) for choice in choices]
    plain_choices = [f" {normalize(choice)} " for choice in choices]
    scores = np.zeros(len(choices))
    for place, passage in enumerate(passages):
        text = f"{passage.span.article.title}\n{passage.span.text}"
        held, plain = _terms(text), f" {normalize(text)} "
        for n, (choice, terms) in enumerate(zip(plain_choices, wanted, strict=True)):
            part = _PART * len(terms & held) / max(len(terms), 1)
            stands = 1.0 if choice in plain else part
            scores[n] += stands * passage.score * _FADING**place
    return int(np.argmax(scores)) if scores.any() else None


def _terms(text: str) -> set[str]:
    return set(map(same_name, query_terms(text)))
