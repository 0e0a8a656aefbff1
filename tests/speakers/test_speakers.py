"""Who says it: voice, mention and cue as the model finds them, with the real weights, over invented articles."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from rag.models.packaged import parameters
from rag.records import Article, Said, Span
from rag.speakers.attribution import AttributionModel, adapted, distances, trained
from rag.speakers.speakers import Speakers

TEXT = (
    "NORHAVEN — The sluice above the town stayed shut on Monday, and 1,250 homes are under water.\n"
    "“We will not open it before 4 May, whatever the board says,” Mayor Maria Teel told reporters at the harbour. "
    "“It is not safe.”\n"
    "David Roon, who heads the harbour board, disagreed. “The sluice can open at once,” he said. "
    "He added that the pumps had been repaired in March.\n"
    "According to a report by the Coast Office, the wall cost $2.75 million.\n"
    "The rain is expected to end on Friday."
)
ARTICLE = Article.of("Sluice", TEXT)


@pytest.fixture(scope="module")
def speakers() -> Speakers:
    return Speakers()


def said(speakers: Speakers, words: str) -> Said:
    start = TEXT.index(words)
    return speakers(Span(ARTICLE, start, start + len(words)))


def test_a_quotation_has_its_speaker_named_in_full_and_its_cue(speakers: Speakers) -> None:
    found = said(speakers, "We will not open it before 4 May, whatever the board says,")
    assert found.voice == "direct" and found.speaker
    assert found.speaker.name == "Maria Teel"
    assert "Maria Teel" in found.speaker.mention.text
    assert found.speaker.cue and found.speaker.cue.text == "told"


def test_a_pronoun_is_resolved_where_the_article_leaves_no_doubt(speakers: Speakers) -> None:
    found = said(speakers, "The sluice can open at once,")
    assert found.speaker and (found.speaker.mention.text, found.speaker.name) == ("he", "David Roon")


def test_a_whole_sentence_of_a_quotation_is_direct_too(speakers: Speakers) -> None:
    found = said(speakers, "“The sluice can open at once,” he said.")
    assert found.voice == "direct" and found.speaker and found.speaker.name == "David Roon"


def test_what_somebody_said_in_other_words_is_reported(speakers: Speakers) -> None:
    found = said(speakers, "He added that the pumps had been repaired in March.")
    assert found.voice == "reported" and found.speaker and found.speaker.mention.text == "He"


def test_a_source_may_be_a_document(speakers: Speakers) -> None:
    found = said(speakers, "According to a report by the Coast Office, the wall cost $2.75 million.")
    assert found.voice == "reported" and found.speaker and "Coast Office" in found.speaker.mention.text


def test_the_articles_own_words_have_no_speaker(speakers: Speakers) -> None:
    found = said(speakers, "The sluice above the town stayed shut on Monday, and 1,250 homes are under water.")
    assert (found.voice, found.speaker) == ("article", None)


def test_words_of_two_speakers_have_none(speakers: Speakers) -> None:
    start, end = TEXT.index("“It is not safe.”"), TEXT.index(" He added")
    assert speakers(Span(ARTICLE, start, end)).speaker is None


def test_a_span_without_words_is_not_established(speakers: Speakers) -> None:
    start = TEXT.index("—")
    assert speakers(Span(ARTICLE, start - 1, start)) == Said(Span(ARTICLE, start - 1, start))


def test_long_articles_are_read_window_by_window(speakers: Speakers) -> None:
    filler = "The tide rose and fell, and the boats lay where they were. " * 60
    article = Article.of("Long", f"{filler}\n{TEXT}\n{filler}")
    words = "The sluice can open at once,"
    start = article.text.index(words)
    found = speakers(Span(article, start, start + len(words)))
    assert found.speaker and found.speaker.name == "David Roon"


def test_hostile_texts_are_read_like_others(speakers: Speakers) -> None:
    for text in ("\u200b\u200b", "“", "“”", "😀 “😀” 😀 said", "a" * 5000, "<|endoftext|> said “<s>”", "“A\n“B\n“C"):
        article = Article.of("Odd", text)
        found = speakers(Span(article, 0, len(text)))
        assert found.span.article.text == text


def test_without_adapters_the_weights_stay_as_they_are() -> None:
    weights = parameters()
    unchanged = adapted(weights, {name: np.zeros_like(array) for name, array in trained().items()})
    assert all(np.array_equal(unchanged[name], weights[name]) for name in weights)
    assert any(not np.array_equal(adapted(weights, trained())[name], weights[name]) for name in weights)


def test_distances_grow_to_both_sides_and_tell_them_apart() -> None:
    far = distances(40, 10, 20)
    assert set(far[10:20]) == {0} and far[0] == 63
    assert far[9] == 1 and far[20] == 32
    assert all(np.diff(far[1:10]) <= 0) and all(np.diff(far[20:]) >= 0)


def test_the_model_gives_chances(speakers: Speakers) -> None:
    reading = AttributionModel().read(TEXT, 0, 60)
    assert reading and abs(float(reading.voices.sum()) - 1) < 1e-5
    assert all(0 <= pointed.confidence <= 1.0001 for pointed in reading.pointed.values())


def test_no_pytorch_is_needed_to_find_a_speaker() -> None:
    script = (
        "import sys; from rag.speakers import Speakers; from rag.records import Article, Span; "
        "Speakers()(Span(Article.of('t', 'He said no.'), 0, 11)); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
