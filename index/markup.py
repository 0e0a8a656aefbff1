"""HTML to words, with limits that hold before a parser sees the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rag.errors import InputError

PAGE_BYTES = 5_000_000
ARTICLE_CHARACTERS = 40  # where a page holds less, its menu or a notice was taken for its article
PAGE_TAGS = 20_000  # trafilatura needs about 0.4 ms for each
TAG_ATTRIBUTES = 128  # libxml2 is quadratic in them: 50,000 on one tag take half a minute

# A tag with too many attributes, quotes read as HTML 5 reads them; no part of the pattern can backtrack.
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?>\s*+=\s*+(?>"[^"]*+"?|'[^']*+'?|[^\s>]*+))?+"""
_CROWDED_TAG = re.compile(rb"<[a-zA-Z][^\s/<>]*+(?=[\s/])(?>%b){%d}" % (_ATTRIBUTE, TAG_ATTRIBUTES + 1))
_TAG = re.compile(rb"<[a-zA-Z]")
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|ul|ol|li|blockquote|article|section|span|a|em|strong|b|i|style)\s*>|<script\b",
    re.IGNORECASE,
)
_SILENT = ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "head", "button", "select")
_UNSEEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?)\s*(?:!\s*important\s*)?(?:;|$)",
    re.IGNORECASE,
)
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page and what the page says about it; ``text`` has one line for each paragraph."""

    text: str
    title: str
    url: str | None
    publisher: str | None
    published: str | None
    authors: tuple[str, ...]


def read_page(data: bytes, url: str | None = None, charset: str | None = None) -> Page:
    """The article of a web page, without menus, advertisements and comments (trafilatura's precision mode).

    ``charset`` is what the server said, and goes before what the page says. Raises InputError for a page that is
    too large to read in seconds, is badly encoded, or holds no article.
    """
    from trafilatura import bare_extraction

    # Given a tree, trafilatura leaves out its own repairs of the source, whose patterns hang on some pages.
    tree = _tree(decode_page(data, charset))
    # A day found anywhere in the text would be a guess, and a wrong day is worse than none.
    dates = {"original_date": True, "extensive_search": False}
    try:
        found: Any = bare_extraction(
            tree,
            url=url,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
    except Exception as error:  # many parsers at work on anybody's page: one bad page must not end the run
        raise InputError(f"this page cannot be read ({type(error).__name__}: {error}): save it as text") from error
    if found is None or len((found.text or "").strip()) < ARTICLE_CHARACTERS:
        raise InputError("no article text was found on this page: save the article's text as .txt")
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Page(found.text, found.title or "", found.url, found.sitename, found.date, authors)


def looks_like_markup(text: str) -> bool:
    """Whether a text is HTML rather than words: it holds an end tag of the kinds that shape prose, or a script.

    A stray "<br>" makes no markup of a text: words that were already taken out of their page often keep one.
    """
    return bool(_MARKUP.search(text))


def markup_text(html: str) -> str:
    """The words of a piece of HTML, one line for each paragraph; scripts, styles and the like say nothing.

    Raises InputError where the piece is too large to read in seconds.

    >>> markup_text("<p>Low <b>tide</b>.</p><p>High tide.</p>")
    'Low tide.\\nHigh tide.'
    """
    tree = _tree(f"<div>{html}</div>")
    for element in list(tree.iter(*_SILENT)):
        element.drop_tree()
    for element in tree.iter():
        if element.tag in _BLOCKS:
            element.text = "\u2029" + (element.text or "")
            element.tail = "\u2029" + (element.tail or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\u2029"))
    return "\n".join(line for line in lines if line)


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The characters of a page: by its byte order mark, as UTF-8, by the server's word, its own, as Windows-1252.

    That is the order of browsers, except that a page which is valid UTF-8 is UTF-8 whatever it says.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    elif b"\0" in data:
        raise InputError("it holds NUL bytes, so it is no text: save it as HTML in UTF-8")
    else:
        declared = _DECLARED.search(data[:4096])
        names = ["utf-8-sig", charset or "", declared[1].decode() if declared else "", "windows-1252"]
    for name in names:
        # ISO-8859-1 means Windows-1252 on the web: its curly quotes would become control characters.
        codec = "windows-1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name
        if name.lower() in ("punycode", "idna"):
            continue  # codecs of Python for host names, slow on whole pages
        try:
            return data.decode(codec)
        except (LookupError, ValueError):
            continue
    raise InputError("the page is in no encoding that it names, nor in UTF-8: save it as UTF-8")


def refuse_crowds(data: bytes, limit: int) -> None:
    """Raise InputError for HTML or XML of more than ``limit`` tags, or with too many attributes on one of them."""
    tags = len(_TAG.findall(data))
    if tags > limit:
        raise InputError(f"it has {tags:,} tags, the limit is {limit:,}: save its text as .txt")
    if _CROWDED_TAG.search(data):
        raise InputError(f"a tag in it has more than {TAG_ATTRIBUTES} attributes: save its text as .txt")


def _drop_unseen(tree: Any) -> None:
    """Take out what a browser does not show by an element's own attributes; style sheets are not read.

    ``aria-hidden`` alone is shown to those who see, so it stays.
    """
    for element in list(tree.iter("*")):
        unseen = "hidden" in element.attrib or element.tag == "template"
        if (unseen or _UNSEEN_STYLE.search(element.get("style", ""))) and element.getparent() is not None:
            if element.tag in ("html", "body"):  # a script shows the whole page later
                continue
            element.drop_tree()


def _tree(html: str) -> Any:
    """The root of a parsed page; refuses what a parser would need more than seconds for, or would cut short."""
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
