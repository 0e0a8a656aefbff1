"""BERT (Devlin et al. 2019) of all-MiniLM-L6-v2's size as an OpenVINO graph, built from its weights when it is loaded.

Half a second, and no PyTorch. Its linear layers multiply in eight bits where their ranges are known.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LAYERS, HEADS, DIMENSION = 6, 12, 384
_KERNELS = 64  # that OpenVINO keeps, one for every shape; at its default an index of 24,000 articles took 2.7 GB
_SMOOTHING = 0.7  # share of a channel's spread that moves into the weights; .5 and .85 came out less exact

Weights = dict[str, NDArray[np.float32]]
Ranges = dict[str, list[tuple[float, float]]]


class Graph:
    """BERT as OpenVINO operations; with ``ranges``, the extremes that reach each linear layer, these multiply in eight
    bits."""

    def __init__(self, weights: Weights, ranges: Ranges | None) -> None:
        self._op = _openvino().opset13
        self._weights = weights
        self._ranges = ranges
        self.probes: list[tuple[str, Any]] = []  # of every linear layer: its kind and what it is given

    def vectors(self, probed: bool = False) -> Any:
        """The model from word pieces (n, length) and mask (n, length) to unit vectors (n, dimension), the mean of the
        pieces', then the probes if wanted."""
        op = self._op
        pieces, mask = op.parameter([-1, -1], np.int64), op.parameter([-1, -1], np.float32)
        hidden = self._encoded(self._embedded(pieces), mask)
        total = op.reduce_sum(op.multiply(hidden, op.unsqueeze(mask, op.constant([2]))), op.constant([1]), False)
        vectors = op.normalize_l2(total, op.constant([1]), 1e-12, "max")  # of the sum: the mean has its direction
        outputs = [vectors, *(probe for _, probe in self.probes)] if probed else [vectors]
        return _openvino().Model(outputs, [pieces, mask])

    def states(self, marks: NDArray[np.float32]) -> Any:
        """The model from word pieces, mask and the mark of each piece, all (n, length), to the pieces' states
        (n, length, dimension); ``marks`` (kinds, dimension) is added to the pieces' embeddings."""
        op = self._op
        pieces, mask, kinds = (op.parameter([-1, -1], kind) for kind in (np.int64, np.float32, np.int64))
        marked = op.gather(op.constant(marks), kinds, op.constant(np.int64(0)))
        return _openvino().Model([self._encoded(self._embedded(pieces, marked), mask)], [pieces, mask, kinds])

    def _encoded(self, hidden: Any, mask: Any) -> Any:
        op = self._op
        hide = op.multiply(op.subtract(op.constant(np.float32(1)), mask), op.constant(np.float32(-1e9)))
        hide = op.unsqueeze(hide, op.constant([1, 2]))  # the same for every head and every asking position
        for layer in range(LAYERS):
            hidden = self._layer(f"encoder.layer.{layer}", layer, hidden, hide)
        return hidden

    def _embedded(self, pieces: Any, marked: Any = None) -> Any:
        op, weights = self._op, self._weights
        first = op.constant(np.int64(0))
        length = op.gather(op.shape_of(pieces), op.constant(np.int64(1)), first)
        positions = op.range(first, length, op.constant(np.int64(1)), "i64")
        # One text at a time: every piece is of the first segment, so its embedding can be added to the positions'.
        placed = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        words = op.gather(op.constant(weights["embeddings.word_embeddings.weight"]), pieces, first)
        words = words if marked is None else op.add(words, marked)
        return self._normed("embeddings.LayerNorm", op.add(words, op.gather(op.constant(placed), positions, first)))

    def _layer(self, name: str, layer: int, hidden: Any, hide: Any) -> Any:
        op = self._op
        before = f"encoder.layer.{layer - 1}.output.LayerNorm" if layer else "embeddings.LayerNorm"
        asked = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        split, swap = op.constant([0, 0, HEADS, DIMENSION // HEADS]), op.constant([0, 2, 1, 3])
        heads = [
            op.transpose(op.reshape(part, split, True), swap)
            for part in self._linear("attention", layer, hidden, asked, before)
        ]
        attended = op.transpose(op.scaled_dot_product_attention(*heads, hide), swap)
        attended = op.reshape(attended, op.constant([0, 0, DIMENSION]), True)
        (mixed,) = self._linear("mixing", layer, attended, [f"{name}.attention.output.dense"])
        hidden = self._normed(f"{name}.attention.output.LayerNorm", op.add(hidden, mixed))
        (wide,) = self._linear(
            "widening", layer, hidden, [f"{name}.intermediate.dense"], f"{name}.attention.output.LayerNorm"
        )
        (narrow,) = self._linear("narrowing", layer, op.gelu(wide, "ERF"), [f"{name}.output.dense"])
        return self._normed(f"{name}.output.LayerNorm", op.add(hidden, narrow))

    def _normed(self, name: str, given: Any) -> Any:
        op, weights = self._op, self._weights
        even = op.mvn(given, op.constant([-1]), True, 1e-12, "INSIDE_SQRT")
        return op.add(op.multiply(even, op.constant(weights[f"{name}.weight"])), op.constant(weights[f"{name}.bias"]))

    def _linear(self, kind: str, layer: int, given: Any, names: Sequence[str], norm: str | None = None) -> list[Any]:
        """The linear layers ``names`` of one input, which comes from the layer normalisation ``norm`` or from none."""
        op = self._op
        matrices = [self._weights[f"{name}.weight"] for name in names]
        if norm:
            scale = self._scale(norm, matrices)
            given = op.multiply(given, op.constant(1 / scale))
            matrices = [matrix * scale for matrix in matrices]
        self.probes.append((kind, given))
        if self._ranges:
            low, high = (op.constant(np.float32(bound)) for bound in self._ranges[kind][layer])
            given = op.fake_quantize(given, low, high, low, high, 256)
        return [
            op.add(op.matmul(given, self._matrix(matrix), False, True), op.constant(self._weights[f"{name}.bias"]))
            for name, matrix in zip(names, matrices, strict=True)
        ]

    def _scale(self, norm: str, matrices: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """SmoothQuant (Xiao et al. 2023): what a few channels spread too far for eight bits moves into the weights.

        A channel's spread is taken from the normalisation that made it, four deviations, and not from data.
        """
        spread = np.abs(self._weights[f"{norm}.bias"]) + 4 * np.abs(self._weights[f"{norm}.weight"])
        heaviest = np.abs(np.concatenate(matrices)).max(axis=0)
        scale: NDArray[np.float32] = spread**_SMOOTHING / heaviest ** (1 - _SMOOTHING)
        return scale

    def _matrix(self, matrix: NDArray[np.float32]) -> Any:
        constant = self._op.constant(matrix)
        if not self._ranges:
            return constant
        most = np.abs(matrix).max(axis=1, keepdims=True)  # each output has its own step
        low, high = self._op.constant(-most), self._op.constant(most)
        return self._op.fake_quantize(constant, low, high, low, high, 255)


def compiled(model: Any) -> Any:
    """``model``, ready to be called with a tuple of arrays, one batch at a time."""
    options = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY", "CPU_RUNTIME_CACHE_CAPACITY": _KERNELS}
    return _openvino().Core().compile_model(model, "CPU", options)


def _openvino() -> Any:
    """OpenVINO without its telemetry, which would report every import to its maker: where that package cannot be
    imported, OpenVINO goes without."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino
