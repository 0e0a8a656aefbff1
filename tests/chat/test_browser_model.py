"""The chat with a language model, in a real browser: what is verified streams in, Stop stops, the switch switches."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Chat, running_chat
from scripted import Script, Scripted, drafts, endless, says, scripted
from test_answering import LIE, QUESTION, SHORTER, TRUE
from test_browser import WAIT, Visitor, browser, pytestmark

__all__ = ["browser", "pytestmark"]  # a fixture and marks of the other browser tests


class Stage:
    """What the scripted model does next; ``go_on`` lets it send the rest."""

    def __init__(self) -> None:
        self.script: Script = drafts(TRUE)
        self.go_on = threading.Event()

    def __call__(self, body: object) -> Script:
        return self.script

    def two_acts(self, *claims: dict[str, Any]) -> None:
        """The first claim, and the others only when told."""
        text = "".join(piece for piece in drafts(*claims).pieces if isinstance(piece, str))
        first = text.index(str(claims[0]["claim"])) + len(str(claims[0]["claim"])) + 5
        self.script = says("", [text[:first], self.go_on, text[first:]])


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="module")
def server(stage: Stage) -> Iterator[Scripted]:
    with scripted(stage) as running:
        yield running


@pytest.fixture(scope="module")
def model_chat(server: Scripted, demo_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    folder = tmp_path_factory.mktemp("model")
    environ = {"OPENAI_BASE_URL": server.url, "RAG_MODEL": "tern"}
    with running_chat(folder, index=demo_index, environ=environ) as running:
        yield running


@pytest.fixture
def visitor(browser: Any, model_chat: Chat) -> Iterator[Visitor]:
    visitor = Visitor(browser, model_chat.url)
    yield visitor
    visitor.context.close()


def test_a_verified_sentence_is_on_the_page_before_the_next_is_sent(visitor: Visitor, stage: Stage) -> None:
    page = visitor.page
    stage.go_on.clear()
    stage.two_acts(TRUE, LIE, SHORTER)
    page.get_by_label("Question", exact=True).fill(QUESTION)
    page.get_by_label("Question", exact=True).press("Enter")
    page.locator("#answer-1 button.cite").wait_for(timeout=WAIT)
    shown = page.locator("#answer-1").inner_text()
    assert TRUE["claim"] in shown and "is writing" in shown and page.locator("#source-1-1 mark").count() == 1
    assert page.locator("button.copy").count() == 0
    stage.go_on.set()
    page.locator("button.copy").wait_for(timeout=WAIT)
    whole = page.locator("#answer-1").inner_text()
    assert SHORTER["claim"] in whole and LIE["claim"] not in whole and "Written by tern" in whole
    assert "1 sentence of the model did not hold: left out." in page.locator("#sources-1").inner_text()


def test_stop_stops_the_model_and_the_answer_stays_unfinished(visitor: Visitor, stage: Stage, server: Scripted) -> None:
    page = visitor.page
    server.hung_up.clear()
    stage.script = endless(" ")
    page.get_by_label("Question", exact=True).fill(QUESTION)
    page.get_by_label("Question", exact=True).press("Enter")
    page.get_by_text("The model is writing").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Stop", disabled=True).wait_for(timeout=WAIT)
    assert server.hung_up.wait(10)
    assert "Stopped." in page.locator(".message-content").last.inner_text()
    assert page.locator("button.copy").count() == 0


def test_with_the_switch_on_quotations_no_model_is_asked(visitor: Visitor, stage: Stage, server: Scripted) -> None:
    stage.script = drafts(TRUE)
    asked = len(server.requests)
    visitor.page.get_by_role("radio", name="Quotations only").check()
    assert "Written by" not in visitor.ask(QUESTION) and len(server.requests) == asked
    visitor.page.get_by_role("radio", name="tern").check()
    visitor.page.get_by_label("Question", exact=True).fill(QUESTION)
    visitor.page.get_by_label("Question", exact=True).press("Enter")
    visitor.page.locator("#answer-2").get_by_text("Written by tern").wait_for(timeout=WAIT)


def test_a_follow_up_is_shown_as_it_was_understood_and_numbers_stay(visitor: Visitor, stage: Stage) -> None:
    stage.script = drafts(TRUE)
    visitor.ask(QUESTION)
    visitor.page.locator("#answer-1 button.copy").wait_for(timeout=WAIT)
    first = visitor.page.locator("#answer-1").inner_text()
    stage.script = drafts()
    visitor.ask("And when will it begin?", 2)
    visitor.page.locator("#answer-2 button.copy").wait_for(timeout=WAIT)
    understood = "Understood as: About the repair of the Kellan dam cost: when will it begin?"
    assert understood in visitor.page.locator("#answer-2").inner_text()
    assert visitor.page.locator("#answer-1").inner_text() == first


def test_without_a_model_there_is_no_switch(browser: Any, chat: Chat) -> None:
    visitor = Visitor(browser, chat.url)
    assert visitor.page.get_by_role("radio").count() == 0
    visitor.context.close()


def test_a_real_model_answers_over_the_whole_line(
    browser: Any, demo_index: Path, weights: Path, tmp_path: Path
) -> None:
    with running_chat(tmp_path, "--model", str(weights), index=demo_index) as running:
        visitor = Visitor(browser, running.url)
        visitor.page.get_by_label("Question", exact=True).fill(QUESTION)
        visitor.page.get_by_label("Question", exact=True).press("Enter")
        visitor.page.locator("#answer-1").get_by_text("tokens sent to the model").wait_for(timeout=4 * WAIT)
        said = visitor.page.locator("#answer-1").inner_text()
        assert weights.name in said  # whether it wrote the answer or the reader had to
        assert visitor.marked()
        visitor.context.close()
