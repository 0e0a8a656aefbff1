"""python -m eval QUESTIONS --index DIR --out DIR: ask a question set, and score what comes back."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.drafting import MODEL_HELP
from rag.errors import InputError, exit_status

if TYPE_CHECKING:
    from eval.question_sets import Question
    from eval.run import Progress
    from rag.api import Rag

READER = "reader"  # folder in that of a run with a language model: the same questions without one


def main(argv: Sequence[str] | None = None) -> int:
    stopped = "Stopped. What was asked is kept; the same command goes on from here."
    return exit_status(lambda: _run(_options().parse_args(argv)), stopped)


def _run(options: argparse.Namespace) -> int:
    bounds = [_bound(text) for text in options.fail_under]
    if options.compare:
        from eval.compare import compare

        print(compare(*options.compare))
        return 0
    if options.speakers:
        return _speakers(options.speakers, options.json, bounds)
    if options.self_test:
        return _self_test(options)
    if options.questions is None:
        raise InputError("Nothing to ask. Name a question set: python -m eval QUESTIONS --index DIR --out DIR")
    return _judge(_evaluate(options), bounds)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="Ask a question set (JSONL, SQuAD JSON, CSV, BEIR folder) and score the answers; nothing is scored "
        "by a language model. Writes predictions.jsonl, scores.json and report.html; goes on where it was stopped.",
    )
    parser.add_argument("questions", nargs="?", type=Path, metavar="QUESTIONS", help="a question set")
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="the index folder (default: RAG_INDEX or index/built)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("eval/out"), metavar="DIR", help="where results go (default: eval/out)"
    )
    parser.add_argument(
        "--add-articles", action="store_true", help="first index the articles that the set brings with it"
    )
    parser.add_argument("--page", type=Path, metavar="FILE", help="the file that quotes given as offsets point into")
    parser.add_argument(
        "--beside",
        action="append",
        default=[],
        type=Path,
        metavar="FILE|DIR",
        help="another run's folder, or published predictions (JSONL: system, id, prediction), shown in the report",
    )
    parser.add_argument("--reranker", metavar="NAME", help="a sentence-transformers CrossEncoder, by name or folder")
    parser.add_argument("--reader", metavar="NAME", help="an extractive question-answering model, by name or folder")
    parser.add_argument("--model", metavar="NAME|FILE.gguf", help=f"{MODEL_HELP}; the reader is run beside it")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("A", "B"), help="what changed between two runs")
    parser.add_argument(
        "--speakers", type=Path, metavar="FOLDER", help="measure who-says-what on marked articles: text/, attributions/"
    )
    parser.add_argument(
        "--self-test", action="store_true", help="put the verifier to the test with the index's own articles"
    )
    parser.add_argument("--json", action="store_true", help="with --speakers or --self-test: print JSON")
    parser.add_argument(
        "--fail-under", action="append", default=[], metavar="SCORE=VALUE", help="exit 1 below it, as answer.f1=0.3"
    )
    return parser


def _evaluate(options: argparse.Namespace) -> dict[str, Any]:
    from eval.question_sets import read_articles, read_questions
    from eval.report import Beside, report
    from eval.run import run
    from eval.summary import floor, summarise
    from rag.api import Rag, default_index
    from rag.reading import by_name

    folder = options.index or default_index()
    page = _text(options.page) if options.page else None
    questions = read_questions(options.questions, page)
    if options.add_articles:
        from index.build import build_articles, embedder_for

        print(f"Indexing the articles of {options.questions} …", file=sys.stderr)
        brought = read_articles(options.questions)
        build_articles(options.questions.name, brought, folder, embedder_for(folder), lambda report: None)
    rag = Rag.load(folder, model=options.model, **by_name(options.reader, options.reranker))
    models = f"reader {options.reader}, reranker {options.reranker}"
    others = []
    if rag.model:
        others.append(
            Beside("reader, no language model", _by_reader(rag, questions, options.out / READER, page, models))
        )
        models += f", model {rag.model}"
    predictions = run(rag, questions, options.out, page, _progress(), models)
    scores = summarise(predictions)
    _write(options.out / "scores.json", json.dumps(scores, indent=2) + "\n")
    others.append(Beside("first sentence of the first passage", floor(predictions)))
    for path in options.beside:
        others += [Beside(name, beside) for name, beside in _others(path, predictions).items()]
    _write(options.out / "report.html", report(options.out, others))
    print(_table(scores, {other.name: other.scores for other in others}))
    print(f"{options.out / 'report.html'}")
    return scores


def _by_reader(rag: Rag, questions: Sequence[Question], out: Path, page: str | None, models: str) -> dict[str, Any]:
    """The scores of the same questions without the language model, in a folder of their own."""
    from eval.run import run
    from eval.summary import summarise

    scores = summarise(run(rag, questions, out, page, _progress(), models, quotations_only=True))
    _write(out / "scores.json", json.dumps(scores, indent=2) + "\n")
    return scores


def _speakers(folder: Path, as_json: bool, bounds: Sequence[tuple[str, float]]) -> int:
    from eval.peers import peers
    from eval.speakers import measure, plain_rule, table
    from rag.speakers import Speakers

    beside = {} if as_json else {"plain rule": plain_rule} | peers()
    measured = measure(folder, {"Onrecord": Speakers()} | beside)
    scores = measured["Onrecord"].scores()
    print(json.dumps(scores, indent=2) if as_json else table(measured))
    return _judge(scores, bounds)


def _self_test(options: argparse.Namespace) -> int:
    from eval.forging import self_test, terminal
    from rag.api import Rag
    from rag.progress import status_line

    rag, show = Rag.load(options.index), status_line()

    def look_elsewhere(words: str) -> None:
        with suppress(InputError):  # one word and a mark: nothing to look for
            rag.check(words)

    with rag.store.reading() as snapshot:
        total = snapshot.facts().articles
        if not total:
            raise InputError("The index is empty: add articles first, for example with python -m index ARTICLES.")

        def progress(articles: int, quotes: int) -> None:
            show(f"{articles:,} of {total:,} articles, {quotes:,} quotes", articles == total)

        articles = (article for _, article in snapshot.articles())
        test = self_test(articles, rag.voices, progress=progress, elsewhere=look_elsewhere)
    print(json.dumps(test.to_dict(), ensure_ascii=False, indent=2) if options.json else terminal(test))
    return 0 if test.passed else 1


def _others(path: Path, predictions: Sequence[dict[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Scores of another run by its folder's name, or of published systems by theirs."""
    from eval.summary import published, published_rows, read_scores, summarise

    if path.is_dir():
        return {path.name: read_scores(path / "scores.json")}
    rows = published_rows(path)
    known = {row["id"] for row in rows}
    ours = [prediction for prediction in predictions if prediction["id"] in known]
    result: dict[str, Mapping[str, Any]] = {}
    if 0 < len(ours) < len(predictions):
        result[f"this run ({len(ours)} questions)"] = summarise(ours)
    return result | published(ours, rows)


