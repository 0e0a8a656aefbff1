"""Where the second and later articles of a page begin.

This is decided in two steps, both linear rules over evidence that can be read off the page. A line that has the shape
of a headline is scored by what changes there (words and names of the text before that stop, words of the line that go
on after it, a date line, a source line), and then the page is judged as a whole: round-ups, live blogs and subheads
give many weak or short cuts, several articles give few and strong ones. If in doubt, no cut.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import fmean, median

from index.pages.furniture import LIST_HEADING, SENTENCE_END, is_furniture
from index.pages.lines import Line
from index.pages.shapes import DATE, NEWS_LEAD, ROUNDUP, ends_like_text, is_headline, is_paragraph

_LEAST_WORDS = 45  # content words of the shortest article that is cut off from its neighbours

# Both rules are weighted sums, fitted by logistic regression on one half (first byte of the title's SHA-256 even) of
# Wikinews 2019-2020 and RealTime QA: 700 flat pages joined from two to five articles, half of them akin in names, three
# in five date lines taken away, beside 4,000 single articles. Shares lie in 0..1. ``python -m eval.pages`` measures.
_HEADLINE = {
    "constant": -17.33,
    "in lead": 2.16,
    "further down": 2.24,
    "far down": 2.77,
    "in text above": -4.03,
    "words known": -7.2,
    "names known": -1.42,
    "names kept": 1.94,
    "known by last name": -2.01,
    "old title above": 1.63,
    "old title below": -4.63,
    "old names below": -1.43,
    "log words above": 1.62,
    "log headline words": 2.19,
    "question": -1.94,
    "quotation": -1.19,
    "date line": 4.13,
    "news lead": 1.32,
    "paragraph ended": 1.28,
    "round-up": -2.12,
}
_SEVERAL = {
    "constant": -2.07,
    "mean score": 1.23,
    "log median words": 0.52,
    "title in another": -1.57,
    "first names later": -1.03,
    "candidates left": -2.83,
}
# Absent from those sets, so set by hand: a source line above, a Markdown heading, an empty line below where the page's
# first headline has none (or the reverse), and a source line on top of the page: who writes one collects articles.
_SOURCE_ABOVE, _MARKED, _SET_OTHERWISE, _NAMED_PAGE = 2.5, 3.0, -2.5, 3.0
# A page is judged by its strong cuts; once it is known to hold several articles, weaker headlines are believed too.
_STRONG, _CERTAIN, _WEAK = 0.0, 2.6, -2.5


def later_headlines(lines: Sequence[Line], named: bool) -> list[int]:
    """Where the second and later articles begin; ``lines[0]`` opens the first, under a source line where ``named``.

    A page that opens without a headline shows none later either, and headlines of one page are marked alike.
    """
    if not opens_with_headline(lines):
        return []
    page = _Page(lines, named)
    if not _share(lines[0].words, page.words.below(0, 60)):
        return []  # a byline or the name of a site
    cuts = page.cuts(_STRONG)
    if not cuts or page.several(cuts) < _CERTAIN:
        return []
    return page.cuts(_WEAK)


def opens_with_headline(lines: Sequence[Line]) -> bool:
    """Whether the first of these lines is a headline: there is text below it, and it does not end as text does."""
    first = lines[0]
    if first.level:
        return len(lines) > 1
    return len(lines) > 1 and len(first.text) <= 250 and not ends_like_text(first.text)


class _Page:
    """The lines of a page with the candidates for a headline among them."""

    def __init__(self, lines: Sequence[Line], named: bool) -> None:
        self.lines = lines
        self.named = named
        self.roundup = bool(ROUNDUP.search(lines[0].text))
        self.words = _Run([line.words for line in lines])
        self.names = _Run([line.names for line in lines])
        self.full = _Run([line.full for line in lines])
        self.lone = _Run([line.lone for line in lines])
        shaped = [line.level == lines[0].level and is_headline(line.text) for line in lines]
        self.furniture = [is_furniture(line.text) for line in lines]
        listed = False
        self.candidates: dict[int, int] = {}  # line of the headline: line of its first paragraph
        for at in range(1, len(lines)):
            # Under "Related articles" headlines stand in a row: only the last can have an article below it.
            listed = bool(LIST_HEADING.fullmatch(lines[at - 1].text[:200])) or (listed and shaped[at - 1])
            in_row = listed and at + 1 < len(lines) and (shaped[at + 1] or self.furniture[at + 1])
            if shaped[at] and not in_row:
                below = range(at + 1, min(at + 6, len(lines)))
                paragraph = next((n for n in below if is_paragraph(lines[n].text)), None)
                if paragraph is not None:
                    self.candidates[at] = paragraph

    def cuts(self, threshold: float) -> list[int]:
        """The candidates above ``threshold``, each scored against the article that the last cut opened."""
        cuts: list[int] = []
        opened = 0
        for at in self.candidates:
            size = min(self.words.between(opened, at), self.words.between(at, len(self.lines)))
            if size >= _LEAST_WORDS and self.headline(at, opened) > threshold:
                cuts.append(at)
                opened = at
        return cuts

    def headline(self, at: int, opened: int) -> float:
        """How strongly a new article begins at the candidate ``at``, where one is open since ``opened``."""
        line, paragraph = self.lines[at], self.candidates[at]
        score = sum(_HEADLINE[name] * value for name, value in self.evidence(at, opened).items())
        score += _SOURCE_ABOVE * (self.lines[at - 1].source is not None) + _MARKED * (line.level > 0)
        score += _NAMED_PAGE * (self.named and len(line.words) >= 5)
        # Headlines of one page are set alike: all close to their text, or all with an empty line below.
        alike = min(line.gap, 2) == min(self.lines[0].gap, 2)
        return score + _SET_OTHERWISE * (not alike and paragraph == at + 1)

    def evidence(self, at: int, opened: int) -> dict[str, float]:
        """What speaks for and against a headline, by the names of ``_HEADLINE``."""
        line, paragraph, title = self.lines[at], self.lines[self.candidates[at]], self.lines[opened].words
        below, names_below = self.words.below(at, 350), self.names.below(at, 82)
        above, names_above = self.words.above(at, opened, 600), self.names.above(at, opened, 300)
        full, full_above = self.full.below(at, 20), self.full.above(at, opened, 200)
        lone = self.lone.below(at, 40)
        previous = self.lines[at - 1]
        ended = bool(SENTENCE_END.search(previous.text)) or previous.source is not None or self.furniture[at - 1]
        return {
            "constant": 1.0,
            # The words of a headline come at once, come again further down, and did not come before.
            "in lead": _share(line.words, below[:60]),
            "further down": _share(line.words, below[50:160]),
            "far down": _share(line.words, below[150:]),
            "in text above": _share(line.words, above),
            # A new article speaks of other things and people than the last, and goes on speaking of its own.
            "words known": _share(below[:120], above),
            "names known": _share(names_below[:40], names_above),
            "names kept": _share(names_below[:12], names_below[12:]),
            "known by last name": min(3, len((set(lone) & set(full_above)) - set(full))) / 3,
            # The open article keeps to its title down to its last line, and not beyond.
            "old title above": _share(title, above[-300:]),
            "old title below": _share(title, below[:120]),
            "old names below": _share(self.names.below(opened, 12), names_below[:40]),
            "log words above": math.log(1 + min(300, len(above))),
            "log headline words": math.log(len(line.text.split())),
            "question": float(line.text.endswith("?")),
            "quotation": float(line.text[0] in "'\"“‘«„"),
            "date line": float(any(DATE.match(x.text) for x in self.lines[at + 1 : self.candidates[at] + 1])),
            "news lead": float(bool(NEWS_LEAD.search(paragraph.text[:300]))),
            "paragraph ended": float(ended),
            "round-up": float(self.roundup),
        }

    def several(self, cuts: list[int]) -> float:
        """How strongly the page as a whole, cut there, looks like several articles: see ``_CERTAIN``."""
        return sum(_SEVERAL[name] * value for name, value in self.page_evidence(cuts).items())

    def page_evidence(self, cuts: list[int]) -> dict[str, float]:
        """What speaks for and against several articles, by the names of ``_SEVERAL``."""
        opened = [0, *cuts]
        sizes = [self.words.between(a, b) for a, b in pairwise([*opened, len(self.lines)])]
        title = self.lines[0].words
        return {
            "constant": 1.0,
            "mean score": fmean(self.headline(at, start) for start, at in pairwise(opened)),
            "log median words": math.log(median(sizes)),
            # The title of a round-up names several of its items; a live blog comes back to the names of its start.
            "title in another": max(
                _share(title, self.words.below(at, min(400, size))) for at, size in zip(cuts, sizes[1:], strict=True)
            ),
            "first names later": _share(self.names.below(0, 20), self.names.below(cuts[0] - 1, 1500)),
            "candidates left": (len(self.candidates) - len(cuts)) / len(self.lines),
        }


class _Run:
    """The words of all lines in one row, so that a stretch of them is one slice."""

    def __init__(self, lines: Iterable[tuple[str, ...]]) -> None:
        self.row: list[str] = []
        self.starts = [0]
        for words in lines:
            self.row.extend(words)
            self.starts.append(len(self.row))

    def between(self, first: int, last: int) -> int:
        """How many words stand in the lines ``first`` to ``last``, without the last."""
        return self.starts[last] - self.starts[first]

    def below(self, line: int, count: int) -> list[str]:
        """At most ``count`` words that follow the line."""
        return self.row[self.starts[line + 1] : self.starts[line + 1] + count]

    def above(self, line: int, first: int, count: int) -> list[str]:
        """At most ``count`` words that stand right before ``line``, none of them before the line ``first``."""
        return self.row[max(self.starts[first], self.starts[line] - count) : self.starts[line]]


def _share(words: Iterable[str], among: Iterable[str]) -> float:
    asked = set(words)
    return len(asked.intersection(among)) / len(asked) if asked else 0.0
