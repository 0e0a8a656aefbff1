"""What the events of every tab have in common: how they are told, how they fail, and the dialog that they open."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import gradio as gr

from rag.chat import page, style
from rag.errors import IndexMissing, RagError
from rag.records import Span

Update = dict[Any, Any]  # component -> what it is to show; whichever is not named stays as it is
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
QUIET = PRIVATE | {"show_progress": "hidden"}


def told(error: Exception) -> str:
    """What a user is told about an error; an unexpected one goes to stderr with its traceback."""
    if isinstance(error, IndexMissing):
        return "There are no articles yet: add some under Articles, then try again."
    if isinstance(error, RagError):
        return str(error)
    traceback.print_exception(error)
    return f"Something went wrong: {error or type(error).__name__}"


def source_cards(shown: str, name: str) -> gr.HTML:
    """An element of source cards, named ``name``, that tells which of its articles is to be read."""
    return gr.HTML(shown, elem_id=name, apply_default_css=False, js_on_load=style.BUTTONS_ON_LOAD)


def open_articles(
    cards: gr.HTML, state: gr.State, reading: gr.HTML, span_at: Callable[[Any, int, int], Span | None]
) -> None:
    """Let the buttons of ``cards`` open an article in ``reading``.

    ``span_at(value of state, turn, place)`` is what card ``place`` of answer ``turn`` shows, both from 1.
    """

    def read(shown: Any, event: gr.EventData) -> str:
        span = span_at(shown, event.turn, event.place)
        return page.reading(span) if span else ""

    cards.click(read, state, reading, **QUIET).then(None, js=style.OPEN_READING, **PRIVATE)
