"""Sentences that give orders to a language model, by the wordings of ``rag.drafting.order_rules``.

An order counts where it is given to the reader, not where an article tells of one ("he told it to ignore its rules").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.drafting.order_rules import ENGLISH, GATE, OTHERS

_RULES = {name: re.compile(pattern) for name, pattern in ENGLISH.items()}
_QUOTABLE = frozenset(  # what articles about orders to models quote
    "ignore/ignore above/ignore all above/forget all/you are now/pretend/play/reveal/you model/mode/answer"
    " with/do not answer"
    "/your draft/say this/given you/your rules/instructions void".split("/")
)
_GATE = re.compile(GATE)
_FOREIGN = re.compile("[\u0370-\u05ff\u0621-\u06ff\u0900-\u097f\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_FOREIGN_GATE = re.compile(
    r"\b(?:ignor|missacht|vergiss|vergess|ubergeh|anweisung|sprachmodell|ki\b|ia\b|chatbot|assist"
    r"|antwort|zitier|zitat|du bist|sie sind|von nun|ab jetzt"
    r"|oubli|consigne|modele|repon[sd]|reponse|citation|cite|tu es|vous etes|desormais|a partir"
    r"|inteligenc|intelligenz|intelligenc|olvid|descart|instruc|istruz|indica"
    r"|modelo|modell|asistent|respuesta|respond|contest|ahora|cita|dimentic|rispo|ora sei|adesso"
    r"|d ora|da ora|esque|desconsider|linguag|resposta|agora|negeer|vergeet|instructie"
    r"|taalmodel|je bent|u bent|vanaf nu|citaat|citeer|bericht|zahl|summe|betrag|robo|sistem|system"
    r"|geautomat|nur\b|bedrag|gefragt|fragt|interroge|demande|pregunt|chied|perguntar|vraag|zignor"
    r"|talimat|abaikan|bo qua|ohje|utasit|pokyn|glom|glem)"
)
_LATIN = frozenset({"de", "fr", "es", "it", "pt", "nl"})
_ENGLISH = re.compile(  # an English sentence in which words of another language seem to stand
    r"\b(?:the|and|of|that|is|was|with|he|its?|his|her|their|your|our|previous|by|this|to|from|she"
    r"|they|who|are|for|on|at|small|or|my|be|not|but)\b"
)
_END = re.compile(r"""(?<![.!?])[.!?]+["')\]*]{0,9}\s+|\n[ \t\r]*\n\s*|[。！？؟]+""")
_NOT_WORD = re.compile(r"[^\w]+")
_SHORT, _LONG, _STEP = 50, 900, 600  # characters: a shorter sentence is read with the next, a longer one in pieces


def worded(low: str) -> Iterator[tuple[int, int, str]]:
    """Where words of folded text in small letters give orders, by which rule; at most one of each sentence."""
    for start, end in _stretches(low):
        piece = low[start:end]
        if (rule := _rule(piece)) is not None:
            yield start, end, rule


def _rule(piece: str) -> str | None:
    """The rule that finds an order in a sentence in small letters."""
    english = _GATE.search(piece) is not None
    foreign = bool(_FOREIGN_GATE.search(piece)) or (not piece.isascii() and bool(_FOREIGN.search(piece)))
    if not english and not foreign:
        return None
    words = _words(piece)
    if english:
        for name, rule in _RULES.items():
            if (found := rule.search(words)) and not (name in _QUOTABLE and _told(words, found.start())):
                return name
    if foreign:
        for language, rule in OTHERS.items():
            if (found := rule.search(words)) and not (
                language in _LATIN and _ENGLISH.search(_near(words, *found.span()))
            ):
                return language
    return None


def _near(words: str, start: int, end: int) -> str:
    found = words[start:end].lstrip('.,:" ')
    return words[: end - len(found)].rpartition(". ")[2][-12:] + found


def _stretches(low: str) -> Iterator[tuple[int, int]]:
    """Sentences, short ones with what follows, long ones in pieces that overlap."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(low)), len(low)]:
        if end - start < _SHORT and end < len(low):
            continue
        if end - start <= _LONG:
            yield start, end
        else:
            yield from ((at, min(at + _LONG, end)) for at in range(start, end, _STEP))
        start = end


def _words(piece: str) -> str:
    return _NOT_WORD.sub(_mark, piece.replace("'", "").replace("_", " ")).lstrip()


def _mark(match: re.Match[str]) -> str:
    run = match.group()
    if run == " ":
        return run
    if '"' in run:
        return '" '
    if any(c in run for c in ".!?。！？؟"):
        return ". "
    if any(c in run for c in ":=>\n：|#"):
        return ": "
    return ", " if any(c in run for c in ",;()-–—[]<、，；*{}/") and run != "-" else " "


# An article about orders to models quotes some: "typed", "the prompt" before the quotation.
_TELLS = re.compile(
    r"\b(?:typed?|types|typing|entered|prompt|prompts|prompted|wrote|writes|writing|text|message"
    r"|messages|tweet|replied|replies|reply|asked|told|phrase|phrases|words|command"
    r"|commands|such as|like|instructed|instructing|hidden|reads|posted|comment|comments|saying"
    r"|said|says|called|put it|request|requests|added|instruction|instructions|line|sentence)\b"
)


def _told(words: str, at: int) -> bool:
    """Whether the order at ``at`` stands in quotation marks that a narrator opens: then an article tells of it."""
    opened = words[at : at + 1] == '"' or words[:at].endswith('" ')
    if not opened and words.count('"', 0, at) % 2 == 0:
        return False
    before, after = words[: words.find('"')], words[words.rfind('"') :]
    return any(_TELLS.search(side) and about.search(side) for side, about in ((before, _ABOUT), (after, _MACHINE)))


_MACHINE = re.compile(r"\b(?:ai|chatbots?|bots?|chatgpt|gpt|language model|assistant|prompts?)\b")
_ABOUT = re.compile(
    r"\b(?:ai|chatbots?|bots?|chatgpt|gpt|model|models|assistant|prompts?|he|she|they|researchers?"
    r"|users?|hackers?|attackers?|students?|who|i|we)\b"
)
