"""The bytes of a page to a parsed tree, within limits that hold before a parser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from index.charsets import codec_of
from rag.errors import InputError

PAGE_BYTES = 5_000_000
PAGE_TAGS = 20_000  # trafilatura needs about 0.4 ms for each
TAG_ATTRIBUTES = 128  # libxml2 is quadratic in them: 50,000 on one tag take half a minute

# A tag with too many attributes, quotes read as HTML 5 reads them; no part of the pattern can backtrack.
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?>\s*+=\s*+(?>"[^"]*+"?|'[^']*+'?|[^\s>]*+))?+"""
_CROWDED_TAG = re.compile(rb"<[a-zA-Z][^\s/<>]*+(?=[\s/])(?>%b){%d}" % (_ATTRIBUTE, TAG_ATTRIBUTES + 1))
_TAG = re.compile(rb"<[a-zA-Z]")
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)  # without an end it goes to that of the page
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?)\s*(?:!\s*important\s*)?(?:;|$)",
    re.IGNORECASE,
)
_GONE = "gone"  # the tag of an element that is taken out


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The characters of a page: by its byte order mark, as UTF-8, by the server's word, its own, as Windows-1252.

    That is the order of browsers, except that a page which is valid UTF-8 is UTF-8 whatever it says, and that its own
    word counts wherever it stands.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = ["utf-16"]
    elif b"\0" in data:
        raise InputError("it holds NUL bytes, so it is no text: save it as HTML in UTF-8")
    else:
        declared = _DECLARED.search(_COMMENT.sub(b"", data))
        named = [codec_of(charset or ""), codec_of(declared[1].decode()) if declared else None]
        codecs = ["utf-8-sig", *filter(None, named), "windows-1252"]
    for codec in codecs:
        with suppress(UnicodeDecodeError):
            return data.decode(codec)
    raise InputError("the page is in no encoding that it names, nor in UTF-8: save it as UTF-8")


def refuse_crowds(data: bytes, limit: int) -> None:
    """Raise InputError for HTML or XML of more than ``limit`` tags, or with too many attributes on one of them."""
    tags = len(_TAG.findall(data))
    if tags > limit:
        raise InputError(f"it has {tags:,} tags, the limit is {limit:,}: save its text as .txt")
    if _CROWDED_TAG.search(data):
        raise InputError(f"a tag in it has more than {TAG_ATTRIBUTES} attributes: save its text as .txt")


def parse_html(html: str) -> Any:
    """The root of a page without what a browser does not show.

    Raises InputError for what a parser would need more than seconds for, or would cut short.
    """
    import lxml.html

    data = html.replace("\0", "").encode("utf-8", "replace")
    if len(data) > PAGE_BYTES:
        raise InputError(f"the page has {len(data):,} bytes, the limit is {PAGE_BYTES:,}: save its text as .txt")
    refuse_crowds(data, PAGE_TAGS)
    parser = lxml.html.HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise InputError(f"the page cannot be parsed ({error}): save its text as .txt") from error
    if fatal := list(parser.error_log.filter_from_fatals()):  # what comes after, the parser leaves out
        raise InputError(f"the page cannot be parsed to its end ({fatal[0].message}): save its text as .txt")
    _drop_unseen(tree)
    return tree


def drop_all(tree: Any, elements: Iterable[Any]) -> None:
    """Take elements out of a tree with all that they hold; what follows each of them stays.

    To drop one after the other would take a time quadratic in them, for each joins its tail to all words before it.
    """
    from lxml import etree

    for element in elements:
        element.clear(keep_tail=True)
        element.tag = _GONE
    etree.strip_tags(tree, _GONE)


def _drop_unseen(tree: Any) -> None:
    """Take out what a browser does not show by an element's own attributes; style sheets are not read.

    ``aria-hidden`` alone is shown to those who see, so it stays, and so does a whole page that a script shows later.
    """
    drop_all(tree, [e for e in tree.iter("*") if e.tag not in ("html", "body") and _is_unseen(e)])


def _is_unseen(element: Any) -> bool:
    unseen = "hidden" in element.attrib or element.tag == "template"
    return unseen or bool(_UNSEEN_STYLE.search(element.get("style", "")))
