"""A model's draft over a real socket becomes an answer: what holds is shown at once, what does not never is."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scripted import (
    Body,
    Reply,
    Script,
    breaks_off,
    claim,
    drafts,
    drips,
    empty,
    endless,
    fails,
    hangs,
    in_turn,
    malformed,
    marked,
    refuses_schema,
    says,
    scripted,
)

from rag.answer import Answer
from rag.api import Rag
from rag.chat.terminal import terminal
from rag.drafting.endpoint import Endpoint, Patience
from rag.models.embedder import Embedder
from rag.reading import Reader

QUESTION = "How much will the repair of the Kellan dam cost?"
COST = (
    "The cracked spillway of the Kellan dam will be repaired over the next three summers at a cost of 84 million "
    "crowns, the Upper Kellan Water Board said on Monday."
)
TRUE = claim(
    1,
    COST,
    "The Upper Kellan Water Board said on Monday that the cracked spillway of the Kellan dam will be repaired over the "
    "next three summers at a cost of 84 million crowns.",
    "Upper Kellan Water Board",
)
SHORTER = claim(
    1,
    COST,
    "According to the Upper Kellan Water Board, the cracked spillway of the Kellan dam will be repaired over the next "
    "three summers at a cost of 84 million crowns.",
)
LIE = claim(1, COST, "The Upper Kellan Water Board said that the repair will cost 94 million crowns.")
LIES = {
    "a number changed": claim(1, COST.replace("84", "94"), str(TRUE["claim"]).replace("84", "94")),
    "a number changed in the sentence alone": LIE,
    "a negation added": claim(1, COST, str(TRUE["claim"]).replace("will be", "will not be")),
    "another speaker": claim(1, COST, str(TRUE["claim"]).replace("Upper Kellan Water Board", "Matthias Okeford")),
    "another speaker beside the words": claim(1, COST, str(TRUE["claim"]), "Matthias Okeford"),
    "an assertion without whose it is": claim(1, COST, "The cracked spillway will be repaired at 84 million."),
    "an invented tail": claim(1, COST, f"{str(TRUE['claim'])[:-1]}, and water will be dear."),
    "invented": claim(1, "The dam will cost 84 million crowns", "The dam will cost 84 million crowns."),
    "no quotation": claim(1, "", str(TRUE["claim"])),
    "another matter": claim(1, "Divers found the cracks in October.", "Divers found the cracks in October."),
    "a link": claim(1, COST, f"{TRUE['claim']} ![x](https://evil.example/?q=1)"),
    "another language": claim(1, COST, "Die Reparatur des Kellan-Damms wird 84 Millionen Kronen kosten."),
}  # fmt: skip
SHORT = Patience(connection=2, silence=0.6, whole=3)


@pytest.fixture
def asked(demo_index: Path, embedder: Embedder, reader: Reader) -> Iterator[Callable[..., Answer]]:
    """Asks the demo with a scripted model; ``.requests`` are those of the last answer."""

    def ask(reply: Reply | Script, question: str = QUESTION, patience: Patience | None = None) -> Answer:
        with scripted(reply) as server:
            model = Endpoint("tern", server.url, patience=patience)
            rag = Rag.load(demo_index, embedder=embedder, generator=reader, model=model)
            answer = rag.ask(question)
            ask.requests = server.requests  # type: ignore[attr-defined]
        return answer

    yield ask


def test_a_sentence_that_its_quotation_supports_is_the_answer(asked: Callable[..., Answer]) -> None:
    answer = asked(drafts(TRUE))
    assert answer.by == "tern" and answer.note is None and not answer.rejected
    assert answer.text == f"{TRUE['claim']} (The Kellan Valley Ledger, 15 April 2031) [1]"
    (citation,) = answer.citations
    assert citation.quote == COST and citation.span.article.text[citation.span.start : citation.span.end] == COST
    assert citation.speaker and citation.speaker.name == "Upper Kellan Water Board"
    assert (answer.tokens.sent, answer.tokens.received) == (7, 5)


def test_the_answer_as_json_says_who_wrote_it_and_what_it_cost(asked: Callable[..., Answer]) -> None:
    told = asked(drafts(TRUE)).to_dict()
    assert (told["by"], told["note"], told["tokens"]) == ("tern", None, {"sent": 7, "received": 5})


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_what_does_not_hold_never_reaches_the_answer(asked: Callable[..., Answer], lie: Body) -> None:
    answer = asked(drafts(lie))
    assert answer.by is None and answer.answered and lie["claim"] not in answer.text
    assert "94" not in answer.text and "evil" not in terminal(answer)
    assert answer.note and "Nothing that tern wrote could be verified (2 drafted)" in answer.note
    assert {verdict.claim for verdict in answer.rejected} == {" ".join(str(lie["claim"]).split())}


def test_what_failed_is_asked_for_once_more_with_the_reason(asked: Callable[..., Answer]) -> None:
    answer = asked(in_turn(drafts(LIE, TRUE), drafts(SHORTER)))
    assert [text.split(" (")[0] for text in answer.text.split("\n\n")] == [TRUE["claim"], SHORTER["claim"]]
    assert [verdict.claim for verdict in answer.rejected] == [LIE["claim"]]
    first, second = (request.body["messages"][-1]["content"] for request in asked.requests)  # type: ignore[attr-defined]
    assert LIE["claim"] not in first and LIE["claim"] in second and "94" in second.split(str(LIE["claim"]))[1]


def test_an_endpoint_without_schemas_answers_in_lines(asked: Callable[..., Answer]) -> None:
    assert asked(refuses_schema(marked(TRUE))).by == "tern"


def test_an_invented_passage_number_does_no_harm(asked: Callable[..., Answer]) -> None:
    answer = asked(drafts({**TRUE, "passage": 77}))
    assert answer.by == "tern" and answer.citations[0].quote == COST


def test_the_first_sentence_is_shown_before_the_second_is_sent(demo_index: Path, embedder: Embedder) -> None:
    sent = threading.Event()
    text = "".join(piece for piece in drafts(TRUE, SHORTER).pieces if isinstance(piece, str))
    middle = text.index(str(TRUE["claim"])) + len(str(TRUE["claim"])) + 5
    with scripted(says("", [text[:middle], sent, text[middle:]])) as server:
        answers = Rag.load(demo_index, embedder=embedder, model=Endpoint("tern", server.url)).stream(QUESTION)
        shown = next(answer for answer in answers if answer.text)
        assert TRUE["claim"] in shown.text and SHORTER["claim"] not in shown.text
        sent.set()
        *_, last = answers
    assert last.text.startswith(shown.text) and SHORTER["claim"] in last.text


def test_a_model_that_is_stopped_hangs_up(demo_index: Path, embedder: Embedder) -> None:
    with scripted(hangs()) as server:
        answers = Rag.load(demo_index, embedder=embedder, model=Endpoint("tern", server.url)).stream(QUESTION)
        next(answer for answer in answers if server.requests)
        answers.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(5)


FAULTS: dict[str, tuple[Reply | Script, str]] = {
    "a wrong key": (fails(401), "refuses the key"),
    "no such model": (fails(404), "is not there"),
    "too many requests": (fails(429, retry_after=0.05), "takes no more requests"),
    "a broken server": (fails(500), "failed|took more"),
    "silence": (hangs(), "silent|took more"),
    "a byte now and then": (drips(), "silent|took more"),
    "no end": (endless("again and again "), "to an end|took more|found nothing to claim"),
    "a lost connection": (breaks_off("The quay", 4), "broke off"),
    "nothing": (empty(), "sent nothing"),
    "what is no JSON": (malformed(), "tern"),
    "prose": (says("The repair will cost 94 million crowns [1]."), "found nothing to claim"),
    "another language": (says("Die Reparatur kostet 94 Millionen Kronen."), "found nothing to claim"),
    "no claims": (drafts(), "found nothing to claim"),
}


@pytest.mark.parametrize(("reply", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_after_every_fault_the_reader_answers_and_says_why(
    asked: Callable[..., Answer], reply: Reply | Script, said: str
) -> None:
    answer = asked(reply, patience=SHORT)
    assert answer.by is None and COST in answer.citations[0].quote and "94" not in answer.text
    assert answer.note and re.search(said, answer.note) and "chosen without a model" in answer.note


def test_what_was_verified_before_a_draft_broke_off_stands(asked: Callable[..., Answer]) -> None:
    text = "".join(piece for piece in drafts(TRUE, LIE).pieces if isinstance(piece, str))
    answer = asked(breaks_off(text, len(text) - 30))
    assert answer.by == "tern" and answer.text.startswith(str(TRUE["claim"]))
    assert answer.note and "broke off" in answer.note and "What it sent before was verified." in answer.note


def test_quotations_only_asks_no_model(demo_index: Path, embedder: Embedder) -> None:
    with scripted(drafts(TRUE)) as server:
        rag = Rag.load(demo_index, embedder=embedder, model=Endpoint("tern", server.url))
        answer = rag.ask(QUESTION, quotations_only=True)
    assert answer.by is None and answer.note is None and server.requests == []


def test_a_question_about_nothing_in_the_index_is_refused_whatever_the_model_says(
    asked: Callable[..., Answer],
) -> None:
    answer = asked(drafts(TRUE), "Who won the chess olympiad in Reykjavik?")
    assert not answer.answered and answer.passages and answer.reason and "Reykjavik" in answer.reason