def _table(scores: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> str:
    """Scores down, systems across; "–" is not measured."""
    rows = [f"{scores['n']} questions"]
    for group, values in scores.items():
        if isinstance(values, dict) and group != "intervals":
            for key, value in values.items():
                if value is None or (key.startswith("hit@") and key not in ("hit@1", "hit@5", "hit@10")):
                    continue
                low, high = scores["intervals"].get(f"{group}.{key}") or (None, None)
                between = f" ({low:.3f} to {high:.3f})" if low is not None else ""
                beside = [
                    f"{name} {number:.3f}"
                    for name, other in others.items()
                    if (number := (other.get(group) or {}).get(key)) is not None
                ]
                rows.append(f"{group}.{key:<16} {value:.3f}{between}" + (f"   [{'; '.join(beside)}]" if beside else ""))
    return "\n".join(rows)


def _bound(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError as error:
        raise InputError(f"--fail-under is {text!r}, expected a score and a number, such as answer.f1=0.3") from error


def _judge(scores: Mapping[str, Any], bounds: Sequence[tuple[str, float]]) -> int:
    failed = 0
    for name, bound in bounds:
        group, _, key = name.partition(".")
        value = (scores.get(group) or {}).get(key) if isinstance(scores.get(group), dict) else scores.get(name)
        if value is None:
            raise InputError(f"--fail-under names {name!r}, which was not measured; scores.json has what was.")
        if value < bound:
            print(f"{name} is {value:.4g}, under {bound:g}", file=sys.stderr)
            failed = 1
    return failed


def _progress() -> Progress:
    """Questions done and time left; what an earlier run did says nothing about the time that is left."""
    from rag.progress import status_line, time_left

    begun = time.monotonic()
    show = status_line()
    first: int | None = None

    def tell(done: int, total: int) -> None:
        nonlocal first
        first = done - 1 if first is None else first
        left = (total - done) * (time.monotonic() - begun) / max(done - first, 1)
        show(f"{done}/{total} questions{time_left(left)}", done == total)

    return tell


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{str(path)!r} cannot be read: {error}") from error


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".tmp")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


if __name__ == "__main__":
    sys.exit(main())
