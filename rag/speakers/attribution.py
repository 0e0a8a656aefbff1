"""The model that finds who says what: the default embedder's weights with adapters trained on PolNeAR.

It reads a window of an article once; for any span of it, it says whose voice that is and points at the words that name
the speaker, the cue and, in a chain, the outer speaker. Trained by ``eval/train_speakers.py``; ``speakers.md`` is its
model card.
"""

from __future__ import annotations

import math
import re
import threading
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.models import Graph, Weights, compiled, parameters, tokenizer
from rag.records import Voice
from rag.text import quotations

WEIGHTS = "speakers.safetensors"
VOICES: tuple[Voice, ...] = ("article", "direct", "reported")
POINTERS = ("speaker", "cue", "outer")  # each with a first and a last piece
WINDOW, STRIDE = 250, 125  # word pieces; a span is read in the window in whose middle it lies best
SCALE = 2.0  # of the adapters (Hu et al. 2022: alpha / rank)
_FRAME = (101, 102)  # [CLS], which also stands for "nobody", and [SEP]
_LONGEST = 20  # word pieces of a mention
_LINE_START = re.compile(r"(?:^|[\n\r])\s*(?=\S)")

Ints = NDArray[np.int64]
Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as word pieces: ids, offsets (n, 2) and marks: 1 capital letter, 2 in quotation marks, 4 starts a line."""

    ids: Ints
    offsets: Ints
    marks: Ints

    @classmethod
    def of(cls, text: str) -> Pieces:
        encoded = tokenizer().encode(text, add_special_tokens=False)
        offsets = np.array(encoded.offsets, np.int64).reshape(-1, 2)
        quoted = np.zeros(len(text) + 1, np.bool_)
        for start, end in quotations(text):
            quoted[start:end] = True
        lines = {match.end() for match in _LINE_START.finditer(text)}
        marks = [text[s].isupper() + 2 * int(quoted[s]) + 4 * (s in lines) for s in offsets[:, 0].tolist()]
        return cls(np.array(encoded.ids, np.int64), offsets, np.array(marks, np.int64))

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """First piece, and the one after the last, that share characters with ``start:end``."""
        first = np.searchsorted(self.offsets[:, 1], start, side="right")
        return int(first), int(np.searchsorted(self.offsets[:, 0], end, side="left"))

    def windows(self, stride: int = STRIDE) -> list[tuple[int, int]]:
        """The windows of pieces in which the text is read."""
        count = len(self.ids)
        if count <= WINDOW:
            return [(0, count)]
        return [(start, start + WINDOW) for start in [*range(0, count - WINDOW, stride), count - WINDOW]]


@dataclass(frozen=True, slots=True)
class Pointed:
    """Characters that a pointer chose, and how sure it is (0..1); ``nobody`` is the chance that there are none."""

    start: int
    end: int
    confidence: float
    nobody: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of a span: the chance of each of ``VOICES``, and where each of ``POINTERS`` points."""

    voices: Floats
    pointed: dict[str, Pointed]


