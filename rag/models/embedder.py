"""Texts as unit vectors: the Embedder protocol, and any sentence-transformers model by name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError, first_line

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"

Embeddings = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors whose inner product is their similarity."""

    @property
    def name(self) -> str: ...

    @property
    def weights(self) -> str:
        """SHA-256 of the weights: two embedders with the same name and weights make the same vectors."""
        ...

    @property
    def dimension(self) -> int: ...

    @property
    def limit(self) -> int:
        """The most word pieces a text may have, its special tokens not counted; what is beyond would be ignored."""
        ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """The number of word pieces of each text, special tokens not counted."""
        ...

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """Unit vectors of shape (n, dimension), in the order of ``texts``."""
        ...


def load_embedder(name: str = DEFAULT_EMBEDDER) -> Embedder:
    """The default embedder, or any sentence-transformers model by name or folder; nothing heavy is loaded yet."""
    return _default() if name == DEFAULT_EMBEDDER else SentenceTransformerEmbedder(name)


@lru_cache(maxsize=1)
def _default() -> Embedder:
    """One for all who ask: to compile it takes longer than a question."""
    from rag.models.minilm import MiniLM

    return MiniLM()


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or folder, on a GPU where there is one.

    Raises InputError, when it is first used, where the model cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._folder = Path(name)

    @cached_property
    def weights(self) -> str:
        if self._folder.is_dir():
            files = sorted([*self._folder.rglob("*.safetensors"), *self._folder.rglob("*.bin")])
            return sha256(*files)
        digest = hashlib.sha256()  # a model by name: loaded from the local cache or a hub, so hash what was loaded
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode() + tensor.detach().cpu().float().numpy().tobytes())
        return digest.hexdigest()

    @cached_property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def limit(self) -> int:
        tokenizer = self._model.tokenizer
        return int(self._model.max_seq_length or 512) - int(tokenizer.num_special_tokens_to_add(pair=False))

    def count(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        # A text beyond the model's limit is why we count: the tokenizer's own warning about it would be noise.
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(pieces) for pieces in encoded["input_ids"]]

    def embed(self, texts: Sequence[str]) -> Embeddings:
        vectors = self._model.encode(
            list(texts),
            batch_size=self._batch(texts),
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def _batch(self, texts: Sequence[str]) -> int:
        """On a CPU few long texts or many short ones: larger batches of chunks pad more than they gain."""
        if self._model.device.type != "cpu":
            return 128
        longest = max(map(len, texts), default=1)
        return max(8, min(256, 4096 // max(longest, 1)))

    @cached_property
    def _model(self) -> SentenceTransformer:
        # Threads that spin while they wait: beside another busy process one question then takes half a minute.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        options: dict[str, Any] = {"trust_remote_code": False, "model_kwargs": {"use_safetensors": True}}
        if self._folder.is_dir():
            return SentenceTransformer(str(self._folder), local_files_only=True, **options)
        try:
            return SentenceTransformer(self.name, **options)
        except (OSError, ValueError) as error:
            raise InputError(
                f"The embedder {self.name!r} could not be loaded ({first_line(error)}). Give the folder of a "
                f"sentence-transformers model, or a model's name and a network; the default is {DEFAULT_EMBEDDER!r}."
            ) from error


def sha256(*files: Path) -> str:
    """Hash of the files' bytes, one after the other."""
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
