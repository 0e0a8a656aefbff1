"""python -m rag ask "…": one question on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from rag.errors import RagError


def main(argv: Sequence[str] | None = None) -> int:
    options = _options().parse_args(argv)
    from rag.api import Rag  # behind it is numpy: --help and wrong use need not wait for it
    from rag.models import by_name
    from rag.render import terminal

    try:
        answer = Rag.load(options.index, **by_name(options.reader, options.reranker)).ask(
            options.question,
            as_of=options.as_of,
            publishers=options.publisher,
            after=options.after,
            before=options.before,
        )
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2) if options.json else terminal(answer))
    return 0 if answer.answered else 3


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag", description="Ask the news, on the record.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="ask")
    asking = commands.add_parser("ask", help="answer one question; exit 0 answered, 3 not answered, 2 an error")
    asking.add_argument("question")
    asking.add_argument("--index", metavar="DIR", help="the index folder (default: RAG_INDEX or index/built)")
    asking.add_argument(
        "--as-of", metavar="DATE", help="the day the question is asked (YYYY-MM-DD): nothing later counts"
    )
    asking.add_argument("--after", metavar="DATE", help="only articles of this day or later")
    asking.add_argument("--before", metavar="DATE", help="only articles of this day or earlier")
    asking.add_argument("--publisher", action="append", metavar="NAME", help="only this publisher; may be repeated")
    asking.add_argument("--reranker", metavar="NAME", help="a sentence-transformers CrossEncoder, by name or folder")
    asking.add_argument("--reader", metavar="NAME", help="an extractive question-answering model, by name or folder")
    asking.add_argument("--json", action="store_true", help="print the answer as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
