"""Genuine quotes in another typography: the words of an article as an editor, a PDF or a keyboard would set them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

from eval.forging.material import Material
from rag.records import Span

_SPACES = ("\u00a0", "  ", "\u2009", "\u202f", "\n", "\r\n", "\n\n", "\t", " \n ")
_DASHES = ("—", "–", "-", " — ", " – ", "\u2009—\u2009", "―")
_DOTS = ("…", "...", ". . .", " … ", "\u00a0...")
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_CURLY = {r"(^|[\s(\[—–-])'(?=\S)": r"\1‘", r'(^|[\s(\[—–-])"(?=\S)': r"\1“", '"': "”", "'": "’"}
_DASH = re.compile(r"(?<=\w)(?:\s?[—–]\s?|\s-\s)(?=\w)")
_ELLIPSIS = re.compile(r"(?<!\.)(?:\s?…|\s?\.(?:\s?\.){2}(?!\s?\.))")
_LONGEST = 1_500  # characters of sentences in a row
# Behind a quotation that says alone what it means: nothing more in its line, or only whose it is.
_NO_MORE = re.compile(r"(?:[”\"]|(?<=,)[”\"] (?:(?:he|she|they|[A-Z]\w+) said|said(?: [A-Z]\w+){2})\.)[^\S\n]*(?:\n|$)")


def _curly(text: str, chance: random.Random) -> str:
    for straight, curly in _CURLY.items():
        text = re.sub(straight, curly, text)
    return text


SETTINGS: dict[str, Callable[[str, random.Random], str]] = {
    "curly quotes": _curly,
    "straight quotes": lambda text, chance: re.sub("[“”„‟]", '"', re.sub("[‘’‚]", "'", text)),
    "spaces": lambda text, chance: re.sub(r" (\S+(?: \S+){,3})", lambda m: chance.choice(_SPACES) + m[1], text),
    "line breaks": lambda text, chance: re.sub(rf"(.{{{chance.randint(20, 60)}}}\S*) ", r"\1\n", text),
    "dashes": lambda text, chance: _DASH.sub(chance.choice(_DASHES), text),
    "hyphens": lambda text, chance: re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", chance.choice("\u2010\u2011"), text),
    "ellipses": lambda text, chance: _ELLIPSIS.sub(chance.choice(_DOTS), text),
    "ligatures": lambda text, chance: re.sub("ffi|ffl|ff|fi|fl", lambda m: _LIGATURES[m[0]], text),
    "no ligatures": lambda text, chance: re.sub("[ﬀ-ﬄ]", lambda m: unicodedata.normalize("NFKC", m[0]), text),
    "soft hyphens": lambda text, chance: re.sub(r"([^\W\d_]{4})([^\W\d_]{3})", "\\1\u00ad\\2", text),
    "accents apart": lambda text, chance: unicodedata.normalize("NFD", text),
    "accents composed": lambda text, chance: unicodedata.normalize("NFC", text),
}


def variants(material: Material, chance: random.Random) -> Iterator[tuple[str, str, Span]]:
    """Kind, words and place of genuine quotes, without end where the article has a sentence.

    The kind is the name of the setting that was changed, or "several at once". Quoted are whole sentences, some in a
    row, and whole quotations that begin a line and say alone what they mean.
    """
    article = material.article
    ends = [(one.start, other.end) for one, other in pairwise(material.sentences)]
    rows = [Span(article, start, end) for start, end in ends if start < end <= start + _LONGEST]
    begins = [words for words in material.quoted if words.start < 2 or article.text[words.start - 2] == "\n"]
    sources = [*material.sentences, *rows, *(words for words in begins if _NO_MORE.match(article.text, words.end))]
    while sources:
        words = (source := chance.choice(sources)).text
        fitting = [name for name, setting in SETTINGS.items() if setting(words, chance) != words]
        if not fitting:
            return
        chosen = chance.sample(fitting, min(len(fitting), chance.choice([1, 1, 2, 3])))
        for name in chosen:
            words = SETTINGS[name](words, chance)
        yield chosen[0] if len(chosen) == 1 else "several at once", words, source
