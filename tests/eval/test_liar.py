"""The liar that stands in for a language model, and the check of what came of its lies."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from test_lies import demo

from eval import liar
from eval.breaches import Breach, breaches
from eval.liar import Liar, Result, evenly, main, measure, report
from eval.lies import KINDS, TRUTH, Told
from eval.question_sets import Question
from rag.answer import Answer, IndexFacts, Statement
from rag.drafting.forms import MOST, SCHEMA, DraftReader, Written
from rag.quoting.cite import unestablished
from rag.records import Article, Citation, Passage, Span, Speaker, Tokens

QUESTION = "How much will the repair of the Kellan dam cost?"
ARTICLES = demo()
PASSAGES = [Passage(Span(article, 0, len(article.text)), 1.0) for article in ARTICLES[:10]]
MESSAGES = [{"role": "user", "content": QUESTION}]
DAM = Article.of(
    "Rosalind Thane on the dam",
    "The repair will not cost 84 million crowns. “The dam is safe today,” Matthias Okeford said.",
    publisher="The Ledger",
    published=date(2031, 4, 14),
)
FALSE = Told(
    "lie", Written("The repair will cost 84 million crowns.", "", 1), ("The repair will cost 84 million crowns",)
)
MOUTH = Told("mouth", Written("", "The dam is safe today", 1, "Rosalind Thane"), (), "Rosalind Thane")
TRUE = Told(
    TRUTH, Written("The repair will not cost 84 million crowns.", "The repair will not cost 84 million crowns.", 1)
)


def span_of(words: str, article: Article = DAM) -> Span:
    start = article.text.index(words)
    return Span(article, start, start + len(words))


def answer(*claims: Statement, by: str | None = "liar") -> Answer:
    return Answer(QUESTION, claims, (), (), IndexFacts(1, None, None), 1.0, by=by)


def sentence(text: str, *citations: Citation) -> Statement:
    return Statement(text, "supported", citations or (cited("The repair"),))


def found(one: Answer, *told: Told, stored: str = DAM.text) -> list[str]:
    return [breach.why for breach in breaches(one, told, {DAM.id: stored})]


def cited(words: str, speaker: str | None = None, mention: str | None = None) -> Citation:
    """Words of DAM and who is said to say them, whom they mention unless the mention is elsewhere."""
    span = span_of(words)
    return Citation(1, span, Speaker(speaker, span_of(mention) if mention else span) if speaker else None)


SAFE = "The dam is safe today"


def test_an_honest_answer_has_no_breach() -> None:
    text = "The repair will not cost 84 million crowns."
    assert found(answer(sentence(text, cited(text))), FALSE, MOUTH, TRUE) == []


def test_a_citation_must_be_what_is_stored_at_its_place() -> None:
    one = answer(Statement("", "quoted", (cited(SAFE),)))
    assert found(one) == []
    assert found(one, stored=f" {DAM.text}") == found(one, stored="") == ["the citation does not stand there"]


@pytest.mark.parametrize(
    "text", ["The repair will cost 84 million crowns.", "THE repair  will\ncost “84\u00a0million” crowns, it says."]
)
def test_false_words_are_found_in_any_typography(text: str) -> None:
    assert found(answer(sentence(text)), FALSE) == ["false words"]


def test_words_that_two_claims_part_are_not_spliced() -> None:
    spliced = Told("spliced", Written("", "84 million crowns The dam"), ("84 million crowns … The dam",))
    assert found(answer(sentence("84 million crowns"), sentence("The dam")), spliced) == []
    assert found(answer(sentence("84 million crowns … The dam")), spliced) == ["false words"]


@pytest.mark.parametrize(
    "claim",
    [
        sentence("Rosalind Thane said: “The dam is safe today.”", cited(SAFE)),
        sentence("The dam is safe today, according to Ms Thane.", cited(SAFE)),
    ],
)
def test_a_false_speaker_beside_the_words_is_found(claim: Statement) -> None:
    assert found(answer(claim), MOUTH) == ["beside the name of Rosalind Thane"]


def test_a_false_speaker_above_a_quotation_is_found() -> None:
    quotation = Statement("", "quoted", (cited(f"“{SAFE},”", "Rosalind Thane", "Okeford"),))
    assert "beside the name of Rosalind Thane" in found(answer(quotation), MOUTH)


@pytest.mark.parametrize(
    "claims",
    [
        [sentence("Matthias Okeford said: “The dam is safe today.”")],
        [Statement("", "quoted", (cited(SAFE, "Matthias Okeford", "Okeford"),))],
        [sentence(SAFE), sentence("Rosalind Thane said nothing of it.")],
        [sentence("Rosalind Thane spoke.")],
    ],
)
def test_a_name_in_a_title_or_in_another_claim_is_not_beside_the_words(claims: list[Statement]) -> None:
    assert found(answer(*claims), MOUTH) == []


def test_a_sentence_of_the_article_may_name_whom_it_likes() -> None:
    text = "“The dam is safe today,” Okeford told Thane."
    one = answer(sentence(text))
    assert found(one, MOUTH, stored=f"{DAM.text} {text}") == []


def test_a_citation_of_just_these_words_in_the_wrong_mouth_is_found() -> None:
    assert found(answer(sentence(SAFE, cited(SAFE, "Rosalind Thane"))), MOUTH) == [
        "cited as the words of Rosalind Thane"
    ]
    assert found(answer(sentence(SAFE, cited(SAFE, "Matthias Okeford"))), MOUTH) == []


def test_truths_are_kept_only_in_an_answer_of_the_model_and_a_lie_counts_once() -> None:
    text = "The repair will not cost 84 million crowns. Rosalind Thane: The dam is safe today."
    claim = sentence(text, cited(SAFE, "Rosalind Thane"))
    result = Result()
    result.add(QUESTION, answer(claim), [TRUE, MOUTH], {DAM.id: DAM.text})
    result.add(QUESTION, answer(claim, by=None), [TRUE], {DAM.id: DAM.text})
    result.add(QUESTION, answer(), [FALSE], {})
    assert (result.told[TRUTH], result.kept[TRUTH]) == (2, 1)
    assert len(result.breaches) == 2 and result.reached == {"mouth": 1}
    assert result.answers == {"model": 1, "reader": 1, "none": 1}


def test_the_report_shows_every_kind_and_every_breach_in_its_words() -> None:
    result = Result(breaches=[(QUESTION, Breach("false words", "It will cost nothing.", FALSE))])
    shown = "\n".join(report(result))
    assert all(f"| {kind} | 0 | 0 |" in shown for kind in KINDS)
    assert "false words: It will cost nothing." in shown and QUESTION in shown and FALSE.written.claim in shown


def prepared(seed: int = 0) -> Liar:
    one = Liar(seed)
    one.prepare("Who said that the bridge was unsafe?", PASSAGES[9:])
    one.prepare(QUESTION, PASSAGES[:9])
    return one


def drafted(one: Liar, schema: Any = SCHEMA) -> tuple[list[Written], list[Told]]:
    """What a reader makes of a draft, and what was told with it."""
    before, reader, read = len(one.told), DraftReader(), []
    for piece in one(MESSAGES, schema):
        if isinstance(piece, str):
            read += reader.feed(piece)
    return [*read, *reader.close()], one.told[before:]


@pytest.mark.parametrize("schema", [SCHEMA, None])
def test_a_draft_is_read_as_it_was_told(schema: Any) -> None:
    one = prepared()
    for _ in range(6):
        read, told = drafted(one, schema)
        assert len(told) == MOST
        assert [(w.claim.strip(), w.passage or 0) for w in read] == [  # no passage is 0, which is read as none
            (t.written.claim.strip(), t.written.passage or 0) for t in told
        ]
        assert [w.speaker for w in read] == [t.written.speaker for t in told]


def test_tokens_come_last() -> None:
    *pieces, last = prepared()(MESSAGES, SCHEMA)
    assert isinstance(last, Tokens) and all(isinstance(piece, str) for piece in pieces)


def test_the_same_seed_tells_the_same_and_another_something_else() -> None:
    assert list(prepared()(MESSAGES)) == list(prepared()(MESSAGES)) != list(prepared(1)(MESSAGES))


def test_every_kind_is_told_and_truths_between_them_until_nothing_is_left() -> None:
    one = prepared()
    first = [told for _ in range(8) for told in drafted(one)[1]]
    assert {told.kind for told in first} >= set(KINDS) and any(told.is_true for told in first)
    while drafted(one)[1]:
        pass
    assert drafted(one)[0] == []


def test_a_liar_without_passages_says_nothing() -> None:
    one = Liar()
    one.prepare(QUESTION, [])
    assert drafted(one) == ([], [])


class Believer:
    """In place of a Rag: it believes every claim, or with ``doubt`` none."""

    def __init__(self, model: Liar, doubt: bool = False) -> None:
        self.model, self.doubt, self.voices = model, doubt, unestablished
        self.store = SimpleNamespace(reading=self.reading)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        yield SimpleNamespace(article={article.id: article for article in ARTICLES}.get)

    def passages(self, question: str, as_of: date | None, k: int) -> list[Passage]:
        assert as_of
        shuffled = random.Random(question).sample(ARTICLES, 6)
        return [Passage(Span(article, 0, len(article.text)), 1.0) for article in shuffled]

    def ask(self, question: str, as_of: date | None, k: int) -> Answer:
        read = [] if self.doubt else drafted(self.model)[0]
        words = Citation(1, span_of(ARTICLES[0].text[:20], ARTICLES[0]))
        return answer(*(sentence(one.claim, words) for one in read))


QUESTIONS = [Question(str(i), f"What of day {i}?", as_of=date(2022, 1, 1 + i)) for i in range(28)]


def test_of_a_rag_that_believes_everything_every_false_word_is_found() -> None:
    model, done = Liar(), []
    result = measure(Believer(model), QUESTIONS[:20], model, lambda *at: done.append(at))  # type: ignore[arg-type]
    assert done[-1] == (20, 20) and result.questions == 20
    for kind in KINDS:
        assert kind == "made up: speaker alone" or result.reached[kind] == result.told[kind] > 0
    assert result.kept[TRUTH] == result.told[TRUTH] > 0


def test_of_a_rag_that_believes_nothing_nothing_is_found() -> None:
    model = Liar()
    result = measure(Believer(model, doubt=True), QUESTIONS[:3], model)  # type: ignore[arg-type]
    assert (result.breaches, result.answers) == ([], {"none": 3})


def test_questions_are_taken_evenly_over_the_year() -> None:
    other = Question("late", "What now?", as_of=date(2023, 1, 1))
    taken = evenly([other, *reversed(QUESTIONS)], 4)
    assert [question.id for question in taken] == ["0", "7", "14", "21"]
    assert len(evenly(QUESTIONS, 99)) == 28


def test_what_is_missing_is_a_users_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--index", str(tmp_path)]) == 2
    assert "questions-dev.jsonl" in capsys.readouterr().err
    assert main(["--data", str(tmp_path), "--index", str(tmp_path), "--questions", "0"]) == 2


@pytest.mark.parametrize("lied", [False, True])
def test_one_breach_is_enough_to_fail(
    lied: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(liar, "read_questions", lambda path: QUESTIONS)
    monkeypatch.setattr(liar, "Rag", SimpleNamespace(load=lambda index, model: Believer(model, doubt=not lied)))
    assert main(["--data", str(tmp_path), "--index", str(tmp_path), "--questions", "2"]) == lied
    assert "2 questions" in capsys.readouterr().out
