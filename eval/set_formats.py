"""The formats of question sets: JSONL (own fields, or CLAPNQ's), CSV, JSON (a list, or SQuAD), a BEIR folder; also .gz.

Every format is brought to one record for each question, of the fields of JSONL: id, question, answers, choices,
as_of, gold_urls, quotes, speaker, history; ``eval/set_names.py`` knows what others call them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from eval import fields
from eval.fields import Placed, Record
from eval.set_names import cells, named
from index.shapes import folded
from rag.errors import InputError
from rag.records import Article

_SEPARATED = {f"sep={comma}": comma for comma in ",;"} | {"sep=": "\t"}  # a tab is stripped as space
_KINDS = (".jsonl", ".ndjson", ".csv", ".json")
_EXPECTED = "expected .jsonl, .csv or .json (SQuAD, or a list), each also with .gz, or a BEIR folder"

Tell = Callable[[str], object]


def set_records(path: Path, tell: Tell) -> Iterator[Placed]:
    """The record of every question, unchecked but for what its format asks; InputError where that does not hold.

    An empty record stands for an empty row. ``tell`` is told what is left out.
    """
    kind = _kind(path)
    if kind == "folder":
        yield from _beir_queries(path, tell)
    elif kind == ".json":
        yield from _json_records(path)
    elif kind == ".csv":
        yield from _csv_rows(path)
    else:
        for where, record in fields.json_lines(path):
            yield where, _clapnq_record(record, where) if _is_clapnq(record) else record


def set_articles(path: Path) -> Iterator[tuple[str, Article]]:
    """The articles that the set brings, each with its place, as often as they come; none of CSV or our own JSONL."""
    kind = _kind(path)
    if kind == "folder":
        for where, record in fields.json_lines(_in_folder(path, "corpus.jsonl")):
            title, text = (str(record.get(name) or "").strip() for name in ("title", "text"))
            yield where, Article.of(title, text or title, url=_beir_url(fields.text(record, "_id", where)))
    elif kind == ".json":
        value = _json(path)
        if isinstance(value, dict):
            yield from ((where, article) for where, article, _ in _squad(value, path))
    elif kind != ".csv":
        for where, record in fields.json_lines(path):
            if _is_clapnq(record):
                yield from ((where, article) for article in _clapnq_articles(record, where))


def _kind(path: Path) -> str:
    if path.is_dir():
        return "folder"
    if not path.is_file():
        raise InputError(f"{path}: there is no such file or folder: {_EXPECTED}.")
    kind = Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()
    if kind not in _KINDS:
        raise InputError(f"{path}: the kind of file {kind!r} is not known: {_EXPECTED}.")
    return kind


def _csv_rows(path: Path) -> Iterator[Placed]:
    """The rows of a file with a header; cells are parted by commas, semicolons or tabs, as the header's are."""
    lines = (line for _, line in fields.numbered_lines(path))
    first = next(lines, "")
    marked = first.strip().lower() in _SEPARATED  # Excel's own line
    header = next(lines, "") if marked else first
    comma = _SEPARATED[first.strip().lower()] if marked else max(",;\t", key=header.count)
    rows = csv.DictReader(chain([header], lines), delimiter=comma, strict=True)
    try:
        names = [name.strip() for name in rows.fieldnames or ()]
        if twice := [name for name, times in Counter(map(folded, names)).items() if name and times > 1]:
            raise fields.wrong(f"{path}:{1 + marked}", "the header", names, f"one column that is called {twice[0]!r}")
        if "question" not in named(dict.fromkeys(names, ""))[0]:
            raise fields.wrong(f"{path}:{1 + marked}", "the header", ",".join(names), "a column named question, with a "
                               "comma, semicolon or tab between columns")  # fmt: skip
        rows.fieldnames = names
        for row in rows:
            where = f"{path}:{rows.line_num + marked}"
            if None in row:
                raise fields.wrong(
                    where, "the row's end", row[None], f"as many cells as the header: quote those with {comma!r}"
                )
            yield where, cells(row)
    except csv.Error as error:
        raise InputError(
            f"{path}:{rows.reader.line_num + marked}: {error}: expected CSV with {comma!r} and double quotes."
        ) from error


def _json(path: Path) -> Any:
    return fields.json_value("".join(line for _, line in fields.numbered_lines(path)), str(path))


