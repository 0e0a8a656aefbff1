"""Of one article that several sources give: whose words stand, in whatever order they are read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from embedders import HashEmbedder

from index.build import Report, build
from index.records import Skipped
from index.response import Fetched
from index.versions import replaces
from rag.records import Article
from rag.store import Store, Version, Visit

EMBEDDER = HashEmbedder()
PIER = "https://lowmere.example/2031/pier"
WHOLE = "The pier of Lowmere broke in the night. " * 20
TEASER = "The pier broke, and more is on our site."
FEED, STRANGER = "https://lowmere.example/feed", "https://evil.example/feed"


def page(file: Path, text: str, day: str = "2031-02-05", title: str = "Pier") -> str:
    file.write_text(json.dumps({"title": title, "text": text, "url": PIER, "date": day}))
    return str(file)


def feed(text: str, day: str = "05 Feb 2031", title: str = "Pier", link: str = f"{PIER}?utm_source=rss") -> bytes:
    entry = f"<title>{title}</title><link>{link}</link><pubDate>{day}</pubDate><description>{text}</description>"
    return f"<rss version='2.0'><channel><title>Wire</title><item>{entry}</item></channel></rss>".encode()


class Index:
    """An index, and a web that holds what ``served`` says."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.served = folder, dict[str, bytes]()

    def read(self, target: str, served: bytes | None = None) -> Report:
        if served is not None:
            self.served[target] = served

        def get(url: str, known: Visit | None) -> Fetched:
            return Fetched(url, self.served[url], "application/rss+xml", "utf-8")

        return build([target], self.folder, EMBEDDER, get=get)

    @property
    def article(self) -> Article:
        with Store(self.folder).reading() as snapshot:
            ((_, article),) = snapshot.articles()
        return article


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "index")


def test_a_feeds_summary_takes_no_articles_place(index: Index, tmp_path: Path) -> None:
    file = page(tmp_path / "a.json", WHOLE)
    index.read(file)
    report = index.read(FEED, feed(TEASER, "06 Feb 2031"))
    assert (index.article.text, index.article.url) == (WHOLE.strip(), PIER)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
    assert report.skipped == [
        Skipped(FEED, "1 text not taken, such as 'Pier': of its address a fuller, newer or surer one stands")
    ]


def test_an_article_takes_the_place_of_its_summary_though_that_has_a_later_day(index: Index, tmp_path: Path) -> None:
    index.read(FEED, feed(TEASER, "06 Feb 2031"))
    assert index.read(page(tmp_path / "a.json", WHOLE)).changed == 1
    assert index.article.text == WHOLE.strip()
    index.read(FEED, feed(TEASER + " Read on.", "07 Feb 2031"))
    assert index.article.text == WHOLE.strip()


@pytest.mark.parametrize("forged_first", [False, True])
def test_another_sites_feed_puts_no_words_under_an_address_that_its_own_site_or_a_file_gave(
    index: Index, tmp_path: Path, forged_first: bool
) -> None:
    forged = feed("The mayor said: “I took the money.” " * 40, "07 Feb 2031", "Mayor")
    if forged_first:
        index.read(STRANGER, forged)
    index.read(page(tmp_path / "a.json", WHOLE))
    report = index.read(STRANGER, forged + b"<!-- again -->")
    assert index.article.text == WHOLE.strip() and "'Mayor'" in report.skipped[0].reason


def test_another_sites_feed_that_first_gave_the_true_words_may_not_change_them_later(index: Index) -> None:
    index.read(STRANGER, feed(WHOLE))
    index.read(FEED, feed(WHOLE))
    index.read(STRANGER, feed("The mayor took the money. " * 40, "09 Feb 2031"))
    assert index.article.text == WHOLE.strip()


def test_a_source_corrects_itself_to_whatever_length_and_day(index: Index, tmp_path: Path) -> None:
    file = page(tmp_path / "a.json", WHOLE)
    index.read(file)
    index.read(FEED, feed(TEASER))
    page(tmp_path / "a.json", "It did not break.", "2031-02-04")
    assert index.read(file).changed == 1
    assert (index.article.text, index.article.published) == ("It did not break.", date(2031, 2, 4))


def test_words_that_nobody_gives_any_more_stand_for_nothing(index: Index, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    page(news / "a.json", WHOLE)
    page(news / "b.json", TEASER, "2031-02-04", "Teaser")
    index.read(str(news))
    (news / "a.json").unlink()
    index.read(str(news))
    assert index.article.text == TEASER


def test_two_texts_of_one_address_in_one_file_are_told(index: Index, tmp_path: Path) -> None:
    posts = [
        {"title": f"Post {n}", "text": f"Post {n} it was.", "url": f"{PIER}#post-{n}", "date": "2031-02-05"}
        for n in range(12)
    ]
    (tmp_path / "a.json").write_text(json.dumps(posts))
    report = index.read(str(tmp_path / "a.json"))
    assert [item.reason for item in report.skipped] == [
        "11 texts not taken, such as 'Post 0': of its address a fuller, newer or surer one stands"
    ]


def version(length: int = 900, day: int | None = 5, own: bool = True, source: str = "a") -> Version:
    return Version("", source, own, "", "", length, date(2031, 2, day) if day else None)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (version(own=True, length=10, day=None), version(own=False, day=9, source="b")),
        (version(length=900, day=None), version(length=449, day=9, source="b")),
        (version(length=500, day=9), version(length=900, source="b")),
        (version(day=5), version(day=None, source="b")),
        (version(length=900), version(length=899, source="b")),
    ],
)
def test_one_of_two_versions_is_the_better_whichever_comes_first(better: Version, worse: Version) -> None:
    assert replaces(better, worse) and not replaces(worse, better)


def test_of_one_source_and_day_the_later_version_holds_though_it_is_shorter() -> None:
    assert replaces(version(length=899), version(length=900))
