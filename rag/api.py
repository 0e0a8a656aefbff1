"""``ask`` for one question, ``Rag`` for more: what a Python program, the command line and the chat all call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Generator as Yields
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Unpack
from unicodedata import category

from rag.answer import Answer, IndexFacts
from rag.answering import Evidence, read, write
from rag.drafting import Model, Writer, named_model, rewritten, supporting
from rag.errors import InputError
from rag.models import Embedder, load_embedder
from rag.quoting import Check, check, elsewhere, unestablished
from rag.reading import PASSAGES as STATED
from rag.reading import Comparing, Generator, Reader, Timeline, asks_for_timeline, standalone
from rag.records import Article, Draft, Passage, Voices
from rag.search import Day, Filters, Reranker, Searcher, Within
from rag.speakers import Speakers
from rag.store import Store
from rag.text import words

PASSAGES = 10
QUESTION_LIMIT = 2_000  # characters: beyond any question, within what the embedder reads


class Options(Within, total=False):
    """How a question is asked, as ``ask`` explains it; what is not given is as it is there."""

    as_of: Day
    history: Sequence[tuple[str, str]]
    k: int
    quotations_only: bool


def default_index() -> Path:
    """The index folder when none is given: RAG_INDEX, else index/built of the current folder."""
    return Path(os.environ.get("RAG_INDEX") or "index/built")


def ask(
    question: str, *, index: str | Path | None = None, model: str | Model | None = None, **options: Unpack[Options]
) -> Answer:
    """Answer one question from an index; for more than one, ``Rag.load`` once and ask that.

    ``publishers`` are names in any case. ``as_of`` is the day the question is asked: later articles are left out,
    fresher ones preferred, undated ones kept without preference. ``after`` and ``before`` are inclusive; days are dates
    or "YYYY-MM-DD". ``history`` are earlier (question, answer) pairs of the conversation, ``k`` (10) the number of
    passages read, ``model`` the language model that writes the answer: its name at an OpenAI-compatible endpoint
    (OPENAI_BASE_URL, OPENAI_API_KEY) or a GGUF file, and RAG_MODEL where none is given. Without one, or with
    ``quotations_only``, the answer is quotations. Raises RagError.

    >>> ask("How high did the Vessen get?", index="index/built").citations[0].quote  # doctest: +SKIP
    """
    return Rag.load(index, model=model).ask(question, **options)


class Rag:
    """An open index with its embedder and generator; safe to ask from several threads."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        generator: Generator,
        reranker: Reranker | None = None,
        voices: Voices = unestablished,
        model: Model | None = None,
    ) -> None:
        self.store = store
        self.embedder = embedder
        self.voices = voices
        self._generator = Comparing(generator)
        self._timeline = Timeline(embedder, voices)
        self._model = model
        self._writer = None if model is None else Writer(model, voices)
        self._searcher = Searcher(store, embedder, reranker)

    @classmethod
    def load(
        cls,
        index: str | Path | None = None,
        *,
        embedder: Embedder | None = None,
        generator: Generator | None = None,
        reranker: Reranker | None = None,
        voices: Voices | None = None,
        model: str | Model | None = None,
    ) -> Rag:
        """Open an index; raises IndexMissing, or IndexMismatch where it was made with another embedder.

        Without ``embedder``, the one that the index names; without ``generator``, the extractive reader; without
        ``reranker``, passages keep the retriever's order. ``rag.reading.model_reader.by_name`` has some by name.
        ``voices`` says who speaks in a quotation; without it, ``rag.speakers.speakers`` does. ``model`` writes the
        answers, by name or as it is; without it RAG_MODEL names one, and "" is none. Raises ModelError where it cannot
        be used.
        """
        store = Store(Path(index) if index is not None else default_index())
        if embedder is None:
            with store.reading() as snapshot:
                embedder = load_embedder(snapshot.fact("embedder"))
        store.check(embedder)
        voices = voices or Speakers()
        writing = named_model(model) if model is None or isinstance(model, str) else model
        return cls(store, embedder, generator or Reader(embedder, voices), reranker, voices, writing)

    def ask(self, question: str, **options: Unpack[Options]) -> Answer:
        """Answer a question; the options are those of ``rag.ask``."""
        *_, answer = self.stream(question, **options)
        return answer

    def stream(self, question: str, **options: Unpack[Options]) -> Yields[Answer, None, None]:
        """What ``ask`` returns, as it grows: verified sentences only, the last time the whole answer.

        While a model writes, an answer comes several times a second, be it the same one; closing the iterator stops the
        model.
        """
        filters, history, k = _asked_for(options)
        quotations_only = options.get("quotations_only", False)
        model, plainly = None if quotations_only else self._model, _checked(question)
        with closing(rewritten(plainly, history, model, self._reader_answers(filters, k))) as versions:
            for asked, tokens in versions:  # noqa: B007 the last is used
                if model and history:
                    yield replace(Evidence(question, (), IndexFacts(0, None, None)).answer(), by=model.name)
        passages, facts = self._searcher.search(asked, filters, max(k, STATED) if asks_for_timeline(asked) else k)
        alone = None if asked == plainly else asked
        evidence = Evidence(question, tuple(passages), facts, alone, tokens)
        with closing(self._answers(evidence, quotations_only)) as answers:
            for answer in answers:
                yield answer
        yield self._finished(answer, filters)

    def _reader_answers(self, filters: Filters, k: int) -> Callable[[str], bool]:
        """Whether the reader answers a question: what decides if a follow-up needs the subject of the conversation."""
        return lambda asked: bool(self._generator(asked, self._searcher.search(asked, filters, k)[0]).claims)

    def _answers(self, evidence: Evidence, quotations_only: bool) -> Yields[Answer, None, None]:
        if asks_for_timeline(evidence.plainly):
            yield read(evidence, self._timeline, self.voices)
        elif self._writer is None or quotations_only or not evidence.passages:
            yield read(evidence, self._generator, self.voices)
        else:
            supports = supporting(evidence.plainly, self.embedder)
            yield from write(evidence, self._writer, supports, self._generator, self.voices)

    def _finished(self, answer: Answer, filters: Filters) -> Answer:
        """``answer`` with what only the whole index knows: where else its rejected quotes stand, what was left out."""
        rejected = answer.rejected
        if rejected:
            with self._searcher.finding(filters) as (find, *_):
                rejected = tuple(elsewhere(verdict, find, self.voices) for verdict in rejected)
        reason = None if answer.answered else _reason(answer.reason, answer.index, filters)
        return replace(answer, rejected=rejected, reason=reason)

    def check(self, text: str, speaker: str | None = None, **within: Unpack[Within]) -> Check:
        """Whether a quotation is real: in which articles it stands, whose words it is there, else what is closest.

        Of a text with words in quotation marks, each of these quotations is checked. With ``speaker`` one holds only
        where it is established to be theirs. Raises InputError for a text that is empty, too short or too long.
        """
        _known(within, Within.__optional_keys__)
        filters = Filters.of(within)
        _storable("text", text)
        _storable("speaker", speaker or "")
        with self._searcher.finding(filters) as (find, searched, facts):
            return check(text, speaker, find, searched, facts, self.voices)

    def passages(self, question: str, *, without: Iterable[str] = (), **options: Unpack[Options]) -> list[Passage]:
        """What ``ask`` would read, best first; ``without`` are ids or URLs of articles to leave out."""
        filters, history, k = _asked_for(options, without)
        asked = _checked(question)
        if history:
            asked = standalone(asked, history, self._reader_answers(filters, k))
        return self._searcher.search(asked, filters, k)[0]

    def draft(self, question: str, passages: Sequence[Passage]) -> Draft:
        """What the generator makes of passages, unverified: how sure it would be of an answer from them."""
        return self._generator(_checked(question), passages)

    def matching(self, words: str, k: int) -> list[Article]:
        """The ``k`` articles that best match ``words``, best first: a search without a question."""
        return self._searcher.matching(words, k)

    @property
    def model(self) -> str | None:
        """The name of the language model that writes; None where answers are quotations only."""
        return self._model.name if self._model else None

    def facts(self) -> IndexFacts:
        """What the index holds now."""
        with self.store.reading() as snapshot:
            return snapshot.facts()


