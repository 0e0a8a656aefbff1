"""Whether an article speaks to the language model: gives it orders, fakes a turn of its conversation, hides text from
people or would carry data out.

Such an article is kept from the model altogether, because it can hold the very words that it orders to be quoted.
Wordings are in ``rag.order_rules``; here is what lies around them: disguises taken off, marks that news does not have.
An order counts where it is given to the reader, not where an article tells of one ("he told it to ignore its rules").
"""

# ruff: noqa: E501 -- a pattern is read as one line

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import accumulate
from typing import Literal
from urllib.parse import unquote

from rag.datatypes import Article, Span
from rag.order_rules import ENGLISH, GATE, OTHERS, letters
from rag.plain import DASHES, DOUBLE_MARKS, INVISIBLE, SINGLE_MARKS

OrderKind = Literal["order", "turn", "hidden", "carrier"]
Found = tuple[OrderKind, int, int, str]  # kind, start, end, and the rule that found it


@dataclass(frozen=True, slots=True)
class Order:
    """Words that speak to a language model, and where they stand.

    order: an instruction or an address; turn: a faked message, marker or tool call; hidden: text that people do not
    see; carrier: an image or link that would carry data out. ``rule`` names what found it.
    """

    kind: OrderKind
    span: Span
    rule: str


@lru_cache(maxsize=256)
def order_in(article: Article) -> Order | None:
    """The first sign, by its place, that ``article`` speaks to a model; None where there is none, or no text.

    Title, publisher and authors reach a model too: an order in them has the article's first character as its span.
    Time is linear in the length of all of them.
    """
    if not article.text:
        return None
    for line in (article.title, article.publisher or "", *article.authors):
        if found := first_order(line):
            return Order(found[0], Span(article, 0, 1), found[3])
    found = first_order(article.text)
    return Order(found[0], Span(article, found[1], found[2]), found[3]) if found else None


def first_order(text: str) -> Found | None:
    """Kind, place and rule of the first order in ``text``; None where there is none."""
    folded = _folded(text)
    inside = [*_structure(folded), *_worded(folded.lower()), *_disguised(folded)]
    outside = list(_unseen(text))
    if not inside and not outside:
        return None
    ends = [0, *accumulate(len(_PLAIN[ord(c)] or "") for c in text)] if inside and not text.isascii() else []
    found = outside + [(kind, *_place(ends, start, end), rule) for kind, start, end, rule in inside]
    kind, start, end, rule = min(found, key=lambda one: one[1:3])
    start = min(start, len(text) - 1)
    return kind, start, max(min(end, len(text)), start + 1), rule


def _place(ends: list[int], start: int, end: int) -> tuple[int, int]:
    """Where characters of the folded text stand in the original."""
    if not ends:
        return start, end
    from bisect import bisect_left, bisect_right

    return bisect_right(ends, start) - 1, bisect_left(ends, end)


# --- One form for what looks the same ---------------------------------------------------------------------------------

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢıɑɡℓ", "abcdefghijklmnopqrstuvwyziagl", strict=True))
_LOOKALIKES = str.maketrans(
    "авеѕіјкӏмнорсԁтухһԛԝгѵαβεηικνορτυχγωζμϲϳАВЕЅІЈКМНОРСТУХԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧԍոսցհօ",
    "abesijklmhopcdtyxhqwrvabenikvoptuxywzucjABESIJKMHOPCTYXQWABEZHIKMNOPTYXgnugho",
)
_INVISIBLE = re.compile(f"[{INVISIBLE}\U000e0000-\U000e0fff\u115f\u1160\u3164\uffa0\u17b4\u17b5]")


