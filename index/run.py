"""One run: what sources give is compared with what is stored, cut, embedded and stored, a batch at a time."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from index.articles import Hashed, Skipped, Source, emptied, gone_files, is_for_programs, read_source
from index.chunk import chunk, embedding_texts
from index.records import Reading
from index.response import Fetched
from index.versions import chosen, takes_place, version_of
from index.words import terms_of
from rag.models import Embedder
from rag.records import Article, Span
from rag.store import Indexed, Store, Visit, publish
from rag.text import counted

BATCH = 8  # articles embedded and committed together: what a killed run has to do again
PAUSE = 10.0  # seconds at least between two publications during a run,
EFFORT = 20.0  # and this many times what the last one took: a twentieth of the run goes into them


@dataclass
class Report:
    """What a run has done so far, of ``total`` articles in its files; ``made`` are the titles that each source gave.

    ``new`` are those of them that were added or changed. ``left_out`` counts articles that somebody removed, in a run
    that does not bring them back. ``gone`` are the files of an earlier run that their folder no longer holds, each with
    the articles that it gave.
    """

    total: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    dropped: int = 0
    left_out: int = 0
    chunks: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    made: dict[str, list[str]] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.added + self.changed + self.unchanged + self.left_out


Progress = Callable[[Report], None]
Get = Callable[[str, Visit | None], Fetched | None]  # fetches an address, if it has changed since it was visited


class Run:
    """What is stored and told while sources are read; leaving it publishes what is stored, also when it was stopped."""

    def __init__(
        self, store: Store, embedder: Embedder, progress: Progress, keep: bool = False, again: bool = True
    ) -> None:
        self.report = Report()
        self._again = again
        self._store = store
        self._keeps = keep
        self._embedder = embedder
        self._progress = progress
        self._due = 0.0

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        publish(self._store)

    def readmit(self, source: Source) -> None:
        """Read a source as if it were new where somebody removed articles of it: unless this run leaves them out."""
        with self._store.reading() as snapshot:
            lacking = self._again and snapshot.removed(source.key)
        if lacking:
            with self._store.writing() as transaction:
                transaction.readmit(source.key)

    def unchanged(self, source: Source) -> bool:
        """Whether the file was read to its end before, and is byte for byte the same; else its articles are to be read.

        How many there are is only for the time left: of a file that was read before, as many as then; one that is new
        is read twice for it, which costs little beside embedding.
        """
        self.readmit(source)
        with self._store.reading() as snapshot:
            sha256, given = snapshot.source(source.key), len(snapshot.given(source.key))
        if same := sha256 is not None and _file_hash(source.path) == sha256:
            self.report.unchanged += given
        elif source.path and sha256 is None:
            given = sum(isinstance(item, Article) for item in read_source(source))
        self.report.total += given
        return same

    def visit(self, source: Source, get: Get) -> None:
        """Store what an address gives, unless it is as it was when it was last read to its end."""
        with self._store.reading() as snapshot:
            visited, sha256 = snapshot.visit(source.key), snapshot.source(source.key)
            given = len(snapshot.given(source.key))
        # Of something that was removed since, its server is not to say that nothing has changed.
        known = replace(visited, etag="", last_modified="") if visited and sha256 is None else visited
        came: list[Fetched] = []

        def changed(url: str) -> Fetched | None:
            page = get(url, known)
            if page is None or hashlib.sha256(page.data).hexdigest() == sha256:
                self.report.unchanged += given
                return None
            came.append(page)
            return page

        read = self.index(source, read_source(source, get=changed), None)
        for page in came if read else ():
            visit = Visit(page.url, page.etag, page.last_modified, is_for_programs(page))
            with self._store.writing() as transaction:
                transaction.visited(source.key, hashlib.sha256(page.data).hexdigest(), visit)

    def index(self, source: Source, articles: Iterable[Article | Skipped], hashed: Hashed | None) -> int:
        """Store what a source gives, and return how many articles it was; ``hashed`` has hashed its file meanwhile."""
        report = self.report
        given: set[str] = set()
        passed: list[str] = []
        made = report.made.setdefault(source.name, [])
        stream = Reading(articles)
        items = iter(stream)
        while batch := list(islice(items, BATCH)):
            report.skipped.extend(item for item in batch if isinstance(item, Skipped))
            read = [item for item in batch if isinstance(item, Article)]
            made.extend(article.title for article in read)
            passed += self._keep(read, source, given)
            given.update(article.id for article in read)
            self._progress(report)
            self._publish()
        if passed:
            what = f"{counted(len(passed), 'text')} not taken, such as {passed[0]!r}"
            report.skipped.append(Skipped(source.name, f"{what}: of its address a fuller, newer or surer one stands"))
        if hashed is not None and source.path:
            with self._store.writing() as transaction:
                if not (self._keeps or stream.window):
                    transaction.withdraw(source.key, set(transaction.given(source.key)) - given)
                transaction.finish(source.key, hashed.hexdigest())
        return len(given)

    def withdraw_gone(self, targets: Sequence[str], found: Sequence[Source | Skipped]) -> None:
        """Take back what files gave that are gone; before others are read, since these may give the same articles."""
        if self._keeps:
            return
        with self._store.writing() as transaction:
            known = transaction.sources()
            empty = emptied(known, targets, found)
            self.report.skipped += empty
            for name in gone_files(known, targets, [*found, *empty]):
                self.report.gone[name] = len(transaction.given(name))
                transaction.withdraw(name)

    def sweep(self) -> None:
        """Drop what no source gives any more; at the end, since an article may have moved to another file."""
        if not self._keeps:
            with self._store.writing() as transaction:
                self.report.dropped += len(transaction.sweep())

    def _keep(self, articles: list[Article], source: Source, given: set[str]) -> list[str]:
        """Store what is new or changed; returns the titles of the texts for which another version stands.

        ``given`` are the ids that the source gave before these.
        """
        latest, passed = chosen(articles, source)
        # Whose they are is noted before the embedding: meanwhile another run may drop what nobody gives.
        with self._store.writing() as transaction:
            left_out = transaction.removed(source.key) & latest.keys()
            stored = {key: transaction.version(key) for key in latest if key not in left_out}
            new = {key: version_of(latest[key], source) for key in stored}
            others = {key: set(transaction.origins(key)) - {source.key} for key in stored}
            taken = [key for key in stored if takes_place(new[key], stored[key], others[key], key in given)]
            for key in stored:
                transaction.keep(key, source.key)
        fresh = [latest[key] for key in taken]
        for key, old in stored.items():
            if old and old.sha256 != new[key].sha256 and (key not in taken or key in given):
                passed.append(old.title if key in taken else new[key].title)
        indexed = list(_embedded(fresh, self._embedder))
        if indexed:
            with self._store.writing() as transaction:
                for item in indexed:
                    transaction.add(item, source.key, new[item.article.id].own)
        changed = sum(stored[key] is not None for key in taken)
        self.report.left_out += len(left_out)
        self.report.added += len(fresh) - changed
        self.report.changed += changed
        self.report.unchanged += sum(article.id in stored for article in articles) - len(fresh)
        self.report.new += [article.title for article in fresh]
        self.report.chunks += sum(len(item.chunks) for item in indexed)
        return passed

    def _publish(self) -> None:
        """The larger the index, the longer it takes and the more seldom it is done."""
        begun = time.monotonic()
        if begun >= self._due:
            publish(self._store)
            self._due = time.monotonic() + max(PAUSE, EFFORT * (time.monotonic() - begun))


def _embedded(articles: list[Article], embedder: Embedder) -> Iterator[Indexed]:
    chunks: list[list[Span]] = [chunk(article, embedder) for article in articles]
    texts = [
        t for article, spans in zip(articles, chunks, strict=True) for t in embedding_texts(article, spans, embedder)
    ]
    vectors = embedder.embed(texts)
    start = 0
    for article, spans in zip(articles, chunks, strict=True):
        yield Indexed(article, spans, vectors[start : start + len(spans)], terms_of(article, spans))
        start += len(spans)


def _file_hash(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None  # read_source names the reason
