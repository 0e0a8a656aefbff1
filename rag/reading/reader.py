"""Passages -> draft without a language model: the reader picks the sentences that answer and quotes them.

A sentence may answer only if it carries what the question pins down: every name, number and time it mentions, and
something of the kind it asks for. Where no sentence does, the reader abstains and says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

import numpy as np

from rag.english import SPEECH, is_country, same_person, same_terms
from rag.models import Embedder, Embeddings
from rag.quoting import unestablished
from rag.reading.evidence import MEANING, WORDS, Floats, Remembered, coverage
from rag.reading.question import Asked, fits, numbered, understand
from rag.reading.versions import newer, same_story
from rag.records import Article, Claim, Draft, Passage, Quote, Span, Voices
from rag.text import sentence_offsets, words

THRESHOLD = 0.34  # of confidence; chosen with `python -m eval`
CANDIDATES = 12  # sentences that are embedded for one question
ARTICLES = 3  # that an answer may combine
_ADDS = 0.9  # a further article must come this near to the best sentence's score
_REPEATS = 0.9  # and be less similar than this to what is quoted already
_SYNONYM = 0.42  # similarity of two words that may stand for one another, such as soldiers and service members
_RELATED = 0.5  # similarity of two words that speak of one matter
_OLDER = "An older version of this story:"

_ANAPHOR = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|hers|their|its|this|that|these|those|such)\b|^The\s\w+\b|^[“\"']",
    re.IGNORECASE,
)
_SAID = re.compile(rf"\b(?:{SPEECH}|\w+ing that)\b", re.IGNORECASE)


class Generator(Protocol):
    """Writes a draft from passages, best first; its quotes are verified afterwards, whoever wrote them."""

    def __call__(self, question: str, passages: Sequence[Passage]) -> Draft: ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may answer; ``context`` is what it leans on: itself, and the one before where it refers back."""

    passage: Passage
    sentence: Span
    context: Span

    @property
    def article(self) -> Article:
        return self.sentence.article


class Reader:
    """The extractive generator: quotes, and nothing that is not a quote."""

    def __init__(self, embedder: Embedder, voices: Voices = unestablished, threshold: float = THRESHOLD) -> None:
        self._voices = voices
        self._vectors = Remembered(embedder)
        self._threshold = threshold

    def __call__(self, question: str, passages: Sequence[Passage]) -> Draft:
        asked = understand(question)
        candidates = _candidates(passages)
        if not candidates:
            return Draft((), 0.0, "No article of the index is about this.")
        candidates, scores, vectors = self._scored(question, candidates)
        missing = [
            _missing(candidate, asked, self._vectors) or self._misattributed(candidate, asked)
            for candidate in candidates
        ]
        fitting = [i for i, reason in enumerate(missing) if reason is None]
        if not fitting:
            return Draft((), float(scores[0]) / 2, missing[0])
        confidence = float(scores[fitting[0]])
        if confidence < self._threshold:
            return Draft((), confidence, "No sentence comes near enough to the question to be quoted as its answer.")
        chosen = _combined(fitting, candidates, scores, vectors)
        return Draft(tuple(_claims([candidates[i] for i in chosen], candidates, asked)), confidence)

    def _scored(self, question: str, candidates: list[_Candidate]) -> tuple[list[_Candidate], Floats, Embeddings]:
        """The best candidates, best first, with their scores (0..1) and vectors."""
        texts = [candidate.sentence.text for candidate in candidates]
        contexts = [f"{candidate.article.title}\n{candidate.context.text}" for candidate in candidates]
        covered = coverage(question, texts, contexts, self._vectors)
        covered *= [0.9 + 0.1 * candidate.passage.score / candidates[0].passage.score for candidate in candidates]
        best = np.argsort(-covered, kind="stable")[:CANDIDATES]
        vectors = self._vectors([question, *(texts[i] for i in best)])
        scores = MEANING * np.maximum(vectors[1:] @ vectors[0], 0) + WORDS * covered[best]
        order = np.argsort(-scores, kind="stable")
        return [candidates[best[i]] for i in order], scores[order], vectors[1:][order]

    def _misattributed(self, candidate: _Candidate, asked: Asked) -> str | None:
        """Why these are not words of the speaker whom the question names; None where they are, or it names none.

        Where the article settles who speaks, that decides, else where the name stands.
        """
        if not asked.speaker or asked.speaker & _terms(candidate.article.publisher or ""):
            return None
        asked_for = asked.spelled(asked.speaker)
        said = self._voices(candidate.sentence)
        if said.speaker is None or (said.speaker.name is None and _ANAPHOR.fullmatch(said.speaker.mention.text)):
            known = (asked.names & asked.speaker) <= _about(candidate) and _speaks(candidate, asked)
            return None if known else f"No sentence was found in which {asked_for} says this."
        mention, name = said.speaker.mention.text, said.speaker.name
        if (name and same_person(asked_for, name)) or (
            asked.speaker <= _terms(mention) and (name is None or all(map(is_country, asked.speaker)))
        ):
            return None
        who = f"{name} ({mention})" if name and name not in mention else mention
        return f"In “{candidate.article.title}” these words are not {asked_for}’s: {who} says them."


