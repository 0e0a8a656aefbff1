"""The lies of a language model that means harm: false quotations, false sentences on true ones, words in a wrong mouth.

They are made by the makers of the self-test (``eval/forging/makers.py``) from the
passages of a question. What stands in one of their articles after all (``eval/forging/judge.py``) is no lie and left
out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from eval.forging import MAKERS, MISQUOTERS, Forgery, Material, Standing, changed
from rag.drafting import Written
from rag.english import same_name
from rag.records import Article, Passage, Span, Voices
from rag.text import query_terms, terms

TRUTH, TRUTH_MISPLACED = "truth", "truth under a wrong number"
QUOTED, CLAIMED, MADE_UP = "quotation", "sentence", "made up"  # where the lie is
_CHANGES = (
    "negation dropped",
    "negation added",
    "number changed",
    "date changed",
    "name changed",
    "polarity flipped",
    "invented edge",
    "another speaker",
    "wholly invented",
)
KINDS = (
    *(f"{QUOTED}: {change}" for change in (*_CHANGES, "speakers spliced")),
    *(f"{CLAIMED}: {change}" for change in _CHANGES),
    *(f"{MADE_UP}: {what}" for what in ("passage number", "source", "no quotation", "speaker alone")),
)
_EACH = 4  # lies of one kind from one passage
_FEWEST = 4  # words of a lie: fewer may stand anywhere by chance
_WHOLE = 0.8  # of a sentence's words must be in what claims to say it
_SAYINGS = ("{} said: “{}.”", "{} said that {}.", "“{1}”, according to {0}.")
_NO_QUOTATION = ("", "…", "-", "“”")
_MISPLACED = 0.2  # of the truths
_FAR = (0, 99, 1_000)  # numbers that no passage has


@dataclass(frozen=True, slots=True)
class Told:
    """What a liar sends as one claim; a truth has neither of the following.

    ``false``: words that must not be in the answer. ``mouth``: who is falsely named as the speaker of its quotation.
    """

    kind: str
    written: Written
    false: tuple[str, ...] = ()
    mouth: str | None = None

    @property
    def is_true(self) -> bool:
        return not self.false and self.mouth is None


class Ground:
    """What there is to lie about: the passages of a question, numbered from 1, and an article that is none of them.

    What has more words in common with the question is lied about first: a check may refuse a claim that is none.
    """

    def __init__(
        self,
        question: str,
        passages: Sequence[Passage],
        other: Article | None,
        voices: Voices,
        chance: random.Random,
    ) -> None:
        self._asked = set(query_terms(question))
        self._materials = [(n, _within(passage.span)) for n, passage in enumerate(passages, 1)]
        articles = {passage.span.article.id: passage.span.article for passage in passages}
        self._standing = [_standing(article) for article in articles.values()]
        self._other = _material(other) if other and other.id not in articles else None
        self._voices = voices
        self._chance = chance

    def lies(self, kind: str) -> Iterator[Told]:
        """The lies of one of ``KINDS``, each once."""
        where, _, what = kind.partition(": ")
        made = {QUOTED: self._quoted, CLAIMED: self._claimed, MADE_UP: self._made_up}[where](what)
        seen: set[Written] = set()
        for told in (replace(one, kind=kind) for one in made):
            if told.written not in seen and self._is_false(told):
                seen.add(told.written)
                yield told

    def truths(self) -> Iterator[Told]:
        """Sentences of the passages as claims about themselves, some under a number that no passage has."""
        found = [(n, span) for n, material in self._materials for span in material.sentences]
        self._chance.shuffle(found)
        for number, span in sorted(found, key=lambda one: -self._weight(one[1].text)):
            speaker = self._voices(span).speaker
            name = speaker.name if speaker else None
            if self._chance.random() < _MISPLACED:
                yield Told(TRUTH_MISPLACED, Written(span.text, span.text, self._chance.choice(_FAR), name))
            else:
                yield Told(TRUTH, Written(span.text, span.text, number, name))

    def _quoted(self, what: str) -> Iterator[Told]:
        for number, forged in self._forgeries(what):
            claim, mouth = forged.text, forged.speaker if what == "another speaker" else None
            if forged.speaker and (mouth or self._chance.random() < 0.5):
                claim = f"{forged.speaker} said: “{forged.text}”"
            # Of the words in a wrong mouth it is the sentence that is false, and of any other lie the words.
            yield Told(
                what, Written(claim, forged.text, number, forged.speaker), (claim if mouth else forged.text,), mouth
            )

    def _claimed(self, what: str) -> Iterator[Told]:
        for number, forged in self._forgeries(what):
            true, claim = forged.near.text, forged.text
            if what == "another speaker":
                claim = self._chance.choice(_SAYINGS).format(forged.speaker, true.rstrip(",.;"))
            elif what != "wholly invented" and len(claim.split()) < _WHOLE * len(true.split()):
                continue
            if what == "name changed" and _names(claim) == _names(true):
                continue
            yield Told(what, Written(claim, true, number, self._speaker(forged.near)), (claim,), forged.speaker)

    def _made_up(self, what: str) -> Iterator[Told]:
        if what == "speaker alone":
            for number, forged in self._forgeries("another speaker"):
                yield Told(what, Written(forged.text, forged.text, number, forged.speaker), (), forged.speaker)
            return
        for number, words in self._strange():
            quote = self._chance.choice(_NO_QUOTATION) if what == "no quotation" else words
            yield Told(
                what, Written(words, quote, self._chance.choice(_FAR) if what == "passage number" else number), (words,)
            )

    def _forgeries(self, what: str) -> list[tuple[int, Forgery]]:
        found: list[tuple[int, Forgery]] = []
        for number, material in self._materials:
            made: Iterator[Forgery]
            if what == "speakers spliced":  # few passages hold two people's words
                material = _material(material.article)
            if what in MAKERS:
                made = changed(what, material, self._chance)
            else:
                made = MISQUOTERS[what](material, self._other, self._chance)
            found += [(number, forged) for forged in islice(made, _EACH)]
        return sorted(found, key=lambda one: -self._weight(one[1].near.text))

    def _strange(self) -> Iterator[tuple[int, str]]:
        """Sentences of the other article, as if a passage had them."""
        sentences = [span.text for span in self._other.sentences] if self._other and self._materials else []
        for words in self._chance.sample(sentences, min(_EACH, len(sentences))):
            yield self._chance.choice(self._materials)[0], words

    def _speaker(self, span: Span) -> str | None:
        speaker = self._voices(span).speaker if self._chance.random() < 0.5 else None
        return speaker.name if speaker else None

    def _weight(self, text: str) -> int:
        return len(self._asked & set(terms(text)))

    def _is_false(self, told: Told) -> bool:
        return all(
            len(words.split()) >= _FEWEST and not any(article.count(words) for article in self._standing)
            for words in told.false
        )


def _within(span: Span) -> Material:
    """The material of a passage: what lies in it, and the names of its whole article."""
    material = _material(span.article)

    def inside(one: Span) -> bool:
        return span.start <= one.start and one.end <= span.end

    return replace(
        material,
        sentences=tuple(filter(inside, material.sentences)),
        quoted=tuple(filter(inside, material.quoted)),
        attributed=tuple(one for one in material.attributed if inside(one.words)),
    )


@lru_cache(maxsize=64)
def _material(article: Article) -> Material:
    return Material.of(article)


@lru_cache(maxsize=64)
def _standing(article: Article) -> Standing:
    return Standing(f"{article.title}\n{article.text}")


def _names(text: str) -> list[str]:
    """The terms of a text, with one for all names of a country: "American" for "U.S." is no lie."""
    return [same_name(term) for term in terms(text)]
