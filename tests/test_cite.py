"""The verifier: the ten cases that decide a quotation, and what typography may and may not change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.cite import cite, verify
from rag.datatypes import Article, Claim, Draft, Passage, Quote, Span

TEXT = (
    "NORHAVEN — “We will not open the sluice before 4 May, whatever the board says,” Mara Teel said on Monday.\n"
    "Teel’s deputy, Anders Roon, disagreed. “The sluice can open at once: 1,250 homes are under water,” he said.\n"
    "The board spent $2.75 million on the wall — more than planned… and it fell by −3 % of its height in one year. "
    "The co\u00adoperative’s eﬃcient pumps ran at 7.5 percent. “It is over,” she said. It is over."
)
ARTICLE = Article.of("Sluice", TEXT, publisher="The Norhaven Post")
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
    if isinstance(result, Span):
        assert result.text in article.text
        assert "".join(result.text.split()) != ""


@given(st.text(max_size=60), st.text(max_size=30))
def test_a_citation_is_always_in_its_article_whatever_was_claimed(text: str, quote: str) -> None:
    article = Article.of("t", "A b " + text)
    passage = Passage(Span(article, 0, 1), 1.0)
    _, citations, _ = cite(Draft((Claim("c", (Quote(passage, quote),)),), 1.0))
    assert all(c.quote in article.text for c in citations)


def test_claims_are_numbered_in_order_and_equal_places_share_a_number() -> None:
    once, other = Quote(PASSAGE, "disagreed. “The sluice can open"), Quote(PASSAGE, "pumps ran at")
    text, citations, rejected = cite(Draft((Claim("A", (once,)), Claim("B", (other, once))), 1.0))
    assert text == "A [1]\n\nB [2][1]"
    assert [c.number for c in citations] == [1, 2]
    assert rejected == ()


def test_a_claim_without_a_verified_quote_is_left_out_and_its_quote_comes_back_with_a_reason() -> None:
    false = Quote(PASSAGE, "The sluice is already open")
    text, citations, rejected = cite(Draft((Claim("A lie", (false,)),), 1.0))
    assert (text, citations) == ("", ())
    assert rejected[0].quote is false and "Sluice" in rejected[0].reason
