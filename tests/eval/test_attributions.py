"""Marked articles: brat files as PolNeAR has them, and what their marks say of a span."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.attributions import MarkedArticle, read_marked
from rag.errors import InputError

TEXT = "“We stay,” Mara Teel said.\r\nThe board agreed. A clerk told us that Teel hopes for rain."
QUOTED, TEEL, SAID = (1, 9), (11, 20), (21, 25)


def write(folder: Path, marks: str, name: str = "tide_0a1b.ann") -> Path:
    (folder / "text").mkdir(parents=True, exist_ok=True)
    (folder / "attributions").mkdir(exist_ok=True)
    (folder / "text" / "tide.txt").write_bytes(TEXT.encode())
    (folder / "attributions" / name).write_text(marks, encoding="utf-8")
    return folder


def place(words: str) -> tuple[int, int]:
    start = TEXT.rindex(words)
    return start, start + len(words)


def span(number: int, role: str, words: str) -> str:
    start, end = place(words)
    return f"T{number}\t{role} {start} {end}\t{words}\n"


MARKS = (
    f"T1\tSource {TEEL[0]} {TEEL[1]}\tMara Teel\nT2\tCue {SAID[0]} {SAID[1]}\tsaid\nT3\tContent 0 10\t“We stay,”\n"
    "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
    + span(4, "Source", "A clerk")
    + span(5, "Cue", "told us")
    + span(6, "Content", "that Teel hopes for rain")
    + "E2\tAttribution:T5 Source:T4 Cue:T5 Content:T6\n"
    + span(7, "Source", "Teel")
    + span(8, "Cue", "hopes")
    + span(9, "Content", "for rain")
    + "E3\tAttribution:T8 Source:T7 Cue:T8 Content:T9\n"
)


@pytest.fixture
def article(tmp_path: Path) -> MarkedArticle:
    (found,) = read_marked(write(tmp_path, MARKS))
    return found


def test_offsets_count_the_text_as_it_lies_on_disk(article: MarkedArticle) -> None:
    assert article.text[slice(*TEEL)] == "Mara Teel"
    assert article.text[slice(*article.attributions[1].source[0])] == "A clerk"


def test_words_in_quotation_marks_are_direct_and_their_source_the_speaker(article: MarkedArticle) -> None:
    gold = article.gold(*QUOTED)
    assert (gold.voice, gold.source, gold.cue, gold.outer) == ("direct", TEEL, SAID, None)


def test_a_sentence_without_marks_is_the_articles_own(article: MarkedArticle) -> None:
    assert article.gold(*place("The board agreed.")).voice == "article"


def test_a_sentence_counts_without_its_speaker_and_cue(article: MarkedArticle) -> None:
    gold = article.gold(*place("A clerk told us that Teel hopes for rain."))
    assert (gold.voice, gold.source) == ("reported", place("A clerk"))


def test_of_a_chain_the_innermost_speaks_and_the_outermost_is_kept(article: MarkedArticle) -> None:
    gold = article.gold(*place("for rain"))
    assert (gold.source, gold.outer) == (place("Teel"), place("A clerk"))


def test_a_text_may_lack_marks_and_an_article_may_have_two_annotators(tmp_path: Path) -> None:
    folder = write(write(tmp_path, MARKS), MARKS, "tide_ffff.ann")
    (folder / "text" / "ebb.txt").write_text("Nobody spoke.", encoding="utf-8")
    ebb, tide = read_marked(folder)
    assert (len(ebb.attributions), len(tide.attributions)) == (0, 6)
    assert tide.gold(*QUOTED).source == TEEL


def test_marks_without_their_text_are_an_error(tmp_path: Path) -> None:
    folder = write(tmp_path, MARKS)
    (folder / "text" / "tide.txt").rename(folder / "text" / "ebb.txt")
    with pytest.raises(InputError, match=r"tide\.txt"):
        list(read_marked(folder))


def test_a_folder_without_marks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="attributions"):
        list(read_marked(tmp_path))
