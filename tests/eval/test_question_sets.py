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
from eval.set_names import cells, named
from eval.summary import published_rows
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
        ('{"id": "2"}', "question is None, expected the field question: add it"),
        ('{"id": "2", "question": " "}', "question is ' ', expected a text with words"),
        (
            '{"id": "2", "question": "What?", "answers": {"text": "Orla"}}',
            r"answers is {'text': 'Orla'}, expected a list",
        ),
        ('{"id": "2", "question": "What?", "answers": [""]}', r"an item of answers is '', .* the empty list \[\]"),
        ('{"id": "2", "question": "What?", "gold_urls": [3]}', "an item of gold_urls is 3"),
        ('{"id": "2", "question": "What?", "as_of": "04/05/2031"}', "as_of is '04/05/2031', expected a date such as"),
        ('{"id": "2", "question": "What?", "quotes": [{"start": 5}]}', "a quote is {'start': 5}, expected words, or"),
        ('{"id": "2", "question": "What?", "quotes": [{"start": 5, "end": 5}]}', "expected a start from 0 and an end"),
        ('{"id": "2", "question": "What?", "history": ["Who?"]}', "a turn of history is 'Who"),
        ('{"id": "2", "question": "What?", "speaker": 0.5}', "speaker is 0.5, expected a text"),
        ('{"id": "1", "question": "What?"}', "the id '1' was used before, at .*:1: give every question its own"),
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
        ("set.csv", b"question\nWhat, and who?\n", r"set\.csv:2: the row's end is \[' and who\?'\]"),
        ("set.csv", b'question\n"What?" no\n', r"set\.csv:2: .*expected CSV"),
        ("set.csv", b"id,question\n1,\n", r"set\.csv:2: question is None"),
        ("set.jsonl.gz", b"plain", "cannot be read: Not a gzipped file"),
        (
            "set.json",
            b'{"id": "1"}',
            "set.json: data is None, expected a list of objects: is the file in the format of SQ",
        ),
        ("set.json", b'[{"id": "1"}]', r"set\.json\[0\]: question is None, expected the field question"),
        ("set.json", b'[{"question": "What?"}, 3]', "is .*, expected a list of objects"),
        ("set.json", b'"What?"', "the JSON value is 'What\\?', expected an object of SQuAD, or a list of questions"),
        ("set.jsonl", b"[" * 100_000, r"set\.jsonl:1: the JSON is nested too deeply"),
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


INPUTS = Path(__file__).resolve().parents[1] / "inputs" / "questions"
SANK, HURT = "Which ferry sank?", "Who was hurt?"
READ = {
    "excel.csv": [
        Question(
            "x",
            "Which ferry sank, and when?",
            ("Orla", "the Orla ferry"),
            as_of=date(2031, 3, 4),
            gold=frozenset({"https://courier.example/orla"}),
        ),
        Question("y", HURT, ()),
    ],
    "semicolons.csv": [Question("1", SANK, ("Orla",)), Question("2", "Who, if anybody, was hurt?")],
    "tabs.csv": [Question("1", SANK, ("Orla",))],
    "utf16.csv": [Question("1", "Wer sank in Möwenhafen?", ("die „Orla“",))],
    "macintosh.csv": [Question("1", SANK, ("Orla",)), Question("2", HURT, ("nobody",))],
    "ragas.csv": [
        Question("1", SANK, ("The Orla ferry.",), quotes=("The Orla ferry sank on Monday.", "It wasn't insured.")),
        Question("2", HURT, ("Nobody.",), quotes=("Nobody was hurt.", "The captain thanked the crew.")),
    ],
    "ragas.jsonl": [
        Question("1", SANK, ("The Orla ferry.",), quotes=("The Orla ferry sank on Monday.",)),
        Question("2", HURT, ("Nobody.",), quotes=("Nobody was hurt.",)),
    ],
    "ragas-old.json": [Question("1", SANK, ("The Orla ferry.",)), Question("2", HURT, ("Nobody.", "No one."))],
    "singular.jsonl": [
        Question(
            "a",
            SANK,
            ("Orla",),
            gold=frozenset({"https://courier.example/orla"}),
            quotes=("The Orla ferry sank.",),
        ),
        Question("7", HURT, ("nobody",)),
    ],
}
TOLD = {
    "excel.csv": ["passed over, since nothing stands in it: 2 rows, the first at EXCEL:4."],
    "ragas.csv": ["not read: the fields 'response' (first at RAGAS:2), 'synthesizer_name' (first at RAGAS:2)."],
    "ragas.jsonl": ["not read: the fields 'retrieved_contexts' (first at RAGAS:1), 'response' (first at RAGAS:1)."],
    "ragas-old.json": ["not read: the fields 'answer' (first at RAGAS[0]), 'contexts' (first at RAGAS[0])."],
    "singular.jsonl": [
        "passed over, since nothing stands in it: 1 row, the first at SINGULAR:2.",
        "not read: the fields 'comment' (first at SINGULAR:3).",
    ],
}


