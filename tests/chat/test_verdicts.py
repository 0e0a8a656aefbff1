"""What a check says: its first line answers the question; in the terminal and on the page nothing of a text acts."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import IndexFacts
from rag.chat.findings import CARDS, announcement, findings, shown_spans
from rag.chat.terminal import terminal_check
from rag.chat.verdicts import headline, summary
from rag.quoting.check import ARTICLES, Check, Checked
from rag.quoting.closest import closest
from rag.records import Article, Kind, Passage, Quote, Said, Span, Speaker, Verdict, Voice

TEXT = (
    "The pier opened at nine. “We counted 41 boats before noon,” said Ines Vollard. “Nobody fell in.”\n\n"
    "She left early. It rained on all of the boats."
)
BOATS = "We counted 41 boats before noon"
PIER = Article.of(
    "Pier opens", TEXT, url="https://pier.example/opens", publisher="Pier Post", published=date(2031, 4, 2)
)
FACTS = IndexFacts(1200, date(2031, 4, 2), "2031-04-03T08:05:00+00:00")


def span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(article, start, start + len(words))


def said(
    name: str | None = None,
    voice: Voice | None = None,
    mention: str = "Ines Vollard",
    article: Article = PIER,
    words: str = BOATS,
) -> Said:
    known = name or mention != "Ines Vollard"
    return Said(span(article, words), voice, Speaker(name, span(article, mention)) if known else None)


def verdict(kind: Kind, *parts: Said, reason: str | None = None) -> Verdict:
    found = parts[0].span
    return Verdict(Quote(Passage(found, 1.0), found.text), kind, parts, reason)


def checked(*verdicts: Verdict, speaker: str | None = None, more: bool = False) -> Checked:
    return Checked(BOATS, speaker, verdicts, len(verdicts), more, len(verdicts))


def not_found(claimed: str, article: Article = PIER) -> Checked:
    return Checked(claimed, None, closest=closest(claimed, [article]))


def check(*quotations: Checked, searched: int = 1200, too_short: tuple[str, ...] = ()) -> Check:
    return Check("a text", None, quotations, too_short, searched, FACTS)


HEADLINES = {
    "Real: word for word in 1 article, said by Ines Vollard.": checked(
        verdict("exact", said("Ines Vollard", "direct"))
    ),
    "Real: word for word in 2 articles, said by Ines Vollard.": checked(
        verdict("exact", said("Ines Vollard", "direct")), verdict("exact", said("Vollard", "direct"))
    ),
    "Real: word for word in at least 1 article. Who said it is not established.": checked(
        verdict("exact", said()), more=True
    ),
    "Real: word for word in 1 article, in the article's own words: nobody is quoted.": checked(
        verdict("exact", said(voice="article"))
    ),
    "Real: word for word in 1 article, as a report of what Ines Vollard said, not as a quotation.": checked(
        verdict("exact", said("Ines Vollard", "reported"))
    ),
    "Real: word for word in 2 articles. The articles name different speakers: Ines Vollard, Hob Tansley.": checked(
        verdict("exact", said("Ines Vollard", "direct")), verdict("exact", said("Hob Tansley", "direct"))
    ),
    "Real: word for word in 1 article, said by “She” (not named).": checked(
        verdict("exact", said(None, "direct", "She"))
    ),
    "Real: its 2 parts stand close together, in this order, in 1 article, said by Ines Vollard.": checked(
        verdict("joined", said("Ines Vollard", "direct"), said("Ines Vollard", "direct", words="Nobody fell in."))
    ),
    "Real but for brackets or a first letter: the article's own words stand in 1 article, said by Ines Vollard.": (
        checked(verdict("repaired", said("Ines Vollard", "direct")))
    ),
    "The words are real, but said by Ines Vollard, not by Hob Tansley.": checked(
        verdict("misattributed", said("Ines Vollard", "direct")), speaker="Hob Tansley"
    ),
    "The words are real, but it is not established that Hob Tansley said them.": checked(
        verdict("misattributed", said()), speaker="Hob Tansley"
    ),
    "The words are real, but it is not established that Hob Tansley said them: the article says only “She”.": checked(
        verdict("misattributed", said(None, "direct", "She")), speaker="Hob Tansley"
    ),
    "The words are real, but they are the article's own: it does not quote Hob Tansley.": checked(
        verdict("misattributed", said(voice="article")), speaker="Hob Tansley"
    ),
    "The words are real, but the cut leaves out the negation “not”.": checked(
        verdict("cut", said(), reason="The cut leaves out the negation “not”. The article has: “…”.")
    ),
    "The words are real, but it is not established that one speaker said all of them.": checked(
        verdict("misattributed", said(), said())
    ),
    "Not found: the same words differ in punctuation, in 1 place.": not_found("We counted 41 boats, before noon"),
    "Not found. The closest real words differ in 1 place.": not_found("We counted 14 boats before noon"),
    "Not found. The closest real words differ in 2 places.": not_found("We counted 14 boats after noon"),
    "Not found, and nothing close to it, in 1,200 articles.": not_found("The mayor bought a brewery"),
    "Not found as a whole, and too long to be compared. Check its sentences one by one.": not_found("boat " * 600),
}


@pytest.mark.parametrize(("expected", "given"), HEADLINES.items(), ids=HEADLINES.keys())
def test_the_first_line_answers_the_question(expected: str, given: Checked) -> None:
    assert headline(given, 1200) == expected
    assert terminal_check(check(given)).split("\n")[0] == expected
    assert f">{expected}<" in html.unescape(findings(check(given)))


@pytest.mark.parametrize(
    ("holding", "expected"),
    [(0, "None of 3 quotations is real."), (1, "1 of 3 quotations is real."), (2, "2 of 3 quotations are real.")],
)
def test_of_several_quotations_the_real_ones_are_counted(holding: int, expected: str) -> None:
    real = [checked(verdict("exact", said()))] * holding
    false = [not_found("The mayor bought a brewery")] * (3 - holding)
    assert summary(check(*real, *false)) == expected == terminal_check(check(*real, *false)).split("\n")[0]


def test_all_of_several_quotations_are_said_to_be_real() -> None:
    assert summary(check(*[checked(verdict("exact", said()))] * 2)) == "Real: all 2 quotations."


def test_the_terminal_shows_the_words_around_whose_they_are_and_where_they_stand() -> None:
    shown = " ".join(terminal_check(check(checked(verdict("exact", said("Ines Vollard", "direct"))))).split())
    assert f"The pier opened at nine. “>>{BOATS}<<,” said Ines Vollard. “Nobody fell in.”" in shown
    assert "Pier Post, 2031-04-02: Pier opens" in shown and "https://pier.example/opens" in shown
    assert "Speaker: Ines Vollard, by the words “Ines Vollard”." in shown
    place = span(PIER, BOATS)
    assert f"characters {place.start}-{place.end} of article {PIER.id}" in shown


def test_the_terminal_marks_the_words_that_differ_without_colours() -> None:
    assert "“We counted [-14-] {+41+} boats before noon,” said" in terminal_check(
        check(not_found("We counted 14 boats before noon"))
    )


def test_the_terminal_says_how_many_articles_it_does_not_show() -> None:
    many = checked(*[verdict("exact", said())] * 9)
    assert "The newest 5 of 9 articles are shown; --json lists 9." in terminal_check(check(many))


@pytest.mark.parametrize("holding", [0, 1, 7])
def test_articles_that_are_shown_are_counted_among_those_with_the_words_not_those_where_it_holds(holding: int) -> None:
    kinds: list[Kind] = ["exact"] * holding + ["misattributed"] * (8 - holding)
    found = tuple(verdict(kind, said("Ines Vollard", "direct")) for kind in kinds)
    mixed = Checked(BOATS, "Orla Venn", found, holding or 8, bool(holding), 8)
    line = "Of 8 articles with these words 5 are shown: first where the quotation holds, then the newest"
    expected = line if holding else "The newest 5 of 8 articles are shown"
    assert f"{expected}; --json lists 8." in terminal_check(check(mixed))


def test_where_only_so_many_articles_were_looked_at_there_may_be_more() -> None:
    many = Checked(BOATS, None, (verdict("exact", said()),) * 20, ARTICLES, True, ARTICLES)
    assert f"The newest 5 of at least {ARTICLES} articles are shown" in terminal_check(check(many))


def test_what_was_not_checked_and_not_searched_is_said() -> None:
    shown = terminal_check(check(checked(verdict("exact", said())), searched=3, too_short=("unsafe",)))
    assert "Not checked, one word proves nothing: “unsafe”" in shown
    assert "Searched: the 3 of 1,200 articles that the filters leave." in shown


HOSTILE = "</mark><img src=x onerror=alert(1)>\x1b]0;owned\x07 [x](javascript:y) \u202eevil"


def hostile_checks() -> list[Check]:
    text = f"Vollard {HOSTILE} said. {BOATS} {HOSTILE} today. All is well."
    article = Article("id", f"Title {HOSTILE}", text, "javascript:alert(1)", f"Publisher {HOSTILE}")
    speaker = Speaker(f"Vollard {HOSTILE}", span(article, f"Vollard {HOSTILE}"), span(article, HOSTILE))
    real = verdict("exact", Said(span(article, f"{BOATS} {HOSTILE}"), "direct", speaker))
    cut = verdict("cut", Said(span(article, BOATS)), reason=f"Dropped: {HOSTILE}")
    return [
        check(checked(real), checked(cut, speaker=HOSTILE), too_short=(HOSTILE,)),
        check(checked(verdict("misattributed", real.said[0]), speaker=HOSTILE)),
        check(not_found(f"We counted 14 {HOSTILE} boats before noon {HOSTILE}", article)),
    ]


@pytest.mark.parametrize("hostile", hostile_checks(), ids=["real", "misattributed", "closest"])
def test_a_hostile_text_does_not_act_in_the_terminal(hostile: Check) -> None:
    shown = terminal_check(hostile)
    assert "\x1b" not in shown and "\x07" not in shown and "\u202e" not in shown and "onerror" in shown


@pytest.mark.parametrize("hostile", hostile_checks(), ids=["real", "misattributed", "closest"])
def test_a_hostile_text_does_not_act_on_the_page(hostile: Check) -> None:
    markup = findings(hostile) + announcement(hostile)
    tags = set(re.findall(r"<(\w+)", markup))
    assert tags <= set("div p section blockquote h2 h3 article a span mark button del ins b bdi br".split())
    assert "javascript:" not in markup and "\x1b" not in markup and "onerror=" not in markup
    assert "onerror=alert(1)" in html.unescape(markup)


@given(st.text(), st.text())
def test_every_word_of_a_claim_is_escaped(claimed: str, more: str) -> None:
    markup = findings(check(Checked(claimed, None), Checked(more, None), too_short=(more,)))
    assert re.sub(r"</?(?:div|p|section|blockquote|h2|span|br|bdi)\b[^<>]*>", "", markup).count("<") == 0


def test_a_card_marks_the_quotation_and_says_whose_it_is() -> None:
    card = findings(check(checked(verdict("exact", said("Ines Vollard", "direct")))))
    assert [html.unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", card)] == [BOATS]
    assert "Speaker: Ines Vollard" in html.unescape(card) and "2 April 2031" in card
    assert 'href="https&#58;&#47;&#47;pier&#46;example' in card


def test_each_fragment_of_a_joined_quotation_is_marked() -> None:
    joined = verdict("joined", said(), said(words="Nobody fell in."))
    words = re.findall(r"<mark>(.*?)</mark>", findings(check(checked(joined))))
    assert [html.unescape(word) for word in words] == [BOATS, "Nobody fell in."]


def test_differing_words_are_told_to_those_who_do_not_see_them() -> None:
    card = html.unescape(findings(check(not_found("We counted 14 boats before noon"))))
    assert '<del><span class="unseen">only in your text: </span>14</del>' in card
    assert '<ins><span class="unseen">only in the article: </span>41</ins>' in card


def test_the_nth_button_reads_the_span_of_the_nth_card() -> None:
    many = checked(*[verdict("exact", said())] * (CARDS + 4))
    for one in (many, not_found("We counted 14 boats before noon")):
        places = re.findall(r'data-turn="1" data-place="(\d+)"', findings(check(one)))
        assert places == [str(n + 1) for n in range(len(shown_spans(one)))]
    assert f"The newest {CARDS} of {CARDS + 4} articles are shown." in html.unescape(findings(check(many)))


def test_the_verdict_is_announced_in_one_line() -> None:
    assert html.unescape(announcement(check(not_found("The mayor bought a brewery")))) == (
        '<p class="unseen">Not found, and nothing close to it, in 1,200 articles.</p>'
    )
