"""A receipt as it is read back: every field is what it must be, or one error says which is not.

pydantic takes a tenth of a second to load, so this module is imported only where a receipt is checked.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from rag.errors import InputError
from rag.quoting.receipt import REPAIR, VERSION, Format

MOST = 1_000  # quotations: an answer has a handful


def _storable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half a character ("\ud800"): no article has it, and SQLite refuses it
        raise PydanticCustomError("half", "Input should be a text that UTF-8 can hold") from error
    return text


Text = Annotated[str, AfterValidator(_storable)]
Whole = Annotated[int, Field(ge=0, lt=2**63)]  # what SQLite holds


class _Part(BaseModel):
    """An object of a receipt; what a newer program adds to it is passed over."""

    model_config = ConfigDict(strict=True, frozen=True)


class _Placed(_Part):
    """Something that is said to stand at characters ``start`` to ``end`` of the article."""

    start: Whole
    end: Whole

    @field_validator("end")
    @classmethod
    def _after_start(cls, end: int, info: ValidationInfo) -> int:
        if end <= info.data.get("start", -1):
            raise PydanticCustomError("empty", "Input should be above start, which is {start}", info.data)
        return end


class Words(_Placed):
    """Words of an article."""

    text: Annotated[Text, Field(min_length=1)]


class RecordedSpeaker(_Part):
    """Who a receipt says was speaking; the fields are those of ``Speaker``."""

    name: Text | None = None
    mention: Words
    cue: Words | None = None
    via: list[Words] = Field(default_factory=list)

    @property
    def words(self) -> tuple[Words, ...]:
        return (self.mention, *([self.cue] if self.cue else []), *self.via)


class RecordedArticle(_Part):
    """What a receipt says of an article; ``sha256`` is of its text."""

    id: Text
    title: Text
    publisher: Text | None = None
    url: Text | None = None
    published: Text | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Recorded(_Placed):
    """One quotation of a receipt: what it says, believed of nothing."""

    number: Whole
    quote: Annotated[Text, Field(min_length=1)]
    article: RecordedArticle
    speaker: RecordedSpeaker | None = None

    @property
    def words(self) -> Words:
        return Words(text=self.quote, start=self.start, end=self.end)


class _Heading(_Part):
    """What says how the rest is to be read."""

    format: Format
    version: Whole


class _Receipt(_Part):
    quotations: Annotated[list[Recorded], Field(max_length=MOST)]


def recorded(receipt: object) -> list[Recorded]:
    """The quotations of a receipt; raises InputError where anything is missing, or is not what it must be."""
    try:
        version = _Heading.model_validate(receipt).version
        if version == VERSION:
            return _Receipt.model_validate(receipt).quotations
    except ValidationError as error:
        raise InputError(f"The receipt cannot be checked: {_told(error)}. {REPAIR}") from error
    raise InputError(
        f"The receipt has version {_shown(version)}, this program reads version {VERSION}. "
        "Check it with the program that made it, or a newer one."
    )


def _told(error: ValidationError) -> str:
    """The first of the fields that are wrong: where it stands, what it is, and what it should be."""
    first = error.errors(include_url=False)[0]
    path = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]]
    where = "".join(path).lstrip(".") or "it"
    if first["type"] == "missing":
        return f"{where} is missing"
    kind = "be a JSON object" if first["type"] == "model_type" else re.sub(r"^\w+ should ", "", first["msg"])
    return f"{where} is {_shown(first['input'])}, and should {kind}"


def _shown(value: Any) -> str:
    """A value for a message: short, and without what a terminal would obey."""
    if value is None:
        return "null"
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    try:
        shown = ascii(value)
    except ValueError:  # a whole number of more digits than Python writes
        return "a very large number"
    return shown if len(shown) <= 60 else shown[:60] + "…"
