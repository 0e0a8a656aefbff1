"""A check as HTML for the chat: the verdict on each quotation first, then a card for each article it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.chat.page import escape, link, linked, notice, origin, shown
from rag.chat.verdicts import attribution, headline, standing, summary
from rag.quoting import Check, Checked, Closest, Piece, surrounding
from rag.records import Article, Span, Verdict

NOTHING_YET = notice("What the articles say of a quotation is shown here.")
CARDS = 10  # articles of one quotation
ROOM = 600  # characters of a long quotation that are repeated above its cards
_LEGEND = '<p class="note legend">Marked: <del>only in your text</del> <ins>only in the article</ins></p>'


def findings(check: Check) -> str:
    """A section for each quotation; ``shown_spans`` says which span the n-th button of which section reads."""
    several = len(check.quotations) > 1
    head = f'<p class="summary">{escape(summary(check))}</p>' if several else ""
    sections = [_section(checked, number, check, several) for number, checked in enumerate(check.quotations, 1)]
    return f'<div class="checked">{head}{"".join(sections)}{"".join(_notes(check))}</div>'


def announcement(check: Check) -> str:
    """The verdict in one line, for those who do not see the cards appear."""
    said = summary(check) if len(check.quotations) > 1 else headline(check.quotations[0], check.searched)
    return f'<p class="unseen">{escape(said)}</p>'


def shown_spans(checked: Checked) -> list[Span]:
    """What the cards of a quotation show, in their order."""
    return [_whole(verdict) for verdict in checked.verdicts[:CARDS]] + [near.span for near in checked.closest]


def _section(checked: Checked, number: int, check: Check, several: bool) -> str:
    claimed = f"<blockquote>{shown(_shortened(checked.quote))}</blockquote>" if several else ""
    cards = [_verdict_card(verdict, number, place) for place, verdict in enumerate(checked.verdicts[:CARDS], 1)]
    cards += [_closest_card(near, number, place) for place, near in enumerate(checked.closest, 1)]
    if len(checked.verdicts) > CARDS:
        cards.append(f'<p class="note">The newest {CARDS} of {standing(checked)} are shown.</p>')
    return (
        f'<section aria-labelledby="finding-{number}">{claimed}'
        f'<h2 class="finding {_sign(checked)}" id="finding-{number}">{escape(headline(checked, check.searched))}</h2>'
        f"{_LEGEND if checked.closest else ''}{''.join(cards)}</section>"
    )


def _sign(checked: Checked) -> str:
    """What the style sheet marks the verdict by, beside its words."""
    return "real" if checked.holds else "changed" if checked.verdicts else "missing"


def _verdict_card(verdict: Verdict, number: int, place: int) -> str:
    spans = [said.span for said in verdict.said]
    context, text = surrounding(verdict), spans[0].article.text
    ends = [context.start, *(span.end for span in spans)]
    quoted = "".join(
        f"{shown(text[before : span.start])}<mark>{shown(span.text)}</mark>"
        for before, span in zip(ends, spans, strict=False)
    )
    quoted += shown(text[spans[-1].end : context.end])
    said = f'<p class="said">{escape(attribution(verdict.said[0]))}</p>'
    return _card(spans[0].article, spans, f'<p class="quote">{quoted}</p>{said}', (number, place))


def _closest_card(near: Closest, number: int, place: int) -> str:
    compared = f'<p class="quote compared">{"".join(map(_piece, near.pieces))}</p>'
    return _card(near.span.article, [near.span], compared, (number, place))


def _card(article: Article, spans: Sequence[Span], inner: str, button: tuple[int, int]) -> str:
    number, place = button
    where = " and ".join(f"{span.start:,} to {span.end:,}" for span in spans)
    return (
        f'<article class="card" aria-label="Article {place}">'
        f"<h3>{linked(article.title, link(article, spans[0].text))}</h3>"
        f'<p class="facts">{origin(article)}</p>{inner}<p class="facts">Characters {where} of the article</p>'
        f'<button class="read" type="button" data-turn="{number}" data-place="{place}">Read in the article</button>'
        "</article>"
    )


def _piece(piece: Piece) -> str:
    core = piece.text.strip()
    before, _, after = piece.text.partition(core)
    words = shown(core)
    if piece.whose == "claimed":
        words = f'<del><span class="unseen">only in your text: </span>{words}</del>'
    elif piece.whose == "article":
        words = f'<ins><span class="unseen">only in the article: </span>{words}</ins>'
    elif piece.whose == "both":
        words = f"<b>{words}</b>"
    return f"{shown(before)}{words}{shown(after)}"


def _notes(check: Check) -> Iterable[str]:
    if check.too_short:
        quoted = ", ".join(f"“{escape(quote)}”" for quote in check.too_short)
        yield f'<p class="note">Not checked, one word proves nothing: {quoted}</p>'


def _whole(verdict: Verdict) -> Span:
    first, last = verdict.said[0].span, verdict.said[-1].span
    return Span(first.article, first.start, last.end)


def _shortened(text: str) -> str:
    return text if len(text) <= ROOM else text[:ROOM].rsplit(" ", 1)[0] + " …"
