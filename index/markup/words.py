"""A piece of text that may be HTML, or may have been HTML once, to its words."""

from __future__ import annotations

import html
import re

from index.markup.inline import BLOCKS, SILENT, settle_inline
from index.markup.tree import drop_all, parse_html

_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|ul|ol|li|blockquote|article|section|span|a|em|strong|b|i|style)\s*>|<script\b",
    re.IGNORECASE,
)
_PARAGRAPHED = re.compile(r"<(?:p|div|br)\b", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n\s*\n")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ROUNDS = 3  # how often a supplier may have escaped what was escaped


def plain_words(text: str) -> str:
    """The words of a text that may be HTML, or may hold character references, escaped once or more.

    Tags of escaped HTML count only where the text has none of its own: else they are what it speaks of. Raises
    InputError where it is too large to read in seconds.

    >>> plain_words("Kellan &amp;amp; Sons"), plain_words("&lt;p&gt;Low tide.&lt;/p&gt;"), plain_words("5 < 6")
    ('Kellan & Sons', 'Low tide.', '5 < 6')
    """
    for _ in range(_ROUNDS):
        if looks_like_markup(text):
            return _unescaped(markup_text(text))
        unescaped = _unescaped(text)
        if unescaped == text:
            break
        text = unescaped
    return text


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(lambda found: html.unescape(found[0]).replace("\xa0", " "), text)


def looks_like_markup(text: str) -> bool:
    """Whether a text is HTML rather than words: it holds an end tag of the kinds that shape prose, or a script.

    A stray "<br>" makes no markup of a text: words that were already taken out of their page often keep one.
    """
    return bool(_MARKUP.search(text))


def markup_text(html: str) -> str:
    """The words of a piece of HTML, one line for each paragraph; scripts, styles and the like say nothing.

    Where it marks no paragraphs, empty lines part them: so WordPress and others keep what they show as HTML later.
    Raises InputError where the piece is too large to read in seconds.

    >>> markup_text("<p>Low <b>tide</b>.</p><p>High tide.</p>")
    'Low tide.\\nHigh tide.'
    """
    if not _PARAGRAPHED.search(html):
        html = _EMPTY_LINES.sub("\u2029", html)
    tree = parse_html(f"<div>{html}</div>")
    settle_inline(tree)
    drop_all(tree, list(tree.iter(*SILENT)))
    for element in tree.iter():
        if element.tag in BLOCKS:
            element.text = "\u2029" + (element.text or "")
            element.tail = "\u2029" + (element.tail or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\u2029"))
    return "\n".join(line for line in lines if line)
