"""The words of a question, and the classes of them that tell its phrases apart. English only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.english import SPEECH

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*%?|(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-–'’.&][^\W_]+)*['’]?(?![^\W_])")
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
PLACING = frozenset("in at to from near into on".split())
ASKING = frozenset("who whom whose what which when where why how".split())
LINKS = frozenset("and or but if that while because whether".split())
PRONOUNS = frozenset(
    "he him his himself she her hers herself they them their theirs themselves it its itself this that these"
    " those there then i me my we us our you your one ones anyone anybody someone somebody anything something"
    " nothing nobody".split()
)
HIM, HER = frozenset("he him his".split()), frozenset("she her hers".split())
POSSESSIVE = frozenset("his her hers its their theirs".split())
ADVERBS = frozenset(
    "not never now still yet already again also ever just so far too much many more most less least else soon"
    " today yesterday tomorrow tonight ago later earlier exactly really actually himself herself itself themselves"
    " together away up down back here once twice only even long old high big fast often very other another".split()
)
VERBS = frozenset(
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


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question and where it stands."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        return self.text.casefold()


def words_of(question: str) -> list[Word]:
    """The words of a question in order."""
    return [Word(match.group(), *match.span()) for match in _TOKEN.finditer(question)]


def is_speech(word: str) -> bool:
    """Whether a word is a verb of speech or of reaction."""
    return _SPEECH.fullmatch(word) is not None


def is_verb(word: Word) -> bool:
    """Whether a word of a question is a verb that news asks with, whatever stands around it."""
    return word.text[0].islower() and (word.plain in VERBS or is_speech(word.plain) or word.plain.endswith("ed"))
