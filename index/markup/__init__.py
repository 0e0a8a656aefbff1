"""HTML to words."""

from index.markup.page import Page, read_page
from index.markup.tree import PAGE_BYTES, decode_page, refuse_crowds
from index.markup.words import looks_like_markup, markup_text, plain_words

__all__ = [
    "PAGE_BYTES",
    "Page",
    "decode_page",
    "looks_like_markup",
    "markup_text",
    "plain_words",
    "read_page",
    "refuse_crowds",
]
