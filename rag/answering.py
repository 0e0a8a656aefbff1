"""Passages -> answer, as it grows: the reader's quotations, or a model's sentences as far as each holds.

A model drafts, ``rag/quoting/cite.py`` decides; what fails is asked for once more. Where nothing stands, the reader
answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.drafting import Failed, Writer
from rag.errors import ModelError
from rag.quoting import Citing
from rag.reading import Generator, short_answer
from rag.reading import disagreements as find_disagreements
from rag.records import Answer, Citation, Claim, Disagreement, Draft, Passage, Quote, Span, Supports, Tokens, Voices
from rag.text import around, attributed

_NOTHING_HOLDS = "None of the drafted quotations stands in the article it was taken from."
_DISAGREEMENTS = 3  # that are shown
_DRAFTS = 2  # the first, and one that corrects what of it does not hold


def read(base: Answer, generator: Generator, voices: Voices) -> Answer:
    """``base`` with what the generator quotes from its passages, or the reason why it quotes nothing."""
    question = base.asked or base.question
    draft = generator(question, base.passages)
    citing = Citing(voices)
    for claim in draft.claims:
        citing.add(claim)
    answer = _answered(base, draft, citing, voices)
    if not answer.answered:
        return replace(answer, reason=draft.reason or _NOTHING_HOLDS)
    return replace(answer, note=f"One side is not answered. {draft.reason}" if draft.reason else None)


def _answered(base: Answer, draft: Draft, citing: Citing, voices: Voices) -> Answer:
    """``base`` with what was written, and with what the passages say otherwise."""
    disagreements = _disagreements(citing, base.passages, voices)
    citations = citing.citations
    return replace(
        base,
        text=citing.text,
        citations=citations,
        disagreements=disagreements,
        rejected=(*base.rejected, *citing.rejected),
        confidence=round(draft.confidence, 4),
        short=_short(base.asked or base.question, draft, citations),
    )


def write(base: Answer, writer: Writer, supports: Supports, generator: Generator, voices: Voices) -> Iterator[Answer]:
    """``base`` again and again while the model writes, the last time whole: only what is verified is ever in it.

    ``generator`` answers where none of its sentences holds.
    """
    question = base.asked or base.question
    citing = Citing(voices)
    tokens, drafted, broke = base.tokens, 0, ""
    failed: list[Failed] = []
    try:
        for _ in range(_DRAFTS if base.passages else 0):
            wrong, failed = failed, []
            for item in writer(question, base.passages, wrong):
                if isinstance(item, Tokens):
                    tokens += item
                elif isinstance(item, Claim):
                    verdicts = citing.add(item, supports)
                    failed += [(item, verdicts)] if verdicts else []
                    drafted += 1
                yield replace(base, text=citing.text, citations=citing.citations, tokens=tokens, by=writer.name)
            if not failed:
                break
    except ModelError as error:
        broke = str(error)
    base = replace(base, tokens=tokens)
    if citing.citations:
        note = f"{broke} What it sent before was verified." if broke else None
        confidence = generator(question, base.passages).confidence  # what a model says of itself orders nothing
        answer = _answered(base, Draft((), confidence), citing, voices)
        yield replace(answer, by=writer.name, note=note)
        return
    answer = read(replace(base, rejected=citing.rejected), generator, voices)
    why = broke or (_why(writer, drafted) if base.passages else "")
    instead = "The quotations were chosen without a model." if answer.answered else ""
    yield replace(answer, note=_joined([why, instead, answer.note]))


def _disagreements(citing: Citing, passages: Sequence[Passage], voices: Voices) -> tuple[Disagreement, ...]:
    """What the passages say otherwise than what is cited; the other side is cited too, where it is not yet."""
    cited = [citation.span for citation in citing.citations]
    # The last sentence of a quotation answers; one before it only says who or what is meant.
    answering = [around(Span(span.article, span.end - 1, span.end)) for span in cited]
    found = find_disagreements(answering, [passage.span for passage in passages], voices)[:_DISAGREEMENTS]
    for disagreement in found:
        side = disagreement.other
        if not any(span.article.id == side.article.id and span.start <= side.start < span.end for span in cited):
            lead = f"Another report gives another {disagreement.what}: "
            citing.add(Claim(attributed(voices(side), lead), (Quote(Passage(side, 0.0), side.text),)))
    return tuple(found)


def _why(writer: Writer, drafted: int) -> str:
    if not drafted:
        return f"{writer.name} found nothing to claim."
    return f"Nothing that {writer.name} wrote could be verified ({drafted} drafted)."


def _joined(notes: Sequence[str | None]) -> str | None:
    return " ".join(filter(None, notes)) or None


def _short(question: str, draft: Draft, citations: Sequence[Citation]) -> Span | None:
    """The generator's short answer, if it lies in what is quoted; else what the first quotation holds."""
    given = draft.short
    if given is None:
        return short_answer(question, citations[0].span) if citations else None
    spans = [citation.span for citation in citations]
    inside = any(s.article.id == given.article.id and s.start <= given.start and given.end <= s.end for s in spans)
    return given if inside else None
