"""The addresses under which one article is reached, made one: trackers, http, www and AMP name no other text."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

_HOST_PREFIX = re.compile(r"^(?:www\d?|amp|m|mobile)\.(?=[^.]+\.)")
# What says where a reader came from, by the names that campaign tools and networks give it; no "id", "cid", "source"
# and the like, which are the article's own on many sites: two articles must never become one.
_TRACKER = re.compile(
    r"(?:utm|at|mc|mtm|pk|piwik|itm|ns|hsa|vero|oly|wt|stm)_\w+|_hs(?:enc|mi)|_ga|_gl|\w*clid|[gw]braid|igshi?d?"
    r"|cmp|cmpid|ocid|icid|ito|smid|smtyp|xtor|s_cid|ncid|mkt_tok|ref|ref_(?:src|url)|referrer",
    re.IGNORECASE,
)
_AMP_CACHE = re.compile(
    r"https?://(?:www\.google\.[\w.]+/amp/|[\w-]+\.cdn\.ampproject\.org/[cv]/)(?:s/)?(.+)", re.IGNORECASE
)
_AMP_VALUE = re.compile(r"amp(?:html)?", re.IGNORECASE)
_AMP_ENDING = re.compile(r"\.amp(?=\.html?$|$)", re.IGNORECASE)


def canonical_address(url: str) -> str:
    """One form for all the addresses of an article: what is compared, not what is shown or fetched.

    Trackers, the fragment, the scheme, "www.", "m.", AMP, a default port and a last slash say nothing; the rest of the
    query does. Raises ValueError for what is no address.

    >>> canonical_address("http://www.Lowmere.example/tide/amp/?utm_source=mail&id=7#top")
    'https://lowmere.example/tide?id=7'
    """
    if cached := _AMP_CACHE.match(url):
        url = f"https://{cached[1]}"
    parts = urlsplit(url.strip())
    query = urlencode(sorted(_own_parameters(parts.query)))
    return f"https://{_host(parts)}{_path(parts.path)}{f'?{query}' if query else ''}{_route(parts.fragment)}"


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):  # a label too long, or one that no registry would take
        host = host.encode("idna").decode()
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    return _HOST_PREFIX.sub("", host) + port


def _path(path: str) -> str:
    segments = [unquote(segment) for segment in path.split("/") if segment]
    if segments and _AMP_VALUE.fullmatch(segments[-1]):
        segments.pop()
    elif len(segments) > 1 and _AMP_VALUE.fullmatch(segments[0]):
        segments.pop(0)
    return "".join(f"/{segment}" for segment in (*segments[:-1], *(_AMP_ENDING.sub("", s) for s in segments[-1:])))


def _own_parameters(query: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(query, keep_blank_values=True)
    return [
        (k, v) for k, v in pairs if not (_TRACKER.fullmatch(k) or _AMP_VALUE.fullmatch(k) or _AMP_VALUE.fullmatch(v))
    ]


def _route(fragment: str) -> str:
    """A fragment that names a page, as "#!/tide" does on pages that a script makes."""
    return f"#{fragment}" if fragment.startswith("!") else ""
