"""The page's templates, and the one way in which a text gets into them; every word of an article is hostile.

Whatever a template writes is escaped, but for ``Markup``, which only templates and ``shown`` make of escaped text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from rag.chat.verdicts import attribution, headline, highlighted, left_out, parted, shown_of, summary
from rag.quoting import surrounding
from rag.records import Article
from rag.text import around, counted, day_of, day_words, displayable, moment_words, publisher_of, shortened, span_words

if TYPE_CHECKING:
    from jinja2 import Environment

_ACTIVE = re.compile(r"[!-/:-@\[-`{-~]")  # all ASCII punctuation: whatever HTML, Markdown or a template acts on
_SPACES = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"  # others, such as those of Chinese and French, are shown as they are
)
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
_RIGHT_TO_LEFT = re.compile(rf"([{_RTL}](?:(?:(?![{_RTL}])[\W\d_])*[{_RTL}]+)*)")  # letters, and what is between them
_FRAGMENT_WORDS = 5  # at each end of a quotation that is too long to stand whole in an address
_OF_TEXTS = (around, counted, day_of, day_words, moment_words, publisher_of, shortened, span_words)
_OF_FINDINGS = (attribution, headline, highlighted, left_out, parted, shown_of, summary, surrounding)


def render(name: str, **values: Any) -> str:
    """A file of rag/chat/templates with its values."""
    return environment().get_template(name).render(values)


def escape(value: object) -> Markup:
    """A text on one line, shown as it is: no character left that HTML, Markdown or a template would act on.

    >>> str(escape("<b> & [x](y)"))
    '&#60;b&#62; &#38; &#91;x&#93;&#40;y&#41;'
    """
    line = " ".join(filter(None, re.split(f"[{_SPACES}]+", str(value))))
    storable = line.encode("utf-8", "replace").decode()  # a lone surrogate cannot be sent
    return Markup(_ACTIVE.sub(lambda found: f"&#{ord(found[0])};", displayable(storable)))


def packed(text: str) -> str:
    """A text as the value of a button, which ``unpacked`` makes what it was: what is shown of it may be another.

    >>> packed("/home/ada/my  clips"), unpacked(packed("/home/ada/my  clips"))
    ('%2Fhome%2Fada%2Fmy%20%20clips', '/home/ada/my  clips')
    """
    return quote(text, safe="", errors="surrogatepass")


def unpacked(value: str) -> str:
    """The text of a button's value."""
    return unquote(value, errors="surrogatepass")


def shown(text: str) -> Markup:
    """Text with its lines and paragraphs, and with the spaces at its ends that part it from its neighbours.

    What runs from right to left stands apart, so that a number or a mark beside it keeps its place.
    """
    first, *lines = [line.strip(_SPACES) for line in text.split("\n")]
    inner, ends = _isolated(first), 0
    for line in lines:
        ends += 1
        if line:
            inner += _break(ends) + _isolated(line)
            ends = 0
    return Markup(f"{' ' if text[:1] == ' ' else ''}{inner}{_break(ends)}{' ' if text[-1:] == ' ' else ''}")


def _break(line_ends: int) -> str:
    return ("", "<br>", '<span class="gap"></span>')[min(line_ends, 2)]


def _isolated(text: str) -> str:
    """Escaped text, each part of it from one right-to-left letter to the last before other letters in an element.

    Not in <bdi>, whose letters an element around it with dir="auto" would not look at.
    """
    parts = _RIGHT_TO_LEFT.split(text)
    if len(parts) == 1:
        return str(escape(text))
    told = [
        f'<span class="apart">{escape(part)}</span>' if place % 2 else _spaced(part) for place, part in enumerate(parts)
    ]
    return "".join(told).strip()


def _spaced(text: str) -> str:
    return f"{' ' if text[:1].isspace() else ''}{escape(text)}{' ' if text[-1:].isspace() and text.strip() else ''}"


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
    made.globals |= {function.__name__: function for function in (link, packed, *_OF_TEXTS, *_OF_FINDINGS)}
    return made


def _source(name: str) -> str:
    """A template without line breaks and indentation, which Markdown would act on and a reader see as spaces."""
    lines = files("rag.chat").joinpath("templates", name).read_text(encoding="utf-8").splitlines()
    return "".join(map(str.strip, lines))
