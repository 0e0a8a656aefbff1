"""A deterministic embedder without a model: words hashed into a vector. It carries the tests that are not about one."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

import numpy as np

from rag.models.embedder import Embeddings
from rag.text.terms import terms


class HashEmbedder:
    """Bag of hashed stems; ``limit`` is small so that chunking has to work for it. ``delay`` is seconds per text."""

    name = "hash"
    weights = "0" * 64
    dimension = 64

    def __init__(self, limit: int = 254, delay: float = 0.0) -> None:
        self.limit = limit
        self._delay = delay

    def count(self, texts: Sequence[str]) -> list[int]:
        # Word pieces of BERT: a piece may be one character, so the worst case stands for all.
        return [sum(1 + len(word) // 4 for word in text.split()) for text in texts]

    def embed(self, texts: Sequence[str]) -> Embeddings:
        time.sleep(self._delay * len(texts))
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for term in terms(text) or [text]:
                digest = hashlib.sha256(term.encode()).digest()
                vectors[row, digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
            vectors[row, 0] += 0.001  # never the zero vector
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
