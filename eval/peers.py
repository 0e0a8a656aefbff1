"""Other programs that find speakers, measured beside ours where they are installed: textacy and sayswho, with spaCy.

Neither is needed by anything else: pip install textacy sayswho, and an English model of spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from eval.speakers import Finder
from rag.records import Article, Said, Span, Speaker

Found = tuple[tuple[int, int], tuple[int, int]]  # offsets of a quotation's words, and of its speaker's mention


def peers() -> dict[str, Finder]:
    """The finders that can run here, by name."""
    if not find_spec("spacy"):
        return {}
    import spacy

    models = [name for name in spacy.util.get_installed_models() if name.startswith("en_core")]
    if not models:
        return {}
    parse = lru_cache(maxsize=2)(spacy.load(models[0]))
    finders: dict[str, Finder] = {}
    if find_spec("textacy"):
        from textacy.extract.triples import direct_quotations

        finders["textacy direct_quotations"] = _finder(lambda text: _textacy(direct_quotations(parse(text))))
    if find_spec("sayswho"):
        from sayswho.quote_finder import quote_finder

        finders["sayswho"] = _finder(lambda text: _textacy(quote_finder(parse(text))))
    return finders


def _finder(quotations_of: Callable[[str], Iterator[Found]]) -> Finder:
    """Line by line, since both give up a text in which one mark is not closed."""

    @lru_cache(maxsize=2)
    def found(article: Article) -> list[Found]:
        quotations: list[Found] = []
        for line in re.finditer(r"[^\n\r]+", article.text):
            with suppress(TypeError, ValueError):  # sayswho at marks of two characters, textacy at odd ones
                for quoted, mention in quotations_of(line.group()):
                    quotations.append((_moved(quoted, line.start()), _moved(mention, line.start())))
        return quotations

    def finder(span: Span) -> Said:
        for (start, end), mention in found(span.article):
            if start <= span.start and span.end <= end:
                return Said(span, None, Speaker(None, Span(span.article, *mention)))
        return Said(span)

    return finder


def _moved(offsets: tuple[int, int], by: int) -> tuple[int, int]:
    return offsets[0] + by, offsets[1] + by


def _textacy(quotations: Any) -> Iterator[Found]:
    """Both give triples of tokens: speaker, cue, content."""
    for quotation in quotations:
        speaker, content = quotation.speaker, quotation.content
        if len(speaker):
            last = speaker[-1]
            yield (content.start_char, content.end_char), (speaker[0].idx, last.idx + len(last))
