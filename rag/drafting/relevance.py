"""Whether a verified quotation has to do with the question: a model may write what is true and was not asked."""

from __future__ import annotations

import re
from functools import cached_property

from rag.drafting.support import unsupported
from rag.english import same_terms
from rag.models import Embedder, Embeddings
from rag.reading import fits, understand
from rag.records import Said, Supports
from rag.text import around

# Similarity of a question and the sentences around the quotation. Of NewsQA's stand-alone questions .96 of the
# sentences that hold the answer come as near, and .66 of the other sentences of the same articles.
NEAR = 0.3
_COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w*|disagree\w*|contrast\w*|both|versus|vs|between|respectively|each)\b|\b(?:and|or)\b", re.I
)


def supporting(question: str, embedder: Embedder) -> Supports:
    """Why a sentence may not rest on a verified quotation in an answer to ``question``: for ``Citing.add``."""
    bears = Bearing(question, embedder)

    def supports(claim: str, said: Said) -> str | None:
        return unsupported(claim, said) or bears(claim, said)

    return supports


class Bearing:
    """For one question: why a claim and its quotation do not bear on it, None where they do."""

    def __init__(self, question: str, embedder: Embedder) -> None:
        self._asked = understand(question)
        self._embedder = embedder

    def __call__(self, claim: str, said: Said) -> str | None:
        asked, article = self._asked, said.span.article
        context = around(said.span, 1)
        near = same_terms(
            f"{article.title} {article.publisher or ''} {context.text} {(said.speaker and said.speaker.name) or ''}"
        )
        names = asked.names | asked.speaker
        if names and not names & near:
            return f"It does not answer the question: {asked.spelled(names)} is not named there."
        missing = names - same_terms(f"{article.title} {article.publisher or ''} {article.text}")
        if missing and not _COMPARES.search(asked.question):
            return f"It does not answer the question: the article does not name {asked.spelled(missing)}."
        if lacking := asked.numbers - near:
            return f"It does not answer the question: {asked.spelled(lacking)} does not stand there."
        if not fits(asked.expects, claim, asked.terms):
            return f"It does not answer the question, which asks for a {asked.expects}."
        if float(self._vector @ self._embedder.embed([f"{article.title}\n{context.text}"])[0]) < NEAR:
            return "It does not answer the question: it is about something else."
        return None

    @cached_property
    def _vector(self) -> Embeddings:
        vector: Embeddings = self._embedder.embed([self._asked.question])[0]
        return vector
