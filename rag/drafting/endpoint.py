"""A language model behind an OpenAI-compatible endpoint: messages in, its text as it comes, its tokens counted.

Whatever goes wrong ends in one ModelError; whoever stops reading stops the model.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from rag.errors import ModelError, first_line
from rag.records import Tokens

Message = Mapping[str, str]  # "role" and "content"
Schema = Mapping[str, Any]  # JSON Schema of what is to be sent

_TICK = 0.1  # seconds after which a model that says nothing is reported as such
_LONGEST = 24_000  # characters: more is no draft, whatever limit the endpoint was given
_SENT = 800  # tokens that a model may send


class FormRefused(ModelError):
    """The endpoint takes no schema: ask for a form that needs none."""


class Model(Protocol):
    """A language model: pieces of its text as they come, "" while it waits, its tokens last.

    ``schema`` asks for JSON of that form, where the model can be held to one. Closing the iterator stops the model.
    """

    name: str

    def __call__(self, messages: Sequence[Message], schema: Schema | None = None) -> Iterator[str | Tokens]: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, for the next piece of an answer, for all of it."""

    connection: float = 10.0
    silence: float = 90.0
    whole: float = 240.0


class Endpoint:
    """The model ``name`` at ``base_url``, spoken to through the official client; several threads may use one.

    Without ``base_url`` and ``api_key``, OPENAI_BASE_URL and OPENAI_API_KEY say where and who. Refusals that pass (429,
    5xx, a lost connection) are tried again twice, as late as the endpoint asks. Options that it refuses are left out
    from then on; FormRefused where ``schema`` is one of them.
    """

    def __init__(
        self, name: str, base_url: str | None = None, api_key: str | None = None, patience: Patience | None = None
    ) -> None:
        self.name = name
        self._base_url = base_url or os.environ.get("OPENAI_BASE_URL") or None
        self._api_key = api_key or os.environ.get("OPENAI_API_KEY") or ""
        self._patience = patience or Patience()
        self._refused: frozenset[str] = frozenset()  # options of a request
        if not (self._base_url or self._api_key):
            raise ModelError(
                f"The model {name!r} needs an endpoint: set OPENAI_BASE_URL (for example http://127.0.0.1:11434/v1), "
                "or OPENAI_API_KEY for OpenAI's own; or name a file, --model FILE.gguf."
            )

    def __call__(self, messages: Sequence[Message], schema: Schema | None = None) -> Iterator[str | Tokens]:
        return _in_thread(lambda: self._answer(messages, schema))

    async def _answer(self, messages: Sequence[Message], schema: Schema | None) -> AsyncIterator[str | Tokens]:
        import openai

        patience = self._patience
        try:
            async with (
                asyncio.timeout(patience.whole),
                openai.AsyncOpenAI(
                    base_url=self._base_url,
                    api_key=self._api_key or "none",  # a local endpoint asks for none; the client insists on one
                    timeout=openai.Timeout(patience.silence, connect=patience.connection),
                ) as client,
            ):
                async for piece in self._pieces(client, messages, schema):
                    yield piece
        except ModelError:
            raise
        except TimeoutError:
            raise ModelError(f"The model {self.name!r} took more than {patience.whole:g} s and was stopped.") from None
        except openai.APITimeoutError:
            raise ModelError(f"The model {self.name!r} was silent for {patience.silence:g} s.") from None
        except (openai.OpenAIError, OSError, ValueError) as error:
            raise ModelError(f"The model {self.name!r} {_went_wrong(error)}") from error

    async def _pieces(self, client: Any, messages: Sequence[Message], schema: Schema | None) -> AsyncIterator[Any]:
        stream = await self._opened(client, messages, schema)
        tokens, length, ended = None, 0, False
        async with stream:
            async for chunk in self._chunks(stream):
                if usage := getattr(chunk, "usage", None):
                    tokens = Tokens(usage.prompt_tokens or 0, usage.completion_tokens or 0)
                for choice in getattr(chunk, "choices", None) or ():
                    ended = ended or bool(choice.finish_reason)
                    if piece := choice.delta and choice.delta.content:
                        length += len(piece)
                        yield piece
                if length > _LONGEST:
                    raise ModelError(f"The model {self.name!r} did not come to an end and was stopped.")
        if not length:
            raise ModelError(f"The model {self.name!r} sent nothing.")
        if not ended:
            raise ModelError(f"The model {self.name!r} broke off in the middle.")
        if tokens:
            yield tokens

    async def _chunks(self, stream: Any) -> AsyncIterator[Any]:
        import openai

        try:
            async for chunk in stream:
                yield chunk
        except openai.APITimeoutError:
            raise
        except Exception as error:  # also those of the client's own HTTP library, which it does not always translate
            raise ModelError(f"The model {self.name!r} broke off: {first_line(error)}.") from error

    async def _opened(self, client: Any, messages: Sequence[Message], schema: Schema | None) -> Any:
        """The stream, asked for without the options that the endpoint refuses."""
        import openai

        options: dict[str, Any] = {
            "temperature": 0,
            "max_completion_tokens": _SENT,
            "stream_options": {"include_usage": True},
        }
        if schema is not None:
            form = {"name": "draft", "strict": True, "schema": schema}
            options["response_format"] = {"type": "json_schema", "json_schema": form}
        while True:
            kept = {name: value for name, value in options.items() if name not in self._refused}
            if "response_format" in options and "response_format" not in kept:
                raise FormRefused(f"The model {self.name!r} cannot be held to a form.")
            try:
                return await client.chat.completions.create(
                    model=self.name, messages=list(messages), stream=True, **kept
                )
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not kept:
                    raise
                self._refused |= {name for name in kept if _is_named(name, str(error))} or set(kept)


