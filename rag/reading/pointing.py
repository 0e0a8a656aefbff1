"""Which words of a question point out of it, and at what kind of thing: "that" does in "Who said that?", not in "the
law that passed". English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.english import OFFICES, is_country, same_terms
from rag.reading.asking import (
    ASKING,
    AUXILIARIES,
    DETERMINERS,
    HER,
    HIM,
    POSSESSIVE,
    PREPOSITIONS,
    Word,
    is_speech,
    is_verb,
)
from rag.reading.mentioned import is_of, people
from rag.reading.phrases import Phrase, has_parts, phrases

_THEY = frozenset("they them their theirs".split())
_CONJOINS = frozenset("as than because since before after until like".split())
_CLAUSE = frozenset("that if when while because before after until whether where what how why who".split())
_SPANS = frozenset("time week weekend year month morning evening night summer winter spring autumn season".split())
_HOLDS_THAT = frozenset(
    "reveal revealed show showed shows find found learn learned know knew prove proved hope hoped agree agreed"
    " decide decided expect expected mean means realise realised understand feel felt conclude concluded".split()
)
_WEATHER = frozenset("rain raining snow snowing true possible clear".split())
SAYS = frozenset("say said says claim claimed announce announced tell told explain explained".split())
_SAID_TO = frozenset("about to in on at".split())


def kind_of(body: str, found: Sequence[Word], i: int) -> str | None:
    """What a word that refers out of its question refers to: "person", "group", "thing", "matter", "place" or a
    "phrase" such as "that decision"; None where it refers within the question, or to nothing."""
    word = found[i].plain
    after = found[i + 1].plain if i + 1 < len(found) else ""
    before = found[i - 1].plain if i else ""
    if word in HIM | HER:
        return None if _within(body, found, i) else "person"
    if word in _THEY:
        return None if _within(body, found, i) else "group"
    if word in ("it", "its"):
        dummy = (
            after in _WEATHER
            or (before in SAYS and after in AUXILIARIES)
            or (after == "that" and before in ("is", "was"))
            or _comes_later(body, found, i)
        )
        return None if dummy or _within(body, found, i) else "thing"
    if word == "there":
        there_is = before in ("is", "are", "was", "were", "will", "has", "have") or after in AUXILIARIES
        humans = people(body, "")[0]
        earlier = [one for one in phrases(body) if one.named and one.end <= found[i].start]
        return None if there_is or any(not any(is_of(one, who) for who in humans) for one in earlier) else "place"
    return _kind_of_that(body, found, i) if word in ("that", "this", "these", "those", "such") else None


def _kind_of_that(body: str, found: Sequence[Word], i: int) -> str | None:
    """The same of "that" and its like, which may also join clauses or stand before a noun."""
    word = found[i].plain
    after = found[i + 1].plain if i + 1 < len(found) else ""
    before = found[i - 1].plain if i else ""
    verb = i > 0 and is_verb(found[i - 1]) and (i < 2 or found[i - 2].plain not in DETERMINERS)
    leads = not i or before in PREPOSITIONS | AUXILIARIES | ASKING | {"and", "or"} or verb
    if (word == "those" and is_verb(found[min(i + 1, len(found) - 1)])) or (word == "that" and before in _HOLDS_THAT):
        return None if after else "matter"
    if word == "such" or not leads or (before and is_speech(before) and after):
        return None if not (before in SAYS and after in _SAID_TO) else "matter"
    if own := next((phrase for phrase in phrases(body) if phrase.start == found[i].start), None):
        span = {after.removesuffix("'s").removesuffix("’s"), own.head.casefold()} & _SPANS
        return None if span or (word == "this" and after and found[i + 1].text[0].isupper()) else "phrase"
    alone = not after or after in PREPOSITIONS or before in AUXILIARIES or (not i and after in AUXILIARIES)
    return "matter" if alone or (is_verb(found[i - 1]) and not after) else None


def _comes_later(body: str, found: Sequence[Word], i: int) -> bool:
    """Whether "it" only stands for what follows: "What will it cost to repair the dam?"."""
    to = next((j for j in range(i + 1, len(found) - 1) if found[j].plain == "to"), None)
    if i + 1 >= len(found) or found[i + 1].plain not in ("cost", "take", "mean", "require", "need") or to is None:
        return False
    return any(phrase.start > found[to + 1].start for phrase in phrases(body))


def _within(body: str, found: Sequence[Word], i: int) -> bool:
    """Whether the pronoun at ``i`` means something that its own question names: a subject may be "its" or, in another
    clause, "it", but never the object of its own verb."""
    word, at = found[i].plain, found[i].start
    before, follows = found[i - 1].plain if i else "", found[i + 1].plain if i + 1 < len(found) else ""
    parts = phrases(body)
    earlier = [one for one in parts if one.end <= at and not one.time and not has_parts(parts, one)]
    humans = people(body, "")[0]
    owns = word in POSSESSIVE and bool(follows) and follows not in PREPOSITIONS | AUXILIARIES
    subject = word in ("he", "she", "it", "they") and bool(follows) and follows not in PREPOSITIONS | DETERMINERS
    another = subject and before not in AUXILIARIES | ASKING | (PREPOSITIONS - _CONJOINS)
    if word in HIM | HER:
        other = [one for one in humans if one.pronoun == ("she" if word in HIM else "he")]
        fit = [one for one in humans if one not in other]
        named = [
            one for one in earlier if one.named and not any(is_of(one, who) for who in other) and not _is_body(one)
        ]
        known = [one for one in earlier if any(is_of(one, who) for who in fit) or _is_somebody(one)]
        earlier = known or (named if owns or another else [])
    elif word in _THEY:
        earlier = [one for one in earlier if one.plural or one.after == "which" or word == "their"]
    else:
        earlier = [one for one in earlier if not any(is_of(one, who) and " " in who.name for who in humans)]
    if found[0].plain in PREPOSITIONS and "," in body[at:]:  # "In her speech, what did Ada Lund say?"
        return True
    if not earlier:
        relative = any(one.plain in ("who", "which") for one in found[1:i])
        return (owns and found[0].plain in ("who", "which") and i > 1) or ((owns or another) and relative)
    apart = before in PREPOSITIONS and word in HIM | HER and any(earlier[0].end < one.start < at for one in parts)
    between = {one.plain for one in found if earlier[0].end <= one.start < at}
    return owns or another or apart or bool(between & _CLAUSE)


def _is_body(phrase: Phrase) -> bool:
    """Whether a phrase begins with a country's name or with a run of capitals, which "his" does not mean."""
    first = re.sub(r"['’]s?$", "", phrase.text.split()[0])
    if " " in phrase.text and first == phrase.text.split()[0]:
        return False
    return (len(first) > 1 and first.isupper()) or any(map(is_country, same_terms(first)))


def _is_somebody(phrase: Phrase) -> bool:
    """Whether a phrase may be a person without a name: "the envoy", "which player"."""
    return phrase.head.casefold() in OFFICES or (phrase.after == "which" and not phrase.plural)
