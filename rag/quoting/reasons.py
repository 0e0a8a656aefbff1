"""Why a quote does not hold, in one sentence for a reader."""

from __future__ import annotations

from collections.abc import Sequence

from rag.english import is_maker, is_speaker
from rag.quoting.cut import Dropped
from rag.quoting.fragments import APART, one_voice
from rag.quoting.places import count_words, exact_places, repaired_places
from rag.records import Quote, Said

MIN_WORDS = 2  # of a quote, and of each part of one: a single word proves nothing
TOO_SHORT = f"is too short to prove anything: fewer than {MIN_WORDS} words."
_SHOWN = 120  # characters of a quotation in a reason


def left_out(drop: Dropped) -> str:
    """What the cut left out on which the words hang, with the fuller words."""
    fuller = " ".join(drop.fuller.text.split()).strip("“”\"‘’' ")
    if drop.weight == "question":
        return f"The words are part of a question: “{fuller}”."
    return f"The cut leaves out the {drop.weight} “{drop.word.text}”. The article has: “{fuller}”."


def not_theirs(claimed: str | None, said: Sequence[Said]) -> str | None:
    """Why the words are not the claimed speaker's, or not one speaker's; None if they are."""
    claimed = " ".join((claimed or "").split())
    for other in (one for one in said if claimed and not _is_theirs(claimed, one)):
        if other.speaker and other.speaker.name:
            return f"{_quoted(other)} is said by {other.speaker.name}, not by {claimed}."
        if other.speaker:
            return f"{_quoted(other)} is said by “{other.speaker.mention.text}”: not established to be {claimed}."
        if other.voice == "article":
            return f"{_quoted(other)} is in the article’s own words: it does not quote {claimed}."
        return f"It is not established that {claimed} says {_quoted(other)}."
    if len(said) > 1 and not one_voice(said):
        return f"The parts are not established to be one speaker’s: {'; '.join(map(_whose, said))}."
    return None


def _is_theirs(claimed: str, said: Said) -> bool:
    """Whether words are the claimed speaker's; an article's own words are its authors' and its publisher's."""
    if said.speaker:
        return is_speaker(claimed, said.speaker)
    return said.voice == "article" and is_maker(claimed, said.span.article)


def _whose(said: Said) -> str:
    if said.speaker:
        return f"{_quoted(said)} is said by {said.speaker.name or f'“{said.speaker.mention.text}”'}"
    if said.voice == "article":
        return f"{_quoted(said)} is in the article’s own words"
    return f"who says {_quoted(said)} is not established"


def _quoted(said: Said) -> str:
    words = " ".join(said.span.text.split())
    return f"“{words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(' ', 1)[0] + ' …'}”"


def missing(quote: Quote, pieces: Sequence[str]) -> str:
    """What of the quote, which falls into ``pieces``, does not stand in its article."""
    article = quote.passage.span.article
    where = f"{article.title!r} ({article.id})"
    if len(pieces) < 2:
        return f"These words do not stand in {where}."
    for piece in pieces:
        if not (exact_places(piece, article) or repaired_places(piece, article)):
            return f"The part {piece!r} does not stand in {where}."
        if count_words(piece) < MIN_WORDS:
            return f"The part {piece!r} {TOO_SHORT}"
    return f"The parts stand in {where}, but not in this order with at most {APART} characters left out between them."
