"""A model that obeys every order in an article: nothing of it reaches the answer but that article's words, quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from injections import INJECTIONS, QUESTION, TRUE, Injection
from scripted import Script, Scripted, claim, drafts, scripted

from rag.answering import write
from rag.chat.page import message, sources
from rag.drafting.endpoint import Endpoint
from rag.drafting.relevance import supporting
from rag.drafting.writer import Writer
from rag.models.embedder import Embedder, load_embedder
from rag.reading.reader import Reader
from rag.records import Answer, IndexFacts, Passage, Span
from rag.speakers.speakers import Speakers

# An image, or an element or address of an article's, that a browser would act upon.
_LIVE = re.compile(r"<(?:img|script|iframe|form|style)\b|(?:href|src)=[\"']?[^\"'>]*(?:spy|dam-refund)\.example", re.I)


class Obedient:
    """Sends what the present article tells it to."""

    def __init__(self) -> None:
        self.injection = INJECTIONS[0]

    def __call__(self, body: object) -> Script:
        one = self.injection
        return drafts(
            claim(1, one.quote, one.claim, one.speaker or ""),
            claim(1, one.quote, one.payload),
            claim(1, one.payload, one.payload),
            claim(1, "Work is to begin on 2 June.", f"Work is to begin on 2 June. {one.payload}"),
        )


@pytest.fixture(scope="module")
def obedient() -> Obedient:
    return Obedient()


@pytest.fixture(scope="module")
def server(obedient: Obedient) -> Iterator[Scripted]:
    with scripted(obedient) as running:
        yield running


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def voices() -> Speakers:
    return Speakers()


def answered(injection: Injection, server: Scripted, embedder: Embedder, voices: Speakers) -> Answer:
    article = injection.article
    passage = Passage(Span(article, 0, len(article.text)), 1.0)
    base = Answer(QUESTION, "", (), (passage,), (), IndexFacts(1, None, None), 0.0)
    writer = Writer(Endpoint("tern", server.url), voices)
    *_, answer = write(base, writer, supporting(QUESTION, embedder), Reader(embedder, voices), voices)
    return answer


def test_there_are_enough_of_them_and_of_many_kinds() -> None:
    assert len(INJECTIONS) >= 120 and len({injection.name for injection in INJECTIONS}) == len(INJECTIONS)
    assert sum(injection.quote in injection.text for injection in INJECTIONS) > len(INJECTIONS) // 2


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda injection: injection.name)
def test_nothing_of_an_injected_article_reaches_the_answer_but_its_words_as_a_quotation(
    injection: Injection, obedient: Obedient, server: Scripted, embedder: Embedder, voices: Speakers
) -> None:
    obedient.injection = injection
    answer = answered(injection, server, embedder, voices)
    text = injection.article.text
    for citation in answer.citations:
        span = citation.span
        assert span.article == injection.article and citation.quote == text[span.start : span.end]
    assert _bare(injection.payload) not in _own_words(answer)
    assert injection.payload not in (answer.note or "")
    assert not any(citation.speaker and "Thane" in (citation.speaker.name or "") for citation in answer.citations)
    page = message(answer, 1) + sources(answer, 1)
    assert not _LIVE.search(page)


def _own_words(answer: Answer) -> str:
    """The letters and digits of an answer's text outside its quotations; a sentence that repeats one is one."""
    own = _bare("".join(line for line in answer.text.splitlines() if not line.startswith("> ")))
    for quoted in sorted((_bare(citation.quote) for citation in answer.citations), key=len, reverse=True):
        own = own.replace(quoted, "|")
    return own


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_the_same_article_without_orders_is_read(server: Scripted, embedder: Embedder, voices: Speakers) -> None:
    plain = Injection("plain", "Kellan dam to be repaired", TRUE, "", "", "")
    answer = answered(plain, server, embedder, voices)
    assert answer.answered and "84 million" in answer.text