class _Plain(dict[int, str | None]):
    """For ``str.translate``: each character as the plain letters that it stands for; filled as characters turn up."""

    def __missing__(self, code: int) -> str | None:
        self[code] = found = self._plain(chr(code))
        return found

    @staticmethod
    def _plain(character: str) -> str | None:
        if character in "\n\r\t":
            return character
        if character in "\u2028\u2029\x85\v\f":
            return "\n"
        if _INVISIBLE.match(character):
            return None
        if character in DASHES or character in DOUBLE_MARKS or character in SINGLE_MARKS:
            return "-" if character in DASHES else '"' if character in DOUBLE_MARKS else "'"
        code = ord(character)
        for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):  # letters in squares and circles, and those of flags
            if first <= code < first + 26:
                return chr(ord("a") + code - first)
        return letters(_SMALL_CAPITALS.get(character, character)) or None


_PLAIN = _Plain()


def _folded(text: str) -> str:
    return text if text.isascii() and not _INVISIBLE.search(text) else text.translate(_PLAIN)


# --- Words ------------------------------------------------------------------------------------------------------------

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


def _worded(low: str) -> Iterator[Found]:
    """Orders in words; at most one of each sentence."""
    for start, end in _stretches(low):
        piece = low[start:end]
        if (rule := _rule(piece)) is not None:
            yield "order", start, end, rule


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
    """Whether the order at ``at`` stands in quotation marks that a narrator opens: an article that tells of an order."""
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


# --- Structure --------------------------------------------------------------------------------------------------------

