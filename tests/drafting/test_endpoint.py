"""Speaking to a model over a real socket: what arrives, what each fault says, and that stopping stops the model."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from scripted import (
    Reply,
    Script,
    breaks_off,
    drips,
    empty,
    endless,
    fails,
    hangs,
    in_turn,
    malformed,
    refuses_schema,
    says,
    scripted,
)

from rag.drafting.endpoint import Endpoint, FormRefused, Patience
from rag.drafting.forms import SCHEMA
from rag.errors import ModelError
from rag.records import Tokens

MESSAGES = [{"role": "user", "content": "How high is the quay?"}]
SHORT = Patience(connection=2, silence=0.6, whole=4)


@pytest.fixture(autouse=True)
def no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "RAG_MODEL"):
        monkeypatch.delenv(name, raising=False)


def answer(reply: Reply | Script, patience: Patience | None = None) -> list[str | Tokens]:
    with scripted(reply) as server:
        return [piece for piece in Endpoint("tern", server.url, patience=patience)(MESSAGES) if piece]


def test_pieces_come_in_order_and_the_tokens_last() -> None:
    assert answer(says("Four metres.")) == ["Four ", "metres.", Tokens(7, 5)]


def test_tokens_that_the_endpoint_does_not_count_are_not_told() -> None:
    assert answer(says("Four metres.", usage=None)) == ["Four ", "metres."]


def test_the_model_and_what_it_is_asked_are_sent_as_they_are() -> None:
    with scripted(says("Four.")) as server:
        list(Endpoint("tern", server.url, "a-key")(MESSAGES, SCHEMA))
    (request,) = server.requests
    assert request.path == "/v1/chat/completions" and request.headers["authorization"] == "Bearer a-key"
    assert request.body["model"] == "tern" and request.body["messages"] == MESSAGES
    assert request.body["response_format"]["json_schema"]["schema"] == SCHEMA


FAULTS: dict[str, tuple[Reply | Script, str]] = {
    "a wrong key": (fails(401), "refuses the key: set OPENAI_API_KEY"),
    "no such model": (fails(404, message="no model 'tern'"), "is not there .*no model 'tern'.*check its name"),
    "too many requests": (fails(429, retry_after=0.05, message="slow down"), "takes no more requests now .*slow down"),
    "a broken server": (fails(500), "failed .500"),
    "a body of no kind": (Script(status=418, body=b"<html>" + b"x" * 5000), "failed .418"),
    "silence": (hangs(), "was silent for 0.6 s|took more than 4 s"),
    "a byte now and then": (drips(), "took more than 4 s|was silent"),
    "no end": (endless("again and again "), "did not come to an end|took more than"),
    "a connection lost in the middle": (breaks_off("Four metres", 4), "broke off"),
    "a stream that just stops": (breaks_off("Four metres", 4, "cut"), "broke off in the middle"),
    "nothing": (empty(), "sent nothing"),
    "what is no JSON": (malformed(), "cannot be read|broke off|sent nothing"),
}


@pytest.mark.parametrize(("reply", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_is_one_error_that_says_what_to_do(reply: Reply | Script, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        answer(reply, SHORT)


def test_a_refused_connection_names_the_address_to_check() -> None:
    with scripted(says("Four.")) as server:
        url = server.url
    with pytest.raises(ModelError, match=r"cannot be reached .*OPENAI_BASE_URL"):
        list(Endpoint("tern", url)(MESSAGES))


def test_a_refusal_that_passes_is_tried_again() -> None:
    assert answer(in_turn(fails(429, retry_after=0.05), says("Four."))) == ["Four.", Tokens(7, 5)]


def test_an_option_that_is_refused_is_left_out_from_then_on() -> None:
    def reply(body: object) -> Script:
        return fails(400, message="Unsupported parameter: 'temperature'.") if "temperature" in str(body) else says("4")

    with scripted(reply) as server:
        endpoint = Endpoint("tern", server.url)
        for _ in range(2):
            assert list(filter(None, endpoint(MESSAGES))) == ["4", Tokens(7, 5)]
    assert ["temperature" in request.body for request in server.requests] == [True, False, False]


def test_an_endpoint_that_takes_no_schema_says_so_once() -> None:
    with scripted(refuses_schema(says("4"))) as server:
        endpoint = Endpoint("tern", server.url)
        for _ in range(2):
            with pytest.raises(FormRefused):
                list(endpoint(MESSAGES, SCHEMA))
        assert list(filter(None, endpoint(MESSAGES))) == ["4", Tokens(7, 5)]
    assert len(server.requests) == 2


def test_whoever_stops_reading_stops_the_model_at_once() -> None:
    with scripted(endless("again and again ")) as server:
        pieces: Iterator[str | Tokens] = Endpoint("tern", server.url)(MESSAGES)
        assert next(filter(None, pieces))
        pieces.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(5)


def test_a_model_that_thinks_is_reported_as_waiting_and_can_be_stopped() -> None:
    with scripted(hangs()) as server:
        pieces = Endpoint("tern", server.url)(MESSAGES)
        begun = time.monotonic()
        assert [next(pieces) for _ in range(3)] == ["", "", ""] and time.monotonic() - begun < 5
        next(piece for piece in pieces if server.requests)
        pieces.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(5)


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    answer(says("Four."))
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threading.active_count() <= before


def test_without_an_address_or_a_key_there_is_no_endpoint() -> None:
    with pytest.raises(ModelError, match="set OPENAI_BASE_URL"):
        Endpoint("tern")


def test_the_environment_says_where_and_who(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted(says("Four.")) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "a-key")
        list(Endpoint("tern")(MESSAGES))
    assert server.requests[0].headers["authorization"] == "Bearer a-key"
