"""Articles whose attributions people marked, in the brat format of PolNeAR (Newell et al. 2018), and what follows from
the marks for a span: its voice, speaker and cue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError
from rag.records import Voice
from rag.text import quotations

Offsets = tuple[int, int]

_SPAN = re.compile(r"^(T\d+)\t(\w+) ([\d ;]+)\t", re.MULTILINE)
_EVENT = re.compile(r"^E\d+\t(.*)", re.MULTILINE)
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")  # ends the name of a file of marks
_MOSTLY = 0.5  # share of a span that has to lie in what somebody said


@dataclass(frozen=True, slots=True)
class Attribution:
    """One marked attribution: the pieces of its content, source and cue; a source may be missing."""

    content: tuple[Offsets, ...]
    source: tuple[Offsets, ...] = ()
    cue: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """What the marks say of a span: ``source`` and ``cue`` of the innermost attribution that holds most of it, and
    ``outer``, the source of the outermost where that is another."""

    voice: Voice
    source: Offsets | None = None
    cue: Offsets | None = None
    outer: Offsets | None = None


class MarkedArticle:
    """The text of an article and its attributions, of all annotators together."""

    def __init__(self, name: str, text: str, attributions: Sequence[Attribution]) -> None:
        self.name = name
        self.text = text
        self.attributions = attributions
        self.quotations = quotations(text)
        self._quoted = _mask(len(text), self.quotations)
        self._said = [
            (_mask(len(text), one.content), _mask(len(text), (*one.source, *one.cue)), one) for one in attributions
        ]

    def gold(self, start: int, end: int) -> Gold:
        """What the marks say of ``start:end``. A span of which less than half was said by somebody, the words of
        source and cue not counted, is the article's own; else it is direct if half of what was said is quoted."""
        held: list[tuple[int, Attribution]] = []
        for content, frame, one in self._said:
            said = int(content[start:end].sum())
            own = end - start - int((frame & ~content)[start:end].sum())
            if said and said >= _MOSTLY * own:
                held.append((int(content.sum()), one))
        if not held:
            return Gold("article")
        held.sort(key=lambda pair: pair[0])
        inner = held[0][1]
        content = _mask(len(self.text), inner.content)[start:end]
        direct = 2 * int((content & self._quoted[start:end]).sum()) >= int(content.sum())
        source = inner.source[0] if inner.source else None
        outer = next((o.source[0] for _, o in reversed(held[1:]) if o.source and o.source[0] != source), None)
        return Gold(
            "direct" if direct else "reported",
            source,
            inner.cue[0] if inner.cue else None,
            outer if source else None,
        )


def read_marked(folder: Path) -> Iterator[MarkedArticle]:
    """The articles of ``folder``, which has text/*.txt and attributions/*.ann; InputError where it has none.

    A text without marks is an article in which nobody says anything; marks without a text are an error.
    """
    texts = {path.stem: path for path in sorted((folder / "text").glob("*.txt"))}
    marks: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem if path.stem in texts else _ANNOTATOR.sub("", path.stem)
        if name not in texts:
            raise InputError(f"{path} marks a text that is missing: expected {folder / 'text' / name}.txt.")
        marks[name].append(path)
    if not marks:
        raise InputError(f"{folder} holds no marked articles: expected text/*.txt and attributions/*.ann (brat).")
    for name, path in texts.items():
        found = [one for file in marks[name] for one in _attributions(_read(file))]
        yield MarkedArticle(name, _read(path), found)


def _attributions(marks: str) -> Iterator[Attribution]:
    spans = {
        match[1]: tuple((int(a), int(b)) for a, b in (piece.split() for piece in match[3].split(";")))
        for match in _SPAN.finditer(marks)
    }
    for event in _EVENT.finditer(marks):
        roles: dict[str, tuple[Offsets, ...]] = defaultdict(tuple)
        for role, name in (argument.split(":") for argument in event[1].split()):
            roles[re.sub(r"\d+$", "", role)] += spans.get(name, ())
        if roles["Content"]:
            yield Attribution(roles["Content"], roles["Source"], roles["Cue"])


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()  # not read_text, which would turn \r\n into \n under the offsets
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{str(path)!r} cannot be read: {error}") from error


def _mask(length: int, spans: Sequence[Offsets]) -> NDArray[np.bool_]:
    mask = np.zeros(length, np.bool_)
    for start, end in spans:
        mask[start:end] = True
    return mask
