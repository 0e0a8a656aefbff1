"""The part of the Articles tab in which folders and feeds are watched: its layout and its events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from rag.chat import page, style
from rag.chat.desk import Desk
from rag.chat.events import QUIET, Update, told
from rag.chat.markup import unpacked
from rag.errors import InputError
from rag.text import span_words

LOOK = 5.0  # seconds between two looks at how the sources do, while there are any
_EVERY = (900.0, 3_600.0, 21_600.0, 86_400.0)


class WatchPanel:
    """What is to be watched on one side, on the other how it does.

    ``revision`` changes with the index, whoever changes it. A visitor may name web addresses where ``allow_urls``, and
    folders of this machine where ``allow_paths``.
    """

    def __init__(self, desk: Desk, allow_urls: bool, allow_paths: bool) -> None:
        self._desk, self._urls, self._paths = desk, allow_urls, allow_paths
        self.revision = gr.State(-1)
        self._shown = gr.State("")
        with gr.Row():
            with gr.Column(scale=2, min_width=320, visible=allow_urls or allow_paths):
                watch = self._lay_out_naming()
            with gr.Column(scale=3, min_width=320):
                self._list = gr.HTML(elem_id="watched", apply_default_css=False, js_on_load=style.BUTTONS_ON_LOAD)
        self._timer = gr.Timer(LOOK, active=False)
        changing: dict[str, Any] = {"concurrency_id": "watching", "concurrency_limit": 1} | QUIET
        self.follow(watch.click(self._add, [self._named, self._every], [self._named, self._told], **changing).then)
        self.follow(self._list.click(self._drop, None, self._told, **changing).then)
        self.follow(self._timer.tick)

    def follow(self, event: Callable[..., Any]) -> None:
        """Show after ``event`` how things stand."""
        outputs = [self._list, self._shown, self._timer, self.revision]
        event(self._state, [self._shown, self.revision], outputs, **QUIET)

    def _lay_out_naming(self) -> gr.Button:
        what = "Folders and feeds" if self._paths else "Feeds"
        example = "https://norhaven.example/feed.xml" + ("\n/home/ada/clippings" if self._paths else "")
        self._named = gr.Textbox(label=f"{what} to watch, one a line", placeholder=example, lines=2, max_lines=6)
        choices = [(f"every {span_words(seconds)}", seconds) for seconds in _EVERY]
        self._every = gr.Dropdown(choices, value=_EVERY[0], label="Read them", filterable=False)
        watch = gr.Button("Watch")
        self._told = gr.HTML(elem_id="watch-told", apply_default_css=False)
        return watch

    def _state(self, shown: str, revision: int) -> Update:
        """How the sources do, unless that is shown: nothing on the page moves for nothing."""
        sources, now = self._desk.watch_list.sources()
        markup = page.watched(sources)
        changed: Update = {self.revision: now} if now != revision else {}
        if markup != shown:
            changed |= {self._list: markup, self._shown: markup, self._timer: gr.Timer(active=bool(sources))}
        return changed or gr.skip()

    def _add(self, text: str, every: float) -> Update:
        try:
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            if not lines:
                raise InputError("Nothing is named. Give folders or feeds, one a line.")
            if not self._urls and (not self._paths or any("://" in line for line in lines)):
                raise InputError("Web addresses cannot be added here: whoever opened this page has not allowed it.")
            self._desk.watch_list.add(lines if self._paths else self._desk.addresses(text), every)
        except Exception as error:
            return {self._told: page.notice(told(error))}
        return {self._named: "", self._told: ""}

    def _drop(self, event: gr.EventData) -> str:
        try:
            self._desk.watch_list.drop(unpacked(event.named))
        except Exception as error:
            return page.notice(told(error))
        return ""
