"""The chat in the browser: python app.py. Layout and events; what they show is made in rag/page.py."""

# No "from __future__ import annotations": Gradio reads the annotations of event handlers, and gr is imported late.

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import RagError
from rag.serve import launch, read_options

if TYPE_CHECKING:
    import gradio as gr

    from index.build import Report
    from index.desk import Desk

STREAM_SECONDS = 0.1  # between two lines of an answer
_PRIVATE: dict[str, Any] = {"api_visibility": "private"}
_QUIET = _PRIVATE | {"show_progress": "hidden"}


def build_page(desk: "Desk", allow_urls: bool) -> "gr.Blocks":
    """The page over one index; ``ask`` is its only public endpoint."""
    import gradio as gr
    from gradio.events import api

    from rag import page

    blocks: gr.Blocks
    with gr.Blocks(title="Onrecord", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as blocks:
        api(_endpoint(desk), api_name="ask", concurrency_limit=4)  # first: the name is taken by whoever comes first
        gr.HTML(page.HEADER, apply_default_css=False)
        holdings = gr.HTML(elem_id="holdings", apply_default_css=False)
        with gr.Tab("Ask"):
            chat, publishers = _ask_tab(desk)
        with gr.Tab("Articles"):
            listing, changes = _articles_tab(desk, allow_urls)

        def refresh() -> tuple[Any, ...]:
            facts, names = desk.holdings()
            return page.holdings(facts, len(names)), gr.Dropdown(choices=names), _listed(desk)

        def examples() -> gr.Chatbot:
            return gr.Chatbot(examples=[{"text": question} for question in desk.examples()])

        for changed in [blocks.load, *changes]:
            changed(refresh, None, [holdings, publishers, listing], **_QUIET).then(examples, None, chat, **_QUIET)
    return blocks


def _endpoint(desk: "Desk") -> Callable[..., dict[str, Any]]:
    import gradio as gr

    def ask(
        question: str,
        as_of: str | None = None,
        after: str | None = None,
        before: str | None = None,
        publishers: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question: the same JSON as python -m rag ask --json."""
        try:
            return desk.ask(question, as_of=as_of, after=after, before=before, publishers=publishers).to_dict()
        except Exception as error:
            raise gr.Error(_said(error), print_exception=False) from error

    return ask


def _ask_tab(desk: "Desk") -> "tuple[gr.Chatbot, gr.Dropdown]":
    """The conversation with its sources beside it; returns what depends on the index."""
    import gradio as gr

    from rag import look, page
    from rag.conversation import Turn, history, messages
    from rag.conversation import cards as source_cards

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
            publishers, *days = _filters()
        with gr.Column(scale=2, min_width=320):
            cards = gr.HTML(source_cards([]), elem_id="cards", apply_default_css=False, js_on_load=look.CARDS_ON_LOAD)
            reading = gr.HTML(apply_default_css=False)

    def ask(question: str, past: list[Turn], names: list[str], *days: str) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            yield (gr.skip(),) * 5  # to yield nothing would empty them
            return
        turn = Turn(question)
        yield messages([*past, turn]), [*past, turn], gr.skip(), "", gr.Button(interactive=True)
        try:
            after, before, as_of = ((day or "").strip() or None for day in days)
            filters = {"publishers": names, "after": after, "before": before, "as_of": as_of}
            answer = desk.ask(question, history=history(past), **filters)
        except Exception as error:
            now = [*past, replace(turn, note=_said(error))]
            yield messages(now), now, gr.skip(), question, gr.Button(interactive=False)
            return
        for lines in range(1, len(answer.text.split("\n"))):
            now = [*past, replace(turn, answer=answer, lines=lines)]
            yield messages(now), now, gr.skip(), gr.skip(), gr.skip()
            time.sleep(STREAM_SECONDS)
        now = [*past, replace(turn, answer=answer)]
        yield messages(now), now, source_cards(now), gr.skip(), gr.Button(interactive=False)

    def stopped(past: list[Turn]) -> tuple[Any, ...]:
        if past and past[-1].answer is None:
            past = [*past[:-1], replace(past[-1], note="Stopped.")]
        return messages(past), past, source_cards(past), gr.Button(interactive=False)

    def emptied() -> tuple[Any, ...]:
        return [], [], source_cards([]), gr.Button(interactive=False), ""

    def read(past: list[Turn], event: gr.EventData) -> str:
        answer = past[event.turn - 1].answer
        return page.reading(page.shown_spans(answer)[event.place - 1]) if answer else ""

    def choose(event: gr.SelectData) -> str:
        return str(event.value["text"])

    inputs, outputs = [box, turns, publishers, *days], [chat, turns, cards, box, stop]
    asking = gr.on([box.submit, send.click], ask, inputs, outputs, concurrency_limit=4, **_QUIET)
    chosen = chat.example_select(choose, None, box, **_QUIET).then(ask, inputs, outputs, concurrency_limit=4, **_QUIET)
    stop.click(stopped, turns, [chat, turns, cards, stop], cancels=[asking, chosen], **_QUIET)
    gr.on([new.click, chat.clear], emptied, None, [chat, turns, cards, stop, box], cancels=[asking, chosen], **_QUIET)
    cards.click(read, turns, reading, **_QUIET).then(None, js=look.OPEN_READING, **_PRIVATE)
    return chat, publishers


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


def _articles_tab(desk: "Desk", allow_urls: bool) -> "tuple[gr.CheckboxGroup, list[Callable[..., Any]]]":
    """Adding, listing and removing articles; returns the list, and the events after which the index has changed."""
    import gradio as gr

    from index.desk import LISTED, web_addresses
    from rag import page

    with gr.Row():
        with gr.Column(scale=2, min_width=320):
            files = gr.File(
                label="Files: .txt .md .html .json .jsonl .csv .xml, or .gz of these", file_count="multiple"
            )
            pasted = gr.Textbox(label="Pasted text, headline first", lines=5, max_lines=12)
            urls = gr.Textbox(label="Web addresses, one a line", lines=2, max_lines=6, visible=allow_urls)
            add = gr.Button("Add", variant="primary")
            report = gr.HTML(elem_id="report", apply_default_css=False)
        with gr.Column(scale=3, min_width=320):
            find = gr.Textbox(label="Find articles", placeholder="Words of the headline or text", max_lines=1)
            listing = gr.CheckboxGroup(label=f"Articles, at most {LISTED} are shown", elem_id="listing")
            remove = gr.Button("Remove the selected articles", interactive=False)
            with gr.Row(visible=False) as confirm:
                yes = gr.Button("Yes, remove them", variant="stop", min_width=120)
                no = gr.Button("Keep them", min_width=120)

    def added(
        paths: list[str] | None,
        text: str,
        addresses: str,
        bar: gr.Progress = gr.Progress(),  # noqa: B008 (Gradio knows it by its default)
    ) -> tuple[Any, ...]:
        def progress(report: "Report") -> None:
            bar((report.done, max(report.total, report.done)), desc="Indexing", unit="articles")

        try:
            targets = [*(paths or []), *(web_addresses(addresses) if allow_urls else [])]
            reports = desk.add(targets, text, progress)
        except Exception as error:
            return page.notice(_said(error)), gr.skip(), gr.skip(), gr.skip()
        return _report(reports), None, "", ""

    def removed(keys: list[str]) -> tuple[Any, ...]:
        try:
            said = f"{desk.remove(keys)} removed."
        except Exception as error:
            said = _said(error)
        return page.notice(said), gr.Row(visible=False), gr.Button(interactive=False)

    writing: dict[str, Any] = {"concurrency_id": "writing", "concurrency_limit": 1} | _PRIVATE
    adding = add.click(added, [files, pasted, urls], [report, files, pasted, urls], show_progress_on=report, **writing)
    listing.change(lambda keys: gr.Button(interactive=bool(keys)), listing, remove, **_QUIET)
    find.change(lambda words: _listed(desk, words), find, listing, trigger_mode="always_last", **_QUIET)
    remove.click(lambda: gr.Row(visible=True), None, confirm, **_QUIET)
    no.click(lambda: gr.Row(visible=False), None, confirm, **_QUIET)
    removing = yes.click(removed, listing, [report, confirm, remove], **writing)
    return listing, [adding.then, removing.then]


def _report(reports: "list[Report]") -> str:
    from rag import page

    kinds = {"added": "added", "changed": "changed", "unchanged": "already there", "dropped": "dropped"}
    counts = [(sum(getattr(report, kind) for report in reports), words) for kind, words in kinds.items()]
    skipped = [item for report in reports for item in report.skipped]
    # Of an upload only its name: the folder is one of Gradio's.
    return page.report(counts, [(s.where if "://" in s.where else Path(s.where).name, s.reason) for s in skipped])


def _listed(desk: "Desk", words: str = "") -> "gr.CheckboxGroup":
    import gradio as gr

    from rag import page

    return gr.CheckboxGroup(choices=[(page.listed(article), article.id) for article in desk.listed(words)], value=[])


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
        desk = open_desk(options.index, options.reader, options.reranker, partial(print, flush=True))
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
