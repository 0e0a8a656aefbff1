"""Passages into a better order by a CrossEncoder that is named; on a GPU where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from rag.errors import InputError, unloadable
from rag.records import Passage

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

RERANKED = 50  # passages that a reranker sees: what is beyond it cannot bring back


class Reranker(Protocol):
    """Puts passages into a better order; scores are its own, higher is better."""

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[Passage]: ...


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder with one output, by name or folder.

    A passage's score is its relevance (0..1) times its score before: freshness and the article's evidence stay in it.
    Raises InputError, when it is first used, where the model cannot be loaded or has another number of outputs.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        if not passages:
            return []
        texts = [f"{passage.span.article.title}\n{passage.span.text}" for passage in passages]
        scores = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        relevance = 1 / (1 + np.exp(-np.asarray(scores, np.float64)))
        scored = [Passage(p.span, float(r) * p.score) for p, r in zip(passages, relevance, strict=True)]
        return sorted(scored, key=lambda passage: -passage.score)

    @cached_property
    def _model(self) -> CrossEncoder:
        import torch
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self.name, trust_remote_code=False, activation_fn=torch.nn.Identity())
        except (OSError, ValueError) as error:
            raise unloadable("reranker", self.name, error) from error
        if model.num_labels != 1:
            raise InputError(
                f"The reranker {self.name!r} has {model.num_labels} outputs, expected 1: give a CrossEncoder that was "
                "trained to score the relevance of a passage."
            )
        return model
