"""The scripted server, read by the real client: every script does what it is named for."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import openai
import pytest
from scripted import (
    Reply,
    Script,
    Scripted,
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
    not_streaming,
    refuses_schema,
    says,
    scripted,
)

MESSAGES: Any = [{"role": "user", "content": "How high did the Vessen get?"}]
CLAIMS = (
    claim(1, "“It’s 6.4 mètres,” 🌊 she said", "The Vessen got 6.4 metres high.", "Leonor Quist"),
    claim(2, "“It’s 6.4 mètres,” 🌊 \\ she said", 'They call it "high".'),
)


@contextmanager
def client_of(reply: Reply | Script, timeout: float = 5.0) -> Iterator[tuple[Scripted, openai.OpenAI]]:
    with (
        scripted(reply) as server,
        openai.OpenAI(base_url=server.url, api_key="none", max_retries=0, timeout=timeout) as client,
    ):
        yield server, client


def streamed(client: openai.OpenAI, **options: Any) -> tuple[list[str], Any]:
    """The pieces of text, and the last chunk."""
    pieces, last = [], None
    with client.chat.completions.create(model="small", messages=MESSAGES, stream=True, **options) as stream:
        for last in stream:
            pieces += [choice.delta.content for choice in last.choices if choice.delta.content]
    return pieces, last


def test_text_comes_a_word_at_a_time_and_ends_as_it_should() -> None:
    with client_of(says("The river  rose.")) as (_, client):
        pieces, last = streamed(client)
    assert pieces == ["The ", "river ", " ", "rose."]
    assert last.choices[0].finish_reason == "stop"


def test_tokens_are_told_where_they_are_asked_for() -> None:
    with client_of(says("It rose.", usage=(31, 2))) as (_, client):
        _, last = streamed(client, stream_options={"include_usage": True})
        assert (last.choices, last.usage.prompt_tokens, last.usage.completion_tokens) == ([], 31, 2)
        assert streamed(client)[1].usage is None


def test_an_event_and_a_pause_hold_pieces_back() -> None:
    gate = threading.Event()
    with client_of(says("", pieces=["one", gate, "two", 0.05, "three"])) as (_, client):
        stream = client.chat.completions.create(model="small", messages=MESSAGES, stream=True)
        texts = (chunk.choices[0].delta.content for chunk in stream if chunk.choices[0].delta.content)
        assert next(texts) == "one"
        gate.set()
        assert next(texts) == "two"
        begun = time.monotonic()
        assert next(texts) == "three" and time.monotonic() - begun > 0.02


def test_a_draft_in_json_comes_whole_though_its_pieces_part_escapes() -> None:
    with client_of(drafts(*CLAIMS)) as (_, client):
        pieces, _ = streamed(client)
    assert json.loads("".join(pieces)) == {"claims": list(CLAIMS)}
    assert any(piece.endswith("\\") for piece in pieces) and any(piece.endswith("\\u2") for piece in pieces)
    assert "🌊" in "".join(pieces)


def test_a_draft_in_lines_comes_whole() -> None:
    with client_of(marked(*CLAIMS)) as (_, client):
        lines = "".join(streamed(client)[0]).split("\n")
    assert lines[:5] == [
        "PASSAGE: 1",
        f"QUOTE: {CLAIMS[0]['quote']}",
        "SPEAKER: Leonor Quist",
        "CLAIM: The Vessen got 6.4 metres high.",
        "",
    ]
    assert lines[5] == "PASSAGE: 2"


def test_a_torn_chunk_is_parted_inside_a_character() -> None:
    with scripted(Script(["é"], torn=True)) as server, httpx.Client() as client:
        body = {"model": "small", "stream": True, "messages": MESSAGES}
        with client.stream("POST", f"{server.url}/chat/completions", json=body) as response:
            parts = list(response.iter_raw())
    assert any(part.endswith(b"\xc3") for part in parts)
    assert 'content": "é"' in b"".join(parts).decode()


def test_a_failure_has_its_status_its_message_and_when_to_try_again() -> None:
    with (
        client_of(fails(429, retry_after=2.5, message="Too fast.")) as (_, client),
        pytest.raises(openai.RateLimitError, match=r"Too fast\.") as caught,
    ):
        streamed(client)
    assert caught.value.response.headers["retry-after"] == "2.5"


def test_the_real_client_tries_again_after_a_failure() -> None:
    with scripted(in_turn(fails(503, retry_after=0.01), says("It rose."))) as server:
        with openai.OpenAI(base_url=server.url, api_key="none", max_retries=1) as client:
            assert "".join(streamed(client)[0]) == "It rose."
        assert len(server.requests) == 2


def test_a_schema_is_refused_as_long_as_it_is_asked_for() -> None:
    with client_of(refuses_schema(says("It rose."))) as (server, client):
        with pytest.raises(openai.BadRequestError, match="response_format"):
            streamed(client, response_format={"type": "json_object"})
        assert "".join(streamed(client)[0]) == "It rose."
        assert ["response_format" in request.body for request in server.requests] == [True, False]


def test_a_server_that_hangs_sends_nothing() -> None:
    with client_of(hangs(), timeout=0.2) as (server, client):
        with pytest.raises(openai.APITimeoutError):
            streamed(client)
        assert server.hung_up.wait(2)


@pytest.mark.parametrize("script", [hangs(), drips(), says("", pieces=[threading.Event()])])
def test_it_stops_at_once_whatever_hangs(script: Script) -> None:
    failed: list[Exception] = []

    def call() -> None:
        try:
            streamed(client)
        except openai.APIConnectionError as error:
            failed.append(error)

    begun = time.monotonic()
    with client_of(script) as (server, client):
        caller = threading.Thread(target=call)
        caller.start()
        while not server.requests:
            time.sleep(0.01)
        begun = time.monotonic()
    caller.join(2)
    assert len(failed) == 1 and time.monotonic() - begun < 1


def test_drips_outlast_a_limit_on_silence() -> None:
    with scripted(drips()) as server, httpx.Client(timeout=0.2) as client:
        asked = {"model": "small", "stream": True, "messages": MESSAGES}
        begun = time.monotonic()
        with client.stream("POST", f"{server.url}/chat/completions", json=asked) as response:
            last = next(part for part in response.iter_raw() if time.monotonic() - begun > 0.5)
        assert last == b":"


@pytest.mark.parametrize("ending", ["lost", "cut"])
def test_a_stream_that_breaks_off_has_no_last_chunk(ending: Any) -> None:
    texts: list[str] = []
    with client_of(breaks_off("It rose to 6.4 metres.", 10, ending)) as (_, client):
        stream = client.chat.completions.create(model="small", messages=MESSAGES, stream=True)
        try:
            texts += [chunk.choices[0].delta.content or chunk.choices[0].finish_reason or "" for chunk in stream]
            lost = False
        except openai.APIConnectionError:
            lost = True
    assert lost == (ending == "lost")
    assert lost or texts == ["", "It rose to"]


def test_an_endless_answer_ends_when_the_client_hangs_up_and_that_is_noticed() -> None:
    with client_of(endless("rose and ")) as (server, client):
        stream = client.chat.completions.create(model="small", messages=MESSAGES, stream=True)
        for count, _ in enumerate(stream):
            if count == 50:
                break
        assert not server.hung_up.is_set()
        stream.close()
        assert server.hung_up.wait(2)


def test_a_malformed_event_is_an_error_of_the_client() -> None:
    with client_of(malformed()) as (_, client), pytest.raises(ValueError):
        streamed(client)


def test_an_empty_stream_holds_no_word() -> None:
    with client_of(empty()) as (_, client):
        pieces, last = streamed(client)
    assert pieces == [] and last.choices[0].finish_reason == "stop"


def test_a_server_that_does_not_stream_answers_with_one_body_in_which_the_client_finds_no_chunk() -> None:
    with client_of(not_streaming("It rose.")) as (server, client):
        assert streamed(client) == ([], None)
        asked = {"model": "small", "stream": True, "messages": MESSAGES}
        response = httpx.post(f"{server.url}/chat/completions", json=asked)
    assert response.json()["choices"][0]["message"]["content"] == "It rose."


def test_a_request_is_kept_with_its_body_and_headers() -> None:
    with client_of(says("It rose.")) as (server, client):
        streamed(client, temperature=0)
        (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer none"
    assert (request.body["model"], request.body["messages"], request.body["temperature"]) == ("small", MESSAGES, 0)


def test_requests_are_answered_side_by_side() -> None:
    gate = threading.Event()
    with client_of(in_turn(says("", pieces=[gate, "first"]), says("second"))) as (server, client):
        found: list[str] = []
        waiting = threading.Thread(target=lambda: found.extend(streamed(client)[0]))
        waiting.start()
        while not server.requests:
            time.sleep(0.01)
        assert streamed(client)[0] == ["second"] and found == []
        gate.set()
        waiting.join(2)
        assert found == ["first"]
