"""The chat in the browser: python app.py. The tabs put together; what is in them is made in rag/chat."""

from __future__ import annotations

import os
import sys
import threading
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from rag.chat import launch, read_options
from rag.errors import exit_status

if TYPE_CHECKING:
    import gradio as gr

    from rag.chat import Desk, Indexing, Update


def build_page(desk: Desk, allow_urls: bool, allow_paths: bool) -> gr.Blocks:
    """The page over one index; ``ask`` and ``check`` are its only public endpoints."""
    import gradio as gr

    from rag.chat import QUIET, ArticlesTab, AskTab, CheckTab, add_endpoints, page

    blocks: gr.Blocks
    with gr.Blocks(title="Onrecord", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as blocks:
        add_endpoints(desk)
        gr.HTML(page.header(), apply_default_css=False)
        holdings = gr.HTML(elem_id="holdings", apply_default_css=False)
        reading = gr.HTML(apply_default_css=False)  # outside of the tabs, whose hidden parts could not show it
        with gr.Tab("Ask"):
            asking = AskTab(desk, reading)
        with gr.Tab("Check a quotation"):
            CheckTab(desk, reading)
        with gr.Tab("Articles"):
            articles = ArticlesTab(desk, allow_urls, allow_paths)

        def refresh(words: str, chosen: list[str]) -> Update:
            facts, names = desk.holdings()
            told = {holdings: page.holdings(facts, len(names)), asking.publishers: gr.Dropdown(choices=names)}
            return told | {articles.listing: articles.listed(words, chosen)}

        given, shown = [articles.find, articles.listing], [holdings, asking.publishers, articles.listing]
        articles.watching.follow(blocks.load)
        changed = articles.watching.revision.change(refresh, given, shown, **QUIET)
        changed.then(asking.examples, None, asking.chat, **QUIET)
    return blocks


def indexing() -> Indexing:
    """How this chat adds articles."""
    from index import DEMO
    from index.articles import READERS
    from index.build import build, build_text
    from index.values import is_web_url
    from index.watch import watch, watchable
    from rag.chat import Indexing

    return Indexing(build, build_text, watchable, watch, is_web_url, tuple(READERS), DEMO)


def main(argv: Sequence[str] | None = None) -> int:
    return exit_status(lambda: _serve(read_options(argv)))


def _serve(options: Namespace) -> int:
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    from rag.chat import open_desk

    models = {"reader": options.reader, "reranker": options.reranker, "model": options.model}
    desk = open_desk(options.index, indexing(), partial(print, flush=True), **models)
    page = build_page(desk, options.allow_urls, options.allow_paths).queue(default_concurrency_limit=8)
    address = launch(page, options)
    threading.Thread(target=desk.examples, daemon=True).start()  # and so the embedder is loaded for the first question
    threading.Thread(target=desk.watch_list.run, daemon=True).start()
    print(f"Onrecord listens on {address} (index: {desk.folder}). Stop it with Ctrl+C.", flush=True)
    page.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
