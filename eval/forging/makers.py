"""False quotes: true words with one change, or true words spliced, in another mouth, cut from what they hang on."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from eval.forging.material import WORD, Material, strangers
from eval.forging.vocabulary import BEGINNINGS, COUNTED, ENDS, MONTHS, NUMBERS, OPPOSITES, UNITS, WEEKDAYS
from rag.records import Span


class Forgery(NamedTuple):
    """A false quote: what was done to the words near ``near``, and whom it claims as their speaker.

    ``stands``: its words do stand there, and are false for what was cut off, or for whose they are.
    """

    kind: str
    text: str
    near: Span
    speaker: str | None = None
    stands: bool = False


Change = tuple[int, int, str]  # put the words in place of the characters from the first to the second
Maker = Callable[[str, Material, random.Random], Iterator[Change]]  # of the changes of a piece
Misquoter = Callable[[Material, "Material | None", random.Random], Iterator[Forgery]]  # with another article

_NEGATION = re.compile(
    r"\b(?:(?P<verb>\w+)n['’]t\b|(?P<word>cannot|nobody|nothing|without|unable)\b|(?:not|never|no longer|no)\s)", re.I
)
_POSITIVE = {"ca": "can", "wo": "will", "cannot": "can", "without": "with", "unable": "able"}
_POSITIVE |= {"nobody": "everybody", "nothing": "something"}
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|has|have|had|should|must|may|might|did|does|do)\b"
    r"(?!['’]|\s+(?:not|never|no)\b)"
)
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")
_DAY = re.compile(rf"\b(?:19|20)\d\d\b|\b[1-3]?\d\b(?=, (?:19|20)\d\d| (?:{'|'.join(MONTHS)}))")  # or a year
_CLOSING = ".,;:!?…'’\"” \n"  # what ends a quote beside its words
# What is cut off where it stands right before the words, and what where it stands before "that".
_BEFORE = re.compile(
    r"(?<=\w\s)(?<!\b[Ww]hy\s)(?:not|never|hardly|rarely|seldom|barely|cannot|\w+n['’]t|may|might|could|would|allegedly"
    r"|reportedly|perhaps|possibly|probably|apparently|(?:refus|fail|declin)(?:e?s|ed) to|unable to)\s(?=[a-z])"
    r"(?!(?:only|just|merely|simply)\b)"
    r"|\b(?:den(?:y|ies|ied)|doubts?|doubted|unlikely|unclear|no (?:evidence|proof)|untrue|false|rumou?rs) that\s"
)
_IF_FIRST = re.compile(r"(?:If|Unless)\s[^,]+,\s(?=[^,]+$)")
_IF_LAST = re.compile(r"\b(?:will|would|can|must)\b[^,;]+[^,;—–](?<! even)(?P<cut>\s(?:if|unless)\s[^,;]+)$")
_ASKS = re.compile(
    r"\b(?:ask|wonder|know|see|sure|clear|decide|determine|check|tell|find out|as|only|what|or|and|but)\w*$"
)
_FEWEST, _SPLICED = 4, 12  # words that a cut leaves, and of each speaker at most


def negation_dropped(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for match in _NEGATION.finditer(text):
        word = match["verb"] or match["word"] or ""
        yield (*match.span(), _like(match.group(), _POSITIVE.get(word.lower(), word)))


def negation_added(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for match in _AUXILIARY.finditer(text):
        yield (match.end(), match.end(), chance.choice([" not", " not", " never"]))


def polarity_flipped(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    yield from _exchanged(text, OPPOSITES, chance)


def number_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    """One digit is another, what stands before a point or comma is gone, or a number in words is another."""
    for match in _NUMBER.finditer(text):
        number = match.group()
        at = chance.choice([i for i, character in enumerate(number) if character.isdigit()])
        yield (*match.span(), number[:at] + _other("123456789", number[at], chance) + number[at + 1 :])
        if mark := re.search(r"[.,]", number):  # "250" of "1,250", "75" of "2.75"
            yield (match.start(), match.start() + mark.end(), "")
    yield from _exchanged(text, [NUMBERS, *COUNTED], chance)


def date_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    yield from _exchanged(text, [MONTHS, WEEKDAYS], chance)
    for match in _DAY.finditer(text):
        yield (*match.span(), str(int(match.group()) + chance.choice([-1, 1, 2, 10])))


def name_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    for name in material.names:
        if name in text and (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)):
            others = [other for other in material.names if strangers(name, other)]
            yield from ((*match.span(), other) for other in chance.sample(others, min(len(others), 1)))


def unit_changed(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    yield from _exchanged(text, UNITS, chance)
    for match in re.finditer(r"[$£€](?=\d)|(?<=\d)(?:\s?%| percent\b)(?! point)", text):
        currency = match.group() in "$£€"
        yield (*match.span(), _other("$£€", match.group(), chance) if currency else " percentage points")


def words_moved(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    """Inner words dropped, two neighbours swapped, or the halves around a comma."""
    words = list(WORD.finditer(text))
    for i in range(2, len(words) - 2):
        last = min(i + chance.choice([0, 0, 1, 3]), len(words) - 3)
        yield (words[i].start(), words[last + 1].start(), "")
    for one, other in pairwise(words):
        if text[one.end() : other.start()] == " " and min(len(one.group()), len(other.group())) > 3:
            yield (one.start(), other.end(), f"{other.group()} {one.group()}")
    body = text.rstrip(_CLOSING)
    halves = body.split(", ")
    if len(halves) == 2 and min(len(half.split()) for half in halves) >= 3:
        yield (0, len(body), chance.choice([", ", " … "]).join(reversed(halves)))


def invented_edge(text: str, material: Material, chance: random.Random) -> Iterator[Change]:
    """Words before or behind, some of them from elsewhere in the article."""
    yield (0, 0, f"{chance.choice(BEGINNINGS)} ")
    elsewhere = [" ".join(span.text.split()[1:6]) for span in chance.sample(material.sentences, 1)]
    yield (len(text.rstrip(_CLOSING)), len(text), f" {chance.choice([*elsewhere, chance.choice(ENDS)])}")


def speakers_spliced(material: Material, other: Material | None, chance: random.Random) -> Iterator[Forgery]:
    """The end of one person's words with the start of another's, who is named as neither, one or the other."""
    pairs = [(a, b) for a, b in pairwise(material.attributed) if strangers(a.speaker, b.speaker)]
    for between in (" ", " … ", ". ", " [...] "):
        for one, second in chance.sample(pairs, len(pairs)):
            ours = one.words.text.rstrip(".,!?").split()[-chance.randint(3, _SPLICED) :]
            text = f"{' '.join(ours)}{between}{' '.join(second.words.text.split()[: chance.randint(3, _SPLICED)])}"
            claimed = chance.choice([None, one.speaker, second.speaker])
            yield Forgery("speakers spliced", text, one.words, claimed, stands=between in (" … ", " [...] "))


def another_speaker(material: Material, other: Material | None, chance: random.Random) -> Iterator[Forgery]:
    """True words in the mouth of somebody else whom the article names, or whom another article names."""
    makers = " ".join([material.article.publisher or "", *material.article.authors])
    here = set(material.article.text.casefold().split())
    absent = [name for name in (other.people if other else ()) if not here & set(name.casefold().split())]
    for words, speaker in chance.sample(material.attributed, len(material.attributed)):
        for names in (material.people, absent):
            if claimed := [name for name in names if strangers(name, f"{speaker} {makers}")]:
                yield Forgery("another speaker", words.text, words, chance.choice(claimed), stands=True)


def cut(material: Material, other: Material | None, chance: random.Random) -> Iterator[Forgery]:
    """True words without the negation, hedge or condition that stood before or behind them, or amid them."""
    for piece in chance.sample(material.pieces, len(material.pieces)):
        if left := [words for words in _cuts(piece.text) if len(WORD.findall(words)) >= _FEWEST]:
            words = chance.choice(left)
            yield Forgery("cut", chance.choice([words, words[0].upper() + words[1:]]), piece, stands=True)


def wholly_invented(material: Material, other: Material | None, chance: random.Random) -> Iterator[Forgery]:
    """Another article's sentence with this one's names, two sentences run together, or a sentence's words shuffled."""
    for piece in chance.sample(material.sentences, len(material.sentences)):
        words, second = piece.text.split(), chance.choice(material.sentences).text.split()
        made = [" ".join([*words[: len(words) // 2], *second[len(second) // 2 :]])]
        made.append(" ".join(chance.sample(words, len(words))))
        if other and other.sentences:
            names = re.compile("|".join(map(re.escape, other.names)) or "$^")
            text = chance.choice(other.sentences).text
            made.append(names.sub(lambda match: chance.choice(material.names or [match.group()]), text))
        yield from (Forgery("wholly invented", text, piece) for text in made)


_CHANGING = [negation_dropped, negation_added, polarity_flipped, number_changed, date_changed, name_changed]
_CHANGING += [unit_changed, words_moved, invented_edge]
_MISQUOTING = [speakers_spliced, another_speaker, cut, wholly_invented]
MAKERS: dict[str, Maker] = {maker.__name__.replace("_", " "): maker for maker in _CHANGING}
MISQUOTERS: dict[str, Misquoter] = {maker.__name__.replace("_", " "): maker for maker in _MISQUOTING}


def changed(kind: str, material: Material, chance: random.Random) -> Iterator[Forgery]:
    """The forgeries of one of ``MAKERS``, one from each sentence or quotation, then a second from each …"""
    made: dict[Span, list[Change]] = {}  # made when it is a piece's turn: few of many are wanted
    pieces = chance.sample(material.pieces, len(material.pieces))
    while pieces:
        for piece in pieces:
            if piece not in made:
                made[piece] = list(MAKERS[kind](piece.text, material, chance))
            if changes := made[piece]:
                yield _forged(kind, piece, changes.pop(chance.randrange(len(changes))), chance)
        pieces = [piece for piece in pieces if made[piece]]


def _forged(kind: str, piece: Span, change: Change, chance: random.Random) -> Forgery:
    """The whole piece, or every third time some words on both sides of the change."""
    start, end, new = change
    before, after = piece.text[:start], piece.text[end:]
    if chance.random() < 1 / 3:
        width = chance.randint(2, 6)
        before = before[[0, *(word.start() for word in WORD.finditer(before))][-width:][0] :]
        after = after[: [*(word.end() for word in WORD.finditer(after)), len(after)][:width][-1]]
    words = f"{before}{new}{after}"
    return Forgery(kind, re.sub(r" {2,}", " ", words).strip(), piece)


def _cuts(text: str) -> Iterator[str]:
    for match in _BEFORE.finditer(text):
        yield text[match.end() :]
        if len(WORD.findall(text, 0, match.start())) > 1:
            yield f"{text[: match.start()].rstrip()} … {text[match.end() :]}"
    if first := _IF_FIRST.match(text):
        yield text[first.end() :]
    if (last := _IF_LAST.search(text)) and not _ASKS.search(text[: last.start("cut")]):
        yield text[: last.start("cut")]


def _exchanged(text: str, groups: Sequence[Sequence[str]], chance: random.Random) -> Iterator[Change]:
    """Words of one group in place of each other; of months and weekdays only those with a capital."""
    for word in WORD.finditer(text):
        for group in groups:
            found = word.group() if group[0][0].isupper() else word.group().lower()
            if found in group:
                yield (*word.span(), _like(word.group(), _other(group, found, chance)))


def _other(group: Sequence[str], found: str, chance: random.Random) -> str:
    return chance.choice([one for one in group if one != found])


def _like(written: str, word: str) -> str:
    return word[:1].upper() + word[1:] if written[:1].isupper() else word
