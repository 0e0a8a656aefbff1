"""One record of usual field names to one article: which field is which, and how dates and names are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from index.markup import looks_like_markup, markup_text
from rag.english import MONTHS
from rag.errors import InputError
from rag.records import Article
from rag.text import opening

# Names are compared in small letters, without "_", "-" and spaces: publishedAt, published_at and Published At are one.
TEXT = ("text", "body", "content", "article", "contenttext", "contenthtml")
TITLE = ("title", "headline")
URL = ("url", "link")
PUBLISHER = ("publisher", "source", "site")
PUBLISHED = ("published", "date", "publishdate", "publishedat", "datepublished")
AUTHORS = ("authors", "author")

_MONTHS = [month.casefold() for month in MONTHS]
_DAY_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_MONTH_DAY = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_TITLE_LENGTH = 100  # characters: about the longest headline that still reads as one


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gave no article, or lost a detail: ``where`` is "file" or "file:line", ``reason`` says why."""

    where: str
    reason: str


def read_record(record: Mapping[str, object], where: str, label: str = "") -> Iterator[Article | Skipped]:
    """The article of one JSON object or CSV row, after a notice for each of its details that cannot be used.

    Field names are matched without regard to case; a text in HTML becomes its words. ``label`` ("item 3: ") goes
    before each reason where a line number cannot tell the record.
    """
    fields = {re.sub(r"[_\-\s]", "", str(name)).lower(): value for name, value in record.items()}
    text = _first(fields, TEXT)
    if text is None:
        found = ", ".join(map(str, record)) or "none"
        yield Skipped(where, f"{label}no text: expected one of the fields {', '.join(TEXT[:4])}, found {found[:200]}")
        return
    if not isinstance(text, str):
        yield Skipped(where, f"{label}the text is a {type(text).__name__}, expected a string")
        return
    try:
        text = markup_text(text) if looks_like_markup(text) else text
    except InputError as error:
        yield Skipped(where, f"{label}{error}")
        return
    title = _first(fields, TITLE)
    yield from article_of(
        text,
        where,
        label=label,
        title=title if isinstance(title, str) else "",
        url=_first(fields, URL),
        publisher=_name(_first(fields, PUBLISHER)),
        published=_first(fields, PUBLISHED),
        authors=_authors(_first(fields, AUTHORS)),
    )


def article_of(
    text: str,
    where: str,
    *,
    label: str = "",
    title: str = "",
    url: object = None,
    publisher: str | None = None,
    published: object = None,
    authors: tuple[str, ...] = (),
    part: str | None = None,
) -> Iterator[Article | Skipped]:
    """Make an article of what was read, after a notice for a date or URL that cannot be used.

    Line ends become "\\n" and space around the text goes; nothing else of it changes. Without a title its beginning
    stands in.
    """
    text = plain_lines(text)
    if not text:
        yield Skipped(where, f"{label}the text is empty")
        return
    if url is not None and not is_web_url(url):
        yield Skipped(where, f"{label}kept without its URL: {_shown(url)} is not a http or https address")
        url = None
    try:
        day = read_date(published)
    except ValueError:
        yield Skipped(where, f"{label}kept undated: {_shown(published)} is not a date such as 2022-12-16")
        day = None
    yield Article.of(
        " ".join(title.split()) or title_from(text),
        text,
        url=str(url) if url else None,
        publisher=publisher,
        authors=authors,
        published=day,
        part=part,
    )


def plain_lines(text: str) -> str:
    """``text`` with every line end as "\\n" and without space around it.

    >>> plain_lines("One.\\r\\nTwo.\\n")
    'One.\\nTwo.'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def title_from(text: str) -> str:
    """A title for a text that has none: the first line of its news, cut at a sentence or word where that is long.

    >>> title_from("The tide rose.\\nNobody had expected it.")
    'The tide rose.'
    """
    line = " ".join(text[opening(text) :].strip().partition("\n")[0].split())
    if len(line) <= _TITLE_LENGTH:
        return line
    if sentence := re.match(rf".{{20,{_TITLE_LENGTH}}}?[.!?](?=\s)", line):
        return sentence[0]
    return (line[:_TITLE_LENGTH].rpartition(" ")[0] or line[:_TITLE_LENGTH]) + "…"


def read_date(value: object) -> date | None:
    """The day that ``value`` names, in its own time zone; None for no value.

    Reads ISO 8601 (also with a time), RFC 822, "16 December 2022" and "December 16, 2022". "04/05/2022" is two
    different days on two shores of the Atlantic and is not guessed. Raises ValueError for what it cannot read.
    """
    text = "" if value is None else str(value).strip()
    if not text or isinstance(value, bool):
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    if found := _YEAR_FIRST.match(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_MONTH.search(text):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.search(text):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    try:
        return parsedate_to_datetime(text).date()
    except (TypeError, IndexError) as error:  # both escape from the email package for some damaged dates
        raise ValueError(text) from error


def is_web_url(value: object) -> bool:
    """Whether ``value`` is a whole http or https address."""
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # "http://[": a bracket that never closes
        return False


def split_authors(text: str) -> tuple[str, ...]:
    """The names in a byline.

    >>> split_authors("By Ada Quill; Bo Marsh")
    ('Ada Quill', 'Bo Marsh')
    """
    names = re.split(r"[,;]\s+", re.sub(r"^\s*by\s+", "", text, flags=re.IGNORECASE))
    return tuple(name.strip() for name in names if name.strip())


def _first(fields: Mapping[str, object], names: tuple[str, ...]) -> object:
    """The first of these fields that says something."""
    for name in names:
        value = fields.get(name)
        if value is not None and value != [] and value != {} and not (isinstance(value, str) and not value.strip()):
            return value.strip() if isinstance(value, str) and names is not TEXT else value
    return None


def _name(value: object) -> str | None:
    """A publisher's name out of "RT", "http://rt.example", {"name": "RT"} or [{"title": "RT"}]."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        lowered = {str(key).lower(): item for key, item in value.items()}
        value = _first(lowered, ("name", "title", "url", "href"))
    if is_web_url(value):
        return (urlsplit(str(value)).hostname or "").removeprefix("www.")
    return value if isinstance(value, str) and value.strip() else None


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_authors(value)
    items = value if isinstance(value, list) else [value]
    return tuple(name for name in map(_name, items) if name)


def _month(name: str) -> int:
    """The number of a month's full or shortened English name; ValueError for another word."""
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(name.lower()):
            return number
    raise ValueError(name)


def _shown(value: object) -> str:
    return repr(value if len(str(value)) <= 80 else str(value)[:80] + "…")
