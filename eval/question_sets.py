"""Question-set files to records: JSONL (own fields, or CLAPNQ's), CSV, SQuAD JSON, a BEIR folder; files also as .gz.

Every format is brought to one record for each question, of the fields of JSONL: id, question, answers, choices,
as_of, gold_urls, quotes, speaker, history. One function checks these; other fields are ignored.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from reprlib import repr as brief
from typing import Any
from urllib.parse import quote

from index.records import read_date
from rag.datatypes import Article
from rag.errors import InputError

Record = Mapping[str, Any]
Placed = tuple[str, Record]  # where it stands ("file:line"), and what stands there

_KINDS = (".jsonl", ".ndjson", ".csv", ".json")
_EXPECTED = "expected .jsonl, .csv or .json (SQuAD), each also with .gz, or a BEIR folder"
_CSV_LISTS = ("answers", "choices", "gold_urls", "quotes")


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what is known of its answer.

    ``answers``: None is not known, empty is unanswerable. ``gold``: URLs or ids of the right articles, None is not
    known. ``quotes``: the sentences that answer, as words or as offsets into a page that the caller has.
    """

    id: str
    question: str
    answers: tuple[str, ...] | None = None
    choices: tuple[str, ...] = ()
    as_of: date | None = None
    gold: frozenset[str] | None = None
    quotes: tuple[str | tuple[int, int], ...] = ()
    speaker: str | None = None
    history: tuple[tuple[str, str], ...] = ()


def read_questions(path: Path, page: str | None = None) -> list[Question]:
    """The questions of a set, in its order; raises InputError at the first that cannot be used.

    Quotes given as offsets are checked against ``page`` where it is given. An empty ``gold_urls`` means no right
    article only where the question is unanswerable, else that they are not known. In CSV "|" parts the items of a
    list, an empty cell is not known and a lone "|" is the empty list. Of a BEIR folder only the queries that have a
    relevant article are read.
    """
    questions: dict[str, Question] = {}
    for where, record in _records(path):
        question = _question(record, where, page)
        if question.id in questions:
            raise InputError(f"{where}: the id {question.id!r} was used before: give every question its own.")
        questions[question.id] = question
    if not questions:
        raise InputError(f"{path} holds no question: add at least one.")
    return list(questions.values())


def read_articles(path: Path) -> Iterator[Article]:
    """The articles that a question set brings with it, each once: of SQuAD JSON, CLAPNQ's JSONL or a BEIR folder.

    A SQuAD article is its contexts, with an empty line between; the URL of a BEIR article is "beir:" and its id.
    Raises InputError, once an article is asked for, where the set brings none.
    """
    seen: dict[str, str] = {}
    for where, article in _articles(path):
        if article.id not in seen:
            seen[article.id] = article.sha256
            yield article
        elif seen[article.id] != article.sha256:
            raise InputError(f"{where}: {article.url!r} was used before for another text: give each its own id.")
    if not seen:
        raise InputError(f"{path} brings no articles, only questions: index them with python -m index ARTICLES.")


def _records(path: Path) -> Iterator[Placed]:
    kind = _kind(path)
    if kind == "folder":
        yield from _beir_queries(path)
    elif kind == ".json":
        for _, article, paragraphs in _squad(path):
            for at, paragraph in paragraphs:
                for where, entry in _objects(paragraph, "qas", f"{at}."):
                    yield where, _squad_record(entry, article, where)
    elif kind == ".csv":
        yield from _csv_rows(path)
    else:
        for where, record in json_lines(path):
            yield where, _clapnq_record(record, where) if _is_clapnq(record) else record


def _articles(path: Path) -> Iterator[tuple[str, Article]]:
    kind = _kind(path)
    if kind == "folder":
        for where, record in json_lines(_in_folder(path, "corpus.jsonl")):
            title, text = (str(record.get(name) or "").strip() for name in ("title", "text"))
            yield where, Article.of(title, text or title, url=_beir_url(_text(record, "_id", where)))
    elif kind == ".json":
        yield from ((where, article) for where, article, _ in _squad(path))
    elif kind != ".csv":
        for where, record in json_lines(path):
            if _is_clapnq(record):
                yield from ((where, article) for article in _clapnq_articles(record, where))


