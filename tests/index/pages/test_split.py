"""One page of plain text and the articles on it. All pages but the saved one are fictional."""

from __future__ import annotations

import hashlib
import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pages.split import Part, split_page

DATA = Path(os.environ.get("ONRECORD_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")

LIGHTHOUSE = (
    "Keepers of Marrow Point lighthouse strike over night shifts",
    """The keepers of Marrow Point lighthouse stopped work on Tuesday after talks about night shifts broke down.
Their union said that four keepers had shared eleven nights a week between them since Osbert Tamsin retired in spring.
“Nobody minds the lamp, but everybody minds the stairs,” the union's secretary, Wilma Garrick, told reporters.
The lighthouse board called the strike regrettable and offered a fifth keeper, but not before the autumn storms.
Garrick said the keepers wanted two more, and a lift. The board answered that the tower of 1871 has no room for a lift.
Ships will be warned by radio for as long as the strike lasts, the harbour office said, and the lamp stays lit by clock.
The last strike at Marrow Point lasted nine days and ended when the keepers were given a stove for the watch room.
On Wednesday some sixty people from Marrow Point climbed to the lighthouse with soup for the keepers.
Among them was Tamsin, who kept the lamp for forty years and said that the night shifts had always been too long.
“Four keepers were few when I was one of them,” Tamsin said. “The board counted the stairs, but never the nights.”
The board's chairman, Ephraim Coll, said he would meet Garrick again on Thursday, in the watch room and by the stove.
Coll said that a strike at the lighthouse in the season of storms would cost the harbour more than a fifth keeper.
Garrick answered that the keepers would work their shifts again once Coll had climbed the stairs twice a night.""",
)
CHEESE = (
    "Dairy in Upper Vell recalls blue cheese after mislabelling",
    """A dairy in Upper Vell has recalled 3,000 wheels of blue cheese because their labels gave the wrong month.
The cheese was sold in eleven towns between 3 and 9 May, the food inspectorate said on Friday, and is safe to eat.
Dairy owner Petra Lindqvist blamed a new printing machine, which had been set to the calendar of its maker's country.
“The cheese is as good as ever; it is merely not from the future,” Lindqvist said in a statement.
Customers can return a wheel to any grocer and get their money back, or keep it and get a voucher for half of it.
The inspectorate fined the same dairy two years ago, when a batch of goat cheese was labelled as butter.
Lindqvist said the printing machine had been sent back and that labels would be written by hand until July.
Grocers in Upper Vell reported queues on Saturday, as customers came to buy the recalled cheese rather than return it.
“They ask for the wrong month,” said Hugo Anselm, who sells cheese in the market hall and kept forty wheels.
Anselm said that a recall was the best thing that had happened to the dairy since the goat cheese labelled as butter.
The inspectorate warned that blue cheese must be sold with the right label, however sound it is.
An inspector, Dora Whitlam, visited the dairy twice and found the cellar clean and the labels of all other wheels right.
Whitlam said the mislabelling was a mistake and no fraud, and that Lindqvist would not be fined a second time.""",
)
ORCHESTRA = (
    "Quarrytown orchestra finds lost symphony under piano lid",
    """Musicians of the Quarrytown orchestra have found the score of a symphony that was thought to be lost since 1926.
The manuscript lay folded beneath the lid of a rehearsal piano, where a tuner noticed it on Monday morning.
Conductor Idris Fenwick said the hand was without doubt that of Amalia Brandt, who taught in the town for thirty years.
“We have sat on a masterpiece, some of us quite literally,” Fenwick told an audience at the town hall.
Brandt wrote the symphony for a jubilee that was called off when the concert hall flooded, and never spoke of it again.
The orchestra intends to play it in November, once the trombone parts, which mice had reached first, are restored.
A museum in the capital has asked for the manuscript, but Fenwick said that it would stay in the piano.
The tuner who found the symphony, Leopold Asher, said he had been looking for a pencil that fell under the lid.
Asher has tuned the piano of the orchestra since he was nineteen and had never before lifted the lid that far.
“Brandt must have hidden the score there herself,” Asher said, “for nobody else in Quarrytown could read her hand.”
A granddaughter of Brandt, Celia Moor, wept when the musicians played her the first page of the manuscript on Monday.
Moor said that her grandmother had hummed the lost symphony while she cooked, and that the family took it for a hymn.
Fenwick has invited Moor to sit beside the piano in November, when the orchestra plays all four movements.""",
)
ARTICLES = [LIGHTHOUSE, CHEESE, ORCHESTRA]
FOOTER = "\nNo comments:\nPost a Comment\nThanks for commenting on this post. Please share it with your friends."


def page(*articles: tuple[str, str]) -> str:
    return "\n".join(f"{title}\n{text}" for title, text in articles)


def pairs(parts: list[Part]) -> list[tuple[str, str]]:
    return [(part.title, part.text) for part in parts]


def test_a_page_of_three_articles_gives_three_in_order() -> None:
    assert pairs(split_page(page(*ARTICLES))) == ARTICLES


def test_articles_come_apart_where_every_line_stands_alone() -> None:
    spaced = page(*ARTICLES).replace("\n", "\n\n")
    assert [part.title for part in split_page(spaced)] == [title for title, _ in ARTICLES]


def test_a_source_line_on_top_names_the_publisher_of_every_article() -> None:
    parts = split_page("News Source: The Harbour Gull\n" + page(*ARTICLES))
    assert [part.publisher for part in parts] == ["The Harbour Gull"] * 3
    assert pairs(parts) == ARTICLES


def test_a_source_line_above_an_article_names_its_own_publisher() -> None:
    text = (
        f"Source: Gull\n{page(LIGHTHOUSE)}\nSource: Vell Post\n{page(CHEESE)}\nPublished by Quarry\n{page(ORCHESTRA)}"
    )
    parts = split_page(text)
    assert [part.publisher for part in parts] == ["Gull", "Vell Post", "Quarry"]
    assert pairs(parts) == ARTICLES


def test_source_lines_that_close_the_articles_belong_to_the_article_above() -> None:
    text = f"{page(LIGHTHOUSE)}\nSource: Gull\n{page(CHEESE)}\nSource: Vell Post"
    parts = split_page(text)
    assert [part.publisher for part in parts] == ["Gull", "Vell Post"]
    assert pairs(parts) == ARTICLES[:2]


def test_a_source_line_below_the_headline_stands_in_no_text() -> None:
    assert split_page("Tide rises in Port Ellen\nSource: Gull\nIt rose by a foot.") == [
        Part("Tide rises in Port Ellen", "It rose by a foot.", "Gull")
    ]


def test_the_publisher_of_a_source_line_with_a_link_is_its_host() -> None:
    assert split_page("Source: https://www.gull.example/tide\nTide rises\nIt rose.")[0].publisher == "gull.example"


def test_a_source_line_that_ends_a_single_article_stays_in_its_text() -> None:
    assert split_page("Tide table\nIt rose by a foot.\nSource: Harbour office")[0].text.endswith("Harbour office")


def test_a_standfirst_is_the_first_line_of_the_text() -> None:
    standfirst = "The food inspectorate says the wheels with the wrong month on their labels are safe to eat"
    parts = split_page(page(LIGHTHOUSE, (CHEESE[0], f"{standfirst}\n{CHEESE[1]}"), ORCHESTRA))
    assert [part.title for part in parts] == [title for title, _ in ARTICLES]
    assert parts[1].text.splitlines()[0] == standfirst


def test_the_footer_of_a_blog_is_in_no_text() -> None:
    assert pairs(split_page(page(*ARTICLES) + FOOTER)) == ARTICLES


def test_a_footer_below_every_article_is_in_no_text() -> None:
    footer = "\nRelated articles\nGulls learn to open tins\nWhy the tide is late\nSubscribe to our newsletter\n"
    assert pairs(split_page(footer.join(page(article) for article in ARTICLES))) == ARTICLES


@pytest.mark.parametrize(
    "footer",
    [
        "Read more: Gulls learn to open tins",
        "Read more:\nGulls learn to open tins\nWhy the tide is late",
        "Share this:\nTwitter\nFacebook",
        "© 2031 The Harbour Gull. All rights reserved.",
        "Subscribe to our newsletter for news of every tide",
        "2 comments:\nA. Reader said that the tide had never been so high.\nLeave a comment",
    ],
)
def test_a_known_footer_is_in_no_text(footer: str) -> None:
    assert split_page(f"Tide rises in Port Ellen\nIt rose by a foot.\n{footer}")[0].text == "It rose by a foot."


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more books, the librarian told them.",
        "Related articles were taken as evidence.",
        "Comments made by the mayor were struck from the record.",
        "Share this bench with a gull and you will lose your lunch, as the old saying in the harbour goes.",
    ],
)
def test_a_sentence_that_begins_like_a_footer_stays(sentence: str) -> None:
    assert split_page(f"Tide rises in Port Ellen\nIt rose by a foot.\n{sentence}")[0].text.endswith(sentence)


