"""robots.txt (RFC 9309): what a site lets programs fetch that come again and again on their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.fetch import AGENT, Fetch
from index.response import Refused
from rag.errors import InputError

if TYPE_CHECKING:
    from protego import Protego

KEPT = 24 * 3600.0  # seconds that a site's rules are relied on: the most that RFC 9309 allows
READ = 500_000  # bytes of the file that are read: RFC 9309 asks for no more, and Protego takes seconds for a megabyte
_TOO_MANY = 429  # "not now", which is not "there are no rules"


class Robots:
    """The rules of every site that was asked for, fetched by ``get`` when they are first needed.

    ``now`` tells the time in seconds.
    """

    def __init__(self, get: Fetch, now: Callable[[], float]) -> None:
        self._get = get
        self._now = now
        self._rules: dict[str, tuple[float, Protego]] = {}

    def permit(self, url: str) -> None:
        """Raise InputError where the site's robots.txt forbids the address, or cannot be read for now.

        A site without the file forbids nothing.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        fetched, rules = self._rules.get(site, (0.0, None))
        if rules is None or not fetched <= self._now() < fetched + KEPT:
            rules = self._fetched(site)
            self._rules[site] = self._now(), rules
        if not rules.can_fetch(url, AGENT):
            raise InputError(
                f"robots.txt of {parts.netloc} forbids programs to fetch {parts.path or '/'!r}. Save the page and name "
                "the file; if it is a feed, add it once as a person, without watching it: then it is known as one"
            )

    def _fetched(self, site: str) -> Protego:
        from protego import Protego

        try:
            found = self._get(f"{site}/robots.txt", media_types=None)
        except Refused as refused:
            if 400 <= refused.status < 500 and refused.status != _TOO_MANY:
                return Protego.parse("")
            raise InputError(f"robots.txt, which says what may be fetched, cannot be read: {refused}") from refused
        return Protego.parse(found.data[:READ].decode("utf-8-sig", "replace") if found else "")
