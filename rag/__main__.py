"""python -m rag ask "…": one question on the command line; check "…": is this quotation real?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rag.drafting import MODEL_HELP
from rag.errors import InputError, exit_status


def main(argv: Sequence[str] | None = None) -> int:
    return exit_status(lambda: _run(_options(argv)))


def _run(options: argparse.Namespace) -> int:
    return {"ask": _ask, "check": _check, "receipt": _check_receipt}[options.command](options)


def _ask(options: argparse.Namespace) -> int:
    from rag.api import Rag  # behind it is numpy: --help and wrong use need not wait for it
    from rag.chat import terminal
    from rag.reading import by_name

    filters = {"as_of": options.as_of} | _filters(options)
    rag = Rag.load(options.index, model=options.model, **by_name(options.reader, options.reranker))
    answer = rag.ask(options.question, **filters)
    if options.receipt:
        from rag.quoting import make_receipt

        settings = filters | {"reader": options.reader, "reranker": options.reranker}
        settings |= {"model": rag.model} if rag.model else {}
        _write(options.receipt, make_receipt(answer, settings))
    _tell(answer.to_dict() if options.json else terminal(answer))
    return 0 if answer.answered else 3


def _check(options: argparse.Namespace) -> int:
    from rag.api import Rag
    from rag.chat import terminal_check

    text = sys.stdin.read() if options.text == "-" else options.text
    found = Rag.load(options.index).check(text, options.speaker, **_filters(options))
    _tell(found.to_dict() if options.json else terminal_check(found))
    return 0 if found.holds else 1


def _check_receipt(options: argparse.Namespace) -> int:
    from rag.api import default_index
    from rag.quoting import read_receipt, recheck, terminal
    from rag.store import Store

    receipt = read_receipt(options.receipt)
    with Store(Path(options.index or default_index())).reading() as snapshot:
        found = recheck(receipt, snapshot)
    holds = all(one.holds for one in found)
    _tell({"holds": holds, "quotations": [one.to_dict() for one in found]} if options.json else terminal(found))
    return 0 if holds else 1


def _filters(options: argparse.Namespace) -> dict[str, Any]:
    return {"publishers": options.publisher, "after": options.after, "before": options.before}


def _tell(what: str | dict[str, Any]) -> None:
    print(what if isinstance(what, str) else json.dumps(what, ensure_ascii=False, indent=2))


def _write(file: str, receipt: dict[str, Any]) -> None:
    try:
        Path(file).write_text(json.dumps(receipt, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"The receipt cannot be written to {file!r}: {error}. Name another file.") from error


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options; what ``check`` is to check is a ``command`` of its own."""
    parser = argparse.ArgumentParser(prog="python -m rag", description="Ask the news, on the record.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="ask|check")
    asking = commands.add_parser("ask", help="answer one question; exit 0 answered, 3 not answered, 2 an error")
    asking.add_argument("question")
    asking.add_argument(
        "--as-of", metavar="DATE", help="the day the question is asked (YYYY-MM-DD): nothing later counts"
    )
    asking.add_argument("--reranker", metavar="NAME", help="a sentence-transformers CrossEncoder, by name or folder")
    asking.add_argument("--reader", metavar="NAME", help="an extractive question-answering model, by name or folder")
    asking.add_argument("--model", metavar="NAME|FILE.gguf", help=MODEL_HELP)
    asking.add_argument("--receipt", metavar="FILE", help="also write the answer's receipt, for check --receipt")
    checking = commands.add_parser(
        "check", help="check whether a quotation is real; exit 0 it holds, 1 it does not, 2 an error"
    )
    checking.add_argument("text", nargs="?", help="a quotation, or a text that quotes; - reads it from standard input")
    checking.add_argument("--speaker", metavar="NAME", help="who is said to have said it")
    checking.add_argument("--receipt", metavar="FILE", help="check the quotations of an answer's receipt again")
    for command in (asking, checking):
        command.add_argument("--index", metavar="DIR", help="the index folder (default: RAG_INDEX or index/built)")
        command.add_argument("--after", metavar="DATE", help="only articles of this day or later")
        command.add_argument("--before", metavar="DATE", help="only articles of this day or earlier")
        command.add_argument("--publisher", action="append", metavar="NAME", help="only this one; may be repeated")
        command.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    if options.command == "check":
        named = {"check": options.text is not None, "receipt": options.receipt}
        if len(chosen := [command for command in named if named[command]]) != 1:
            checking.error("name one thing to check: a quotation or --receipt FILE")
        if chosen != ["check"] and any([options.speaker, *_filters(options).values()]):
            checking.error("--speaker, --publisher, --after and --before go with a quotation, not with --receipt")
        options.command = chosen[0]
    return options


if __name__ == "__main__":
    sys.exit(main())