def _json_records(path: Path) -> Iterator[Placed]:
    value = _json(path)
    if isinstance(value, list):
        yield from fields.objects({"": value}, "", str(path))
        return
    if not isinstance(value, dict):
        raise fields.wrong(str(path), "the JSON value", value, "an object of SQuAD, or a list of questions")
    for _, article, paragraphs in _squad(value, path):
        for at, paragraph in paragraphs:
            for where, entry in fields.objects(paragraph, "qas", f"{at}."):
                yield where, _squad_record(entry, article, where)


def _squad(value: Record, path: Path) -> Iterator[tuple[str, Article, list[Placed]]]:
    """Every entry of "data": where it stands, its article, and its paragraphs."""
    for where, entry in fields.objects(value, "data", f"{path}: "):
        paragraphs = fields.objects(entry, "paragraphs", f"{where}.")
        for at, paragraph in paragraphs:
            fields.text(paragraph, "context", at)
        contexts = "\n\n".join(paragraph["context"] for _, paragraph in paragraphs)  # unstripped: spans count from it
        yield where, Article.of(str(entry.get("title") or ""), contexts), paragraphs


def _squad_record(entry: Record, article: Article, where: str) -> Record:
    """Answer spans give no ``quotes``: "France" is the answer, but no sentence that anybody would quote."""
    answers = None
    if entry.get("answers") is not None:
        texts = (fields.text(answer, "text", at) for at, answer in fields.objects(entry, "answers", f"{where}."))
        answers = list(dict.fromkeys(texts))
    read = {name: value for name, value in entry.items() if name != "is_impossible"}
    if entry.get("is_impossible", answers == []):
        return {**read, "answers": [], "gold_urls": []}  # what it was asked about does not answer it
    return {**read, "answers": answers or None, "gold_urls": [article.id]}


def _is_clapnq(record: Record) -> bool:
    return "question" not in record and "input" in record and "passages" in record


def _clapnq_record(record: Record, where: str) -> Record:
    """CLAPNQ (Rosenthal et al. 2025): an output whose answer is empty says that there is none."""
    outputs = [output for _, output in fields.objects(record, "output", f"{where}: ") if output.get("answer")]
    chosen = [words for output in outputs for words in fields.strings(output, "selected_sentences", where) or ()]
    return {
        "id": record.get("id"),
        "question": record["input"],
        "answers": [output["answer"] for output in outputs],
        "gold_urls": [article.id for article in _clapnq_articles(record, where)] if outputs else [],
        "quotes": list(dict.fromkeys(chosen)),
    }


def _clapnq_articles(record: Record, where: str) -> list[Article]:
    passages = fields.objects(record, "passages", f"{where}: ")
    return [Article.of(str(passage.get("title") or ""), fields.text(passage, "text", at)) for at, passage in passages]


def _beir_queries(folder: Path, tell: Tell) -> Iterator[Placed]:
    gold: dict[str, list[str]] = {}
    for path in sorted((folder / "qrels").glob("*.tsv")):
        for number, line in fields.numbered_lines(path):
            cells = line.rstrip("\r\n").split("\t")
            if (number == 1 and cells[0] == "query-id") or cells == [""]:
                continue
            if len(cells) != 3 or not cells[2].lstrip("-").isdecimal():
                raise fields.wrong(
                    f"{path}:{number}", "the line", line, "query-id, corpus-id and a whole number, with tabs"
                )
            if int(cells[2]) > 0:
                gold.setdefault(cells[0], []).append(_beir_url(cells[1]))
    if not gold:
        raise InputError(f"{folder / 'qrels'} says of no article that it is relevant: expected .tsv files of query-id, "
                         "corpus-id and score, with a score above 0.")  # fmt: skip
    queries, asked = _in_folder(folder, "queries.jsonl"), set[str]()
    for where, record in fields.json_lines(queries):
        name = fields.text(record, "_id", where)
        asked.add(name)
        if name in gold:
            yield where, {"id": name, "question": record.get("text"), "gold_urls": gold[name]}
    if left := sorted(asked - gold.keys()):
        tell(f"{queries}: not asked, since qrels names no article for them: {len(left):,}, the first "
             f"{left[0]!r}.")  # fmt: skip
    if lacking := gold.keys() - asked:
        raise InputError(f"{queries} lacks the query {min(lacking)!r} that qrels names: add it, or take it out there.")


def _beir_url(name: str) -> str:
    return f"beir:{quote(name, safe='')}"


def _in_folder(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise InputError(f"{folder} has no {name}: a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/*.tsv.")
