"""Passages -> draft without a language model: the reader picks the sentences that answer and quotes them.

A sentence may answer only if it carries what the question pins down: every name, number and time it mentions, and
something of the kind it asks for. Where no sentence does, the reader abstains and says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rag.datatypes import Article, Claim, Draft, Passage, Quote, Span
from rag.embed import Embedder
from rag.names import same_name
from rag.question import SPEECH, Asked, fits, understand
from rag.sentences import sentence_offsets
from rag.terms import query_terms, terms
from rag.versions import newer, same_story

THRESHOLD = 0.40  # of confidence; chosen with `python -m eval.answers`
CANDIDATES = 24  # sentences that are embedded for one question
ARTICLES = 3  # that an answer may combine
_ADDS = 0.9  # a further article must come this near to the best sentence's score
_REPEATS = 0.9  # and be less similar than this to what is quoted already

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

    def __init__(self, embedder: Embedder, threshold: float = THRESHOLD) -> None:
        self._embedder = embedder
        self._threshold = threshold

    def __call__(self, question: str, passages: Sequence[Passage]) -> Draft:
        asked = understand(question)
        candidates = _shortlist(_candidates(passages), asked)
        if not candidates:
            return Draft((), 0.0, "The index holds no article that this question could be answered from.")
        vectors = self._embedder.embed([question, *(c.sentence.text for c in candidates)])
        similarity = vectors[1:] @ vectors[0]
        scores = [_score(c, asked, float(s)) for c, s in zip(candidates, similarity, strict=True)]
        missing = [_missing(c, asked) for c in candidates]
        order = np.argsort(-np.array(scores), kind="stable").tolist()
        fitting = [i for i in order if not missing[i]]
        if not fitting:
            return Draft((), scores[order[0]] / 2, missing[order[0]])
        best = fitting[0]
        if scores[best] < self._threshold:
            return Draft((), scores[best], "No sentence comes near enough to the question to be quoted as its answer.")
        chosen = [best]
        for i in fitting[1:]:
            others = {candidates[j].article.id for j in chosen}
            if len(chosen) == ARTICLES or candidates[i].article.id in others or scores[i] < _ADDS * scores[best]:
                continue
            if max(float(vectors[1 + i] @ vectors[1 + j]) for j in chosen) < _REPEATS:
                chosen.append(i)
        return Draft(tuple(_claims([candidates[i] for i in chosen], candidates)), scores[best])


def _candidates(passages: Sequence[Passage]) -> list[_Candidate]:
    found: dict[tuple[str, int], _Candidate] = {}
    for passage in passages:
        article = passage.span.article
        offsets = sentence_offsets(article.text)
        for i, (start, end) in enumerate(offsets):
            if start >= passage.span.end or end <= passage.span.start:
                continue
            sentence = Span(article, start, end)
            leans = i > 0 and _ANAPHOR.search(sentence.text) is not None
            context = Span(article, offsets[i - 1][0], end) if leans else sentence
            found.setdefault((article.id, start), _Candidate(passage, sentence, context))
    return list(found.values())


def _shortlist(candidates: list[_Candidate], asked: Asked) -> list[_Candidate]:
    best = max((c.passage.score for c in candidates), default=1.0)
    ranked = sorted(candidates, key=lambda c: -(_coverage(c, asked) + 0.5 * c.passage.score / best))
    return ranked[:CANDIDATES]


def _coverage(candidate: _Candidate, asked: Asked) -> float:
    """The share of the question's terms that the sentence, its context or (for half) its headline holds."""
    wanted = {same_name(term) for term in asked.terms}
    own = _held(candidate.sentence.text)
    near = _held(candidate.context.text)
    title = _held(candidate.article.title)
    marks = [1.0 if t in own else 0.8 if t in near else 0.5 if t in title else 0.0 for t in wanted]
    return sum(marks) / max(len(marks), 1)


