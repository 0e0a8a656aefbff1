"""Watching, on a clock of its own: ten minutes pass in seconds, the server and the index are real."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from embedders import HashEmbedder
from sites import Site, answer, drip, here_only, site

from index.build import Report, build
from index.fetch import fetch
from index.watch import MOST, PATIENCE, back_off, interval, watch, watchable
from index.watch_command import _Told
from index.words import terms_of
from rag.errors import IndexMismatch, InputError
from rag.records import Article
from rag.store import HELD, Store, Watched

__all__ = ["site"]  # a fixture

EMBEDDER = HashEmbedder()
BEGIN = 1_932_537_600.0  # 2031-03-29
PAGE = b"<html><head><title>%s</title></head><body><article><h1>%s</h1><p>%s</p></article></body></html>"
STORY = b"The harbour master of Norhaven, Ada Lund, said on Monday that 340 ships had called at the port in May. " * 3


def get_here(url: str, *args: Any, **options: Any) -> Any:
    """``fetch`` of this machine, which is impatient with what is slow."""
    return fetch(url, *args, allow=here_only, seconds=0.3 if url.endswith("/slow") else 60, **options)


class Minutes:
    """A clock that stands still while something is done, and leaps while it is waited for."""

    def __init__(self, minutes: float, begin: float = BEGIN) -> None:
        self.time, self._end = begin, begin + 60 * minutes
        self._events: list[tuple[float, Callable[[], object]]] = []

    def at(self, minute: float, event: Callable[[], object]) -> None:
        self._events.append((self.time + 60 * minute, event))

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> bool:
        self.time += seconds
        for event in [event for event in self._events if event[0] <= self.time]:
            self._events.remove(event)
            event[1]()
        return self.time >= self._end


class Watch:
    """An index whose watched sources are run by a clock; ``runs`` are (minute, target, how it was left, report)."""

    def __init__(self, folder: Path, *targets: str, every: float | None = 60.0) -> None:
        self.folder, self.runs = folder, list[tuple[float, str, Watched, Report]]()
        self.store = Store.create(folder, EMBEDDER)
        with self.store.writing() as transaction:
            for target in watchable(targets):
                transaction.watch(target, every, BEGIN)

    def run(self, clock: Minutes, get: Any = get_here, **options: Any) -> None:
        def told(source: Watched, report: Report) -> None:
            self.runs.append(((clock.now() - BEGIN) / 60, source.target, source, report))

        watch(self.folder, lambda: EMBEDDER, told, clock=clock, get=get, **options)

    def minutes(self, target: str) -> list[float]:
        return [minute for minute, ran, *_ in self.runs if ran == target]

    def last(self, target: str) -> Watched:
        with self.store.reading() as snapshot:
            return next(one for one in snapshot.watched() if one.target == target)

    def titles(self) -> set[str]:
        with self.store.reading() as snapshot:
            return {article.title for _, article in snapshot.articles()}


class Feed:
    """A feed that grows at the top and holds its newest three entries only, as feeds do."""

    def __init__(self, *titles: str) -> None:
        self.titles = list(titles)

    def add(self, title: str) -> None:
        self.titles.insert(0, title)

    def __call__(self) -> bytes:
        entries = "".join(
            f"<item><title>{title}</title><link>https://courier.example/{title.replace(' ', '-')}</link>"
            f"<description>{title}: Ada Lund counted the ships of Norhaven again.</description></item>"
            for title in self.titles[:3]
        )
        return f"<rss version='2.0'><channel><title>Courier</title>{entries}</channel></rss>".encode()


def drip_page(handler: BaseHTTPRequestHandler) -> None:
    answer(handler, b"", content_type="text/html")
    drip(handler, b"x")


def test_ten_minutes_of_a_feed_a_page_a_folder_and_of_everything_that_goes_wrong(site: Site, tmp_path: Path) -> None:
    clock, news = Minutes(10), tmp_path / "news"
    news.mkdir()
    courier = Feed("Ferry late", "Quay open")
    clock.at(3, lambda: courier.add("Bridge shut"))
    clock.at(7, lambda: (courier.add("Tram back"), courier.add("Lock full"), courier.add("Tide high")))
    clock.at(4, lambda: (news / "port.txt").write_text("Port counts ships\n\n" + STORY.decode()))
    feed = site.serve_state("/feed", courier, "application/rss+xml")
    page = site.serve_state("/page", lambda: PAGE % (b"Harbour", b"Harbour", STORY), "text/html")
    site.answers["/broken"] = lambda handler: answer(handler, b"", 500)
    site.answers["/slow"] = drip_page
    broken, slow, loop = site.url("/broken"), site.url("/slow"), site.redirect("/loop", "/loop")
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /members/", content_type="text/plain")
    site.serve("/members/list", PAGE % (b"Members", b"Members", STORY))
    forbidden = site.url("/members/list")

    watched = Watch(tmp_path / "index", broken, loop, slow, forbidden, feed, page, str(news))
    watched.run(clock)

    every_minute = [float(minute) for minute in range(10)]
    assert watched.minutes(feed) == watched.minutes(page) == watched.minutes(str(news)) == every_minute
    assert [report.added for _, ran, _, report in watched.runs if ran == feed] == [2, 0, 0, 1, 0, 0, 0, 3, 0, 0]
    assert [report.added for _, ran, _, report in watched.runs if ran == str(news)] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert (site.count("/feed", 200), site.count("/feed", 304)) == (3, 7)
    assert (site.count("/page", 200), site.count("/page", 304)) == (1, 9)

    for failing in (broken, slow, loop, forbidden):  # 2, then 4 minutes later, and 8 would be after the end
        assert watched.minutes(failing) == [0.0, 2.0, 6.0]
        assert watched.last(failing).failures == 3 and watched.last(failing).next_run == BEGIN + 14 * 60
    assert watched.last(broken).error == "the server answered 500 Internal Server Error"
    assert watched.last(slow).error.startswith("it took longer than 0.3 seconds")
    assert watched.last(loop).error.startswith("more than 5 redirects")
    assert "robots.txt" in watched.last(forbidden).error and site.count("/members/list") == 0
    assert site.count("/robots.txt") == 1

    # What a feed shows no more is kept.
    told = {"Ferry late", "Quay open", "Bridge shut", "Tram back", "Lock full", "Tide high", "Harbour"}
    assert watched.titles() == told | {"Port counts ships"}
    assert watched.last(feed).error == "" and watched.last(feed).last_run == BEGIN + 9 * 60


def test_a_restart_knows_what_it_has_seen(site: Site, tmp_path: Path) -> None:
    feed = site.serve_state("/feed", Feed("Ferry late"), "application/rss+xml")
    Watch(tmp_path / "index", feed).run(Minutes(0.1))
    later = Watch(tmp_path / "index")
    later.run(Minutes(1, BEGIN + 60))
    assert later.minutes(feed) == [1.0]
    assert [status for path, status in site.statuses if path == "/feed"] == [200, 304]


def test_a_source_that_recovers_is_read_at_its_interval_again(site: Site, tmp_path: Path) -> None:
    clock, courier = Minutes(6), Feed("Ferry late")
    feed = site.url("/feed")
    site.answers["/feed"] = lambda handler: answer(handler, b"", 502)
    clock.at(1, lambda: site.serve_state("/feed", courier, "application/rss+xml"))
    watched = Watch(tmp_path / "index", feed)
    watched.run(clock)
    assert watched.minutes(feed) == [0.0, 2.0, 3.0, 4.0, 5.0]
    assert [source.failures for *_, source, _ in watched.runs] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("wanted", "seconds"),
    [("600", 600.0), ("30", 120.0), (str(10**9), PATIENCE), ("9" * 400, PATIENCE), ("never", 120.0)],
)
def test_a_server_that_asks_to_be_left_alone_is_left_alone_for_a_day_at_most(
    site: Site, tmp_path: Path, wanted: str, seconds: float
) -> None:
    site.answers["/feed"] = lambda handler: answer(handler, b"", 429, retry_after=wanted)
    site.serve("/robots.txt", b"", content_type="text/plain")
    watched = Watch(tmp_path / "index", site.url("/feed"))
    watched.run(Minutes(0.1))
    assert watched.last(site.url("/feed")).next_run == BEGIN + seconds


def test_a_day_in_retry_after_counts_from_the_servers_own_clock(site: Site, tmp_path: Path) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(minutes=30), usegmt=True)
    site.answers["/feed"] = lambda handler: answer(handler, b"", 503, retry_after=until)
    watched = Watch(tmp_path / "index", site.url("/feed"))
    watched.run(Minutes(0.1))
    assert watched.last(site.url("/feed")).next_run - BEGIN == pytest.approx(1800, abs=60)


@pytest.mark.parametrize("every", [60.0, 900.0, 86_400.0])
def test_the_back_off_doubles_up_to_its_bound_and_never_undercuts_the_interval(every: float) -> None:
    waits = [back_off(every, failures) for failures in range(2_000)]
    assert waits == sorted(waits) and waits[0] == every and waits[-1] == max(every, MOST)
    assert all(wait in (every * 2**failures, max(every, MOST)) for failures, wait in enumerate(waits[:12]))


def test_a_folder_is_looked_at_at_its_interval_also_while_it_is_not_there(tmp_path: Path) -> None:
    news, clock = tmp_path / "news", Minutes(5)
    news.mkdir()
    watched = Watch(tmp_path / "index", str(news))
    clock.at(0.5, news.rmdir)
    clock.at(2.5, lambda: (news.mkdir(), (news / "port.txt").write_text("Port counts ships\n\n" + STORY.decode())))
    watched.run(clock)
    assert watched.minutes(str(news)) == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert [source.error for *_, source, _ in watched.runs] == ["", *["there is no such file or folder"] * 2, "", ""]
    assert watched.titles() == {"Port counts ships"}


def test_a_file_that_is_of_no_use_is_noted_and_its_folder_does_not_fail(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "budget.xlsx").write_bytes(b"PK")
    watched = Watch(tmp_path / "index", str(news))
    watched.run(Minutes(0.1))
    left = watched.last(str(news))
    assert (left.error, left.failures, left.skipped) == ("", 0, 1)
    assert "budget.xlsx: XLSX is not supported" in left.note


def test_what_somebody_removed_is_not_brought_back_by_watching_but_by_adding_it_again(
    site: Site, tmp_path: Path
) -> None:
    courier, clock = Feed("Ferry late", "Quay open"), Minutes(3)
    feed = site.serve_state("/feed", courier, "application/rss+xml")
    watched = Watch(tmp_path / "index", feed)

    def remove() -> None:
        with watched.store.writing() as transaction:
            gone = next(a.id for _, a in transaction.articles() if a.title == "Ferry late")
            assert transaction.remove(gone)

    clock.at(0.5, remove)
    clock.at(1.5, lambda: courier.add("Bridge shut"))
    watched.run(clock)
    assert watched.titles() == {"Quay open", "Bridge shut"}
    assert [report.left_out for *_, report in watched.runs] == [0, 0, 1]
    build([feed], tmp_path / "index", EMBEDDER, get=get_here)
    assert watched.titles() == {"Ferry late", "Quay open", "Bridge shut"}


def test_a_feed_is_for_programs_whatever_robots_txt_says_once_it_is_known_as_one(site: Site, tmp_path: Path) -> None:
    feed = site.serve_state("/feed", Feed("Ferry late"), "application/rss+xml")
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /", content_type="text/plain")
    watched = Watch(tmp_path / "index", feed)
    watched.run(Minutes(0.1))
    assert "add it once as a person" in watched.last(feed).error and site.count("/feed") == 0
    build([feed], tmp_path / "index", EMBEDDER, get=get_here)
    watched.run(Minutes(3))
    assert watched.last(feed).error == "" and site.count("/feed", 304) == 1


def test_a_page_may_not_lead_to_what_robots_txt_forbids(site: Site, tmp_path: Path) -> None:
    site.serve("/robots.txt", b"User-agent: *\nDisallow: /members/", content_type="text/plain")
    site.serve("/members/list", PAGE % (b"Members", b"Members", STORY))
    watched = Watch(tmp_path / "index", site.redirect("/page", "/members/list"))
    watched.run(Minutes(0.1))
    assert "forbids programs to fetch '/members/list'" in watched.last(site.url("/page")).error
    assert site.count("/members/list") == 0


def test_whatever_fetching_one_source_raises_the_others_are_read(site: Site, tmp_path: Path) -> None:
    odd, feed = site.url("/odd"), site.serve_state("/feed", Feed("Ferry late"), "application/rss+xml")

    def get(url: str, *args: Any, **options: Any) -> Any:
        if url == odd:
            raise ZeroDivisionError("by zero")
        return get_here(url, *args, **options)

    watched = Watch(tmp_path / "index", odd, feed)
    watched.run(Minutes(0.1), get)
    assert "ZeroDivisionError: by zero" in watched.last(odd).error and watched.titles() == {"Ferry late"}


def test_whatever_happens_while_one_source_is_stored_the_others_are_read(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, feed = (site.serve_state(path, Feed(path[1:]), "application/rss+xml") for path in ("/odd", "/feed"))

    def words(article: Article, chunks: Any) -> Any:
        if article.title == "odd":
            raise ZeroDivisionError("by \x1b[31mzero")
        return terms_of(article, chunks)

    monkeypatch.setattr("index.run.terms_of", words)
    watched = Watch(tmp_path / "index", odd, feed)
    watched.run(Minutes(0.1))
    assert watched.last(odd).error.startswith("ZeroDivisionError: by") and watched.titles() == {"feed"}
    logged = capsys.readouterr().err
    assert "Traceback" in logged and "\x1b" not in logged


def test_a_run_that_is_stopped_within_is_due_still(tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_text("Port counts ships\n\n" + STORY.decode())
    watched = Watch(tmp_path / "index", str(tmp_path / "port.txt"))

    def stop() -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(tmp_path / "index", stop, clock=Minutes(1))
    assert watched.last(str(tmp_path / "port.txt")).next_run == BEGIN


def test_an_index_that_cannot_be_used_ends_the_watch(tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_text("Port counts ships\n\n" + STORY.decode())
    watched = Watch(tmp_path / "index", str(tmp_path / "port.txt"))

    class Other(HashEmbedder):
        name = "other"

    with pytest.raises(IndexMismatch, match="'other'"):
        watch(tmp_path / "index", Other, clock=Minutes(1))
    assert watched.last(str(tmp_path / "port.txt")).next_run == BEGIN


def test_two_programs_that_watch_one_index_share_the_work(site: Site, tmp_path: Path) -> None:
    feeds = [site.serve_state(f"/feed{i}", Feed(f"Ferry {i}"), "application/rss+xml") for i in range(8)]
    watched = Watch(tmp_path / "index", *feeds)
    threads = [threading.Thread(target=watched.run, args=[Minutes(0.1)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [site.count(f"/feed{i}") for i in range(8)] == [1] * 8
    assert len(watched.titles()) == 8


def test_a_run_that_lasts_longer_than_its_interval_is_not_begun_by_another_program(tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_text("Port counts ships\n\n" + STORY.decode())
    port = str(tmp_path / "port.txt")
    clock, seen, watched = Minutes(3), list[Watched | None](), Watch(tmp_path / "index", port)

    def another() -> HashEmbedder:
        for _ in range(20):  # ten hours
            clock.time += HELD / 2
            with watched.store.writing() as transaction:
                transaction.hold(port, clock.time)  # as a run does that goes on
                transaction.watch(port, None, clock.time)  # somebody names it again meanwhile
                seen.append(transaction.claim(clock.time))
        return EMBEDDER

    watch(tmp_path / "index", another, clock=clock)
    assert seen == [None] * 20
    assert watched.last(port).held == 0.0 and watched.last(port).next_run == watched.last(port).last_run + 60


def test_a_run_that_goes_on_says_so(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for name in ("a", "b", "c"):
        (news / f"{name}.txt").write_text(f"Port {name} counts ships\n\n" + STORY.decode())
    clock, held = Minutes(3), list[float]()
    watched = Watch(tmp_path / "index", str(news))

    def told(report: Report) -> None:
        held.append(watched.last(str(news)).held - clock.time)
        clock.time += HELD / 2

    watch(tmp_path / "index", lambda: EMBEDDER, progress=lambda: told, clock=clock)
    assert held == [HELD] * 4


def test_what_a_killed_run_held_is_due_again(tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_text("Port")
    watched = Watch(tmp_path / "index", str(tmp_path / "port.txt"), every=86_400.0)
    with watched.store.writing() as transaction:
        assert transaction.claim(BEGIN)
        assert transaction.claim(BEGIN + HELD - 1) is None
        assert transaction.claim(BEGIN + HELD)


LOSING = b"""<rss version='2.0'><channel><title>Courier</title>
<item><title>Ferry late</title><pubDate>29 Mar 2031</pubDate><description>Ada Lund waited.</description></item>
<item><title>Quay open</title><pubDate>soon</pubDate><description>Ada Lund went.</description></item>
<item><title>Nothing</title><pubDate>29 Mar 2031</pubDate></item></channel></rss>"""


def test_what_a_watched_feed_loses_is_told_and_what_was_kept_is_not_called_skipped(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = site.serve_state("/feed", lambda: LOSING, "application/rss+xml")
    watched = Watch(tmp_path / "index", feed)
    watched.run(Minutes(0.1))
    ((*_, source, report),) = watched.runs
    assert (source.error, source.skipped) == ("", 1) and source.note.endswith("it has no text")
    _Told()(source, report)
    _, _, _, *lost = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in lost] == [f"  {feed}", f"  skipped {feed}"]
    assert "entry 2: kept undated" in lost[0] and "entry 3: it has no text" in lost[1]


def test_why_a_source_failed_is_told_once(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.answers["/feed"] = lambda handler: answer(handler, b"", 500)
    watched = Watch(tmp_path / "index", site.url("/feed"))
    watched.run(Minutes(0.1))
    ((*_, source, report),) = watched.runs
    _Told()(source, report)
    assert capsys.readouterr().out.count("the server answered 500") == 1 and source.skipped == 0


def test_only_the_named_sources_are_run(site: Site, tmp_path: Path) -> None:
    one, two = (site.serve_state(path, Feed(path[1:]), "application/rss+xml") for path in ("/one", "/two"))
    watched = Watch(tmp_path / "index", one, two)
    watched.run(Minutes(0.1), targets=[two])
    assert watched.titles() == {"two"} and site.count("/one") == 0


def test_a_source_that_is_named_again_is_due_and_keeps_its_interval_and_its_place(site: Site, tmp_path: Path) -> None:
    one, two = site.url("/one"), site.url("/two")
    watched = Watch(tmp_path / "index", one, two, every=7_200.0)
    watched.run(Minutes(0.1))
    assert watched.last(one).next_run == BEGIN + 14_400.0
    Watch(tmp_path / "index", one, every=None)
    assert (watched.last(one).next_run, watched.last(one).every, watched.last(one).failures) == (BEGIN, 7_200.0, 1)
    with watched.store.writing() as transaction:
        assert [source.target for source in transaction.watched()] == [one, two]
        assert transaction.unwatch(one) and not transaction.unwatch(one)


def test_an_index_of_before_there_was_watching_is_read_and_can_be_watched(tmp_path: Path) -> None:
    import sqlite3

    build([], tmp_path / "index", EMBEDDER)
    with sqlite3.connect(tmp_path / "index" / "index.sqlite") as connection:
        for table in ("visits", "removed", "watched"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
    store = Store(tmp_path / "index")
    with store.reading() as snapshot:
        assert (snapshot.watched(), snapshot.visit("x"), snapshot.removed("x")) == ([], None, set())
    with store.writing() as transaction:
        transaction.watch("x", None, BEGIN)
    with store.reading() as snapshot:
        assert [source.every for source in snapshot.watched()] == [900.0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("15m", 900.0),
        ("1m", 60.0),
        ("90s", 90.0),
        ("2h", 7_200.0),
        ("1.5 h", 5_400.0),
        ("1d", 86_400.0),
        ("30D", 2_592_000.0),
    ],
)
def test_an_interval_is_read(text: str, seconds: float) -> None:
    assert interval(text) == seconds


@pytest.mark.parametrize("text", ["", "15", "m", "-5m", "5 minutes and a half", "1w", "nan", "1e3m", "٥m", "15m15m"])
def test_what_is_no_interval_is_named(text: str) -> None:
    with pytest.raises(InputError, match="expected a number with s, m, h or d, such as 15m"):
        interval(text)


@pytest.mark.parametrize("text", ["0m", "59s", "31d", "9999999999d"])
def test_an_interval_beyond_the_bounds_is_named(text: str) -> None:
    with pytest.raises(InputError, match=f"{text!r}, expected 1m to 30d"):
        interval(text)


@pytest.mark.parametrize("target", ["no-such-folder", "ftp://courier.example/feed", "http://", "https://["])
def test_what_cannot_be_watched_is_named_before_anything_is_read(target: str) -> None:
    with pytest.raises(InputError, match="cannot be watched"):
        watchable([target])


def test_a_folder_is_watched_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    monkeypatch.chdir(tmp_path)
    assert watchable(["news", "https://courier.example/feed"]) == [
        str(tmp_path / "news"),
        "https://courier.example/feed",
    ]
