"""The shapes of exports that are known by name, each read from a file such as people have: tests/inputs/exports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.articles import Source, read_source
from index.build import build
from index.records import Skipped
from rag import Embedder, Rag
from rag.records import Article

EXPORTS = Path(__file__).parents[1] / "inputs" / "exports"
DAY = date(2031, 2, 11)


def read(name: str) -> tuple[list[Article], list[str], bool]:
    """The articles of an export, the reasons of its notices, and whether it is a window."""
    items = read_source(Source(name, EXPORTS / name))
    articles: list[Article] = []
    reasons: list[str] = []
    while True:
        try:
            item = next(items)
        except StopIteration as end:
            return articles, reasons, end.value
        if isinstance(item, Skipped):
            reasons.append(item.reason)
        else:
            articles.append(item)


@pytest.mark.parametrize(
    ("name", "title", "publisher", "authors", "url"),
    [
        ("json-feed.json", "Orrin rebuilds its pier", "Orrin Courier", ("Ilse Varga",),
         "https://orrin-courier.example/pier"),
        ("newsapi.json", "Norhaven opens its lock & gate", "Norhaven Wire", ("Ada Quill", "Bo Marsh"),
         "https://norhaven-wire.example/lock?utm_source=newsapi"),
        ("guardian.json", "Keldria closes its last coal mine", "The Guardian", ("Runa Eskild in Keldria",),
         "https://guardian.example/world/2031/feb/11/keldria"),
        ("new-york-times.json", "Kellan Recount Changes Nothing", "The New York Times", ("Sela Dunn and Piet Orr",),
         "https://nyt.example/2031/02/11/world/kellan.html"),
        ("event-registry.json", "Werft in Brackwater bestellt", "Brackwater Bote", ("Tilda Marn",),
         "https://brackwater-bote.example/werft"),
        ("gdelt.json", "Arrel telescope sends its first picture of the southern sky", "vantry-post.example", (),
         "https://m.vantry-post.example/telescope?utm_campaign=x"),
        ("news-please.json", "Merrow builds again", "harbour-courier.example", ("Nerys Dunmore",),
         "https://harbour-courier.example/merrow"),
        ("cc-news.jsonl", "Marsh fever vaccine ships", "vantry-post.example", (),
         "https://vantry-post.example/vaccine"),
        ("newscatcher.json", "Skarrow ferry doubles its sailings", "Skarrow Echo", ("Willem Cade",),
         "https://www.skarrow-echo.example/ferry#top"),
        ("huffpost.jsonl", "Over 4 Million Crowns Raised For Norhaven Flood Victims", "huff.example",
         ("Constance Abery", "AP"),
         "https://www.huff.example/entry/a_1"),
        ("all-the-news.csv", "Granary of Kellan burns for a second night - The Kellan Ledger", "The Kellan Ledger",
         ("Desmond Arkwell",),
         None),
        ("trafilatura.json", "Lowmere weighs its bells", "Lowmere Post", ("Yara Lindholt", "Bo Marsh"),
         "https://lowmere.example/bells"),
        ("excel.csv", "Excel & the bridge", "R&D Weekly", (), None),
        ("pandas.csv", "Toll road opens", "Orrin Courier", ("Ada Quill", "Bo Marsh"), None),
    ],
)  # fmt: skip
def test_an_export_gives_the_facts_of_its_first_article(
    name: str, title: str, publisher: str, authors: tuple[str, ...], url: str | None
) -> None:
    found = read(name)[0][0]
    assert (found.title, found.publisher, found.authors) == (title, publisher, authors)
    assert (found.published, found.url) == (DAY, url)


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("json-feed.json", ["item 2: kept incomplete: JSON Feed gives its summary alone"]),
        (
            "newsapi.json",
            [
                "item 1: kept incomplete: its supplier cut 1873 characters ('[+1873 chars]')",
                "item 2: kept incomplete: NewsAPI gives its description alone",
            ],
        ),
        ("guardian.json", ["item 2: kept incomplete: Guardian gives its webTitle alone"]),
        ("new-york-times.json", ["item 1: kept incomplete: New York Times gives its lead_paragraph alone"]),
        ("event-registry.json", []),
        ("gdelt.json", ["item 1: kept incomplete: GDELT gives its title alone"]),
        ("news-please.json", []),
        ("cc-news.jsonl", []),
        ("newscatcher.json", ["item 2: kept incomplete: its supplier marks it as paid content"]),
        ("huffpost.jsonl", ["kept incomplete: HuffPost gives its short_description alone"]),
        ("all-the-news.csv", ["kept undated: '2031-02-30' is a day that no calendar has"]),
        ("trafilatura.json", []),
        ("excel.csv", []),
        ("pandas.csv", []),
    ],
)
def test_what_an_export_cuts_or_gets_wrong_is_named_and_nothing_else(name: str, reasons: list[str]) -> None:
    assert read(name)[1] == reasons


def test_a_suppliers_count_of_what_it_cut_is_no_part_of_the_text() -> None:
    assert read("newsapi.json")[0][0].text.endswith("The first barge through was the Pati…")


def test_what_pandas_prints_for_nothing_is_nothing() -> None:
    second = read("all-the-news.csv")[0][1]
    assert (second.authors, second.url) == ((), None)
    assert read("cc-news.jsonl")[0][1].published is None
    null = read("excel.csv")[0][1]
    assert (null.publisher, null.published) == (None, None)


def test_a_list_that_numpy_printed_keeps_its_names_apart() -> None:
    assert read("pandas.csv")[0][1].authors == ("Ada Quill", "Bo Marsh")


def test_entities_without_tags_are_their_characters() -> None:
    assert "it is 40 tonnes too heavy, the engineer's report says." in read("excel.csv")[0][0].text


def test_what_a_service_answers_is_a_window_and_an_export_of_ones_own_is_not() -> None:
    windows = {path.name for path in EXPORTS.iterdir() if read(path.name)[2]}
    assert windows == {
        "json-feed.json", "newsapi.json", "guardian.json", "new-york-times.json", "event-registry.json", "gdelt.json",
        "newscatcher.json",
    }  # fmt: skip


ASKED = {
    "json-feed.json": ("What did Maud Ferrant say about the pier?", "We have patched this pier for forty years"),
    "newsapi.json": ("What did Jonna Reeve say about the lock?", "Nobody believed the date until the water came in"),
    "guardian.json": ("What did Osric Thane say about the pithead?", "My father went down there"),
    "new-york-times.json": (
        "What did Petra Holm say about the recount?",
        "The recount of the bridge vote changed eleven ballots",
    ),
    "event-registry.json": ("What did Henrike Saal say about steel?", "steel is cheaper than regret"),
    "news-please.json": ("What did Corin Vale say about the stadium?", "A stadium without a roof"),
    "cc-news.jsonl": ("What did Sunniva Rell say about the boxes?", "The first boxes go to the islands"),
    "newscatcher.json": ("What did Agnes Thorley say about the ferry?", "An island without a ferry is a museum"),
    "all-the-news.csv": ("What did Fergus Haleworth say about the granary?", "We saved the seed corn"),
    "trafilatura.json": ("What did Hollis Avery say about the bell?", "A bell that cannot ring"),
}


def test_every_export_is_indexed_asked_and_quoted(tmp_path: Path, embedder: Embedder) -> None:
    assert build([str(EXPORTS)], tmp_path, embedder).added == 22
    rag = Rag.load(tmp_path, embedder=embedder)
    for name, (question, words) in ASKED.items():
        quotes = [citation.quote for citation in rag.ask(question).citations]
        assert any(words in quote for quote in quotes), (name, quotes)
