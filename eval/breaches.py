"""What of an answer is false, found by code that shares nothing with the verifier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.forging import Standing
from eval.lies import Told
from rag.records import Answer

_MARKS = re.compile(r"(?:\s*\([^()]*\))?\s*(?:\[\d+\]\s*)*$")  # source and numbers behind a claim


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
    for paragraph in answer.text.split("\n\n"):
        numbers = {int(mark) for mark in re.findall(r"\[(\d+)\]", paragraph)}
        cited = [citation.span.article for citation in answer.citations if citation.number in numbers]
        known = " ".join(f"{stored.get(one.id, '')} {one.title} {one.publisher} {one.published}" for one in cited)
        for word in re.findall(r"\d[\d.,]*\d|\d|\b[A-Z]\w+", _MARKS.sub("", paragraph))[1:]:
            if word.casefold() not in known.casefold():
                yield Breach(f"{word!r} stands nowhere in what is cited", paragraph)


def _in_mouth(answer: Answer, told: Told, mouth: str, stored: Mapping[str, str]) -> Iterator[Breach]:
    """Where words are given to whom they are not: by the citation of just these words, or beside them in the text."""
    surname, words = mouth.split()[-1], Standing(told.written.quote)
    for citation in answer.citations:
        speaker = citation.speaker
        named = speaker.name or speaker.mention.text if speaker else ""
        if words.count(citation.quote) and Standing(named).count(surname):
            yield Breach(f"cited as the words of {named}", citation.quote, told)
    for paragraph in answer.text.split("\n\n"):
        if Standing(paragraph).count(told.written.quote):
            prose = _prose(paragraph, answer)
            if Standing(prose).count(surname) and not any(Standing(text).count(prose) for text in stored.values()):
                yield Breach(f"beside the name of {mouth}", paragraph, told)


def _prose(paragraph: str, answer: Answer) -> str:
    """A paragraph without quoted lines, source and numbers, nor what the heading of a quotation has of its article."""
    prose = _MARKS.sub("", " ".join(line for line in paragraph.splitlines() if not line.startswith(">")))
    for citation in answer.citations:
        article = citation.span.article
        prose = prose.replace(f"“{article.title}”", " ").replace(article.publisher or "\0", " ")
    return prose
