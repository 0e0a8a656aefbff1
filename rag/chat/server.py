"""The chat as a server: its options, which say who can reach it, and Gradio without all that nobody needs of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.chat import style
from rag.chat.guard import is_loopback, middleware
from rag.drafting import MODEL_HELP
from rag.errors import InputError

if TYPE_CHECKING:
    import gradio as gr

UPLOAD_LIMIT = "200mb"


def read_options(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options of ``python app.py``; exits with 2 and one message where they do not go together.

    A host that others can reach needs a login, and its visitors may add web addresses only where that is allowed, and
    never name folders of this machine: ``allow_paths``.
    """
    parser = argparse.ArgumentParser(prog="python app.py", description="Ask the news in the browser.")
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="the index folder (default: RAG_INDEX or index/built)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine)")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on (default: 7860)")
    parser.add_argument("--auth", metavar="USER:PASSWORD", help="ask for a login; needed for any other host")
    parser.add_argument("--allow-urls", action="store_true", help="let visitors add web addresses on another host too")
    parser.add_argument("--reranker", metavar="NAME", help="a sentence-transformers CrossEncoder, by name or folder")
    parser.add_argument("--reader", metavar="NAME", help="an extractive question-answering model, by name or folder")
    parser.add_argument("--model", metavar="NAME|FILE.gguf", help=MODEL_HELP)
    options = parser.parse_args(argv)
    if not 1 <= options.port <= 65535:
        parser.error(f"--port is {options.port}, expected 1 to 65535")
    user, colon, password = (options.auth or "").partition(":")
    if options.auth is not None and not (user and colon and password):
        parser.error("--auth expects USER:PASSWORD, such as --auth editor:a-long-password")
    if not (is_loopback(options.host) or options.auth):
        parser.error(f"--host {options.host} can be reached by others: add --auth USER:PASSWORD")
    options.allow_paths = is_loopback(options.host)
    options.allow_urls |= options.allow_paths
    return options


def launch(page: gr.Blocks, options: argparse.Namespace) -> str:
    """Serve ``page`` from a thread of its own, and return its address.

    InputError where the host and port of ``options`` cannot be listened on.
    """
    try:
        _, address, _ = page.launch(
            server_name=options.host,
            server_port=options.port,
            auth=tuple(options.auth.split(":", 1)) if options.auth else None,
            app_kwargs={"middleware": middleware(options.host), "docs_url": None, "redoc_url": None},
            theme=style.theme(),
            css=style.style_sheet(),
            head=style.head(),
            max_file_size=UPLOAD_LIMIT,
            footer_links=[],
            enable_monitoring=False,
            run_history=False,
            ssr_mode=False,
            share=False,
            pwa=False,
            mcp_server=False,
            inbrowser=False,
            quiet=True,
            prevent_thread_lock=True,
        )
    except OSError as error:
        raise InputError(
            f"Cannot listen on {options.host} port {options.port}: it is in use, or not an address of this machine. "
            "Choose another, such as --port 7861."
        ) from error
    return address
