"""A quotation is checked in any language: it is found, and a part of it, and what differs is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from embedders import HashEmbedder

from index.build import build
from rag.answer import IndexFacts
from rag.answering import Evidence, read
from rag.api import Rag
from rag.chat.terminal import terminal_check
from rag.quoting.check import Checked
from rag.quoting.places import count_words, exact_places
from rag.records import Article, Claim, Draft, Passage, Quote, Said, Span
from rag.speakers import Speakers

FILE = Path(__file__).resolve().parents[1] / "inputs" / "languages.jsonl"
CASES: dict[str, dict[str, Any]] = {
    case["language"]: case for case in map(json.loads, FILE.read_text(encoding="utf-8").splitlines())
}


@pytest.fixture(scope="module")
def rag(tmp_path_factory: pytest.TempPathFactory) -> Rag:
    folder = tmp_path_factory.mktemp("languages")
    (folder / "ferry.txt").write_text("The ferry\n\n" + "The ferry left the quay of Norhaven at nine. " * 40)
    assert build([str(FILE), str(folder / "ferry.txt")], folder / "index", HashEmbedder()).added == len(CASES) + 1
    return Rag.load(folder / "index", embedder=HashEmbedder())


def check(rag: Rag, words: str) -> Checked:
    (checked,) = rag.check(words).quotations
    return checked


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("what", ["quote", "part"])
def test_what_stands_in_an_article_is_found_there(rag: Rag, case: dict[str, Any], what: str) -> None:
    checked = check(rag, case[what])
    said = checked.verdicts[0].said[0]
    assert (checked.kind, checked.articles, said.span.article.url) == ("exact", 1, case["url"])
    assert said.span.text.replace("’", "'") == case[what].replace("’", "'")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_does_not_stand_there_is_not_found_and_the_closest_words_are_shown(rag: Rag, case: dict[str, Any]) -> None:
    checked = check(rag, case["wrong"])
    assert checked.kind == "not found" and checked.closest[0].span.article.url == case["url"]
    pieces = checked.closest[0].pieces
    assert "".join(p.text for p in pieces if p.whose != "claimed").strip() in case["text"]
    assert {"claimed", "both"} <= {piece.whose for piece in pieces}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_who_speaks_is_not_established_where_the_model_cannot_read(rag: Rag, case: dict[str, Any]) -> None:
    said = check(rag, case["quote"]).verdicts[0].said[0]
    assert said.voice is None and said.speaker is None
    told = terminal_check(rag.check(case["quote"]))
    assert "Who said it is not established." in told and "judged in English articles only" in told
    assert not rag.check(case["quote"], "Ada Lund").holds


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_question_in_another_language_is_refused_plainly(rag: Rag, case: dict[str, Any]) -> None:
    answer = rag.ask(case["question"])
    assert not answer.answered and answer.passages
    assert answer.reason and answer.reason.startswith("The question seems to be in another language than English")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Bank Indonesia rate", True),  # likely Indonesian, by its words
        ("Où se trouve Norhaven ?", False),
        ("Quem ganhou?", False),
        ("El Niño 2024", False),
        ("Who left the quay?", True),
    ],
)
def test_what_may_be_another_language_is_answered_from_articles_with_a_word_of_it(
    question: str, answered: bool
) -> None:
    text = "The bank left its rate at 6 percent in 2024."
    passage = Passage(Span(Article.of("Rupiah", text), 0, len(text)), 1.0)

    def generator(question: str, passages: Sequence[Passage]) -> Draft:
        return Draft((Claim("", (Quote(passage, text),)),), 0.9)

    answer = read(Evidence(question, (passage,), IndexFacts(1, None, None)), generator, Said)
    assert answer.answered == answered
    assert answered or (answer.reason and "another language than English" in answer.reason)


def test_speakers_of_english_articles_are_established_as_before() -> None:
    text = "“We have never seen so busy a spring,” the harbour master of Norhaven, Ada Lund, said on Monday."
    said = Speakers()(Span(Article.of("Port", text), 1, 36))
    assert said.voice == "direct" and said.speaker and said.speaker.name == "Ada Lund"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("共有三百四十艘船停靠", "四十艘船停靠"),
        ("共有340艘船停靠", "40艘船停靠"),
        ("Il y a des cafe\u0301s ouverts", "des café"),
        ("Il y a des cafés ouverts", "des café"),
        ("उन्होंने किताबें पढ़ीं", "उन्होंने किताब"),
        ("항구에 봄은 왔다", "항구에 보"),
        ("「がらがらです」と言った", "「からがらです"),
        ("ไม่เคยเห็น", "ไม่เคยเห"),
    ],
)
def test_a_number_a_word_or_a_syllable_is_not_cut(text: str, words: str) -> None:
    assert exact_places(words, Article.of("Port", text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("共有340艘船停靠", "艘船停靠"),
        ("港务局长表示AI改变了港口", "AI改变了"),
        ("Il y a des cafe\u0301s ouverts", "des cafés"),
        ("उन्होंने किताबें पढ़ीं", "किताबें पढ़ीं"),
        ("항구에 봄은 왔다", "봄은 왔다"),
    ],
)
def test_whole_words_of_any_script_are_found(text: str, words: str) -> None:
    (place,) = exact_places(words, Article.of("Port", text))
    assert place.end - place.start == len(words) or "e\u0301" in place.text


@pytest.mark.parametrize(
    ("text", "count"), [("किताब", 1), ("नहीं देखा", 2), ("从未", 2), ("cafe\u0301 noir", 2), ("مرحبًا", 1), ("봄은", 2)]
)
def test_words_are_counted_in_any_script(text: str, count: int) -> None:
    assert count_words(text) == count
