"""Text behind its disguises: characters that look like others, letters cut up, turned round or encoded.

``folded`` gives one form to what looks the same; ``unmasked`` gives what a text may say behind a disguise.
"""

from __future__ import annotations

import base64
import codecs
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from html import unescape
from itertools import accumulate
from urllib.parse import unquote

from rag.text import DASHES, DOUBLE_MARKS, INVISIBLE, SINGLE_MARKS

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢıɑɡℓ", "abcdefghijklmnopqrstuvwyziagl", strict=True))
_LOOKALIKES = str.maketrans(
    "авеѕіјкӏмнорсԁтухһԛԝгѵαβεηικνορτυχγωζμϲϳԍոսցհօ", "abesijklmhopcdtyxhqwrvabenikvoptuxywzucjgnugho"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}\U000e0000-\U000e0fff\u115f\u1160\u3164\uffa0\u17b4\u17b5]")
_IN_FRAMES = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)  # where letters in squares and circles and those of flags begin


def letters(text: str) -> str:
    """``text`` without accents and other marks above and below its letters, compatible letters as one."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace("ß", "ss")


class _Plain(dict[int, str | None]):
    """For ``str.translate``: each character as the plain letters that it stands for; filled as characters turn up."""

    def __missing__(self, code: int) -> str | None:
        self[code] = found = self._plain(chr(code))
        return found

    @staticmethod
    def _plain(character: str) -> str | None:
        if character in "\n\r\t\u2028\u2029\x85\v\f":
            return character if character in "\n\r\t" else "\n"
        if _INVISIBLE.match(character):
            return None
        for plain, marks in (("-", DASHES), ('"', DOUBLE_MARKS), ("'", SINGLE_MARKS)):
            if character in marks:
                return plain
        for first in _IN_FRAMES:
            if first <= ord(character) < first + 26:
                return chr(ord("a") + ord(character) - first)
        return letters(_SMALL_CAPITALS.get(character, character)) or None


_PLAIN = _Plain()


def folded(text: str) -> str:
    """``text`` in plain letters and marks, without what cannot be seen."""
    return text if text.isascii() and not _INVISIBLE.search(text) else text.translate(_PLAIN)


def unfolded(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where ``places`` of ``folded(text)`` stand in ``text``."""
    if not places or len(folded(text)) == len(text):
        return places
    ends = [0, *accumulate(len(_PLAIN[ord(c)] or "") for c in text)]
    return [(bisect_right(ends, start) - 1, bisect_left(ends, end)) for start, end in places]


_TAG = re.compile(r"</?[A-Za-z!][^<>\n]{0,300}>|&#?\w{2,8};|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\[/?[bi]\]")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_MIXED = re.compile("(?=[^\\W\\d_])[\u0370-\u052f\u0560-\u0588]")
_LEET = re.compile(r"(?<=[a-z])[013457@$!|]+(?=[a-z])|\b[1@0!](?=[a-z]{2})")
_LEETS = str.maketrans("013457@$!|", "oieastasil")
_SPACED = re.compile(r"(?<!\w)\w(?:[ .\-_*/,|+~\u00b7]{1,3}\w(?!\w)){11,}")
_TELLTALES = (
    "instructions ignore answer prompt quote disregard assistant passage system reply respond".split()
)  # one of them is in any order that is worth a disguise
_TURNED = tuple(
    re.compile(rf"\b(?:{'|'.join(map(turned, _TELLTALES))})\b")
    for turned in (lambda word: codecs.encode(word, "rot13"), lambda word: word[::-1])
)


def unmasked(folded: str) -> Iterator[tuple[str, int, int]]:
    """What ``folded`` says behind a disguise, in small letters, and where the disguise stands."""
    low = folded.lower()
    if not folded.isascii() and _MIXED.search(low):
        yield low.translate(_LOOKALIKES), 0, len(low)
    if len(_LEET.findall(low)) > 2:
        yield _LEET.sub(lambda match: match.group().translate(_LEETS), low), 0, len(low)
    if pieces := [match.span() for match in _TAG.finditer(folded)]:
        bare = _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16)), folded)
        yield _TAG.sub("", unescape(bare).translate(_PLAIN)).lower(), pieces[0][0], pieces[-1][1]


def scrambled(folded: str) -> Iterator[tuple[int, int]]:
    """Where words of orders are cut into letters, turned round or encoded; no news does that, so it counts alone."""
    low = folded.lower()
    for match in _SPACED.finditer(low):
        if any(word in re.sub(r"\W|_", "", match.group()) for word in _TELLTALES):
            yield match.span()
    for pattern in _TURNED:
        if (turned := pattern.search(low)) and len(pattern.findall(low)) > 1:
            yield turned.span()
    if _BLOB_GATE.search(folded):
        for blob, decode in _BLOBS:
            yield from (match.span() for match in blob.finditer(folded) if _reads(match.group(), decode))


_BLOB_GATE = re.compile(r"\S{24}|(?:\d{2,3}[ ,]{1,2}){10}|(?:[0-9a-fA-F]{2}[ ,:]){10}|(?:[01]{8} ){3}")
_READABLE = re.compile(r"\b[A-Za-z]{2,20}[ ,.:] ?[A-Za-z]{1,20}[ ,.:] ?[A-Za-z]{2,20}")
_BLOBS: tuple[tuple[re.Pattern[str], Callable[[str], bytes]], ...] = (
    (re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/\-_]{24,}={0,2}"), lambda blob: _from_base64(blob.rstrip("="))),
    (re.compile(r"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ ,:]?){14,}"), lambda blob: _from_hex(blob)),
    (re.compile(r"(?:[01]{8} ?){10,}"), lambda blob: bytes(int(octet, 2) for octet in re.findall("[01]{8}", blob))),
    (re.compile(r"(?:%[0-9a-fA-F]{2}|[A-Za-z+]){16,}"), lambda blob: _from_url(blob)),
    (re.compile(r"(?:\b\d{2,3}[ ,]{1,2}){14,}"), lambda blob: bytes(int(code) for code in re.findall(r"\d+", blob))),
    (re.compile(r"[A-Z2-7]{32,}={0,6}"), lambda blob: base64.b32decode(blob + "=" * (-len(blob) % 8))),
)


def _from_base64(blob: str) -> bytes:
    return base64.b64decode(blob.translate({ord("-"): "+", ord("_"): "/"}) + "=" * (-len(blob) % 4))


def _from_hex(blob: str) -> bytes:
    return bytes.fromhex(re.sub(r"0x|\\x|[ ,:]", "", blob))


def _from_url(blob: str) -> bytes:
    text = unquote(blob.replace("+", " "))
    return text.encode() if any(word in text.lower() for word in _TELLTALES) else b""


def _reads(blob: str, decode: Callable[[str], bytes]) -> bool:
    try:
        text = decode(blob).decode()
    except (ValueError, OverflowError):  # binascii.Error is a ValueError
        return False
    return text != blob and _READABLE.search(text) is not None
