"""What the fields of a question are called in sets of other makers, and how lists stand there."""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Iterator, Mapping
from typing import Any

from eval.fields import Record
from index.shapes import folded

# The first that says something counts. In a set of RAGAS "answer" is what a system said, unless nothing else is there.
_CALLED = {
    "id": ("id",),
    "question": ("question", "user_input", "query"),
    "answers": ("answers", "reference", "ground_truths", "ground_truth", "answer"),
    "choices": ("choices", "options"),
    "as_of": ("as_of",),
    "gold_urls": ("gold_urls", "gold_url"),
    "quotes": ("quotes", "quote", "reference_contexts"),
    "speaker": ("speaker",),
    "history": ("history",),
}
FIELDS = tuple(_CALLED)
_LISTS = ("answers", "choices", "gold_urls", "quotes")
_BETWEEN = frozenset((tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER, tokenize.ENCODING))


def named(record: Record) -> tuple[Record, list[str]]:
    """A record with our names for its fields and lists for single values, and which of its names say nothing to us.

    Names are compared in small letters and without "_", "-" and spaces.

    >>> named({"User Input": "What sank?", "reference": "Orla", "answer": "A boat.", "n": 3})
    ({'question': 'What sank?', 'answers': ['Orla']}, ['answer', 'n'])
    """
    plain: dict[str, str] = {}
    for name, value in record.items():
        if value is not None:
            plain.setdefault(folded(name), name)
    found, read = dict[str, Any](), set[str]()
    for field, names in _CALLED.items():
        chosen = next((plain[folded(name)] for name in names if folded(name) in plain), None)
        if chosen is not None:
            value = record[chosen]
            found[field] = [value] if field in _LISTS and isinstance(value, str) else value
            read.add(chosen)
    return found, [name for name, value in record.items() if value is not None and name not in read]


def cells(row: Mapping[str, str]) -> Record:
    """A row of CSV as a record: an empty cell says nothing, and a cell of a list is one."""
    filled = {name: cell.strip() for name, cell in row.items() if cell and cell.strip()}
    lists = {folded(name) for field in _LISTS for name in _CALLED[field]}
    return {name: _listed(cell) if folded(name) in lists else cell for name, cell in filled.items()}


def _listed(cell: str) -> list[str]:
    """The items of a cell: a list as JSON, Python or numpy writes it, or parted by "|", where a lone one is no item.

    >>> _listed("['We stay.' 'We go.']"), _listed("Orla | the ferry"), _listed("|")
    (['We stay.', 'We go.'], ['Orla', 'the ferry'], [])
    """
    if cell.startswith("[") and cell.endswith("]") and (found := _literal(cell)) is not None:
        return found
    return [item.strip() for item in cell.split("|") if item.strip()]


def _literal(cell: str) -> list[str] | None:
    try:
        value = json.loads(cell)
        return value if isinstance(value, list) and all(isinstance(item, str) for item in value) else None
    except ValueError:
        pass
    try:
        return list(_strings(cell))
    except (ValueError, SyntaxError, tokenize.TokenError):
        return None


def _strings(cell: str) -> Iterator[str]:
    """The strings of a list; ValueError where it holds anything else. Read by token: numpy writes no commas."""
    for token in tokenize.generate_tokens(io.StringIO(cell).readline):
        if token.type == tokenize.STRING:
            yield str(ast.literal_eval(token.string))
        elif token.string not in ("[", "]", ",", "") and token.type not in _BETWEEN:
            raise ValueError(token.string)
