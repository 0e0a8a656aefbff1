"""What an answer and a check look like in the terminal; what articles and questions hold is hostile text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rag.answer import Answer
from rag.chat.verdicts import attribution, differing, headline, highlighted, left_out, parted, shown_of, summary
from rag.quoting import Check, Checked, Piece, surrounding
from rag.records import Span, Verdict
from rag.text import one_line, printable, publisher_of, shortened

_LISTED = 5  # articles of one quotation
_ROOM = 300  # characters of a passage where there is no answer
_WIDTH = 100


def terminal(answer: Answer) -> str:
    """The answer with its sources, or why there is none with the nearest passages, as plain text."""
    asked = [f"Understood as: {answer.asked}", ""] if answer.asked else []
    if answer.answered:
        lines = [answer.text, "", "Sources"]
        for citation in answer.citations:
            article = citation.span.article
            facts = [article.title, article.publisher, str(article.published or "undated"), article.url]
            place = f"characters {citation.span.start}-{citation.span.end} of article {article.id}"
            lines.append(f"[{citation.number}] {', '.join(fact for fact in facts if fact)} ({place})")
            if citation.voice:
                lines.append(f"    {attribution(citation)}")
    else:
        lines = [f"Not answered. {answer.reason}"]
        if answer.passages:
            lines += ["", "The nearest passages:"]
        for passage in answer.passages[:3]:
            article = passage.span.article
            lines.append(f"- {publisher_of(article)}, {article.published or 'undated'}, {article.title}:")
            lines.append(f"  {shortened(one_line(passage.span.text), _ROOM)}")
    told = [*map(differing, answer.disagreements), *notes(answer)]
    told += [left_out(answer.rejected)] if answer.rejected else []
    return printable("\n".join([*asked, *lines, *([""] if told else []), *told]))


def notes(answer: Answer) -> Iterator[str]:
    """What is said under an answer: which model wrote it and at what cost, or why none did."""
    if answer.by:
        yield f"Written by {answer.by}; each sentence is checked against the quotation behind its number."
    if answer.note:
        yield answer.note
    if answer.tokens.sent:
        yield f"{answer.tokens.sent:,} tokens sent to the model, {answer.tokens.received:,} received."


def terminal_check(check: Check) -> str:
    """The verdict on every quotation, the answer first, then where it stands or what comes closest, as plain text."""
    if len(check.quotations) == 1:
        lines = list(_quotation(check.quotations[0], check.searched))
    else:
        lines = [summary(check)]
        for number, checked in enumerate(check.quotations, 1):
            lines += ["", f"{number}. “{one_line(checked.quote)}”"]
            lines += textwrap.indent("\n".join(_quotation(checked, check.searched)), "   ").split("\n")
    if check.too_short:
        quoted = ", ".join(f"“{one_line(quote)}”" for quote in check.too_short)
        lines += ["", f"Not checked, one word proves nothing: {quoted}"]
    if check.searched < check.index.articles:
        lines += ["", f"Searched: the {check.searched:,} of {check.index.articles:,} articles that the filters leave."]
    return printable("\n".join(lines))


def _quotation(checked: Checked, searched: int) -> Iterator[str]:
    yield headline(checked, searched)
    if checked.closest:
        yield "(In [-…-] is what only your text has, in {+…+} what only the article has.)"
    for verdict in checked.verdicts[:_LISTED]:
        yield from _found(verdict)
    if len(checked.verdicts) > _LISTED:
        yield f"\n{shown_of(checked, _LISTED)}; --json lists {len(checked.verdicts)}."
    for near in checked.closest:
        yield from _told("".join(map(_piece, near.pieces)), [near.span])


def _found(verdict: Verdict) -> Iterator[str]:
    pieces = highlighted(surrounding(verdict), verdict.spans)
    marked = "".join(f">>{words}<<" if chosen else words for words, chosen in pieces)
    yield from _told(marked, verdict.spans, attribution(verdict.said[0]))


def _told(words: str, spans: Sequence[Span], who: str = "") -> Iterator[str]:
    """One article: its name, its words, who said them, and where to find them."""
    article = spans[0].article
    places = " and ".join(f"{span.start}-{span.end}" for span in spans)
    origin = f"{publisher_of(article)}, {article.published or 'undated'}"
    yield f"\n  {one_line(origin)}: {one_line(article.title)}"
    yield textwrap.fill(one_line(words), _WIDTH, initial_indent="    ", subsequent_indent="    ")
    if who:
        yield f"    {one_line(who)}"
    address = f"{article.url}, " if article.url else ""
    yield f"    {address}characters {places} of article {article.id}"


def _piece(piece: Piece) -> str:
    before, words, after = parted(piece.text)
    forms = {"both": "{}", "claimed": "[-{}-]", "article": "{{+{}+}}", "around": "{}"}
    return before + forms[piece.whose].format(words) + after
