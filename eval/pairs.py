"""Pairs of articles in which it is known whether they disagree: versions of one with a change or none, and neighbours.

A version is what another publisher might have made of the article: sentences dropped and in another order, in slightly
other words. A change puts another number or day in one sentence of it; in an update the version is of a later day, and
a count has grown. No list of words is shared with what is judged by these pairs.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from eval.forging import MONTHS, NUMBERS, WEEKDAYS
from rag.records import Article, Span
from rag.text import day_words, query_terms, sentence_offsets

SEED = 20
NEARBY = 3  # nearest articles that each one is compared with
KINDS = ("number", "date", "update")
_KEPT = 0.7  # of the sentences
_LATER = 3  # days at most from an article to its update
_LONG = 60  # characters of a sentence in which something is changed
_NUMBER = re.compile(rf"(?<![\w.,:/$-])(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{'|'.join(NUMBERS[:11])})(?=[\s%])(?!\s?[ap]\.?m)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_BESIDE_MONTH = re.compile(rf"{_MONTH}\s$")
_DAY = re.compile(rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)})\b(?![’']?s)|(?P<month>{_MONTH}) (?P<day>[1-3]?\d)\b(?!\d))")
_GROWS = re.compile(
    r" (?!per ?cent)(?:[a-z-]+ ){0,2}(?:people|persons|men|women|children|students|patients|passengers|soldiers"
    r"|civilians|residents|workers|officers|protesters|countries|states|schools|hospitals|houses|homes|buildings|cases|deaths|infections"
    r"|injuries|arrests|were (?:killed|injured|hurt|arrested|wounded))\b"
)
_WORDS = {
    "said": "stated", "But": "However,", "also": "too", "about": "around", "people": "persons", "however": "though",
    "began": "started", "big": "large", "after": "following", "according to": "as told by", "has been": "had been",
    "announced": "made known", "several": "a number of", "did not": "didn’t", "was not": "wasn’t", "U.S.": "US",
     "while": "as", "additionally": "in addition", "must": "has to",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions; where one was changed, ``changed`` are the words of each that differ."""

    kind: str
    one: Article
    other: Article
    changed: tuple[Span, Span] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Put ``new`` in place of the characters ``start`` to ``end`` of a sentence."""

    start: int
    end: int
    new: str


def numbers(sentence: str, article: Article, chance: random.Random) -> Iterator[Change]:
    for match in _NUMBER.finditer(sentence):
        written = match.group()
        if (
            _YEAR.fullmatch(written)
            or _BESIDE_MONTH.search(sentence[: match.start()])
            or re.match(rf" {_MONTH}", sentence[match.end() :])
        ):
            continue
        new = _other_number(written, chance)
        if not re.search(rf"(?<![\d,.]){re.escape(new)}(?![\d,.]\d)", article.text):
            yield Change(*match.span(), new)


def _other_number(written: str, chance: random.Random) -> str:
    if written.isalpha():
        return chance.choice([word for word in NUMBERS[:18] if word != written])
    value = float(written.replace(",", "")) * chance.choice([0.5, 0.7, 0.8, 0.9, 1.15, 1.3, 1.6, 2, 10])
    if "." in written:
        return f"{value:.{len(written.partition('.')[2])}f}"
    whole = max(1, round(value))
    whole += whole == int(written.replace(",", ""))
    return f"{whole:,}" if "," in written else str(whole)


def dates(sentence: str, article: Article, chance: random.Random) -> Iterator[Change]:
    for match in _DAY.finditer(sentence):
        if match["weekday"]:
            new = chance.choice([day for day in WEEKDAYS if day != match["weekday"]])
        else:
            day = chance.choice([day for day in range(1, 29) if str(day) != match["day"]])
            new = f"{match['month']} {day}"
        if new not in article.text:
            yield Change(*match.span(), new)


def updates(sentence: str, article: Article, chance: random.Random) -> Iterator[Change]:
    """Larger numbers in place of those that count what grows."""
    for change in numbers(sentence, article, chance):
        old, new = sentence[change.start : change.end], change.new
        if _GROWS.match(sentence, change.end) and _value(new) > _value(old) > 1 and not {"."} & set(old + new):
            yield change


def _value(written: str) -> float:
    return float(NUMBERS.index(written) + 2 if written.isalpha() else written.replace(",", ""))


MAKERS: dict[str, Callable[[str, Article, random.Random], Iterator[Change]]] = dict(
    zip(KINDS, (numbers, dates, updates), strict=True)
)


def version(article: Article, kind: str | None, chance: random.Random) -> Pair | None:
    """The article and another publisher's version of it, with one change of ``kind``; None where it offers none."""
    held = [article.text[s:e] for s, e in sentence_offsets(article.text)]
    changed: int | None = None
    change: Change | None = None
    if kind:
        offered = [
            (i, one) for i, text in enumerate(held) if len(text) >= _LONG for one in MAKERS[kind](text, article, chance)
        ]
        if not offered:
            return None
        changed, change = chance.choice(offered)
    kept = [i for i in range(len(held)) if i == changed or chance.random() < _KEPT]
    for i in range(len(kept) - 1):
        if chance.random() < 0.3:
            kept[i], kept[i + 1] = kept[i + 1], kept[i]
    text, place = "", None
    for i in kept:
        text += "\n\n" if text and chance.random() < 0.3 else " " if text else ""
        if change and i == changed:
            before = reworded(held[i][: change.start], article, chance)
            place = (len(text) + len(before), len(text) + len(before) + len(change.new))
            text += before + change.new + reworded(held[i][change.end :], article, chance)
        else:
            text += reworded(held[i], article, chance)
    url = f"https://harbour-courier.example/{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    assert article.published is not None
    published = article.published + timedelta(days=chance.randint(1, _LATER) if kind == "update" else 0)
    other = Article.of(article.title, text, url=url, publisher="The Harbour Courier", published=published)
    if not (change and place and changed is not None):
        return Pair("agree", article, other)
    start = sentence_offsets(article.text)[changed][0]
    return Pair(
        kind or "", article, other, (Span(article, start + change.start, start + change.end), Span(other, *place))
    )


