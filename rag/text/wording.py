"""How an answer writes a quotation: whose, from where, of which day, then the words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from rag.records import Article, Citation, Said


def heading(said: Said | Citation) -> str:
    """The line above a quotation: publisher, title, day, and its speaker where the quoted words do not name them."""
    article = said.span.article
    return f"{publisher_of(article)}, “{article.title}”, {day_of(article)}{_speaker(said)}:"


def sourced(claim: str, article: Article) -> str:
    """A sentence in a model's words, with publisher and day of the article that it rests on."""
    return f"{claim} ({publisher_of(article)}, {day_of(article)})"


def publisher_of(article: Article) -> str:
    return article.publisher or "Publisher unknown"


def day_of(article: Article) -> str:
    """The day of publication in words, or that there is none."""
    return day_words(article.published) if article.published else "undated"


def day_words(day: date) -> str:
    """
    >>> day_words(date(2031, 3, 4))
    '4 March 2031'
    """
    return f"{day.day} {day:%B %Y}"


def moment_words(seconds: float) -> str:
    """A time in seconds since 1970, as a reader is told it.

    >>> moment_words(1_932_537_600)
    '29 March 2031, 00:00 UTC'
    """
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{day_words(moment.date())}, {moment:%H:%M} UTC"


def span_words(seconds: float) -> str:
    """
    >>> span_words(900), span_words(3600), span_words(90_000), span_words(90)
    ('15 minutes', '1 hour', '25 hours', '90 seconds')
    """
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length and seconds % length == 0:
            return counted(int(seconds // length), unit)
    return counted(round(seconds), "second")


def one_line(text: str) -> str:
    return " ".join(text.split())


def shortened(text: str, room: int) -> str:
    """The words of a text that fit into ``room`` characters, and an ellipsis where some do not.

    >>> shortened("The ferry sails", 12)
    'The ferry …'
    """
    return text if len(text) <= room else text[:room].rsplit(" ", 1)[0] + " …"


def counted(count: int, what: str) -> str:
    """
    >>> counted(1, "question"), counted(2500, "question")
    ('1 question', '2,500 questions')
    """
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _speaker(said: Said | Citation) -> str:
    speaker, span = said.speaker, said.span
    if speaker is None or (span.start <= speaker.mention.start and speaker.mention.end <= span.end):
        return ""
    who = speaker.name or speaker.mention.text
    return f", quoting {who}" if said.voice == "direct" else f", reporting what {who} said"
