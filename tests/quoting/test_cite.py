"""The verifier: the ten cases that decide a quotation, and what typography may and may not change."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.quoting.cite import Citing, cite, verify
from rag.records import Article, Claim, Draft, Passage, Quote, Said, Span, Speaker, Verdict

TEXT = (
    "NORHAVEN — “We will not open the sluice before 4 May, whatever the board says,” Mara Teel said on Monday.\n"
    "Teel’s deputy, Anders Roon, disagreed. “The sluice can open at once: 1,250 homes are under water,” he said.\n"
    "The board spent $2.75 million on the wall — more than planned… and it fell by −3 % of its height in one year. "
    "The co\u00adoperative’s eﬃcient pumps ran at 7.5 percent. “It is over,” she said. It is over."
)
ARTICLE = Article.of("Sluice", TEXT, publisher="The Norhaven Post", authors=("Kari Moen",))
WORDS = "We will not open the sluice before 4 May, whatever the board says,"
ROON = "The sluice can open at once: 1,250 homes are under water,"
PASSAGE = Passage(Span(ARTICLE, 0, 20), 1.0)


def found(quote: str, passage: Passage = PASSAGE) -> str | None:
    result = verify(Quote(passage, quote))
    return result.said[0].span.text if result.holds else None


GENUINE = {
    "the exact words": "We will not open the sluice before 4 May, whatever the board says,",
    "doubled spaces": "We  will not  open the sluice",
    "a line break": "whatever the board says,” Mara Teel said on Monday.\n\nTeel’s deputy",
    "straight quotes": "Teel's deputy, Anders Roon, disagreed. \"The sluice can open at once",
    "a non-breaking space": "We will not open the sluice before 4\u00a0May",
    "a hyphen for a dash": "on the wall - more than planned",
    "a dash without spaces": "on the wall—more than planned",
    "three dots": "more than planned... and it fell",
    "spaced dots": "more than planned . . . and it fell",
    "no soft hyphen": "The cooperative’s efficient pumps",
    "a minus as a hyphen": "fell by -3 % of its height",
}


@pytest.mark.parametrize("quote", GENUINE.values(), ids=GENUINE.keys())
def test_a_genuine_quote_holds_whatever_its_typography(quote: str) -> None:
    assert found(quote) is not None


FALSE = {
    "negation dropped": "We will open the sluice before 4 May",
    "number changed": "1,520 homes are under water",
    "number cut": "250 homes are under water",
    "decimals cut": "75 million on the wall",
    "currency cut": "2.75 million on the wall",
    "sign cut": "3 % of its height",
    "percentage cut": "it fell by −3",
    "date changed": "We will not open the sluice before 14 May",
    "true words, another speaker": "whatever the board says,” Anders Roon said on Monday.",
    "two speakers spliced": "We will not open the sluice before 4 May: 1,250 homes are under water",
    "an invented tail": "We will not open the sluice before 4 May, whatever the board says, or does",
    "polarity flipped": "We will never open the sluice before 4 May",
    "wholly invented": "The wall was built by volunteers in a single night",
    "word order": "open not will we the sluice",
    "a word cut short": "whatever the boa",
    "an accent dropped into another word": "can open at onc",
    "letters of another case": "WE WILL NOT open the sluice",
    "a hyphenated word cut": "operative’s efficient pumps",
    "a possessive cut": "Monday. Teel",
    "cut off from its negation": "open the sluice before 4 May, whatever the board says,",
    "joined across a negation": "We will … open the sluice",
    "joined from two speakers": "We will not open the sluice … The sluice can open at once",
    "joined in another order": "whatever the board says … We will not open the sluice",
    "joined from words": "We … will … not … open",
    "a bracket for a negation": "We will [really] open the sluice",
    "a decimal point moved": "ran at 75 percent",
    "nothing": "",
    "white space": "  \n ",
    "one word": "sluice",
    "punctuation": "“ ” — …",
}


@pytest.mark.parametrize("quote", FALSE.values(), ids=FALSE.keys())
def test_a_false_quote_never_holds(quote: str) -> None:
    assert found(quote) is None


def test_a_repeated_quote_is_placed_nearest_to_its_passage() -> None:
    last = TEXT.rindex("It is over")
    first = TEXT.index("It is over")
    near_end = Passage(Span(ARTICLE, last, len(TEXT)), 1.0)
    found_at = verify(Quote(near_end, "It is over")).said[0].span
    assert found_at.start == last
    found_at = verify(Quote(Passage(Span(ARTICLE, first, first + 10), 1.0), "It is over")).said[0].span
    assert found_at.start == first


def test_a_decomposed_accent_is_the_same_letter_but_no_accent_is_another_word() -> None:
    article = Article.of("Café", "The café on the quay was closed.")
    passage = Passage(Span(article, 0, 8), 1.0)
    assert found("The cafe\u0301 on the quay", passage) == "The café on the quay"
    assert found("The cafe on the quay", passage) is None


@given(st.text(min_size=1, max_size=80), st.data())
def test_a_span_of_any_text_is_found_at_characters_that_read_the_same(text: str, data: st.DataObject) -> None:
    article = Article.of("t", "Ada Lund spoke. " + text + " Then she left.")
    start = data.draw(st.integers(0, 14))
    end = data.draw(st.integers(start + 1, len(article.text)))
    result = verify(Quote(Passage(Span(article, 0, 3), 1.0), article.text[start:end]))
    for said in result.said:
        assert said.span.text == article.text[said.span.start : said.span.end]
        assert "".join(said.span.text.split()) != ""


@given(st.text(max_size=60), st.text(max_size=30))
def test_a_citation_is_always_in_its_article_whatever_was_claimed(text: str, quote: str) -> None:
    article = Article.of("t", "A b " + text)
    passage = Passage(Span(article, 0, 1), 1.0)
    citing = cite(Draft((Claim("c", (Quote(passage, quote),)),), 1.0))
    citations = [citation for claim in citing.claims for citation in claim.citations]
    assert all(c.quote == article.text[c.span.start : c.span.end] for c in citations)


@given(st.data())
def test_a_quote_with_one_word_changed_never_holds(data: st.DataObject) -> None:
    words = TEXT.split()
    start = data.draw(st.integers(0, len(words) - 3))
    quote = words[start : data.draw(st.integers(start + 3, min(start + 25, len(words))))]
    at = data.draw(st.integers(0, len(quote) - 1))
    other = data.draw(st.sampled_from(["lantern", "Lantern", "not", "never", "4", "and", "Roon", "[lantern]", "[not]"]))
    changed = [*quote[:at], other, *quote[at + 1 :]]
    assume(not re.search(re.escape(other) + r"(?!\w)", TEXT) and any(c.isalnum() for c in quote[at]))
    assert not verify(Quote(PASSAGE, " ".join(changed))).holds


JOINED = {
    "one ellipsis": ("We will not open the sluice … whatever the board says", 2),
    "in brackets": ("The sluice can open at once […] homes are under water", 2),
    "in the article as well": ("spent $2.75 million on the wall … more than planned… and it fell", 1),
    "two": ("We will not … before 4 May … the board says", 3),
    "with another first letter": ("we will not open the sluice ... whatever the board says", 2),
}


@pytest.mark.parametrize(("quote", "parts"), JOINED.values(), ids=JOINED.keys())
def test_fragments_of_one_sentence_are_joined(quote: str, parts: int) -> None:
    verdict = verify(Quote(PASSAGE, quote))
    assert verdict.kind == "joined" and len(verdict.said) >= parts
    assert all(said.span.text in TEXT for said in verdict.said)


def test_an_ellipsis_that_the_article_has_itself_joins_nothing() -> None:
    verdict = verify(Quote(PASSAGE, "more than planned . . . and it fell"))
    assert (verdict.kind, len(verdict.said)) == ("exact", 1)


def test_leading_and_trailing_ellipses_fall_away() -> None:
    assert verify(Quote(PASSAGE, "… We will not open the sluice […]")).kind == "exact"


def test_a_repaired_quote_gives_the_articles_own_words() -> None:
    verdict = verify(Quote(PASSAGE, "[w]e will not open the sluice"))
    assert verdict.kind == "repaired" and verdict.said[0].span.text == "We will not open the sluice"


def voices(span: Span) -> Said:
    """Names Mara Teel and Anders Roon in their words, nobody where theirs meet others; the rest is the article's."""
    for name, words in (("Mara Teel", WORDS), ("Anders Roon", ROON)):
        start, mention = TEXT.index(words), TEXT.index(name)
        if start <= span.start and span.end <= start + len(words):
            return Said(span, "direct", Speaker(name, Span(ARTICLE, mention, mention + len(name))))
        if span.start < start + len(words) and start < span.end:
            return Said(span)
    return Said(span, "article")


