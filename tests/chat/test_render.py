"""What answers look like in the terminal and on the page, and that no word of an article can act there."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer, Disagreement, IndexFacts, Statement
from rag.chat import page
from rag.chat.conversation import Turn, cards, history, messages
from rag.chat.markup import environment, escape, link
from rag.chat.terminal import terminal
from rag.records import Article, Citation, Passage, Quote, Span, Verdict

TEXT = "The pier opened at nine. “We counted 41 boats,” said Ines Vollard.\n\nNobody fell in. It rained later."
QUOTE = "“We counted 41 boats,” said Ines Vollard."
PIER = Article.of(
    "Pier opens", TEXT, url="https://pier.example/opens", publisher="Pier Post", published=date(2031, 4, 2)
)
FACTS = IndexFacts(1, date(2031, 4, 2), "2031-04-03T08:05:00+00:00")


def _span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(article, start, start + len(words))


def _answered(article: Article = PIER, words: str = QUOTE, question: str = "How many boats?") -> Answer:
    span = _span(article, words)
    claim = Statement("", "quoted", (Citation(1, span),))
    return Answer(question, (claim,), (Passage(span, 1.0),), (), FACTS, 0.9)


def _refused(article: Article = PIER) -> Answer:
    passage = Passage(Span(article, 0, len(article.text)), 1.0)
    return Answer("Who sank?", (), (passage,), (), FACTS, 0.1, "No sentence says who sank.")


def _words(markup: str) -> str:
    """What a reader sees: the markup's text."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


@given(st.text())
def test_escaped_text_holds_no_character_that_html_markdown_or_a_template_acts_on(text: str) -> None:
    assert re.fullmatch(r"(?:&#\d+;|[^!-/:-@\[-`{-~\n\r])*", escape(text))


@given(st.text(st.characters(exclude_categories=["C"])))
def test_escaped_text_shows_every_word_as_it_is(text: str) -> None:
    assert html.unescape(escape(text)) == re.sub(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+", " ", text).strip(" ")


def test_a_lone_surrogate_can_be_sent_to_the_page() -> None:
    assert escape("a\ud800b").encode() == b"a&#63;b"


def test_direction_overrides_do_not_reach_the_page() -> None:
    assert "\u202e" not in escape("pier\u202esopens")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("قال \u2067مدير\u2069 الميناء", "قال \u2067مدير\u2069 الميناء"),
        ("a \u202bמדינה\u202c b", "a \u202bמדינה\u202c b"),
        ("\u2067a \u202bb\u202c\u2069", "\u2067a \u202bb\u202c\u2069"),
        ("a\u2069 \u2067b", "a\ufffd \ufffdb"),
        ("\u202ba\u2069", "\ufffda\ufffd"),
        ("\u202d\u2067a\u2069\u202c", "\ufffd\u2067a\u2069\ufffd"),
        ("\u200fא\u200e", "\u200fא\u200e"),
        ("天\u3000地 «\u00a0oui\u202f»", "天\u3000地 «\u00a0oui\u202f»"),
    ],
)
def test_marks_of_direction_that_are_closed_and_spaces_of_other_scripts_stay(text: str, shown: str) -> None:
    assert html.unescape(escape(text)) == shown


def test_what_runs_from_right_to_left_stands_apart_within_a_line() -> None:
    told = str(environment().from_string("{{ text | shown }}").render(text="Al Quds, “عنوان 5 المقال”, 3 March"))
    assert html.unescape(told) == 'Al Quds, “<span class="apart">عنوان 5 المقال</span>”, 3 March'


@pytest.mark.parametrize(
    "text", ["ا 1" * 50_000, "ا" + " " * 200_000, " " * 200_000 + "x", "\n" * 200_000], ids=range(4)
)
def test_long_texts_are_shown_in_linear_time(text: str) -> None:
    begun = time.process_time()
    environment().from_string("{{ text | shown }}").render(text=text)
    assert time.process_time() - begun < 2


def test_article_text_takes_its_direction_from_its_letters() -> None:
    text = "قال سالم الحداد: «لم نر ربيعًا كهذا من قبل».\n\n「春です」と言った。"
    article = Article.of("الميناء", text, publisher="القدس", published=date(2031, 4, 2))
    quote = "لم نر ربيعًا كهذا من قبل"
    answer = _answered(article, quote, "«سؤال»?")
    reading = page.reading(_span(article, quote))
    for markup in (page.message(answer, 1), page.sources(answer, 1), reading, page.question("سؤال")):
        assert ('dir="auto"' in markup and "لم نر" in markup) or "سؤال" in markup
    assert _words(reading).count("「春です」と言った。") == 1 and "«" in _words(reading)


