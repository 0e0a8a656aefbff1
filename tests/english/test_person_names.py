"""Whether a claimed speaker is the one the article has."""

from __future__ import annotations

import pytest

from rag.english.person_names import is_speaker, name_words, same_person
from rag.records import Article, Span, Speaker

ARTICLE = Article.of("Sluice", "“No,” the Teel campaign’s spokesman said. Maria Teel agreed. He left.")


def speaker(mention: str, name: str | None = None) -> Speaker:
    start = ARTICLE.text.index(mention)
    return Speaker(name, Span(ARTICLE, start, start + len(mention)))


@pytest.mark.parametrize("claimed", ["Teel", "Mayor Teel", "Maria Teel", "M. Teel", "MARIA TEEL"])
def test_forms_of_a_name_are_one_speaker(claimed: str) -> None:
    assert is_speaker(claimed, speaker("Maria Teel", "Maria Teel"))


@pytest.mark.parametrize("claimed", ["David Teel", "Roon", "Maria Roon", "the mayor", "", "?"])
def test_other_names_are_not(claimed: str) -> None:
    assert not is_speaker(claimed, speaker("Maria Teel", "Maria Teel"))


def test_nobody_is_the_speaker_for_whom_somebody_else_speaks() -> None:
    assert not is_speaker("Teel", speaker("the Teel campaign’s spokesman"))
    assert not is_speaker("Maria Teel", speaker("the Teel campaign’s spokesman"))


def test_a_mention_without_a_name_is_matched_by_its_own_words() -> None:
    assert is_speaker("Teel campaign spokesman", speaker("the Teel campaign’s spokesman"))
    assert not is_speaker("He", speaker("He"))


def test_a_country_stands_for_its_government() -> None:
    assert same_person("Russia", "the Kremlin")


def test_accents_and_case_do_not_tell_names_apart() -> None:
    assert name_words("José ÁLVAREZ") == name_words("jose alvarez") or same_person("José ÁLVAREZ", "Jose Alvarez")
