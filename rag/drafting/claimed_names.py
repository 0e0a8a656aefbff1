"""What a claim may call a speaker: a name that the article gives them, with no office that it does not.

English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.drafting.claimed_words import read
from rag.drafting.frames import Frame
from rag.records import Article, Speaker
from rag.speakers import is_form_of, namings, office_word

_LIMITS = frozenset("former ex acting deputy vice assistant interim shadow then late honorary self-styled".split())
_LITTLE = frozenset("the a an".split())


def bare_forms(who: str) -> list[str]:
    """The forms of the words that call somebody something, without marks and articles."""
    return [word.form for word in read(who) if not word.is_mark and word.form not in _LITTLE]


def names_speaker(frame: Frame, speaker: Speaker) -> bool:
    """Whether the article's frame names the speaker, and not somebody or something of theirs."""
    mention = bare_forms(speaker.mention.text)
    halves = [bare_forms(half) for half in (frame.who, *frame.who.split(","))]
    if mention in halves:
        return True
    plain = [half for half in halves if not any("'" in form or form in ("for", "of", "to", "by") for form in half)]
    return any(half[-len(mention) :] == mention or mention[-len(half) :] == half for half in plain if half)


def plainly_named(theirs: Sequence[Frame], article: Article) -> Iterator[tuple[Frame, str]]:
    """The frames whose speaker is nothing but somebody's name, and that name as the article has it in full."""
    for frame in theirs:
        people = {n.person.name for n in namings(article) if is_form_of(frame.who, n.person.name)}
        if len(people) == 1:
            yield frame, people.pop()


def may_be_called(who: str, name: str, mention: Sequence[str], theirs: Sequence[Frame], article: Article) -> bool:
    """Whether ``who`` is a person's name, with no office that the article does not give them."""
    ours, full = bare_forms(who), bare_forms(name)
    offices = {n.office for n in namings(article) if n.person.name == name}
    beside = re.compile(rf"((?:[\w’'-]+\s){{0,4}}[\w’'-]+),\s{re.escape(name)}\b")
    offices |= {
        tuple(bare_forms(match[1])) for match in beside.finditer(article.text) if office_word(match[1].split()[-1])
    }
    called = [list(mention), *(bare_forms(f.who) for f in theirs), *([*office, *full] for office in offices), full]
    called += [
        [*before[: -len(mine)], *full] for before in called for mine in _endings(full) if before[-len(mine) :] == mine
    ]
    if ours == list(mention):
        return True
    at = next((i for i in range(len(ours)) if ours[i] in full), 0)
    office, named = ours[:at], ours[at:]
    if not named or named[-1] != full[-1] or not _in_order(named, full):
        return False
    titles = [known[: known.index(full[-1])] for known in called if full[-1] in known]
    titles = [[form for form in known if form not in full] for known in titles]
    return not office or any(known[-at:] == office and _LIMITS.isdisjoint(known[:-at]) for known in titles)


def _endings(name: Sequence[str]) -> list[list[str]]:
    return [list(name[i:]) for i in range(len(name))]


def _in_order(some: Sequence[str], all_of: Sequence[str]) -> bool:
    left = iter(all_of)
    return all(form in left for form in some)