def _question(record: Record, where: str, page: str | None) -> Question:
    answers, gold = _strings(record, "answers", where), _strings(record, "gold_urls", where)
    speaker = record.get("speaker")
    try:
        as_of = read_date(record.get("as_of"))
    except ValueError:
        raise _wrong(where, "as_of", record["as_of"], "a date such as 2022-12-16") from None
    return Question(
        id=_text(record, "id", where),
        question=_text(record, "question", where),
        answers=answers,
        choices=_strings(record, "choices", where) or (),
        as_of=as_of,
        gold=frozenset(gold) if gold or (gold is not None and answers == ()) else None,
        quotes=tuple(_quote(item, where, page) for item in _list(record, "quotes", where) or ()),
        speaker=None if speaker is None else _text(record, "speaker", where),
        history=tuple(_turn(item, where) for item in _list(record, "history", where) or ()),
    )


def _quote(item: object, where: str, page: str | None) -> str | tuple[int, int]:
    if isinstance(item, str) and item.strip():
        return item
    if not isinstance(item, dict) or not all(type(item.get(name)) is int for name in ("start", "end")):
        raise _wrong(where, "a quote", item, 'words, or {"start": 0, "end": 9, "sha256": "the hash of the words"}')
    start, end, sha256 = item["start"], item["end"], item.get("sha256")
    if not 0 <= start < end or (page is not None and end > len(page)):
        bound = "" if page is None else f", and no end beyond the {len(page)} characters of the page"
        raise _wrong(where, "a quote", item, f"a start from 0 and an end after it{bound}")
    if page is not None and sha256 and hashlib.sha256(page[start:end].encode()).hexdigest() != sha256:
        raise _wrong(where, "the page's text there", page[start:end], "other words: name the file that was measured")
    return start, end


def _turn(item: object, where: str) -> tuple[str, str]:
    if isinstance(item, list) and len(item) == 2 and all(isinstance(text, str) for text in item):
        return item[0], item[1]
    raise _wrong(where, "a turn of history", item, "a question and its answer, as in [[question, answer], …]")


def _csv_rows(path: Path) -> Iterator[Placed]:
    rows = csv.DictReader((line for _, line in _lines(path)), strict=True)
    try:
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        if "question" not in rows.fieldnames:
            raise _wrong(
                f"{path}:1", "the header", ",".join(rows.fieldnames), "columns with commas, one named question"
            )
        for number, row in enumerate(rows, 1):
            where = f"{path}:{rows.line_num}"
            if None in row:
                raise _wrong(where, "the row's end", row[None], "as many cells as the header: quote those with commas")
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
    text = "".join(line for _, line in _lines(path))
    for where, entry in _objects(_json(text, str(path)), "data", f"{path}: "):
        paragraphs = _objects(entry, "paragraphs", f"{where}.")
        for at, paragraph in paragraphs:
            _text(paragraph, "context", at)
        contexts = "\n\n".join(paragraph["context"] for _, paragraph in paragraphs)  # unstripped: spans count from it
        yield where, Article.of(str(entry.get("title") or ""), contexts), paragraphs


def _squad_record(entry: Record, article: Article, where: str) -> Record:
    """Answer spans give no ``quotes``: "France" is the answer, but no sentence that anybody would quote."""
    answers = None
    if entry.get("answers") is not None:
        texts = (_text(answer, "text", at) for at, answer in _objects(entry, "answers", f"{where}."))
        answers = list(dict.fromkeys(texts))
    if entry.get("is_impossible", answers == []):
        return {**entry, "answers": [], "gold_urls": []}  # what it was asked about does not answer it
    return {**entry, "answers": answers or None, "gold_urls": [article.id]}


def _is_clapnq(record: Record) -> bool:
    return "question" not in record and "input" in record and "passages" in record


def _clapnq_record(record: Record, where: str) -> Record:
    """CLAPNQ (Rosenthal et al. 2025): an output whose answer is empty says that there is none."""
    outputs = [output for _, output in _objects(record, "output", f"{where}: ") if output.get("answer")]
    chosen = [words for output in outputs for words in _strings(output, "selected_sentences", where) or ()]
    return {
        "id": record.get("id"),
        "question": record["input"],
        "answers": [output["answer"] for output in outputs],
        "gold_urls": [article.id for article in _clapnq_articles(record, where)] if outputs else [],
        "quotes": list(dict.fromkeys(chosen)),
    }