def _score(candidate: _Candidate, asked: Asked, similarity: float) -> float:
    return 0.6 * max(similarity, 0.0) + 0.4 * _coverage(candidate, asked)


def _held(text: str) -> frozenset[str]:
    return frozenset(same_name(term) for term in terms(text))


def _missing(candidate: _Candidate, asked: Asked) -> str | None:
    """What the question pins down and the sentence does not carry, in words for the user; None if nothing."""
    article = candidate.article
    own, near = _held(candidate.sentence.text), _held(candidate.context.text)
    about = near | _held(article.publisher or "")
    if names := asked.names - about:
        return f"No sentence was found that answers this and names {_listed(names, asked)}."
    if numbers := asked.numbers - near:
        return f"No sentence was found that answers this and has the number {_listed(numbers, asked)}."
    if times := asked.times - near:
        return f"No sentence was found that answers this and is about {_listed(times, asked)}."
    if asked.speaker and not _speaks(candidate, asked):
        return f"No sentence was found in which {_listed(asked.speaker, asked)} says this."
    if not fits(asked.expects, candidate.sentence.text, asked.terms):
        return f"No sentence was found that answers this with a {asked.expects}."
    if asked.counted & own and not _counts(candidate.sentence.text, asked):
        return "No sentence was found that gives this number."
    return None


def _listed(words: frozenset[str], asked: Asked) -> str:
    return ", ".join(sorted(words))


def _speaks(candidate: _Candidate, asked: Asked) -> bool:
    """Whether one of the asked speakers stands right beside a verb of speech, as its subject may."""
    text = candidate.context.text
    for verb in _SAID.finditer(text):
        before = _held(" ".join(text[: verb.start()].split()[-8:]))
        after = _held(" ".join(text[verb.end() :].split()[:6]))
        if asked.speaker & before or asked.speaker & after:
            return True
    return bool(asked.speaker & _held(candidate.article.publisher or ""))


def _counts(sentence: str, asked: Asked) -> bool:
    """Whether a number stands within four words before what the question counts."""
    words = terms(sentence)
    places = [i for i, word in enumerate(words) if same_name(word) in {same_name(c) for c in asked.counted}]
    return any(fits("number", " ".join(words[max(0, i - 4) : i]), asked.terms) for i in places)


def _claims(chosen: list[_Candidate], candidates: list[_Candidate]) -> list[Claim]:
    claims: list[Claim] = []
    for candidate in chosen:
        articles = {c.article.id: c.article for c in candidates if same_story(c.article, candidate.article)}
        if any(newer(article, candidate.article) for article in articles.values()):
            continue
        claims.append(_claim(candidate, ""))
        claims += [_older(candidate, article) for article in articles.values() if newer(candidate.article, article)]
    return claims


def _claim(candidate: _Candidate, lead: str) -> Claim:
    quote = candidate.context if candidate.context != candidate.sentence else candidate.sentence
    return _quoting(lead + _source(candidate.article), quote, candidate.passage)


def _older(candidate: _Candidate, article: Article) -> Claim:
    """The sentence of an older version that stands for the one quoted from the newer."""
    words = set(query_terms(candidate.sentence.text))
    spans = [Span(article, start, end) for start, end in sentence_offsets(article.text)]
    nearest = max(spans, key=lambda span: len(words & set(terms(span.text))))
    return _quoting(f"An older version of this story, {_source(article)}", nearest, Passage(nearest, 0.0))


def _source(article: Article) -> str:
    day = f"{article.published.day} {article.published:%B %Y}" if article.published else "undated"
    return f"{article.publisher or 'Publisher unknown'}, “{article.title}”, {day}:"


def _quoting(lead: str, quote: Span, passage: Passage) -> Claim:
    words = "\n".join(f"> {line}" for line in quote.text.splitlines() if line.strip())
    return Claim(f"{lead}\n{words}", (Quote(passage, quote.text),))
