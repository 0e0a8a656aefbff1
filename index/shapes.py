"""The records of exports that are known by name, and those with fields of usual names: where in them an article lies.

A shape is data: the keys by which a record is known to be of it, and for each fact of an article the fields that may
hold it, the first that says something. Names are compared in small letters, without "_", "-" and spaces; a dot leads
into an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.values import meaning

Fields = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of record; a text out of ``teaser`` is a part of its article, and named so."""

    name: str
    keys: Fields
    text: Fields = ()
    teaser: Fields = ()
    title: Fields = ("title",)
    url: Fields = ("url",)
    publisher: Fields = ()
    published: Fields = ()
    authors: Fields = ("authors", "author")
    language: Fields = ("language", "lang")
    paid: Fields = ()
    supplier: str | None = None  # the publisher of every record where none is named
    paged: bool = False  # a service answers with a page of them at a time


USUAL = Shape(
    "usual names",
    keys=(),
    text=("text", "body", "content", "article", "contenttext", "contenthtml", "articlebody", "maintext", "fulltext"),
    title=("title", "headline"),
    url=("url", "link"),
    publisher=("publisher", "publication", "source", "site", "sitename", "domain", "sourcedomain"),
    published=("published", "date", "publishdate", "publishedat", "datepublished", "publicationdate", "pubdate"),
    language=("language", "lang", "inlanguage"),
    paid=("paidcontent",),
)
_KNOWN = (
    Shape(
        "NewsAPI",
        paged=True,
        keys=("source", "publishedat", "urltoimage", "description"),
        text=("content",),
        teaser=("description",),
        publisher=("source.name", "source"),
        published=("publishedat",),
    ),
    Shape(
        "Guardian",
        paged=True,
        keys=("webtitle", "weburl", "webpublicationdate"),
        text=("fields.body", "fields.bodytext"),
        teaser=("fields.trailtext", "fields.standfirst", "webtitle"),
        title=("fields.headline", "webtitle"),
        url=("weburl",),
        publisher=("fields.publication",),
        published=("webpublicationdate",),
        authors=("fields.byline",),
        language=("fields.lang",),
        supplier="The Guardian",
    ),
    Shape(
        "New York Times",
        paged=True,
        keys=("weburl", "headline", "pubdate"),
        teaser=("leadparagraph", "abstract", "snippet"),
        title=("headline.main", "headline"),
        url=("weburl",),
        publisher=("source",),
        published=("pubdate",),
        authors=("byline.original", "byline"),
        supplier="The New York Times",
    ),
    Shape(
        "New York Times",
        paged=True,
        keys=("abstract", "byline", "publisheddate", "url"),
        teaser=("abstract",),
        publisher=("source",),
        published=("publisheddate",),
        authors=("byline",),
        supplier="The New York Times",
    ),
    Shape(
        "Event Registry",
        paged=True,
        keys=("uri", "body", "datetime", "source"),
        text=("body",),
        publisher=("source.title", "source.uri", "source"),
        published=("datetimepub", "datetime", "date"),
    ),
    Shape(
        "GDELT",
        paged=True,
        keys=("seendate", "domain", "url", "title"),
        teaser=("title",),
        publisher=("domain",),
        published=("seendate",),
    ),
    Shape(
        "news-please",
        keys=("maintext", "datepublish", "sourcedomain"),
        text=("maintext", "text"),
        teaser=("description",),
        publisher=("sourcedomain",),
        published=("datepublish",),
    ),
    Shape(
        "NewsCatcher",
        paged=True,
        keys=("link", "publisheddate", "namesource", "domainurl"),
        text=("content",),
        teaser=("description",),
        url=("link",),
        publisher=("namesource", "domainurl"),
        published=("publisheddate",),
        paid=("paidcontent",),
    ),
    Shape(
        "NewsCatcher",
        paged=True,
        keys=("link", "publisheddate", "cleanurl", "excerpt"),
        text=("summary",),
        teaser=("excerpt",),
        url=("link",),
        publisher=("cleanurl",),
        published=("publisheddate",),
    ),
    Shape(
        "HuffPost",
        keys=("headline", "shortdescription", "link"),
        teaser=("shortdescription",),
        title=("headline",),
        url=("link",),
        published=("date",),
    ),
    Shape(
        "trafilatura",
        keys=("source", "hostname", "text", "fingerprint"),
        text=("text", "rawtext"),
        url=("source", "url"),
        publisher=("sourcehostname", "sitename", "hostname"),
        published=("date",),
    ),
    Shape(
        "JSON Feed",
        keys=("datepublished", "summary", "id", "url"),
        text=("contenthtml", "contenttext"),
        teaser=("summary",),
        published=("datepublished",),
    ),
)


def shape_of(names: Iterable[str]) -> Shape:
    """The shape of a record whose fields have these names."""
    found = _top(names)
    return next((shape for shape in _KNOWN if found.issuperset(shape.keys)), USUAL)


def has_text(names: Iterable[str]) -> bool:
    """Whether records with fields of these names can give a text."""
    names = list(names)
    shape = shape_of(names)
    return not _top(names).isdisjoint(path.partition(".")[0] for path in shape.text + shape.teaser)


def field_of(record: Mapping[str, object], paths: Fields) -> tuple[str, object]:
    """The first of these fields that says something, as (its name there, what it means); ("", None) if none does.

    A table has an object's fields as columns of their own: "source.name".
    """
    for path in paths:
        steps = [path] if path in map(folded, record) else path.split(".")
        found: object = record
        written: list[str] = []
        for step in steps:
            name = next((n for n in found if folded(n) == step), None) if isinstance(found, Mapping) else None
            found = None if name is None else meaning(found[name])  # type: ignore[index]  # a Mapping: it has the name
            written.append(str(name))
        if found is not None:
            return ".".join(written), found
    return "", None


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A field's name as names are compared: ``publishedAt``, ``published_at`` and ``Published At`` are one."""
    return re.sub(r"[_\-\s]", "", str(name)).lower()


def _top(names: Iterable[str]) -> set[str]:
    """The names of fields, of a column "source.name" the object's."""
    return {part for name in names for part in (folded(name), folded(name).partition(".")[0])}
