"""What a page states of its article beside the text: the day of its publication, its language, whether it is free.

A day is taken where the page calls it that of publication, or where all days beside the text agree; never the day of a
change, and never one that a sentence mentions.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from index.days import read_day
from index.markup.inline import BLOCKS

_PUBLISHED = re.compile(
    r"(?:publi(?:sh(?:ed)?|cation)|pub|issued?|post(?:ed)?|released?)[-_.:\s]*(?:date|time|at|on)\b"
    r"|date[-_.:\s]*(?:published|publication|issued|posted)|(?:^|dc(?:terms)?[.:]|sailthru\.)date$",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updat|modif|revis|edited|aktuali|geändert|mis à jour|actuali|aggiorn|bijgewerkt|обновл|更新", re.I
)
_DATED = re.compile(r"\b(?:date|time|datetime|timestamp|published|posted|pubdate)\b", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/(\d{4})/(\d{1,2}|[a-z]{3})/(\d{1,2})(?:/|$)", re.IGNORECASE)
_LABEL = 60  # characters that may stand around a day beside the text, such as a byline
_DATES = 40  # dated elements: where there are more, the page lists other articles
# Whose elements are others' words: a list of comments, one of them, what schema.org calls one.
_COMMENT = re.compile(r"(?:^|[\s/])(?:div-|js-|user-?)?comments?(?:list)?(?![a-z])", re.IGNORECASE)
_ARTICLE = re.compile(r"Article|Posting|Report|Review", re.IGNORECASE)
_PAGE = re.compile("WebPage", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """``published`` is as the page writes it, a tag such as "de" in ``language``; ``paid`` where it says so itself."""

    published: str | None
    language: str | None
    paid: bool


def read_facts(tree: Any, url: str | None) -> Facts:
    """The facts of a parsed page, whose address is ``url``."""
    language = tree.get("lang") or tree.get("xml:lang")
    objects = list(_linked_data(tree))
    own = _own_elements(tree)
    stated = _agreed(_linked_days(objects), language) or next(_stated_days(tree), None)
    beside = stated or _agreed(_marked_days(tree, own), language) or _day_beside_text(own, language)
    return Facts(beside or _day_in_address(url), language, _is_paid(tree, objects))


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of the page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", ""):
            try:
                waiting = deque([json.loads(script.text or "", strict=False)])
            except (ValueError, RecursionError):
                continue
            while waiting:
                value = waiting.popleft()
                if isinstance(value, list):
                    waiting.extend(value)
                elif isinstance(value, Mapping):
                    yield value
                    waiting.extend(item for key, item in value.items() if key in ("@graph", "mainEntity", "hasPart"))


def _linked_days(objects: list[Mapping[str, Any]]) -> list[str]:
    """The days of publication in the JSON-LD of articles, or of the page where it tells of no article."""
    for kind in (_ARTICLE, _PAGE):
        days = [value.get("datePublished") for value in objects if kind.search(str(value.get("@type", "")))]
        if found := [day for day in days if isinstance(day, str) and day.strip()]:
            return found
    return []


def _stated_days(tree: Any) -> Iterator[str]:
    """The days that the page's head calls those of publication, in its order."""
    for element in tree.iter("meta"):
        names = [element.get(key, "") for key in ("property", "name", "http-equiv")]
        if day := _published(element, names):
            yield day


def _marked_days(tree: Any, own: list[Any]) -> list[str]:
    """The days of the elements that are marked as those of publication: within the article, else beside it."""
    inside = set(own)
    found = [
        (element in inside, day)
        for element in tree.iter("*")
        if (day := _published(element, [element.get("itemprop", "")]))
        and (element in inside or not _is_others(element))
    ]
    return [day for within, day in found if within] or [day for _, day in found]


def _published(element: Any, names: list[str]) -> str:
    """The day of an element with these names, where one of them says that it is that of publication; else ""."""
    named = any(map(_PUBLISHED.search, names)) or (element.tag == "time" and "pubdate" in element.attrib)
    if not named or any(map(_CHANGED.search, names)):
        return ""
    return str(element.get("content") or element.get("datetime") or _text(element)).strip()


def _agreed(days: list[str], language: str | None) -> str | None:
    """The day that all of these name, as the first writes it; one that cannot be read where no other can be, too."""
    read: dict[object, str] = {}
    for written in days:
        try:
            read.setdefault(read_day(written, language), written)
        except ValueError:
            continue
    if len(read) > 1 or not days:
        return None
    return next(iter(read.values()), days[0])


def _own_elements(tree: Any) -> list[Any]:
    """The elements of the page's first article, or of the whole page where none is marked, without others' words."""
    article = next((e for e in tree.iter("article", "main") if not _is_others(e)), tree)
    found, waiting = [], [article]
    while waiting:
        element = waiting.pop()
        if element is article or not _holds_others(element):
            found.append(element)
            waiting.extend(reversed(element))
    return found


def _is_others(element: Any) -> bool:
    return any(map(_holds_others, (element, *element.iterancestors())))


def _holds_others(element: Any) -> bool:
    """Whether an element holds another article, as what stands aside or below does, or comments."""
    if element.tag in ("html", "body"):
        return False
    marks = (element.get(key, "") for key in ("class", "id", "itemprop", "itemtype"))
    return element.tag in ("aside", "footer") or any(map(_COMMENT.search, marks))


def _day_beside_text(own: list[Any], language: str | None) -> str | None:
    """The day that all dated elements beside the text agree on."""
    days: dict[object, str] = {}
    looked_at = 0
    for element in own:
        marked = " ".join((element.get("class", ""), element.get("id", ""), element.get("itemprop", "")))
        if element.tag != "time" and not _DATED.search(re.sub(r"[-_]", " ", marked)):
            continue
        looked_at += 1
        if looked_at > _DATES:
            return None
        written = element.get("datetime") or _text(element)
        around = _around(element)
        if _within_sentence(element, around) or _CHANGED.search(f"{marked} {around}"):
            continue
        try:
            days[read_day(written, language)] = written
        except ValueError:
            continue
    days.pop(None, None)
    return next(iter(days.values())) if len(days) == 1 else None


def _around(element: Any) -> str:
    """The words that stand with an element in one line, its own among them."""
    parent = element.getparent()
    if parent is None or any(child.tag in BLOCKS for child in parent):
        return _text(element)
    return _text(parent)


def _within_sentence(element: Any, around: str) -> bool:
    """Whether words go on behind an element, or those ``around`` it are too many for a label or end as a sentence."""
    goes_on = bool(re.search(r"\w", element.tail or ""))
    return goes_on or len(around) > len(_text(element)) + _LABEL or around.endswith((".", "!", "?"))


def _day_in_address(url: str | None) -> str | None:
    """The day in an address such as "/2031/03/04/tide" or "/2031/mar/04/tide"."""
    found = _IN_ADDRESS.search(url or "")
    return " ".join(reversed(found.groups())) if found and found[2].isalpha() else found and "-".join(found.groups())


def _is_paid(tree: Any, objects: list[Mapping[str, Any]]) -> bool:
    if any(str(value.get("isAccessibleForFree", "")).casefold() == "false" for value in objects):
        return True
    tiers = [e.get("content", "") for e in tree.iter("meta") if e.get("property") == "article:content_tier"]
    return any(tier.casefold() in ("locked", "metered") for tier in tiers)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
