"""What of an answer is false, found by code that shares nothing with the verifier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.forging import Standing
from eval.lies import Told
from rag.answer import Answer
from rag.records import Citation


@dataclass(frozen=True, slots=True)
class Breach:
    """What is in an answer and must not be; ``told`` is the lie, None where a citation is not what is stored."""

    why: str
    words: str
    told: Told | None = None


def breaches(answer: Answer, told: Sequence[Told], stored: Mapping[str, str]) -> Iterator[Breach]:
    """What of an answer is false; ``stored`` are the texts of the cited articles, by id, as the index has them."""
    for citation in answer.citations:
        text = stored.get(citation.span.article.id, "")
        if not citation.quote or text[citation.span.start : citation.span.end] != citation.quote:
            yield Breach("the citation does not stand there", citation.quote)
    said = Standing(answer.text)
    for one in told:
        for words in one.false:
            if said.count(words):
                yield Breach("false words", words, one)
        if one.mouth and said.count(one.written.quote):
            yield from _in_mouth(answer, one, one.mouth, stored)


def unbacked(answer: Answer, stored: Mapping[str, str]) -> Iterator[Breach]:
    """Numbers and names in a model's sentences that stand nowhere in what is cited."""
    for claim in answer.claims:
        cited = [citation.span.article for citation in claim.citations]
        known = " ".join(f"{stored.get(one.id, '')} {one.title} {one.publisher} {one.published}" for one in cited)
        for word in re.findall(r"\d[\d.,]*\d|\d|\b[A-Z]\w+", claim.text)[1:]:
            if word.casefold() not in known.casefold():
                yield Breach(f"{word!r} stands nowhere in what is cited", claim.text)


def _in_mouth(answer: Answer, told: Told, mouth: str, stored: Mapping[str, str]) -> Iterator[Breach]:
    """Where words are given to whom they are not: by the citation of just these words, or beside them in a claim."""
    surname, words = mouth.split()[-1], Standing(told.written.quote)
    for citation in answer.citations:
        named = _speaker(citation)
        if words.count(citation.quote) and Standing(named).count(surname):
            yield Breach(f"cited as the words of {named}", citation.quote, told)
    for claim in answer.claims:
        shown, beside = f"{claim.text}\n{chr(10).join(claim.quotation)}", claim.text
        if claim.quotation and not _names_its_speaker(claim.citations[0]):
            beside += f" {_speaker(claim.citations[0])}"
        both = Standing(shown).count(told.written.quote) and Standing(beside).count(surname)
        if both and not any(Standing(text).count(beside) for text in stored.values()):
            yield Breach(f"beside the name of {mouth}", shown, told)


def _speaker(citation: Citation) -> str:
    speaker = citation.speaker
    return speaker.name or speaker.mention.text if speaker else ""


def _names_its_speaker(citation: Citation) -> bool:
    """Whether the mention of the speaker is quoted: then the answer says no more of it than the article."""
    span, speaker = citation.span, citation.speaker
    return speaker is not None and span.start <= speaker.mention.start and speaker.mention.end <= span.end