def _clapnq_articles(record: Record, where: str) -> list[Article]:
    passages = _objects(record, "passages", f"{where}: ")
    return [Article.of(str(passage.get("title") or ""), _text(passage, "text", at)) for at, passage in passages]


def _beir_queries(folder: Path) -> Iterator[Placed]:
    gold: dict[str, list[str]] = {}
    for path in sorted((folder / "qrels").glob("*.tsv")):
        for number, line in _lines(path):
            cells = line.rstrip("\r\n").split("\t")
            if (number == 1 and cells[0] == "query-id") or cells == [""]:
                continue
            if len(cells) != 3 or not cells[2].lstrip("-").isdecimal():
                raise _wrong(f"{path}:{number}", "the line", line, "query-id, corpus-id and a whole number, with tabs")
            if int(cells[2]) > 0:
                gold.setdefault(cells[0], []).append(_beir_url(cells[1]))
    if not gold:
        raise InputError(f"{folder / 'qrels'} says of no article that it is relevant: expected .tsv files of query-id, "
                         "corpus-id and score, with a score above 0.")  # fmt: skip
    queries, asked = _in_folder(folder, "queries.jsonl"), set[str]()
    for where, record in json_lines(queries):
        name = _text(record, "_id", where)
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


def _kind(path: Path) -> str:
    if path.is_dir():
        return "folder"
    if not path.is_file():
        raise InputError(f"{path}: there is no such file or folder: {_EXPECTED}.")
    kind = Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()
    if kind not in _KINDS:
        raise InputError(f"{path}: the kind of file {kind!r} is not known: {_EXPECTED}.")
    return kind


def json_lines(path: Path) -> Iterator[Placed]:
    """The objects of a JSONL file, also .gz, each with its place; InputError at the first line that is none."""
    for number, line in _lines(path):
        if line.strip():
            yield f"{path}:{number}", _json(line, f"{path}:{number}")


def _json(text: str, where: str) -> Record:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where}: no JSON: {error}: repair it or save it anew.") from error
    if not isinstance(value, dict):
        raise _wrong(where, "the JSON value", value, "an object {…}; a list of questions goes into .jsonl, one a line")
    return value


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines of a text file; a byte order mark goes."""
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    raise _wrong(f"{path}:{number}", "a byte", line[error.start : error.end], "UTF-8: convert the file "
                                 "with iconv -t UTF-8") from None  # fmt: skip
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}: name a file that is whole and may be read.") from error


def _objects(record: Record, name: str, where: str) -> list[Placed]:
    """The objects in the list ``name``, each with its place: "set.json: data[0].paragraphs[2]"."""
    items = record.get(name)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise InputError(f"{where}{name} is {brief(items)}, expected a list of objects: is the file in the format "
                         "of SQuAD, or should it be .jsonl?")  # fmt: skip
    return [(f"{where}{name}[{number}]", item) for number, item in enumerate(items)]


def _list(record: Record, name: str, where: str) -> list[Any] | None:
    value = record.get(name)
    if value is None or isinstance(value, list):
        return value
    raise _wrong(where, name, value, "a list […], in JSONL")


def _strings(record: Record, name: str, where: str) -> tuple[str, ...] | None:
    items = _list(record, name, where)
    for item in items or ():
        # RealTime QA has empty choices: they stay, since predictions name choices by their place.
        if not isinstance(item, str) or not (item.strip() or name == "choices"):
            raise _wrong(where, f"an item of {name}", item, "a text with words; for none, the empty list []")
    return None if items is None else tuple(items)


def _text(record: Record, name: str, where: str) -> str:
    value = record.get(name)
    if type(value) is int:  # ids
        value = str(value)
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise _wrong(where, name, value, "a text with words" if name in record else f"the field {name}: add it")


def _wrong(where: str, what: str, value: object, expected: str) -> InputError:
    return InputError(f"{where}: {what} is {brief(value)}, expected {expected}.")
