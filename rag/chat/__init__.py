"""What people see: terminal, page, tabs, server."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rag.chat import page
from rag.chat.markup import link
from rag.chat.server import launch, read_options
from rag.chat.terminal import terminal, terminal_check

if TYPE_CHECKING:
    from rag.chat.articles_tab import ArticlesTab
    from rag.chat.ask_tab import AskTab
    from rag.chat.check_tab import CheckTab
    from rag.chat.desk import Desk, Indexing, open_desk
    from rag.chat.endpoints import add_endpoints
    from rag.chat.events import QUIET, Update

__all__ = [
    "QUIET",
    "ArticlesTab",
    "AskTab",
    "CheckTab",
    "Desk",
    "Indexing",
    "Update",
    "add_endpoints",
    "launch",
    "link",
    "open_desk",
    "page",
    "read_options",
    "terminal",
    "terminal_check",
]

# Behind these is Gradio or numpy: loaded when used, so that the command line need not wait for them.
_HEAVY = {
    "articles_tab": ("ArticlesTab",),
    "ask_tab": ("AskTab",),
    "check_tab": ("CheckTab",),
    "desk": ("Desk", "Indexing", "open_desk"),
    "endpoints": ("add_endpoints",),
    "events": ("QUIET", "Update"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HEAVY.items():
        if name in names:
            return getattr(import_module(f"rag.chat.{module}"), name)
    raise AttributeError(f"module 'rag.chat' has no attribute {name!r}")
