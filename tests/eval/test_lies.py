"""The lies of a liar: every one is false, its true parts are true, and every kind is told."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.forging.judge import Standing
from eval.lies import CLAIMED, KINDS, QUOTED, TRUTH, TRUTH_MISPLACED, Ground, Told
from index.articles import Source, find_sources, read_source
from rag.quoting.cite import unestablished
from rag.records import Article, Passage, Said, Span, Speaker, Voices

DEMO = Path(__file__).parents[2] / "index" / "demo"
QUESTION = "How much will the repair of the Kellan dam cost?"
LAST = 10  # passages


def demo() -> list[Article]:
    sources = [source for source in find_sources([str(DEMO)]) if isinstance(source, Source)]
    return [found for source in sources for found in read_source(source) if isinstance(found, Article)]


ARTICLES = demo()
PASSAGES = [Passage(Span(article, 0, len(article.text)), 1.0) for article in ARTICLES[:LAST]]
TEXTS = [Standing(article.text) for article in ARTICLES[:LAST]]


def ground(
    passages: list[Passage] = PASSAGES,
    seed: int = 0,
    other: Article | None = ARTICLES[-1],
    voices: Voices = unestablished,
) -> Ground:
    return Ground(QUESTION, passages, other, voices, random.Random(seed))


def stands(words: str) -> bool:
    return any(text.count(words) for text in TEXTS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_told_and_none_of_its_false_words_stands_in_an_article(kind: str) -> None:
    told = list(ground().lies(kind))
    assert told and {one.kind for one in told} == {kind} and not any(one.is_true for one in told)
    assert not any(stands(words) for one in told for words in one.false)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_tells_the_same_lies_each_once(kind: str) -> None:
    told = list(ground().lies(kind))
    assert told == list(ground().lies(kind))
    assert len({one.written for one in told}) == len(told)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith(CLAIMED)])
def test_a_false_sentence_rests_on_words_of_its_passage(kind: str) -> None:
    for one in ground().lies(kind):
        assert one.written.passage and one.written.quote in PASSAGES[one.written.passage - 1].span.text
        assert one.false == (one.written.claim,)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith(QUOTED) and "another" not in kind])
def test_a_false_quotation_does_not_stand_in_a_row(kind: str) -> None:
    for one in ground().lies(kind):
        assert one.false == (one.written.quote,) and not stands(one.written.quote)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "speaker" in kind and "spliced" not in kind])
def test_words_in_a_wrong_mouth_are_true_words(kind: str) -> None:
    for one in ground().lies(kind):
        assert one.mouth and stands(one.written.quote)
        assert one.mouth in one.written.claim or one.mouth == one.written.speaker


def test_two_speakers_are_spliced_though_only_one_speaks_in_the_passage() -> None:
    text = "“We will stay here tonight,” said Mara Teel.\n\n“You will not stay here,” said Anders Roon."
    article = Article.of("t", text)
    passage = Passage(Span(article, 0, text.index("\n")), 1.0)
    spliced = list(ground([passage]).lies("quotation: speakers spliced"))
    assert spliced
    for told in spliced:
        assert "here tonight" in told.written.quote and "You will not" in told.written.quote


def test_what_stands_in_another_passage_is_no_lie() -> None:
    def passage(text: str) -> Passage:
        return Passage(Span(Article.of(text, text), 0, len(text)), 1.0)

    one, corrected = passage("The harbour wall will never open."), passage("The harbour wall will open.")
    kind = "sentence: negation dropped"
    assert [told.written.claim for told in ground([one]).lies(kind)] == ["The harbour wall will open."]
    assert not list(ground([one, corrected]).lies(kind))


def test_another_name_of_the_same_country_is_no_lie() -> None:
    text = "The grain left for France, and what French ports took was sold in Norway."
    passage = Passage(Span(Article.of("t", text), 0, len(text)), 1.0)
    kind = "sentence: name changed"
    claims = {told.written.claim for seed in range(20) for told in ground([passage], seed).lies(kind)}
    assert text.replace("French", "Norway") in claims
    assert text.replace("French", "France") not in claims


def test_sentences_that_share_words_with_the_question_come_first() -> None:
    first = next(ground().lies("sentence: number changed")).written.quote
    assert {"Kellan", "dam", "cost"} <= set(first.split())


def test_truths_are_sentences_about_themselves_some_under_a_number_that_no_passage_has() -> None:
    told = list(ground().truths())
    assert {one.kind for one in told} == {TRUTH, TRUTH_MISPLACED} and all(one.is_true for one in told)
    for one in told:
        assert one.written.claim == one.written.quote and stands(one.written.quote)
        placed = one.written.passage in range(1, LAST + 1)
        assert placed == (one.kind == TRUTH)


def test_a_truth_names_the_speaker_whom_voices_establish() -> None:
    def heard(span: Span) -> Said:
        return Said(span, "reported", Speaker("Rosalind Thane", span))

    assert {one.written.speaker for one in ground(voices=heard).truths()} == {"Rosalind Thane"}


def test_without_another_article_nothing_is_told_from_none() -> None:
    for other in (None, ARTICLES[0]):  # the second is one of the passages' own
        told: list[Told] = [
            one for kind in KINDS if kind.startswith("made up") for one in ground(other=other).lies(kind)
        ]
        assert {one.kind for one in told} == {"made up: speaker alone"}


def test_no_passages_give_nothing_to_tell() -> None:
    assert not list(ground([]).truths()) and not any(list(ground([]).lies(kind)) for kind in KINDS)
