"""Question sets of every format to questions, and to the articles that they bring with them.

One function checks the records of all formats; what of them it does not read is told, once for a file.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval import fields
from eval.fields import Record
from eval.set_formats import Tell, set_articles, set_records
from eval.set_names import FIELDS, named
from index.days import read_day
from rag.errors import InputError
from rag.records import Article
from rag.text import counted, printable


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


def to_stderr(notice: str) -> None:
    print(printable(notice), file=sys.stderr)


def read_questions(path: Path, page: str | None = None, tell: Tell = to_stderr) -> list[Question]:
    """The questions of a set, in its order; raises InputError at the first that cannot be used.

    Quotes given as offsets are checked against ``page`` where it is given. An empty ``gold_urls`` means no right
    article only where the question is unanswerable, else that they are not known. In CSV "|" parts the items of a
    list, an empty cell is not known and a lone "|" is the empty list. A question without an id is known by its number.
    ``tell`` is told what is not read: other fields, empty rows, queries of a BEIR folder without a relevant article.
    """
    questions: dict[str, Question] = {}
    places: dict[str, str] = {}
    unread: dict[str, list[str]] = {}  # names of fields, or "" for all of a record, and where they stand
    for number, (where, record) in enumerate(set_records(path, tell), 1):
        if not any(value is not None for value in record.values()):
            unread.setdefault("", []).append(where)
            continue
        known, others = named(record)
        for name in others:
            unread.setdefault(name, []).append(where)
        question = _question(
            {"id": number} | {name: item for name, item in known.items() if item is not None}, where, page
        )
        if question.id in questions:
            before = places[question.id]
            raise InputError(
                f"{where}: the id {question.id!r} was used before, at {before}: give every question its own."
            )
        questions[question.id], places[question.id] = question, where
    for notice in _unread(path, unread):
        tell(notice)
    if not questions:
        raise InputError(f"{path} holds no question: add at least one.")
    return list(questions.values())


def _unread(path: Path, unread: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What was not read of a file, in a line each."""
    if empty := unread.get(""):
        yield f"{path}: passed over, since nothing stands in it: {counted(len(empty), 'row')}, the first at {empty[0]}."
    if names := {name: where for name, where in unread.items() if name}:
        told = ", ".join(f"{name!r} (first at {where[0]})" for name, where in names.items())
        yield f"{path}: not read: the fields {told}. Those that are read are {', '.join(FIELDS)}."


def read_articles(path: Path) -> Iterator[Article]:
    """The articles that a question set brings with it, each once: of SQuAD JSON, CLAPNQ's JSONL or a BEIR folder.

    A SQuAD article is its contexts, with an empty line between; the URL of a BEIR article is "beir:" and its id.
    Raises InputError, once an article is asked for, where the set brings none.
    """
    seen: dict[str, str] = {}
    for where, article in set_articles(path):
        if article.id not in seen:
            seen[article.id] = article.sha256
            yield article
        elif seen[article.id] != article.sha256:
            raise InputError(f"{where}: {article.url!r} was used before for another text: give each its own id.")
    if not seen:
        raise InputError(f"{path} brings no articles, only questions: index them with python -m index ARTICLES.")


def _question(record: Record, where: str, page: str | None) -> Question:
    answers, gold = fields.strings(record, "answers", where), fields.strings(record, "gold_urls", where)
    speaker = record.get("speaker")
    try:
        as_of = read_day(record.get("as_of"))
    except ValueError:
        raise fields.wrong(where, "as_of", record["as_of"], "a date such as 2022-12-16") from None
    return Question(
        id=fields.text(record, "id", where),
        question=fields.text(record, "question", where),
        answers=answers,
        choices=fields.strings(record, "choices", where) or (),
        as_of=as_of,
        gold=frozenset(gold) if gold or (gold is not None and answers == ()) else None,
        quotes=tuple(_quote(item, where, page) for item in fields.items(record, "quotes", where) or ()),
        speaker=None if speaker is None else fields.text(record, "speaker", where),
        history=tuple(_turn(item, where) for item in fields.items(record, "history", where) or ()),
    )


def _quote(item: object, where: str, page: str | None) -> str | tuple[int, int]:
    if isinstance(item, str) and item.strip():
        return item
    if not isinstance(item, dict) or not all(type(item.get(name)) is int for name in ("start", "end")):
        raise fields.wrong(
            where, "a quote", item, 'words, or {"start": 0, "end": 9, "sha256": "the hash of the words"}'
        )
    start, end, sha256 = item["start"], item["end"], item.get("sha256")
    if not 0 <= start < end or (page is not None and end > len(page)):
        bound = "" if page is None else f", and no end beyond the {len(page)} characters of the page"
        raise fields.wrong(where, "a quote", item, f"a start from 0 and an end after it{bound}")
    if page is not None and sha256 and hashlib.sha256(page[start:end].encode()).hexdigest() != sha256:
        raise fields.wrong(
            where, "the page's text there", page[start:end], "other words: name the file that was measured"
        )
    return start, end


def _turn(item: object, where: str) -> tuple[str, str]:
    if isinstance(item, list) and len(item) == 2 and all(isinstance(text, str) for text in item):
        return item[0], item[1]
    raise fields.wrong(where, "a turn of history", item, "a question and its answer, as in [[question, answer], …]")
