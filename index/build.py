"""Sources -> index: files, folders, feeds, pages and pasted text, all by one run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.articles import Skipped, Source, find_sources, read_source, read_text
from index.fetch import fetch
from index.run import Get, Progress, Report, Run
from rag.errors import IndexMissing
from rag.models import DEFAULT_EMBEDDER, Embedder, load_embedder
from rag.records import Article
from rag.store import Store

__all__ = ["Progress", "Report", "build", "build_articles", "build_text", "embedder_for"]


def build(
    targets: Sequence[str],
    folder: Path,
    embedder: Embedder,
    progress: Progress = lambda report: None,
    *,
    keep: bool = False,
    get: Get = fetch,
    again: bool = True,
) -> Report:
    """Index files, folders and URLs into ``folder``; articles that are there unchanged cost a look.

    Articles that a changed file no longer gives go, and those of a file that a folder no longer holds, unless another
    source gives them or ``keep`` is set. A feed, or a file that cannot be read to its end, takes none back. ``again``
    brings back articles that somebody removed.

    ``progress`` is called after every commit: what the report counts then is stored. A run that is stopped or
    killed goes on where it stopped when it is started again. Questions find what is stored when it is published:
    after the first commit, then so seldom that it costs little, and at the end. Raises RagError where the folder
    cannot be used.
    """
    run = Run(Store.create(folder, embedder), embedder, progress, keep, again)
    found = list(find_sources(targets))
    run.report.skipped += [item for item in found if isinstance(item, Skipped)]
    sources = [item for item in found if isinstance(item, Source)]
    with run:
        run.withdraw_gone(targets, found)
        sources = [source for source in sources if not run.unchanged(source)]
        progress(run.report)
        for source in sources:
            if source.path is None:
                run.visit(source, get)
            else:
                hashed = hashlib.sha256()
                run.index(source, read_source(source, digest=hashed), hashed)
        run.sweep()
    return run.report


def build_articles(
    name: str, articles: Iterable[Article | Skipped], folder: Path, embedder: Embedder, progress: Progress
) -> Report:
    """Index articles that come from no file or URL, such as pasted text, under the source name ``name``."""
    source = Source(name, None)
    with Run(Store.create(folder, embedder), embedder, progress) as run:
        run.readmit(source)
        run.index(source, articles, None)
    return run.report


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
