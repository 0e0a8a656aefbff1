"""The tab of the chat in which a quotation is checked: its layout and its events."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from rag.chat import page
from rag.chat.desk import Desk
from rag.chat.events import QUIET, Update, open_articles, source_cards, told
from rag.chat.findings import announcement, findings, shown_spans
from rag.quoting import TEXT_LIMIT, Check
from rag.records import Span


class CheckTab:
    """A quotation on one side, on the other where it stands; ``reading`` is where an article is opened."""

    def __init__(self, desk: Desk, reading: gr.HTML) -> None:
        self._desk = desk
        self._last = gr.State(None)
        with gr.Row():
            with gr.Column(scale=2, min_width=320):
                self._box = gr.Textbox(
                    label="Quotation, or a text that quotes",
                    placeholder="“We will stay until the spring.”",
                    info="Shift+Enter checks it",
                    lines=4,
                    max_lines=14,
                    max_length=TEXT_LIMIT,
                )
                self._speaker = gr.Textbox(
                    label="Speaker", info="Who is said to have said it; may stay empty", max_lines=1
                )
                send = gr.Button("Check", variant="primary", size="md")
            with gr.Column(scale=3, min_width=320):
                self._verdict = gr.HTML(elem_id="verdict", apply_default_css=False)
                self._cards = source_cards(
                    page.notice("What the articles say of a quotation is shown here."), "findings"
                )
        inputs, outputs = [self._box, self._speaker], [self._verdict, self._cards, self._last]
        events = [self._box.submit, self._speaker.submit, send.click]
        gr.on(events, self._check, inputs, outputs, concurrency_limit=4, **QUIET)
        open_articles(self._cards, self._last, reading, _span_at)

    def _check(self, text: str, speaker: str) -> Iterator[Update]:
        searching = page.notice("Looking through the articles …")
        yield {self._verdict: "", self._cards: searching, self._last: None}
        try:
            found = self._desk.rag.check(text, speaker)
        except Exception as error:
            yield {self._verdict: page.notice(told(error)), self._cards: ""}
            return
        yield {self._verdict: announcement(found), self._cards: findings(found), self._last: found}


def _span_at(found: Check | None, turn: int, place: int) -> Span | None:
    return shown_spans(found.quotations[turn - 1])[place - 1] if found else None
