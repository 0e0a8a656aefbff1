"""Where words stand in an article: as they are, or with an editor's brackets and another first letter.

There is no similarity and no threshold: fuzzy matching is what lets a dropped "not" through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from rag.quoting.boundaries import is_whole
from rag.quoting.brackets import LONGEST, MOST, Piece, is_closed, is_mention, pieces, stands_for
from rag.records import Article, Span
from rag.text import MARKS, TITLES, UNSPACED, Plain, plain, plain_article

_WORD = re.compile(rf"[{UNSPACED}\uac00-\ud7af]|\w[\w{MARKS}]*")  # scripts without spaces, Korean: each letter
_PLACES = 100  # of the same words in an article; more would let one quotation cost any amount of work
_STOPS = (".", ",")
# In plain typography: words of one clause, with the full stops of titles and initials.
_WORDS = rf"(?:(?:{TITLES}|[A-Z](?:\.[A-Z])*)\.|\w+(?:['.-]\w+)*)(?!\w)"
_WORDS_BEFORE = re.compile(rf"(?<![\w'.-])(?:{_WORDS} ){{1,{LONGEST}}}$")
_WORDS_BEHIND = re.compile(rf"(?: {_WORDS}){{1,{LONGEST}}}")
_FEWEST = 2  # words outside the brackets
_REACH = 120  # characters beside the words in which those lie that a bracket stands for


def count_words(text: str) -> int:
    return len(_WORD.findall(text))


def exact_places(words: str, article: Article) -> list[Span]:
    """Where ``words`` stand, in order: only typography differs.

    Marks around the words may be those of whoever quotes them, and so may a full stop or comma behind them.
    """
    text = plain_article(article)
    for needle, stopped in _needles(plain(words).text):
        if found := list(islice(_found(needle, stopped, text, article), _PLACES)):
            return found
    return []


def repaired_places(words: str, article: Article) -> list[Span]:
    """Where ``words`` stand but for brackets and the case of their first letter; the places are the article's own
    words, also of what a bracket stands for."""
    claimed = pieces(words)
    text = plain_article(article)
    if len(claimed) == 1 and claimed[0].kind == "words":
        for needle, stopped in _needles(plain(claimed[0].text).text):
            for form in (needle, _other_case(needle)):  # the same where nothing but "[sic]" was in brackets
                if found := list(islice(_found(form, stopped, text, article), _PLACES)):
                    return found
    literal = sum(count_words(piece.text) for piece in claimed if piece.kind == "words")
    if not 1 < len(claimed) <= 2 * MOST or literal < _FEWEST:
        return []
    return list(islice(_bracketed(claimed, text, article), _PLACES))


def _needles(words: str) -> Iterator[tuple[str, bool]]:
    """Forms of plain ``words`` to look for, and whether a full stop or comma must follow them there."""
    whole = words.strip()
    bare = whole.strip("' ")
    yield whole, False
    if bare != whole:
        yield bare, False
    if bare.endswith(_STOPS):
        yield bare[:-1].rstrip("' "), True


def _found(needle: str, stopped: bool, text: Plain, article: Article) -> Iterator[Span]:
    at = text.text.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        fits = is_whole(text, at, end, article.text)
        if fits and (not stopped or text.text[end : end + 2].lstrip("'").startswith((*_STOPS, "…"))):
            yield _span(text, at, end, article)
        at = text.text.find(needle, end if fits else at + 1)  # words that overlap themselves are found once


def _bracketed(claimed: list[Piece], text: Plain, article: Article) -> Iterator[Span]:
    """The places of a quotation with brackets: those inside it bound by the words around them."""
    leading = claimed[0].kind == "bracket"
    trailing = claimed[-1].kind == "bracket"
    inner = claimed[leading : len(claimed) - trailing]
    if not any(piece.kind == "words" for piece in inner):
        return
    brackets = [plain(piece.text).text.strip() for piece in claimed if piece.kind == "bracket"]
    for match in re.finditer(_pattern(inner, not leading), text.text):
        start, end = match.span()
        inside = brackets[leading : len(brackets) - trailing]
        if not all(stands_for(*pair, text.text) for pair in zip(inside, match.groups(), strict=True)):
            continue
        left = _width(brackets[0], text.text[max(0, start - _REACH) : start], text.text, before=True) if leading else 0
        right = _width(brackets[-1], text.text[end : end + _REACH], text.text, before=False) if trailing else 0
        if (leading and not left) or (trailing and not right):
            continue
        start, end = start - left, end + right
        if is_whole(text, start, end, article.text):
            yield _span(text, start, end, article)


def _pattern(inner: list[Piece], any_case: bool) -> str:
    """A pattern of linear time: what a bracket stands for is as short as the words behind it allow, for good."""
    pattern, closing = "", ""  # the words behind a bracket stand in its group
    for i, piece in enumerate(inner):
        words = plain(piece.text).text
        if piece.kind == "bracket":
            pattern += rf"{closing}(?!\w)(?>((?: ?{_WORDS}){{0,{LONGEST}}}?) ?(?<!\w)"
            closing = ")"
        elif piece.kind == "letter":
            pattern += f"(?i:{re.escape(words)})"
        elif piece.kind == "ending":
            pattern += r"[a-z]{0,4}(?!\w)"
        else:
            beside = [inner[j].kind if 0 <= j < len(inner) else "bracket" for j in (i - 1, i + 1)]
            words = words.lstrip("' ") if beside[0] == "bracket" else words
            words = words.rstrip("' ") if beside[1] == "bracket" else words
            stopped = i == len(inner) - 1 and words.endswith(_STOPS)
            words = words[:-1].rstrip("' ") if stopped else words
            pattern += _either_case(words) if any_case and i == 0 else re.escape(words)
            pattern += r"(?='?[.,…])" if stopped else ""
            pattern, closing = pattern + closing, ""
    return pattern + closing


def _width(bracket: str, beside: str, text: str, before: bool) -> int:
    """Characters of the words beside a place that a bracket stands for, with the space between; 0 if for none.

    As few words as make a whole mention, such as "he", "the old envoy" or "Ada Lund".
    """
    found = _WORDS_BEFORE.search(beside) if before else _WORDS_BEHIND.match(beside)
    words = found.group().split() if found else []
    runs = [words[-count:] if before else words[:count] for count in range(1, len(words) + 1)]
    fitting = [run for run in runs if stands_for(bracket, " ".join(run), text)]
    whole = [run for run in fitting if _is_whole_mention(run, words, before)]
    return sum(len(word) + 1 for word in next(iter(whole or fitting), []))


def _is_whole_mention(run: list[str], words: list[str], before: bool) -> bool:
    if before:
        following = words[-len(run) - 1] if len(run) < len(words) else ""
        return is_mention(run) and not (run[0][0].isupper() and following[:1].isupper())
    if len(run) == len(words):  # a mark follows, or they are as many as a bracket may stand for
        return True
    if len(run) == 1:
        return is_closed(run) and is_mention(run) and run[0].lower() != "the"
    return run[0][0].isupper() and run[-1][0].isupper() and not words[len(run)][0].isupper()


def _either_case(words: str) -> str:
    other = _other_case(words)
    at = next((i for i, (one, two) in enumerate(zip(words, other, strict=True)) if one != two), len(words))
    return re.escape(words[:at]) + (f"[{words[at]}{other[at]}]" if at < len(words) else "") + re.escape(words[at + 1 :])


def _other_case(words: str) -> str:
    """``words`` with their first letter as a capital, or as a small one."""
    at = next((i for i, character in enumerate(words) if character.isalnum()), None)
    if at is None or len(words[at].swapcase()) != 1:
        return words
    return words[:at] + words[at].swapcase() + words[at + 1 :]


def _span(text: Plain, start: int, end: int, article: Article) -> Span:
    """The original characters without the white space that a dash or an ellipsis takes with it."""
    first, last = text.starts[start], text.ends[end - 1]
    found = article.text[first:last]
    return Span(article, first + len(found) - len(found.lstrip()), first + len(found.rstrip()))