def _candidates(passages: Sequence[Passage]) -> list[_Candidate]:
    found: dict[tuple[str, int], _Candidate] = {}
    for passage in passages:
        article = passage.span.article
        offsets = sentence_offsets(article.text)
        for i, (start, end) in enumerate(offsets):
            if start >= passage.span.end or end <= passage.span.start or article.text[end - 1] == "?":
                continue  # a question is no answer, however well its words fit
            sentence = Span(article, start, end)
            leans = i > 0 and _ANAPHOR.search(sentence.text) is not None
            context = Span(article, offsets[i - 1][0], end) if leans else sentence
            found.setdefault((article.id, start), _Candidate(passage, sentence, context))
    return list(found.values())


def _missing(candidate: _Candidate, asked: Asked, vectors: Remembered) -> str | None:
    """What the question pins down and the sentence does not carry, in words for the user; None if nothing."""
    article = candidate.article
    near, about = _held(candidate.context), _about(candidate)
    lead = _terms(article.text[: sentence_offsets(article.text)[0][1]])
    for what, lacking in {
        "that answers this and names": asked.names - asked.speaker - about,
        "that answers this and has the number": asked.numbers - _held(candidate.sentence),
        "that answers this and is about": asked.times - near - lead,
    }.items():
        if lacking:
            return f"No sentence was found {what} {asked.spelled(lacking)}."
    if asked.counted and not _counts(candidate.context.text, asked, vectors):
        return "No sentence was found that gives this number."
    if asked.matters and not _shares(words(candidate.context.text), asked.matters, vectors, _RELATED):
        return "No sentence was found that is about this."
    if not fits(asked.expects, candidate.sentence.text, asked.terms):
        return f"No sentence was found that answers this with a {asked.expects}."
    return None


def _about(candidate: _Candidate) -> frozenset[str]:
    article = candidate.article
    return _held(candidate.context) | _terms(article.publisher or "") | _terms(article.title)


def _speaks(candidate: _Candidate, asked: Asked) -> bool:
    """Whether an asked speaker stands where the subject of a verb of speech does: "Ames said", ",” said Ames"."""
    text = candidate.context.text
    for verb in _SAID.finditer(text):
        before = text[: verb.start()].rstrip()
        if asked.speaker & _terms(" ".join(before.split()[-6:])):
            return True
        follows = verb.group().casefold() == "according" or before.endswith((",", "”", '"', "’"))
        if follows and asked.speaker & _terms(" ".join(text[verb.end() :].split()[:6])):
            return True
    return False


def _counts(text: str, asked: Asked, vectors: Remembered) -> bool:
    """Whether a number counts what the question counts, or a near synonym: "40,000 troops" for soldiers."""
    things = [word for after in numbered(text) for word in after]
    return _shares(things, asked.counted, vectors, _SYNONYM)


def _shares(found: Sequence[str], wanted: Sequence[str], vectors: Remembered, similarity: float) -> bool:
    """Whether two lists of words have a term in common, or words at least so similar."""
    if _terms(" ".join(found)) & _terms(" ".join(wanted)):
        return True
    return bool(found) and float((vectors(found) @ vectors(wanted).T).max()) >= similarity


def _combined(fitting: list[int], candidates: list[_Candidate], scores: Floats, vectors: Embeddings) -> list[int]:
    """The best sentence, and those of other articles that come near it and say something else."""
    chosen = fitting[:1]
    for i in fitting[1:]:
        repeats = float((vectors[chosen] @ vectors[i]).max()) >= _REPEATS
        known = {candidates[j].article.id for j in chosen}
        if scores[i] >= _ADDS * scores[chosen[0]] and not repeats and candidates[i].article.id not in known:
            chosen.append(i)
    return chosen[:ARTICLES]


def _claims(chosen: list[_Candidate], candidates: list[_Candidate], asked: Asked) -> list[Claim]:
    """A claim for each sentence; of a story's versions, the newest is quoted first and the older one beside it."""
    claims: list[Claim] = []
    for candidate in chosen:
        versions = {candidate.article.id: candidate.article}
        versions |= {c.article.id: c.article for c in candidates if same_story(c.article, candidate.article)}
        current = max(versions.values(), key=lambda article: article.published or date.min)
        if newer(current, candidate.article):
            candidate = _counterpart(candidate, current)
        claims.append(Claim("", (Quote(candidate.passage, _quoted(candidate, asked).text),)))
        for older in versions.values():
            if newer(candidate.article, older):
                past = _counterpart(candidate, older)
                claims.append(Claim(_OLDER, (Quote(past.passage, past.sentence.text),)))
    return list(dict.fromkeys(claims))


def _counterpart(candidate: _Candidate, article: Article) -> _Candidate:
    """The sentence of another version of the story that stands for this one."""
    held = _held(candidate.sentence)
    spans = [Span(article, start, end) for start, end in sentence_offsets(article.text)]
    nearest = max(spans, key=lambda span: len(held & _held(span)) / len(held | _held(span)))
    return _Candidate(Passage(nearest, candidate.passage.score), nearest, nearest)


def _quoted(candidate: _Candidate, asked: Asked) -> Span:
    """The sentence, with the one before it where only that says who or what is meant."""
    alone = _held(candidate.sentence)
    return candidate.sentence if asked.names <= alone else candidate.context


def _held(span: Span) -> frozenset[str]:
    return _terms(span.text)


_terms = lru_cache(maxsize=4096)(same_terms)  # of the same sentences again and again
