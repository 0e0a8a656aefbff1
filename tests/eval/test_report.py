"""The report as a file: what it shows, what it leads to, and what it does not let through."""

from __future__ import annotations

import json
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.plots import SHARE, Axis, Series, curves, histogram
from eval.report import EVIDENCE, WORST, Beside, report
from rag.errors import InputError

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
URL = "https://pier.example/opens"
SCORES: dict[str, Any] = {
    "retrieval": {"hit@1": 0.5, "hit@5": 1.0, "hit@10": 1.0, "mrr@10": 0.75, "ndcg@10": 0.8},
    "answer": {"em": 0.25, "f1": 0.625, "choice_accuracy": None},
    "quotes": {"exact": 3, "rejected": 1},
    "abstention": {"precision": 0.5, "recall": 1.0, "auroc": 0.7},
    "latency_ms": {"p50": 120.0, "p95": 1900.4},
    "n": 4,
    "intervals": {"answer.f1": [0.41, 0.83]},
}
VOID = {"meta"}


def placed(title: str = "Pier opens", url: str | None = URL) -> dict[str, Any]:
    facts = {"document_title": title, "document_id": "a1", "url": url, "publisher": "Pier Post"}
    return facts | {"published": "2031-04-02", "start_char_index": 0, "end_char_index": 9}


def prediction(id: str, **changed: Any) -> dict[str, Any]:
    """A question that was answered right, its article first; ``changed`` replaces fields of the line."""
    answer = {
        "question": "Who opened the pier?",
        "answered": True,
        "text": "",
        "reason": None,
        "confidence": 0.5,
        "citations": [placed() | {"number": 1, "cited_text": "Ines Vollard opened it."}],
        "passages": [placed() | {"text": f"Passage {i} of the pier.", "score": 1.0} for i in range(1, 8)],
        "rejected": [],
        "index": {"articles": 12, "newest": "2031-04-02", "updated": "2031-04-03T08:05:00+00:00"},
    }
    scores = {"rank": 1, "evidence_rank": 1, "em": 1.0, "f1": 1.0, "choice": None, "quotes_exact": 1}
    line = {"id": id, "question": f"Who opened pier {id}?", "as_of": "2031-04-05", "answers": ["Ines Vollard"]}
    line |= {"choices": [], "gold": [URL], "answer": answer, "short": "Ines Vollard", "choice": None}
    line |= {"milliseconds": 100.0, "confidence_without_gold": 0.1, "scores": scores}
    for key, value in changed.items():
        old = line.get(key)
        line[key] = old | value if isinstance(old, dict) else value
    return line


