"""One index behind a page: asked by many at once, changed by one at a time, and not there until the first article."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from rag.answer import Answer, IndexFacts
from rag.api import QUESTION_LIMIT, Rag, default_index
from rag.chat.watch_list import WatchList
from rag.drafting import named_model
from rag.errors import IndexMissing, InputError
from rag.models import Embedder, load_embedder
from rag.quoting import make_receipt
from rag.reading import by_name
from rag.records import Article
from rag.store import Snapshot, publish

LISTED = 100  # articles that ``listed`` gives at most
EXAMPLES = 4
_DEMO_QUESTIONS = (
    "How high did the Vessen get during the flood in Port Merrow?",
    "By how many votes did Imogen Sarrow win the recount?",
    "What number of evacuees did the city of Port Merrow itself give?",
    "On what condition will the health ministry buy marsh fever vaccine?",
)


class Skipped(Protocol):
    """What was passed over, and why; or, where its article was ``kept``, what that lost."""

    @property
    def where(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def kept(self) -> bool: ...


class Report(Protocol):
    """What adding has done so far, of ``total`` articles."""

    total: int
    added: int
    changed: int
    unchanged: int
    dropped: int

    @property
    def done(self) -> int: ...
    @property
    def skipped(self) -> Sequence[Skipped]: ...


Progress = Callable[[Report], None]


@dataclass(frozen=True)
class Indexing:
    """How articles get into an index folder: given by whoever opens the chat, since the indexer is built on this
    package.

    ``files`` indexes files, folders and URLs, ``text`` what somebody pasted; both tell ``Progress`` after every
    commit. ``watchable`` checks folders and addresses and returns them as they are watched; ``watch`` runs all that an
    index watches, for good. ``kinds`` are the endings of files that are read, ``demo`` a folder of articles to begin
    with.
    """

    files: Callable[[Sequence[str], Path, Embedder, Progress], Report]
    text: Callable[[str, Path, Embedder, Progress], Report]
    watchable: Callable[[Sequence[str]], list[str]]
    watch: Callable[[Path, Callable[[], Embedder]], None]
    is_web_url: Callable[[object], bool]
    kinds: Sequence[str]
    demo: Path


class Desk:
    """An index folder that need not exist yet; every method may be called from several threads."""

    def __init__(
        self,
        folder: Path,
        indexing: Indexing,
        reader: str | None = None,
        reranker: str | None = None,
        model: str | None = None,
    ) -> None:
        self.folder, self.indexing = folder, indexing
        self._models = by_name(reader, reranker)
        self._language_model = named_model(model)
        self._named = {"reader": reader, "reranker": reranker} | ({"model": self.model} if self.model else {})
        self._opening, self._changing, self._choosing = threading.Lock(), threading.Lock(), threading.Lock()
        self._opened: Rag | None = None
        self.watch_list = WatchList(folder, self._embedder, indexing.watchable, indexing.watch)
        self._examples: tuple[IndexFacts | None, list[str]] = (None, [])

    @property
    def rag(self) -> Rag:
        """The index, opened when it is first used; raises IndexMissing while nothing was ever added."""
        with self._opening:
            if self._opened is None:
                self._opened = Rag.load(self.folder, model=self._language_model or "", **self._models)
            return self._opened

    @property
    def model(self) -> str | None:
        """The name of the language model that writes answers, if there is one."""
        return self._language_model.name if self._language_model else None

    def receipt(self, answer: Answer, settings: dict[str, Any]) -> dict[str, Any]:
        """The receipt of an answer that was asked with ``settings``."""
        return make_receipt(answer, settings | self._named)

    def holdings(self) -> tuple[IndexFacts, list[str]]:
        """What the index holds, and its publishers by name."""
        try:
            store = self.rag.store
        except IndexMissing:
            return IndexFacts(0, None, None), []
        with store.reading() as snapshot:
            return snapshot.facts(), sorted({name for _, name, _ in snapshot.catalogue() if name})

    def listed(self, words: str = "") -> list[Article]:
        """The newest articles, or those that best match ``words``: at most LISTED."""
        try:
            store = self.rag.store
        except IndexMissing:
            return []
        with store.reading() as snapshot:
            if not words.strip():
                return _newest(snapshot, LISTED)
        return self.rag.matching(words, LISTED)

    def examples(self) -> list[str]:
        """A few questions that the index answers: each was asked, once for each state of the index."""
        with self._choosing:
            facts, _ = self.holdings()
            if facts != self._examples[0]:
                self._examples = facts, self._answerable() if facts.articles else []
            return self._examples[1]

    def add(self, targets: Sequence[str], pasted: str, progress: Progress) -> list[Report]:
        """Index files and URLs, and a pasted text; whoever comes second waits for the first."""
        reports: list[Report] = []
        with self._changing:
            embedder = self._embedder()
            if targets:
                reports.append(self.indexing.files(targets, self.folder, embedder, progress))
            if pasted.strip():
                reports.append(self.indexing.text(pasted, self.folder, embedder, progress))
        return reports

    def addresses(self, text: str) -> list[str]:
        """The web addresses, one a line; InputError at anything else: a path would read the server's own files."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        for line in lines:
            if not self.indexing.is_web_url(line):
                raise InputError(f"{line!r} is not a web address. Expected one such as https://example.org/article.")
        return lines

    def remove(self, keys: Sequence[str]) -> int:
        """Take articles out by id; returns how many were there."""
        store = self.rag.store
        with self._changing:
            with store.writing() as transaction:
                removed = sum(transaction.remove(key) for key in keys)
            publish(store)  # questions miss them at once; what is rare among the others is counted again
        return removed

    def _embedder(self) -> Embedder:
        try:
            return self.rag.embedder
        except IndexMissing:
            return load_embedder()

    def _answerable(self) -> list[str]:
        with self.rag.store.reading() as snapshot:
            titles = [article.title for article in _newest(snapshot, 2 * EXAMPLES)]
        questions = [*_DEMO_QUESTIONS, *(f"What do the articles say about “{title}”?" for title in titles)]
        answered = (q for q in questions if len(q) <= QUESTION_LIMIT and self.rag.ask(q, quotations_only=True).answered)
        return list(islice(answered, EXAMPLES))


def open_desk(folder: Path | None, indexing: Indexing, tell: Callable[[str], object], **models: str | None) -> Desk:
    """The index that was named, which may be yet to come; without a name the default one, at first of the demo.

    ``tell`` is told while the demo is indexed; ``models`` are those of ``Desk``, by name.
    """
    desk = Desk(folder or default_index(), indexing, **models)
    try:
        _ = desk.rag
    except IndexMissing:
        if folder is None and "RAG_INDEX" not in os.environ:
            tell(f"There is no index yet: indexing the demo articles into {desk.folder} …")
            (report,) = desk.add([str(indexing.demo)], "", lambda report: None)
            tell(f"{report.added} demo articles indexed.")
    return desk


def _newest(snapshot: Snapshot, count: int) -> list[Article]:
    rows = sorted(snapshot.catalogue(), key=lambda row: (row[2] or "", row[0]), reverse=True)
    return [article for _, article in snapshot.articles(row for row, _, _ in rows[:count])]
