"""What the value of a field means, as spreadsheets, databases and pandas write it: nothing, a list, a name, words."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from index.markup import plain_words

# What pandas reads as missing, and what databases write for it; letter for letter, for "Nan" is a name.
_NOTHING = frozenset((
    "#N/A", "#N/A N/A", "#NA", "-NaN", "-nan", "<NA>", "N/A", "NA", "NULL", "NaN", "NaT", "None", "n/a", "nan", "null",
    "\\N", "undefined",
))  # fmt: skip
_PRINTED = re.compile(r"""[\[({]\s*(?:['"\[{(\])}]|nan\b|None\b|null\b).*|\[\]|\(\)|\{\}""", re.DOTALL)
_NUMPY_LIST = re.compile(r"""\[\s*(?:'[^']*'|"[^"]*")(?:\s+(?:'[^']*'|"[^"]*"))+\s*\]""")  # no commas: "['A' 'B']"
_NUMPY_ITEM = re.compile(r"""'([^']*)'|"([^"]*)\"""")
_PRINTED_LENGTH = 1_000_000  # characters of a printed list that is read


def meaning(value: object) -> object:
    """The value that ``value`` stands for: None for "nan" and the like, a list or mapping for one that was printed.

    >>> meaning("['Ada Quill', 'Bo Marsh']"), meaning("nan"), meaning("[]"), meaning(" Tide ")
    (['Ada Quill', 'Bo Marsh'], None, None, ' Tide ')
    """
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, str):
        stripped = value.strip()
        if not stripped or stripped in _NOTHING:
            return None
        if len(stripped) <= _PRINTED_LENGTH and _PRINTED.fullmatch(stripped):
            printed = _printed(stripped)
            return value if printed is None else meaning(printed)
        return value
    if isinstance(value, tuple):
        value = list(value)
    if isinstance(value, Mapping) and len(value) == 1 and str(*value).startswith("$"):  # MongoDB: {"$date": 5}
        return meaning(*value.values())
    return value if value or isinstance(value, int | float) else None


def _printed(text: str) -> object:
    """The list, tuple or mapping that Python, numpy or JSON printed as ``text``; None where it is none."""
    if _NUMPY_LIST.fullmatch(text):
        return [single or double for single, double in _NUMPY_ITEM.findall(text)]
    try:
        value = ast.literal_eval(re.sub(r"\b(nan|null)\b(?=\s*[,\]}])", "None", text))
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None
    return value if isinstance(value, list | tuple | dict) else None


def words(value: object) -> str:
    """The words of a text: of a string, or of a list of paragraphs; "" where it is neither or holds none.

    Raises InputError where it is HTML too large to read in seconds.
    """
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(filter(None, (plain_words(item).strip() for item in value)))
    return plain_words(value) if isinstance(value, str) else ""


def name(value: object) -> str | None:
    """A publisher's or author's name out of "RT", "http://rt.example", {"name": "RT"} or [{"title": "RT"}]."""
    value = meaning(value)
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        lowered = {str(key).lower(): item for key, item in value.items()}
        value = next((v for key in ("name", "title", "url", "href", "uri") if (v := meaning(lowered.get(key)))), None)
    if is_web_url(value):
        return (urlsplit(str(value)).hostname or "").removeprefix("www.")
    return " ".join(plain_words(value).split()) or None if isinstance(value, str) else None


def names(value: object) -> tuple[str, ...]:
    """The names of authors, out of a byline, a list of names, or a list of objects that have one."""
    value = meaning(value)
    if isinstance(value, str):
        return split_authors(plain_words(value))
    items = value if isinstance(value, list) else [value]
    return tuple(found for found in map(name, items) if found)


def split_authors(text: str) -> tuple[str, ...]:
    """The names in a byline.

    >>> split_authors("By Ada Quill; Bo Marsh")
    ('Ada Quill', 'Bo Marsh')
    """
    parts = re.split(r"[,;]\s+", re.sub(r"^\s*by\s+", "", text, flags=re.IGNORECASE))
    return tuple(part.strip() for part in parts if part.strip())


def is_web_url(value: object) -> bool:
    """Whether ``value`` is a whole http or https address."""
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # "http://[": a bracket that never closes, or a port that is none
        return False
