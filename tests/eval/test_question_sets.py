"""Question sets in every format become the same records, and what is wrong with a file is said with its place."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.question_sets import Question, read_articles, read_questions
from rag.errors import InputError
from rag.records import Article

ROOT = Path(__file__).resolve().parents[2]
PAGE = "The ferry to Vessen sank on Monday. Nobody was hurt."
FERRY = "The Orla ferry sank.\nIt was blue."
QUAY = "The quay holds."
SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Orla",
            "paragraphs": [
                {
                    "context": FERRY,
                    "qas": [
                        {
                            "id": "s1",
                            "question": "What sank?",
                            "answers": [{"text": t, "answer_start": 4} for t in ("Orla ferry", "Orla", "Orla ferry")],
                            "is_impossible": False,
                        },
                        {"id": "s2", "question": "Who swam?", "answers": [], "is_impossible": True},
                    ],
                },
                {"context": QUAY, "qas": [{"id": "s3", "question": "What holds?"}]},
            ],
        }
    ],
}
CLAPNQ = {
    "id": "c1",
    "input": "what sank",
    "passages": [{"title": "Orla", "text": FERRY, "sentences": [FERRY]}],
    "output": [
        {"answer": "The Orla ferry did.", "selected_sentences": ["The Orla ferry sank."]},
        {"answer": "A blue ferry.", "selected_sentences": ["The Orla ferry sank.", "It was blue."]},
        {"answer": "", "selected_sentences": []},
    ],
}


def _jsonl(path: Path, *records: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def _one(tmp_path: Path, **fields: Any) -> Question:
    """What becomes of one record with these fields."""
    (question,) = read_questions(_jsonl(tmp_path / "set.jsonl", {"id": "1", "question": "What sank?", **fields}))
    return question


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _beir(folder: Path) -> Path:
    (folder / "qrels").mkdir(parents=True)
    _jsonl(
        folder / "corpus.jsonl",
        {"_id": "d/1", "title": "Orla", "text": FERRY},
        {"_id": "d2", "title": "Quay", "text": ""},
        {"_id": "d3", "title": "Orla", "text": FERRY},
    )
    _jsonl(
        folder / "queries.jsonl",
        {"_id": "q1", "text": "What sank?"},
        {"_id": "q2", "text": "What holds?"},
        {"_id": "q3", "text": "Who asks?"},
    )
    _text(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore\nq1\td/1\t2\nq1\td3\t1\nq1\td2\t0\nq2\td2\t0\n")
    return folder


def test_every_field_of_jsonl_is_read(tmp_path: Path) -> None:
    fields = {
        "answers": ["the Orla ferry", "Orla"],
        "choices": ["Orla", "Vessen", ""],
        "as_of": "2031-03-04",
        "gold_urls": ["https://courier.example/orla"],
        "quotes": ["The Orla ferry sank.", {"start": 4, "end": 9}],
        "speaker": "Ada Quill",
        "history": [["What is Orla?", "A ferry."]],
        "searched_urls": ["https://courier.example/other"],
    }
    assert _one(tmp_path, **fields) == Question(
        id="1",
        question="What sank?",
        answers=("the Orla ferry", "Orla"),
        choices=("Orla", "Vessen", ""),
        as_of=date(2031, 3, 4),
        gold=frozenset({"https://courier.example/orla"}),
        quotes=("The Orla ferry sank.", (4, 9)),
        speaker="Ada Quill",
        history=(("What is Orla?", "A ferry."),),
    )


def test_what_a_file_does_not_say_is_not_known(tmp_path: Path) -> None:
    assert _one(tmp_path) == Question("1", "What sank?", answers=None, gold=None)


def test_no_answers_means_unanswerable(tmp_path: Path) -> None:
    assert _one(tmp_path, answers=[]).answers == ()


def test_no_gold_urls_mean_no_right_article_where_the_question_is_unanswerable(tmp_path: Path) -> None:
    assert _one(tmp_path, answers=[], gold_urls=[]).gold == frozenset()


def test_no_gold_urls_are_not_known_where_there_is_an_answer(tmp_path: Path) -> None:
    assert _one(tmp_path, answers=["Orla"], gold_urls=[]).gold is None


def test_a_number_may_be_an_id(tmp_path: Path) -> None:
    assert _one(tmp_path, id=7).id == "7"


def test_a_compressed_set_is_read(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "1", "question": "What sank?"}\n'))
    assert read_questions(path) == [Question("1", "What sank?")]


def test_a_byte_order_mark_and_empty_lines_do_no_harm(tmp_path: Path) -> None:
    path = _text(tmp_path / "set.jsonl", '\ufeff{"id": "1", "question": "What sank?"}\r\n\r\n')
    assert read_questions(path) == [Question("1", "What sank?")]


def test_offsets_are_checked_against_the_page(tmp_path: Path) -> None:
    quote = {"start": 4, "end": 9, "sha256": hashlib.sha256(b"ferry").hexdigest()}
    path = _jsonl(tmp_path / "set.jsonl", {"id": "1", "question": "What sank?", "quotes": [quote]})
    assert read_questions(path, PAGE)[0].quotes == ((4, 9),)
    with pytest.raises(InputError, match=r"set\.jsonl:1: the page's text there is 'boat '.*name the file"):
        read_questions(path, PAGE.replace("ferry", "boat"))


def test_offsets_beyond_the_page_are_an_error(tmp_path: Path) -> None:
    path = _jsonl(tmp_path / "set.jsonl", {"id": "1", "question": "?", "quotes": [{"start": 4, "end": 99}]})
    with pytest.raises(InputError, match="no end beyond the 52 characters"):
        read_questions(path, PAGE)


@pytest.mark.parametrize("name", ["demo.jsonl", "seed.jsonl"])
def test_the_question_sets_of_the_project_are_read_whole(name: str) -> None:
    path = ROOT / "eval" / "questions" / name
    assert [question.id for question in read_questions(path)] == [
        json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()
    ]


def test_csv_columns_are_the_fields(tmp_path: Path) -> None:
    path = _text(
        tmp_path / "set.csv",
        "id,Question,answers,choices,gold_urls,as_of,speaker\n"
        'x,"What sank, and when?",Orla | the ferry,Orla|Vessen,https://courier.example/orla,2031-03-04,Ada Quill\n',
    )
    assert read_questions(path) == [
        Question(
            id="x",
            question="What sank, and when?",
            answers=("Orla", "the ferry"),
            choices=("Orla", "Vessen"),
            as_of=date(2031, 3, 4),
            gold=frozenset({"https://courier.example/orla"}),
            speaker="Ada Quill",
        )
    ]


def test_a_csv_row_without_an_id_is_known_by_its_number(tmp_path: Path) -> None:
    path = _text(tmp_path / "set.csv", "question\nWhat sank?\nWho swam?\n")
    assert [question.id for question in read_questions(path)] == ["1", "2"]


def test_an_empty_csv_cell_is_not_known_and_a_lone_bar_is_the_empty_list(tmp_path: Path) -> None:
    path = _text(tmp_path / "set.csv", "question,answers\nWhat sank?, \nWho swam?,|\n")
    assert [question.answers for question in read_questions(path)] == [None, ()]


def test_a_squad_file_brings_one_article_for_each_entry(tmp_path: Path) -> None:
    path = _text(tmp_path / "set.json", json.dumps(SQUAD))
    assert list(read_articles(path)) == [Article.of("Orla", f"{FERRY}\n\n{QUAY}")]


def test_squad_questions_name_their_article_unless_it_does_not_answer(tmp_path: Path) -> None:
    path = _text(tmp_path / "set.json", json.dumps(SQUAD))
    gold = frozenset({Article.of("Orla", f"{FERRY}\n\n{QUAY}").id})
    assert read_questions(path) == [
        Question("s1", "What sank?", answers=("Orla ferry", "Orla"), gold=gold),
        Question("s2", "Who swam?", answers=(), gold=frozenset()),
        Question("s3", "What holds?", answers=None, gold=gold),
    ]


def test_clapnq_brings_answers_sentences_and_passages(tmp_path: Path) -> None:
    path = _jsonl(tmp_path / "set.jsonl", CLAPNQ)
    article = Article.of("Orla", FERRY)
    assert list(read_articles(path)) == [article]
    assert read_questions(path) == [
        Question(
            id="c1",
            question="what sank",
            answers=("The Orla ferry did.", "A blue ferry."),
            gold=frozenset({article.id}),
            quotes=("The Orla ferry sank.", "It was blue."),
        )
    ]


def test_clapnq_without_an_answer_is_unanswerable(tmp_path: Path) -> None:
    path = _jsonl(tmp_path / "set.jsonl", {**CLAPNQ, "output": [{"answer": "", "selected_sentences": []}]})
    assert read_questions(path) == [Question("c1", "what sank", answers=(), gold=frozenset())]


def test_a_passage_of_two_questions_is_one_article(tmp_path: Path) -> None:
    path = _jsonl(tmp_path / "set.jsonl", CLAPNQ, {**CLAPNQ, "id": "c2"})
    assert len(list(read_articles(path))) == 1


def test_a_beir_folder_gives_the_queries_with_a_relevant_article(tmp_path: Path) -> None:
    gold = frozenset({"beir:d%2F1", "beir:d3"})
    assert read_questions(_beir(tmp_path / "set")) == [Question("q1", "What sank?", gold=gold)]


def test_beir_articles_are_told_apart_by_their_id_and_a_lone_title_is_a_text(tmp_path: Path) -> None:
    articles = list(read_articles(_beir(tmp_path / "set")))
    assert [(article.url, article.text) for article in articles] == [
        ("beir:d%2F1", FERRY),
        ("beir:d2", "Quay"),
        ("beir:d3", FERRY),
    ]


def test_two_beir_articles_of_one_id_are_an_error(tmp_path: Path) -> None:
    folder = _beir(tmp_path / "set")
    _jsonl(folder / "corpus.jsonl", {"_id": "d1", "text": FERRY}, {"_id": "d1", "text": QUAY})
    with pytest.raises(InputError, match=r"corpus\.jsonl:2: 'beir:d1' was used before"):
        list(read_articles(folder))


def test_a_beir_query_that_is_missing_is_an_error(tmp_path: Path) -> None:
    folder = _beir(tmp_path / "set")
    _jsonl(folder / "queries.jsonl", {"_id": "q2", "text": "What holds?"})
    with pytest.raises(InputError, match=r"queries\.jsonl lacks the query 'q1'"):
        read_questions(folder)


def test_a_beir_score_that_is_no_number_is_an_error(tmp_path: Path) -> None:
    folder = _beir(tmp_path / "set")
    _text(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\tyes\n")
    with pytest.raises(InputError, match=r"test\.tsv:2: the line is .*yes.*a whole number"):
        read_questions(folder)


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl"])
def test_a_folder_that_is_no_beir_folder_is_an_error(tmp_path: Path, missing: str) -> None:
    folder = _beir(tmp_path / "set")
    (folder / missing).unlink()
    with pytest.raises(InputError, match=f"has no {missing}: a BEIR folder holds"):
        list(read_articles(folder)) if missing == "corpus.jsonl" else read_questions(folder)


@pytest.mark.parametrize(("name", "text"), [("set.csv", "question\nWhat?\n"), ("set.jsonl", '{"question": "What?"}\n')])
def test_a_set_that_brings_no_articles_is_an_error(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InputError, match="brings no articles, only questions: index them with"):
        list(read_articles(_text(tmp_path / name, text)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"question": "What?"}', "id is None, expected the field id: add it"),
        ('{"id": "2", "question": " "}', "question is ' ', expected a text with words"),
        ('{"id": "2", "question": "What?", "answers": "Orla"}', r"answers is 'Orla', expected a list"),
        ('{"id": "2", "question": "What?", "answers": [""]}', r"an item of answers is '', .* the empty list \[\]"),
        ('{"id": "2", "question": "What?", "gold_urls": [3]}', "an item of gold_urls is 3"),
        ('{"id": "2", "question": "What?", "as_of": "04/05/2031"}', "as_of is '04/05/2031', expected a date such as"),
        ('{"id": "2", "question": "What?", "quotes": [{"start": 5}]}', "a quote is {'start': 5}, expected words, or"),
        ('{"id": "2", "question": "What?", "quotes": [{"start": 5, "end": 5}]}', "expected a start from 0 and an end"),
        ('{"id": "2", "question": "What?", "history": ["Who?"]}', "a turn of history is 'Who"),
        ('{"id": "2", "question": "What?", "speaker": 0.5}', "speaker is 0.5, expected a text"),
        ('{"id": "1", "question": "What?"}', "the id '1' was used before: give every question its own"),
        ('{"id": "2", "question": ', "no JSON"),
        ("[]", r"the JSON value is \[\], expected an object"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(tmp_path: Path, line: str, said: str) -> None:
    path = _text(tmp_path / "set.jsonl", f'{{"id": "1", "question": "What sank?"}}\n{line}\n')
    with pytest.raises(InputError, match=rf"set\.jsonl:2: .*{said}"):
        read_questions(path)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none.jsonl", None, "there is no such file or folder: expected .jsonl"),
        ("set.xlsx", b"PK", "the kind of file '.xlsx' is not known: expected .jsonl"),
        ("set.jsonl", b"\n", "holds no question"),
        ("set.jsonl", b'{"id": "1",\n"question": "\xe9"}', r"set\.jsonl:1: no JSON"),
        ("set.csv", b"question\nWhat?\nCaf\xe9?\n", r"set\.csv:3: a byte is b'\\xe9', expected UTF-8: convert"),
        (
            "set.csv",
            b"id;question\n1;What?\n",
            r"set\.csv:1: the header is 'id;question', expected columns with commas",
        ),
        ("set.csv", b"question\nWhat, and who?\n", r"set\.csv:2: the row's end is \[' and who\?'\]"),
        ("set.csv", b'question\n"What?" no\n', r"set\.csv:2: .*expected CSV"),
        ("set.csv", b"id,question\n1,\n", r"set\.csv:2: question is None"),
        ("set.jsonl.gz", b"plain", "cannot be read: Not a gzipped file"),
        (
            "set.json",
            b'{"id": "1"}',
            "set.json: data is None, expected a list of objects: is the file in the format of SQ",
        ),
        ("set.json", b'[{"id": "1"}]', "expected an object .*a list of questions goes into .jsonl"),
        (
            "set.json",
            b'{"data": [{"paragraphs": [{"context": "It sank.", "qas": [{"id": "1", "question": ""}]}]}]}',
            r"set\.json: data\[0\]\.paragraphs\[0\]\.qas\[0\]: question is ''",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, name: str, data: bytes | None, said: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        read_questions(path)
