"""Is this quotation real: where it stands, whose words it is, and what is said where it does not hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from embedders import HashEmbedder
from hypothesis import given
from hypothesis import strategies as st

from index.build import build_articles
from rag.answer import IndexFacts
from rag.api import Rag
from rag.errors import InputError
from rag.quoting.check import ARTICLES, LISTED, QUOTATIONS_LIMIT, TEXT_LIMIT, Check, Checked, check, elsewhere
from rag.quoting.cite import unestablished, verify
from rag.records import Article, Passage, Quote, Said, Span, Speaker

TEXT = (
    "NORHAVEN — The sluice board met on Monday.\n"
    "“We will open the sluice after the May tide,” Mara Teel said. “The wall has 1,250 cracks.”\n"
    "Her deputy, Anders Roon, disagreed: “The pumps can run at once, and we will stay beside them.”\n"
    "The board spent two days on the matter."
)
POST = Article.of("Sluice stays shut", TEXT, publisher="The Norhaven Post", published=date(2031, 5, 1))
WIRE = Article.of("Sluice: a dispute", TEXT + " It ended late.", publisher="Tidal Wire", published=date(2031, 5, 3))
UNDATED = Article.of("The sluice", f"From the archive.\n{TEXT}", publisher="Quay Herald")
OTHER = Article.of("Fair moves", "The lantern fair moves to the Old Quay, its organiser told the Herald.")
TIDE, PUMPS = "We will open the sluice after the May tide", "The pumps can run at once, and we will stay beside them"
FACTS = IndexFacts(4, date(2031, 5, 3), None)


def voices(span: Span) -> Said:
    """Names Mara Teel and Anders Roon in their words, and nobody elsewhere."""
    text = span.article.text
    for name, words in (("Mara Teel", TIDE), ("Anders Roon", PUMPS)):
        start, mention = text.find(words), text.find(name)
        if start <= span.start and span.end <= start + len(words):
            return Said(span, "direct", Speaker(name, Span(span.article, mention, mention + len(name))))
    return Said(span, "article")


@pytest.fixture(scope="module")
def rag(tmp_path_factory: pytest.TempPathFactory) -> Rag:
    folder = tmp_path_factory.mktemp("index")
    build_articles("test", [POST, WIRE, UNDATED, OTHER], folder, HashEmbedder(), lambda report: None)
    return Rag.load(folder, embedder=HashEmbedder(), voices=voices)


def only(found: Check) -> Checked:
    (checked,) = found.quotations
    return checked


def publishers(checked: Checked) -> list[str | None]:
    return [verdict.said[0].span.article.publisher for verdict in checked.verdicts]


def test_a_real_quotation_is_found_in_every_article_the_newest_first(rag: Rag) -> None:
    checked = only(rag.check(TIDE))
    assert checked.kind == "exact" and publishers(checked) == ["Tidal Wire", "The Norhaven Post", "Quay Herald"]


def test_it_comes_with_its_place_and_its_speaker(rag: Rag) -> None:
    said = only(rag.check(TIDE)).verdicts[0].said[0]
    assert said.span.text == TIDE == WIRE.text[said.span.start : said.span.end]
    assert said.speaker and said.speaker.name == "Mara Teel" and said.voice == "direct"


@pytest.mark.parametrize(
    "quote", [f"“{TIDE}”", f'"{TIDE}"', f"“{TIDE}.”", f"{TIDE},", f" {TIDE.replace(' ', '  ')}\n", f"«{TIDE}»"]
)
def test_its_marks_its_closing_stop_and_its_spaces_do_not_count(rag: Rag, quote: str) -> None:
    assert rag.check(quote).holds


@pytest.mark.parametrize("mark", ["!", "?"])
def test_another_closing_mark_counts(rag: Rag, mark: str) -> None:
    assert not rag.check(f"“{TIDE}{mark}”").holds


def test_each_quotation_of_a_text_gets_its_own_verdict(rag: Rag) -> None:
    found = rag.check(f"Teel said: “{TIDE}.” Roon thought that “the pumps are broken”, and she was “angry”.")
    assert [(checked.quote, checked.holds) for checked in found.quotations] == [
        (TIDE, True),
        ("the pumps are broken", False),
    ]
    assert found.too_short == ("angry",) and not found.holds


def test_a_text_that_quotes_one_word_only_is_checked_as_a_whole(rag: Rag) -> None:
    assert only(rag.check("The “sluice” board met on Monday")).quote == "The “sluice” board met on Monday"


def test_with_the_right_speaker_it_holds(rag: Rag) -> None:
    assert rag.check(TIDE, "Teel").holds


def test_true_words_of_another_speaker_are_misattributed_and_say_whose_they_are(rag: Rag) -> None:
    checked = only(rag.check(TIDE, "Anders Roon"))
    assert checked.kind == "misattributed" and not checked.holds
    assert {said.speaker.name for v in checked.verdicts for said in v.said if said.speaker} == {"Mara Teel"}


def test_the_words_are_counted_apart_from_where_they_are_that_speakers(rag: Rag) -> None:
    def others_say_so(span: Span) -> Said:
        found = voices(span)
        return found if span.article is WIRE else Said(span, "article")

    found = only(check(TIDE, "Mara Teel", lambda words, k: [POST, UNDATED, WIRE], 3, FACTS, others_say_so))
    assert (found.holds, found.articles, found.stands, len(found.verdicts)) == (True, 1, 3, 3)
    assert found.to_dict()["stands"] == 3


def test_where_nobody_is_established_nobody_said_it() -> None:
    found = check(TIDE, "Mara Teel", lambda words, k: [POST], 1, FACTS, unestablished)
    assert only(found).kind == "misattributed"


def test_false_words_are_found_nowhere_and_the_closest_are_shown(rag: Rag) -> None:
    checked = only(rag.check("We will not open the sluice after the May tide"))
    assert checked.kind == "not found" and checked.verdicts == ()
    (near,) = checked.closest
    assert [piece.text.strip() for piece in near.pieces if piece.whose == "claimed"] == ["not"]


def test_where_nothing_is_close_nothing_is_shown(rag: Rag) -> None:
    assert only(rag.check("The moon was bought by a brewery")).closest == ()


def test_filters_leave_articles_out_and_say_how_many_are_left(rag: Rag) -> None:
    found = rag.check(TIDE, publishers=["tidal wire"])
    assert publishers(only(found)) == ["Tidal Wire"] and found.searched == 1 and found.index.articles == 4
    assert publishers(only(rag.check(TIDE, before="2031-05-01"))) == ["The Norhaven Post"]


def test_more_articles_than_are_looked_at_are_said_to_be_more() -> None:
    copies = [Article.of("Sluice", TEXT, url=f"https://post.example/{n}") for n in range(ARTICLES + 5)]
    found = check(TIDE, None, lambda words, k: copies[:k], len(copies), FACTS, unestablished)
    checked = only(found)
    assert checked.more and checked.articles == ARTICLES and len(checked.verdicts) == LISTED


def test_a_speaker_is_looked_for_beyond_the_articles_that_are_listed() -> None:
    copies = [Article.of("Sluice", TEXT, url=f"https://post.example/{n}") for n in range(LISTED + 5)]
    oldest = Article.of("Sluice", f"Teel again. {TEXT}", published=date(1999, 1, 1))
    copies = [replace(copy, published=date(2031, 1, 1)) for copy in copies]

    def only_in_the_oldest(span: Span) -> Said:
        return voices(span) if span.article is oldest else Said(span)

    found = only(check(TIDE, "Teel", lambda words, k: [oldest, *copies], 26, FACTS, only_in_the_oldest))
    assert found.holds and found.verdicts[0].said[0].span.article is oldest and found.articles == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing to check"),
        (" “…” \n", "nothing to check"),
        ("Sluice!", "'Sluice!' is too short to prove anything"),
        ("x " * TEXT_LIMIT, f"at most {TEXT_LIMIT:,} are checked"),
        (" ".join(f"“word {n}”" for n in range(QUOTATIONS_LIMIT + 1)), f"at most {QUOTATIONS_LIMIT} are checked"),
    ],
    ids=["empty", "marks", "one word", "too long", "too many"],
)
def test_what_cannot_be_checked_is_said_with_a_way_out(rag: Rag, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        rag.check(text)


def test_a_wrong_day_is_named(rag: Rag) -> None:
    with pytest.raises(InputError, match="after is 'May', expected a day"):
        rag.check(TIDE, after="May")


def test_the_dictionary_is_json_and_names_places_as_an_answer_does(rag: Rag) -> None:
    told = json.loads(json.dumps(rag.check(TIDE, "Mara Teel").to_dict()))
    (quotation,) = told["quotations"]
    assert told["holds"] and quotation["kind"] == "exact" and told["claimed_speaker"] == "Mara Teel"
    citation = quotation["found"][1]["citations"][0]
    assert TEXT[citation["start_char_index"] : citation["end_char_index"]] == citation["cited_text"] == TIDE
    assert citation["speaker"]["name"] == "Mara Teel" and citation["publisher"] == "The Norhaven Post"
    around = quotation["found"][1]["surrounding"]
    assert TEXT[around["start_char_index"] : around["end_char_index"]] == around["text"]
    assert "The sluice board met" in around["text"] and "1,250 cracks" in around["text"]


def test_the_dictionary_of_what_is_not_found_holds_the_differences(rag: Rag) -> None:
    told = json.loads(json.dumps(rag.check("We will never open the sluice after the May tide").to_dict()))
    (near,) = told["quotations"][0]["closest"]
    assert {"whose": "claimed", "text": "never "} in near["pieces"]
    assert near["text"] == TIDE and near["document_title"] == "Sluice: a dispute"


def test_a_quote_that_stands_in_another_article_says_in_which_and_by_whom() -> None:
    verdict = elsewhere(verify(Quote(Passage(Span(OTHER, 0, 9), 1.0), TIDE)), lambda words, k: [OTHER, POST], voices)
    assert verdict.kind == "elsewhere" and not verdict.holds and verdict.said[0].span.article is POST
    assert verdict.reason and "'Sluice stays shut'" in verdict.reason and "Mara Teel" in verdict.reason


def test_a_quote_that_stands_nowhere_stays_not_found() -> None:
    verdict = verify(Quote(Passage(Span(OTHER, 0, 9), 1.0), "Nobody said any of these words"))
    assert elsewhere(verdict, lambda words, k: [OTHER, POST], voices) == verdict


@given(st.text(max_size=60) | st.sampled_from([TIDE, PUMPS, TEXT]).flatmap(
    lambda text: st.integers(0, 30).flatmap(lambda start: st.integers(start, 90).map(lambda end: text[start:end]))
))  # fmt: skip
def test_what_is_found_always_stands_in_its_article_whatever_was_claimed(text: str) -> None:
    try:
        found = check(text, None, lambda words, k: [POST, WIRE], 2, FACTS, unestablished)
    except InputError:
        return
    for checked in found.quotations:
        assert all(said.span.text in said.span.article.text for verdict in checked.verdicts for said in verdict.said)
        assert checked.holds == (bool(checked.verdicts) and checked.verdicts[0].holds)
        assert not (checked.verdicts and checked.closest)
