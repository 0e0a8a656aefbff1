"""The names of months, and the order of day and month, in the languages of CLDR."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rag.english import MONTHS

if TYPE_CHECKING:
    from babel import Locale

_REGION = re.compile(r"[-_][A-Za-z]{2}\b")  # of a language's tag


def own_month(word: str, language: str | None) -> int | None:
    """The number of a month by its name, full or cut short, in the language or in English."""
    folded = _folded(word)
    own = _names(tag) if (tag := _known(language)) else {}
    if number := own.get(folded) or english_month(folded):
        return number
    starting = {number for name, number in own.items() if len(folded) >= 3 and name.startswith(folded)}
    return starting.pop() if len(starting) == 1 else None


def any_month(word: str) -> int | None:
    """The number of a month by its name in any language; full names go before short ones."""
    for width in ("wide", "abbreviated"):
        if numbers := _all_names(width).get(_folded(word)):
            if len(numbers) > 1:
                raise ValueError(f"has {word!r}, which names another month in another language")
            return min(numbers)
    return None


def _folded(name: str) -> str:
    """A month's name as names are compared; Turkish KASIM is kasım, whose letters Python folds to two others."""
    return name.casefold().rstrip(".").replace("i\u0307", "i").replace("ı", "i")


def english_month(folded: str) -> int | None:
    """The number of a month by its English name in small letters, full or cut short."""
    if len(folded) < 3:
        return None
    return next((n for n, month in enumerate(MONTHS, 1) if month.casefold().startswith(folded)), None)


@lru_cache(maxsize=64)
def _names(tag: str) -> dict[str, int]:
    """The names of a language's months in small letters, full and short, to their numbers."""
    months = _locale(tag).months
    tables = [months[context][width] for width in ("abbreviated", "wide") for context in ("stand-alone", "format")]
    return {_folded(name): number for table in tables for number, name in table.items()}


@lru_cache(maxsize=2)
def _all_names(width: Literal["wide", "abbreviated"]) -> dict[str, set[int]]:
    """The names of months in all languages of CLDR, each with all that it means; takes a second or two, once."""
    from babel import localedata

    found: dict[str, set[int]] = {}
    for tag in localedata.locale_identifiers():
        if "_" not in tag:
            for table in _locale(tag).months.values():
                for number, name in table[width].items():
                    found.setdefault(_folded(name), set()).add(number)
    return found


def order_of(language: str | None) -> Literal["day", "month"] | None:
    """Which of day and month comes first where the year comes last; None where the language does not say.

    English alone says neither: London and New York write it.
    """
    tag = _known(language)
    if language is None or tag is None:
        return None
    if tag.partition("_")[0] in ("en", "und") and not _REGION.search(language):
        return None
    pattern = _locale(tag).date_formats["short"].pattern
    letters = re.sub(r"'[^']*'|[^dMy]", "", pattern)
    return None if letters.startswith("y") else "day" if letters.startswith("d") else "month"


@lru_cache(maxsize=256)
def _known(language: str | None) -> str | None:
    """The tag by which CLDR knows a language; None where it does not."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language.strip().replace("_", "-"), sep="-")) if language else None
    except (ValueError, UnknownLocaleError):
        return None


def _locale(tag: str) -> Locale:
    from babel import Locale

    return Locale.parse(tag)