@pytest.mark.parametrize(("name", "questions"), READ.items(), ids=READ.keys())
def test_a_set_of_other_makers_is_read_and_what_is_not_is_told(name: str, questions: list[Question]) -> None:
    told: list[str] = []
    assert read_questions(INPUTS / name, tell=told.append) == questions
    short = [line.replace(str(INPUTS / name), name.partition(".")[0].partition("-")[0].upper()) for line in told]
    expected = TOLD.get(name, [])
    assert len(short) == len(expected)
    assert all(want in line for want, line in zip(expected, short, strict=True))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "twice.jsonl",
            r"twice\.jsonl:3: the id 'a' was used before, at .*twice\.jsonl:1: give every question its own",
        ),
        ("lines.json", r"lines\.json: no JSON: Extra data.* Is it one object a line\? Then name it \.jsonl\."),
        ("german.csv", r"german\.csv:1: the header is 'frage,antwort', expected a column named question"),
        ("two-columns.csv", r"two-columns\.csv:1: the header is .*, expected one column that is called 'answer'"),
        ("utf16-without-its-mark.csv", r"mark\.csv:1: a byte is b'\\x00', .* iconv -f UTF-16LE -t UTF-8"),
        ("windows-1252.csv", r"windows-1252\.csv:2: a byte is b'\\xf6', expected UTF-8: convert"),
    ],
)
def test_a_set_that_cannot_be_read_is_named_with_the_line_and_what_mends_it(name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_questions(INPUTS / name)


def test_what_is_not_read_of_a_set_is_told_on_stderr_and_obeys_no_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _one(tmp_path, **{"searched\x1b[31m_urls": ["https://courier.example/other"]})
    printed = capsys.readouterr()
    assert "not read: the fields 'searched\\x1b[31m_urls'" in printed.err and printed.out == ""


def test_queries_without_a_relevant_article_are_told(tmp_path: Path) -> None:
    told: list[str] = []
    read_questions(_beir(tmp_path / "set"), tell=told.append)
    assert len(told) == 1 and "qrels names no article for them: 2, the first 'q2'." in told[0]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ('["a", "b, c"]', ["a", "b, c"]),
        ("['a', \"it's\"]", ["a", "it's"]),
        ("['a' 'b']", ["a", "b"]),
        ("['a'\n 'b']", ["a", "b"]),
        ("[]", []),
        ("|", []),
        ("a|b", ["a", "b"]),
        ("[sic]", ["[sic]"]),
        ("[1, 2]", ["[1, 2]"]),
        ("['a', open('b')]", ["['a', open('b')]"]),
        ("['a", ["['a"]),
    ],
)
def test_a_list_in_a_cell_is_what_its_writer_meant(cell: str, items: list[str]) -> None:
    assert cells({"answers": cell, "question": "['a']"}) == {"answers": items, "question": "['a']"}


def test_the_right_answer_is_told_from_what_a_system_said() -> None:
    assert named({"answer": "a"}) == ({"answers": ["a"]}, [])
    assert named({"answer": "a", "ground_truth": "b"}) == ({"answers": ["b"]}, ["answer"])
    assert named({"answer": "a", "reference": None}) == ({"answers": ["a"]}, [])
    assert named({"answers": ["a"], "answer": "b", "Answers": ["c"]}) == ({"answers": ["a"]}, ["answer", "Answers"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"system": "m", "prediction": "0"}, "id is None, expected the field id: add it"),
        ({"id": "1", "prediction": "0"}, "system is None, expected the field system: add it"),
        ({"id": "1", "system": "m"}, "prediction is None, expected the number of a choice"),
        ({"id": "1", "system": "m", "prediction": "Orla"}, "prediction is 'Orla', expected the number of a choice"),
        ({"id": "1", "system": "m_gen", "prediction": {}}, "prediction is {}, expected a text"),
    ],
)
def test_published_predictions_that_are_none_are_named(tmp_path: Path, row: Mapping[str, Any], said: str) -> None:
    right = {"id": 1, "system": "m_gen", "prediction": ["Orla"]}
    assert published_rows(_jsonl(tmp_path / "right.jsonl", right))[0]["id"] == "1"
    with pytest.raises(InputError, match=rf"others\.jsonl:2: {said}"):
        published_rows(_jsonl(tmp_path / "others.jsonl", right, row))
