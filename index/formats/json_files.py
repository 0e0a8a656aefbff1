"""JSON files, whole within a limit, and JSON lines, line by line in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from index.formats.streams import decoded, lines_of, whole
from index.records import Defaults, Found, Skipped, read_record
from index.shapes import field_of, has_text, shape_of
from index.values import name as name_of
from rag.errors import InputError
from rag.records import Article

JSON_BYTES = 200_000_000  # takes a few times as much memory
_DEPTH = 4  # how deep in a response its list of articles is looked for


def read_json(stream: BinaryIO, name: str) -> Found:
    """The articles of a JSON file: one object, a list of them, or an object that holds them, as a service answers.

    What a service answers is a page of what it has, and so a window; a JSON Feed is one too.
    """
    text = decoded(whole(stream, JSON_BYTES, "split it, or save it as .jsonl with one article a line"))
    try:
        value = _parsed(text)
    except RecursionError as error:
        raise InputError("the JSON is nested too deeply: expected a list of objects") from error
    except ValueError as error:
        hint = ": is this JSON lines? Then rename it to .jsonl" if "Extra data" in str(error) else ""
        raise InputError(f"not valid JSON: {error}{hint}") from error
    if not isinstance(value, dict | list):
        raise InputError(f"the JSON is a {type(value).__name__}: expected an object or a list of objects")
    if not value:
        raise InputError("the JSON is empty: it holds no article")
    if isinstance(value, list):
        yield from _items([value], name)
        return False
    if _is_feed(value):
        yield from _items([value["items"]], name, _feed_defaults(value))
        return True
    if lists := list(_lists(value)):
        yield from _items(lists, name)
        return any(isinstance(items[0], dict) and shape_of(items[0]).paged for items in lists)
    yield from read_record(value, name)
    return False


def read_jsonl(stream: BinaryIO, name: str) -> Found:
    """The articles of a JSON lines file, in bounded memory: a damaged or oversize line is named and passed over.

    Where there was one the file is a window, as also while somebody still writes it.
    """
    empty, damaged = True, False
    for number, line, fault in lines_of(stream, "\n"):
        if not line.strip() and not fault:
            continue
        empty = False
        where = f"{name}:{number}"
        try:
            value = None if fault else _parsed(line)
        except RecursionError:
            fault = "the JSON is nested too deeply: expected one object"
        except ValueError as error:
            fault = f"not valid JSON: {error}"
        if fault:
            yield Skipped(where, fault)
            damaged = True
        else:
            yield from _object(value, where)
    if empty:
        raise InputError("it is empty")
    return damaged


def _items(lists: list[list[Any]], name: str, defaults: Defaults | None = None) -> Iterator[Article | Skipped]:
    for number, item in enumerate(chain.from_iterable(lists), 1):
        yield from _object(item, name, f"item {number}: ", defaults)


def _lists(value: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The lists within an object whose items give a text; else its only list of objects, so that these are named.

    None where the object is an article itself: with more to it than a text, or with no list of such articles in it.
    """
    found = list(_lists_within(value, _DEPTH))
    telling = [items for items in found if any(isinstance(item, Mapping) and _gives_text(item) for item in items)]
    inner = [item for items in telling for item in items if isinstance(item, Mapping)]
    if not (_gives_text(value) and (_is_article(value) or not any(map(_is_article, inner)))):
        yield from telling or (found if len(found) == 1 else [])


def _lists_within(value: Mapping[str, Any], depth: int) -> Iterator[list[Any]]:
    """The lists of objects within an object, and as one more those of its own objects that are records of a text."""
    records = [item for item in value.values() if isinstance(item, Mapping) and _may_give_text(item)]
    if any(map(_gives_text, records)):
        yield records
    for inner in value.values():
        if isinstance(inner, list) and any(isinstance(item, Mapping) for item in inner):
            yield inner
        elif isinstance(inner, Mapping) and depth > 1 and not _gives_text(inner):
            yield from _lists_within(inner, depth - 1)


def _text_in(record: Mapping[str, Any]) -> object:
    shape = shape_of(record)
    return field_of(record, shape.text + shape.teaser)[1]


def _gives_text(record: Mapping[str, Any]) -> bool:
    return has_text(record) and isinstance(_text_in(record), str)


def _may_give_text(record: Mapping[str, Any]) -> bool:
    """Whether a record has the field of a text, be it empty."""
    return has_text(record) and isinstance(_text_in(record), str | None)


def _is_article(record: Mapping[str, Any]) -> bool:
    """Whether a record says more of an article than its text, as a comment or a message does not."""
    shape = shape_of(record)
    facts = (shape.title, shape.url, shape.published)
    return _gives_text(record) and any(field_of(record, names)[1] is not None for names in facts)


def _parsed(text: str) -> Any:
    return json.loads(text, parse_int=_number)


def _number(digits: str) -> int | float:
    """A whole number; Python refuses to make an int of thousands of digits, which no field of an article means."""
    return int(digits) if len(digits) < 100 else float(digits)


def _is_feed(value: Mapping[str, Any]) -> bool:
    return "jsonfeed.org/version" in str(value.get("version")) and isinstance(value.get("items"), list)


def _feed_defaults(feed: Mapping[str, Any]) -> Defaults:
    title, language = feed.get("title"), feed.get("language")
    return Defaults(name_of(title), language if isinstance(language, str) else None)


def _object(
    value: object, where: str, label: str = "", defaults: Defaults | None = None
) -> Iterator[Article | Skipped]:
    if isinstance(value, dict):
        yield from read_record(value, where, label, defaults)
    else:
        yield Skipped(where, f"{label}a JSON {type(value).__name__}, expected an object")
