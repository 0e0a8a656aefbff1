"""Which name a mention of a speaker stands for ("he", "the envoy", "Nebenzia"), where the article leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.english import FINITE
from rag.records import Article, Span
from rag.speakers.people import AFTER_HEAD, NO_PERSON, RUN, Person, bare_name, is_form_of, namings, office_word
from rag.text import quotations, sentence_offsets

_REACH = 5  # sentences before its own in which a pronoun's person may be named
_NEAR = 1500  # characters before a title in which its holder has to be named
_HE, _SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
_PRONOUNS = _HE | _SHE | frozenset("i we they it who them us me you one".split())
_DEFINITE = re.compile(r"(?:the|this|that)\s", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_VERB = frozenset(
    "and or of to in at for from with by on as than about against over under between into after before is are".split()
)
_GOVERNS = re.compile(
    r"\b(?:of|to|with|by|against|for|from|about|than|under|between|including|like|on|after|before|and|or|behind|over"
    r"|at|into|that|as|near|versus|vs\.?|see|called|told|asked)\s+(?:\S+\s+){0,2}$"
)
_SPEAKS = re.compile(rf"(?:{FINITE})$")
_SAID = re.compile(rf"\b(?:{FINITE}|asked|[Aa]ccording to)\s*$")
_TITLE_SUBJECT = re.compile(
    r"[“\"”,.\s]*(?P<all>(?:The|A|An|His|Her)\s(?:[\w.’'-]+\s){0,3}?(?P<head>\w+))\s(?!of\b)[a-z]+"
)
# What may stand between a name and its verb: "of Ohio", ", 52, the mayor,", "(R-Ohio)".
_FOLLOWS = re.compile(r"(?:\s(?:of|from)(?:\s[A-Z][\w.]*)+)?(?:,[^,]{2,120},)?\s*(?:\([^)]*\)\s*)?([a-z][\w’']*)")
_SUBJECT_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


def name_of(mention: Span) -> str | None:
    """The name of whom ``mention`` means; None where the article leaves it open, or names nobody."""
    words = mention.text.casefold().split()
    if len(words) == 1 and words[0] in _PRONOUNS:
        return _of_pronoun(mention, words[0])
    if own := _own_name(mention.text):
        people = {naming.person for naming in namings(mention.article) if is_form_of(own, naming.person.name)}
        return people.pop().name if len(people) == 1 else own
    return _of_title(mention)


def _own_name(text: str) -> str | None:
    """The name that a mention holds: of "Clinton spokesman Brian Fallon" the last two words; None where it names
    nobody itself ("Trump’s lawyer", "a Pentagon official"), or two."""
    if re.search(r"\band\b|&", text):
        return None
    whole = text.strip().split(",")
    head = AFTER_HEAD.split(text.strip(), maxsplit=1)[0]
    for part, of_office in ((whole[0], True), (head, False), *((part, False) for part in whole[1:2])):
        runs = list(RUN.finditer(part.strip()))
        if not runs or runs[-1].end() < len(part.strip().rstrip(".")):
            continue
        run = runs[-1].group()
        name = run.removeprefix("The ") if _is_institution(run) else bare_name(run)
        if of_office and part != head and name == run:
            continue  # "Secretary of State Antony Blinken" is Blinken, "a friend of Donald Trump" is not Trump
        if name and name.split()[0].casefold() not in ("one", "some", "many", "most") and not _is_role(name, part):
            return name
    return None


def _is_institution(run: str) -> bool:
    return any(word.casefold() in NO_PERSON for word in run.split()[1:])


def _is_role(name: str, part: str) -> bool:
    """Whether what looks like a name is a kind of person: "the Virginia Republican", "an American"."""
    article = re.match(r"(?:the|a|an|one|another)\s", part.strip(), re.IGNORECASE)
    last = name.split()[-1]
    return bool(article) and last in {"Republican", "Democrat", "American", "Democrats", "Republicans", "Americans"}


def _of_pronoun(mention: Span, word: str) -> str | None:
    """The subject of the nearest sentence that has one outside its quotations, if that is a person who fits, and no
    other subject stands there."""
    wanted = "he" if word in _HE else "she" if word in _SHE else ""
    offsets = _sentences(mention.article)
    at = next((i for i, (start, end) in enumerate(offsets) if start <= mention.start < end), None)
    if not wanted or at is None:
        return None
    for i in range(at, max(-1, at - _REACH - 1), -1):
        start, end = offsets[i][0], min(offsets[i][1], mention.start)
        said = _outside_quotations(mention.article, start, end)
        if subjects := list(_subjects(mention.article, start, said)):
            first, speaks = subjects[0]
            alone = {one for one, _ in subjects} == {first}
            fits = isinstance(first, Person) and first.sure and first.pronoun in (wanted, "")
            return first.name if isinstance(first, Person) and fits and (alone or speaks) else None
        if title := _TITLE_SUBJECT.match(said):
            if office_word(title["head"]):
                return _of_title(Span(mention.article, start + title.start("all"), start + title.end("all")))
        elif i < at and said.strip() and not _SUBJECT_PRONOUN.search(said):
            return None
    return None


def _subjects(article: Article, start: int, said: str) -> Iterator[tuple[Person | str, bool]]:
    """Who stands as a subject in ``said``, which begins at ``start``: people whom the article names, and whatever
    else is written like a name; and whether of a verb of speech, whose clause holds the others."""
    named = {naming.start: naming.person for naming in namings(article) if start <= naming.start < start + len(said)}
    for run in RUN.finditer(said):
        name = bare_name(run.group())
        if name and _is_subject(said[: run.start()], said[run.end() :]):
            follows = _FOLLOWS.match(said[run.end() :])
            yield named.get(start + run.start(), name), bool(follows and _SPEAKS.match(follows[1]))


def _outside_quotations(article: Article, start: int, end: int) -> str:
    """The words of ``start:end`` with those in quotation marks blanked, so that places stay."""
    text = article.text[start:end]
    for left, right in _quotations(article):
        left, right = max(left, start) - start, min(right, end) - start
        if left < right:
            text = text[:left] + " " * (right - left) + text[right:]
    return text


def _is_subject(before: str, after: str) -> bool:
    """Whether a name between these words stands as a subject does: before a verb, or after "said"; not after a
    preposition, not possessive. A rule for news prose, not a parser."""
    if _SAID.search(before):
        return True
    if _GOVERNS.search(before):
        return False
    follows = _FOLLOWS.match(after)
    return bool(follows) and follows[1] not in _NO_VERB if follows else False


def _of_title(mention: Span) -> str | None:
    """The one person whom the article gives this office; what else the title says has to be said of the person."""
    if not _DEFINITE.match(mention.text):
        return None
    words = [_POSSESSIVE.sub("", word.strip(",.")).casefold() for word in AFTER_HEAD.split(mention.text)[0].split()[1:]]
    if not words:
        return None
    held = [naming for naming in namings(mention.article) if naming.office and naming.office[-1] == words[-1]]
    fitting = {naming.person for naming in held if set(words[:-1]) <= set(naming.office)}
    everybody = {naming.person for naming in held}
    if len(everybody) != 1 or not fitting:
        return None
    (person,) = fitting
    near = [n for n in namings(mention.article) if n.person == person and 0 <= mention.start - n.start <= _NEAR]
    return person.name if near else None


@lru_cache(maxsize=64)
def _sentences(article: Article) -> list[tuple[int, int]]:
    return sentence_offsets(article.text)


@lru_cache(maxsize=64)
def _quotations(article: Article) -> list[tuple[int, int]]:
    return quotations(article.text)
