"""Disagreements between publishers: found where one particular differs, and nowhere else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from rag.answer import Disagreement
from rag.reading.disagreements import disagreements
from rag.records import Article, Span

DEMO = Path(__file__).resolve().parents[2] / "index" / "demo"
TUESDAY, WEDNESDAY = date(2031, 3, 4), date(2031, 3, 5)


def article(text: str, publisher: str, published: date | None = TUESDAY) -> Article:
    return Article.of(text[:20], text, publisher=publisher, published=published)


def whole(one: Article) -> Span:
    return Span(one, 0, len(one.text))


def found(one: str, other: str, published: tuple[date | None, date | None] = (TUESDAY, TUESDAY)) -> list[Disagreement]:
    ours, theirs = article(one, "The Harbour Courier", published[0]), article(other, "Norhaven Wire", published[1])
    return disagreements([whole(ours)], [whole(theirs)])


DIFFER = {
    "another number of the same": (
        "The blast at the Gull Point depot killed 40 people, the fire service said.",
        "The fire service said the blast at the Gull Point depot killed 43 people.",
        ("number", "40", "43"),
    ),
    "deaths in other words": (
        "The blast at the Gull Point depot left 40 dead, according to the fire service.",
        "Some 60 people died in the blast at the Gull Point depot, the fire service said.",
        ("number", "40", "60"),
    ),
    "a number in words": (
        "Three dock workers were lifted from the roof of a grain shed in Port Merrow.",
        "Five dock workers were lifted from the roof of a grain shed in Port Merrow.",
        ("number", "Three", "Five"),
    ),
    "millions in digits and in words": (
        "The repair of the Kellan dam will cost 48 million crowns, the board said.",
        "The board said that the repair of the Kellan dam will cost 84,000,000 crowns.",
        ("number", "48 million", "84,000,000"),
    ),
    "a share": (
        "Turnout in Kellan Bridge was 71 percent, the highest in the town since 1998.",
        "Turnout in Kellan Bridge was 77 per cent, the highest in the town since 1998.",
        ("number", "71 percent", "77 per cent"),
    ),
    "a decimal": (
        "The water stood at 6.4 metres on the Customs House gauge, the highest reading since 1911.",
        "The water stood at 6.9 metres on the Customs House gauge, the highest reading since 1911.",
        ("number", "6.4 metres", "6.9 metres"),
    ),
    "a rounded number too far from the other": (
        "About 850 people left their homes in Port Merrow after the Vessen rose, the civil protection service said.",
        "The Vessen rose in Port Merrow and 1,200 people left their homes, the city council said.",
        ("number", "850", "1,200"),
    ),
    "two lower bounds": (
        "At least 39 people were hurt in the Tarn Pass avalanche, police said.",
        "At least 52 people were injured in the Tarn Pass avalanche, police said.",
        ("number", "39", "52"),
    ),
    "one of two numbers": (
        "The Wire counted three boats and 220 lorries at the Tarn Pass barrier on the Orsanian side.",
        "The Wire counted 3 boats and 340 lorries at the Tarn Pass barrier on the Orsanian side.",
        ("number", "220", "340"),
    ),
    "another day of the week": (
        "The gate at Pell Street passed its inspection on Monday, the Port Authority said.",
        "The gate at Pell Street passed its inspection on Sunday, the Port Authority said.",
        ("date", "Monday", "Sunday"),
    ),
    "a weekday and another date": (
        "The gate at Pell Street passed its inspection on Monday, the Port Authority said.",
        "The gate at Pell Street passed its inspection on 27 February, the Port Authority said.",
        ("date", "Monday", "27 February"),
    ),
    "another date": (
        "Imogen Sarrow will be sworn in as mayor of Kellan Bridge on 22 April.",
        "Imogen Sarrow will be sworn in as mayor of Kellan Bridge on April 29.",
        ("date", "22 April", "April 29"),
    ),
    "another year": (
        "The contract of Whimbrel Line with the province of Skarrow runs until 2033.",
        "The contract of Whimbrel Line with the province of Skarrow runs until 2035.",
        ("date", "2033", "2035"),
    ),
    "another time of day": (
        "Keldrian guards lowered the barrier at the Tarn Pass at 6 p.m. without a word.",
        "Keldrian guards lowered the barrier at the Tarn Pass at 8 p.m. without a word.",
        ("date", "6 p.m.", "8 p.m."),
    ),
}


@pytest.mark.parametrize(("one", "other", "what"), DIFFER.values(), ids=DIFFER.keys())
def test_a_particular_that_differs_is_found(one: str, other: str, what: tuple[str, str, str]) -> None:
    assert [(d.what, d.one_says.text, d.other_says.text) for d in found(one, other)] == [what]


DEPOT = "The blast at the Gull Point depot killed {} people, the fire service said."
AGREE = {
    "a word and a digit": (DEPOT.format("three"), DEPOT.format("3")),
    "digits with a comma and thousands": (DEPOT.format("1,200"), DEPOT.format("1.2 thousand")),
    "millions": (
        "The repair of the Kellan dam will cost 48 million crowns, the board said.",
        "The repair of the Kellan dam will cost 48,000,000 crowns, the board said.",
    ),
    "per cent": (
        "Turnout in Kellan Bridge was 71%, the highest in the town since 1998.",
        "Turnout in Kellan Bridge was 71 per cent, the highest in the town since 1998.",
    ),
    "about": (DEPOT.format("about 850"), DEPOT.format("853")),
    "more than": (DEPOT.format("more than 40"), DEPOT.format("43")),
    "nearly": (DEPOT.format("nearly 1,200"), DEPOT.format("1,190")),
    "rounded without a word": (DEPOT.format("1,200"), DEPOT.format("1,213")),
    "a dozen": (DEPOT.format("a dozen"), DEPOT.format("12")),
    "a number of something else": (
        "The blast at the Gull Point depot killed 40 people, the fire service said.",
        "The blast at the Gull Point depot injured 43 people, the fire service said.",
    ),
    "the same two numbers in another order": (
        "The blast at the Gull Point depot killed 12 people and injured 40, the fire service said.",
        "The blast at the Gull Point depot injured 40 people and killed 12, the fire service said.",
    ),
    "a weekday and its date": (
        "The gate at Pell Street passed its inspection on Monday, the Port Authority said.",
        "The gate at Pell Street passed its inspection on 3 March, the Port Authority said.",
    ),
    "yesterday and a weekday": (
        "The gate at Pell Street passed its inspection yesterday, the Port Authority said.",
        "The gate at Pell Street passed its inspection on Monday, the Port Authority said.",
    ),
    "a month and a day in it": (
        "The gate at Pell Street passed its inspection in February, the Port Authority said.",
        "The gate at Pell Street passed its inspection on 12 February, the Port Authority said.",
    ),
    "a date either way round": (
        "Imogen Sarrow will be sworn in as mayor of Kellan Bridge on 22 April.",
        "Imogen Sarrow will be sworn in as mayor of Kellan Bridge on April 22, 2031.",
    ),
    "a full name and a surname": (
        "“Every box was sealed when it reached the hall,” Imogen Sarrow told reporters.",
        "“Every box was sealed when it reached the hall,” Sarrow told reporters.",
    ),
    "a name and an office": (
        "“Every box was sealed when it reached the hall,” Imogen Sarrow told reporters.",
        "“Every box was sealed when it reached the hall,” the mayor told reporters.",
    ),
    "a place and its country, where the article knows both": (
        "The mediator will see the owner of the cannery on Friday in Vantry. Vantry lies in Orsany.",
        "The mediator will see the owner of the cannery on Friday in Orsany. Its capital is Vantry.",
    ),
    "another event on another day": (
        "A blast killed 40 people at a depot in Port Merrow on Monday, the fire service said.",
        "A blast killed 12 people at a depot in Port Merrow on 2 February, the fire service said.",
    ),
    "another event at another place": (
        "A blast killed 40 people at a grain depot in Brackwater, the fire service said.",
        "A blast killed 12 people at a grain depot in Vantry, the fire service said.",
    ),
    "another man’s number": (
        "Imogen Sarrow received 9,418 votes in the count, the returning officer announced.",
        "Rufus Dannock received 9,381 votes in the count, the returning officer announced.",
    ),
    "a label": (
        "The storm Odile made landfall near Port Merrow as a Category 3 storm on Monday.",
        "Odile was a Category 4 storm by noon, said the weather office in Port Merrow.",
    ),
    "a day of every week": (
        "The Vantry Post sends its letter on health to its readers every Monday.",
        "The Vantry Post sends its letter on health to its readers every Friday.",
    ),
    "other words of the same speaker": (
        "“The dam is safe,” Matthias Okeford said at a meeting in the town hall.",
        "“None of the cracks goes through the wall,” Rosalind Thane said at a meeting in the town hall.",
    ),
    "lines of a list": (
        "Merrow Athletic, 40 points after the third round",
        "Merrow Athletic, 43 points after the third round",
    ),
}


@pytest.mark.parametrize(("one", "other"), AGREE.values(), ids=AGREE.keys())
def test_what_can_both_be_true_is_no_disagreement(one: str, other: str) -> None:
    assert found(one, other) == []


def test_a_weekday_means_another_day_in_an_article_of_another_week() -> None:
    text = "The gate at Pell Street passed its inspection on {}, the Port Authority said."
    later = date(2031, 3, 12)
    assert found(text.format("Monday"), text.format("10 March"), (TUESDAY, later)) == []
    assert found(text.format("Monday"), text.format("7 March"), (TUESDAY, later))


def test_days_of_undated_articles_are_compared_by_name() -> None:
    text = "The gate at Pell Street passed its inspection on {}, the Port Authority said."
    assert found(text.format("Monday"), text.format("Monday"), (None, TUESDAY)) == []
    assert found(text.format("Monday"), text.format("Friday"), (None, None))


@pytest.mark.parametrize(("one", "other"), [("40", "43"), ("5", "seven"), ("at least 39", "at least 52")])
def test_a_count_that_has_grown_is_an_update(one: str, other: str) -> None:
    days = (TUESDAY, WEDNESDAY)
    assert [d.kind for d in found(DEPOT.format(one), DEPOT.format(other), days)] == ["update"]
    assert [d.kind for d in found(DEPOT.format(other), DEPOT.format(one), days[::-1])] == ["update"]


def test_a_count_that_is_smaller_later_or_of_the_same_day_is_a_disagreement() -> None:
    for days in ((WEDNESDAY, TUESDAY), (TUESDAY, TUESDAY), (None, TUESDAY)):
        assert [d.kind for d in found(DEPOT.format("40"), DEPOT.format("43"), days)] == ["disagreement"]


def test_another_figure_of_the_same_publisher_on_a_later_day_is_an_update() -> None:
    text = "The gate at Pell Street in Port Merrow will be inspected on {}, the Port Authority said."
    one, other = (article(text.format(day), "Wire", at) for day, at in (("7 March", TUESDAY), ("9 March", WEDNESDAY)))
    other = Article.of("Later", f"{other.text} Rain is forecast. The tide is high, and ferries wait.", publisher="Wire",
                       published=WEDNESDAY)  # fmt: skip
    found = disagreements([whole(one)], [whole(other)])
    assert [(d.what, d.kind) for d in found] == [("date", "update")]


def test_a_measure_of_another_day_is_another_measure() -> None:
    text = "The river stood at {} metres on the Customs House gauge in Port Merrow, the port said."
    assert found(text.format("6.4"), text.format("6.9"), (TUESDAY, WEDNESDAY)) == []
    assert found(text.format("6.4"), text.format("6.9"))


def test_a_count_since_the_last_report_is_another_the_next_day() -> None:
    text = "The health service of Norhaven reported {} new cases of marsh fever in the delta."
    assert found(text.format("210"), text.format("340"), (TUESDAY, WEDNESDAY)) == []


def test_an_article_of_another_season_reports_another_occasion() -> None:
    assert found(DEPOT.format("40"), DEPOT.format("43"), (TUESDAY, date(2032, 3, 4))) == []


def test_a_number_that_the_other_article_gives_as_well_is_none() -> None:
    ours = DEPOT.format("40")
    theirs = (
        DEPOT.format("43") + " Earlier, the fire service had said the blast at the Gull Point depot killed 40 people."
    )
    assert found(ours, theirs) == []


def test_versions_of_one_story_are_left_out() -> None:
    told = [json.loads((DEMO / f"kellan-dam-repair{end}.json").read_text()) for end in ("", "-corrected")]
    versions = [Article.of(t["title"], t["text"], url=t["url"], publisher=t["publisher"]) for t in told]
    assert disagreements([whole(versions[0])], [whole(versions[1])]) == []


def test_the_demo_has_one_disagreement() -> None:
    articles = []
    for file in sorted(DEMO.glob("*.json")):
        told = json.loads(file.read_text())
        published = date.fromisoformat(told["published"])
        articles.append(
            Article.of(told["title"], told["text"], url=told["url"], publisher=told["publisher"], published=published)
        )
    everything = [whole(one) for one in articles]
    (one,) = disagreements(everything, everything)
    assert (one.what, one.one_says.text, one.other_says.text) == ("number", "850", "1,200")
    assert {one.one.article.publisher, one.other.article.publisher} == {"Norhaven Wire", "The Harbour Courier"}


def test_the_words_lie_in_their_sentences_and_a_cited_part_stands_for_its_sentence() -> None:
    one, other = article("Rain fell. " + DEPOT.format("40"), "The Harbour Courier"), article(DEPOT.format("43"), "Wire")
    cited = Span(one, one.text.index("killed"), len(one.text))
    (disagreement,) = disagreements([cited], [whole(one), whole(other)])
    assert disagreement.one.text == DEPOT.format("40")
    assert disagreement.one.start <= disagreement.one_says.start < disagreement.one_says.end <= disagreement.one.end


def test_the_search_through_a_hostile_text_comes_to_an_end() -> None:
    texts = (
        "1 " * 50_000 + ".",
        "said " * 20_000 + ".",
        "A, " * 30_000 + ".",
        "9" * 100_000 + ".",
        "On Monday, " * 9_000,
    )
    for text in texts:
        assert found(text, text + " ", (date.min, date.max)) == []
