"""One saved page of plain text, and the one or several articles on it.

Where a second headline stands is decided in two steps, both linear rules over evidence that can be read off the page.
A line that has the shape of a headline is scored by what changes there (words and names of the text before that stop,
words of the line that go on after it, a date line, a source line), and then the page is judged as a whole: round-ups,
live blogs and subheads give many weak or short cuts, several articles give few and strong ones. If in doubt, no cut.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median

import Stemmer

from index.furniture import LIST_HEADING, SOURCE_LINE, footer_start, is_furniture, source_named

_TITLE_LENGTH = 120  # characters of a title that had to be made from a sentence
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

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(#{1,6})\s+([^\s#].*)")
_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]*]*$")
_NO_HEADLINE_END = re.compile(r"[.:;,。：；，、]['\"”’»)\]*]*$")
_ABBREVIATED_END = re.compile(r"(?:\.\.\.|\b(?:[A-Z]\.)+|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|a\.m|p\.m)\.)['\"”’)]*$")
_TWO_SENTENCES = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Ltd|Inc))(?<!\.[A-Z])(?<!\bvs)(?<!\bv)"
    r"([.!]['\"”’)]*)\s+['\"“‘(]*[A-Z]"
)
_ITEM = re.compile(r"[-*•·◦▪►●■♦█–—>|+#]|\(?\d{1,3}[.):]\s|\(\(|[A-Za-z][.)]\s|https?:|www\.")
_LINK = re.compile(
    r"[^:]{0,40}:\S|(?:read|see|watch|more|related|also|must|stor(?:y|ies)|videos?|photos?|graphic|gallery|opinion"
    r"|fact check|contributing|live updates|exclusive|previously|analysis|column|q|a|contact|follow|get|sign"
    r"|subscribe|click|listen|download)\b[^:]{0,25}:",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"getty|\bphotos?\b|\bAFP\b|/(?:AP|Reuters|CNN)|image:|courtesy|@|\bEPA\b|\b(?:AP|Reuters)$", re.I)
_ROUNDUP = re.compile(
    r"\b(?:\d+ things|briefing|recaps?|round-?up|updates|live(?: update| blog|:)|update:|letters|short list"
    r"|things to do|odd news|what to know|need to know|you missed|headlines|biggest news|briefs?|top stor(?:y|ies)"
    r"|news from)\b",
    re.IGNORECASE,
)
_NEWS_LEAD = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|^[A-Z][A-Z .,]{2,40}(?:\([A-Za-z/]{2,20}\))?\s*[—–-]"
    r"|\([A-Z][A-Za-z/]{1,20}\)\s*[—–-]|\byesterday\b"
)

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
class Part:
    """One article of a page; ``text`` is a slice of the page, ``publisher`` what a source line names."""

    title: str
    text: str
    publisher: str | None


def split_page(text: str) -> list[Part]:
    """The articles of one page in page order; a page of white space gives none.

    A line of the page stands in a text or a title unless it is a source line or a trailing footer. A title that is a
    headline does not stand in the text again; one that was made from the first sentence does.

    >>> split_page("Source: The Gull\\nTide rises in Port Ellen\\nThe harbour was under water on Monday.")
    [Part(title='Tide rises in Port Ellen', text='The harbour was under water on Monday.', publisher='The Gull')]
    """
    lines = _lines(text)
    if not lines:
        return []
    top = 0
    while top < len(lines) - 1 and (lines[top].source or _DATE.fullmatch(lines[top].text)):
        top += 1
    named = any(line.source for line in lines[:top])
    heads = [top, *(top + at for at in _later_headlines(lines[top:], named))]
    return _parts(text, lines, heads)


@dataclass(frozen=True, slots=True)
class _Line:
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


def _lines(page: str) -> list[_Line]:
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
        lines.append(_Line(start, end, text, level, source_named(text), following - number, *_stems(text, stem)))
    return lines


def _stems(text: str, stem: Callable[[str], str]) -> tuple[tuple[str, ...], ...]:
    """Content words, names, full names and lone names, in the order of ``_Line``."""
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


def _later_headlines(lines: Sequence[_Line], named: bool) -> list[int]:
    """Where the second and later articles begin; ``lines[0]`` opens the first, under a source line where ``named``.

    A page that opens without a headline shows none later either, and headlines of one page are marked alike.
    """
    if not _opens_with_headline(lines):
        return []
    page = _Page(lines, named)
    if not _share(lines[0].words, page.words.below(0, 60)):
        return []  # a byline or the name of a site
    cuts = page.cuts(_STRONG)
    if not cuts or page.several(cuts) < _CERTAIN:
        return []
    return page.cuts(_WEAK)


def _opens_with_headline(lines: Sequence[_Line]) -> bool:
    first = lines[0]
    if first.level:
        return len(lines) > 1
    return len(lines) > 1 and len(first.text) <= 250 and not _ends_like_text(first.text)


def _ends_like_text(text: str) -> bool:
    return bool(_NO_HEADLINE_END.search(text)) and not _ABBREVIATED_END.search(text)


def _is_headline(text: str) -> bool:
    return (
        15 <= len(text) <= 200
        and 3 <= len(text.split()) <= 32
        and (text[0].isupper() or text[0].isdigit() or text[0] in "'\"“‘«„")
        and not _ends_like_text(text)
        and not any(shape.match(text) for shape in (_ITEM, _LINK, SOURCE_LINE, _DATE))
        and not any(shape.search(text) for shape in (_CREDIT, _TWO_SENTENCES))
        and not is_furniture(text)
    )


def _is_paragraph(text: str) -> bool:
    return len(text) >= 200 or (len(text) >= 80 and bool(_SENTENCE_END.search(text)))


class _Page:
    """The lines of a page with the candidates for a headline among them."""

    def __init__(self, lines: Sequence[_Line], named: bool) -> None:
        self.lines = lines
        self.named = named
        self.roundup = bool(_ROUNDUP.search(lines[0].text))
        self.words = _Run([line.words for line in lines])
        self.names = _Run([line.names for line in lines])
        self.full = _Run([line.full for line in lines])
        self.lone = _Run([line.lone for line in lines])
        shaped = [line.level == lines[0].level and _is_headline(line.text) for line in lines]
        self.furniture = [is_furniture(line.text) for line in lines]
        listed = False
        self.candidates: dict[int, int] = {}  # line of the headline: line of its first paragraph
        for at in range(1, len(lines)):
            # Under "Related articles" headlines stand in a row: only the last can have an article below it.
            listed = bool(LIST_HEADING.fullmatch(lines[at - 1].text[:200])) or (listed and shaped[at - 1])
            in_row = listed and at + 1 < len(lines) and (shaped[at + 1] or self.furniture[at + 1])
            if shaped[at] and not in_row:
                below = range(at + 1, min(at + 6, len(lines)))
                paragraph = next((n for n in below if _is_paragraph(lines[n].text)), None)
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
        ended = bool(_SENTENCE_END.search(previous.text)) or previous.source is not None or self.furniture[at - 1]
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
            "date line": float(any(_DATE.match(x.text) for x in self.lines[at + 1 : self.candidates[at] + 1])),
            "news lead": float(bool(_NEWS_LEAD.search(paragraph.text[:300]))),
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


def _parts(page: str, lines: Sequence[_Line], heads: Sequence[int]) -> list[Part]:
    publisher = next((line.source for line in reversed(lines[: heads[0]]) if line.source), None)
    ends = [*heads[1:], len(lines)]
    bodies = [_without_tail(lines, head, end) for head, end in zip(heads, ends, strict=True)]
    tails = [
        next((x.source for x in lines[body:end] if x.source), None) for body, end in zip(bodies, ends, strict=True)
    ]
    # A source line between two articles is of the lower one, unless none is on top and every article ends with one.
    closing = len(heads) > 1 and heads[0] == 0 and all(tails)
    if not closing:
        bodies[-1] = _footer_start(lines, heads[-1], ends[-1])
    parts = []
    for number, (head, body) in enumerate(zip(heads, bodies, strict=True)):
        above = lines[head - 1].source if number else None
        publisher = tails[number] if closing else above or publisher
        parts.append(_part(page, lines[head:body], publisher))
    dated = next((n for n in range(heads[0]) if not lines[n].source), None)
    if dated is not None:  # date lines above the first headline: the text begins with them, so that none is lost
        text = page[lines[dated].start : lines[bodies[0] - 1].end]
        parts[0] = replace(parts[0], text=text)
    return parts


def _part(page: str, lines: Sequence[_Line], publisher: str | None) -> Part:
    """The article of these lines, the headline first where there is one."""
    headed = _opens_with_headline(lines)
    if headed and len(lines) > 2 and lines[1].source:
        publisher = lines[1].source
        lines = (lines[0], *lines[2:])
    text = page[lines[1 if headed else 0].start : lines[-1].end]
    return Part(lines[0].text if headed else _made_title(lines[0].text), text, publisher)


def _made_title(line: str) -> str:
    """The first sentence of ``line`` where it is short, else its first words and an ellipsis."""
    end = _TWO_SENTENCES.search(line[: _TITLE_LENGTH + 20])
    first = line[: end.end(1)] if end else line
    if len(first) <= _TITLE_LENGTH:
        return first
    words = first[:_TITLE_LENGTH].rpartition(" ")[0].rstrip(" ,;:–—-")
    return (words or first[: _TITLE_LENGTH - 1]) + "…"


def _without_tail(lines: Sequence[_Line], head: int, end: int) -> int:
    """Where the article's text ends above the footers and source lines before the next headline."""
    end = _footer_start(lines, head, end)
    while end - 1 > head and lines[end - 1].source:
        while end - 1 > head and lines[end - 1].source:
            end -= 1
        end = _footer_start(lines, head, end)
    return end


def _footer_start(lines: Sequence[_Line], head: int, end: int) -> int:
    """Where the article's text ends above its footer; its headline and first line of text are never in it."""
    return head + footer_start([line.text for line in lines[head:end]])
