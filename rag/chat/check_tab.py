"""The tab of the chat in which a quotation is checked: its layout and its events."""

# No "from __future__ import annotations": Gradio reads the annotations of event handlers, and gr is imported late.

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from rag.chat import page
from rag.chat import style as look
from rag.chat.cards import NOTHING_YET, announcement, findings, shown_spans
from rag.quoting import TEXT_LIMIT, Check

if TYPE_CHECKING:
    import gradio as gr

_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def check_tab(check: Callable[..., Check], reading: "gr.HTML", said: Callable[[Exception], str]) -> None:
    """Lay out the tab; ``reading`` is where an article is opened, ``said`` tells a user what went wrong."""
    import gradio as gr

    last = gr.State(None)
    with gr.Row():
        with gr.Column(scale=2, min_width=320):
            box = gr.Textbox(
                label="Quotation, or a text that quotes",
                placeholder="“We will stay until the spring.”",
                info="Shift+Enter checks it",
                lines=4,
                max_lines=14,
                max_length=TEXT_LIMIT,
            )
            speaker = gr.Textbox(label="Speaker", info="Who is said to have said it; may stay empty", max_lines=1)
            send = gr.Button("Check", variant="primary", size="md")
        with gr.Column(scale=3, min_width=320):
            verdict = gr.HTML(elem_id="verdict", apply_default_css=False)
            cards = gr.HTML(NOTHING_YET, elem_id="findings", apply_default_css=False, js_on_load=look.CARDS_ON_LOAD)

    def checked(text: str, name: str) -> Iterator[tuple[Any, ...]]:
        yield "", page.notice("Looking through the articles …"), None
        try:
            result = check(text, name)
        except Exception as error:
            yield page.notice(said(error)), "", None
            return
        yield announcement(result), findings(result), result

    def read(result: Check | None, event: gr.EventData) -> str:
        return page.reading(shown_spans(result.quotations[event.turn - 1])[event.place - 1]) if result else ""

    events = [box.submit, speaker.submit, send.click]
    gr.on(events, checked, [box, speaker], [verdict, cards, last], concurrency_limit=4, **_QUIET)
    cards.click(read, last, reading, **_QUIET).then(None, js=look.OPEN_READING, api_visibility="private")