@pytest.mark.parametrize(
    "source", ["{{ text }}", "{% set same = text %}{{ same }}", "{{ text ~ text }}", "{{ [text] }}"]
)
def test_a_template_writes_no_text_as_it_stands(source: str) -> None:
    written = environment().from_string(source).render(text="<b>*bold*</b>")
    assert "bold" in written and not re.search(r"[<>*]", written)


def test_a_template_has_no_filter_that_takes_a_text_as_it_stands() -> None:
    assert set(environment().filters) == {"shown"}


def test_a_message_is_one_line_so_that_markdown_sees_one_block() -> None:
    assert "\n" not in page.message(_answered(words=TEXT), 1) + page.message(_refused(), 1) + page.question(
        "a\n\n    b"
    )


def test_a_link_opens_at_the_quotation() -> None:
    address = link(PIER, QUOTE)
    assert address is not None
    assert unquote(address.partition("#:~:text=")[2]) == QUOTE


def test_a_long_quotation_is_linked_by_its_beginning_and_its_end() -> None:
    words = [f"word{i}" for i in range(40)]
    address = link(PIER, " ".join(words)) or ""
    assert address.endswith("#:~:text=word0%20word1%20word2%20word3%20word4,word35%20word36%20word37%20word38%20word39")


def test_dashes_and_commas_of_a_quotation_are_not_taken_for_the_fragments_own() -> None:
    assert (link(PIER, "a -, b") or "").endswith("#:~:text=a%20%2D%2C%20b")


def test_an_address_that_has_a_fragment_keeps_it() -> None:
    article = Article.of("Pier", TEXT, url="https://pier.example/opens#boats")
    assert (link(article, "41 boats") or "").startswith("https://pier.example/opens#boats:~:text=")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//evil.example/x",
        "file:///etc/passwd",
        "http://[",
        "https://",
        "https:\\\\evil.example",
        "http://evil.example/\njavascript:x",
        "",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    article = Article("id", "Pier opens", TEXT, url=url)
    assert link(article, "boats") is None
    assert "<a " not in page.sources(_answered(article), 1)


def test_links_tell_their_site_nothing_and_get_no_hold_of_the_page() -> None:
    assert 'rel="noopener noreferrer nofollow" target="_blank"' in _attributes_sorted(page.sources(_answered(), 1))


def _attributes_sorted(markup: str) -> str:
    return " ".join(sorted(re.findall(r'(?:rel|target)="[^"]*"', markup)))


def test_a_number_in_the_answer_names_the_card_of_its_citation() -> None:
    (named,) = re.findall(r'class="cite"[^>]*value="([^"]+)"', page.message(_answered(), 3))
    assert f'id="{named}"' in page.sources(_answered(), 3)


def test_a_number_within_the_quoted_words_is_no_citation() -> None:
    article = Article.of("Pier [7]", "As the board [1] said [2], it stands.", publisher="Post")
    message = page.message(_answered(article, article.text), 1)
    assert re.findall(r'value="source-1-(\d+)"', message) == ["1"]


def test_a_card_marks_the_quotation_between_its_neighbours() -> None:
    card = page.sources(_answered(), 1)
    marked = re.findall(r"<mark>(.*?)</mark>", card)
    assert [_words(words) for words in marked] == [QUOTE]
    quoted = re.findall(r'<p class="quote" dir="auto">(.*?)</p>', card)
    assert _words(quoted[0].replace('<span class="gap"></span>', "\n")) == (
        f"The pier opened at nine. {QUOTE}\nNobody fell in."
    )


def test_a_card_names_publisher_and_day() -> None:
    assert "Pier Post · 2 April 2031" in _words(page.sources(_answered(), 1))


def test_an_article_is_read_whole_with_the_quotation_marked() -> None:
    reading = page.reading(_span(PIER, QUOTE))
    assert [_words(words) for words in re.findall(r"<mark>(.*?)</mark>", reading)] == [QUOTE]
    assert all(word in _words(reading) for word in TEXT.split())


