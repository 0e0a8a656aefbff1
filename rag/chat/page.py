"""Answers, sources and articles as HTML for the chat; every word of an article or a question is hostile.

Untrusted text passes through ``escape``, an address through ``link``; nothing else of them reaches the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote, urlsplit

from rag.answer import Answer, Disagreement, IndexFacts, Statement
from rag.chat.terminal import notes, terminal
from rag.chat.verdicts import attribution, left_out
from rag.records import Article, Citation, Span
from rag.text import around, counted, day_of, day_words, printable, publisher_of

HEADER = (
    '<header class="title"><h1>Onrecord</h1>'
    "<p>Answers from the news, in quotations that stand word for word in the article.</p></header>"
)
NEAREST = 3  # passages shown where there is no answer
PASSAGE_ROOM = 400  # characters of such a passage; the rest is one click away
_ACTIVE = re.compile(r"[!-/:-@\[-`{-~]")  # all ASCII punctuation: whatever HTML, Markdown or a template acts on
_FRAGMENT_WORDS = 5  # at each end of a quotation that is too long to stand whole in an address


def escape(text: str) -> str:
    """``text`` on one line, shown as it is: no character left that HTML, Markdown or a template would act on.

    >>> escape("<b> & [x](y)")
    '&#60;b&#62; &#38; &#91;x&#93;&#40;y&#41;'
    """
    storable = " ".join(text.split()).encode("utf-8", "replace").decode()  # a lone surrogate cannot be sent
    return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", printable(storable))


def link(article: Article, cited: str) -> str | None:
    """The article's address, with a text fragment so that the browser opens at ``cited``; None without a web address.

    >>> link(Article.of("Tide", "It rose, twice.", url="https://example.org/a"), "It rose, twice.")
    'https://example.org/a#:~:text=It%20rose%2C%20twice.'
    """
    url = article.url or ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\x00-\x1f\\]", url)
    except ValueError:  # "http://[": a bracket that never closes
        usable = False
    if not usable:
        return None
    words = cited.split()
    ends = [words[:_FRAGMENT_WORDS], words[-_FRAGMENT_WORDS:]] if len(words) > 3 * _FRAGMENT_WORDS else [words]
    # A dash has a meaning of its own in text fragments, and quote() leaves it as it is.
    text = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


def question(text: str) -> str:
    """What was asked, as a message of the chat."""
    return f'<div class="asked">{shown(text)}</div>'


def notice(text: str) -> str:
    """A message that is no answer: work going on, or what went wrong."""
    return f'<p class="note">{shown(text)}</p>'


def message(answer: Answer, turn: int, lines: int | None = None, unfinished: str | None = None) -> str:
    """The answer as a message of the chat, or its first ``lines`` lines; ``turn`` counts the questions asked.

    Each ``[n]`` is a button for card n of ``sources(answer, turn)``. ``unfinished`` says of an answer why it is not
    whole.
    """
    if not (answer.answered or unfinished):
        nearest = " The nearest passages are shown as sources." if answer.passages else ""
        refused = f'<p><b>Not answered.</b> {escape(answer.reason or "")}</p><p class="note">{nearest}</p>'
        return _message(answer, turn, refused, *notes(answer))
    said = _claims(answer.claims, turn, lines)
    if unfinished or lines is not None:
        return _message(answer, turn, said, *filter(None, [unfinished]))
    copy = f'<button class="copy" type="button" value="plain-{turn}">Copy</button>'
    sides = "".join(map(_sides, answer.disagreements))
    return _message(answer, turn, said + sides + copy, *notes(answer))


def _message(answer: Answer, turn: int, inner: str, *notes: str) -> str:
    asked = notice(f"Understood as: {answer.asked}") if answer.asked else ""
    return f'<div class="answer" id="answer-{turn}">{asked}{inner}{"".join(map(notice, notes))}</div>'


def sources(answer: Answer, turn: int, hidden: bool = False) -> str:
    """The cards beside an answer: its citations by number, or, where it abstains, the nearest passages."""
    title = "Sources" if answer.answered else "Nearest passages"
    numbered = bool(answer.citations)
    voices = {citation.span: citation for citation in answer.citations if citation.voice}
    cards = [_card(span, turn, place, numbered, voices.get(span)) for place, span in enumerate(shown_spans(answer), 1)]
    if not cards:
        cards = ['<p class="note">Nothing came near.</p>']
    if answer.rejected:
        cards.append(notice(left_out(answer.rejected)))
    back = f'<button class="back" type="button" value="answer-{turn}">Back to the answer</button>'
    copied = "\n".join(map(escape, terminal(answer).split("\n")))
    return (
        f'<section class="sources" id="sources-{turn}" aria-label="{title}"{" hidden" if hidden else ""}>'
        f'<h2>{title}</h2><p class="note">For “{escape(answer.question)}” {back}</p>'
        f'{"".join(cards)}<pre id="plain-{turn}" hidden>{copied}</pre></section>'
    )


def shown_spans(answer: Answer) -> list[Span]:
    """What the cards of ``sources`` show, in their order."""
    return [c.span for c in answer.citations] or [p.span for p in answer.passages[:NEAREST]]


def reading(span: Span) -> str:
    """The whole article with ``span`` marked, as a dialog."""
    article = span.article
    original = linked("Open the original", link(article, span.text)) if link(article, span.text) else ""
    return (
        '<dialog id="reading" aria-labelledby="reading-title">'
        '<form method="dialog"><button autofocus>Close</button></form>'
        f'<h2 id="reading-title">{escape(article.title)}</h2><p class="facts">{origin(article)} {original}</p>'
        f'<div class="text">{_marked(0, len(article.text), span)}</div></dialog>'
    )


def holdings(facts: IndexFacts, publishers: int) -> str:
    """One line that says what the index holds and how fresh it is."""
    if not facts.articles:
        return '<p class="holdings">There are no articles yet: add some under Articles.</p>'
    of_whom = f" of {counted(publishers, 'publisher')}" if publishers else ""
    parts = [f"{counted(facts.articles, 'article')}{of_whom}"]
    parts += [f"newest {day_words(facts.newest)}"] if facts.newest else ["all undated"]
    if facts.updated:
        updated = datetime.fromisoformat(facts.updated)
        parts.append(f"updated {day_words(updated)}, {updated:%H:%M} UTC")
    return f'<p class="holdings">{", ".join(parts)}</p>'


def report(counts: Iterable[tuple[int, str]], skipped: Iterable[tuple[str, str]]) -> str:
    """What a change of the index did: how many articles of each kind, and (where, reason) for each that was skipped."""
    reasons = [f"<li><b>{escape(where)}</b>: {escape(reason)}</li>" for where, reason in skipped]
    done = [f"{count:,} {what}" for count, what in counts if count]
    done += [f"{len(reasons):,} skipped:"] if reasons else []
    return (
        f'<div class="report"><p>{", ".join(done) or "Nothing was found to add."}</p><ul>{"".join(reasons)}</ul></div>'
    )


def listed(article: Article) -> str:
    """An article on one line of a list, as plain text."""
    return printable(f"{article.title} · {publisher_of(article)} · {day_of(article)} · {article.id}")


def _claims(claims: Iterable[Statement], turn: int, lines: int | None = None) -> str:
    """What an answer says, or the beginning of it: prose counts as one line, and so does the gap between two claims."""
    told: list[str] = []
    for claim in claims:
        if lines is not None and lines < 1:
            break
        told.append(_claim(claim, turn, lines))
        if lines is not None:
            lines -= len(claim.quotation) + 2
    return "".join(told)


def _claim(claim: Statement, turn: int, lines: int | None) -> str:
    quotation = claim.quotation if lines is None else claim.quotation[: lines - 1]
    links = "".join(_button(citation.number, turn) for citation in claim.citations)
    if len(quotation) < len(claim.quotation):
        links = ""  # they come with the last line
    if not quotation:
        return f"<p>{shown(claim.prose)}{links}</p>"
    return f"<p>{shown(claim.prose)}</p><blockquote>{shown(chr(10).join(quotation))}{links}</blockquote>"


def _button(number: int, turn: int) -> str:
    value, title = f"source-{turn}-{number}", f"Show source {number}"
    return f' <button class="cite" type="button" value="{value}" title="{title}">[{number}]</button>'


def _sides(disagreement: Disagreement) -> str:
    """Both sides beside each other, the older one first: none is preferred."""
    shown = "".join(
        f'<div><p class="facts">{origin(sentence.article)}</p><p class="quote">{_within(sentence, says)}</p></div>'
        for sentence, says in disagreement.oldest_first
    )
    what = disagreement.what
    heading = f"An update: another {what}" if disagreement.kind == "update" else f"The reports give different {what}s"
    return f'<section class="sides" aria-label="{heading}"><h4>{heading}.</h4>{shown}</section>'


def _within(sentence: Span, says: Span) -> str:
    """A sentence with the words that differ marked, where they are its own."""
    if sentence.start <= says.start and says.end <= sentence.end:
        return _marked(sentence.start, sentence.end, says)
    return shown(sentence.text)


def _card(span: Span, turn: int, place: int, numbered: bool, citation: Citation | None) -> str:
    article = span.article
    number = f'<span class="number">{place}</span>' if numbered else ""
    context = around(span, 1)
    quoted = _marked(context.start, context.end, span) if numbered else shown(_shortened(span.text))
    said = f'<p class="said">{escape(attribution(citation))}</p>' if citation else ""
    return (
        f'<article class="card" id="source-{turn}-{place}" tabindex="-1" aria-label="Source {place}">'
        f"<h3>{number}{linked(article.title, link(article, span.text))}</h3>"
        f'<p class="facts">{origin(article)}</p><p class="quote">{quoted}</p>{said}'
        f'<button class="read" type="button" data-turn="{turn}" data-place="{place}">Read in the article</button>'
        "</article>"
    )


def linked(words: str, address: str | None) -> str:
    """``words`` as a link, or as they are without an address."""
    if address is None:
        return f"<span>{escape(words)}</span>"
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{escape(words)}</a>'


def origin(article: Article) -> str:
    """Publisher and day."""
    return f"<bdi>{escape(publisher_of(article))}</bdi> · {day_of(article)}"


def _marked(start: int, end: int, span: Span) -> str:
    """The article's characters ``start`` to ``end``, which hold the span, with the span marked."""
    text = span.article.text
    return f"{shown(text[start : span.start])}<mark>{shown(span.text)}</mark>{shown(text[span.end : end])}"


def _shortened(text: str) -> str:
    return text if len(text) <= PASSAGE_ROOM else text[:PASSAGE_ROOM].rsplit(" ", 1)[0] + " …"


def shown(text: str) -> str:
    """Text with its lines and paragraphs, and with the spaces at its ends that part it from its neighbours."""
    pieces = re.split(r"(\s*\n\s*)", text)
    breaks = ['<span class="gap"></span>' if piece.count("\n") > 1 else "<br>" for piece in pieces[1::2]]
    inner = "".join(escape(piece) + end for piece, end in zip(pieces[::2], [*breaks, ""], strict=True))
    return f"{' ' if text[:1] == ' ' else ''}{inner}{' ' if text[-1:] == ' ' else ''}"
