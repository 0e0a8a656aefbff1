"""Articles cut into chunks: spans that end where sentences end, within what tiktoken and the embedder allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rag.models import Embedder
from rag.records import Article, Span
from rag.text import count_tokens, sentence_offsets

TOKENS = 160  # of tiktoken's cl100k_base: about 120 words of English news

Count = Callable[[Sequence[str]], list[int]]


def chunk(article: Article, embedder: Embedder) -> list[Span]:
    """The chunks of an article, in order; every character that is not white space lies in exactly one.

    A chunk has at most ``TOKENS`` tokens, and with its header never more word pieces than the embedder reads. A
    sentence too long for that is cut at white space, or, where it has none, between characters.
    """
    pieces = embedder.limit - embedder.count([_header(article, embedder)])[0]
    sentences = sentence_offsets(article.text)
    texts = [article.text[start:end] for start, end in sentences]
    chunks: list[Span] = []
    opened: tuple[int, int, int, int] | None = None  # start, end, tokens, word pieces of the chunk being filled
    for (start, end), tokens, costs in zip(sentences, count_tokens(texts), embedder.count(texts), strict=True):
        if opened and opened[2] + tokens <= TOKENS and opened[3] + costs <= pieces:
            opened = (opened[0], end, opened[2] + tokens, opened[3] + costs)
            continue
        if opened:
            chunks.append(Span(article, opened[0], opened[1]))
        opened = None
        if tokens <= TOKENS and costs <= pieces:
            opened = (start, end, tokens, costs)
        else:
            chunks.extend(Span(article, s, e) for s, e in _cut(article.text, start, end, pieces, embedder.count))
    if opened:
        chunks.append(Span(article, opened[0], opened[1]))
    return chunks


def embedding_texts(article: Article, chunks: Sequence[Span], embedder: Embedder) -> list[str]:
    """What the embedder is given for an article's chunks: title, publisher and date, then each chunk's own text."""
    header = _header(article, embedder)
    return [f"{header}\n{span.text}" for span in chunks]


def _header(article: Article, embedder: Embedder) -> str:
    """Title, publisher and date; the title is shortened to a quarter of what the embedder reads."""
    source = ", ".join(str(fact) for fact in (article.publisher, article.published) if fact)
    room = embedder.limit // 4
    title = _shortened(article.title, room, embedder.count)
    source = _shortened(source, room // 2, embedder.count)
    return f"{title}\n{source}" if source else title


def _shortened(text: str, room: int, count: Count) -> str:
    while text and count([text])[0] > room:
        text = text[: len(text) * 3 // 4].rstrip()
    return text


def _cut(text: str, start: int, end: int, pieces: int, count: Count) -> Iterator[tuple[int, int]]:
    """Halve until each part fits; a single character always does."""
    part = text[start:end]
    if end - start <= 1 or (count_tokens([part])[0] <= TOKENS and count([part])[0] <= pieces):
        yield start, end
        return
    middle = _cutting_point(text, start, end)
    for left, right in ((start, middle), (middle, end)):
        stripped = text[left:right].strip()
        if stripped:
            left += len(text[left:right]) - len(text[left:right].lstrip())
            yield from _cut(text, left, left + len(stripped), pieces, count)


def _cutting_point(text: str, start: int, end: int) -> int:
    """The white space nearest to the middle, if one lies in the middle half; else the middle."""
    middle, reach = (start + end) // 2, (end - start) // 4
    for step in range(reach):
        for point in (middle - step, middle + step):
            if start < point < end and text[point].isspace():
                return point
    return middle
