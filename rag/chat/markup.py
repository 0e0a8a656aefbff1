"""The page's templates, and the one way in which a text gets into them; every word of an article is hostile.

Whatever a template writes is escaped, but for ``Markup``, which only templates and ``shown`` make of escaped text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from rag.chat.verdicts import attribution, headline, highlighted, left_out, parted, standing, summary
from rag.quoting import surrounding
from rag.records import Article
from rag.text import around, counted, day_of, day_words, printable, publisher_of, shortened

if TYPE_CHECKING:
    from jinja2 import Environment

_ACTIVE = re.compile(r"[!-/:-@\[-`{-~]")  # all ASCII punctuation: whatever HTML, Markdown or a template acts on
_FRAGMENT_WORDS = 5  # at each end of a quotation that is too long to stand whole in an address
_OF_TEXTS = (around, counted, day_of, day_words, publisher_of, shortened)
_OF_FINDINGS = (attribution, headline, highlighted, left_out, parted, standing, summary, surrounding)


def render(name: str, **values: Any) -> str:
    """A file of rag/chat/templates with its values."""
    return environment().get_template(name).render(values)


def escape(value: object) -> Markup:
    """A text on one line, shown as it is: no character left that HTML, Markdown or a template would act on.

    >>> str(escape("<b> & [x](y)"))
    '&#60;b&#62; &#38; &#91;x&#93;&#40;y&#41;'
    """
    storable = " ".join(str(value).split()).encode("utf-8", "replace").decode()  # a lone surrogate cannot be sent
    return Markup(_ACTIVE.sub(lambda found: f"&#{ord(found[0])};", printable(storable)))


def shown(text: str) -> Markup:
    """Text with its lines and paragraphs, and with the spaces at its ends that part it from its neighbours."""
    pieces = re.split(r"(\s*\n\s*)", text)
    breaks = ['<span class="gap"></span>' if piece.count("\n") > 1 else "<br>" for piece in pieces[1::2]]
    inner = "".join(f"{escape(piece)}{end}" for piece, end in zip(pieces[::2], [*breaks, ""], strict=True))
    return Markup(f"{' ' if text[:1] == ' ' else ''}{inner}{' ' if text[-1:] == ' ' else ''}")


def link(article: Article, cited: str) -> str | None:
    """The article's address, with a text fragment so that the browser opens at ``cited``; None without a web address.

    >>> link(Article.of("Tide", "It rose, twice.", url="https://example.org/a"), "It rose, twice.")
    'https://example.org/a#:~:text=It%20rose%2C%20twice.'
    """
    url = article.url or ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\x00-\x1f\\]", url)
    except ValueError:  # "http://[": a bracket that never closes
        usable = False
    if not usable:
        return None
    words = cited.split()
    ends = [words[:_FRAGMENT_WORDS], words[-_FRAGMENT_WORDS:]] if len(words) > 3 * _FRAGMENT_WORDS else [words]
    # A dash has a meaning of its own in text fragments, and quote() leaves it as it is.
    text = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


@cache
def environment() -> Environment:
    """Made for the first page: the terminal needs no Jinja, and need not wait for it."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else escape(value),
        undefined=StrictUndefined,
    )
    made.filters = {"shown": shown}  # none of Jinja's own, some of which escape less or nothing: e, safe
    made.globals |= {function.__name__: function for function in (link, *_OF_TEXTS, *_OF_FINDINGS)}
    return made


def _source(name: str) -> str:
    """A template without line breaks and indentation, which Markdown would act on and a reader see as spaces."""
    lines = files("rag.chat").joinpath("templates", name).read_text(encoding="utf-8").splitlines()
    return "".join(map(str.strip, lines))
