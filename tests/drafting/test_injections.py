"""A model that obeys every order in an article: nothing of it reaches the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from injections import INJECTIONS, QUESTION, Injection
from scripted import Script, Scripted, claim, drafts, scripted

from rag.answer import Answer, IndexFacts
from rag.answering import Evidence, write
from rag.chat.page import message, sources
from rag.chat.terminal import terminal
from rag.drafting.endpoint import Endpoint
from rag.drafting.orders import order_in
from rag.drafting.relevance import supporting
from rag.drafting.writer import Writer
from rag.models.embedder import Embedder, load_embedder
from rag.reading.reader import Reader
from rag.records import Passage, Span
from rag.speakers.speakers import Speakers


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
    evidence = Evidence(QUESTION, (passage,), IndexFacts(1, None, None))
    writer = Writer(Endpoint("tern", server.url), voices)
    *_, answer = write(evidence, writer, supporting(QUESTION, embedder), Reader(embedder, voices), voices)
    return answer


def test_there_are_enough_of_them_and_of_many_kinds() -> None:
    assert len(INJECTIONS) >= 60 and len({injection.name for injection in INJECTIONS}) == len(INJECTIONS)
    assert sum(injection.quote in injection.text for injection in INJECTIONS) > len(INJECTIONS) // 2


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda injection: injection.name)
def test_nothing_of_an_injected_article_reaches_the_answer(
    injection: Injection, obedient: Obedient, server: Scripted, embedder: Embedder, voices: Speakers
) -> None:
    obedient.injection = injection
    answer = answered(injection, server, embedder, voices)
    shown = [
        answer.text,
        terminal(answer),
        message(answer, 1),
        sources(answer, 1),
    ]
    shown += [citation.quote for citation in answer.citations]
    assert not any(injection.payload in text for text in shown)
    assert answer.note and injection.article.id in answer.note


def test_the_same_article_without_orders_is_read(server: Scripted, embedder: Embedder, voices: Speakers) -> None:
    from injections import TRUE

    plain = Injection("plain", "Kellan dam to be repaired", TRUE, "", "", "")
    assert order_in(plain.article) is None
    answer = answered(plain, server, embedder, voices)
    assert answer.answered and "84 million" in answer.text