def _is_named(option: str, message: str) -> bool:
    return option in message or (option == "response_format" and "schema" in message)


def _went_wrong(error: Exception) -> str:
    import openai

    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return "refuses the key: set OPENAI_API_KEY to one that it takes."
    if isinstance(error, openai.NotFoundError):
        return f"is not there (404: {_told(error)}): check its name, and the address in OPENAI_BASE_URL."
    if isinstance(error, openai.RateLimitError):
        return f"takes no more requests now (429: {_told(error)}): try again later."
    if isinstance(error, openai.APIStatusError):
        return f"failed ({error.status_code}: {_told(error)})."
    if isinstance(error, openai.APIConnectionError):
        return f"cannot be reached ({first_line(error)}): is its server running, and OPENAI_BASE_URL its address?"
    return f"sent what cannot be read: {first_line(error)}."


def _told(error: Any) -> str:
    """What the endpoint says, in one short line: it may be a whole page."""
    body = error.body if isinstance(error.body, Mapping) else {}
    return " ".join(str(body.get("message") or first_line(error)).split())[:200]


def _in_thread(answer: Callable[[], AsyncIterator[str | Tokens]]) -> Iterator[str | Tokens]:
    """The items of ``answer``, which runs in a thread of its own: "" where there is none for a moment.

    Only so can a reader stop at any moment: what waits on a socket cannot be interrupted from outside, a task can.
    """
    items: queue.Queue[str | Tokens | BaseException | None] = queue.Queue()
    loop = asyncio.new_event_loop()

    async def pump() -> None:
        async for item in answer():
            items.put(item)

    task = loop.create_task(pump())

    def run() -> None:
        try:
            loop.run_until_complete(task)
            items.put(None)
        except BaseException as error:  # told to the reader, whatever it is; also that the task was cancelled
            items.put(error)
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    threading.Thread(target=run, name="model", daemon=True).start()
    try:
        while True:
            try:
                item = items.get(timeout=_TICK)
            except queue.Empty:
                yield ""
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(task.cancel)