def test_the_words_of_the_claimed_speaker_hold_and_name_them() -> None:
    verdict = verify(Quote(PASSAGE, "We will not open the sluice", "Teel"), voices)
    assert verdict.kind == "exact" and verdict.said[0].voice == "direct"
    assert verdict.said[0].speaker and verdict.said[0].speaker.name == "Mara Teel"


def test_what_voices_answer_moves_no_citation() -> None:
    elsewhere = Said(Span(ARTICLE, 0, 8), "article")
    assert verify(Quote(PASSAGE, "The board spent"), lambda span: elsewhere).said[0].span.text == "The board spent"


MISATTRIBUTED = {
    "another speaker's": (WORDS, "Anders Roon", "is said by Mara Teel, not by Anders Roon"),
    "the article's own": ("The board spent $2.75 million", "Mara Teel", "article’s own words"),
    "nobody's for certain": ("the board says,” Mara Teel said", "Mara Teel", "not established that Mara Teel says"),
    "two speakers'": ("We will not open the sluice … open at once", None, "not established to be one speaker’s"),
}


@pytest.mark.parametrize(("quote", "speaker", "reason"), MISATTRIBUTED.values(), ids=MISATTRIBUTED.keys())
def test_words_that_the_claimed_speaker_did_not_say_are_misattributed(
    quote: str, speaker: str | None, reason: str
) -> None:
    verdict = verify(Quote(PASSAGE, quote, speaker), voices)
    assert verdict.kind == "misattributed" and verdict.said
    assert verdict.reason and reason in verdict.reason


