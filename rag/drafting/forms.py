"""The two forms in which a language model sends its claims, and how claims are read from them as they come.

JSON, where an endpoint holds the model to a schema, else labelled lines. Both are read wherever they turn up: models
wrap JSON in fences, answer in lines when asked for JSON, or talk before they begin.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 5  # claims in one draft
_LONGEST = 1_500  # characters without a whole claim
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "maxItems": MOST,
            "items": {
                "type": "object",
                "properties": {
                    "passage": {"type": "integer"},
                    "quote": {"type": "string"},
                    "speaker": {"type": "string"},
                    "claim": {"type": "string"},
                },
                "required": ["passage", "quote", "speaker", "claim"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["claims"],
    "additionalProperties": False,
}
IN_JSON = 'Answer in JSON alone, as in the example; where no passage answers: {"claims": []}'
IN_LINES = (
    "Answer with the lines PASSAGE, QUOTE, SPEAKER and CLAIM alone, as in the example; where no passage answers: NONE"
)
_LABEL = re.compile(r"^[\s>*_#-]*(passage|quote|speaker|claim)\b[\s*_]*[:=][\s*_]*(.*)$", re.IGNORECASE)
_OBJECT = re.compile(r'\{\s*"(?:\w+"\s*:\s*(?P<around>[\[{]))?')
_DECODER = json.JSONDecoder(strict=False)  # line ends in strings are let pass
_NOBODY = frozenset({"", "-", "–", "none", "n/a", "null", "unknown", "empty", "nobody", "not named", "not established"})
_MARKS = re.compile(r"\s*(?:\[\d+(?:\s*,\s*\d+)*\]|\(passage \d+\))", re.IGNORECASE)
_AROUND = '“”„"«»` \t*_'


@dataclass(frozen=True, slots=True)
class Written:
    """A claim as a model wrote it: nothing of it is believed, nor need its passage exist."""

    claim: str
    quote: str
    passage: int | None = None
    speaker: str | None = None


def as_sent(claims: Sequence[Written], structured: bool) -> str:
    """Claims in the form in which a model is to send them."""
    if structured:
        return json.dumps({"claims": [_fields(claim) for claim in claims]}, ensure_ascii=False)
    return "\n\n".join(
        "\n".join(f"{name.upper()}: {value}" for name, value in _fields(claim).items()) for claim in claims
    )


def _fields(claim: Written) -> dict[str, Any]:
    return {"passage": claim.passage, "quote": claim.quote, "speaker": claim.speaker or "", "claim": claim.claim}


class DraftReader:
    """Claims from a draft that comes in pieces: each once, as soon as it is complete, ``MOST`` at most."""

    def __init__(self) -> None:
        self._text = ""
        self._at = 0  # up to here the text was read
        self._record: dict[str, str] = {}
        self._count = 0
        self._known: set[Written] = set()

    def feed(self, piece: str) -> Iterator[Written]:
        """The claims that are complete with this piece."""
        self._text += piece
        yield from self._limited(self._objects() if self._is_json() else self._lines(ended=False))

    def close(self) -> Iterator[Written]:
        """The claim that the end of the draft completes."""
        if not self._is_json():
            yield from self._limited(self._lines(ended=True))

    @property
    def full(self) -> bool:
        """Whether no more is taken: a model that goes on repeats itself, in claims or within one."""
        return self._count >= MOST or len(self._text) - self._at > _LONGEST

    def _limited(self, found: Iterator[Written]) -> Iterator[Written]:
        for written in found:
            self._count += 1
            if self._count <= MOST and written not in self._known:
                self._known.add(written)
                yield written

    def _is_json(self) -> bool:
        return not self._record and _OBJECT.search(self._text, self._at) is not None

    def _objects(self) -> Iterator[Written]:
        """Every complete object that holds a claim, or a list of such; one that is not complete is waited for."""
        while start := _OBJECT.search(self._text, self._at):
            self._at = start.start()
            if start["around"]:  # what is around the claims is complete only after all of them
                self._at += 1
                continue
            try:
                value, self._at = _DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                return
            if "claim" in value or "quote" in value:
                yield _written(value)

    def _lines(self, ended: bool) -> Iterator[Written]:
        """Every complete record: one whose claim comes last ends with it, any other with an empty line or the next."""
        while (end := self._text.find("\n", self._at)) >= 0 or (ended and self._at < len(self._text)):
            line = self._text[self._at : end if end >= 0 else None]
            self._at += len(line) + 1
            label = _LABEL.match(line)
            name = label[1].lower() if label else ""
            if name in self._record:
                yield from self._complete()
            if label:
                self._record[name] = label[2]
            if {"quote", "claim"} <= self._record.keys() and (name == "claim" or not line.strip()):
                yield from self._complete()
        if ended:
            yield from self._complete()

    def _complete(self) -> Iterator[Written]:
        record, self._record = self._record, {}
        if "claim" in record or "quote" in record:
            yield _written(record)


def _written(record: dict[str, Any]) -> Written:
    """A claim of whatever was sent for its fields."""
    claim, quote, speaker = (" ".join(str(record.get(name) or "").split()) for name in ("claim", "quote", "speaker"))
    number = re.search(r"\d{1,4}", str(record.get("passage") or ""))
    return Written(
        _MARKS.sub("", claim).strip().strip("*_` "),
        quote.strip(_AROUND),
        int(number[0]) if number else None,
        None if speaker.strip(_AROUND).casefold() in _NOBODY else speaker.strip(_AROUND),
    )
