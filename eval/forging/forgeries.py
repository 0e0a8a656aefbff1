"""False quotes made by one change of true words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from eval.forging.changes import Change, Maker
from eval.forging.material import WORD, Material
from rag.records import Span


@dataclass(frozen=True, slots=True)
class Forgery:
    """A false quote: what was done to the words near ``near``, and whom it claims as their speaker.

    ``stands``: its words do stand there, and are false for what was cut off, or for whose they are.
    """

    kind: str
    text: str
    near: Span
    speaker: str | None = None
    stands: bool = False


def changed(kind: str, maker: Maker, material: Material, chance: random.Random) -> Iterator[Forgery]:
    """The forgeries of one kind, one from each sentence or quotation that allows it, then a second from each …"""
    pieces = list(material.pieces)
    chance.shuffle(pieces)
    rest: list[tuple[Span, list[Change]]] = []
    for piece in pieces:
        if changes := list(maker(piece.text, material, chance)):
            chance.shuffle(changes)
            yield _forged(kind, piece, changes.pop(), chance)
            rest.append((piece, changes))
    for piece, changes in rest:
        for change in changes:
            yield _forged(kind, piece, change, chance)


def _forged(kind: str, piece: Span, change: Change, chance: random.Random) -> Forgery:
    text = piece.text
    start, end = _window(text, change, chance)
    before, after = text[start : change.start], text[change.end : end]
    words = re.sub(r" {2,}", " ", f"{before}{change.new}{after}").strip()
    # Where nothing but the first or last words went, the rest stands: it is false for what was cut off.
    cut = not change.new and (not WORD.search(before) or not WORD.search(after))
    if not WORD.search(before):
        words = words[:1].upper() + words[1:]
    return Forgery(kind, words, piece, stands=cut)


def _window(text: str, change: Change, chance: random.Random) -> tuple[int, int]:
    """The whole piece, or every third time some words on both sides of the change."""
    if chance.random() > 1 / 3:
        return 0, len(text)
    before = [word.start() for word in WORD.finditer(text, 0, change.start)]
    after = [word.end() for word in WORD.finditer(text, change.end)]
    width = chance.randint(2, 6)
    return (before[-width:] or [0])[0], (after[:width] or [len(text)])[-1]
