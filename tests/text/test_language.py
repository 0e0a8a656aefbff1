"""Another language than English is known where that is sure, and English is never taken for another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.text.language import is_certainly_foreign, is_foreign

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = [
    json.loads(line)["question"]
    for name in ("demo", "seed")
    for line in (ROOT / "eval" / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_no_question_of_the_projects_own_sets_is_taken_for_another_language() -> None:
    assert QUESTIONS and [question for question in QUESTIONS if is_foreign(question)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Keldria Orsany Tarn Pass?",
        "Imogen Sarrow recount votes",
        "Port Merrow",
        "dam cost",
        "Vessen?",
        "Why",
        "",
        "?",
        "7",
    ],
)
def test_keywords_and_names_are_of_no_language(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "Population of Côte d'Ivoire",
        "Bank Indonesia rate",
        "El Niño 2024",
        "Ingrida Šimonytė putin",
        "éclaircissement related éclair pastries",
        "laurence des cars admission senators louvre robbery",
    ],
)
def test_names_and_keywords_of_other_languages_are_never_certainly_foreign(text: str) -> None:
    assert not is_certainly_foreign(text)


@pytest.mark.parametrize("text", ["Кто победил?", "谁赢了？", "من فاز؟", "कौन जीता?", "Ποιος κέρδισε;"])
def test_another_script_is_another_language_for_certain(text: str) -> None:
    assert is_certainly_foreign(text)
    assert not is_certainly_foreign(f"What does {text} mean")


@pytest.mark.parametrize(
    "text",
    [
        "Wer hat die Brücke für unsicher erklärt?",
        "Was schrieb The Norhaven Wire über den Damm?",
        "¿Quién dijo que el puente no era seguro?",
        "Qui a dit que le pont était dangereux ?",
        "Hvem sa at broen var utrygg?",
        "Siapa yang mengatakan bahwa jembatan itu tidak aman?",
        "Nani alisema kwamba daraja si salama?",
        "Кто сказал, что мост небезопасен?",
        "谁说那座桥不安全？",
        "من قال إن الجسر غير آمن؟",
    ],
)
def test_another_language_is_known(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text", ["Warum trat der Minister zurück?", "Combien de morts à Valence ?", "Kiedy zaczyna się strajk?"]
)
def test_a_question_of_some_words_is_certain(text: str) -> None:
    assert is_certainly_foreign(text)
