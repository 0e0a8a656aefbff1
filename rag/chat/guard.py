"""What stands between the chat and the network: which Host headers are answered, and what a page may load."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio starts by inline scripts and evaluates its event handlers; nothing may be loaded from elsewhere.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": _POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def middleware(host: str) -> list[Middleware]:
    """For an application that listens on ``host``: it answers to no other name, and sends ``HEADERS``."""
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    # Another site's name may be made to lead here, and its page would then read this one. Where every address is
    # listened on, no list of names is complete: there the login protects, whose cookie that page does not have.
    everywhere = host in ("0.0.0.0", "::")
    hosts = ["*"] if everywhere else ["127.0.0.1", "localhost", "[::1]", host, f"[{host}]"]
    return [Middleware(TrustedHostMiddleware, allowed_hosts=hosts), Middleware(_SendHeaders)]


class _SendHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, with_headers)
