"""A claim and its evidence read alike: words in one form, numbers by value, dates as days. English only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.english import MONTHS, WEEKDAYS
from rag.text import NUMBER_WORDS

_TOKEN = re.compile(
    r"(?:(?<=[\s(“\"])|^)[-−–](?=\d)|[$£€¥%]|(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])|\d+(?=[^\W\d_])"
    r"|[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*['’]?\.?(?<!['’]\.)|[^\W_]+|--+|\S"
)
_TIMES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MONTHS = {month.casefold(): number for number, month in enumerate(MONTHS, 1)}
_MONTHS |= {month[:3].casefold(): number for number, month in enumerate(MONTHS, 1)} | {"sept": 9}
_CONTRACTED = {
    "n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am",
}  # fmt: skip
_IRREGULAR = {"can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}
_SPELLED = {
    "percent": "%", "u.s.": "us.", "u.s.a.": "us.", "us": "us", "u.k.": "uk", "u.n.": "un", "e.u.": "eu",
    "metre": "meter", "metres": "meters", "kilometre": "kilometer", "kilometres": "kilometers", "centre": "center",
    "litres": "liters", "litre": "liter", "tonne": "tonne", "labour": "labor", "neighbour": "neighbor",
    "neighbours": "neighbors", "programme": "program", "defence": "defense", "towards": "toward", "whilst": "while",
    "till": "until", "colour": "color", "honour": "honor", "harbour": "harbor", "persons": "people",
    "km": "kilometers", "kg": "kilograms", "pm": "p.m.", "am": "am",
}  # fmt: skip
_ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations)$)")
_HYPHENS = str.maketrans("‐‑−–’", "----'")
WEEKDAY_WORDS = frozenset(day.casefold() for day in WEEKDAYS)
MONTH_WORDS = frozenset(month.casefold() for month in MONTHS)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark and its place; ``form`` is what two spellings share. Numbers are "#" and the value,
    days "@" and month, day and, where it stands there, year."""

    form: str
    start: int
    end: int
    capital: bool = False

    @property
    def is_mark(self) -> bool:
        return not (self.form[0].isalnum() or self.form[0] in "#@$£€¥%-") or self.form in ("-", "--")

    @property
    def is_number(self) -> bool:
        return self.form[0] in "#@"


def read(text: str) -> list[Word]:
    """The words and marks of ``text`` in order; time is linear in its length.

    >>> [word.form for word in read("Two million won’t leave by 4 May, 5 per cent")]
    ['#2000000', 'will', 'not', 'leave', 'by', '@5-4', ',', '#5', '%']
    """
    return _with_days(_with_sums(_words(text)))


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        place = match.span()
        plain = raw.translate(_HYPHENS)
        if not plain[0].isalnum():
            sign = (
                plain == "-" and text[place[1] : place[1] + 1].isdigit() and not text[place[0] - 1 : place[0]].isalnum()
            )
            found.append(Word("-sign" if sign else plain, *place))
            continue
        found += [Word(form, *place, raw[0].isupper()) for form in _forms(plain)]
        if plain.endswith(".") and found[-1].form[-1] != ".":
            found.append(Word(".", place[1] - 1, place[1]))
    return found


@lru_cache(maxsize=50_000)
def _forms(plain: str) -> tuple[str, ...]:
    if plain[0].isdigit():
        return (_number(plain),)
    if plain == "US":
        return ("us.",)
    if plain.rstrip(".") == "May":  # the month; "may" is a hedge
        return ("May",)
    folded = plain.casefold().removesuffix("'") if not plain.lower().endswith("s'") else plain.casefold()
    if folded.endswith(".") and folded.count(".") == 1:
        folded = folded[:-1]
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if "'" in folded:
        for ending, word in _CONTRACTED.items():
            if folded.endswith(ending) and len(folded) > len(ending):
                return folded[: -len(ending)], word
    first, *parts = folded.split("-")
    if first in NUMBER_WORDS:
        return _counted(NUMBER_WORDS[first], parts)
    return (_SPELLED.get(folded, _ISE.sub("iz", folded)),)


def _counted(number: int, parts: list[str]) -> tuple[str, ...]:
    """ "twenty-one" is a number, "two-day" a number and a word."""
    ones = NUMBER_WORDS.get(parts[0], 0) if len(parts) == 1 else 0
    if 0 < ones < 10 <= number:
        return (f"#{number + ones}",)
    return (f"#{number}", "-", *parts) if parts else (f"#{number}",)


def _number(written: str) -> str:
    plain = written.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", written) else written
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return f"#{written}"
    return f"#{_valued(float(plain))}" if len(plain) < 16 else f"#{plain}"


def _valued(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 9))


def _with_sums(words: list[Word]) -> list[Word]:
    """ "48 million" as one number, "per cent" as one word."""
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        times = _TIMES.get(word.form)
        if before and times and re.fullmatch(r"#\d+(?:\.\d+)?", before.form):
            found[-1] = Word(f"#{_valued(round(float(before.form[1:]) * times, 6))}", before.start, word.end)
        elif before and before.form == "per" and word.form in ("cent", "cents"):
            found[-1] = Word("%", before.start, word.end)
        else:
            found.append(word)
    return found


def _with_days(words: list[Word]) -> list[Word]:
    found: list[Word] = []
    i = 0
    while i < len(words):
        day, used = _day(words, i)
        found.append(Word(day, words[i].start, words[i + used - 1].end) if day else words[i])
        i += max(used, 1)
    return found


def _day(words: list[Word], i: int) -> tuple[str, int]:
    """The day that begins at ``i``, and of how many words it is."""
    month = _month(words, i)
    if month and (number := _day_number(words, i + 1 + _point(words, i))):
        used = 2 + _point(words, i)
    elif (number := _day_number(words, i)) and (month := _month(words, i + 1)):
        used = 2 + _point(words, i + 1)
    else:
        return "", 0
    comma = 1 if i + used < len(words) and words[i + used].form == "," else 0
    year = words[i + used + comma].form if i + used + comma < len(words) else ""
    if re.fullmatch(r"#(?:1[5-9]|20|21)\d\d", year):
        return f"@{month}-{number}-{year[1:]}", used + comma + 1
    return f"@{month}-{number}", used


def _point(words: list[Word], i: int) -> int:
    return int(i + 1 < len(words) and words[i + 1].form == "." and words[i].form not in MONTH_WORDS)


def _month(words: list[Word], i: int) -> int:
    word = words[i] if i < len(words) else None
    return _MONTHS.get(word.form.casefold(), 0) if word and word.capital else 0


def _day_number(words: list[Word], i: int) -> int:
    form = words[i].form if i < len(words) else ""
    match = re.fullmatch(r"#(\d{1,2})(?:st|nd|rd|th)?", form)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else 0
