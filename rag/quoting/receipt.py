"""An answer's quotations as a record that anybody can check again: made, and read back from its file.

What is in a file that was read is checked by ``recheck``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from rag.answer import Answer
from rag.errors import InputError
from rag.records import Citation, Span, Speaker

Format = Literal["onrecord receipt"]
FORMAT: Format = "onrecord receipt"
VERSION = 1
LARGEST = 8_000_000  # bytes of a file
REPAIR = "Save the answer's receipt again, or get an unchanged copy of it."


def make_receipt(answer: Answer, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The receipt of an answer as plain JSON values; ``settings`` is what it was asked with (as_of, filters, k, the
    generator's name …), kept as the caller gives it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": answer.question,
        "answered": answer.answered,
        "text": answer.text,
        "reason": answer.reason,
        "settings": _plain_values(settings),
        "index": answer.index.to_dict(),
        "quotations": [_quotation(citation) for citation in answer.citations],
    }


def read_receipt(path: str | Path) -> dict[str, Any]:
    """The JSON object of a receipt file, which may hold anything. Raises InputError."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"The receipt {str(path)!r} cannot be read: {error}. Name a file that exists.") from error
    if len(content) > LARGEST:
        raise InputError(f"{str(path)!r} is no receipt: it has more than {LARGEST:,} bytes. {REPAIR}")
    try:
        receipt = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{str(path)!r} is no receipt: it is not JSON in UTF-8 ({error}). {REPAIR}") from error
    if not isinstance(receipt, dict):
        raise InputError(f"{str(path)!r} is no receipt: it holds no JSON object. {REPAIR}")
    return receipt


def _quotation(citation: Citation) -> dict[str, Any]:
    article = citation.span.article
    return {
        "number": citation.number,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
        "voice": citation.voice,
        "speaker": citation.speaker and _speaker(citation.speaker),
        "article": {
            "id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "url": article.url,
            "published": article.published.isoformat() if article.published else None,
            "sha256": article.sha256,
        },
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "mention": _words(speaker.mention),
        "cue": speaker.cue and _words(speaker.cue),
        "via": [_words(link) for link in speaker.via],
    }


def _words(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _plain_values(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain_values(one) for name, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(_plain_values, value), key=str)
    return [_plain_values(one) for one in value] if isinstance(value, Iterable) else str(value)
