"""The tab of the chat in which articles are added, listed and removed: its layout and its events."""

# No "from __future__ import annotations": Gradio reads the annotations of event handlers, and gr is imported late.

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.build import Report
from index.desk import LISTED, Desk, web_addresses
from rag.chat import page

if TYPE_CHECKING:
    import gradio as gr

_PRIVATE: dict[str, Any] = {"api_visibility": "private"}
_QUIET = _PRIVATE | {"show_progress": "hidden"}


def articles_tab(
    desk: Desk, allow_urls: bool, said: Callable[[Exception], str]
) -> "tuple[gr.CheckboxGroup, list[Callable[..., Any]]]":
    """Lay out the tab; returns the list, and the events after which the index has changed.

    ``said`` tells a user what went wrong.
    """
    import gradio as gr

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
        def progress(report: Report) -> None:
            bar((report.done, max(report.total, report.done)), desc="Indexing", unit="articles")

        try:
            targets = [*(paths or []), *(web_addresses(addresses) if allow_urls else [])]
            reports = desk.add(targets, text, progress)
        except Exception as error:
            return page.notice(said(error)), gr.skip(), gr.skip(), gr.skip()
        return _report(reports), None, "", ""

    def removed(keys: list[str]) -> tuple[Any, ...]:
        try:
            done = f"{desk.remove(keys)} removed."
        except Exception as error:
            done = said(error)
        return page.notice(done), gr.Row(visible=False), gr.Button(interactive=False)

    writing: dict[str, Any] = {"concurrency_id": "writing", "concurrency_limit": 1} | _PRIVATE
    adding = add.click(added, [files, pasted, urls], [report, files, pasted, urls], show_progress_on=report, **writing)
    listing.change(lambda keys: gr.Button(interactive=bool(keys)), listing, remove, **_QUIET)
    find.change(lambda words: listed(desk, words), find, listing, trigger_mode="always_last", **_QUIET)
    remove.click(lambda: gr.Row(visible=True), None, confirm, **_QUIET)
    no.click(lambda: gr.Row(visible=False), None, confirm, **_QUIET)
    removing = yes.click(removed, listing, [report, confirm, remove], **writing)
    return listing, [adding.then, removing.then]


def _report(reports: list[Report]) -> str:
    kinds = {"added": "added", "changed": "changed", "unchanged": "already there", "dropped": "dropped"}
    counts = [(sum(getattr(report, kind) for report in reports), words) for kind, words in kinds.items()]
    skipped = [item for report in reports for item in report.skipped]
    # Of an upload only its name: the folder is one of Gradio's.
    return page.report(counts, [(s.where if "://" in s.where else Path(s.where).name, s.reason) for s in skipped])


def listed(desk: Desk, words: str = "") -> "gr.CheckboxGroup":
    """The list of articles that match ``words``, none selected."""
    import gradio as gr

    return gr.CheckboxGroup(choices=[(page.listed(article), article.id) for article in desk.listed(words)], value=[])
