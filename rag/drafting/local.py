"""Which language model writes: one behind an endpoint, by its name there, or a file that llama.cpp serves from here."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from rag.drafting.endpoint import Endpoint, Message, Model
from rag.errors import ModelError, first_line
from rag.records import Tokens

MODEL_HELP = (
    "a language model that writes the answers, each sentence verified: its name at the OpenAI-compatible endpoint "
    "OPENAI_BASE_URL, or a file that llama.cpp runs here (default: RAG_MODEL, else none)"
)
_CONTEXT = 4_096  # tokens: the prompt with a draft


def named_model(name: str | None) -> Model | None:
    """The model of that name; None takes the name in RAG_MODEL, and without one, or with "", there is no model.

    ``FILE.gguf`` is served by llama.cpp on a port of this machine. Raises ModelError where no endpoint is known, or the
    file or the package that serves it is missing.
    """
    name = os.environ.get("RAG_MODEL") if name is None else name
    if not name:
        return None
    return LocalModel(Path(name)) if name.casefold().endswith(".gguf") else Endpoint(name)


class LocalModel:
    """A GGUF file behind a llama.cpp server of our own, which listens on this machine alone and starts when first
    asked; spoken to like any other endpoint."""

    def __init__(self, file: Path) -> None:
        if not file.is_file():
            raise ModelError(f"There is no model file {str(file)!r}: name a GGUF file that is there.")
        try:
            import xllamacpp  # noqa: F401
        except ImportError:
            raise ModelError(f"To run {file.name} here, llama.cpp is needed: pip install 'onrecord[local]'.") from None
        self.name = file.name
        self._file = file
        self._starting = threading.Lock()

    def __call__(self, messages: Sequence[Message], schema: Mapping[str, Any] | None = None) -> Iterator[str | Tokens]:
        with self._starting:  # two first questions at once: one server
            endpoint = self._endpoint
        return endpoint(messages, schema)

    @cached_property
    def _endpoint(self) -> Endpoint:
        import xllamacpp

        params = xllamacpp.CommonParams()
        params.model.path = str(self._file)
        params.hostnames, params.port = ["127.0.0.1"], 0  # a free port
        params.n_ctx, params.n_parallel = _CONTEXT, 1
        params.ui, params.verbosity = False, -1
        try:
            self._server = xllamacpp.Server(params)
        except Exception as error:  # whatever the loader makes of a damaged file
            raise ModelError(f"llama.cpp cannot load {str(self._file)!r}: {first_line(error)}.") from error
        atexit.register(self.__dict__.pop, "_server", None)  # before the interpreter takes its threads away
        return Endpoint(self.name, f"{self._server.listening_address}/v1", "none")
