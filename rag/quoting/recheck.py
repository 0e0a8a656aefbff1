"""A receipt, checked again: with the articles alone, no model and no network.

A check proves where the words stand, and that the speaker's mention and cue stand where the receipt says; whose words
they are is not decided a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rag.english import name_words
from rag.quoting.cite import verify
from rag.records import Article, Passage, Quote, Span
from rag.speakers import name_of
from rag.store import Snapshot
from rag.text import printable

if TYPE_CHECKING:
    from rag.quoting.recorded import Recorded, RecordedSpeaker, Words

_SHOWN = 300  # characters of the article, where a receipt says what is not in it

Outcome = Literal["holds", "article changed", "article gone", "damaged receipt"]


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What has become of one quotation of a receipt; ``found`` is where its words stand now, fragments in order.

    holds: the article has the same text, and the words, the mention and the cue stand at their characters. article
    changed: its text, or what it says of itself, is another; ``found`` where the words are still in it. article gone:
    the index has it no more. damaged receipt: the receipt says of an unchanged article what is not so.
    """

    number: int
    quote: str
    article: str
    title: str
    outcome: Outcome
    reason: str
    found: tuple[Span, ...] = ()

    @property
    def holds(self) -> bool:
        return self.outcome == "holds"

    def to_dict(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "quote": self.quote,
            "article": self.article,
            "title": self.title,
            "outcome": self.outcome,
            "reason": self.reason,
            "found": [{"start": span.start, "end": span.end} for span in self.found],
        }


def recheck(receipt: object, snapshot: Snapshot) -> list[Rechecked]:
    """What the articles of an index say today of each quotation of a receipt, in its order.

    Raises InputError where the receipt is none, whatever it holds instead.
    """
    from rag.quoting.recorded import recorded

    return [_rechecked(quotation, snapshot.article(quotation.article.id)) for quotation in recorded(receipt)]


def terminal(found: Iterable[Rechecked]) -> str:
    """What became of the quotations, for a terminal."""
    lines: list[str] = []
    for one in found:
        lines += [f"[{one.number}] {one.outcome}: “{one.quote}”", f"    {one.title} ({one.article}). {one.reason}"]
    return printable("\n".join(lines) or "The receipt holds no quotation: the question was not answered.")


def _rechecked(quotation: Recorded, article: Article | None) -> Rechecked:
    def outcome(outcome: Outcome, reason: str, found: tuple[Span, ...] = ()) -> Rechecked:
        told = (quotation.number, quotation.quote, quotation.article.id, quotation.article.title)
        return Rechecked(*told, outcome, reason, found)

    if article is None:
        return outcome("article gone", "The index does not hold this article any more.")
    if article.sha256 != quotation.article.sha256:
        return outcome("article changed", *_in_changed(quotation, article))
    if wrong := _damage(quotation, article):
        return outcome("damaged receipt", wrong)
    span = Span(article, quotation.start, quotation.end)
    if other := _renamed(quotation, article):
        return outcome("article changed", f"The words stand in it, but {other}.", (span,))
    return outcome("holds", "The words stand in the article as recorded.", (span,))


def _in_changed(quotation: Recorded, article: Article) -> tuple[str, tuple[Span, ...]]:
    """Whether the words still stand in an article whose text is another, and where."""
    if not article.text:
        return "It has no text any more.", ()
    near = min(quotation.start, len(article.text) - 1)
    verdict = verify(Quote(Passage(Span(article, near, near + 1), 0.0), quotation.quote))
    found = verdict.spans
    if not verdict.holds:
        return verdict.reason or "The words do not hold in it any more.", found
    places = " and ".join(f"{span.start}-{span.end}" for span in found)
    exactly = " word for word" if verdict.kind == "exact" else ""
    unchecked = "whose they are now" if quotation.speaker else "what is around them"
    return f"The words still stand in it{exactly}, at characters {places}; {unchecked} was not checked.", found


def _damage(quotation: Recorded, article: Article) -> str | None:
    """What the receipt says of an unchanged text that is not so."""
    speaker = quotation.speaker
    if not _stands(quotation.words, article):
        return _misplaced(quotation.words, "these words", article)
    for words in speaker.words if speaker else ():
        if not _stands(words, article):
            return _misplaced(words, f"the words “{words.text}”", article)
    if speaker and not _is_named(speaker, article):
        return f"The article does not settle that {speaker.mention.text!r} is {speaker.name!r}."
    return None


def _stands(words: Words, article: Article) -> bool:
    return words.end <= len(article.text) and article.text[words.start : words.end] == words.text


def _misplaced(words: Words, called: str, article: Article) -> str:
    there = article.text[words.start : min(words.end, words.start + _SHOWN)]
    place = f"The article is unchanged, but {called} do not stand at characters {words.start}-{words.end}"
    return f"{place}: it has “{there}” there." if there else f"{place}: it ends before."


def _is_named(speaker: RecordedSpeaker, article: Article) -> bool:
    """Whether the recorded name is what the article's own words settle for the mention, or part of the mention."""
    mention = Span(article, speaker.mention.start, speaker.mention.end)
    if speaker.name is None or speaker.name == name_of(mention):
        return True
    words = set(name_words(speaker.name))
    return bool(words) and words <= set(name_words(mention.text))


def _renamed(quotation: Recorded, article: Article) -> str | None:
    """What an article of the same text says of itself that the receipt does not say."""
    published, said = article.published.isoformat() if article.published else None, quotation.article
    for what, recorded_as, now in (
        ("title", said.title, article.title),
        ("publisher", said.publisher, article.publisher),
        ("address", said.url, article.url),
        ("day of publication", said.published, published),
    ):
        if recorded_as != now:
            return f"its {what} is {now!r} there and {recorded_as!r} in the receipt"
    return None
