"""False quotes made of true words: spliced, given to another speaker, cut from what they hang on, or made up."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from eval.forging.forgeries import Forgery
from eval.forging.material import WORD, Material, strangers, unlike
from rag.english import is_title
from rag.records import Span, Voices

# What words hang on when it stands right before them, or before "that". A hedge between commas may belong to the words
# before it.
_HEDGE = "(?i:allegedly|reportedly|perhaps|maybe|possibly|probably|apparently|supposedly)"
_HANGING = re.compile(
    r"(?<!\b[Ww]hy )\b(?:not|never|hardly|barely|cannot|\w+n['’]t|(?:may|might|could)(?=\s[a-z]))\s(?=\w)"
    r"(?!of\b|only\b)"
    rf"|(?:^|(?<=\bBut )|(?<=\bAnd )){_HEDGE},?\s|(?<!,\s)\b{_HEDGE}\s(?=\w)"
)
_HANGING_THAT = re.compile(
    r"\b(?:(?:no|little) (?:evidence|proof|indication|sign|suggestion)|den(?:y|ied|ies|ying)|doubts?|doubted|unlikely"
    r"|not (?:true|clear|certain|sure|the case)|untrue|false|unclear|possible|(?:do not|don['’]t) (?:think|believe))"
    r" that\s"
)
_IF_FIRST = re.compile(r"^[“\"]?(?:If(?! anything)|Unless|Provided that|As long as)\s[^,]+,\s(?=[^,]+$)")
_IF_LAST = re.compile(
    r"(?<!\bas)(?<!\beven)(?<!\bonly)(?<!\bor)(?<!\band)(?<!\bbut)(?<!\bthat)(?<![,;:—–-])"
    r"\s(?:if|unless|provided that|as long as|only if)\s[^,;]+,?$"
)
# "He asked if it holds": no condition.
_ASKS = re.compile(
    r"\b(?:ask|wonder|see|saw|know|knew|sure|clear|unclear|question|doubt|determin|tell|told|find|found|decid|check|test"
    r"|learn|matter|car|investigat|examin|consider|debat)\w*(?:\s(?:you|me|us|him|her|them|out))?$"
)
_HEDGE_LAST = re.compile(rf"(?<=\w),?\s{_HEDGE}\W*$")
_FEWEST = 4  # words that a cut leaves
_SPLICED = 12  # words of each speaker at most
_HEARD = 8  # quotations whose speaker is asked for: it is what takes longest

Misquoter = Callable[[Material, "Material | None", Voices, random.Random], Iterator[Forgery]]


def spliced(material: Material, other: Material | None, voices: Voices, chance: random.Random) -> Iterator[Forgery]:
    """The end of one person's words with the start of another's, who is named as neither, one or the other."""
    pairs = unlike(material.attributed)
    chance.shuffle(pairs)
    for between in (" ", " … ", ". ", " [...] "):
        for one, next_one in pairs:
            ours, theirs = one.words.text.rstrip(".,!?").split(), next_one.words.text.split()
            text = " ".join(ours[-chance.randint(3, _SPLICED) :])
            text += between + " ".join(theirs[: chance.randint(3, _SPLICED)])
            claimed = chance.choice([None, one.speaker, next_one.speaker])
            yield Forgery("speakers spliced", text, one.words, claimed, stands="…" in between or "..." in between)


def other_speaker(
    material: Material, other: Material | None, voices: Voices, chance: random.Random
) -> Iterator[Forgery]:
    """True words in the mouth of somebody else whom the article names, or whom another article names."""
    here = set(re.findall(r"\w+", material.article.text.casefold()))
    absent = [name for name in (other.people if other else ()) if not here & set(name.casefold().split())]
    known = [(attributed.words, attributed.speaker) for attributed in material.attributed]
    chance.shuffle(known)
    for words, speaker in [*known, *_heard(material, voices, chance)]:
        present = [name for name in material.people if strangers(name, speaker)]
        for names in (present, absent):
            if names:
                yield Forgery("another speaker", words.text, words, chance.choice(names), stands=True)


def cut(material: Material, other: Material | None, voices: Voices, chance: random.Random) -> Iterator[Forgery]:
    """True words without the negation, hedge or condition that stood before or behind them, or amid them."""
    pieces = list(material.pieces)
    chance.shuffle(pieces)
    for piece in pieces:
        left = [text for text in _cuts(piece.text) if len(WORD.findall(text)) >= _FEWEST]
        if left:
            words = chance.choice(left)
            capital = chance.random() < 0.5
            text = words[:1].upper() + words[1:] if capital else words
            yield Forgery("cut", text, piece, stands=True)


def elided(material: Material, other: Material | None, voices: Voices, chance: random.Random) -> Iterator[Forgery]:
    """True words with a negation or hedge left out behind an ellipsis."""
    pieces = list(material.pieces)
    chance.shuffle(pieces)
    for piece in pieces:
        for match in _HANGING.finditer(piece.text):
            before, after = piece.text[: match.start()], piece.text[match.end() :]
            if min(len(WORD.findall(part)) for part in (before, after)) >= 2:
                yield Forgery("negation elided", f"{before.rstrip()} … {after}", piece, stands=True)


def invented(material: Material, other: Material | None, voices: Voices, chance: random.Random) -> Iterator[Forgery]:
    """Another article's sentence with this one's names, two sentences run together, or a sentence's words shuffled."""
    for piece in chance.sample(material.sentences, len(material.sentences)):
        for source in chance.sample(other.sentences, min(1, len(other.sentences))) if other else ():
            yield Forgery("wholly invented", _renamed(source.text, other, material, chance), piece)
        words = piece.text.split()
        half = len(words) // 2
        chance.shuffle(words)
        yield Forgery("wholly invented", " ".join(words), piece)
        second = chance.choice(material.sentences).text.split()
        text = " ".join([*piece.text.split()[:half], *second[len(second) // 2 :]])
        yield Forgery("wholly invented", text, piece)


MISQUOTERS: dict[str, Misquoter] = {
    "speakers spliced": spliced,
    "another speaker": other_speaker,
    "cut": cut,
    "negation elided": elided,
    "wholly invented": invented,
}


def _heard(material: Material, voices: Voices, chance: random.Random) -> Iterator[tuple[Span, str]]:
    """Quotations whose speaker is established by name, among the first so many in a random order."""
    for words in chance.sample(material.quoted, min(len(material.quoted), _HEARD)):
        speaker = voices(words).speaker
        name = speaker.name if speaker else None
        if name and name[:1].isupper() and not is_title(name.split()[-1]):
            yield words, name


def _cuts(text: str) -> Iterator[str]:
    for pattern in (_HANGING, _HANGING_THAT, _IF_FIRST):
        for match in pattern.finditer(text):
            yield text[match.end() :]
    for pattern in (_IF_LAST, _HEDGE_LAST):
        for match in pattern.finditer(text):
            if not _ASKS.search(text[: match.start()]):
                yield text[: match.start()]


def _renamed(text: str, other: Material | None, material: Material, chance: random.Random) -> str:
    for name in other.names if other and material.names else ():
        if name in text:
            text = text.replace(name, chance.choice(material.names))
    return text
