"""Genuine quotes in another typography: the words of an article as an editor, a PDF or a keyboard would set them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

from eval.forging.material import Material
from rag.records import Span

Setting = Callable[[str, random.Random], str]

_SPACES = ("\u00a0", "  ", "\u2009", "\u202f", "\n", "\r\n", "\n\n", "\t", " \n ")
_DASHES = ("—", "–", "-", " — ", " – ", "\u2009—\u2009", "―")
_HYPHENS = ("\u2010", "\u2011", "-")
_DOTS = ("…", "...", ". . .", " … ", "\u00a0...")
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_SPACED_DASH = re.compile(r"(?<=\w)(?:\s?[—–]\s?|\s-\s)(?=\w)")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_ELLIPSIS = re.compile(r"(?<!\.)(?:\s?…|\s?\.(?:\s?\.){2}(?!\s?\.))")
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")
_OPENING = re.compile(r"(^|[\s(\[—–-])([\"'])(?=\S)")
_LONGEST = 1_500  # characters of sentences in a row
_CURLY, _STRAIGHT = {"'": "‘", '"': "“"}, str.maketrans("“”„‘’‚", "\"\"\"'''")


def curly(text: str, chance: random.Random) -> str:
    text = _OPENING.sub(lambda match: match[1] + _CURLY[match[2]], text)
    return text.replace('"', "”").replace("'", "’")


def straight(text: str, chance: random.Random) -> str:
    return text.translate(_STRAIGHT)


def spaces(text: str, chance: random.Random) -> str:
    """Some spaces in another form, at least one."""
    parts = text.split(" ")
    where = chance.randrange(len(parts) - 1) if len(parts) > 1 else 0
    return parts[0] + "".join(
        (chance.choice(_SPACES) if i == where or chance.random() < 0.2 else " ") + part
        for i, part in enumerate(parts[1:])
    )


def line_breaks(text: str, chance: random.Random) -> str:
    """Broken into lines of one width, as in a narrow column."""
    width, lines = chance.randint(20, 60), [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def dashes(text: str, chance: random.Random) -> str:
    text = _SPACED_DASH.sub(chance.choice(_DASHES), text)
    return _HYPHEN.sub(chance.choice(_HYPHENS), text)


def ellipses(text: str, chance: random.Random) -> str:
    return _ELLIPSIS.sub(chance.choice(_DOTS), text)


def ligatures(text: str, chance: random.Random) -> str:
    return re.sub("ffi|ffl|ff|fi|fl", lambda match: _LIGATURES[match.group()], text)


def no_ligatures(text: str, chance: random.Random) -> str:
    return re.sub("[ﬀ-ﬄ]", lambda match: unicodedata.normalize("NFKC", match.group()), text)


def soft_hyphens(text: str, chance: random.Random) -> str:
    return _LONG_WORD.sub(lambda match: f"{match.group()[:4]}\u00ad{match.group()[4:]}", text)


def decomposed(text: str, chance: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def composed(text: str, chance: random.Random) -> str:
    return unicodedata.normalize("NFC", text)


SETTINGS: dict[str, Setting] = {
    "curly quotes": curly,
    "straight quotes": straight,
    "spaces": spaces,
    "line breaks": line_breaks,
    "dashes": dashes,
    "ellipses": ellipses,
    "ligatures": ligatures,
    "no ligatures": no_ligatures,
    "soft hyphens": soft_hyphens,
    "accents apart": decomposed,
    "accents composed": composed,
}


def variants(material: Material, chance: random.Random) -> Iterator[tuple[str, str, Span]]:
    """Kind, words and place of genuine quotes, without end where the article has a sentence.

    The kind is the name of the setting that was changed, or "several at once".
    """
    sources = _sources(material)
    while sources:
        source = chance.choice(sources)
        fitting = [name for name, setting in SETTINGS.items() if setting(source.text, chance) != source.text]
        if not fitting:
            return
        chosen = chance.sample(fitting, min(len(fitting), chance.choice([1, 1, 2, 3])))
        words = source.text
        for name in chosen:
            words = SETTINGS[name](words, chance)
        yield chosen[0] if len(chosen) == 1 else "several at once", words, source


def _sources(material: Material) -> list[Span]:
    """Whole sentences, some in a row, and the words of whole quotations that say what they mean alone."""
    article = material.article
    ends = [(one.start, other.end) for one, other in pairwise(material.sentences)]
    rows = [Span(article, start, end) for start, end in ends if start < end <= start + _LONGEST]
    return [*material.sentences, *rows, *(words for words in material.quoted if _is_alone(words))]


_HANGS = re.compile(
    r"\b(?:not|never|no|nor|neither|without|if|unless|whether|den\w+|doubt\w*|false\w*|may|might|could|would|cannot"
    r"|hardly|allegedly|reportedly|apparently|supposedly|perhaps|maybe|possibly|probably|\w+n['’]t)\b",
    re.IGNORECASE,
)


def _is_alone(words: Span) -> bool:
    """Whether quoted words are whole sentences, and nothing before or behind them in their line bears on them."""
    text = words.article.text
    before = text[text.rfind("\n", 0, words.start) + 1 : words.start]
    line_end = text.find("\n", words.end)
    behind = text[words.end + 1 : line_end if line_end >= 0 else len(text)]
    sentence = re.split(r"[.!?][”\"]?\s", before)[-1]
    closed = words.text[-1] in ".!?" or (words.text[-1] == "," and not re.match(r"[^.!?]*[“\"]", behind))
    return words.text[:1].isupper() and closed and not _HANGS.search(sentence) and not _HANGS.search(behind[:80])