def test_where_voices_know_nothing_no_claimed_speaker_holds() -> None:
    assert verify(Quote(PASSAGE, WORDS, "Mara Teel")).kind == "misattributed"


def test_an_articles_own_words_are_its_publishers_and_its_authors() -> None:
    for speaker in ("The Norhaven Post", "Kari Moen"):
        assert verify(Quote(PASSAGE, "The board spent $2.75 million", speaker), voices).holds
    assert not verify(Quote(PASSAGE, "The board spent $2.75 million", "Norhaven"), voices).holds


def test_of_two_places_that_of_the_claimed_speaker_is_taken() -> None:
    second = TEXT.rindex("It is over")

    def hers(span: Span) -> Said:
        return voices(Span(ARTICLE, TEXT.index(WORDS), TEXT.index(WORDS) + 9)) if span.start < second else Said(span)

    near_end = Passage(Span(ARTICLE, second, len(TEXT)), 1.0)
    assert verify(Quote(near_end, "It is over", "Teel"), hers).said[0].span.start == TEXT.index("It is over")


def test_a_place_where_nothing_is_cut_off_is_taken() -> None:
    article = Article.of("t", "We do not support the bill. But we all support the bill.")
    verdict = verify(Quote(Passage(Span(article, 0, 9), 1.0), "support the bill"))
    assert verdict.holds and verdict.said[0].span.start > 30


def test_a_cut_says_what_it_leaves_out_and_shows_the_fuller_words() -> None:
    verdict = verify(Quote(PASSAGE, "open the sluice before 4 May"))
    assert verdict.kind == "cut" and verdict.reason
    assert "negation “not”" in verdict.reason and "We will not open the sluice before 4 May" in verdict.reason


NOT_FOUND = {
    "words": ("The sluice is made of glass", "do not stand in 'Sluice'"),
    "a part": ("We will not open the sluice … of glass", "The part 'of glass' does not stand in 'Sluice'"),
    "the order": ("whatever the board says … We will not open", "not in this order"),
    "too short": ("sluice", "too short to prove anything"),
    "a part too short": ("We will not … sluice", "The part 'sluice' is too short"),
}


