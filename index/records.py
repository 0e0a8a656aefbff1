"""One record to one article, after a notice for each of its details that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from index.addresses import canonical_address
from index.days import read_day
from index.incomplete import without_cut
from index.shapes import Shape, field_of, shape_of
from index.values import is_web_url, name, names, words
from rag.errors import InputError
from rag.records import Article
from rag.text import opening

_TITLE_LENGTH = 100  # characters: about the longest headline that still reads as one


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gave no article, or lost a detail: ``where`` is "file" or "file:line", ``reason`` says why.

    ``kept`` is whether its article was made all the same.
    """

    where: str
    reason: str
    kept: bool = field(default=False, compare=False)


# What a reader gives, and returns at its end: whether it showed a window, a part alone of what its source stands for,
# as a feed does, a page of results or a damaged file. An article that a window no longer shows is not withdrawn.
Found = Generator[Article | Skipped, None, bool]


class Reading:
    """The items of a reader, and, once they are read, whether they showed a window."""

    def __init__(self, items: Iterable[Article | Skipped]) -> None:
        self._items = items
        self.window = False

    def __iter__(self) -> Iterator[Article | Skipped]:
        items = iter(self._items)
        while True:
            try:
                yield next(items)
            except StopIteration as end:
                self.window = bool(end.value)
                return


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the file says of all its records, for those that do not say it themselves."""

    publisher: str | None = None
    language: str | None = None


def read_record(
    record: Mapping[str, object], where: str, label: str = "", defaults: Defaults | None = None
) -> Iterator[Article | Skipped]:
    """The article of one JSON object or CSV row, in a shape of ``index/shapes.py``; a text in HTML becomes its words.

    ``label`` ("item 3: ") goes before each reason where a line number cannot tell the record.
    """
    shape, defaults = shape_of(record), defaults or Defaults()
    try:
        text, cut = _text(record, shape)
        title = words(field_of(record, shape.title)[1])
    except InputError as error:
        yield Skipped(where, f"{label}{error}")
        return
    publisher = name(field_of(record, shape.publisher)[1]) or defaults.publisher or shape.supplier
    language = field_of(record, shape.language)[1]
    yield from article_of(
        text,
        where,
        label=label,
        title=title,
        url=_address(field_of(record, shape.url)[1]),
        publisher=publisher,
        published=field_of(record, shape.published)[1],
        language=language if isinstance(language, str) else defaults.language,
        authors=names(field_of(record, shape.authors)[1]),
        cut=cut or _paid(field_of(record, shape.paid)[1]),
    )


def _text(record: Mapping[str, object], shape: Shape) -> tuple[str, str | None]:
    """The words of a record's text, and why they are a part of the article where they are."""
    found, value = field_of(record, shape.text)
    if text := words(value):
        return text, None
    if found:
        raise InputError(f"the text is a {type(value).__name__}, expected a string")
    found, value = field_of(record, shape.teaser)
    if text := words(value):
        return text, f"{shape.name} gives its {found} alone"
    named = [str(key) for key in record if str(key).strip()]  # pandas writes its row numbers in a column without a name
    expected = ", ".join((shape.text or shape.teaser)[:4])
    raise InputError(f"no text: expected one of the fields {expected}, found {', '.join(named)[:200] or 'none'}")


def article_of(
    text: str,
    where: str,
    *,
    label: str = "",
    title: str = "",
    url: object = None,
    publisher: str | None = None,
    published: object = None,
    language: str | None = None,
    authors: tuple[str, ...] = (),
    part: str | None = None,
    cut: str | None = None,
) -> Iterator[Article | Skipped]:
    """Make an article of what was read, after a notice for each detail that is lost; ``cut`` is why its text is a part.

    Line ends become "\\n", space around the text and a supplier's count of what it cut go; nothing else of it changes.
    Without a title its beginning stands in.
    """
    text, broken_off = without_cut(plain_lines(text))
    if not text:
        yield Skipped(where, f"{label}the text is empty")
        return
    address = str(url) if is_web_url(url) else None
    day, undated = _day(published, language)
    for loss in _losses(cut or broken_off, None if address else url, published, undated):
        yield Skipped(where, f"{label}{loss}", kept=True)
    yield Article.of(
        " ".join(title.split()) or title_from(text),
        text,
        url=address,
        publisher=publisher,
        authors=authors,
        published=day,
        part=part,
        address=canonical_address(address) if address else None,
    )


def _losses(cut: str | None, url: object, written: object, undated: str | None) -> Iterator[str]:
    """What is told of the details that an article lost: a part of its text, its address, its day."""
    if cut:
        yield f"kept incomplete: {cut}"
    if url is not None:
        yield f"kept without its URL: {_shown(url)} is not a http or https address"
    if undated:
        yield f"kept undated: {_shown(written)} {undated}"


def _day(written: object, language: str | None) -> tuple[date | None, str | None]:
    """The day that is written, or why there is none."""
    try:
        return read_day(written, language), None
    except ValueError as error:
        return None, str(error)


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


def _paid(value: object) -> str | None:
    return "its supplier marks it as paid content" if str(value).casefold() == "true" else None


def _address(value: object) -> object:
    """An address without the references that HTML writes for its "&"."""
    return value.strip().replace("&amp;", "&") if isinstance(value, str) else value


def _shown(value: object) -> str:
    return repr(value if len(str(value)) <= 80 else str(value)[:80] + "…")
