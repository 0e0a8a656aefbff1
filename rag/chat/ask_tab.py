"""The tab of the chat in which questions are asked: its layout and its events."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import gradio as gr
from gradio.processing_utils import save_bytes_to_cache
from gradio.utils import get_upload_folder

from rag.answer import Answer
from rag.chat import page
from rag.chat.conversation import WRITING, Turn, cards, history, messages
from rag.chat.desk import Desk
from rag.chat.events import PRIVATE, QUIET, Update, open_articles, source_cards, told
from rag.records import Span

STREAM_SECONDS = 0.1  # between two lines of an answer
QUOTATIONS_ONLY = "Quotations only"
ENDING: dict[str, Any] = QUIET | {"concurrency_id": "ending", "concurrency_limit": 1}  # one after another


class AskTab:
    """The conversation with its sources beside it; ``reading`` is where an article is opened.

    ``chat`` and ``publishers`` depend on what the index holds.
    """

    def __init__(self, desk: Desk, reading: gr.HTML) -> None:
        self._desk = desk
        self._turns = gr.State([])
        with gr.Row():
            with gr.Column(scale=3, min_width=320):
                self._lay_out_conversation()
                self._lay_out_filters()
            with gr.Column(scale=2, min_width=320):
                self._cards = source_cards(cards([]), "cards")
                self._receipt = gr.DownloadButton("Save the answer's receipt", size="md", visible=False)
        self._connect()
        open_articles(self._cards, self._turns, reading, _span_at)

    def examples(self) -> gr.Chatbot:
        """The conversation, with questions that the index answers offered while it is empty."""
        return gr.Chatbot(examples=[{"text": question} for question in self._desk.examples()])

    def _lay_out_conversation(self) -> None:
        self.chat = gr.Chatbot(
            label="Conversation",
            show_label=False,
            height="min(52vh, 620px)",
            latex_delimiters=[],
            buttons=[],
            allow_tags=False,
            group_consecutive_messages=False,
        )
        self._box = gr.Textbox(label="Question", placeholder="Ask a question", max_lines=4, autofocus=True)
        with gr.Row():
            self._send = gr.Button("Ask", variant="primary", size="md", min_width=80)
            self._stop = gr.Button("Stop", interactive=False, size="md", min_width=80)
            self._new = gr.Button("New conversation", size="md", min_width=150)  # one line on a phone

    def _lay_out_filters(self) -> None:
        model = self._desk.model
        ways = [QUOTATIONS_ONLY, model or ""]
        self._by = gr.Radio(ways, value=model or QUOTATIONS_ONLY, label="Answers by", visible=model is not None)
        with gr.Accordion("Narrow the search", open=False):
            self.publishers = gr.Dropdown([], label="Publishers", multiselect=True, info="None chosen: all of them")
            with gr.Row():
                self._after = _day_box("After", "Published on this day or later")
                self._before = _day_box("Before", "Published on this day or earlier")
                self._as_of = _day_box("As of", "As if asked on this day")

    def _connect(self) -> None:
        given = [self._box, self._turns, self._by, self.publishers, self._after, self._before, self._as_of]
        shown = [self.chat, self._turns, self._cards, self._box, self._stop, self._receipt]
        ask: dict[str, Any] = {"fn": self._ask, "inputs": given, "outputs": shown, "concurrency_limit": 4} | QUIET
        chosen = self.chat.example_select(_chosen, None, self._box, **QUIET)
        running = [gr.on([self._box.submit, self._send.click], **ask), chosen.then(**ask)]
        # Gradio runs an event's function before it cancels, so what is to stay comes after: ``then`` follows both a
        # whole answer and a cancelled one.
        anew = [self._new.click, self.chat.clear]
        gr.on([self._stop.click, *anew], None, None, None, cancels=running, **PRIVATE)
        gr.on(anew, self._emptied, None, shown, **ENDING)
        for answering in running:
            answering.then(self._ended, self._turns, shown, **ENDING)

    def _ask(
        self, question: str, past: list[Turn], by: str, publishers: list[str], after: str, before: str, as_of: str
    ) -> Iterator[Update]:
        """Show the question at once and its answer as it grows; after an error the question is in its box again."""
        if not question.strip():
            yield gr.skip()  # to yield nothing would empty them
            return
        asked = Turn(question)
        yield {**self._conversation([*past, asked], running=True), self._box: ""}
        settings = {"publishers": publishers, "after": _day(after), "before": _day(before), "as_of": _day(as_of)}
        options = settings | {"history": history(past), "quotations_only": by == QUOTATIONS_ONLY}
        try:
            answer = yield from self._growing(past, asked, options)
        except Exception as error:
            yield {**self._conversation([*past, replace(asked, note=told(error))]), self._box: question}
            return
        turns = [*past, replace(asked, answer=answer, note=None)]
        yield from self._unrolled(turns)
        yield {**self._conversation(turns), self._cards: cards(turns), self._receipt: self._saved(answer, settings)}

    def _growing(self, past: list[Turn], asked: Turn, options: dict[str, Any]) -> Generator[Update, None, Answer]:
        """What there is of an answer while a model writes it; returns the whole answer."""
        # A visitor who stops closes this generator, and so the model is stopped.
        with closing(self._desk.rag.stream(asked.question, **options)) as answers:
            for answer, grown in _paced(answers):
                turns = [*past, replace(asked, answer=answer, note=WRITING)]
                sources = {self._cards: cards(turns)} if answer.citations else {}
                yield {**self._conversation(turns, running=True), **sources} if grown else gr.skip()
        return answer

    def _unrolled(self, turns: list[Turn]) -> Iterator[Update]:
        """The last answer's lines one after another, unless it was seen growing."""
        answer = turns[-1].answer
        lines = len(answer.text.split("\n")) if answer and answer.by is None else 1
        for shown in range(1, lines):
            yield self._conversation([*turns[:-1], replace(turns[-1], lines=shown)], running=True)
            time.sleep(STREAM_SECONDS)

    def _ended(self, turns: list[Turn]) -> Iterator[Update]:
        """Say of an answer that is not whole that it was stopped."""
        if turns and turns[-1].unfinished:
            turns = [*turns[:-1], replace(turns[-1], note="Stopped.")]
            yield {**self._conversation(turns), self._cards: cards(turns)}
        else:
            yield gr.skip()

    def _emptied(self) -> Update:
        return {**self._conversation([]), self._cards: cards([]), self._box: ""}

    def _conversation(self, turns: list[Turn], running: bool = False) -> Update:
        """The messages; while no more is to come there is nothing to stop, and only a whole answer has a receipt."""
        shown = {self.chat: messages(turns), self._turns: turns, self._stop: gr.Button(interactive=running)}
        return {**shown, self._receipt: gr.DownloadButton(visible=False)}

    def _saved(self, answer: Answer, settings: dict[str, Any]) -> gr.DownloadButton:
        """The button that saves an answer's receipt; no button where nothing is quoted."""
        if not answer.answered:
            return gr.DownloadButton(visible=False)
        content = json.dumps(self._desk.receipt(answer, settings), ensure_ascii=False, indent=2).encode()
        file = save_bytes_to_cache(content, "receipt.json", get_upload_folder())  # emptied by the hour: delete_cache
        return gr.DownloadButton(value=file, visible=True)


def _paced(answers: Iterator[Answer]) -> Iterator[tuple[Answer, bool]]:
    """What a model has written, several times a second, and whether it is more than before; then the whole answer."""
    known, said = None, 0.0
    for answer in answers:
        grown = bool(answer.by) and answer.text != known
        if grown or time.monotonic() - said >= STREAM_SECONDS:
            known, said = answer.text if grown else known, time.monotonic()
            yield answer, grown
    yield answer, False


def _chosen(event: gr.SelectData) -> str:
    """The example question that was clicked."""
    return str(event.value["text"])


def _span_at(turns: list[Turn], turn: int, place: int) -> Span | None:
    answer = turns[turn - 1].answer
    return page.shown_spans(answer)[place - 1] if answer else None


def _day_box(label: str, info: str) -> gr.Textbox:
    return gr.Textbox(label=label, info=info, placeholder="YYYY-MM-DD", max_lines=1, min_width=140)


def _day(typed: str | None) -> str | None:
    return (typed or "").strip() or None
