"""Names of persons and offices: whether two forms of a name may be one speaker's."""

from __future__ import annotations

import re
import unicodedata

from rag.english.countries import same_name
from rag.records import Article, Speaker

_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\d+")
_LITTLE = frozenset("the a an of for and in at to on by de la von van bin al el jr sr".split())
# Written before a name, or instead of one; never part of it.
MALE_TITLES = frozenset("mr sir lord king prince".split())
FEMALE_TITLES = frozenset("mrs ms miss lady queen princess".split())
# Words before a name that only people have; "state" or "chief" also stand before places and offices.
HONORIFICS = (
    MALE_TITLES
    | FEMALE_TITLES
    | frozenset(
        """
        president senator sen representative rep governor gov mayor judge justice general gen colonel col captain capt
        lieutenant lt sergeant sgt admiral adm officer detective sheriff ambassador envoy spokesman spokeswoman
        spokesperson professor prof dr doctor pope cardinal bishop rabbi pastor reverend rev congressman congresswoman
        chancellor premier attorney lawyer director coach
        """.split()
    )
)
OFFICES = HONORIFICS | frozenset(
    """
    acting agent alderman analyst archbishop assistant author candidate ceo chair chairman chairperson chairwoman
    chief commander commissioner councilman councilwoman dame defence defense delegate democrat democratic deputy
    economist ex executive finance foreign former founder imam interior lawmaker leader major manager marshal
    minister national nominee press prime prosecutor republican secretary senior speaker state treasury
    undersecretary vice
    """.split()
)


def name_words(text: str) -> tuple[str, ...]:
    """The words that make a name, in plain letters and in order: without offices, countries and little words where
    others remain.

    >>> name_words("Russian U.N. Ambassador Vasily Nebenzia"), name_words("President Joe Biden’s")
    (('un', 'vasily', 'nebenzia'), ('joe', 'biden'))
    >>> name_words("the Kremlin"), name_words("a spokesman")
    (('russia',), ('spokesman',))
    """
    words = [(match.group(), _plain(match.group())) for match in _WORD.finditer(text)]
    words = [(written, plain) for written, plain in words if plain and plain not in _LITTLE]
    names = [plain for written, plain in words if written[0].isupper() and plain not in OFFICES]
    without_countries = [plain for plain in names if same_name(plain) == plain]
    return tuple(without_countries or map(same_name, names or [plain for _, plain in words]))


def same_person(claimed: str, known: str) -> bool:
    """Whether a claimed speaker may be the known one: one form holds the other's words, or both end in one surname
    and have one first name or its short form.

    >>> same_person("Nebenzia", "Vasily Nebenzia"), same_person("Russian envoy Nebenzia", "Vasily Nebenzia")
    (True, True)
    >>> same_person("Hillary Clinton", "Bill Clinton"), same_person("the Pentagon", "Pentagon")
    (False, True)
    """
    ours, theirs = name_words(claimed), name_words(known)
    if not ours or not theirs:
        return False
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    return ours[-1] == theirs[-1] and _short_for(ours[-2], theirs[-2]) if min(len(ours), len(theirs)) > 1 else False


def is_speaker(claimed: str, speaker: Speaker) -> bool:
    """Whether a claimed name is established to be this speaker's: by the name that the article settles, else only by
    all the words of the mention, since "Teel’s spokesman" is not Teel."""
    if speaker.name:
        return same_person(claimed, speaker.name)
    ours, theirs = _content(claimed), _content(speaker.mention.text)
    return ours == theirs and len(ours) > 1


def is_maker(claimed: str, article: Article) -> bool:
    """Whether a claimed name is that of the article's publisher or of one of its authors: its own words are theirs."""
    if article.publisher and set(name_words(claimed)) == set(name_words(article.publisher)):
        return True
    return any(same_person(claimed, author) for author in article.authors)


def _content(text: str) -> list[str]:
    words = [_plain(match.group()) for match in _WORD.finditer(text)]
    return [word for word in words if word and word not in _LITTLE]


def _plain(word: str) -> str:
    word = re.sub(r"['’]s?$", "", word.rstrip(".'’-"))
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalnum())


def _short_for(one: str, other: str) -> bool:
    """Whether one first name may stand for another: an initial, or its first letters ("Don" for Donald)."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short)