class AttributionModel:
    """Reads spans of texts; several threads may use one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states = lru_cache(maxsize=64)(self._run)  # 25 MB
        self._pieces = lru_cache(maxsize=64)(Pieces.of)

    def read(self, text: str, start: int, end: int) -> Reading | None:
        """What is said of ``text[start:end]``; None where it holds no word."""
        pieces = self._pieces(text)
        first, last = pieces.inside(start, end)
        if last <= first:
            return None
        low, high = min(pieces.windows(), key=lambda window: abs(window[0] + window[1] - first - last))
        first, last = max(first, low) - low + 1, min(last, high) - low + 1  # 1: [CLS] stands at 0
        if last <= first:
            return None
        with self._lock:
            states = self._states(text, low, high)
        voices, pointers = self._scored(states, first, last)
        offsets = pieces.offsets[low:high]
        return Reading(
            voices,
            {name: _best(pointers[2 * i], pointers[2 * i + 1], offsets) for i, name in enumerate(POINTERS)},
        )

    def _run(self, text: str, low: int, high: int) -> Floats:
        pieces = self._pieces(text)
        ids = np.concatenate([_FRAME[:1], pieces.ids[low:high], _FRAME[1:]])[None]
        marks = np.concatenate([[0], pieces.marks[low:high], [0]])[None]
        found: Floats = self._compiled((ids, np.ones(ids.shape, np.float32), marks))[0][0]
        return found

    def _scored(self, states: Floats, first: int, last: int) -> tuple[Floats, Floats]:
        """The chances of the voices (3,), and the log chances of every piece for every pointer (6, pieces)."""
        heads = self._heads
        span = np.concatenate([states[first], states[last - 1], states[first:last].mean(axis=0)])
        span = _gelu(heads["span.weight"] @ span + heads["span.bias"])
        asked = (heads["q.weight"] @ span + heads["q.bias"]).reshape(2 * len(POINTERS), -1)
        keys = (states @ heads["k.weight"].T + heads["k.bias"]).reshape(len(states), len(asked), -1)
        scores = np.einsum("hd,thd->ht", asked, keys) / math.sqrt(asked.shape[1])
        scores += heads["dist.weight"][distances(len(states), first, last)].T
        voices = np.exp(_log_softmax(heads["voice.weight"] @ span + heads["voice.bias"]))
        # The last piece is [SEP], which points at nothing.
        return voices, _log_softmax(scores[:, :-1])

    @cached_property
    def _heads(self) -> Weights:
        return {name: array for name, array in trained().items() if not name.startswith("encoder.")}

    @cached_property
    def _compiled(self) -> Any:
        return compiled(Graph(adapted(parameters(), trained()), None).states(self._heads["flags.weight"]))


@lru_cache(maxsize=1)
def trained() -> Weights:
    """The trained weights: adapters ("encoder.….a", "….b") and heads, float32."""
    from safetensors.numpy import load

    return {
        name: array.astype(np.float32) for name, array in load((files("rag.speakers") / WEIGHTS).read_bytes()).items()
    }


def adapted(weights: Weights, adapters: Weights) -> Weights:
    """``weights`` with the low-rank ``adapters`` added to their matrices (LoRA, Hu et al. 2022)."""
    changed = dict(weights)
    for name in adapters:
        if name.startswith("encoder.") and name.endswith(".a"):
            layer = name.removesuffix(".a")
            added = SCALE * adapters[f"{layer}.b"] @ adapters[name]
            changed[f"{layer}.weight"] = (weights[f"{layer}.weight"] + added).astype(np.float32)
    return changed


def distances(count: int, first: int, last: int) -> Ints:
    """How far each of ``count`` pieces lies from ``first:last``, as the number of a bucket: 0 inside, 1 to 31 before,
    32 to 62 after, on a logarithmic scale; 63 for [CLS]."""
    places = np.arange(count)
    before, after = np.maximum(first - places, 0), np.maximum(places - last + 1, 0)
    buckets = np.where(before > 0, 1 + _log_bucket(before), 0)
    buckets = np.where(after > 0, 32 + _log_bucket(after), buckets)
    buckets[0] = 63
    return buckets


def _log_bucket(distance: Ints) -> Ints:
    return np.minimum((4 * np.log2(np.maximum(distance, 1))).astype(np.int64), 30)


def _best(first: Floats, last: Floats, offsets: Ints) -> Pointed:
    """The likeliest run of pieces, from the log chances of its first and its last piece; place 0 is nobody."""
    best, place = -math.inf, (1, 1)
    for start in (np.argsort(-first[1:])[:4] + 1).tolist():
        end = start + int(np.argmax(last[start : start + _LONGEST]))
        if first[start] + last[end] > best:
            best, place = float(first[start] + last[end]), (start, end)
    nobody = float(np.exp(first[0]))
    return Pointed(int(offsets[place[0] - 1, 0]), int(offsets[place[1] - 1, 1]), math.exp(best), nobody)


def _gelu(values: Floats) -> Floats:
    erf = np.array([math.erf(value / math.sqrt(2)) for value in values.tolist()], np.float32)
    return values * (1 + erf) / 2


def _log_softmax(scores: Floats) -> Floats:
    shifted: Floats = scores - scores.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
