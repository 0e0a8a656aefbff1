"""The phrases of a question: the words in it that name something, with what hangs on them. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.english import OFFICES
from rag.reading.asking import (
    ADVERBS,
    ASKING,
    AUXILIARIES,
    DETERMINERS,
    LINKS,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    Word,
    is_speech,
    is_verb,
    words_of,
)

_TIME = re.compile(
    r"(?:(?:1[89]|20|21)\d\d|\d{1,2}|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|week|month|year|today|yesterday|tonight)"
)
_ATTACHES = frozenset("of in at on to from between for with over into against near about".split())
_GENERAL = frozenset("people person persons men women votes times time way day days thing things name part".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a question that name something, with what hangs on them ("the flood in Port Merrow").

    ``after`` is the word before the phrase, in small letters; ``whole`` is False for the parts of a longer phrase.
    """

    text: str
    start: int
    end: int
    after: str
    head: str
    whole: bool = True

    @property
    def named(self) -> bool:
        """Whether it holds a name."""
        return any(word[:1].isupper() for word in self.text.split())

    @property
    def time(self) -> bool:
        return all(_TIME.fullmatch(word) or word in DETERMINERS for word in self.text.split())

    @property
    def general(self) -> bool:
        """Whether it says too little to be a subject: "people", "votes"."""
        return self.head.casefold() in _GENERAL and len(self.text.split()) < 3

    @property
    def plural(self) -> bool:
        return self.head.casefold() in ("people", "police") or (
            self.head.endswith("s") and not self.head.endswith("ss")
        )


def phrases(question: str) -> list[Phrase]:
    """What a question names, in order; of a phrase with others on it ("the flood in Port Merrow") first the whole."""
    found = words_of(question)
    runs = list(_runs(found))
    made: list[Phrase] = []
    i = 0
    while i < len(runs):
        j = i
        while j + 1 < len(runs) and _attaches(found, runs[j], runs[j + 1]):
            j += 1
        if j > i:
            made.append(_phrase(question, found, runs[i][0], runs[j][1], runs[i][1], True))
        made += [_phrase(question, found, first, last, last, i == j) for first, last in runs[i : j + 1]]
        i = j + 1
    return made


def has_parts(found: Sequence[Phrase], whole: Phrase) -> bool:
    """Whether others of these phrases lie in this one."""
    return any(one != whole and whole.start <= one.start and one.end <= whole.end for one in found)


def whose_words(question: str, found: Sequence[Phrase]) -> Phrase | None:
    """The phrase between an auxiliary and a verb of speech: whose words are asked for."""
    for phrase in found:
        if phrase.whole and phrase.after in AUXILIARIES:
            follows = words_of(question[phrase.end :])
            return phrase if follows and is_speech(follows[0].plain) else None
    return None


def _phrase(question: str, found: Sequence[Word], first: int, last: int, head: int, whole: bool) -> Phrase:
    start, end = found[first].start, found[last - 1].end
    after = found[first - 1].plain if first else ""
    text = " ".join(word.text for word in found[first:last])
    return Phrase(
        text if _broken(question[start:end]) else question[start:end], start, end, after, found[head - 1].text, whole
    )


def _broken(text: str) -> bool:
    return re.search(r"[^\w\s'’.,&%–-]", text) is not None


