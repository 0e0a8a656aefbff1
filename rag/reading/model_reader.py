"""A reader by name: any extractive question-answering model of transformers, on a GPU where there is one.

What it chooses is quoted and verified like everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError, unloadable
from rag.reading.reader import Generator
from rag.records import Claim, Draft, Passage, Quote, Span
from rag.search import CrossEncoderReranker, Reranker
from rag.text import sentence_offsets

_ANSWER = 30  # word pieces of the longest answer, as in the BERT paper's reader
_STRIDE = 64  # word pieces that two windows of a long passage share


class Models(TypedDict):
    """What ``Rag.load`` takes beside the index."""

    generator: Generator | None
    reranker: Reranker | None


class ModelReader:
    """Any extractive question-answering model of transformers, by name or folder: a Generator that quotes the
    sentence in which it finds the answer, with the answer as short answer.

    Its confidence is the chance of its best span against "no answer here" (Devlin et al. 2019, on SQuAD 2.0): train or
    choose a model that has learnt to say so. Raises InputError where the model cannot be loaded.
    """

    def __init__(self, name: str, threshold: float = 0.5) -> None:
        self.name = name
        self._threshold = threshold

    def __call__(self, question: str, passages: Sequence[Passage]) -> Draft:
        found = [(margin, passage, span) for passage in passages for margin, span in self.spans(question, passage)]
        if not found:
            return Draft((), 0.0, "No article of the index is about this.")
        margin, passage, answer = max(found, key=lambda one: one[0])
        confidence = float(1 / (1 + np.exp(-margin)))
        if confidence < self._threshold:
            return Draft((), confidence, "The reader finds no answer in the passages.")
        article = answer.article
        inside = [(s, e) for s, e in sentence_offsets(article.text) if s < answer.end and e > answer.start]
        quoted = Span(article, inside[0][0], inside[-1][1])
        quote = Quote(Passage(quoted, passage.score), quoted.text)  # of equal sentences the one that was read
        return Draft((Claim("", (quote,)),), confidence, short=answer)

    def spans(self, question: str, passage: Passage) -> list[tuple[float, Span]]:
        """The best span of each window of a passage, with its score above the window's "no answer here"."""
        import torch

        tokenizer, model = self._loaded
        limit = min(tokenizer.model_max_length, 512)
        encoded = tokenizer(
            question, passage.span.text, truncation="only_second", max_length=limit, stride=_STRIDE,
            return_overflowing_tokens=True, return_offsets_mapping=True, padding=True, return_tensors="pt",
        )  # fmt: skip
        offsets = encoded.pop("offset_mapping").tolist()
        encoded.pop("overflow_to_sample_mapping")
        with torch.inference_mode():
            output = model(**{name: tensor.to(model.device) for name, tensor in encoded.items()})
        found: list[tuple[float, Span]] = []
        for window, places in enumerate(offsets):
            usable = np.array([kind == 1 for kind in encoded.sequence_ids(window)])
            first, last = (logits[window].float().cpu().numpy() for logits in (output.start_logits, output.end_logits))
            if best := best_span(first, last, usable):
                start, end = places[best[0]][0], places[best[1]][1]
                margin = float(first[best[0]] + last[best[1]] - first[0] - last[0])  # piece 0 stands for no answer
                base = passage.span.start
                if end > start:
                    found.append((margin, Span(passage.span.article, base + start, base + end)))
        return found

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        import torch
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        try:
            tokenizer = AutoTokenizer.from_pretrained(self.name, trust_remote_code=False)
            model = AutoModelForQuestionAnswering.from_pretrained(self.name, trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise unloadable("reader", self.name, error) from error
        if not tokenizer.is_fast:
            raise InputError(f"The reader {self.name!r} has a tokenizer without offsets: give one with tokenizer.json.")
        return tokenizer, model.eval().to("cuda" if torch.cuda.is_available() else "cpu")


def by_name(reader: str | None, reranker: str | None) -> Models:
    """The keyword arguments of ``Rag.load`` for models that may be named."""
    return {
        "generator": ModelReader(reader) if reader else None,
        "reranker": CrossEncoderReranker(reranker) if reranker else None,
    }


def best_span(
    first: NDArray[np.float32], last: NDArray[np.float32], usable: NDArray[np.bool_]
) -> tuple[int, int] | None:
    """First and last piece with the greatest sum of logits, in order, usable, at most ``_ANSWER`` pieces."""
    sums = np.where(usable, first, -np.inf)[:, None] + np.where(usable, last, -np.inf)[None, :]
    ahead = np.arange(last.size)[None, :] - np.arange(first.size)[:, None]
    sums[(ahead < 0) | (ahead >= _ANSWER)] = -np.inf
    start, end = divmod(int(sums.argmax()), last.size)
    return (start, end) if np.isfinite(sums[start, end]) else None