def page(folder: Path, *lines: dict[str, Any], scores: dict[str, Any] = SCORES, others: tuple[Beside, ...] = ()) -> str:
    (folder / "predictions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "scores.json").write_text(json.dumps(scores))
    return report(folder, others)


class Parsed(HTMLParser):
    """Tags, attributes and ids of a page, and whether every tag was closed in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def listed(markup: str, anchor: str) -> list[str]:
    """The places of the questions in the list ``anchor``, in its order."""
    (inner,) = re.findall(rf'(?s)<details id="{anchor}">.*?<ul class="lines">(.*?)</ul>', markup)
    return re.findall(r'href="#q-(\d+)"', inner)


def test_a_score_stands_beside_its_interval_and_the_other_runs(tmp_path: Path) -> None:
    others = (Beside("BM25", {"answer": {"f1": None}}), Beside("Paper", {"answer": {"f1": 0.2}}))
    markup = page(tmp_path, prediction("1"), others=others)
    (row,) = re.findall(r"(?s)<tr><th[^>]*>Words shared.*?</tr>", markup)
    assert re.findall(r"<td[^>]*>(?:<a[^>]*>)?([^<]*)", row) == ["0.625", "0.410 to 0.830", "–", "0.200"]


def test_a_score_that_nobody_described_is_shown_too(tmp_path: Path) -> None:
    assert "speakers.right" in Parsed(page(tmp_path, prediction("1"), scores={"speakers": {"right": 0.5}})).words


def test_every_link_within_the_page_leads_somewhere(tmp_path: Path) -> None:
    lines = [prediction(str(i), scores={"rank": i % 3, "f1": 0.1}) for i in range(WORST + 9)]
    parsed = Parsed(page(tmp_path, *lines))
    ids = parsed.values("id")
    inner = {value[1:] for value in parsed.values("href") if value.startswith("#")}
    assert len(ids) == len(set(ids))
    assert inner <= set(ids) and len(inner) > WORST


def test_a_figure_leads_to_the_questions_behind_it(tmp_path: Path) -> None:
    lines = [prediction(str(i), scores={"rank": rank}) for i, rank in enumerate([1, 2, 7, 0], 1)]
    markup = page(tmp_path, *lines)
    assert re.search(r'<a href="#not-first">0\.500</a>', markup)
    assert sorted(listed(markup, "not-first")) == ["2", "3", "4"]
    assert sorted(listed(markup, "not-in-5")) == ["3", "4"]
    assert listed(markup, "not-in-10") == ["4"]


def test_refusals_and_answers_that_were_wrong_are_behind_abstention(tmp_path: Path) -> None:
    silent = {"answered": False, "citations": [], "reason": "No sentence says it."}
    lines = [prediction("1"), prediction("2", answer=silent), prediction("3", answers=[])]
    markup = page(tmp_path, *lines, prediction("4", answers=[], answer=silent))
    assert (listed(markup, "refused"), listed(markup, "not-refused")) == (["2"], ["3"])


def test_the_slow_questions_are_behind_the_latency(tmp_path: Path) -> None:
    lines = [prediction(str(i), milliseconds=ms) for i, ms in enumerate([90.0, 130.0, 2000.0], 1)]
    markup = page(tmp_path, *lines)
    assert listed(markup, "slower") == ["2", "3"]
    assert listed(markup, "slowest") == ["3"]


def test_the_surest_wrong_answer_is_the_worst_question(tmp_path: Path) -> None:
    lines = [
        prediction("1", scores={"rank": 0}),
        prediction("2", scores={"f1": 0.2}, answer={"confidence": 0.4}),
        prediction("3", scores={"f1": 0.2}, answer={"confidence": 0.9}),
        prediction("4"),
    ]
    worst = page(tmp_path, *lines).partition('<section id="worst">')[2].partition("</section>")[0]
    assert re.findall(r'id="q-(\d)" open', worst) == ["3", "2", "1"]


def test_a_right_choice_is_right_whatever_the_words(tmp_path: Path) -> None:
    markup = page(tmp_path, prediction("1", scores={"f1": 0.0, "choice": 1.0}))
    assert '<span class="verdict right">right</span>' in markup


def test_a_question_shows_what_was_expected_quoted_and_near(tmp_path: Path) -> None:
    words = Parsed(page(tmp_path, prediction("1"))).words
    for shown in (
        "Who opened pier 1?",
        "5 April 2031",
        "Ines Vollard opened it.",
        "Pier Post",
        "2 April 2031",
        "rank 1",
    ):
        assert shown in words
    assert "Passage 5 of the pier." in words and "Passage 6" not in words


def test_only_web_addresses_become_links_and_tell_their_site_nothing(tmp_path: Path) -> None:
    cited = [placed(url=url) | {"number": 1, "cited_text": "It rose."} for url in (URL, "javascript:alert(1)", None)]
    answer = {"citations": cited, "passages": []}
    links = re.findall(r'<a href="([^#][^"]*)"([^>]*)>', page(tmp_path, prediction("1", answer=answer)))
    assert [(address.partition("#")[0], rest) for address, rest in links] == [(URL, ' rel="noreferrer"')]


HOSTILE = "</title></style></details>\"'><script>alert(1)</script><img src=x onerror=alert(1)>&#60;\u202e\x1b[2J\ud800"


def test_hostile_text_is_shown_and_never_markup(tmp_path: Path) -> None:
    source = placed(HOSTILE, f"https://pier.example/{HOSTILE}") | {"publisher": HOSTILE, "published": HOSTILE}
    answer = {"reason": HOSTILE, "citations": [source | {"number": 1, "cited_text": HOSTILE}]}
    answer["passages"] = [source | {"text": HOSTILE, "score": 1.0}]
    answer["index"] = {"articles": 1, "newest": HOSTILE, "updated": HOSTILE}
    line = prediction(HOSTILE, question=HOSTILE, as_of=HOSTILE, answers=[HOSTILE], answer=answer, short=HOSTILE)
    scores = SCORES | {HOSTILE: {HOSTILE: 1.0}}
    beside = Beside(HOSTILE, {"retrieval": {"hit@1": 0.5}})
    markup = page(tmp_path, line | {"choices": [HOSTILE]}, scores=scores, others=(beside,))
    parsed = Parsed(markup)
    assert not parsed.open
    assert not parsed.tags & {"script", "img", "link", "iframe", "base", "object"}
    assert not [name for _, name, _ in parsed.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in parsed.words
    assert not re.search("[\x1b\u202e]", markup)
    assert markup.encode("utf-8")


def test_the_page_names_nothing_that_a_browser_would_load(tmp_path: Path) -> None:
    markup = page(tmp_path, prediction("1"), prediction("2", scores={"rank": 0}))
    parsed = Parsed(markup)
    assert not parsed.values("src") and not parsed.tags & {"link", "script", "img"}
    assert "url(" not in markup and "@import" not in markup


def test_three_thousand_questions_fit_in_15_megabytes(tmp_path: Path) -> None:
    long = "The ferry of Port Merrow sailed again on Tuesday. " * 40
    answer = {
        "citations": [placed() | {"number": i, "cited_text": long[:300]} for i in (1, 2, 3)],
        "passages": [placed() | {"text": long, "score": 1.0}] * 10,
    }
    scores = {"rank": 0, "evidence_rank": 0, "em": 0.0, "f1": 0.0, "quotes_rejected": 1}
    markup = page(tmp_path, *(prediction(str(i), answer=answer, scores=scores) for i in range(3000)))
    assert len(markup.encode()) < 15_000_000
    assert markup.count('<details class="evidence">') == EVIDENCE
    assert "Passages are left out for 2,700 questions" in markup


def test_a_run_without_questions_is_still_a_page(tmp_path: Path) -> None:
    assert "0 questions" in Parsed(page(tmp_path, scores={"n": 0, "retrieval": {"hit@1": None}})).words


def test_a_set_without_known_answers_says_what_is_not_drawn(tmp_path: Path) -> None:
    scores = {"rank": None, "evidence_rank": None, "em": None, "f1": None}
    words = Parsed(page(tmp_path, prediction("1", answers=None, gold=None, scores=scores), scores={})).words
    assert words.count("Not drawn:") == 2


def test_scores_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    page(tmp_path, prediction("1"))
    (tmp_path / "scores.json").write_text("{")
    with pytest.raises(InputError, match=r"scores\.json' is damaged"):
        report(tmp_path)
    (tmp_path / "scores.json").unlink()
    with pytest.raises(InputError, match=r"scores\.json' cannot be read"):
        report(tmp_path)


def test_the_hit_plot_counts_ranks_and_draws_the_baseline(tmp_path: Path) -> None:
    lines = [prediction(str(i), scores={"rank": rank}) for i, rank in enumerate([1, 3, 0, 12])]
    baseline = Beside("BM25", {"retrieval": {"hit@1": 0.1, "hit@5": 0.2, "hit@10": None, "mrr@10": 0.1}})
    markup = page(tmp_path, *lines, others=(baseline,))
    (said,) = re.findall(r'<desc id="hits-desc">(.*?)</desc>', markup)
    assert said.endswith("0.250 at 1, 0.500 at 3, 0.500 at 5, 0.500 at 10")
    assert re.search(r'class="line s1" d="M50\.0 217\.8L207\.3 195\.6"', markup)


def test_the_risk_plot_ends_with_all_answers_kept(tmp_path: Path) -> None:
    lines = [
        prediction(str(i), scores={"f1": f1}, answer={"confidence": f1}) for i, f1 in enumerate([0.9, 0.8, 0.3, 1])
    ]
    (said,) = re.findall(r'<desc id="risk-desc">(.*?)</desc>', page(tmp_path, *lines))
    assert said.endswith("0.000 at 0.2, 0.000 at 0.5, 0.000 at 0.8, 0.250 at 1.0")


def test_a_plot_says_in_words_what_it_shows() -> None:
    axis = Axis("share", 0, 1, SHARE)
    markup = curves("x", "Rise & fall", axis, axis, [Series("a", ((0.0, 0.5), (1.0, 1.0)))], (1.0,))
    assert '<title id="x-title">Rise &amp; fall</title><desc id="x-desc">share by share. 1.000 at 1.0</desc>' in markup
    assert 'role="img" aria-labelledby="x-title x-desc"' in markup


def test_a_histogram_counts_every_value_once() -> None:
    markup = histogram("x", "Time", "ms", [*range(1000), 90_000.0], [("p50", 500.0)])
    assert sum(int(count.replace(",", "")) for count in re.findall(r": ([\d,]+)</title>", markup)) == 1001
    assert "The last bar holds 1 beyond the axis." in markup
    assert ">p50 500</text>" in markup


@pytest.mark.parametrize("values", [[0.0], [0.02, 0.03], [7e6, 9e6]])
def test_a_histogram_can_be_drawn_of_any_times(values: list[float]) -> None:
    assert 'class="bar"' in histogram("x", "Time", "ms", values, [])


@pytest.mark.browser
@pytest.mark.skipif(
    not CHROMIUM and "ONRECORD_REQUIRE_BROWSER" not in os.environ,
    reason="there is no chromium: install it, or name one in CHROMIUM",
)
def test_a_phone_shows_the_page_without_scrolling_sideways_and_a_link_opens_its_list(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    lines = [prediction(str(i), question="Q" * 400, scores={"rank": i % 3}) for i in range(40)]
    others = tuple(Beside(f"A published system, {i}", {}) for i in range(4))
    (tmp_path / "report.html").write_text(page(tmp_path, *lines, others=others), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 390, "height": 800})
        view.goto((tmp_path / "report.html").as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") == 390
        view.click('a[href="#not-first"] >> nth=0')
        view.locator("#not-first li").first.wait_for(state="visible")
        browser.close()
