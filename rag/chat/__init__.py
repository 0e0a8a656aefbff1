"""What people see: terminal, page, tabs, server."""

from rag.chat import page, style
from rag.chat.check_tab import check_tab
from rag.chat.conversation import Turn, cards, history, messages
from rag.chat.page import link
from rag.chat.server import launch, read_options
from rag.chat.terminal import terminal, terminal_check

__all__ = [
    "Turn",
    "cards",
    "check_tab",
    "history",
    "launch",
    "link",
    "messages",
    "page",
    "read_options",
    "style",
    "terminal",
    "terminal_check",
]
