"""The generator that is a language model: passages -> claims, one by one as the model sends them, none believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.drafting.endpoint import FormRefused, Message, Model
from rag.drafting.forms import SCHEMA, DraftReader, Written
from rag.drafting.prompt import messages
from rag.errors import ModelError
from rag.quoting import exact_places, unestablished
from rag.records import Claim, Passage, Quote, Tokens, Verdict, Voices
from rag.text import estimated

Failed = tuple[Claim, Sequence[Verdict]]  # a claim of the first draft, and what does not hold of it


class Writer:
    """Asks ``model`` for a draft; several threads may use one.

    The number that the model gives with a quotation is only a hint: where none of its words stand in that passage's
    article, that of the passages is meant in whose article they do.
    """

    def __init__(self, model: Model, voices: Voices = unestablished) -> None:
        self.name = model.name
        self._model = model
        self._voices = voices
        self._structured = True

    def __call__(
        self, question: str, passages: Sequence[Passage], failed: Sequence[Failed] = ()
    ) -> Iterator[Claim | Tokens | None]:
        """The claims of one draft, None while the model says nothing new, its tokens last.

        With ``failed``, the draft that corrects these. Raises ModelError; claims that came before it stand.
        """
        if self._structured:
            try:
                yield from self._drafted(self._request(question, passages, failed), passages)
                return
            except FormRefused:
                self._structured = False
        yield from self._drafted(self._request(question, passages, failed), passages)

    def _request(self, question: str, passages: Sequence[Passage], failed: Sequence[Failed]) -> list[Message]:
        return messages(question, passages, self._voices, self._structured, failed)

    def _drafted(self, request: list[Message], passages: Sequence[Passage]) -> Iterator[Claim | Tokens | None]:
        draft, sent, counted = DraftReader(), [], None
        answer = self._model(request, SCHEMA if self._structured else None)
        try:
            for piece in answer:
                if isinstance(piece, Tokens):
                    counted = piece
                    continue
                sent.append(piece)
                yield from (_claim(written, passages) for written in draft.feed(piece))
                if draft.full:
                    break
                yield None
            yield from (_claim(written, passages) for written in draft.close())
        except ModelError:
            if any(sent):  # what broke off was paid for as well
                yield estimated(request, "".join(sent))
            raise
        finally:
            if close := getattr(answer, "close", None):
                close()  # at once, not when the iterator is collected: the model stops
        yield counted or estimated(request, "".join(sent))


def _claim(written: Written, passages: Sequence[Passage]) -> Claim:
    named = passages[written.passage - 1] if written.passage and 0 < written.passage <= len(passages) else None
    order = [named, *passages] if named else passages
    holding = (passage for passage in order if exact_places(written.quote, passage.span.article))
    passage = next(holding, order[0])
    return Claim(written.claim, (Quote(passage, written.quote, written.speaker),))
