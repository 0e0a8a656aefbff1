"""The people whom an article names: where, by which name in full, and in which office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.english import FEMALE_TITLES, HE, HONORIFICS, MALE_TITLES, MONTHS, OFFICES, SHE, WEEKDAYS
from rag.records import Article

# A capitalised word, and the point of an abbreviation before another; a possessive ends a name.
_WORD = r"[A-ZÀ-ÖØ-Þ][^\W_]*(?:(?:-|['’](?!s\b))[^\W_]+)*(?:\.(?=\s[A-Z]))?"
RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?:[ \u00a0](?:{_WORD}|de|da|del|van|von|bin|ibn|al|el|der))*")
_PARTICLES = frozenset("de da del van von bin ibn al el der la le of the".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())
NO_PERSON = frozenset(
    """
    department committee university college school street avenue road party house senate congress court company inc corp
    bank news times post journal today agency office center centre association council city county state states united
    north south east west new union national international street services service bureau board group fund foundation
    institute commission ministry army navy force police guard league club team church hospital airport airlines island
    islands river lake mountain valley bay beach park bridge building tower hotel square hall museum library theater
    war act bill law treaty agreement amendment day week month year republican republicans
    democrat democrats democratic american americans british french german russian chinese european i
    """.split()
) | {word.casefold() for word in (*MONTHS, *WEEKDAYS)}
_STARTS = frozenset(
    "but and the a an in on at if as when while after before for from with by to of so yet then now also still even"
    " though although because since this that these those his her their its our my he it they we she you there here"
    " what who how why where not no one both some many most all like during until once despite according asked through"
    " speaking under over last next first later earlier meanwhile however instead former obviously".split()
)
_SHORT_OFFICES = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "dr": "doctor"}
_OFFICE_ENDINGS = ("er", "or", "ist", "man", "woman", "ent", "ant", "ian", "ary", "ive")
AFTER_HEAD = re.compile(r"\s(?:of|from|at|in|with|for|who|whose|which|on|as|to|and)\b|[,(;:—–]")
_APPOSED = re.compile(r",\s(?:(?:the|a|an|his|her|who (?:is|was) (?:the|a|an))\s)?([^,.;:“”\"()\n]{3,80})[,.;]")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom an article names: the fullest name it gives, and the pronoun that fits: "he", "she", "" if open.

    ``sure`` tells people from what may be a place or a firm: a known given name or an honorific.
    """

    name: str
    pronoun: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where an article names a person; ``office`` are the words that say what the person is, the last of
    them the office itself."""

    start: int
    end: int
    person: Person
    office: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def namings(article: Article) -> tuple[Naming, ...]:
    """Every place where the article names somebody, in order."""
    runs = [(match.start(), match.group()) for match in RUN.finditer(article.text)]
    people = _people(article.text, runs)
    return tuple(_placed(article.text, runs, people))


def bare_name(run: str) -> str:
    """A name without what stands before it: offices, places, first words of a sentence. Empty where the run ends in an
    office, whose holder is somebody else.

    >>> bare_name("Manhattan District Attorney Alan Bragg"), bare_name("But Ohio Sen. Ruiz"), bare_name("Ruiz Deputy")
    ('Alan Bragg', 'Ruiz', '')
    """
    words = _POSSESSIVE.sub("", run.strip()).split()
    given = [i for i, word in enumerate(words[:-1]) if word in HE or word in SHE]
    offices = [i for i, word in enumerate(words[:-1]) if _plain(word) in OFFICES]
    if given:
        words = words[given[0] :]
    elif offices:
        words = words[offices[-1] + 1 :]
    while words and (_plain(words[0]) in OFFICES or words[0].casefold() in _STARTS or words[0] in _PARTICLES):
        words.pop(0)
    while words and words[-1].casefold() in _PARTICLES:
        words.pop()
    return "" if words and _plain(words[-1]) in OFFICES else " ".join(words)


def is_form_of(short: str, full: str) -> bool:
    """Whether ``short`` may be a shorter form of ``full``: the same surname and no word that ``full`` lacks.

    >>> is_form_of("Bragg", "Alvin Bragg"), is_form_of("Alvin", "Alvin Bragg")
    (True, False)
    """
    ours, theirs = ([_plain(word) for word in name.split()] for name in (short, full))
    return bool(ours) and set(ours) <= set(theirs) and _surname(short) == _surname(full)


def _people(text: str, runs: list[tuple[int, str]]) -> dict[str, list[Person]]:
    """The people of the article by surname, each in the fullest form of the name."""
    people: dict[str, list[Person]] = {}
    for start, run in runs:
        person = _person(run, text[max(0, start - 25) : start])
        if not person:
            continue
        known = people.setdefault(_surname(person.name), [])
        same = [one for one in known if is_form_of(one.name, person.name) or is_form_of(person.name, one.name)]
        if len(same) > 1:
            continue  # a bare surname that several share
        for one in same:
            known.remove(one)
            full = max(one.name, person.name, key=lambda name: len(name.split()))
            person = Person(full, one.pronoun or person.pronoun, one.sure or person.sure)
        known.append(person)
    return people


def _person(run: str, before: str) -> Person | None:
    name = bare_name(run)
    words = name.split()
    if not words or any(_plain(word) in NO_PERSON for word in words) or len(name) < 3 or name.isupper():
        return None
    honorific = _honorific(run, before)
    given = words[0] if len(words) > 1 else ""
    male, female = given in HE or honorific in MALE_TITLES, given in SHE or honorific in FEMALE_TITLES
    sure = bool(honorific or male or female)
    if not sure and len(words) == 1:
        return None
    return Person(name, "he" if male and not female else "she" if female and not male else "", sure)


def _placed(text: str, runs: list[tuple[int, str]], people: dict[str, list[Person]]) -> Iterator[Naming]:
    for start, run in runs:
        name = bare_name(run)
        fitting = [person for person in people.get(_surname(name), ()) if is_form_of(name, person.name)]
        if len(fitting) == 1:
            end = start + len(_POSSESSIVE.sub("", run))
            yield Naming(start, end, fitting[0], _office(text, start, end, run, name))


def _office(text: str, start: int, end: int, run: str, name: str) -> tuple[str, ...]:
    """What a naming says of the person: "Russian envoy" Vasily Nebenzia, or Ruiz, "the senator" from Ohio."""
    before = re.split(r"[,.;:“”\"()\n]", text[max(0, start - 60) : start])[-1].split()
    led = [*before[-4:], *run[: run.rfind(name.split()[0])].split()]
    if led and (office := office_word(led[-1])):
        return (*(_plain(word) for word in led[:-1]), office)
    apposed = _APPOSED.match(text, end)
    head = AFTER_HEAD.split(apposed[1])[0].split() if apposed else []
    if apposed and head and (office := office_word(head[-1])):
        around = [_plain(word) for word in apposed[1].split()]
        return (*around, office)
    return ()


def office_word(word: str) -> str:
    """The office that a word names, in plain letters ("senator" for "Sen."); empty where it names none."""
    plain = _plain(word)
    plain = _SHORT_OFFICES.get(plain, plain)
    return plain if plain in OFFICES or plain.endswith(_OFFICE_ENDINGS) else ""


def _honorific(run: str, before: str) -> str:
    """The honorific that leads a run, or stands right before it."""
    leading = [_plain(word) for word in run.split()[:-1]]
    outside = re.search(r"(\w+)\.?\s$", before)
    found = [word for word in leading if word in HONORIFICS]
    if found:
        return found[-1]
    return _plain(outside[1]) if outside and _plain(outside[1]) in HONORIFICS else ""


def _surname(name: str) -> str:
    words = [_plain(word) for word in name.split()]
    words = [word for word in words if word not in _SUFFIXES]
    return words[-1] if words else ""


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word.strip(".,")).casefold()
