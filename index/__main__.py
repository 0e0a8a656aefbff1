"""python -m index PATH|URL…: make or extend an index; --watch keeps it fresh, --list and --remove look after it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError, exit_status

if TYPE_CHECKING:
    from index.build import Progress, Report


def main(argv: Sequence[str] | None = None) -> int:
    stopped = "Stopped. What was added is kept; the same command goes on from here."
    return exit_status(lambda: _run(_options(argv)), stopped)


def _run(options: argparse.Namespace) -> int:
    folder = options.index or _default_index()
    if options.list:
        return _list(folder)
    if options.remove:
        return _remove(folder, options.remove)
    if options.watch:
        from index.watch_command import keep_watching

        return keep_watching(options.targets, options.every, folder, options.embedder, _progress)
    if options.unwatch:
        from index.watch_command import unwatch

        return unwatch(options.unwatch, folder)
    if not options.targets:
        raise InputError("Nothing to index. Name files, folders, feeds or URLs: python -m index ARTICLES")
    return _build(options.targets, folder, options.embedder, options.keep)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m index",
        description="Index news articles: text, HTML, JSON, CSV, PDF, DOCX and WARC files, feeds and web pages.",
    )
    parser.add_argument("targets", nargs="*", metavar="PATH|URL", help="files, folders, feeds or web pages")
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="the index folder (default: RAG_INDEX or index/built)"
    )
    parser.add_argument("--embedder", metavar="NAME", help="a sentence-transformers model, by name or folder")
    parser.add_argument(
        "--keep", action="store_true", help="keep the articles of files that are gone or no longer give them"
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="read PATH|URL… now and again and again, until Ctrl-C; without any, all that the index watches",
    )
    parser.add_argument("--every", metavar="15m", help="with --watch: how often, as 90s, 15m, 2h or 1d (default: 15m)")
    parser.add_argument("--unwatch", nargs="+", metavar="PATH|URL", help="watch these no more; their articles stay")
    parser.add_argument("--list", action="store_true", help="list the articles of the index")
    parser.add_argument("--remove", nargs="+", metavar="ID", help="remove articles by the id that --list shows")
    options = parser.parse_args(argv)
    if options.every and not options.watch:
        parser.error("--every goes with --watch: python -m index --watch PATH|FEED --every 15m")
    return options


def _default_index() -> Path:
    from rag.api import default_index

    return default_index()


def _build(targets: Sequence[str], folder: Path, name: str | None, keep: bool) -> int:
    from index.build import build, embedder_for
    from index.notices import LISTED, notice_lines
    from rag.text import counted, printable

    report = build(targets, folder, embedder_for(folder, name), _progress(), keep=keep)
    for source, titles in report.made.items():
        print(printable(f"{source}: {counted(len(titles), 'article')}"))
        for title in titles[:LISTED]:
            print(printable(f"  {title}"))
        if len(titles) > LISTED:
            print(f"  and {len(titles) - LISTED:,} more")
    for file, count in report.gone.items():
        print(printable(f"{file} is gone, and what it alone gave of {count} with it; --keep keeps that"))
    for line in notice_lines(report.skipped):
        print(printable(line))
    print(_summary(report, folder))
    if report.done or report.gone:
        return 0
    print("Nothing was indexed: no article was found.", file=sys.stderr)
    return 2


def _summary(report: Report, folder: Path) -> str:
    counts = [(report.added, "added"), (report.changed, "changed"), (report.unchanged, "already there")]
    kept = sum(notice.kept for notice in report.skipped)
    counts += [(report.dropped, "no longer in their files, dropped"), (len(report.skipped) - kept, "skipped")]
    counts += [(kept, "kept with a loss that is named")]
    return f"{folder}: " + ", ".join(f"{count} {what}" for count, what in counts if count or what == "added")


def _progress() -> Progress:
    """Articles done, chunks per second and time left."""
    from rag.progress import status_line, time_left

    begun = time.monotonic()
    show = status_line()

    def tell(report: Report) -> None:
        seconds, done = max(time.monotonic() - begun, 0.001), report.added + report.changed
        left = (report.total - report.done) * seconds / done if done else 0.0
        articles = f"{report.done}/{max(report.total, report.done)} articles"
        show(f"{articles}, {report.chunks / seconds:.0f} chunks/s{time_left(left)}", report.done >= report.total)

    return tell


def _list(folder: Path) -> int:
    from rag.store import Store
    from rag.text import printable

    with Store(folder).reading() as snapshot:
        for _, article in snapshot.articles():
            print(
                printable(
                    f"{article.id}  {article.published or 'undated   '}  {article.publisher or '-'}  {article.title}"
                )
            )
    return 0


def _remove(folder: Path, keys: Sequence[str]) -> int:
    from rag.store import Store, publish

    store = Store(folder)
    with store.writing() as transaction:
        missing = [key for key in keys if not transaction.remove(key)]
        if missing:
            raise InputError(
                f"No article with the id {', '.join(map(repr, missing))} in {folder}; nothing was removed. "
                f"See the ids: python -m index --list --index {folder}"
            )
    publish(store)
    print(f"{folder}: {len(keys)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
