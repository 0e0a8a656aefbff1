"""The demo articles and the two question sets keep what they promise to readers and to the measurements."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ONRECORD_DATA") or ROOT.parent / "shared" / "data")
SEED_PAGE = DATA / "seed" / "000_3070a32557732d75.txt"
PARTS_OF_THE_PAGE = 3  # it holds three articles


def _records(name: str) -> list[dict[str, Any]]:
    lines = (ROOT / "eval" / "questions" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


DEMO_FILES = sorted((ROOT / "index" / "demo").glob("*.json"))
ARTICLES = [json.loads(path.read_text(encoding="utf-8")) for path in DEMO_FILES]
BY_URL = {article["url"]: article for article in ARTICLES}
DEMO = _records("demo.jsonl")
SEED = _records("seed.jsonl")


@pytest.fixture(scope="module")
def page() -> str:
    if not SEED_PAGE.is_file():
        pytest.skip(f"the saved page {SEED_PAGE} is missing: set ONRECORD_DATA to the folder that holds seed/")
    return SEED_PAGE.read_bytes().decode("utf-8")  # no newline translation: offsets count every character


def _by_url_end(end: str) -> dict[str, Any]:
    return next(article for url, article in BY_URL.items() if url.endswith(end))


def test_the_demo_holds_twelve_articles_with_urls_of_their_own() -> None:
    assert len(ARTICLES) == len(BY_URL) == 12


def test_demo_articles_carry_the_same_six_fields() -> None:
    assert {tuple(article) for article in ARTICLES} == {("title", "text", "url", "publisher", "authors", "published")}


def test_demo_articles_are_dated_in_the_spring_of_2031() -> None:
    for article in ARTICLES:
        assert date(2031, 3, 1) <= date.fromisoformat(article["published"]) <= date(2031, 5, 30), article["url"]


def test_demo_articles_come_from_at_least_four_publishers() -> None:
    assert len({article["publisher"] for article in ARTICLES}) >= 4


def test_demo_urls_use_names_reserved_for_examples() -> None:
    for url in BY_URL:
        host = urlsplit(url).hostname or ""
        assert url.startswith("https://"), url
        assert host == "example.org" or host.endswith(".example"), url


@pytest.mark.parametrize("article", ARTICLES, ids=[path.stem for path in DEMO_FILES])
def test_a_demo_article_is_as_long_as_a_short_news_story(article: dict[str, Any]) -> None:
    assert 250 <= len(article["text"].split()) <= 450


@pytest.mark.parametrize("article", ARTICLES, ids=[path.stem for path in DEMO_FILES])
def test_a_demo_article_is_in_paragraphs_without_stray_space(article: dict[str, Any]) -> None:
    paragraphs = article["text"].split("\n\n")
    assert len(paragraphs) >= 6
    assert all(" ".join(paragraph.split()) == paragraph for paragraph in paragraphs)


def test_the_demo_quotes_in_curly_and_in_straight_marks_and_closes_each() -> None:
    curly = [a for a in ARTICLES if "“" in a["text"]]
    straight = [a for a in ARTICLES if '"' in a["text"]]
    assert curly and straight
    assert len(curly) + len(straight) == len(ARTICLES)  # one style an article, as in print
    assert all(a["text"].count("“") == a["text"].count("”") for a in curly)
    assert all(a["text"].count('"') % 2 == 0 for a in straight)


def test_one_story_was_corrected_a_day_later_by_its_own_publisher() -> None:
    first, corrected = _by_url_end("/kellan-dam-repair"), _by_url_end("/kellan-dam-repair-corrected")
    assert first["publisher"] == corrected["publisher"]
    assert (date.fromisoformat(corrected["published"]) - date.fromisoformat(first["published"])).days == 1
    assert first["title"].replace("48", "84") == corrected["title"]
    body, note = corrected["text"].rsplit("\n\n", 1)
    assert first["text"].replace("48 million", "84 million") == body
    assert note.startswith("Correction, 15 April 2031:")


def test_only_the_corrected_story_nearly_repeats_another() -> None:
    near = [
        (a["url"], b["url"])
        for a, b in combinations(ARTICLES, 2)
        if SequenceMatcher(None, a["text"].split(), b["text"].split(), autojunk=False).ratio() > 0.5
    ]
    assert [{url.rsplit("/", 1)[1] for url in pair} for pair in near] == [
        {"kellan-dam-repair", "kellan-dam-repair-corrected"}
    ]


def test_two_publishers_give_different_numbers_for_the_same_flood() -> None:
    courier, wire = _by_url_end("/port-merrow-flood"), _by_url_end("/flood-grain-port")
    assert courier["publisher"] != wire["publisher"]
    assert "1,200" in courier["title"] and "850" not in courier["text"]
    assert "850" in wire["title"]


def test_two_opponents_contradict_each_other_in_one_article() -> None:
    text = _by_url_end("/kellan-bridge-recount")["text"]
    assert '"Three boxes came into the hall without a seal," Dannock told the Ledger.' in text
    assert '"Every box was sealed when it reached the hall," she told reporters.' in text


@pytest.mark.parametrize(
    "words",
    ["told The Harbour Courier", "citing the mediator’s minutes", "the envoy said", "she said", "will not", "unless"],
)
def test_the_demo_holds_the_forms_that_make_attribution_hard(words: str) -> None:
    assert any(words in article["text"] for article in ARTICLES)


@pytest.mark.parametrize(
    ("records", "answerable", "unanswerable"), [(DEMO, 17, 8), (SEED, 30, 16)], ids=["demo", "seed"]
)
def test_a_set_asks_its_number_of_questions_each_once(
    records: list[dict[str, Any]], answerable: int, unanswerable: int
) -> None:
    assert sum(bool(r["answers"]) for r in records) == answerable
    assert sum(not r["answers"] for r in records) == unanswerable
    assert len({r["id"] for r in records}) == len({r["question"] for r in records}) == len(records)


@pytest.mark.parametrize("record", DEMO + SEED, ids=[r["id"] for r in DEMO + SEED])
def test_a_question_has_evidence_exactly_when_it_has_an_answer(record: dict[str, Any]) -> None:
    source = record.get("gold_urls", record.get("article"))
    assert bool(record["answers"]) == bool(record["quotes"]) == bool(source)


@pytest.mark.parametrize("record", DEMO, ids=[r["id"] for r in DEMO])
def test_demo_quotes_stand_in_the_articles_named(record: dict[str, Any]) -> None:
    texts = [BY_URL[url]["text"] for url in record["gold_urls"]]
    for quote in record["quotes"]:
        assert any(quote in text for text in texts), quote
    for text in texts:
        assert any(quote in text for quote in record["quotes"]), "an article is named that holds none of the quotes"


@pytest.mark.parametrize("record", [r for r in DEMO if r["answers"]], ids=lambda r: r["id"])
def test_the_first_demo_answer_is_in_the_words_of_a_quote(record: dict[str, Any]) -> None:
    # Further answers may be paraphrases ("Rufus Dannock" for "Dannock").
    assert any(record["answers"][0].lower() in quote.lower() for quote in record["quotes"])


@pytest.mark.parametrize("record", [r for r in DEMO if "speaker" in r], ids=lambda r: r["id"])
def test_a_demo_speaker_is_named_in_full_in_each_article(record: dict[str, Any]) -> None:
    assert all(record["speaker"] in BY_URL[url]["text"] for url in record["gold_urls"])


@pytest.mark.parametrize("record", [r for r in DEMO if "as_of" in r], ids=lambda r: r["id"])
def test_a_dated_demo_question_is_asked_after_its_articles(record: dict[str, Any]) -> None:
    assert all(BY_URL[url]["published"] <= record["as_of"] for url in record["gold_urls"])


@pytest.mark.parametrize("record", [r for r in SEED if r["answers"]], ids=lambda r: r["id"])
def test_seed_quotes_are_the_hashed_characters_of_the_page(record: dict[str, Any], page: str) -> None:
    for quote in record["quotes"]:
        assert 0 <= quote["start"] < quote["end"] <= len(page)
        words = page[quote["start"] : quote["end"]]
        assert hashlib.sha256(words.encode()).hexdigest() == quote["sha256"]


@pytest.mark.parametrize("record", [r for r in SEED if r["answers"]], ids=lambda r: r["id"])
def test_the_first_seed_answer_is_in_the_words_of_a_quote(record: dict[str, Any], page: str) -> None:
    quotes = [page[quote["start"] : quote["end"]].lower() for quote in record["quotes"]]
    assert any(record["answers"][0].lower() in quote for quote in quotes)


def test_seed_questions_cover_every_article_of_the_page() -> None:
    assert {r["article"] for r in SEED if r["answers"]} == set(range(1, PARTS_OF_THE_PAGE + 1))


def test_the_seed_set_carries_offsets_and_hashes_but_not_the_words_of_the_page() -> None:
    for record in SEED:
        assert set(record) == {"id", "question", "answers", "article", "quotes"}
        assert all(set(quote) == {"start", "end", "sha256"} for quote in record["quotes"])
        assert all(len(answer.split()) <= 10 for answer in record["answers"])
