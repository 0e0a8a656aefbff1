"""Of one article that several sources give, or that one gives twice: which version stands.

An article of a feed is often a summary of a page, and names whatever address it likes. So what a source gives of
another site's address never takes the place of what the site itself gave, or a file that somebody chose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from index.addresses import site_of
from index.articles import Source
from rag.records import Article
from rag.store import Version, digest

_PART = 2  # a text that is shorter than the other by more than this factor is a teaser or a beginning of it


def version_of(article: Article, source: Source) -> Version:
    """An article as ``source`` gives it."""
    own = "://" not in source.key or article.url is None or site_of(article.url) == site_of(source.key)
    facts = (article.title, article.sha256, len(article.text), article.published)
    return Version(digest(article), source.key, own, *facts)


def replaces(new: Version, old: Version) -> bool:
    """Whether ``new`` takes the place of ``old``, which another source gave, or the same one in the same run.

    What comes from the article's own site, or from a file, before what another site gives; a whole text before a part
    of it; then the newer day, an undated one being older than any; of one day, what its source gives later, and of two
    sources what is no shorter.
    """
    if new.own != old.own:
        return new.own
    if max(new.length, old.length) > _PART * min(new.length, old.length):
        return new.length > old.length
    if new.published != old.published:
        return (new.published or date.min) > (old.published or date.min)
    return new.source == old.source or new.length >= old.length


def takes_place(new: Version, stored: Version | None, others: Collection[str], again: bool) -> bool:
    """Whether ``new`` is stored in the place of ``stored``; ``others`` are the other sources that give the article.

    A source may always correct itself, unless it gave the stored one in the same run (``again``); words that no source
    gives any more stand for nothing.
    """
    if stored is None:
        return True
    if new.digest == stored.digest:
        return new.own and not stored.own
    return replaces(new, stored) if again or stored.source in others else True


def chosen(articles: Iterable[Article], source: Source) -> tuple[dict[str, Article], list[str]]:
    """One article for each id, and the titles of those whose texts it stands for."""
    found: dict[str, Article] = {}
    passed: list[str] = []
    for article in articles:
        other = found.setdefault(article.id, article)
        if other is article:
            continue
        if replaces(version_of(article, source), version_of(other, source)):
            found[article.id], article = article, other
        if article.text != found[article.id].text:
            passed.append(article.title)
    return found, passed