@pytest.mark.parametrize(("quote", "reason"), NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_what_is_not_found_says_what(quote: str, reason: str) -> None:
    verdict = verify(Quote(PASSAGE, quote))
    assert (verdict.kind, verdict.said) == ("not found", ())
    assert verdict.reason and reason in verdict.reason


def test_a_thousand_quotes_take_less_than_a_second_and_time_grows_no_faster_than_the_article() -> None:
    def seconds(copies: int) -> float:
        article = Article.of("t", "\n".join([TEXT] * copies))
        passage = Passage(Span(article, 0, 9), 1.0)
        verify(Quote(passage, "made once"))
        started = time.thread_time()
        for i in range(1_000):
            verify(
                Quote(passage, f"{words[i % len(words)]} {words[(i + 1) % len(words)]} {words[(i + 2) % len(words)]}")
            )
        return time.thread_time() - started

    words = TEXT.split()
    assert len(TEXT) * 13 > 5_000
    short = seconds(13)
    assert short < 1 and seconds(130) < 20 * max(short, 0.1)


HOSTILE = {
    "words that overlap themselves": ("a " * 50_000, "a " * 20_000 + "b"),
    "negations": ("not " * 25_000, "not not"),
    "capitals with points": ("A. " * 30_000 + "we go", "we go"),
    "marks": ('"' * 100_000 + " we go", "we go"),
    "brackets": ("a the " * 20_000, "a [the] a [the] a [the] a [the] b c"),
    "ellipses": ("a b " * 25_000, "a b … a b … c d"),
    "lines": ("a\n" * 50_000, "a b"),
}


@pytest.mark.parametrize(("text", "quote"), HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_and_no_quote_takes_long(text: str, quote: str) -> None:
    article = Article.of("t", text)
    started = time.thread_time()
    verify(Quote(Passage(Span(article, 0, 1), 1.0), quote))
    assert time.thread_time() - started < 5


def cited(text: str, *quotes: str, speaker: str | None = None) -> tuple[list[str], list[str], list[Verdict]]:
    """A claim's own words as far as they are kept, its verified quotations, and what failed."""
    claim = Claim(text, tuple(Quote(PASSAGE, quote, speaker) for quote in quotes))
    citing = cite(Draft((claim,), 1.0), voices)
    assert all(claim.state == "quoted" and len(claim.citations) == 1 for claim in citing.claims)
    kept = [claim.text for claim in citing.claims if claim.text]
    return kept, [claim.citations[0].quote for claim in citing.claims], list(citing.rejected)


def numbers(citing: Citing) -> list[tuple[str, list[int]]]:
    return [(claim.text, [citation.number for citation in claim.citations]) for claim in citing.claims]


def test_claims_are_numbered_in_order_and_equal_places_share_a_number() -> None:
    once, other = Quote(PASSAGE, "disagreed. “The sluice can open"), Quote(PASSAGE, "pumps ran at")
    citing = cite(Draft((Claim("A", (once,)), Claim("B", (other, once))), 1.0))
    assert numbers(citing) == [("A", [1]), ("B", [2]), ("", [1])]
    assert citing.rejected == ()


def test_a_sentence_that_is_supported_rests_on_all_quotations_that_hold() -> None:
    citing = Citing(voices)
    quotes = (Quote(PASSAGE, "pumps ran at"), Quote(PASSAGE, "pumps ran on"), Quote(PASSAGE, WORDS))
    assert [verdict.quote for verdict in citing.add(Claim("They ran.", quotes), lambda claim, said: None)] == [
        quotes[1]
    ]
    assert [claim.state for claim in citing.claims] == ["supported"]
    assert numbers(citing) == [("They ran.", [1, 2])]


def test_a_claim_that_is_made_again_is_said_once() -> None:
    claim = Claim("", (Quote(PASSAGE, WORDS),))
    assert numbers(cite(Draft((claim, claim), 1.0))) == [("", [1])]


def test_a_claim_without_a_verified_quote_is_left_out_and_its_quote_comes_back_with_a_reason() -> None:
    false = Quote(PASSAGE, "The sluice is already open")
    citing = cite(Draft((Claim("A lie", (false,)),), 1.0))
    assert citing.claims == ()
    (rejected,) = citing.rejected
    assert rejected.quote is false and rejected.reason and "Sluice" in rejected.reason


def test_each_fragment_of_a_joined_quote_has_its_own_number() -> None:
    text, quotes, rejected = cited("Teel:", "We will not open the sluice … whatever the board says")
    assert (text, rejected) == (["Teel:"], [])
    assert quotes == ["We will not open the sluice", "whatever the board says"]


def test_citations_carry_speaker_and_voice() -> None:
    (claim,) = cite(Draft((Claim("A", (Quote(PASSAGE, WORDS),)),), 1.0), voices).claims
    (citation,) = claim.citations
    assert citation.voice == "direct" and citation.speaker and citation.speaker.name == "Mara Teel"


KEPT = {
    "the quote": f"Teel said “{WORDS}” on Monday.",
    "the quote in other typography": "Teel said &quot;We  will not open the sluice before 4 May&quot;.",
    "the quote's beginning": "Teel said: “We will not open the sluice.”",
    "other words of the article": "Teel said no, and Roon that “1,250 homes are under water”.",
    "a joined quotation": "Teel said: “We will not open the sluice … whatever the board says.”",
    "an editor's brackets": "Teel said that “[w]e will not open the sluice”.",
    "the title": "In “Sluice”, Teel said no.",
    "quoted lines": f"The Norhaven Post, “Sluice”, undated:\n> “{WORDS}”",
    "one word": "Roon spoke of “homes”.",
    "no quotation": "Teel said no, it isn’t hers.",
}  # fmt: skip


@pytest.mark.parametrize("prose", KEPT.values(), ids=KEPT.keys())
def test_prose_whose_quotations_hold_is_kept(prose: str) -> None:
    text, quotes, rejected = cited(prose, WORDS)
    assert (text, quotes, rejected) == ([prose], [WORDS], [])


REWRITTEN = {
    "invented": ("Teel said “We will burn the sluice”.", "We will burn the sluice"),
    "in straight marks": ('Teel said "We will burn the sluice".', "We will burn the sluice"),
    "in single marks": ("Teel said 'We will burn the sluice'.", "We will burn the sluice"),
    "in angled marks": ("Teel said «We will burn the sluice».", "We will burn the sluice"),
    "in entities": ("Teel said &#8220;We will burn the sluice&#8221;.", "We will burn the sluice"),
    "in quoted lines": ("Teel said:\n> We will burn\n> the sluice", "We will burn the sluice"),
    "over two lines": ("Teel said “We will burn\nthe sluice”.", "We will burn the sluice"),
    "never closed": ("Teel said “We will burn the sluice", "We will burn the sluice"),
    "never opened": ("We will burn the sluice” Teel said.", "We will burn the sluice"),
    "beside a true one": (f"Teel said “{WORDS}” and “We will burn it”.", "We will burn it"),
    "cut off": ("Teel will “open the sluice before 4 May”.", "open the sluice before 4 May"),
    "one word that is not there": ("Teel spoke of “arson”.", "arson"),
    "nested in a true one": ("Teel said “We will not ‘burn’ the sluice”.", "We will not ‘burn’ the sluice"),
    "of two speakers": ("“We will not open the sluice … 1,250 homes are under water”",
                        "We will not open the sluice … 1,250 homes are under water"),
}  # fmt: skip


@pytest.mark.parametrize(("prose", "false"), REWRITTEN.values(), ids=REWRITTEN.keys())
def test_prose_with_a_quotation_that_fails_gives_way_to_the_verified_ones(prose: str, false: str) -> None:
    text, quotes, rejected = cited(prose, WORDS)
    assert (text, quotes) == ([], [WORDS])
    assert [verdict.quote.text for verdict in rejected] == [false] and not rejected[0].holds and rejected[0].reason


def test_prose_of_a_claimed_speaker_quotes_that_speaker_only() -> None:
    text, _, rejected = cited("Teel said “1,250 homes are under water”.", WORDS, speaker="Mara Teel")
    assert text == [] and [verdict.kind for verdict in rejected] == ["misattributed"]


def test_a_false_quote_that_the_prose_shows_too_is_reported_once() -> None:
    text, _, rejected = cited(f"Teel said “{WORDS}” and “We will burn it”.", WORDS, "We will burn it")
    assert text == [] and len(rejected) == 1


@given(st.text(st.sampled_from("aW e“”\"'‘’«»>…[]&;\n.,"), max_size=40))
def test_no_mark_in_prose_lets_an_invented_passage_through(before: str) -> None:
    text, _, _ = cited(f"{before}\n\nTeel said “We will burn the sluice”. {before}", WORDS)
    assert text == []
