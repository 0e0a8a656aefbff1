"""The changes that make true words false: each maker finds those of its kind in a piece of an article."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from eval.forging.forged_words import (
    AUXILIARIES,
    CURRENCIES,
    HEADS_LISTED,
    INSERTED,
    MONTHS,
    NUMBERS,
    OPPOSITES,
    ORDINALS,
    PARTS,
    POINTS,
    SYNONYMS,
    TAILS_LISTED,
    UNITS,
    WEEKDAYS,
)
from eval.forging.material import WORD, Material, strangers
from rag.text import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Change:
    """Put ``new`` in place of the characters ``start`` to ``end`` of a piece."""

    start: int
    end: int
    new: str


Maker = Callable[[str, Material, random.Random], Iterator[Change]]

_NEGATION = re.compile(
    r"\b(?:(?P<can>ca)n['’]t|(?P<will>wo)n['’]t|\w+(?P<nt>n['’]t)|(?P<not>can(?=not\b)not|(?:not|never)\s)"
    r"|(?P<word>no one|nobody|nothing|none|nowhere|neither|nor|without|unable|unlikely|impossible|no(?=\s\w)))\b",
    re.IGNORECASE,
)
_POSITIVE = {
    "no one": "someone",
    "nobody": "somebody",
    "nothing": "something",
    "none": "some",
    "nowhere": "somewhere",
    "neither": "either",
    "nor": "and",
    "without": "with",
    "unable": "able",
    "unlikely": "likely",
    "impossible": "possible",
    "no": "",
}
_AUXILIARY = re.compile(rf"\b(?:{'|'.join(AUXILIARIES)})\b(?!n['’]t)(?!\s+(?:not|never|no)\b)")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_DATE = re.compile(
    rf"\b(?:(?P<month>{'|'.join(MONTHS)})|(?P<weekday>{'|'.join(WEEKDAYS)})|(?P<year>(?:19|20)\d\d)|(?P<day>[0-3]?\d))\b"
)
_BESIDE_MONTH = re.compile(rf"(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?\s$")
_MONTH_BEHIND = re.compile(rf"\s(?:{'|'.join(MONTHS)})\b")
_PERCENT = re.compile(r"(?<=\d)\s?(?:percent\b|per cent\b|%)")
_CURRENCY = re.compile(rf"[{CURRENCIES}](?=\d)")
_CLOSING = ".,;:!?…'’\"” \n"  # what ends a quote beside its words


def negation_dropped(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for match in _NEGATION.finditer(text):
        start, end = match.span()
        if match["can"]:
            yield Change(start, end, "can")
        elif match["will"]:
            yield Change(start, end, "will")
        elif match["nt"]:
            yield Change(match.start("nt"), end, "")
        elif match["word"]:
            positive = _POSITIVE[match["word"].lower()]
            yield Change(start, end, positive) if positive else Change(start, _over_space(text, end), "")
        else:
            yield Change(start, end, "can" if text[start:end].lower() == "cannot" else "")


def negation_added(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for match in _AUXILIARY.finditer(text):
        yield Change(match.end(), match.end(), chance.choice([" not", " not", " never", " no longer"]))


def polarity_flipped(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    yield from _from_table(text, OPPOSITES, chance)


def synonym(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    yield from _from_table(text, SYNONYMS, chance)


def number_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for match in _NUMBER.finditer(text):
        yield Change(*match.span(), _other_number(match.group(), chance))
        if mark := re.search(r"[.,]", match.group()):  # "250" of "1,250", "75" of "2.75"
            yield Change(match.start(), match.start() + mark.end(), "")
    for word in WORD.finditer(text):
        for group in (NUMBERS, ORDINALS, *PARTS):
            if word.group().lower() in group:
                yield Change(*word.span(), _like(word.group(), _other(group, word.group().lower(), chance)))


def date_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for match in _DATE.finditer(text):
        found = match.group()
        if match["month"] or match["weekday"]:
            yield Change(*match.span(), _other(MONTHS if match["month"] else WEEKDAYS, found, chance))
        elif match["year"]:
            yield Change(*match.span(), str(int(found) + chance.choice([-10, -2, -1, 1, 2, 10])))
        elif _BESIDE_MONTH.search(text[: match.start()]) or _MONTH_BEHIND.match(text, match.end()):
            yield Change(*match.span(), _other([str(day) for day in range(1, 29)], found, chance))


def name_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for name in material.names:
        start, end = text.find(name), text.find(name) + len(name)
        if start < 0 or text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            continue
        if others := [other for other in material.names if strangers(name, other)]:
            yield Change(start, end, chance.choice(others))


def unit_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for word in WORD.finditer(text):
        for group in UNITS:
            if word.group().lower() in group:
                yield Change(*word.span(), _like(word.group(), _other(group, word.group().lower(), chance)))
    for match in _PERCENT.finditer(text):
        if not text.startswith(POINTS[-7:], match.end()):
            yield Change(*match.span(), POINTS)
    for match in _CURRENCY.finditer(text):
        yield Change(*match.span(), _other(list(CURRENCIES), match.group(), chance))


def order_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    """Two neighbouring words of meaning swapped, or two clauses, or the halves around an ellipsis."""
    words = list(WORD.finditer(text))
    for one, other in pairwise(words):
        pair = (one.group(), other.group())
        if text[one.end() : other.start()] == " " and all(_has_meaning(word) for word in pair):
            yield Change(one.start(), other.end(), f"{pair[1]} {pair[0]}")
    body = text.rstrip(_CLOSING)
    halves = body.split(", ")
    if len(halves) == 2 and min(len(half.split()) for half in halves) >= 3:
        yield Change(0, len(body), f"{halves[1]}, {halves[0]}")
        yield Change(0, len(body), f"{halves[1]} … {halves[0]}")


def tail_invented(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    end = len(text.rstrip(_CLOSING))
    yield Change(end, len(text), " " + chance.choice(TAILS_LISTED))
    if material.sentences:  # true words, but from elsewhere in the article
        yield Change(end, len(text), " " + " ".join(chance.choice(material.sentences).text.split()[1:6]))


def head_invented(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    yield Change(0, 0, chance.choice(HEADS_LISTED) + " ")


def word_inserted(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for word in list(WORD.finditer(text))[1:]:
        yield Change(word.start(), word.start(), chance.choice(INSERTED) + " ")


def word_dropped(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    words = list(WORD.finditer(text))
    for i in range(2, len(words) - 2):
        last = min(i + chance.choice([0, 0, 0, 1, 3]), len(words) - 3)
        if text[words[i].start() - 1] == " ":
            yield Change(words[i].start() - 1, words[last].end(), "")


MAKERS: dict[str, Maker] = {
    "negation dropped": negation_dropped,
    "negation added": negation_added,
    "polarity flipped": polarity_flipped,
    "number changed": number_changed,
    "date changed": date_changed,
    "name changed": name_changed,
    "unit changed": unit_changed,
    "word order changed": order_changed,
    "synonym": synonym,
    "invented tail": tail_invented,
    "invented head": head_invented,
    "word inserted": word_inserted,
    "word dropped": word_dropped,
}


def _from_table(text: str, table: dict[str, tuple[str, ...]], chance: random.Random) -> Iterator[Change]:
    for word in WORD.finditer(text):
        if others := table.get(word.group().lower()):
            yield Change(*word.span(), _like(word.group(), chance.choice(others)))


def _other_number(number: str, chance: random.Random) -> str:
    """The number with one digit changed, or its decimal point moved."""
    if re.fullmatch(r"\d+\.\d+", number) and chance.random() < 0.3:
        whole, decimals = number.split(".")
        return whole + decimals[0] + (f".{decimals[1:]}" if decimals[1:] else "")
    places = [i for i, character in enumerate(number) if character.isdigit()]
    at = chance.choice(places)
    digits = "123456789" if at == 0 else "0123456789"
    return number[:at] + chance.choice([digit for digit in digits if digit != number[at]]) + number[at + 1 :]


def _other(group: list[str], found: str, chance: random.Random) -> str:
    return chance.choice([one for one in group if one != found])


def _like(written: str, word: str) -> str:
    return word[:1].upper() + word[1:] if written[:1].isupper() else word


def _has_meaning(word: str) -> bool:
    return word.isalpha() and len(word) > 2 and word.lower() not in STOP_WORDS


def _over_space(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip())
