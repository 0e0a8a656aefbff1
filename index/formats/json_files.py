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
        value = json.loads(text)
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
    yield from read_record(_single(value, _DEPTH) or value, name)
    return False


def read_jsonl(stream: BinaryIO, name: str) -> Found:
    """The articles of a JSON lines file, in bounded memory: a damaged or oversize line is named and passed over."""
    empty = True
    for number, line, fault in lines_of(stream, "\n"):
        if not line.strip() and not fault:
            continue
        empty = False
        where = f"{name}:{number}"
        try:
            value = None if fault else json.loads(line)
        except RecursionError:
            fault = "the JSON is nested too deeply: expected one object"
        except ValueError as error:
            fault = f"not valid JSON: {error}"
        if fault:
            yield Skipped(where, fault)
        else:
            yield from _object(value, where)
    if empty:
        raise InputError("it is empty")
    return False


def _items(lists: list[list[Any]], name: str, defaults: Defaults | None = None) -> Iterator[Article | Skipped]:
    for number, item in enumerate(chain.from_iterable(lists), 1):
        yield from _object(item, name, f"item {number}: ", defaults)


def _lists(value: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The lists within an object whose items give a text; else its only list of objects, so that these are named."""
    if _gives_text(value):
        return
    found = list(_lists_within(value, _DEPTH))
    telling = [items for items in found if any(isinstance(item, Mapping) and _gives_text(item) for item in items)]
    yield from telling or (found if len(found) == 1 else [])


def _lists_within(value: Mapping[str, Any], depth: int) -> Iterator[list[Any]]:
    for inner in value.values():
        if isinstance(inner, list) and any(isinstance(item, Mapping) for item in inner):
            yield inner
        elif isinstance(inner, Mapping) and depth > 1:
            yield from _lists_within(inner, depth - 1)


def _single(value: Mapping[str, Any], depth: int) -> Mapping[str, Any] | None:
    """The object that gives a text: ``value`` or one within it."""
    if _gives_text(value):
        return value
    inner = [item for item in value.values() if isinstance(item, Mapping)] if depth > 1 else []
    return next((found for item in inner if (found := _single(item, depth - 1))), None)


def _gives_text(record: Mapping[str, Any]) -> bool:
    shape = shape_of(record)
    return has_text(record) and isinstance(field_of(record, shape.text + shape.teaser)[1], str)


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
