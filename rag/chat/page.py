"""Answers, sources and articles as HTML for the chat: what each template is given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rag.answer import Answer, IndexFacts, Statement
from rag.chat.markup import link, render
from rag.chat.terminal import notes, terminal
from rag.records import Article, Citation, Span
from rag.text import day_of, printable, publisher_of

if TYPE_CHECKING:
    from rag.store import Watched

NEAREST = 3  # passages shown where there is no answer
PASSAGE_ROOM = 400  # characters of such a passage; the rest is one click away


def header() -> str:
    """What stands above every tab."""
    return render("header.html")


def question(text: str) -> str:
    """What was asked, as a message of the chat."""
    return render("question.html", text=text)


def notice(text: str) -> str:
    """A message that is no answer: work going on, or what went wrong."""
    return render("notice.html", text=text)


def message(answer: Answer, turn: int, lines: int | None = None, unfinished: str | None = None) -> str:
    """The answer as a message of the chat, or its first ``lines`` lines; ``turn`` counts the questions asked.

    Each ``[n]`` is a button for card n of ``sources(answer, turn)``. ``unfinished`` says of an answer why it is not
    whole.
    """
    refused = not (answer.answered or unfinished)
    ended = refused or (lines is None and not unfinished)
    return render(
        "answer.html",
        answer=answer,
        turn=turn,
        refused=refused,
        whole=ended and not refused,
        claims=_beginning(answer.claims, sys.maxsize if lines is None else lines),
        notes=notes(answer) if ended else filter(None, [unfinished]),
    )


def sources(answer: Answer, turn: int, hidden: bool = False) -> str:
    """The cards beside an answer: its citations by number, or, where it abstains, the nearest passages."""
    plain = terminal(answer).split("\n")
    values = {"nearest": shown_spans(answer), "room": PASSAGE_ROOM, "plain": plain, "hidden": hidden}
    return render("sources.html", answer=answer, turn=turn, **values)


def shown_spans(answer: Answer) -> list[Span]:
    """What the cards of ``sources`` show, in their order."""
    return [c.span for c in answer.citations] or [p.span for p in answer.passages[:NEAREST]]


def reading(span: Span) -> str:
    """The whole article with ``span`` marked, as a dialog."""
    whole = Span(span.article, 0, len(span.article.text))
    return render("reading.html", whole=whole, span=span, address=link(span.article, span.text))


def holdings(facts: IndexFacts, publishers: int) -> str:
    """One line that says what the index holds and how fresh it is."""
    updated = facts.updated and datetime.fromisoformat(facts.updated)
    return render("holdings.html", facts=facts, publishers=publishers, updated=updated)


def report(counts: Iterable[tuple[int, str]], notices: Sequence[tuple[str, str]]) -> str:
    """What a change of the index did: how many of each kind, and (where, reason) for each that was skipped or lost."""
    done = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    return render("report.html", done=f"{done}:" if notices else done, notices=notices)


def watched(sources: Sequence[Watched]) -> str:
    """The sources that are read again and again, each with its last run, its next one, and what went wrong."""
    return render("watched.html", sources=sources)


def listed(article: Article) -> str:
    """An article on one line of a list, as plain text."""
    return printable(f"{article.title} · {publisher_of(article)} · {day_of(article)} · {article.id}")


def _beginning(claims: Iterable[Statement], lines: int) -> Iterator[tuple[str, str, Sequence[Citation]]]:
    """The first lines of an answer: prose, quotation and, with its last line, the citations of every claim.

    Prose counts as one line, and so does the gap between two claims.
    """
    for claim in claims:
        if lines < 1:
            return
        quotation = claim.quotation[: lines - 1]
        yield claim.prose, "\n".join(quotation), claim.citations if quotation == claim.quotation else ()
        lines -= len(claim.quotation) + 2