def _runs(found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """First and behind the last word of every phrase without those that hang on it."""
    i, inverted = 0, False  # whether an auxiliary stands before, and the verb of its subject is still to come
    while i < len(found):
        first = i
        relative = found[i].plain == "that" and i + 1 < len(found) and found[i + 1].text[0].isupper()
        if found[i].plain in DETERMINERS and not relative and i + 1 < len(found) and _is_content(found, i + 1, first):
            i += 1
        if not _is_content(found, i, first):
            between = PREPOSITIONS | DETERMINERS | LINKS | ADVERBS
            inverted = found[first].plain in AUXILIARIES or (inverted and found[first].plain in between)
            i = max(i, first) + 1
            continue
        while i < len(found) and _is_content(found, i, first):
            i += 1
        last = i - (inverted and i - first > 1 and _ends_in_verb(found, first, i))
        inverted = inverted and last == i
        if last > first:
            yield first, last


def _is_content(found: Sequence[Word], i: int, first: int) -> bool:
    """Whether the word at ``i`` belongs to a phrase that begins at ``first``."""
    word, before = found[i], found[i - 1].plain if i else ""
    plain = word.plain
    if plain in ASKING:
        return False
    if not i:
        small = AUXILIARIES | PREPOSITIONS | LINKS | PRONOUNS | ADVERBS | DETERMINERS
        return word.text[0].isupper() and plain not in small and plain not in VERBS and not is_speech(plain)
    if word.text[0].isupper():
        return True
    if plain in AUXILIARIES | PREPOSITIONS | LINKS | PRONOUNS | ADVERBS | DETERMINERS or plain.endswith("ly"):
        return False
    if before in DETERMINERS or before.endswith(("'s", "’s", "s'", "s’")):
        return True
    if plain.endswith(("ed", "ing")) or before == "how" or (before in ("who", "what") and not _stops(found, i + 1)):
        return False
    if before in ("who", "what") and found[i + 1 : i + 2] and found[i + 1].plain in PREPOSITIONS:
        return False
    if before == "to" and (is_verb(word) or not _stops(found, i + 1)):
        return False
    if i > first and _follows_name(found, i):
        named_next = i + 1 < len(found) and found[i + 1].text[0].isupper()
        if (is_verb(word) and not plain.endswith("s")) or (
            named_next and found[first].plain not in DETERMINERS and plain not in OFFICES
        ):
            return False
    return (not is_speech(plain) and not (plain in VERBS and (i == first or not _stops(found, i + 1)))) or (
        before in _ATTACHES
    )


def _follows_name(found: Sequence[Word], i: int) -> bool:
    return found[i - 1].text[0].isupper()


def _stops(found: Sequence[Word], i: int) -> bool:
    return i >= len(found) or found[i].plain in PREPOSITIONS | AUXILIARIES


def _ends_in_verb(found: Sequence[Word], first: int, end: int) -> bool:
    """Whether the last word of a run is the verb behind its subject: "the repair … cost", "Whimbrel Line cut"; or, of
    a question with "is", what is said of a name: "Jens Stoltenberg afraid"."""
    word, before = found[end - 1], found[end - 2]
    led = [one.plain for one in found[:first]]
    bare = end - first - (found[first].plain in DETERMINERS)
    if word.text[0].isupper() or bare < 2 or (led[-1] in AUXILIARIES and _had(led)):
        return False
    if (end < len(found) and is_verb(found[end])) or before.plain.endswith(("'s", "’s")):
        return False
    if {"is", "are", "was", "were"} & set(led):
        return before.text[0].isupper() and bare == end - first and not word.plain.endswith("s")
    if end < len(found) and found[end].plain in ("out", "off", "up", "down", "away", "back"):
        return True
    return end == len(found) or found[end].plain not in PREPOSITIONS | AUXILIARIES or word.plain in VERBS


def _had(led: Sequence[str]) -> bool:
    """Whether the "have" at the end of these words is a verb of its own: "Does the vaccine have …"."""
    return led[-1] in ("have", "has", "had") and any(word in AUXILIARIES for word in led[:-1])


def _attaches(found: Sequence[Word], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the second run hangs on the first: by one preposition, no time; or by "and", both names."""
    between = [word.plain for word in found[one[1] : other[0]]]
    time = all(_TIME.fullmatch(word.text) or word.plain in DETERMINERS for word in found[slice(*other)])
    if between == ["and"]:
        return found[one[0]].text[0].isupper() and found[other[0]].text[0].isupper()
    return len(between) == 1 and between[0] in _ATTACHES and not time