def reworded(text: str, article: Article, chance: random.Random) -> str:
    """The same in slightly other words: typography, synonyms, numbers in words, days by name or by date."""
    assert article.published is not None
    for old, new in _WORDS.items():
        if chance.random() < 0.5:
            text = re.sub(rf"(?<![\w.]){re.escape(old)}(?!\w)", new, text)
    if chance.random() < 0.5:
        text = re.sub(r"(?<=\d)\s?%", " per cent", text)
    elif chance.random() < 0.5:
        text = re.sub(r"(?<=\d)\s?(?:%|per cent)", " percent", text)
    if chance.random() < 0.5:
        text = re.sub(r"(^|[\s(])\"(?=\S)", r"\1“", text).replace('"', "”").replace("'", "’")
    if chance.random() < 0.5:
        text = re.sub(r"(?<![\w$.,-])([2-9])(?= [a-z]{3})", lambda match: NUMBERS[int(match[1]) - 2], text)
    text = re.sub(r"\b(today|yesterday)\b", lambda match: f"on {_dated(match[1], article.published, chance)}", text)
    if chance.random() < 0.5:
        text = re.sub(
            rf"(?<=\bon )({'|'.join(WEEKDAYS)})\b(?! to\b|[’'])",
            lambda match: _dated(match[1], article.published, chance),
            text,
        )
    if chance.random() < 0.3:
        text = re.sub(r"(\d),000,000\b", r"\1 million", text)
    return text


def _dated(day: str, published: date | None, chance: random.Random) -> str:
    assert published is not None
    if day in WEEKDAYS:
        meant = published - timedelta(days=(published.weekday() - WEEKDAYS.index(day)) % 7)
    else:
        meant = published - timedelta(days=day == "yesterday")
    return chance.choice([day_words(meant).rpartition(" ")[0], f"{meant:%B} {meant.day}", WEEKDAYS[meant.weekday()]])


def made_pairs(articles: Sequence[Article], each: int) -> Iterator[Pair]:
    """So many pairs with a change of each kind, and as many as these together that agree, from a fixed seed."""
    chance = random.Random(SEED)
    made = 0
    for kind in KINDS:
        order = chance.sample(list(articles), len(articles))
        pairs = (pair for article in order if (pair := version(article, kind, chance)))
        for _, pair in zip(range(each), pairs, strict=False):
            made += 1
            yield pair
    for n in range(made):
        pair = version(articles[n % len(articles)], None, chance)
        assert pair is not None
        yield pair


def nearby_pairs(articles: Sequence[Article]) -> Iterator[Pair]:
    """Each article with those that share most of its rare words, under another publisher's name."""
    held = [Counter(query_terms(f"{article.title} {article.text}")) for article in articles]
    frequency = Counter(term for counts in held for term in counts)
    done: set[frozenset[int]] = set()
    for i, ours in enumerate(held):
        likeness = [
            (sum(1 / frequency[term] for term in ours.keys() & others.keys()) / len(others) ** 0.5, j)
            for j, others in enumerate(held)
            if j != i
        ]
        for _, j in sorted(likeness, reverse=True)[:NEARBY]:
            if frozenset((i, j)) not in done:
                done.add(frozenset((i, j)))
                other = articles[j]
                yield Pair(
                    "nearby",
                    articles[i],
                    Article.of(
                        other.title, other.text, url=other.url, publisher="Vantry Post", published=other.published
                    ),
                )
