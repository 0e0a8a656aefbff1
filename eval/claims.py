"""Claims made of an article's sentences: what a careful writer may say of them, and what says another thing."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from eval.forging import Material, strangers
from rag.drafting import Frame, frames
from rag.english import CONDITION, NEGATION, QUANTITY

Maker = Callable[[str, Material, random.Random], Iterator[str]]  # of the claims that may be made of a text

_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")
_DAY = r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNTS = "two three four five six seven eight nine ten".split()


def _speaker_swapped(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    for frame in frames(text)[:1]:
        others = [name for name in material.people if strangers(name, frame.who)]
        if others:
            yield text.replace(frame.who, chance.choice(others), 1)


def _attribution_dropped(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    for frame in frames(text)[:1]:
        yield as_sentence(text[: frame.start] + " " + text[frame.end :])


def _modality_changed(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"\b(?:may|might|could|would|should|can|must)\b(?! not)", text):
        yield text[: match.start()] + "will" + text[match.end() :]
    for match in re.finditer(r"\b(?:will|would|to) be (?=\w+ed\b)", text):
        yield text[: match.start()] + "was " + text[match.end() :]
    for match in re.finditer(r"\b(?:wants|plans|hopes|expects|wanted|planned|hoped|expected) to\b", text):
        yield text[: match.start()] + "will" + text[match.end() :]


def _hedge_dropped(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    hedges = r"about|around|some|roughly|nearly|almost|more than|less than|fewer than|at least|up to|as many as|over"
    for match in re.finditer(rf"\b(?:{hedges}) (?=[$£€\d]|(?:{'|'.join(_COUNTS)})\b)", text):
        yield text[: match.start()] + text[match.end() :]
    for match in re.finditer(r"\b(?:alleged|suspected|potential|former|likely|possible|allegedly|reportedly) ", text):
        yield text[: match.start()] + text[match.end() :]


def _names_swapped(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    names = [name for name in material.names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if strangers(a, b)]
    for one, other in pairs[:2]:
        yield text.replace(one, "\0", 1).replace(other, one, 1).replace("\0", other)


def _numbers_swapped(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    found = list(_NUMBER.finditer(text))
    if len(found) > 1 and found[0].group() != found[1].group():
        a, b = found[0], found[1]
        yield text[: a.start()] + b.group() + text[a.end() : b.start()] + a.group() + text[b.end() :]


def _tail_cut(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    """Words up to an inner one, where something that binds them stands behind."""
    for match in re.finditer(r",? (?:but|unless|if|until|except|although|though|than|while) ", text):
        if match.start() > 25:
            yield text[: match.start()].rstrip(",") + "."


FALSE: dict[str, Maker] = {
    "speaker swapped": _speaker_swapped,
    "attribution dropped": _attribution_dropped,
    "modality or tense changed": _modality_changed,
    "hedge or limit dropped": _hedge_dropped,
    "parties swapped": _names_swapped,
    "numbers swapped": _numbers_swapped,
    "condition or contrast cut": _tail_cut,
}


def _itself(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    yield text


def _attribution_moved(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    found = frames(text)
    if len(found) != 1 or found[0].verb not in ("say", "tell", "according") or re.search(r"[“”\"]", text):
        return
    content = _bare(text, found[0])
    who = found[0].who
    who = who if len(who.split(",")) == 1 else f"{who},"
    if found[0].place != "first":
        yield f"{_upper(who)} said that {_lower(content)}."
    if found[0].place != "last":
        yield f"{content}, {who} said."
    if not re.fullmatch(r"(?i)he|she|they|it", who):
        yield f"According to {who.rstrip(',')}, {_lower(content)}."


def _aside_left_out(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(r"(?<=[a-z]), (?:who|which|an?) [^,“”\"]{5,80}(?=,)", text):
        if match[0][2:4] not in ("wh",) and not re.search(r"[A-Z]\w+$", text[: match.start()]):
            continue
        if not NEGATION.search(match.group()) and not re.match(r", (?:and|or)", text[match.end() :]):
            yield text[: match.start()] + text[match.end() + (match[0][2:5] in ("who", "whi")) :]


def _time_left_out(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    if NEGATION.search(text) or CONDITION.search(text):
        return
    for match in re.finditer(rf"(?:^{_DAY}, | {_DAY}(?=[.,]))", text, re.IGNORECASE):
        rest = text[: match.start()] + text[match.end() :]
        if not re.search(QUANTITY, rest):
            yield _upper(rest)


def _time_moved(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    simple = not re.search(r"[,;:“”\"]|\b(?:and|but|that|who|which|after|before|to|as|when|if)\b", text[12:])
    if (match := re.match(rf"({_DAY}),? (.+)\.$", text, re.IGNORECASE)) and (simple or "," not in match[2]):
        yield f"{_upper(match[2])} {_kept(match[1])}."
    if (match := re.match(rf"(.+) ({_DAY})\.$", text)) and simple:
        yield f"{_upper(match[2])}, {_lower(match[1])}."


def _number_respelled(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    for match in re.finditer(rf"\b(?:{'|'.join(_COUNTS)})\b", text):
        yield text[: match.start()] + str(_COUNTS.index(match.group()) + 2) + text[match.end() :]
    for match in re.finditer(r"(?<![\w.,$£€-])[2-9](?= \w)", text):
        yield text[: match.start()] + _COUNTS[int(match.group()) - 2] + text[match.end() :]
    if "percent" in text:
        yield text.replace(" percent", "%").replace("percentage", "percentage")


def _reworded(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    for old, new in (
        (" is not ", " isn’t "), (" did not ", " didn’t "), ("n’t ", " not "), (" about ", " around "),
        (" cannot ", " can’t "), (" more than ", " over "),
    ):  # fmt: skip
        counted = old not in (" about ", " more than ") or re.search(old + r"[\d$]", text)
        if old in text and counted and not (old == "n’t " and re.search(r"(?:ca|wo|ai|sha)n’t", text)):
            yield text.replace(old, new, 1)


def _clause_alone(text: str, material: Material, chance: random.Random) -> Iterator[str]:
    if re.search(r"\b(?:if|but|unless|said|says|told|that|according)\b|[“”\"]", text, re.IGNORECASE):
        return
    if match := re.match(r"([^,]{25,}), and (?=(?:the|he|she|it|they|[A-Z][a-z]+)\s)([^,]{25,})$", text):
        yield match[1] + "."
        yield _upper(match[2])


TRUE: dict[str, Maker] = {
    "the sentence itself": _itself,
    "attribution moved": _attribution_moved,
    "aside left out": _aside_left_out,
    "day left out": _time_left_out,
    "day moved": _time_moved,
    "number respelled": _number_respelled,
    "reworded": _reworded,
    "one clause of two": _clause_alone,
}


def _bare(text: str, frame: Frame) -> str:
    return _upper((text[: frame.start] + " " + text[frame.end :]).strip(' ,.“”"'))


def as_sentence(text: str) -> str:
    return _upper(text.strip(' ,“”"').rstrip(".,") + ".")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    first = text.split(" ")[0]
    common = "The A An It He She They There This That These In On At More Some Two Three Many Most His Her Their"
    return text[:1].lower() + text[1:] if first in common.split() else text


def _kept(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:]
