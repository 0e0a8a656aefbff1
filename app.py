"""The chat in the browser: python app.py. Layout and events; what they show is made in rag/chat/page.py."""

# No "from __future__ import annotations": Gradio reads the annotations of event handlers, and gr is imported late.

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from rag.chat import launch, read_options
from rag.errors import RagError

if TYPE_CHECKING:
    import gradio as gr

    from index.desk import Desk
    from rag.answer import Answer

STREAM_SECONDS = 0.1  # between two lines of an answer
QUOTATIONS_ONLY = "Quotations only"
WRITING = "The model is writing; what is shown is verified …"
_PRIVATE: dict[str, Any] = {"api_visibility": "private"}
_QUIET = _PRIVATE | {"show_progress": "hidden"}


def build_page(desk: "Desk", allow_urls: bool) -> "gr.Blocks":
    """The page over one index; ``ask`` and ``check`` are its only public endpoints."""
    import gradio as gr
    from gradio.events import api

    from index.articles_tab import articles_tab, listed
    from rag.chat import check_tab, page

    blocks: gr.Blocks
    with gr.Blocks(title="Onrecord", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as blocks:
        for name, endpoint in _endpoints(desk).items():  # first: a name is taken by whoever comes first
            api(endpoint, api_name=name, concurrency_limit=4)
        gr.HTML(page.HEADER, apply_default_css=False)
        holdings = gr.HTML(elem_id="holdings", apply_default_css=False)
        reading = gr.HTML(apply_default_css=False)  # outside of the tabs, whose hidden parts could not show it
        with gr.Tab("Ask"):
            chat, publishers = _ask_tab(desk, reading)
        with gr.Tab("Check a quotation"):
            check_tab(desk.check, reading, _said)
        with gr.Tab("Articles"):
            listing, changes = articles_tab(desk, allow_urls, _said)

        def refresh() -> tuple[Any, ...]:
            facts, names = desk.holdings()
            return page.holdings(facts, len(names)), gr.Dropdown(choices=names), listed(desk)

        def examples() -> gr.Chatbot:
            return gr.Chatbot(examples=[{"text": question} for question in desk.examples()])

        for changed in [blocks.load, *changes]:
            changed(refresh, None, [holdings, publishers, listing], **_QUIET).then(examples, None, chat, **_QUIET)
    return blocks


def _endpoints(desk: "Desk") -> dict[str, Callable[..., dict[str, Any]]]:
    import gradio as gr

    def told(call: Callable[..., Any], *arguments: Any, **options: Any) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = call(*arguments, **options).to_dict()
        except Exception as error:
            raise gr.Error(_said(error), print_exception=False) from error
        return answer

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
        options = {"as_of": as_of, "after": after, "before": before, "publishers": publishers}
        past = [(str(asked), str(answered)) for asked, answered in history or ()]
        return told(desk.ask, question, **options, history=past, quotations_only=quotations_only)

    def check(
        text: str,
        speaker: str | None = None,
        after: str | None = None,
        before: str | None = None,
        publishers: list[str] | None = None,
    ) -> dict[str, Any]:
        """Check a quotation, or each one in a text: the same JSON as python -m rag check --json."""
        return told(desk.check, text, speaker, after=after, before=before, publishers=publishers)

    return {"ask": ask, "check": check}


def _ask_tab(desk: "Desk", reading: "gr.HTML") -> "tuple[gr.Chatbot, gr.Dropdown]":
    """The conversation with its sources beside it; returns what depends on the index."""
    import gradio as gr

    from rag.chat import Turn, history, messages, page
    from rag.chat import cards as source_cards
    from rag.chat import style as look

    turns = gr.State([])
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            chat = gr.Chatbot(
                label="Conversation",
                show_label=False,
                height="min(52vh, 620px)",
                latex_delimiters=[],
                buttons=[],
                allow_tags=False,
                group_consecutive_messages=False,
            )
            box = gr.Textbox(label="Question", placeholder="Ask a question", max_lines=4, autofocus=True)
            with gr.Row():
                send = gr.Button("Ask", variant="primary", size="md", min_width=80)
                stop = gr.Button("Stop", interactive=False, size="md", min_width=80)
                new = gr.Button("New conversation", size="md", min_width=120)
            by = gr.Radio(
                [QUOTATIONS_ONLY, desk.model or ""],
                value=desk.model or QUOTATIONS_ONLY,
                label="Answers by",
                visible=desk.model is not None,
            )
            publishers, *days = _filters()
        with gr.Column(scale=2, min_width=320):
            cards = gr.HTML(source_cards([]), elem_id="cards", apply_default_css=False, js_on_load=look.CARDS_ON_LOAD)
            receipt = gr.DownloadButton("Save the answer's receipt", size="md", visible=False)

    def ask(question: str, past: list[Turn], by: str, names: list[str], *days: str) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            yield (gr.skip(),) * 6  # to yield nothing would empty them
            return
        turn = Turn(question)
        yield (
            messages([*past, turn]),
            [*past, turn],
            gr.skip(),
            "",
            gr.Button(interactive=True),
            gr.DownloadButton(visible=False),
        )
        after, before, as_of = ((day or "").strip() or None for day in days)
        filters = {"publishers": names, "after": after, "before": before, "as_of": as_of}
        try:
            answers = desk.stream(question, history=history(past), quotations_only=by == QUOTATIONS_ONLY, **filters)
            with closing(answers):  # a visitor who stops closes this generator, and so the model is stopped
                for answer, grown in _paced(answers):
                    turn = replace(turn, answer=answer, note=WRITING)
                    now = [*past, turn]
                    shown = source_cards(now) if answer.citations else gr.skip()
                    yield (messages(now), now, shown, *(gr.skip(),) * 3) if grown else (gr.skip(),) * 6
        except Exception as error:
            now = [*past, replace(turn, answer=None, note=_said(error))]
            yield messages(now), now, gr.skip(), question, gr.Button(interactive=False), gr.skip()
            return
        turn = replace(turn, answer=answer, note=None)
        for lines in range(1, len(answer.text.split("\n")) if answer.by is None else 1):
            now = [*past, replace(turn, lines=lines)]
            yield messages(now), now, *(gr.skip(),) * 4
            time.sleep(STREAM_SECONDS)
        now = [*past, turn]
        saved = _receipt(desk, answer, filters)
        yield messages(now), now, source_cards(now), gr.skip(), gr.Button(interactive=False), saved

    def stopped(past: list[Turn]) -> tuple[Any, ...]:
        if past and past[-1].note:
            past = [*past[:-1], replace(past[-1], note="Stopped.")]
        return messages(past), past, source_cards(past), gr.Button(interactive=False)

    def emptied() -> tuple[Any, ...]:
        return [], [], source_cards([]), gr.Button(interactive=False), "", gr.DownloadButton(visible=False)

    def read(past: list[Turn], event: gr.EventData) -> str:
        answer = past[event.turn - 1].answer
        return page.reading(page.shown_spans(answer)[event.place - 1]) if answer else ""

    def choose(event: gr.SelectData) -> str:
        return str(event.value["text"])

    inputs, outputs = [box, turns, by, publishers, *days], [chat, turns, cards, box, stop, receipt]
    asking = gr.on([box.submit, send.click], ask, inputs, outputs, concurrency_limit=4, **_QUIET)
    chosen = chat.example_select(choose, None, box, **_QUIET).then(ask, inputs, outputs, concurrency_limit=4, **_QUIET)
    stop.click(stopped, turns, [chat, turns, cards, stop], cancels=[asking, chosen], **_QUIET)
    everything = [chat, turns, cards, stop, box, receipt]
    gr.on([new.click, chat.clear], emptied, None, everything, cancels=[asking, chosen], **_QUIET)
    cards.click(read, turns, reading, **_QUIET).then(None, js=look.OPEN_READING, **_PRIVATE)
    return chat, publishers


def _paced(answers: "Iterator[Answer]") -> "Iterator[tuple[Answer, bool]]":
    """What a model has written, several times a second, and whether it is more than before; then the whole answer."""
    known, told = None, 0.0
    for answer in answers:
        grown = bool(answer.by) and answer.text != known
        if grown or time.monotonic() - told >= STREAM_SECONDS:
            known, told = answer.text if grown else known, time.monotonic()
            yield answer, grown
    yield answer, False


def _receipt(desk: "Desk", answer: "Answer", settings: dict[str, Any]) -> "gr.DownloadButton":
    """The button that saves an answer's receipt; no button where nothing is quoted."""
    import gradio as gr
    from gradio.processing_utils import save_bytes_to_cache
    from gradio.utils import get_upload_folder

    if not answer.answered:
        return gr.DownloadButton(visible=False)
    content = json.dumps(desk.receipt(answer, settings), ensure_ascii=False, indent=2).encode()
    file = save_bytes_to_cache(content, "receipt.json", get_upload_folder())  # emptied by the hour: delete_cache
    return gr.DownloadButton(value=file, visible=True)


def _filters() -> "tuple[gr.Dropdown, gr.Textbox, gr.Textbox, gr.Textbox]":
    import gradio as gr

    def day(label: str, info: str) -> gr.Textbox:
        return gr.Textbox(label=label, info=info, placeholder="YYYY-MM-DD", max_lines=1, min_width=140)

    with gr.Accordion("Narrow the search", open=False):
        publishers = gr.Dropdown([], label="Publishers", multiselect=True, info="None chosen: all of them")
        with gr.Row():
            after = day("After", "Published on this day or later")
            before = day("Before", "Published on this day or earlier")
            as_of = day("As of", "As if asked on this day")
    return publishers, after, before, as_of


def _said(error: Exception) -> str:
    """What a user is told about an error; an unexpected one goes to stderr with its traceback."""
    if isinstance(error, RagError):
        return str(error)
    traceback.print_exception(error)
    return f"Something went wrong: {error or type(error).__name__}"


def main(argv: Sequence[str] | None = None) -> int:
    options = read_options(argv)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    from index.desk import open_desk

    try:
        desk = open_desk(options.index, options.reader, options.reranker, options.model, partial(print, flush=True))
        page = build_page(desk, options.allow_urls).queue(default_concurrency_limit=8)
        address = launch(page, options)
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    threading.Thread(target=desk.examples, daemon=True).start()  # and so the embedder is loaded for the first question
    print(f"Onrecord listens on {address} (index: {desk.folder}). Stop it with Ctrl+C.", flush=True)
    page.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
