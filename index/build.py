"""Sources -> index: reads articles, keeps what is new or changed, cuts, embeds and stores it, a batch at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from index.articles import Skipped, Source, find_sources, read_source, read_text
from index.chunk import chunk, embedding_texts
from rag.errors import IndexMissing
from rag.models import DEFAULT_EMBEDDER, Embedder, load_embedder
from rag.records import Article, Span
from rag.store import Indexed, Store, digest, load_generation

BATCH = 8  # articles embedded and committed together: what a killed run has to do again


@dataclass
class Report:
    """What a run has done so far, of ``total`` articles in its files; ``made`` are the titles that each source gave."""

    total: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    dropped: int = 0
    chunks: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    made: dict[str, list[str]] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return self.added + self.changed + self.unchanged


Progress = Callable[[Report], None]


def build(targets: Iterable[str], folder: Path, embedder: Embedder, progress: Progress = lambda report: None) -> Report:
    """Index files, folders and URLs into ``folder``; articles that are there unchanged cost a look.

    ``progress`` is called after every commit: what the report counts then is stored. A run that is stopped or
    killed goes on where it stopped when it is started again. Raises RagError where the folder cannot be used.
    """
    store = Store.create(folder, embedder)
    report = Report()
    sources: list[Source] = []
    for source in find_sources(targets):
        if isinstance(source, Skipped):
            report.skipped.append(source)
        elif not _unchanged(source, store, report):
            sources.append(source)
            report.total += _count(source)
    progress(report)
    for source in sources:
        _index(source, read_source(source), store, embedder, report, progress)
    _publish(store)
    return report


def build_articles(
    name: str, articles: Iterable[Article | Skipped], folder: Path, embedder: Embedder, progress: Progress
) -> Report:
    """Index articles that come from no file or URL, such as pasted text, under the source name ``name``."""
    store = Store.create(folder, embedder)
    report = Report()
    _index(Source(name, None), articles, store, embedder, report, progress)
    _publish(store)
    return report


def build_text(text: str, folder: Path, embedder: Embedder, progress: Progress) -> Report:
    """Index the article or articles in a text that somebody pasted."""
    return build_articles("pasted text", read_text(text), folder, embedder, progress)


def embedder_for(folder: Path, name: str | None = None) -> Embedder:
    """The embedder that is named, else the one the index was made with, else the default."""
    if name is None:
        try:
            with Store(folder).reading() as snapshot:
                name = snapshot.fact("embedder")
        except IndexMissing:
            name = DEFAULT_EMBEDDER
    return load_embedder(name)


def _unchanged(source: Source, store: Store, report: Report) -> bool:
    """Whether the file was read to its end before, and is byte for byte the same."""
    sha256 = _file_hash(source.path)
    with store.reading() as snapshot:
        if sha256 is None or snapshot.source(source.key) != sha256:
            return False
        given = snapshot.given(source.key)
    report.unchanged += given
    report.total += given
    return True


def _count(source: Source) -> int:
    """How many articles a file holds, so that the time left can be told: reading costs little beside embedding."""
    return sum(isinstance(item, Article) for item in read_source(source)) if source.path else 0


def _index(
    source: Source,
    articles: Iterable[Article | Skipped],
    store: Store,
    embedder: Embedder,
    report: Report,
    progress: Progress,
) -> None:
    sha256 = _file_hash(source.path)
    keys: list[str] = []
    made = report.made.setdefault(source.name, [])
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        report.skipped.extend(item for item in batch if isinstance(item, Skipped))
        read = [item for item in batch if isinstance(item, Article)]
        keys.extend(article.id for article in read)
        made.extend(article.title for article in read)
        _store(read, source, store, embedder, report)
        progress(report)
    if source.path is not None:  # a feed or page that no longer shows an article does not take it back
        with store.writing() as transaction:
            report.dropped += len(transaction.finish(source.key, sha256, keys))


def _publish(store: Store) -> None:
    """Make the search structure now, so that the first question need not wait for it."""
    with store.reading() as snapshot:
        load_generation(store, snapshot)


def _store(articles: list[Article], source: Source, store: Store, embedder: Embedder, report: Report) -> None:
    latest = {article.id: article for article in articles}  # the same id twice in a batch: the later one holds
    with store.reading() as snapshot:
        known = {key: snapshot.digest(key) for key in latest}
    fresh = [article for key, article in latest.items() if known[key] != digest(article)]
    indexed = list(_embedded(fresh, embedder))
    with store.writing() as transaction:
        for item in indexed:
            transaction.add(item, source.key)
        for key in latest:
            transaction.keep(key, source.key)
    changed = sum(known[article.id] is not None for article in fresh)
    report.added += len(fresh) - changed
    report.changed += changed
    report.unchanged += len(articles) - len(fresh)
    report.chunks += sum(len(item.chunks) for item in indexed)


def _embedded(articles: list[Article], embedder: Embedder) -> Iterator[Indexed]:
    chunks: list[list[Span]] = [chunk(article, embedder) for article in articles]
    texts = [
        t for article, spans in zip(articles, chunks, strict=True) for t in embedding_texts(article, spans, embedder)
    ]
    vectors = embedder.embed(texts)
    start = 0
    for article, spans in zip(articles, chunks, strict=True):
        yield Indexed(article, spans, vectors[start : start + len(spans)])
        start += len(spans)


def _file_hash(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None  # read_source names the reason
