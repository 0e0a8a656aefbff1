"""The addresses under which one article is reached, made one: trackers, http, www and AMP name no other text."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from index.values import is_web_url

_HOST_PREFIX = re.compile(r"^(?:www\d?|amp|m|mobile)\.(?=[^.]+\.)")
# What says where a reader came from, by the names that campaign tools and networks give it; no "id", "cid", "source"
# and the like, which are the article's own on many sites: two articles must never become one.
_TRACKER = re.compile(
    r"utm_\w+|(?:mc|pk|piwik|mtm)_(?:cid|eid|campaign|kwd|keyword|source|medium|content|group|placement)"
    r"|at_(?:campaign|campaign_type|creation|custom\d|format|link_id|link_origin|link_type|medium|ptr_name|bbc_team)"
    r"|ns_(?:campaign|fee|linkname|mchannel|source)|(?:itm|wt)_(?:campaign|content|medium|source|term|zmc)"
    r"|hsa_\w+|_hs(?:enc|mi)|vero_(?:conv|id)|oly_(?:anon|enc)_id|_ga|_gl|\w*clid|[gw]braid|igshi?d?"
    r"|cmp|cmpid|ocid|icid|ito|smid|smtyp|xtor|s_cid|ncid|mkt_tok|ref_(?:src|url)|referrer",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z_.-]*", re.IGNORECASE)  # "ref" is where a reader came from only as "rss" or "home.page"
_AMP_CACHE = re.compile(
    r"https?://(?:www\.google\.[\w.]+/amp/|[\w-]+\.cdn\.ampproject\.org/[cv]/)(?:s/)?(.+)", re.IGNORECASE
)
_AMP = re.compile(r"amp(?:html)?", re.IGNORECASE)
_AMP_FORM = re.compile(r"output(?:_?type)?|_?format|view|mode", re.IGNORECASE)  # what has "amp" for a value, and a form
_AMP_ENDING = re.compile(r"\.amp(?=\.html?$|$)", re.IGNORECASE)


def canonical_address(url: str) -> str:
    """One form for all the addresses of an article: what is compared, not what is shown or fetched.

    Trackers, a fragment that is a place on the page, the scheme, "www.", "m.", AMP, a default port and a last slash say
    nothing; the rest of the query does. Raises ValueError for what is no address.

    >>> canonical_address("http://www.Lowmere.example/tide/amp/?utm_source=mail&id=7#top")
    'https://lowmere.example/tide?id=7'
    """
    if (cached := _AMP_CACHE.match(url)) and is_web_url(original := f"https://{cached[1]}"):
        url = original
    parts = urlsplit(url.strip())
    query = "&".join(sorted(_own_parameters(parts.query)))
    return f"https://{_host(parts)}{_path(parts.path)}{f'?{query}' if query else ''}{_route(parts.fragment)}"


def site_of(url: str) -> str:
    """The host of an address, and its port where that is of its own, without "www." and the like."""
    return _host(urlsplit(url))


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):  # a label too long, or one that no registry would take
        host = host.encode("idna").decode()
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    return _HOST_PREFIX.sub("", host) + port


def _path(path: str) -> str:
    segments = [_written(segment) for segment in path.split("/") if segment]
    if segments and _AMP.fullmatch(segments[-1]):
        segments.pop()
    elif len(segments) > 1 and _AMP.fullmatch(segments[0]):
        segments.pop(0)
    return "".join(f"/{segment}" for segment in (*segments[:-1], *(_AMP_ENDING.sub("", s) for s in segments[-1:])))


def _own_parameters(query: str) -> list[str]:
    """The parameters that tell the article, each as "name=value"."""
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    named = ((_written(name, plus=True), _written(value, plus=True)) for name, _, value in pairs)
    return [f"{name}={value}" for name, value in named if not _says_nothing(name, value)]


def _says_nothing(name: str, value: str) -> bool:
    if _TRACKER.fullmatch(name) or _AMP.fullmatch(name):
        return True
    if name.lower() == "ref":
        return bool(_WORD.fullmatch(value))
    return bool(_AMP_FORM.fullmatch(name) and _AMP.fullmatch(value))


def _written(part: str, plus: bool = False) -> str:
    """Part of an address in one writing, byte by byte: not every site's addresses are UTF-8."""
    said = (part.replace("+", " ") if plus else part).encode("utf-8", "surrogatepass")
    return quote(unquote_to_bytes(said), safe="~!$'()*,;:@")


def _route(fragment: str) -> str:
    """A fragment that names a page, as "#!/tide" and "#/tide" do on pages that a script makes."""
    return f"#{fragment}" if fragment.startswith(("!", "/")) else ""
