"""The lines of a page of plain text, each with what can be read off it: heading level, source, words and names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import Stemmer

from index.pages.furniture import source_named

_HEADING = re.compile(r"(#{1,6})\s+([^\s#].*)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOP = frozenset(
    re.findall(
        r"\w+",
        """
        about after again against ahead all also amid among and another any are around because been before being
        between both but can could did does doing down during each even ever every first for from get gets got had
        has have having her here him his how into its just know last latest like made make many may more most much
        must need new next not now off old one only other our out over own past people reveals said same say says
        she should show shows since some still such take takes than that the their them then there these they this
        those three through time today told too two under until use very want was way week were what when where
        which while who why will with would year years you your
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page that is not white; ``words`` are stems of content words, ``names`` the capitalised ones."""

    start: int
    end: int
    text: str
    level: int  # of a Markdown heading, else 0
    source: str | None
    gap: int  # line breaks between it and the next line
    words: tuple[str, ...]
    names: tuple[str, ...]
    full: tuple[str, ...]  # last names (stems) that stand behind a first name, as in "Ada Quill"
    lone: tuple[str, ...]  # names that stand alone, as in "Quill"


def read_lines(page: str) -> list[Line]:
    """The lines of ``page`` that are not white, in their order; their offsets count its characters."""
    spans: list[tuple[int, int, int]] = []
    position = number = 0
    for number, raw in enumerate(page.splitlines(keepends=True)):
        if text := raw.strip():
            start = position + raw.index(text)
            spans.append((start, start + len(text), number))
        position += len(raw)
    below = [*(number for _, _, number in spans[1:]), number]
    lines = []
    stem = Stemmer.Stemmer("english").stemWord
    for (start, end, number), following in zip(spans, below, strict=False):
        text = page[start:end]
        heading = _HEADING.fullmatch(text)
        if heading:
            text = heading[2].rstrip("# ") or heading[2]
        level = len(heading[1]) if heading else 0
        lines.append(Line(start, end, text, level, source_named(text), following - number, *_stems(text, stem)))
    return lines


def _stems(text: str, stem: Callable[[str], str]) -> tuple[tuple[str, ...], ...]:
    """Content words, names, full names and lone names, in the order of ``Line``."""
    words: list[str] = []
    names: list[str] = []
    full: list[str] = []
    lone: list[str] = []
    run, run_end = 0, -1  # names in a row, and where the last one ended
    for match in _WORD.finditer(text):
        word = match.group().removesuffix("'s").removesuffix("’s")
        folded = word.casefold()
        if folded in _STOP or not (len(folded) >= 4 or word[:1].isdigit() or (len(word) > 1 and word.isupper())):
            continue
        stemmed = stem(folded)
        words.append(stemmed)
        if word[0].isupper():
            names.append(stemmed)
            run = run + 1 if text[run_end : match.start()] == " " else 1
            if run == 2 and lone and lone[-1] == names[-2]:
                lone.pop()
            if run > 1 or not text[max(0, match.start() - 5) : match.start()].endswith((" the ", "The ")):
                (full if run > 1 else lone).append(stemmed)
            run_end = match.end()
    return tuple(words), tuple(names), tuple(full), tuple(lone)
