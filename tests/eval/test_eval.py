"""``python -m eval`` over the demo, with the real embedder: what it writes, that it goes on, and how it judges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scripted import drafts, scripted
from test_answering import QUESTION, TRUE

from eval.__main__ import main
from eval.choices import choose
from eval.question_sets import read_questions
from eval.run import run
from eval.summary import published, summarise
from index import DEMO
from index.build import build
from rag.api import Rag
from rag.models.embedder import load_embedder
from rag.records import Article, Passage, Span

QUESTIONS = Path(__file__).resolve().parents[2] / "eval" / "questions" / "demo.jsonl"
KEYS = {
    "retrieval": {"hit@1", "hit@5", "hit@10", "mrr@10"},
    "answer": {"em", "f1", "choice_accuracy"},
    "evidence": {"recall@5"},
    "quotes": {"exact", "rejected"},
    "abstention": {"precision", "recall", "auroc"},
    "latency_ms": {"p50", "p95"},
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build([str(DEMO)], folder, load_embedder())
    return folder


@pytest.fixture(scope="module")
def out(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert main([str(QUESTIONS), "--index", str(index), "--out", str(folder)]) == 0
    return folder


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "predictions.jsonl").read_text(encoding="utf-8").splitlines()]


def test_scores_have_the_promised_keys_and_plain_numbers(out: Path) -> None:
    scores = json.loads((out / "scores.json").read_text())
    assert scores["n"] == len(read_questions(QUESTIONS)) == len(lines(out))
    for group, keys in KEYS.items():
        assert keys <= scores[group].keys()
        assert all(value is None or isinstance(value, int | float) for value in scores[group].values())
    assert scores["quotes"]["exact"] == 1.0 and scores["answer"]["choice_accuracy"] is None
    assert "<h1" in (out / "report.html").read_text(encoding="utf-8")


def test_a_run_that_was_cut_off_in_a_line_goes_on_and_comes_out_the_same(
    out: Path, index: Path, tmp_path: Path
) -> None:
    whole = lines(out)
    for name in ("predictions.jsonl", "run.json"):
        (tmp_path / name).write_bytes((out / name).read_bytes())
    file = tmp_path / "predictions.jsonl"
    kept = file.read_bytes().splitlines(keepends=True)[:20]
    file.write_bytes(b"".join(kept) + b'{"id": "cut o')
    assert main([str(QUESTIONS), "--index", str(index), "--out", str(tmp_path)]) == 0
    again = lines(tmp_path)
    assert again[:20] == whole[:20]
    assert [(p["id"], p["answer"], p["scores"]) for p in again] == [(p["id"], p["answer"], p["scores"]) for p in whole]


def test_a_folder_with_another_run_is_refused(
    out: Path, index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "1", "question": "Who?"}\n')
    before = (out / "predictions.jsonl").read_bytes()
    assert main([str(other), "--index", str(index), "--out", str(out)]) == 2
    assert "another run" in capsys.readouterr().err
    assert (out / "predictions.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("bound", "status"), [("retrieval.hit@10=0.5", 0), ("answer.f1=0.999", 1), ("nothing.such=1", 2), ("answer.f1", 2)]
)
def test_fail_under_decides_the_exit_status(out: Path, index: Path, bound: str, status: int) -> None:
    assert main([str(QUESTIONS), "--index", str(index), "--out", str(out), "--fail-under", bound]) == status


def test_a_run_compared_with_itself_shows_no_change(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--compare", str(out), str(out)]) == 0
    assert "hit@1" in capsys.readouterr().out


def test_published_predictions_are_scored_on_the_questions_they_answer(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [
        {"id": "a", "question": "How long will the Kellan dam repair take?", "answers": ["Three summers"],
         "choices": ["Two winters", "Three summers"]},
        {"id": "b", "question": "Where is the Kellan dam?", "answers": ["Kellan Bridge"]},
    ]  # fmt: skip
    others = [
        {"system": "model", "id": "a", "prediction": ["1"]},
        {"system": "model_gen", "id": "a", "prediction": ["Three long summers"]},
    ]
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, records)))
    (tmp_path / "others.jsonl").write_text("\n".join(map(json.dumps, others)))
    arguments = [str(tmp_path / "set.jsonl"), "--index", str(index), "--out", str(tmp_path / "out")]
    assert main([*arguments, "--beside", str(tmp_path / "others.jsonl")]) == 0
    printed = capsys.readouterr().out
    assert "model (1 questions) 0.800" in printed  # F1 of two words of three
    rows = lines(tmp_path / "out")
    scores = published(rows, others)["model (1 questions)"]["answer"]
    assert scores == {"em": 0.0, "f1": pytest.approx(0.8), "choice_accuracy": 1.0}
    assert rows[0]["scores"]["choice"] == 1.0


def test_articles_of_a_squad_file_are_indexed_on_request(tmp_path: Path) -> None:
    text = "The ferry Ostra left Norhaven at nine. Captain Ames Roe was on the bridge."
    answers = [{"text": "Norhaven", "answer_start": text.index("Norhaven")}]
    asked = {"id": "1", "question": "Which town did the ferry Ostra leave?", "answers": answers}
    entry = {"title": "Ferry", "paragraphs": [{"context": text, "qas": [asked]}]}
    (tmp_path / "squad.json").write_text(json.dumps({"data": [entry]}))
    arguments = [str(tmp_path / "squad.json"), "--index", str(tmp_path / "index"), "--out", str(tmp_path / "out")]
    assert main([*arguments, "--add-articles"]) == 0
    scores = json.loads((tmp_path / "out" / "scores.json").read_text())
    assert scores["retrieval"]["hit@1"] == scores["evidence"]["recall@5"] == 1.0


def test_without_the_right_articles_the_confidence_is_lower_on_the_whole(out: Path) -> None:
    pairs = [(p["answer"]["confidence"], p["confidence_without_gold"]) for p in lines(out) if p["gold"]]
    assert len(pairs) == 17
    assert sum(with_gold for with_gold, _ in pairs) > sum(without for _, without in pairs)


def test_abstention_counts_refusals_of_the_unanswerable(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    records = [
        {"id": "a", "question": "How much will the Kellan dam repair cost?", "answers": ["84 million crowns"]},
        {"id": "b", "question": "Who won the chess olympiad in Reykjavik?", "answers": []},
    ]
    file.write_text("\n".join(map(json.dumps, records)))
    rows = run(Rag.load(index), read_questions(file), tmp_path / "out", None, lambda done, total: None)
    assert summarise(rows)["abstention"] == {"precision": 1.0, "recall": 1.0, "auroc": 1.0}


def test_a_choice_is_made_by_what_stands_in_the_best_passages() -> None:
    article = Article.of("Ferry", "The fare is nine crowns. The harbour is deep. Ten crowns was the old fare.")
    passages = [Passage(Span(article, 0, 24), 1.0), Passage(Span(article, 46, len(article.text)), 0.5)]
    assert choose(["Ten crowns", "Nine crowns", "Free"], passages, "What is the fare?") == 1
    assert choose(["Volcano", "Glacier"], passages, "What is the fare?") is None


def test_a_model_is_compared_with_the_reader_in_one_report(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "set.jsonl"
    records = [
        {"id": "a", "question": QUESTION, "answers": ["84 million crowns"]},
        {"id": "b", "question": "How high did the Vessen get during the flood?", "answers": ["6.4 metres"]},
    ]
    file.write_text("\n".join(map(json.dumps, records)))
    with scripted(drafts(TRUE)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        arguments = [str(file), "--index", str(index), "--out", str(tmp_path / "out"), "--model", "tern"]
        assert main(arguments) == 0
    scores = json.loads((tmp_path / "out" / "scores.json").read_text())
    assert scores["model"] == {"answered": 0.5, "tokens_sent": 10.5, "tokens_received": 7.5}
    reader = json.loads((tmp_path / "out" / "reader" / "scores.json").read_text())
    assert reader["n"] == 2 and reader["model"]["answered"] is None
    by = [row["answer"]["by"] for row in lines(tmp_path / "out")]
    assert by == ["tern", None] and all(row["answer"]["answered"] for row in lines(tmp_path / "out"))
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "reader, no language model" in page and "Tokens sent to the model" in page
    assert "model.answered" in capsys.readouterr().out