def test_furniture_in_the_middle_of_an_article_stays() -> None:
    text = "Tide rises in Port Ellen\nIt rose by a foot.\nRead more: Gulls learn to open tins\nThen it fell again."
    assert split_page(text)[0].text == text.partition("\n")[2]


@pytest.mark.parametrize(
    "subheads",
    [
        ("Why the keepers went on strike", "What the board offers", "What happens next at Marrow Point"),
        ("1. The stairs", "2. The stove", "3. The lift"),
        ("Who are the keepers of Marrow Point?", "Why did talks break down?", "How long will the strike last?"),
        ("## The stairs of Marrow Point", "## The stove in the watch room", "## The lift that has no room"),
        ("Garrick: Nobody minds the lamp", "Board: There is no room for a lift", "Garrick: Then give us a stove"),
        ("11.40am: Talks break down at Marrow Point", "12.15pm: Keepers leave", "2pm: Ships are warned by radio"),
    ],
)
def test_subheads_do_not_cut_an_article(subheads: tuple[str, str, str]) -> None:
    title, text = LIGHTHOUSE
    lines = text.splitlines()
    for place, subhead in zip((2, 5, 8), subheads, strict=True):
        lines.insert(place, subhead)
    body = "\n".join(lines)
    assert pairs(split_page(f"{title}\n{body}")) == [(title, body)]


