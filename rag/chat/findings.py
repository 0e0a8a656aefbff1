"""A check as HTML for the chat: the verdict on each quotation first, then a card for each article it rests on."""

from __future__ import annotations

from rag.chat.markup import render
from rag.quoting import Check, Checked
from rag.records import Span

CARDS = 10  # articles of one quotation
ROOM = 600  # characters of a long quotation that are repeated above its cards


def findings(check: Check) -> str:
    """A section for each quotation; ``shown_spans`` says which span the n-th button of which section reads."""
    return render("check.html", check=check, cards=CARDS, room=ROOM)


def announcement(check: Check) -> str:
    """The verdict in one line, for those who do not see the cards appear."""
    return render("announcement.html", check=check)


def shown_spans(checked: Checked) -> list[Span]:
    """What the cards of a quotation show, in their order."""
    found = [verdict.spans for verdict in checked.verdicts[:CARDS]]
    whole = [Span(spans[0].article, spans[0].start, spans[-1].end) for spans in found]
    return whole + [near.span for near in checked.closest]
