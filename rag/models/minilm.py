"""The default embedder: all-MiniLM-L6-v2 as an OpenVINO graph whose linear layers multiply in eight bits.

Its vectors are the mean of the pieces' states. On two cores it embeds chunks 2.4 to 3 times as fast as
sentence-transformers does with the same weights, and finds the same articles (README, "Speed").
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.models.bert import DIMENSION, Graph, Ranges, compiled
from rag.models.embedder import DEFAULT_EMBEDDER, Embeddings
from rag.models.packaged import PIECES, SHA256, folder, parameters, tokenizer

_SPECIAL = 2  # word pieces that frame a text, [CLS] and [SEP]
_BATCH = 8  # texts of about one length: on two cores larger batches pad more than they gain
_STEP = 16  # batches are padded to a multiple of this: OpenVINO keeps kernels for every shape that it meets

# The smallest and the largest number that reaches the linear layers of each layer of the encoder: what eight bits
# have to hold. Measured over the demo articles by ``ranges``; a test measures them again.
_RANGES = {
    "attention": [(-1.26, 3.81), (-1.64, 4.22), (-1.73, 4.24), (-2.45, 4.43), (-2.22, 3.79), (-2.61, 3.43)],
    "mixing": [(-3.28, 2.19), (-2.47, 2.50), (-2.44, 2.59), (-2.21, 2.66), (-2.50, 2.52), (-2.56, 2.79)],
    "widening": [(-1.89, 6.66), (-1.65, 7.08), (-2.00, 6.90), (-1.98, 6.45), (-1.98, 5.70), (-2.76, 3.47)],
    "narrowing": [(-0.17, 24.47), (-0.17, 20.39), (-0.17, 17.49), (-0.17, 13.61), (-0.17, 7.92), (-0.17, 5.50)],
}


class MiniLM:
    """The Embedder named ``rag.models.embedder.DEFAULT_EMBEDDER``; several threads may use one.

    Raises InputError where the package with the weights is missing, or they are not what they should be.
    """

    name = DEFAULT_EMBEDDER
    weights = SHA256
    dimension = DIMENSION
    limit = PIECES - _SPECIAL

    def __init__(self) -> None:
        folder()  # checks the weights
        self._lock = threading.Lock()  # a compiled graph runs one batch at a time

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(encoded.ids) - _SPECIAL for encoded in tokenizer().encode_batch_fast(list(texts))]

    def embed(self, texts: Sequence[str]) -> Embeddings:
        vectors = np.empty((len(texts), DIMENSION), np.float32)
        for rows, pieces, mask in self._batches(texts):
            with self._lock:
                vectors[rows] = self._compiled((pieces, mask))[0]
        return vectors

    def ranges(self, texts: Sequence[str]) -> Ranges:
        """What ``_RANGES`` should hold for ``texts``: the extremes at each linear layer, counted exactly."""
        graph = Graph(parameters(), None)
        probing = compiled(graph.vectors(probed=True))
        low = np.full(len(graph.probes), np.inf)
        high = -low
        for _, pieces, mask in self._batches(texts):
            found = probing((pieces, mask))
            real = [found[i + 1][mask > 0] for i in range(len(graph.probes))]
            low, high = np.minimum(low, [x.min() for x in real]), np.maximum(high, [x.max() for x in real])
        result: Ranges = {}
        for kind, least, most in zip([kind for kind, _ in graph.probes], low.tolist(), high.tolist(), strict=True):
            result.setdefault(kind, []).append((least, most))
        return result

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.int64], NDArray[np.float32]]]:
        """Rows of ``texts``, their word pieces (n, length) and which of these are not padding, long texts first."""
        found = [
            encoded.ids[: PIECES - 1] + encoded.ids[-1:] if len(encoded.ids) > PIECES else encoded.ids
            for encoded in tokenizer().encode_batch_fast(list(texts))
        ]
        order = sorted(range(len(found)), key=lambda row: -len(found[row]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            lengths = np.array([len(found[row]) for row in rows])
            mask = np.arange(-(-lengths[0] // _STEP) * _STEP) < lengths[:, None]
            pieces = np.zeros(mask.shape, np.int64)
            pieces[mask] = np.concatenate([found[row] for row in rows])
            yield rows, pieces, mask.astype(np.float32)

    @cached_property
    def _compiled(self) -> Any:
        return compiled(Graph(parameters(), _RANGES).vectors())
