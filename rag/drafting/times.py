"""When something happened, as a sentence says it: phrases that a claim may leave out, and the days that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rag.drafting.claimed_words import MONTH_WORDS, WEEKDAY_WORDS, Word
from rag.drafting.ways import Ways
from rag.drafting.word_classes import BESIDE
from rag.english import WEEKDAYS, last_weekday
from rag.records import Span

_BINDS = frozenset("until by before after since from to for between and or of than within".split())
_AFTER_HOUR = frozenset({"on", "a.m.", "p.m.", *WEEKDAY_WORDS})
_PARTS = frozenset("morning afternoon evening night".split())
_AHEAD = re.compile(r"\b(?:will|would|next|to be|tomorrow|plans?|is to|are to)\b")
_WEEK = tuple(day.casefold() for day in WEEKDAYS)


def times(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The places of phrases that say only on which day, or in which week, month or year, something happened."""
    i = 0
    while i < len(words):
        end = _time_end(words, i)
        before = next((words[k].form for k in range(i - 1, -1, -1) if not words[k].is_mark), "")
        after = words[end] if end < len(words) else None
        free = words[i].form in ("on", "in", "at") or after is None or after.is_mark or after.form in BESIDE
        joined = after is not None and after.form in ("and", "to", "or", "through")
        if end > i and before not in _BINDS and free and not joined:
            yield i, end
            i = end
        else:
            i += 1


def _time_end(words: Sequence[Word], i: int) -> int:
    """Where the phrase that begins at ``i`` ends; ``i`` where none does."""
    at = i
    if (
        i + 2 < len(words)
        and words[i].form == "at"
        and words[i + 1].form[0] == "#"
        and words[i + 2].form in _AFTER_HOUR
    ):
        at += 3 if words[i + 2].form in ("a.m.", "p.m.") else 2
    while at < len(words) and words[at].form in ("on", "late", "early", "earlier"):
        at += 1
    if at >= len(words):
        return i
    form = words[at].form
    if form in WEEKDAY_WORDS or form[0] == "@" or (form in ("today", "yesterday") and at == i):
        at += 1
        while at < len(words) and (words[at].form in _PARTS or words[at].form[0] == "@"):
            at += 1
        return at
    named = at + 1 < len(words) and words[at + 1].form in ({"week", "month", "year"} | _PARTS)
    if form in ("this", "last") and named:
        return at + 2
    if form == "in" and at == i and at + 1 < len(words):
        year = re.fullmatch(r"#(?:1[5-9]|20|21)\d\d", words[at + 1].form)
        month = words[at + 1].form.casefold() in MONTH_WORDS and words[at + 1].capital
        return at + 2 if year or month else i
    return i


def names_day(phrase: Sequence[Word]) -> bool:
    """Whether a phrase is of one day, not of a week, month or year."""
    return any(word.form in WEEKDAY_WORDS or word.form[0] == "@" for word in phrase)


def day_forms(form: str, published: date | None) -> tuple[str, ...]:
    """The forms of the day that "Monday" was, the last one up to the day of publication."""
    if published is None or form not in WEEKDAY_WORDS:
        return ()
    day = last_weekday(_WEEK.index(form), published)
    return f"@{day.month}-{day.day}", f"@{day.month}-{day.day}-{day.year}"


def days(found: Ways, part: Span) -> None:
    """The day that "on Monday" was and the year of "4 May", where the day of publication says so."""
    published = part.article.published
    if not published:
        return
    past = not _AHEAD.search(part.text)
    for i, word in enumerate(found.words):
        for form in day_forms(word.form, published) if past else ():
            found.put(i, form)
            found.put(i, word.form, form)
        if match := re.fullmatch(r"@(\d+)-(\d+)(-\d+)?", word.form):
            if match[3]:
                found.put(i, f"@{match[1]}-{match[2]}")
            elif _near(published, int(match[1]), int(match[2])):
                found.put(i, f"{word.form}-{published.year}")


def _near(published: date, month: int, day: int) -> bool:
    """Whether a day without its year can only be one of the year of publication."""
    try:
        return abs((date(published.year, month, day) - published).days) <= 60
    except ValueError:
        return False
