"""python -m eval --speakers FOLDER: how often the speaker that is found is the one that people marked, and the voice.

Every passage in quotation marks and every sentence is asked about, as ``rag.quoting.cite`` does. A speaker is right
where the mention overlaps a marked source of the same words; whoever is named where nobody is marked is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from eval.attributions import MarkedArticle, Offsets, read_marked
from rag.progress import status_line
from rag.records import Article, Said, Span, Speaker
from rag.text import sentence_offsets

VOICES = ("article", "direct", "reported")
Finder = Callable[[Span], Said]

_SAYS = (
    "said|says|told|added|asked|wrote|tweeted|warned|argued|insisted|explained|noted|replied|declared|announced|claimed|"
    "continued|recalled|stated|acknowledged|admitted|responded|concluded|suggested|predicted|complained|joked|testified"
)
_NAME = r"(?:(?:[Tt]he|[Aa]n?)\s)?(?:[A-Z][\w.’'-]+\s?){1,5}|[Hh]e|[Ss]he|[Tt]hey"
_AFTER = re.compile(rf"[”\"]?,?[”\"]?\s*(?:(?:{_SAYS})\s(?P<late>{_NAME})|(?P<early>{_NAME})\s*(?:{_SAYS})\b)")
_BEFORE = re.compile(rf"(?P<who>{_NAME})\s*(?:{_SAYS})[^.”\"]{{0,30}}[,:]?\s*[“\"]?$")
_INSIDE = re.compile(rf"(?P<who>{_NAME})\s*(?:{_SAYS})\b")
_REACH = 120  # characters before a quotation in which the rule looks


def plain_rule(span: Span) -> Said:
    """The floor: the subject next to a verb of speech, right after or before a quotation, or in a sentence."""
    text = span.article.text
    before = max(0, span.start - _REACH)
    if found := _INSIDE.search(span.text):
        return Said(span, "reported", _speaker(span.article, span.start, found.span("who")))
    if found := _AFTER.match(text, span.end):
        return Said(span, None, _speaker(span.article, 0, found.span("late" if found["late"] else "early")))
    if found := _BEFORE.search(text[before : span.start]):
        return Said(span, None, _speaker(span.article, before, found.span("who")))
    return Said(span, "article")


def _speaker(article: Article, base: int, place: Offsets) -> Speaker:
    return Speaker(None, Span(article, base + place[0], base + place[1]))


@dataclass
class Tally:
    """Speakers of one kind of words: how many are marked, named, and named rightly."""

    marked: int = 0
    named: int = 0
    right: int = 0

    def add(self, source: Offsets | None, said: Said) -> None:
        self.marked += source is not None
        if said.speaker:
            mention = said.speaker.mention
            self.named += 1
            self.right += source is not None and source[0] < mention.end and mention.start < source[1]

    def scores(self) -> dict[str, float | int | None]:
        return {
            "precision": self.right / self.named if self.named else None,
            "recall": self.right / self.marked if self.marked else None,
            "n": self.marked,
        }


@dataclass
class Measured:
    """What one finder reached over all articles."""

    direct: Tally = field(default_factory=Tally)
    reported: Tally = field(default_factory=Tally)
    confusion: Any = field(default_factory=lambda: np.zeros((3, 3), np.int64))  # marked voice, found voice

    def scores(self) -> dict[str, dict[str, Any]]:
        """The keys of ``--json``."""
        f1 = dict(zip(VOICES, map(float, f1_scores(self.confusion)), strict=True))
        voice = {"macro_f1": sum(f1.values()) / 3, **f1} if self.confusion[:, 1:].sum() else {"macro_f1": None}
        return {"direct": self.direct.scores(), "reported": self.reported.scores(), "voice": voice}


def f1_scores(confusion: Any) -> Any:
    """F1 of every class: 2 TP / (2 TP + FP + FN), 0 where a class neither occurs nor is found."""
    right = np.diag(confusion)
    return 2 * right / np.maximum(confusion.sum(axis=0) + confusion.sum(axis=1), 1)


def measure(folder: Path, finders: dict[str, Finder]) -> dict[str, Measured]:
    """Every finder over the marked articles of ``folder``."""
    results = {name: Measured() for name in finders}
    show = status_line()
    for number, marked in enumerate(read_marked(folder), 1):
        article = Article.of(marked.name, marked.text)
        for name, finder in finders.items():
            _measure(marked, article, finder, results[name])
        show(f"{number} articles", False)
    show("", True)
    return results


def _measure(marked: MarkedArticle, article: Article, finder: Finder, result: Measured) -> None:
    for start, end in marked.quotations:
        result.direct.add(marked.gold(start, end).source, finder(Span(article, start, end)))
    for start, end in sentence_offsets(marked.text):
        gold, said = marked.gold(start, end), finder(Span(article, start, end))
        if said.voice:
            result.confusion[VOICES.index(gold.voice), VOICES.index(said.voice)] += 1
        reported = said if said.voice == "reported" else Said(said.span)
        result.reported.add(gold.source if gold.voice == "reported" else None, reported)


def table(results: Mapping[str, Measured]) -> str:
    """Finders down, scores across, as Markdown; "–" is what a finder does not say."""
    lines = [
        "| speakers found by | direct precision | recall | n | reported precision | recall | n | voice macro-F1 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, measured in results.items():
        scores = measured.scores()
        cells = [scores[kind][key] for kind in ("direct", "reported") for key in ("precision", "recall", "n")]
        lines.append(f"| {name} | " + " | ".join(map(_cell, [*cells, scores["voice"]["macro_f1"]])) + " |")
    return "\n".join(lines)


def _cell(value: float | int | None) -> str:
    return "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"
