"""The chat's two public endpoints, for programs: the JSON of the command line, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from rag.answer import Answer
from rag.api import Options
from rag.chat.desk import Desk
from rag.chat.events import told
from rag.quoting import Check


def add_endpoints(desk: Desk) -> None:
    """Add ``ask`` and ``check`` to the page that is being laid out: before its events, since the first takes a name."""

    def ask(
        question: str,
        as_of: str | None = None,
        after: str | None = None,
        before: str | None = None,
        publishers: list[str] | None = None,
        history: list[list[str]] | None = None,
        quotations_only: bool = False,
    ) -> dict[str, Any]:
        """Answer a question: the same JSON as python -m rag ask --json; history is [[question, answer], …]."""
        options: Options = {"as_of": as_of, "after": after, "before": before, "publishers": publishers}
        past = [(str(asked), str(answered)) for asked, answered in history or ()]
        options |= {"history": past, "quotations_only": quotations_only}
        return _told(lambda: desk.rag.ask(question, **options))

    def check(
        text: str,
        speaker: str | None = None,
        after: str | None = None,
        before: str | None = None,
        publishers: list[str] | None = None,
    ) -> dict[str, Any]:
        """Check a quotation, or each one in a text: the same JSON as python -m rag check --json."""
        return _told(lambda: desk.rag.check(text, speaker, after=after, before=before, publishers=publishers))

    for endpoint in (ask, check):
        api(endpoint, api_name=endpoint.__name__, concurrency_limit=4)


def _told(call: Callable[[], Answer | Check]) -> dict[str, Any]:
    try:
        return call().to_dict()
    except Exception as error:
        raise gr.Error(told(error), print_exception=False) from error
