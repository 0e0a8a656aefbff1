"""What the turns of a conversation speak of: the phrases of a question, the people of an answer. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.datatypes import Article
from rag.given_names import HE, SHE
from rag.names import is_country, same_name
from rag.people import NO_PERSON, RUN, bare_name, is_form_of, namings
from rag.persons import OFFICES
from rag.question import SPEECH
from rag.terms import terms

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*%?|(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-–'’.&][^\W_]+)*['’]?(?![^\W_])")
DETERMINERS = frozenset(
    "the a an this that these those such his her its their my our your some any every each no".split()
)
AUXILIARIES = frozenset(
    "do does did is are was were be been being has have had will would can could should shall may might must".split()
)
PREPOSITIONS = frozenset(
    "of in at on to for from with by about over under against between near after before during since until into"
    " through because than as like without within along around behind among inside outside across towards toward"
    " upon off out besides except regarding concerning despite according".split()
)
ASKING = frozenset("who whom whose what which when where why how".split())
_LINKS = frozenset("and or but if that while because whether".split())
PRONOUNS = frozenset(
    "he him his himself she her hers herself they them their theirs themselves it its itself this that these"
    " those there then i me my we us our you your one ones anyone anybody someone somebody anything something"
    " nothing nobody".split()
)
_ADVERBS = frozenset(
    "not never now still yet already again also ever just so far too much many more most less least else soon"
    " today yesterday tomorrow tonight ago later earlier exactly really actually himself herself itself themselves"
    " together away up down back here once twice only even long old high big fast often very other another".split()
)
_VERBS = frozenset(
    """
    accept agree aim allow apply arrive attack attend ban become became begin began begun belong blame block break
    broke bring brought build built burn buy bought call cancel cause change choose chose chosen close collapse come
    came consider continue cost count crash cross cut damage decide delay demand die differ disagree discover do end
    expect explode face fail fall fell fear fight fought find found finish fire flee fled fly flew follow force get
    got give gave go went gone grow grew happen hear heard help hit hold held hurt include injure join kill know
    knew known last lead led leave left lend let like live look lose lost made make marry mean meant measure meet
    met mind miss move need object offer open oppose order own paid pass pay plan play prevent produce prove publish
    put ran reach react read receive recover refuse release remain replace require resign respond rise rose rule run
    see saw seen seek sell sold send sent set shoot shot shut sign sink sank speak spoke spend spent stab stand
    stood start stay steal stole stop strike struck succeed support take took taken talk test threaten trigger try
    turn understand understood use visit vote wait want watch win won work worry wrong
    """.split()
)
_SPEECH = re.compile(
    rf"(?:{SPEECH}|react(?:s|ed)?|speak|spoke|talk(?:ed)?|comment(?:ed)?|think|advise[sd]?)", re.IGNORECASE
)
_TIME = re.compile(
    r"(?:(?:1[89]|20|21)\d\d|\d{1,2}|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|week|month|year|today|yesterday|tonight)"
)
_ATTACHES = frozenset("of in at on to from between for with over into against near about".split())
_GENERAL = frozenset("people person persons men women votes times time way day days thing things name part".split())
_GROUPS = frozenset(
    "company council court government union club trust ministry police team board agency army line lines wire"
    " foods airways motors systems holdings energy media network alliance authority administration parliament"
    " coalition campaign movement interest party association federation senate cabinet office channel pass sea"
    " ocean strait gulf canal port harbour dam stadium arena palace castle cathedral cup open hurricane storm"
    " typhoon cyclone operation project works plant gate"
    " wall prize treaty summit festival".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question and where it stands."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        return self.text.casefold()


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


def words_of(question: str) -> list[Word]:
    """The words of a question in order."""
    return [Word(match.group(), *match.span()) for match in TOKEN.finditer(question)]


def is_speech(word: str) -> bool:
    """Whether a word is a verb of speech or of reaction."""
    return _SPEECH.fullmatch(word) is not None


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
            between = PREPOSITIONS | DETERMINERS | _LINKS | _ADVERBS
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
        small = AUXILIARIES | PREPOSITIONS | _LINKS | PRONOUNS | _ADVERBS | DETERMINERS
        return word.text[0].isupper() and plain not in small and plain not in _VERBS and not is_speech(plain)
    if word.text[0].isupper():
        return True
    if plain in AUXILIARIES | PREPOSITIONS | _LINKS | PRONOUNS | _ADVERBS | DETERMINERS or plain.endswith("ly"):
        return False
    if before in DETERMINERS or before.endswith(("'s", "’s", "s'", "s’")):
        return True
    if plain.endswith(("ed", "ing")) or before == "how" or (before in ("who", "what") and not _stops(found, i + 1)):
        return False
    if before in ("who", "what") and found[i + 1 : i + 2] and found[i + 1].plain in PREPOSITIONS:
        return False
    if before == "to" and (_is_verb(word) or not _stops(found, i + 1)):
        return False
    if i > first and _follows_name(found, i):
        named_next = i + 1 < len(found) and found[i + 1].text[0].isupper()
        if (_is_verb(word) and not plain.endswith("s")) or (
            named_next and found[first].plain not in DETERMINERS and plain not in OFFICES
        ):
            return False
    return (not is_speech(plain) and not (plain in _VERBS and (i == first or not _stops(found, i + 1)))) or (
        before in _ATTACHES
    )


def _is_verb(word: Word) -> bool:
    return word.text[0].islower() and (word.plain in _VERBS or is_speech(word.plain) or word.plain.endswith("ed"))


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
    if (end < len(found) and _is_verb(found[end])) or before.plain.endswith(("'s", "’s")):
        return False
    if {"is", "are", "was", "were"} & set(led):
        return before.text[0].isupper() and bare == end - first and not word.plain.endswith("s")
    if end < len(found) and found[end].plain in ("out", "off", "up", "down", "away", "back"):
        return True
    return end == len(found) or found[end].plain not in PREPOSITIONS | AUXILIARIES or word.plain in _VERBS


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


@dataclass(frozen=True, slots=True)
class Someone:
    """A person whom a turn names; ``pronoun`` is "he", "she", or "" where that is open; ``speaks`` where quoted."""

    name: str
    pronoun: str
    speaks: bool = False


_HEADING = re.compile(
    r"^[^>\n].*”, (?:\d{1,2} \w+ \d{4}|undated)"
    r"(?:, quoting (?P<direct>[^\n]+)|, reporting what (?P<told>[^\n]+) said)?:$",
    re.MULTILINE,
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*(?: (?:[A-ZÀ-ÖØ-Þ][\w.’'-]*|de|da|del|van|von|bin|ibn|al|el|der)){0,4}"
_SPEAKING = frozenset(
    "company council court government union club trust ministry police team board agency army party parliament"
    " opposition administration authority office service association department committee court".split()
)
_SPOKEN = re.compile(
    rf"(?P<one>{_NAME})(?:, [^,“”\"\n]{{2,80}},)? (?:also |has |had |then )?(?:{SPEECH})\b"
    rf"|\b(?:said|added|according to|wrote|told reporters|warned) (?:the )?(?P<two>{_NAME})"
)
_SOMEBODY = r"(?:spokes|chair|congress|council|police|business|alder|states|sports|fire)(?P<wo>wo)?man"
_SAYING = re.compile(r"\b(she|he) (?:said|says|told|added|wrote)\b|\bsaid (she|he)\b", re.IGNORECASE)


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
    held = [same_name(term) for term in terms(name)]
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


def is_verb(word: Word) -> bool:
    """Whether a word of a question is a verb that news asks with, whatever stands around it."""
    return _is_verb(word)


def acts(phrase: str) -> bool:
    """Whether a phrase may be somebody who speaks: people, an office or a group by its last word."""
    last = phrase.split()[-1].casefold().rstrip("?'’")
    return last in OFFICES | _SPEAKING or (last.endswith("s") and not last.endswith("ss"))


def holders(office: str, text: str) -> set[str]:
    """The people whom ``text`` gives an office ("minister"), by their full names."""
    return {
        naming.person.name
        for naming in namings(Article.of("", text))
        if naming.office and naming.office[-1] == office.casefold() and _human(naming.person.name)
    }
