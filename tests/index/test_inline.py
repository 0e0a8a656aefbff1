"""Elements within a sentence: its words as a reader sees them, the same for pages, feeds and HTML in JSON."""

from __future__ import annotations

import io
import json
import time
from html import escape

import pytest

from index.formats import read_feed, read_json
from index.markup import markup_text, read_page
from rag.records import Article

OTHER = (
    "<p>The harbour of Norhaven was closed on Monday after a storm tore away forty metres of its old wooden pier.</p>"
)
WITHIN = [
    "time", "data", "abbr", "bdi", "bdo", "dfn", "var", "output", "label", "kbd", "samp", "u", "small", "mark", "ins",
    "cite", "code", "b", "i", "em", "strong", "span", "font", "big", "tt", "nobr", "acronym", "meter", "blink", "x-sum",
    "button", "picture",
]  # fmt: skip


def by_every_way(sentence: str) -> set[str]:
    """What a page, a feed and an HTML text in JSON make of one paragraph of HTML."""
    page = f"<html><head><title>T</title></head><body><article>{OTHER}<p>{sentence}</p>{OTHER}</article></body></html>"
    rss = f"<rss version='2.0'><channel><title>P</title><item><description>{escape(f'<p>{sentence}</p>')}</description>"
    record = json.dumps({"text": f"<p>{sentence}</p>"})
    (entry,) = read_feed(io.BytesIO(f"{rss}</item></channel></rss>".encode()), "a.xml")
    (item,) = read_json(io.BytesIO(record.encode()), "a.json")
    assert isinstance(entry, Article)
    assert isinstance(item, Article)
    inner = read_page(page.encode()).text.removeprefix(markup_text(OTHER)).removesuffix(markup_text(OTHER)).strip()
    return {inner, entry.text, item.text}


@pytest.mark.parametrize("tag", WITHIN)
def test_no_element_within_a_sentence_takes_its_words_along(tag: str) -> None:
    sentence = f"The loss was put at <{tag}>4.2 million</{tag}> crowns by the town council of Norhaven."
    assert by_every_way(sentence) == {"The loss was put at 4.2 million crowns by the town council of Norhaven."}


