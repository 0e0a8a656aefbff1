"""The people whom a turn of a conversation mentions, and who of them speak. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.english import HE, OFFICES, SHE, SPEECH, is_country, same_terms
from rag.reading.asking import AUXILIARIES
from rag.reading.phrases import Phrase
from rag.records import Article
from rag.speakers import NO_PERSON, RUN, bare_name, is_form_of, namings

_HEADING = re.compile(
    r"^[^>\n].*”, (?:\d{1,2} \w+ \d{4}|undated)"
    r"(?:, quoting (?P<direct>[^\n]+)|, reporting what (?P<told>[^\n]+) said)?:$",
    re.MULTILINE,
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*(?: (?:[A-ZÀ-ÖØ-Þ][\w.’'-]*|de|da|del|van|von|bin|ibn|al|el|der)){0,4}"
_SPOKEN = re.compile(
    rf"(?P<one>{_NAME})(?:, [^,“”\"\n]{{2,80}},)? (?:also |has |had |then )?(?:{SPEECH})\b"
    rf"|\b(?:said|added|according to|wrote|told reporters|warned) (?:the )?(?P<two>{_NAME})"
)
_SOMEBODY = r"(?:spokes|chair|congress|council|police|business|alder|states|sports|fire)(?P<wo>wo)?man"
_SAYING = re.compile(r"\b(she|he) (?:said|says|told|added|wrote)\b|\bsaid (she|he)\b", re.IGNORECASE)
_GROUPS = frozenset(
    "company council court government union club trust ministry police team board agency army line lines wire"
    " foods airways motors systems holdings energy media network alliance authority administration parliament"
    " coalition campaign movement interest party association federation senate cabinet office channel pass sea"
    " ocean strait gulf canal port harbour dam stadium arena palace castle cathedral cup open hurricane storm"
    " typhoon cyclone operation project works plant gate"
    " wall prize treaty summit festival".split()
)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person whom a turn names; ``pronoun`` is "he", "she", or "" where that is open; ``speaks`` where quoted."""

    name: str
    pronoun: str
    speaks: bool = False


@lru_cache(maxsize=256)
def people(question: str, answer: str) -> tuple[tuple[Someone, ...], tuple[Someone, ...]]:
    """Whom a turn's question names, and whom its answer does: those who speak there first."""
    whole = f"{question}\n{answer}"
    placed = [naming for naming in namings(Article.of("", whole)) if _human(naming.person.name)]
    known = {naming.person.name: naming.person.pronoun for naming in placed}
    sure = {
        naming.person.name for naming in placed if naming.person.sure or (naming.office and " " in naming.person.name)
    }
    # One word alone may be a firm's or a place's: "Tesco said".
    spoken = [
        one for one in _spoken(answer) if _human(one) and (" " in one or any(is_form_of(one, full) for full in known))
    ]

    def full(name: str) -> str:
        longest = max((*known, *spoken), key=lambda one: is_form_of(name, one) * len(one), default=name)
        forms = [one for one in (*known, *spoken) if is_form_of(name, one)]
        return longest if forms and all(is_form_of(one, longest) for one in forms) else name

    def someone(name: str) -> Someone:
        return Someone(name, known.get(name) or _pronoun(name, whole), name in speakers)

    told = "\n".join(line for line in answer.splitlines() if not _HEADING.match(line))
    speakers = dict.fromkeys(map(full, spoken))
    mentioned = [full(name) for name in sure if re.search(rf"\b{re.escape(name.split()[-1])}\b", told)]
    asked = dict.fromkeys(full(name) for name in _asked(question, tuple(sure)))
    return tuple(map(someone, asked)), tuple(map(someone, dict.fromkeys((*speakers, *sorted(mentioned)))))


def holders(office: str, text: str) -> set[str]:
    """The people whom ``text`` gives an office ("minister"), by their full names."""
    return {
        naming.person.name
        for naming in namings(Article.of("", text))
        if naming.office and naming.office[-1] == office.casefold() and _human(naming.person.name)
    }


def is_of(phrase: Phrase, person: Someone) -> bool:
    """Whether a phrase begins with a person's name, or with the last word of it."""
    words = [word.rstrip("'’").removesuffix("'s").removesuffix("’s") for word in phrase.text.split()]
    return words[0] in person.name.split() and (len(words) < 2 or words[1] in person.name.split() or "'" in phrase.text)


def _spoken(answer: str) -> Iterator[str]:
    """The names of those whose words an answer quotes or reports."""
    for heading in _HEADING.finditer(answer):
        name = heading["direct"] or heading["told"] or ""
        if re.fullmatch(_NAME, name):
            yield name
    for line in answer.splitlines():
        if not _HEADING.match(line):
            for match in _SPOKEN.finditer(line):
                if name := bare_name(match["one"] or match["two"]):
                    yield name


def _asked(question: str, sure: Sequence[str]) -> Iterator[str]:
    """The people whom a question names: full names, and single ones where a person's stands or the answer says so."""
    for run in RUN.finditer(question):
        name = bare_name(run.group())
        before = question[: run.start()].split()
        led = before[-1].casefold() if before else ""
        if not name or (not before and len(name.split()) < 2) or not _human(name):
            continue
        placed = led in ("the", "in", "at", "near", "from", "into", "inside", "on")
        stands = len(name.split()) > 1 or led in AUXILIARIES or led in ("to", "by", "and")
        if any(is_form_of(name, one) for one in sure) or (stands and not placed):
            yield name


def _human(name: str) -> bool:
    """Whether a name may be a person's: no country, institution, place or run of capitals."""
    plain = [word.casefold().rstrip(".") for word in name.split()]
    held = same_terms(name)
    return bool(held) and not (
        any(word in NO_PERSON or word in _GROUPS for word in plain)
        or any(is_country(term) for term in held)
        or any(len(word) > 1 and word.isupper() and not re.fullmatch(r"[IVX]+", word) for word in name.split())
        or plain[-1] in OFFICES
        or len(plain) > 4
    )


def _pronoun(name: str, text: str) -> str:
    """ "he" or "she" by the given name, else by a word beside the name such as "spokeswoman" or by "she said" under
    their name; "" where that is open."""
    given = name.split()[0]
    if given in HE or given in SHE:
        return "she" if given in SHE else "he"
    plain = re.escape(name)
    beside = re.search(rf"\b{_SOMEBODY},? {plain}\b", text) or re.search(
        rf"{plain}, (?:[\w’'-]+ ){{1,4}}?{_SOMEBODY}\b", text
    )
    if beside:
        return "she" if beside["wo"] else "he"
    parts = re.split(rf"(?:quoting|reporting what) {plain}(?: said)?:\n", text)[1:]
    said = {one or two for part in parts for one, two in _SAYING.findall(part.split("\n\n")[0])}
    if len({word.casefold() for word in said}) == 1:
        return str(said.pop()).casefold()
    return "she" if given.endswith("a") and " " in name else ""  # seldom a man's: then "he" finds nobody, and stays