def test_a_recipe_is_one_article() -> None:
    recipe = (
        "Harbour chowder\nIngredients for the broth\n2 pounds of clams\n1 leek\n1 pint of cream\n"
        "How to make the chowder in one pot\nWash the clams and steam them until they open, then keep the broth. "
        "Cut the leek and let it sweat in butter for ten minutes.\nHow to serve it to a full table\n"
        "Add the cream and the clams to the broth, warm it gently, and do not let it boil under any circumstances."
    )
    assert len(split_page(recipe)) == 1


def test_the_heading_of_a_markdown_file_is_its_title_without_the_mark() -> None:
    assert pairs(split_page("# Tide rises\n\nIt rose by a foot.\n")) == [("Tide rises", "It rose by a foot.")]


def test_articles_under_markdown_headings_come_apart() -> None:
    marked = "\n\n".join(f"# {title}\n\n{text}" for title, text in ARTICLES)
    assert pairs(split_page(marked)) == ARTICLES


def test_a_page_without_a_headline_is_titled_by_its_first_sentence_and_keeps_it() -> None:
    text = "The tide rose by a foot. Nobody in Port Ellen was surprised, and the gulls least of all."
    assert pairs(split_page(text)) == [("The tide rose by a foot.", text)]


def test_a_made_title_is_cut_at_a_word_end() -> None:
    text = "The tide rose " + "and rose " * 30 + "until it fell."
    (part,) = split_page(text)
    assert part.title.endswith((" rose…", " and…"))
    assert len(part.title) <= 120


