"""The formats of question sets: JSONL (own fields, or CLAPNQ's), CSV, SQuAD JSON, a BEIR folder; files also as .gz.

Every format is brought to one record for each question, of the fields of JSONL: id, question, answers, choices,
as_of, gold_urls, quotes, speaker, history.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from eval import fields
from eval.fields import Placed, Record
from rag.errors import InputError
from rag.records import Article

_KINDS = (".jsonl", ".ndjson", ".csv", ".json")
_EXPECTED = "expected .jsonl, .csv or .json (SQuAD), each also with .gz, or a BEIR folder"
_CSV_LISTS = ("answers", "choices", "gold_urls", "quotes")


def set_records(path: Path) -> Iterator[Placed]:
    """The record of every question, unchecked but for what its format asks; InputError where that does not hold."""
    kind = _kind(path)
    if kind == "folder":
        yield from _beir_queries(path)
    elif kind == ".json":
        for _, article, paragraphs in _squad(path):
            for at, paragraph in paragraphs:
                for where, entry in fields.objects(paragraph, "qas", f"{at}."):
                    yield where, _squad_record(entry, article, where)
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
        yield from ((where, article) for where, article, _ in _squad(path))
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
    rows = csv.DictReader((line for _, line in fields.numbered_lines(path)), strict=True)
    try:
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        if "question" not in rows.fieldnames:
            raise fields.wrong(
                f"{path}:1", "the header", ",".join(rows.fieldnames), "columns with commas, one named question"
            )
        for number, row in enumerate(rows, 1):
            where = f"{path}:{rows.line_num}"
            if None in row:
                raise fields.wrong(
                    where, "the row's end", row[None], "as many cells as the header: quote those with commas"
                )
            filled = {name: cell for name, cell in row.items() if cell and cell.strip()}
            record: dict[str, Any] = {"id": number, **filled}
            for name in _CSV_LISTS:
                if name in record:
                    record[name] = [item.strip() for item in record[name].split("|") if item.strip()]
            yield where, record
    except csv.Error as error:
        raise InputError(
            f"{path}:{rows.reader.line_num}: {error}: expected CSV with commas and double quotes."
        ) from error


def _squad(path: Path) -> Iterator[tuple[str, Article, list[Placed]]]:
    """Every entry of "data": where it stands, its article, and its paragraphs."""
    text = "".join(line for _, line in fields.numbered_lines(path))
    for where, entry in fields.objects(fields.json_object(text, str(path)), "data", f"{path}: "):
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
    if entry.get("is_impossible", answers == []):
        return {**entry, "answers": [], "gold_urls": []}  # what it was asked about does not answer it
    return {**entry, "answers": answers or None, "gold_urls": [article.id]}


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


def _beir_queries(folder: Path) -> Iterator[Placed]:
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
    if lacking := gold.keys() - asked:
        raise InputError(f"{queries} lacks the query {min(lacking)!r} that qrels names: add it, or take it out there.")


def _beir_url(name: str) -> str:
    return f"beir:{quote(name, safe='')}"


def _in_folder(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise InputError(f"{folder} has no {name}: a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/*.tsv.")
