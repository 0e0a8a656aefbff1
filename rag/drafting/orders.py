"""Whether an article speaks to the language model: gives it orders, fakes a turn of its conversation, hides text from
people or would carry data out.

Such an article is kept from the model altogether, because it can hold the very words that it orders to be quoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.drafting.disguise import folded, scrambled, unfolded, unmasked
from rag.drafting.faked import Found, OrderKind, structure, unseen
from rag.drafting.order_words import worded
from rag.records import Article, Span


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
    outside, inside = list(unseen(text)), list(_in_folded(folded(text)))
    places = unfolded(text, [one[1:3] for one in inside])
    found = outside + [(kind, *place, rule) for (kind, _, _, rule), place in zip(inside, places, strict=True)]
    if not found:
        return None
    kind, start, end, rule = min(found, key=lambda one: one[1:3])
    start = min(start, len(text) - 1)
    return kind, start, max(min(end, len(text)), start + 1), rule


def _in_folded(text: str) -> Iterator[Found]:
    low = text.lower()
    yield from structure(low)
    yield from (("order", *order) for order in worded(low))
    for said, start, end in unmasked(text):
        if order := next(worded(said), None):
            yield "hidden", start, end, order[2]
    yield from (("hidden", *place, "scrambled") for place in scrambled(text))
