"""The reader: which sentences it quotes, and when it abstains. With the real embedder, over invented articles."""

from __future__ import annotations

from datetime import date

import pytest

from rag.models.embedder import load_embedder
from rag.quoting.cite import cite
from rag.reading.reader import Reader
from rag.records import Article, Draft, Passage, Span

PORT = Article.of(
    "Port of Norhaven counts more ships",
    "NORHAVEN - The port of Norhaven grew in May, its harbour master said on Monday.\n"
    "“We have never been so full,” Ada Lund told The Wire. She said that 340 ships had called, 25 more than in April.\n"
    "Her deputy, Anders Roon, warned that the quay would not last. Repairs would cost 12 million crowns.\n",
    publisher="The Post",
    published=date(2031, 6, 2),
)
CORRECTED = Article.of(
    PORT.title,
    PORT.text.replace("340", "304") + "Correction: an earlier version gave the number of ships as 340.",
    url="https://post.example/corrected",
    publisher="The Post",
    published=date(2031, 6, 3),
)
OTHER = Article.of(
    "Norhaven busy",
    "By the count of the pilots of Norhaven, 298 ships called in May.",
    publisher="The Courier",
    published=date(2031, 6, 2),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_embedder())


def draft(reader: Reader, question: str, *articles: Article) -> Draft:
    return reader(question, [Passage(Span(a, 0, len(a.text)), 1.0 - 0.1 * i) for i, a in enumerate(articles)])


def quotes(drafted: Draft) -> list[str]:
    return [quote.text for claim in drafted.claims for quote in claim.quotes]


def test_the_sentence_that_answers_is_quoted_with_publisher_title_and_date(reader: Reader) -> None:
    drafted = draft(reader, "How many ships called at Norhaven in May?", PORT)
    assert drafted.claims[0].text == ""
    (said,) = cite(drafted).claims[:1]
    assert said.prose == "The Post, “Port of Norhaven counts more ships”, 2 June 2031:"
    assert any("340 ships" in line for line in said.quotation)


def test_every_quote_of_a_draft_holds(reader: Reader) -> None:
    for question in ("How many ships called at Norhaven in May?", "What did Ada Lund tell The Wire?"):
        drafted = draft(reader, question, PORT, OTHER)
        citing = cite(drafted)
        assert citing.claims and not citing.rejected


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did Ada Lund say about Brackwater?", "Brackwater"),
        ("How many ships called at Norhaven in July?", "July"),
        ("Did Anders Roon say that 340 ships had called?", "340"),
        ("What did Anders Roon tell The Wire?", "Wire"),
        ("How many teachers called at Norhaven in May?", "number"),
        ("How high is the quay of Norhaven?", "length"),
    ],
    ids=["a name", "a month", "a number", "a speaker", "what is counted", "a length"],
)
def test_without_what_the_question_pins_down_it_abstains_and_says_so(
    reader: Reader, question: str, missing: str
) -> None:
    drafted = draft(reader, question, PORT)
    assert drafted.claims == () and drafted.reason and missing in drafted.reason


def test_of_two_versions_the_newer_is_quoted_first_and_the_older_named(reader: Reader) -> None:
    drafted = draft(reader, "How many ships called at Norhaven in May?", PORT, CORRECTED)
    first, second = cite(drafted).claims[:2]
    assert "304 ships" in first.quotation[0] and first.prose.endswith("3 June 2031:")
    assert second.prose.startswith("An older version of this story: The Post") and "340 ships" in second.quotation[0]


def test_another_publishers_number_is_added(reader: Reader) -> None:
    found = quotes(draft(reader, "How many ships called at Norhaven in May?", OTHER, PORT))
    assert any("298" in quote for quote in found)


def test_nothing_to_read_is_said(reader: Reader) -> None:
    assert reader("How many ships called?", []).reason == "No article of the index is about this."
