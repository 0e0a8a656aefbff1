"""A web page to its article and what the page says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from index.markup.facts import read_facts
from index.markup.inline import settle_blocks, settle_inline
from index.markup.tree import decode_page, parse_html
from index.markup.words import plain_words
from rag.errors import InputError

ARTICLE_CHARACTERS = 40  # where a page holds less, its menu or a notice was taken for its article


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page and what the page says about it; ``text`` has one line for each paragraph.

    ``published`` is as the page writes it; ``paid`` is whether it says that its article is not free.
    """

    text: str
    title: str
    url: str | None
    publisher: str | None
    published: str | None
    authors: tuple[str, ...]
    language: str | None
    paid: bool


def read_page(data: bytes, url: str | None = None, charset: str | None = None) -> Page:
    """The article of a web page, without menus, advertisements and comments (trafilatura's precision mode).

    ``charset`` is what the server said, and goes before what the page says. Raises InputError for a page that is
    too large to read in seconds, is badly encoded, or holds no article.
    """
    # Given a tree, trafilatura leaves out its own repairs of the source, whose patterns hang on some pages.
    tree = parse_html(decode_page(data, charset))
    try:
        about = _about(tree, url)
        facts = read_facts(tree, about.url)
        settle_inline(tree)
        settle_blocks(tree)
        text = article_text(tree, url)
    except Exception as error:  # many parsers at work on anybody's page: one bad page must not end the run
        raise InputError(f"this page cannot be read ({type(error).__name__}: {error}): save it as text") from error
    if len(text) < ARTICLE_CHARACTERS:
        raise InputError("no article text was found on this page: save the article's text as .txt")
    authors = tuple(name.strip() for name in (about.author or "").split(";") if name.strip())
    return Page(
        text,
        plain_words(about.title or ""),
        about.url,
        plain_words(about.sitename) if about.sitename else None,
        facts.published,
        authors,
        facts.language,
        facts.paid,
    )


def _about(tree: Any, url: str | None) -> Any:
    """Title, author, site and address, as trafilatura finds them; its day is left aside, for it may be guessed."""
    from trafilatura.metadata import extract_metadata

    return extract_metadata(tree, url, {"original_date": True, "extensive_search": False})


def article_text(tree: Any, url: str | None) -> str:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(tree, url=url, favor_precision=True, include_comments=False)
    return (found.text or "").strip() if found else ""