def test_a_date_line_above_the_headline_is_kept_in_the_text_and_is_not_the_title() -> None:
    text = "Friday, 9 May 2031\nTide rises in Port Ellen\nIt rose by a foot."
    assert pairs(split_page(text)) == [("Tide rises in Port Ellen", text)]


@pytest.mark.parametrize("blank", ["", " \n\t\n", "\u2028\u00a0\r\n"])
def test_a_page_of_white_space_gives_nothing(blank: str) -> None:
    assert split_page(blank) == []


@pytest.mark.parametrize("line", ["Source: Gull", "All rights reserved.", "# ", "Tide rises"])
def test_a_page_of_one_line_keeps_it(line: str) -> None:
    assert pairs(split_page(line)) == [(line.strip(), line.strip())]


LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from([line for article in ARTICLES for line in (article[0], *article[1].splitlines())]),
    st.sampled_from(
        ["", "Source: Gull", "No comments:", "Read more:", "# Tide rises", "9 May 2031", "All rights reserved", "\r"]
    ),
)
PAGES = st.one_of(st.text(), st.lists(LINES, max_size=60).map("\n".join))


@given(PAGES)
def test_texts_are_stripped_slices_of_the_page_in_order(page: str) -> None:
    end = 0
    for part in split_page(page):
        assert part.text == part.text.strip() != ""
        end = page.index(part.text, end) + len(part.text)


@given(PAGES)
def test_every_article_has_a_title(page: str) -> None:
    parts = split_page(page)
    assert bool(parts) == bool(page.strip())
    assert all(part.title.strip() for part in parts)


@given(st.lists(st.sampled_from([*ARTICLES, ("Tide", "It rose.")]), min_size=1, max_size=6), st.booleans())
def test_no_line_is_lost_but_source_lines_and_footers(articles: list[tuple[str, str]], furnished: bool) -> None:
    text = "Source: Gull\n" + page(*articles) + FOOTER if furnished else page(*articles)
    kept = {line for part in split_page(text) for line in (part.title, *part.text.splitlines())}
    assert set(page(*articles).splitlines()) <= kept


@pytest.mark.parametrize(
    "line",
    [
        f"{LIGHTHOUSE[0]}\n{LIGHTHOUSE[1].splitlines()[0]}\n",
        "Share this\nx\n",
        "source: source: source:\n",
        "A. ' ' ",
        "in the of\n",
        "Wilma Garrick the ",
    ],
)
def test_time_grows_with_the_length_of_the_page(line: str) -> None:
    def seconds(count: int) -> float:
        text = "Tide rises in Port Ellen\n" + line * (count // len(line))
        start = time.perf_counter()
        split_page(text)
        return time.perf_counter() - start

    times = [min(seconds(length) for _ in range(2)) for length in (50_000, 400_000)]
    assert all(long < 8 * 3 * short + 0.2 for short, long in pairwise(times))


SAVED = sorted((DATA / "seed").glob("*.txt"))


@pytest.mark.skipif(not SAVED, reason=f"no saved page in {DATA / 'seed'}: set ONRECORD_DATA to the data folder")
def test_the_saved_page_gives_its_three_articles() -> None:
    text = SAVED[0].read_text(encoding="utf-8")
    parts = split_page(text)
    assert [part.publisher for part in parts] == ["RT"] * 3
    # Titles and texts by where they stand and by their hash, for the words belong to their publisher.
    places = [(text.index(part.title), len(part.title), text.index(part.text), len(part.text)) for part in parts]
    assert places == [(16, 114, 131, 1460), (1592, 58, 1651, 2478), (4130, 56, 4187, 1669)]
    whole = "\n".join(f"{part.title}\n{part.text}" for part in parts)
    assert hashlib.sha256(whole.encode()).hexdigest().startswith("a8c85ee228e66f46")