def test_an_answer_appears_line_by_line() -> None:
    answer = _answered()
    first, whole = page.message(answer, 1, 1), page.message(answer, 1)
    assert _words(first) == "Pier Post, “Pier opens”, 2 April 2031:"
    assert QUOTE in _words(whole)


def test_both_sides_of_a_disagreement_stand_under_the_answer_the_older_one_first() -> None:
    later = Article.of("More", "We counted 43 boats.", publisher="Quay Wire", published=date(2031, 4, 3))
    sides = (_span(later, later.text), _span(PIER, QUOTE), _span(later, "43"), _span(PIER, "41"))
    differing = replace(_answered(), disagreements=(Disagreement("number", *sides),))
    told = "“41” (Pier Post, 2 April 2031) and “43” (Quay Wire, 3 April 2031)."
    assert f"The reports give different numbers: {told}" in terminal(differing)
    shown = page.message(differing, 1)
    assert "The reports give different numbers" in shown and shown.index("<mark>41") < shown.index("<mark>43")


def test_an_update_is_called_one() -> None:
    later = Article.of("More", "We counted 43 boats.", publisher="Quay Wire", published=date(2031, 4, 3))
    sides = (_span(PIER, QUOTE), _span(later, later.text), _span(PIER, "41"), _span(later, "43"))
    updated = replace(_answered(), disagreements=(Disagreement("number", *sides, "update"),))
    told = "“41” (Pier Post, 2 April 2031), later “43” (Quay Wire, 3 April 2031)."
    assert f"An update: {told}" in terminal(updated)
    assert "An update: another number" in _words(page.message(updated, 1))
    assert [found["kind"] for found in updated.to_dict()["disagreements"]] == ["update"]


def test_a_refusal_says_why() -> None:
    assert "Not answered. No sentence says who sank." in _words(page.message(_refused(), 1))


def test_a_refusal_shows_the_nearest_passages_without_numbers() -> None:
    shown = page.sources(_refused(), 1)
    assert "Nearest passages" in shown and "The pier opened at nine." in _words(shown)
    assert 'class="number"' not in shown


def test_quotations_that_failed_are_counted_beside_the_answer() -> None:
    answer = _answered()
    failed = Verdict(Quote(answer.passages[0], "We counted 42 boats"), "not found", reason="not there")
    more = replace(answer, rejected=(failed,))
    assert "1 quotation did not stand word for word" in _words(page.sources(more, 1))
    assert "did not stand" not in _words(page.sources(answer, 1))


def test_the_holdings_line_counts_and_dates_the_articles() -> None:
    facts = IndexFacts(1200, date(2031, 5, 22), "2031-05-23T18:07:09+00:00")
    assert _words(page.holdings(facts, 1)) == (
        "1,200 articles of 1 publisher, newest 22 May 2031, updated 23 May 2031, 18:07 UTC"
    )


def test_an_empty_index_asks_for_articles() -> None:
    assert "add some" in page.holdings(IndexFacts(0, None, None), 0)


def test_a_report_gives_the_reason_of_everything_skipped() -> None:
    shown = page.report([(3, "added"), (0, "changed"), (1, "skipped")], [("a<b>.pdf", "PDF is not supported")])
    assert _words(shown) == "3 added, 1 skipped:a<b>.pdf: PDF is not supported"


def test_only_the_latest_answers_sources_are_shown() -> None:
    turns = [Turn("a", _answered()), Turn("b", note="Stopped."), Turn("c", _refused())]
    assert re.findall(r'id="sources-(\d)"[^>]*?( hidden)?>', cards(turns)) == [("1", " hidden"), ("3", "")]


def test_a_turn_without_an_answer_is_shown_and_no_part_of_the_history() -> None:
    turns = [Turn("a", _answered()), Turn("b", note="Stopped.")]
    assert [_words(m["content"]) for m in messages(turns)][2:] == ["b", "Stopped."]
    assert [question for question, _ in history(turns)] == ["a"]


def test_the_terminal_names_where_a_quotation_stands() -> None:
    span = _span(PIER, QUOTE)
    assert f"(characters {span.start}-{span.end} of article {PIER.id})" in terminal(_answered())


def test_the_terminal_is_not_sent_escape_sequences() -> None:
    article = Article.of("Pier \x1b]0;owned\x07", TEXT, publisher="Post\x1b[2J")
    assert "\x1b" not in terminal(_answered(article)) + terminal(_refused(article))
