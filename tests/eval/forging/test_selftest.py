"""The self-test over invented articles: what it counts, what it leaves out, what it shows."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.forging import selftest
from eval.forging.result import terminal
from eval.forging.selftest import GENUINE_QUOTES, self_test
from index.articles import Source, find_sources, read_source
from rag.quoting.cite import unestablished, verify
from rag.records import Article, Passage, Quote, Said, Span, Speaker, Verdict

DEMO = Path(__file__).parents[3] / "index" / "demo"


def demo() -> list[Article]:
    sources = [source for source in find_sources([str(DEMO)]) if isinstance(source, Source)]
    return [found for source in sources for found in read_source(source) if isinstance(found, Article)]


def test_no_false_quote_of_the_demo_articles_is_accepted_and_every_genuine_one_is() -> None:
    result = self_test(demo()).to_dict()
    assert (result["accepted"], result["false_accepted"]) == ([], 0)
    assert (result["rejected"], result["genuine_rejected"]) == ([], 0)
    assert result["articles"] == 12
    assert result["false_quotes"] > 12 * 40
    assert result["genuine_quotes"] == 12 * GENUINE_QUOTES


def test_the_same_seed_gives_the_same_test_and_another_seed_another() -> None:
    def told(seed: int) -> object:
        result = self_test(demo()[:3], seed=seed).to_dict()
        return [result[key] for key in ("by_kind", "genuine_by_kind")]

    assert told(1) == told(1) != told(2)


def test_the_counts_by_kind_add_up() -> None:
    result = self_test(demo()[:4]).to_dict()
    assert sum(kind["quotes"] for kind in result["by_kind"].values()) == result["false_quotes"]
    assert sum(kind["quotes"] for kind in result["genuine_by_kind"].values()) == result["genuine_quotes"]


def test_the_result_is_plain_json() -> None:
    result = self_test(demo()[:2]).to_dict()
    assert json.loads(json.dumps(result)) == result


def believing(quote: Quote, voices: object = None) -> Verdict:
    """A verifier that believes everything, and everybody."""
    near = quote.passage.span
    speaker = Speaker(quote.speaker, near) if quote.speaker else None
    return Verdict(quote, "exact", (Said(near, "direct", speaker),))


def doubting(quote: Quote, voices: object = None) -> Verdict:
    return Verdict(quote, "not found", (), "It believes \x1b[31mnothing.")


def test_a_verifier_that_believes_everything_fails_with_every_false_quote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "verify", believing)
    result = self_test(demo()[:3])
    told = result.to_dict()
    assert told["false_accepted"] == told["false_quotes"] > 0 == told["genuine_rejected"]
    assert not result.passed
    assert all(len(tally.examples) == min(5, tally.failed) for tally in result.false.values())


def test_a_verifier_that_doubts_everything_fails_with_every_genuine_quote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "verify", doubting)
    told = self_test(demo()[:3]).to_dict()
    assert told["genuine_rejected"] == told["genuine_quotes"] > 0 == told["false_accepted"]


def test_a_forged_speaker_counts_as_accepted_only_where_the_citation_names_them() -> None:
    def of_another(span: Span) -> Said:
        return Said(span, "direct", Speaker("Nobody Known", span))

    told = self_test(demo(), of_another).to_dict()
    assert told["by_kind"]["another speaker"]["quotes"] > 0
    assert told["by_kind"]["another speaker"]["accepted"] == 0


def test_a_failure_says_where_its_words_were_taken_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "verify", believing)
    articles = {article.id: article for article in demo()[:3]}
    for example in self_test(articles.values()).to_dict()["accepted"]:
        assert 0 <= example["start"] < example["end"] <= len(articles[example["article"]].text)


def test_the_table_shows_every_kind_and_no_control_character(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "verify", doubting)
    result = self_test(demo()[:3])
    shown = terminal(result)
    assert all(kind in shown for kind in (*result.false, *result.genuine))
    assert "Rejected, but genuine" in shown and "\x1b" not in shown


def test_progress_is_told_after_every_article_also_after_an_empty_one() -> None:
    told: list[tuple[int, int]] = []
    self_test(
        [*demo()[:2], Article.of("t", "Tide.")], progress=lambda articles, quotes: told.append((articles, quotes))
    )
    assert [articles for articles, _ in told] == [1, 2, 3]
    assert told[0][1] < told[1][1] == told[2][1]


def test_looking_elsewhere_is_timed_apart_on_a_sample() -> None:
    asked: list[str] = []
    result = self_test(demo()[:6], elsewhere=asked.append)
    assert result.elsewhere and result.elsewhere["quotes"] == len(asked) == 200
    assert 0 <= result.elsewhere["median"] <= result.elsewhere["slowest_twentieth"]
    assert "in all other articles" in terminal(result)


def test_articles_are_taken_one_after_the_other() -> None:
    taken = 0

    def stream() -> Iterator[Article]:
        nonlocal taken
        for article in demo():
            taken += 1
            yield article

    seen: list[int] = []
    self_test(stream(), unestablished, progress=lambda articles, quotes: seen.append(taken - articles))
    assert set(seen) == {0}


def test_no_articles_give_an_empty_result_that_can_be_shown() -> None:
    result = self_test([])
    assert (result.articles, result.to_dict()["false_quotes"], result.passed) == (0, 0, True)
    assert "0 articles" in terminal(result)


def test_nothing_that_makes_or_judges_quotes_takes_words_from_the_verifier() -> None:
    allowed = {"rag.records", "rag.errors", "rag.progress", "rag.quoting: unestablished", "rag.quoting: verify"}
    allowed.add("rag.text: printable")
    taken = set()
    for file in Path(selftest.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not isinstance(node, ast.Import) or not any(name.name.startswith("rag") for name in node.names)
            if isinstance(node, ast.ImportFrom) and (module := str(node.module)).startswith("rag"):
                taken |= {module} if module in allowed else {f"{module}: {name.name}" for name in node.names}
    assert taken <= allowed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Students must reach an average of 4.3 in May.", "Students must reach an average of 4."),
        ("There were rumors that the sluice was sold to Lowmere.", "The sluice was sold to Lowmere."),
    ],
)
def test_what_the_self_test_once_found_is_refused(text: str, words: str) -> None:
    article = Article.of("t", text)
    assert not verify(Quote(Passage(Span(article, 0, len(text)), 0.0), words)).holds
