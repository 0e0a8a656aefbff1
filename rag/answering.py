"""Evidence -> answer, as it grows: the reader's quotations, or a model's sentences as far as each holds.

A model drafts, ``rag/quoting/cite.py`` decides; what fails is asked for once more. Where nothing stands, the reader
answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.answer import Answer, Disagreement, IndexFacts, Statement
from rag.drafting import Failed, Writer
from rag.errors import ModelError
from rag.quoting import Citing, cite
from rag.reading import Generator, short_answer
from rag.reading import disagreements as find_disagreements
from rag.records import Citation, Claim, Draft, Passage, Quote, Span, Supports, Tokens, Verdict, Voices
from rag.text import around, is_certainly_foreign, is_foreign, query_terms, terms

_FOREIGN = (
    "The question seems to be in another language than English, and only English questions are answered. "
    "Whether a quotation is real can be checked in any language."
)
_NOTHING_HOLDS = "None of the drafted quotations stands in the article it was taken from."
_DISAGREEMENTS = 3  # that are shown
_DRAFTS = 2  # the first, and one that corrects what of it does not hold


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer is made from: a question with the passages found for it, best first, in an index of ``facts``.

    ``asked`` is the question in words that stand alone, where it was a follow-up; ``tokens`` are what that took.
    """

    question: str
    passages: tuple[Passage, ...]
    facts: IndexFacts
    asked: str | None = None
    tokens: Tokens = field(default_factory=Tokens)

    @property
    def plainly(self) -> str:
        """The question in words that stand alone."""
        return self.asked or self.question

    def answer(
        self, claims: tuple[Statement, ...] = (), rejected: tuple[Verdict, ...] = (), confidence: float = 0.0
    ) -> Answer:
        """An answer from it that says ``claims``."""
        told = (self.question, claims, self.passages, rejected, self.facts, round(confidence, 4))
        return Answer(*told, asked=self.asked, tokens=self.tokens)


def read(evidence: Evidence, generator: Generator, voices: Voices, failed: tuple[Verdict, ...] = ()) -> Answer:
    """What the generator quotes from the passages, or the reason why it quotes nothing; ``failed`` is what failed of an
    earlier draft.

    What is only likely to be in another language is tried first, since names and keywords are of any; an answer must
    then come from an article that has a word of it.
    """
    if is_certainly_foreign(evidence.plainly):
        return replace(evidence.answer(rejected=failed), reason=_FOREIGN)
    draft = generator(evidence.plainly, evidence.passages)
    answer = _answered(evidence, draft, cite(draft, voices), voices, failed)
    if is_foreign(evidence.plainly) and not _shares_a_word(evidence.plainly, answer.citations):
        return replace(evidence.answer(rejected=failed), reason=_FOREIGN)
    if not answer.answered:
        return replace(answer, reason=draft.reason or _NOTHING_HOLDS)
    return replace(answer, note=f"One side is not answered. {draft.reason}" if draft.reason else None)


def write(
    evidence: Evidence, writer: Writer, supports: Supports, generator: Generator, voices: Voices
) -> Iterator[Answer]:
    """The answer again and again while the model writes, the last time whole: only what is verified is ever in it.

    ``generator`` answers where none of its sentences holds.
    """
    question, passages = evidence.plainly, evidence.passages
    citing = Citing(voices)
    tokens, drafted, broke = evidence.tokens, 0, ""
    failed: list[Failed] = []
    try:
        for _ in range(_DRAFTS if passages else 0):
            wrong, failed = failed, []
            for item in writer(question, passages, wrong):
                if isinstance(item, Tokens):
                    tokens += item
                elif isinstance(item, Claim):
                    verdicts = citing.add(item, supports)
                    failed += [(item, verdicts)] if verdicts else []
                    drafted += 1
                yield replace(evidence.answer(citing.claims), tokens=tokens, by=writer.name)
            if not failed:
                break
    except ModelError as error:
        broke = str(error)
    evidence = replace(evidence, tokens=tokens)
    if citing.claims:
        note = f"{broke} What it sent before was verified." if broke else None
        confidence = generator(question, passages).confidence  # what a model says of itself orders nothing
        answer = _answered(evidence, Draft((), confidence), citing, voices)
        yield replace(answer, by=writer.name, note=note)
        return
    answer = read(evidence, generator, voices, citing.rejected)
    why = broke or (_why(writer, drafted) if passages else "")
    instead = "The quotations were chosen without a model." if answer.answered else ""
    yield replace(answer, note=_joined([why, instead, answer.note]))


def _answered(
    evidence: Evidence, draft: Draft, citing: Citing, voices: Voices, failed: tuple[Verdict, ...] = ()
) -> Answer:
    """What was drafted as far as it holds, with what the passages say otherwise."""
    disagreements = _disagreements(citing, evidence.passages, voices)
    answer = evidence.answer(citing.claims, (*failed, *citing.rejected), draft.confidence)
    short = _short(evidence.plainly, draft, answer.citations)
    return replace(answer, disagreements=disagreements, short=short)


def _shares_a_word(question: str, citations: Sequence[Citation]) -> bool:
    """Whether an article that is cited has a word of the question; numbers and the smallest words are of any matter."""
    asked = {term for term in query_terms(question) if len(term) > 2 and not term[0].isdigit()}
    cited = {citation.span.article.id: citation.span.article for citation in citations}
    return any(not asked.isdisjoint(terms(f"{article.title} {article.text}")) for article in cited.values())


def _disagreements(citing: Citing, passages: Sequence[Passage], voices: Voices) -> tuple[Disagreement, ...]:
    """What the passages say otherwise than what is cited; the other side is cited too, where it is not yet."""
    cited = [citation.span for claim in citing.claims for citation in claim.citations]
    # The last sentence of a quotation answers; one before it only says who or what is meant.
    answering = [around(Span(span.article, span.end - 1, span.end)) for span in cited]
    found = find_disagreements(answering, [passage.span for passage in passages])[:_DISAGREEMENTS]
    for disagreement in found:
        side = disagreement.other
        if not any(span.article.id == side.article.id and span.start <= side.start < span.end for span in cited):
            lead = "Another report gives"
            if disagreement.kind == "update":
                is_later = disagreement.oldest_first[1][0] == side
                lead = "An update: a later report gives" if is_later else "An earlier report gave"
            lead += f" another {disagreement.what}:"
            citing.add(Claim(lead, (Quote(Passage(side, 0.0), side.text),)))
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
