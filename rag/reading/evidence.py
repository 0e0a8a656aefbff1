"""How well a sentence carries a question: what it means, which of the question's words it holds or has synonyms for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.english import same_terms
from rag.models import Embedder, Embeddings
from rag.text import content_words, words

Floats = NDArray[np.float64]

# Fitted as a logistic regression on which sentence of an article holds the answer (NewsQA and SQuAD 2.0, dev parts),
# then scaled so that a sentence which means and holds everything scores 1.
MEANING, WORDS = 0.35, 0.65
_UNRELATED = 0.35  # two English words without anything in common have about this similarity


class Remembered:
    """Embeddings, kept once made: news repeats its words, and questions about one subject meet the same sentences."""

    def __init__(self, embedder: Embedder, keep: int = 20_000) -> None:
        self._embedder = embedder
        self._keep = keep
        self._known: dict[str, Embeddings] = {}

    def __call__(self, texts: Sequence[str]) -> Embeddings:
        """Unit vectors of shape (texts, dimension)."""
        known = self._known if len(self._known) < self._keep else {}
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            known = known | dict(zip(new, self._embedder.embed(new), strict=True))
            self._known = known  # replaced, never changed: a thread that reads the old one is not disturbed
        return np.stack([known[text] for text in texts])


def coverage(question: str, sentences: Sequence[str], contexts: Sequence[str], vectors: Remembered) -> Floats:
    """For each sentence, the share (0..1) of the question's words that it holds or has near synonyms for.

    A word that few of the sentences hold weighs more: the rest is what all of them are about. A word held only by
    the sentence's context counts for a part.
    """
    asked = content_words(question)
    asked_terms = [same_terms(word) for word in asked]
    asked_vectors = vectors(asked)
    vectors([word for sentence in sentences for word in words(sentence)])  # all at once: one by one is slow
    held = np.zeros((len(sentences), len(asked)))
    exact = np.zeros_like(held)
    for row, (sentence, context) in enumerate(zip(sentences, contexts, strict=True)):
        own, near = (same_terms(text) for text in (sentence, context))
        exact[row] = [bool(term & own) for term in asked_terms]
        own_words = list(dict.fromkeys(words(sentence)))
        similar = (vectors(own_words) @ asked_vectors.T).max(axis=0) if own_words else np.zeros(len(asked))
        held[row] = np.maximum(exact[row], np.clip((similar - _UNRELATED) / (1 - _UNRELATED), 0, 1))
        held[row] = np.maximum(held[row], [0.8 * bool(term & near) for term in asked_terms])
    weights = np.log(1 + len(sentences) / (0.5 + exact.sum(axis=0)))
    result: Floats = held @ weights / weights.sum()
    return result