@pytest.mark.parametrize("tag", ["center", "div", "section"])
def test_a_block_within_a_sentence_takes_none_of_its_words_along(tag: str) -> None:
    sentence = f"The loss was put at <{tag}>4.2 million</{tag}> crowns by the town council of Norhaven."
    assert {" ".join(found.split()) for found in by_every_way(sentence)} == {
        "The loss was put at 4.2 million crowns by the town council of Norhaven."
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("was <del>four</del> <ins>five</ins> crowns", "was five crowns"),
        ("was <s>four</s> five crowns", "was five crowns"),
        ("was <strike>four</strike> five crowns", "was five crowns"),
        ("was <span style='color: red; text-decoration: line-through'>four</span> five", "was five"),
        ("said <q>it is <q>not</q> over</q>, and left", "said “it is ‘not’ over”, and left"),
        ("said “<q>it is over</q>”, and left", "said “it is over”, and left"),
        ("said <q>«it is over»</q>, and left", "said «it is over», and left"),
        ("of 10<sup>6</sup> tonnes", "of 10⁶ tonnes"),
        ("of 10<sup>−3</sup> tonnes", "of 10⁻³ tonnes"),
        ("of 10<sup>6.5</sup> tonnes", "of 10^6.5 tonnes"),
        ("of 10<span style='vertical-align: super'>6</span> tonnes", "of 10⁶ tonnes"),
        ("of <math><msup><mn>10</mn><mn>6</mn></msup></math> tonnes", "of 10⁶ tonnes"),
        ("of 40 km<sup>2</sup> here", "of 40 km² here"),
        ("with <sup>235</sup>U in it", "with ²³⁵U in it"),
        ("with CO<sub>2</sub> in it", "with CO2 in it"),
        ("of 10<sub>2</sub> bits", "of 10₂ bits"),
        ("the 1<sup>st</sup> time", "the 1st time"),
        ("the 2<sup>e</sup> time", "the 2e time"),
        ("in the XIX<sup>e</sup> siècle", "in the XIXe siècle"),
        ("la 1.<sup>a</sup> vez, n.<sup>o</sup> 5, D.<sup>a</sup> Ana", "la 1.a vez, n.o 5, D.a Ana"),
        ("the Compagnie<sup>s</sup> and the iPhone<sup>x</sup> too", "the Compagnies and the iPhonex too"),
        (
            "for 1,<sup>99</sup> Euro or 0.<sup>89</sup> or 1.299,<sup>95</sup> now",
            "for 1,99 Euro or 0.89 or 1.299,95 now",
        ),
        ("for <sup>1</sup>/<sub>2</sub> hour or 1<sup>1</sup>/<sub>2</sub> hours", "for 1/2 hour or 1 1/2 hours"),
        ("for <sup>1</sup>⁄2 hour", "for 1⁄2 hour"),
        (
            "of 40 m<sup>3</sup>/s and 10<sup>6</sup>/ml and 10<sup>6</sup>/10<sup>3</sup>",
            "of 40 m³/s and 10⁶/ml and 10⁶/10³",
        ),
        ("of 50 metres<sup>3</sup> and 40 Quadratkilometer<sup>2</sup>", "of 50 metres³ and 40 Quadratkilometer²"),
        ("it was 50 metres.<sup>2</sup> And more", "it was 50 metres. And more"),
        ("since 1999.<sup>12</sup> And more", "since 1999. And more"),
        ("in 45,<sup>3</sup> and more", "in 45, and more"),
        ("of 10<del>5</del><sup>6</sup> tonnes", "of 10⁶ tonnes"),
        ("five crowns<sup>2</sup> and more", "five crowns and more"),
        ("five crowns<sup>1</sup> and more", "five crowns and more"),
        ("five crowns.<sup>12</sup> And more", "five crowns. And more"),
        ("five crowns<sup><a href='#fn1'>1</a></sup> and more", "five crowns and more"),
        ("five crowns<a href='#cite_note-4'>[4]</a> and more", "five crowns and more"),
        ("five crowns<a role='doc-noteref' href='notes.html'>4</a> and more", "five crowns and more"),
        ("five crowns<sup>*</sup> and more", "five crowns and more"),
        ("five crowns<sup>[a]</sup> and more", "five crowns and more"),
        ("<a href='/sum#total'>12</a> crowns more", "12 crowns more"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字 here", "漢字 here"),
        ("the Donau<wbr>dampf<wbr>schiff", "the Donaudampfschiff"),
    ],
)
def test_an_element_is_written_as_what_it_means(written: str, read: str) -> None:
    frame = "The town council of Norhaven wrote that it {} when it met on that day."
    assert by_every_way(frame.format(written)) == {frame.format(read)}


def test_a_day_that_stands_alone_above_the_text_is_no_sentence() -> None:
    page = f"<html><body><article><time datetime='2031-03-04'>4 March</time>{OTHER * 3}</article></body></html>"
    assert "4 March" not in read_page(page.encode()).text


def test_a_button_that_stands_alone_says_nothing() -> None:
    assert markup_text("<p>Low tide.</p><p><button>Share</button></p>") == "Low tide."


@pytest.mark.parametrize(
    "element",
    [
        "<b>a</b> <sup>1</sup> ",
        "<del>b</del> and on goes it " + "a" * 60,
        "<span hidden>b</span> and on goes it " + "a" * 60,
        "<script></script> and on goes it " + "a" * 60,
        "<del>b</del>word<sup>1</sup>",
        "<sup>*</sup>",
    ],
)
def test_a_paragraph_of_18_000_elements_takes_seconds(element: str) -> None:
    started = time.process_time()
    assert markup_text("<p>aaa " + element * (18_000 // element.count("</")) + "</p>").startswith("a")
    assert time.process_time() - started < 8


def test_a_style_of_64_kb_takes_no_time() -> None:
    started = time.process_time()
    assert markup_text(f"<p>It is <b style='{'text-decoration:' * 4_000}'>said</b>.</p>") == "It is said."
    assert time.process_time() - started < 2