def _checked(question: str) -> str:
    asked = " ".join(_storable("question", question).split())
    if not asked:
        raise InputError("The question is empty. Ask something, for example: Who said what about the harbour?")
    # One letter is a word only of a script that writes words so.
    if not any(len(word) > 1 or category(word) == "Lo" for word in words(asked)):
        raise InputError(f"{asked[:20]!r} is no question. Ask in words, for example: Who said what about the harbour?")
    if len(asked) > QUESTION_LIMIT:
        raise InputError(f"The question has {len(asked)} characters, at most {QUESTION_LIMIT} are read. Shorten it.")
    return asked


def _storable(what: str, text: str) -> str:
    """``text``, which a terminal may have made of bytes that are no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        byte = f"{text[error.start]!r} at character {error.start + 1}"
        raise InputError(f"The {what} has {byte}, which is no character of any script: give it in UTF-8.") from error
    return text


def _asked_for(options: Options, without: Iterable[str] = ()) -> tuple[Filters, Sequence[tuple[str, str]], int]:
    """Filters, history and number of passages; TypeError at an option that there is not."""
    _known(options, Options.__optional_keys__)
    filters = Filters.of(options, options.get("as_of"), without)
    return filters, options.get("history", ()), options.get("k", PASSAGES)


def _known(given: Iterable[str], options: frozenset[str]) -> None:
    """TypeError at an option that there is not: Python itself does not look at the names of a TypedDict."""
    if unknown := sorted(set(given) - options):
        raise TypeError(f"unknown option {unknown[0]!r}, expected one of {', '.join(sorted(options))}")


def _reason(reason: str | None, facts: IndexFacts, filters: Filters) -> str:
    if not facts.articles:
        return "The index is empty: add articles first, for example with python -m index ARTICLES."
    return f"{reason} The filters leave out part of the articles." if filters != Filters() else str(reason)
