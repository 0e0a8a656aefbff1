"""The tab of the chat in which articles are added, listed and removed: its layout and its events."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chat import page
from rag.chat.desk import LISTED, Desk, Report
from rag.chat.events import PRIVATE, QUIET, Update, told
from rag.chat.watch_panel import WatchPanel

_COUNTED = {"added": "added", "changed": "changed", "unchanged": "already there", "dropped": "dropped"}


class ArticlesTab:
    """What is added on one side, on the other what is there, and below what is watched.

    ``listing`` is the list of articles, ``find`` the words that narrow it; ``watching`` tells when the index changes.
    """

    def __init__(self, desk: Desk, allow_urls: bool, allow_paths: bool) -> None:
        self._desk = desk
        self._allow_urls = allow_urls
        with gr.Row():
            with gr.Column(scale=2, min_width=320):
                add = self._lay_out_adding()
            with gr.Column(scale=3, min_width=320):
                self._lay_out_list()
        self.watching = WatchPanel(desk, allow_urls, allow_paths)
        writing: dict[str, Any] = {"concurrency_id": "writing", "concurrency_limit": 1} | PRIVATE
        given = [self._files, self._pasted, self._urls]
        adding = add.click(self._add, given, [self._report, *given], show_progress_on=self._report, **writing)
        removing = self._yes.click(
            self._remove, self.listing, [self._report, self._confirm, self._remove_chosen], **writing
        )
        self.watching.follow(adding.then)
        self.watching.follow(removing.then)

    def listed(self, words: str, chosen: Sequence[str]) -> gr.CheckboxGroup:
        """The list of articles that match ``words``; of those selected, the ones that are still in it stay so."""
        choices = [(page.listed(article), article.id) for article in self._desk.listed(words)]
        there = {key for _, key in choices}
        return gr.CheckboxGroup(choices=choices, value=[key for key in chosen if key in there])

    def _lay_out_adding(self) -> gr.Button:
        kinds = " ".join(self._desk.indexing.kinds)
        self._files = gr.File(label=f"Files: {kinds}, or .gz of these", file_count="multiple")
        self._pasted = gr.Textbox(label="Pasted text, headline first", lines=5, max_lines=12)
        self._urls = gr.Textbox(label="Web addresses, one a line", lines=2, max_lines=6, visible=self._allow_urls)
        add = gr.Button("Add", variant="primary")
        self._report = gr.HTML(elem_id="report", apply_default_css=False)
        return add

    def _lay_out_list(self) -> None:
        self.find = gr.Textbox("", label="Find articles", placeholder="Words of the headline or text", max_lines=1)
        self.listing = gr.CheckboxGroup(label=f"Articles, at most {LISTED} are shown", elem_id="listing")
        self._remove_chosen = gr.Button("Remove the selected articles", interactive=False)
        with gr.Row(visible=False) as self._confirm:
            self._yes = gr.Button("Yes, remove them", variant="stop", min_width=120)
            no = gr.Button("Keep them", min_width=120)
        narrowed = [self.find, self.listing]
        self.find.change(self.listed, narrowed, self.listing, trigger_mode="always_last", **QUIET)
        self.listing.change(lambda keys: gr.Button(interactive=bool(keys)), self.listing, self._remove_chosen, **QUIET)
        self._remove_chosen.click(lambda: gr.Row(visible=True), None, self._confirm, **QUIET)
        no.click(lambda: gr.Row(visible=False), None, self._confirm, **QUIET)

    def _add(
        self,
        paths: list[str] | None,
        text: str,
        addresses: str,
        bar: gr.Progress = gr.Progress(),  # noqa: B008 (Gradio knows it by its default)
    ) -> Update:
        def progress(report: Report) -> None:
            bar((report.done, max(report.total, report.done)), desc="Indexing", unit="articles")

        try:
            targets = [*(paths or []), *(self._desk.addresses(addresses) if self._allow_urls else [])]
            reports = self._desk.add(targets, text, progress)
        except Exception as error:
            return {self._report: page.notice(told(error))}
        return {self._report: _report(reports), self._files: None, self._pasted: "", self._urls: ""}

    def _remove(self, keys: list[str]) -> Update:
        try:
            done = f"{self._desk.remove(keys)} removed."
        except Exception as error:
            done = told(error)
        return {
            self._report: page.notice(done),
            self._confirm: gr.Row(visible=False),
            self._remove_chosen: gr.Button(interactive=False),
        }


def _report(reports: Sequence[Report]) -> str:
    counts = [(sum(getattr(report, kind) for report in reports), words) for kind, words in _COUNTED.items()]
    notices = [item for report in reports for item in report.skipped]
    kept = sum(item.kept for item in notices)
    counts += [(len(notices) - kept, "skipped"), (kept, "kept with a loss that is named")]
    # Of an upload only its name: the folder is one of Gradio's.
    return page.report(counts, [(s.where if "://" in s.where else Path(s.where).name, s.reason) for s in notices])
