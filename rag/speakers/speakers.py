"""Who says it: the voice of a span of an article, the words that name its speaker there, and the cue.

Precision before recall: where the model is not sure, nobody is named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

from rag.records import Article, Said, Span, Speaker, Voice
from rag.speakers.attribution import VOICES, AttributionModel, Pointed, Reading
from rag.speakers.naming import name_of
from rag.text import is_foreign, quotations, sentence_offsets

# Chances from which on a speaker is named; read off the curves of `python -m eval --speakers`.
QUOTED = 0.8  # of words in quotation marks
REPORTED = 0.5  # of a sentence without them
_CUE = 0.5
_OUTER = 0.5


class Speakers:
    """Says whose the words of a span are; a ``Voices`` for ``rag.quoting.cite``. Several threads may use one."""

    def __init__(self) -> None:
        self._model = _model()

    def __call__(self, span: Span) -> Said:
        """Voice and speaker of ``span``; of several sentences only where all of them agree.

        Neither is established in an article of another language, which the model has not learnt to read.
        """
        if is_foreign(span.article.text):
            return Said(span)
        parts = [self._part(part) for part in _parts(span)]
        if not parts or any(part is None for part in parts):
            return Said(span)
        voices = {voice for voice, _ in filter(None, parts)}
        speakers = [speaker for _, speaker in filter(None, parts)]
        first = speakers[0]
        one = first is not None and all(speaker and _same(first, speaker) for speaker in speakers)
        return Said(span, voices.pop() if len(voices) == 1 else None, first if one else None)

    def _part(self, part: Span) -> tuple[Voice, Speaker | None] | None:
        reading = self._model.read(part.article.text, part.start, part.end)
        if reading is None:
            return None
        said = float(1 - reading.voices[0])  # the chance that the words are somebody's
        if quoted := _is_quoted(part):
            voice: Voice = "direct" if said >= 0.5 else "article"
        else:
            voice = VOICES[int(reading.voices.argmax())]
        pointed = reading.pointed["speaker"]
        sure = said * pointed.confidence >= (QUOTED if quoted or voice == "direct" else REPORTED)
        over_lines = "\n" in part.article.text[pointed.start : pointed.end]  # no name goes on in another paragraph
        if voice == "article" or not sure or over_lines:
            return voice, None
        return voice, _speaker(part.article, pointed, reading)


@lru_cache(maxsize=1)
def _model() -> AttributionModel:
    """One for all who ask: to compile it takes longer than a question."""
    return AttributionModel()


def _speaker(article: Article, pointed: Pointed, reading: Reading) -> Speaker:
    mention = Span(article, pointed.start, pointed.end)
    cue, outer = reading.pointed["cue"], reading.pointed["outer"]
    apart = outer.end <= mention.start or mention.end <= outer.start
    return Speaker(
        name_of(mention),
        mention,
        Span(article, cue.start, cue.end) if cue.confidence >= _CUE else None,
        (Span(article, outer.start, outer.end),) if outer.confidence >= _OUTER and apart else (),
    )


def _same(one: Speaker, other: Speaker) -> bool:
    return one.mention == other.mention or (one.name is not None and one.name == other.name)


def _parts(span: Span) -> list[Span]:
    """The span cut where sentences end."""
    offsets = _sentences(span.article)
    first = bisect_right([end for _, end in offsets], span.start)
    last = bisect_left([start for start, _ in offsets], span.end)
    return [Span(span.article, max(s, span.start), min(e, span.end)) for s, e in offsets[first:last]]


def _is_quoted(span: Span) -> bool:
    """Whether the span lies in quotation marks: no sentence with its "he said", but the words themselves."""
    return any(start <= span.start and span.end <= end for start, end in _quotations(span.article))


@lru_cache(maxsize=64)
def _sentences(article: Article) -> list[tuple[int, int]]:
    return sentence_offsets(article.text)


@lru_cache(maxsize=64)
def _quotations(article: Article) -> list[tuple[int, int]]:
    return quotations(article.text)