_ROLE = (
    r"(?:system|assistant|user|human|developer|llm|chatgpt|gpt-?\w{0,3}|chatbot|language model|ai"
    r" (?:assistant|model|system|agent)"
    r"|assistant model|end ?user)"
)
_SPEAKS = (
    r"(?:human|user|assistant|ai|bot|model|chatbot|tool|function|claude|gemini|copilot|chatgpt|response"
    r"|instruction|input|prompt)"
)
_MESSAGE = (
    r"(?:message|prompt|note|notice|override|update|instructions?|alert|response|turn|output|command"
    r"|reply|call|error|query|input)"
)
_ELEMENT = (
    r"(?:system|assistant|user|human|developer|instructions?|prompts?|passages?|contexts?|documents?"
    r"|sources?|questions?|query|answers?|tools?|tool_\w{1,20}|function_\w{1,20}"
    r"|functions?|invoke|quotes?|claims?|search_results?|thinking|think|results?|response|output"
    r"|message|untrusted\w{0,20}|data|input|article|im_start|im_end|eos|bos|end|s|important|admin"
    r"|override|note|secret|hidden|rules?|task)"
)
_STRUCTURE: tuple[tuple[OrderKind, str, re.Pattern[str]], ...] = (
    ("turn", "token", re.compile(r"<\|[\w ./-]{1,40}\|>|<\uff5c[^<>\n]{1,40}\uff5c>|\[/?(?:inst|sys)\]|<</?sys>>|<(?:start|end)_of_turn>|\[/?(?:system|user|assistant|tool|available_tools|tool_calls|tool_results)[\w ]{0,20}\]|\\n\\n(?:human|assistant|system):")),
    ("turn", "element", re.compile(rf"</?{_ELEMENT}(?:[ :][^<>\n]{{0,200}})?/?>|\{{\{{ ?#?/?(?:system|user|assistant)[^\n}}]{{0,20}}\}}\}}|={{3,}} ?(?:system|end|begin|new|user|instructions?)\b|-{{3,}} ?(?:system|end of|begin|new instructions?|user|end)\b[^\n]{{0,40}}-{{3,}}")),
    ("turn", "heading", re.compile(rf"(?m)^[ \t>*]{{0,8}}#{{1,6}} ?(?:{_ROLE}|instructions?|response|input|new instructions?|task|prompt|context|override|end|passages?)\b(?: \w{{1,20}})?[ \t]{{0,4}}(?::|$)")),
    ("turn", "role", re.compile(rf"(?m)^[ \t>*_#\[(-]{{0,8}}(?:{_ROLE}(?: ?{_MESSAGE})?|(?:ai|tool|function|model|bot|final|new|admin|root|developer) ?{_MESSAGE})[\])*_ \t]{{0,4}}(?:\([^()\n]{{0,40}}\)[*_ ]{{0,3}})?[:\uff1a>](?!/)")),
    ("turn", "turns", re.compile(rf"(?m)^[ \t>*_#\[-]{{0,8}}{_SPEAKS}[\]*_ \t]{{0,4}}[:\uff1a>][^\n]{{0,600}}\n\s{{0,8}}[>*_#\[-]{{0,8}}{_SPEAKS}[\]*_ \t]{{0,4}}[:\uff1a>]")),
    ("turn", "role in line", re.compile(rf"[.!?\"'>)\]-] {{1,4}}[*_\[]{{0,3}}(?:system|assistant|developer|user|human|ai|tool|model)(?: {_MESSAGE})?[*_\] ]{{0,3}}: ")),
    ("turn", "json", re.compile(r"""["'](?:role|author)["'] ?: ?["'](?:system|user|assistant|tool|developer|function)|["'](?:tool_calls?|function_call|tool_use|tool_use_id|tool_result|tool|function|arguments|claims?|quotes?|passage|speaker|answer|reasons?|instructions?|response|system|prompt|messages|parameters)["'] ?:|\b(?:tool_call|function_call|tool_result|tool_use|tool_response)s?\b""")),
    ("turn", "labels", re.compile(r"(?m)^[\s>*_#-]{0,8}(?:passage|claim|quote|quotation)\b[\s*_]{0,4}\d{0,3}[\s*_]{0,4}[:=][^\n]{0,400}\n{1,3}[\s>*_#-]{0,8}(?:passage|quote|speaker|claim|quotation)\b[\s*_]{0,4}\d{0,3}[\s*_]{0,4}[:=]")),
    ("turn", "label", re.compile(r"(?m)^[\s>*_#-]{0,8}(?:passages|claims|passage \d{1,3}|end of (?:the )?passages?|rules|schema)[ \t*_]{0,4}:|^ {0,3}\[\d{1,2}\] [A-Z][^\n]{10,200}\n[^\n]{3,80}, (?:\d{1,2} \w{3,9} \d{4}|undated)[ \t]*(?:\n|$)")),
    ("hidden", "comment", re.compile(r"<!--(?!\s*(?:/?wp:|more|nextpage|google|\[if))[^\n]{0,2000}|\[(?://|comment|_)\]: ?(?:#|<>)|/\*[^*\n]{20,2000}\*/")),
    ("hidden", "style", re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}[01](?:\.\d)?(?:px|pt|em|rem|%)?\b|opacity\s{0,3}:\s{0,3}0|(?<![\w-])color\s{0,3}:\s{0,3}(?:white|#fff|transparent|rgba?\()|text-indent\s{0,3}:\s{0,3}-|(?:left|top)\s{0,3}:\s{0,3}-\d{3,})")),
    ("hidden", "element", re.compile(r"<\w{1,12} [^<>]{0,200}\b(?:hidden|aria-hidden)\b|<(?:template|noscript|script|style|meta|iframe|object|embed|svg|input|details|title|desc)\b|\\(?:color\{white\}|phantom\{|tiny\b)|\bsr-only\b")),
    ("carrier", "image", re.compile(r"!\[[^\[\]\n]{0,300}\] ?[(\[]|<img\b|!\[\[")),
    ("carrier", "link", re.compile(r"\[[^\[\]\n]{1,300}\]\([ \t]{0,3}<?(?:\w{2,12}:|//|www\.)[^()\s]{1,2000}|\[[^\[\]\n]{1,80}\]: ?<?(?:https?:)?//|<a\s[^<>]{0,300}\bhref\s{0,2}=[^<>]{0,300}[?&]\w{1,30}=|<(?:form|link|button|video|audio|base)\b|(?:javascript|vbscript):\S|data:(?:text|image|application)/")),
    ("carrier", "placeholder", re.compile(r"(?:https?://|www\.)[^\s\"'<>]{0,300}?(?:\{[^{}\n]{0,60}\}|\$\{|<[^<>\n]{1,60}>|\[(?:[^\[\]\n]{1,60})\]|=(?:your|the)?_?(?:answer|question|data|prompt|query|secret|context|conversation|history|summary)\b|[?&](?:prompt|context|conversation|history|secret|leak|exfil\w{0,10}|stolen|answer|question|data|dump|passages?)=)")),
)  # fmt: skip
_STRUCTURE_GATE = re.compile(
    r"[<>\[\]{}=#*\\]|:[ \t*_]*(?:none|hidden)|://|data:|script:|---|_call|_result|_use|_response"
)
_ROLE_GATE = re.compile(
    rf"{_ROLE}[^\n]{{0,60}}[:\uff1a>]|\b(?:passages?|claims?|quote|rules|schema)\b[^\n]{{0,30}}[:=]"
)
_BY_ROLE = frozenset({"labels", "label", "role", "turns", "role in line"})
_NEEDS = {  # literals without which a slower pattern cannot match
    "style": ("none", "hidden", "font-size", "opacity", "color", "indent", "left", "top"),
    "json": ('":', '" :', "':", "' :", "tool_", "function_"),
    "element": ("<", "{{", "===", "---", "\\", "sr-only"),
    "link": ("](", "]: ", "<", "script:", "data:"),
    "placeholder": ("://", "www."),
}


def _structure(folded: str) -> Iterator[Found]:
    """Markers of turns, hidden text and what carries data out."""
    low = folded.lower()
    marked, roles = _STRUCTURE_GATE.search(low), _ROLE_GATE.search(low)
    if not marked and not roles:
        return
    for kind, rule, pattern in _STRUCTURE:
        if (rule in _BY_ROLE and not roles) or (rule in _NEEDS and not any(word in low for word in _NEEDS[rule])):
            continue
        if found := pattern.search(folded if rule == "label" else low):
            yield kind, found.start(), found.end(), rule


_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f")
_UNSEEN = re.compile(
    "[\U000e0001-\U000e00ff]|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}|[\u200b-\u200d\u2060-\u2064\ufeff\u180e]{12,}"
    "|[\u2061-\u2064\u206a-\u206f]{3,}"
)
_UNSEEN_GATE = re.compile("[\u180e\u200b-\u200d\u202d\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
_TURNED = re.compile("[\u202d\u202e]([^\u202c\n]{1,2000})")


def _unseen(text: str) -> Iterator[Found]:
    """Characters that show nothing but are read, and text that shows in another order than it is read."""
    if text.isascii() or not _UNSEEN_GATE.search(text):
        return
    seen = _FLAG.sub(lambda flag: " " * len(flag.group()), text)
    if found := _UNSEEN.search(seen):
        yield "hidden", found.start(), found.end(), "unseen"
    for found in _TURNED.finditer(text):
        if len(re.findall("[A-Za-z]", found.group())) >= 10:  # right-to-left scripts need no turning of Latin words
            yield "hidden", found.start(), found.end(), "turned"
            return


# --- Disguises --------------------------------------------------------------------------------------------------------

_TAG = re.compile(r"</?[A-Za-z!][^<>\n]{0,300}>|&#?\w{2,8};|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\[/?[bi]\]")
_MIXED = re.compile("(?=[^\\W\\d_])[\u0370-\u052f\u0560-\u0588]")
_LEET = re.compile(r"(?<=[a-z])[013457@$!|]+(?=[a-z])|\b[1@0!](?=[a-z]{2})")
_LEETS = str.maketrans("013457@$!|", "oieastasil")
_SPACED = re.compile(r"(?<!\w)\w(?:[ .\-_*/,|+~\u00b7]{1,3}\w(?!\w)){11,}")
_BLOBS: tuple[tuple[re.Pattern[str], Callable[[str], bytes]], ...] = (
    (re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/\-_]{24,}={0,2}"), lambda blob: _based(blob)),
    (
        re.compile(r"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ ,:]?){14,}"),
        lambda blob: bytes.fromhex(re.sub(r"0x|\\x|[ ,:]", "", blob)),
    ),
    (re.compile(r"(?:[01]{8} ?){10,}"), lambda blob: bytes(int(octet, 2) for octet in re.findall("[01]{8}", blob))),
    (re.compile(r"(?:%[0-9a-fA-F]{2}|[A-Za-z+]){16,}"), lambda blob: unquote(blob.replace("+", " ")).encode()),
    (re.compile(r"(?:\b\d{2,3}[ ,]{1,2}){14,}"), lambda blob: bytes(int(code) for code in re.findall(r"\d+", blob))),
    (re.compile(r"[A-Z2-7]{32,}={0,6}"), lambda blob: base64.b32decode(blob + "=" * (-len(blob) % 8))),
)
_BLOB_GATE = re.compile(r"\S{24}|(?:\d{2,3}[ ,]{1,2}){10}|(?:[0-9a-fA-F]{2}[ ,:]){10}|(?:[01]{8} ){3}")
_TELLTALES = (
    "instructions", "ignore", "answer", "prompt", "quote", "disregard", "assistant", "passage", "system", "reply", "respond",
)  # fmt: skip
_ROTATED = re.compile(rf"\b(?:{'|'.join(codecs.encode(word, 'rot13') for word in _TELLTALES)})\b")
_REVERSED = re.compile(rf"\b(?:{'|'.join(word[::-1] for word in _TELLTALES)})\b")
_READABLE = re.compile(r"\b[A-Za-z]{2,20}[ ,.:] ?[A-Za-z]{1,20}[ ,.:] ?[A-Za-z]{2,20}")


def _based(blob: str) -> bytes:
    return base64.b64decode(blob.rstrip("=").translate({45: "+", 95: "/"}) + "=" * (-len(blob.rstrip("=")) % 4))


def _disguised(folded: str) -> Iterator[Found]:
    """Orders in words that are written in other letters, cut up, turned round or encoded."""
    low = folded.lower()
    if not folded.isascii() and _MIXED.search(low):
        yield from _worded(low.translate(_LOOKALIKES))
    if len(_LEET.findall(low)) > 2:
        yield from _worded(_LEET.sub(lambda match: match.group().translate(_LEETS), low))
    if pieces := [match.span() for match in _TAG.finditer(folded)]:
        bare = re.sub(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})", lambda m: chr(int(m[1] or m[2], 16)), folded)
        bare = _TAG.sub("", _folded(unescape(bare))).lower()
        for _, _, _, rule in _worded(bare):
            yield "hidden", pieces[0][0], pieces[-1][1], rule
    for match in _SPACED.finditer(low):
        if any(word in re.sub(r"\W|_", "", match.group()) for word in _TELLTALES):
            yield "hidden", *match.span(), "spaced"
    for pattern in (_ROTATED, _REVERSED):
        if (turned := pattern.search(low)) and len(pattern.findall(low)) > 1:
            yield "hidden", *turned.span(), "turned"
    yield from _encoded(folded)


def _encoded(folded: str) -> Iterator[Found]:
    if not _BLOB_GATE.search(folded):
        return
    for pattern, decode in _BLOBS:
        for match in pattern.finditer(folded):
            try:
                decoded = decode(match.group()).decode()
            except (ValueError, binascii.Error, OverflowError):
                continue
            if (
                decoded != match.group()
                and _READABLE.search(decoded)
                and ("%" not in match.group() or _rule(decoded.lower()))
            ):
                yield "hidden", *match.span(), "encoded"
                break
