"""The records that flow from an article file to a cited answer; every one is frozen.

Offsets count Unicode code points of ``Article.text``, half-open. An unverified quotation is a ``str`` (in a
``Quote``); a verified one is a ``Span``, which cannot exist outside its article.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

Voice = Literal["article", "direct", "reported"]
Kind = Literal["exact", "joined", "repaired", "elsewhere", "misattributed", "cut", "not found", "unsupported"]


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it was read; ``text`` never changes again, every offset counts its characters."""

    id: str
    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None

    @classmethod
    def of(
        cls,
        title: str,
        text: str,
        *,
        url: str | None = None,
        publisher: str | None = None,
        authors: tuple[str, ...] = (),
        published: date | None = None,
        part: str | None = None,
        address: str | None = None,
    ) -> Article:
        """Make an article with a stable id: from its URL where it has one, else from its title and text.

        ``part`` tells apart the articles of one page, which share its URL; ``address`` stands for the URL in the id,
        where one article has several. Without a publisher, the URL's host stands in. Characters that UTF-8 cannot
        hold (lone surrogates) become U+FFFD.

        >>> Article.of("Tide", "It rose.", url="https://www.example.org/tide").publisher
        'example.org'
        """
        title, text = _storable(title), _storable(text)
        identity = "\x1f".join(("url", address or url, part or "") if url else ("text", title, text))
        return cls(
            id=hashlib.sha256(_storable(identity).encode()).hexdigest()[:16],
            title=title,
            text=text,
            url=url,
            publisher=publisher or _host(url),
            authors=authors,
            published=published,
        )

    @property
    def sha256(self) -> str:
        """Hash of ``text``: what a quotation's offsets were measured on."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``start`` to ``end`` of an article; refuses to be empty or to leave its article."""

    article: Article = field(repr=False)
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(
                f"span {self.start}:{self.end} does not lie in article {self.article.id} "
                f"of {len(self.article.text)} characters"
            )

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk found for a question; scores compare within one question only, higher is better."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a generator claims to stand in a passage's article, in the mouth of ``speaker`` where it names one:
    not yet believed."""

    passage: Passage
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a draft: the generator's own words, such as a sentence or a short lead, and the quotes they rest
    on; no words where the quotes speak for themselves."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a generator says, not yet believed. No claims: it abstains, and ``reason`` says why; with claims, ``reason``
    says why one side of a comparison has none.

    ``confidence`` is in 0..1 and orders answers; it is not a probability. ``short`` are the words that answer, where
    the generator knows them.
    """

    claims: tuple[Claim, ...]
    confidence: float
    reason: str | None = None
    short: Span | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: ``mention`` and ``cue`` as they stand in the article, ``name`` where the article settles it.

    ``via`` are the links of a chain ("told The Times"). No Speaker at all means: not established.
    """

    name: str | None
    mention: Span
    cue: Span | None = None
    via: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Words of an article and whose they are there; ``voice`` and ``speaker`` are None until established.

    ``voice`` is "article" (its own), "direct" (a quotation) or "reported" (what somebody said, in other words).
    """

    span: Span
    voice: Voice | None = None
    speaker: Speaker | None = None


Voices = Callable[[Span], Said]  # who says the words of a span
Supports = Callable[[str, Said], str | None]  # why a sentence says more than verified words do; None where it does not
Find = Callable[[str, int], Sequence[Article]]  # words and k -> the k articles that may hold them, likeliest first


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the articles say of a quote; ``reason`` tells a user why it does not hold.

    exact: the words stand there, only typography differs. joined: fragments around an ellipsis, in order, close
    together, of one speaker. repaired: the article's own words in place of bracketed ones or another first letter.
    elsewhere: the words stand in another article. misattributed: they are not established to be the named speaker's.
    cut: true words whose meaning hangs on a negation, condition or hedge beside them. unsupported: true words, but
    ``claim``, the sentence that rests on them, says more than they do, or nothing that was asked. ``said`` is where the
    words stand, fragments in order; empty where they stand nowhere.
    """

    quote: Quote
    kind: Kind
    said: tuple[Said, ...] = ()
    reason: str | None = None
    claim: str | None = None

    @property
    def holds(self) -> bool:
        return self.kind in ("exact", "joined", "repaired")

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(said.span for said in self.said)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verified quotation: ``span`` is where it stands, and ``number`` is its ``[n]`` in the answer.

    ``voice`` and ``speaker`` are those of ``Said``.
    """

    number: int
    span: Span
    speaker: Speaker | None = None
    voice: Voice | None = None

    @property
    def quote(self) -> str:
        return self.span.text


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a language model was sent and what it sent back, in tokens."""

    sent: int = 0
    received: int = 0

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(self.sent + other.sent, self.received + other.received)


def _storable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None
