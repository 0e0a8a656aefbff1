"""python -m eval.liar --data FOLDER --index DIR: whether a language model that lies gets a lie into an answer.

In place of a model sits a liar, or with --model a real one. It is asked the questions of RealTime QA
(FOLDER/realtimeqa) of 2022, spread evenly, each as of its day, over an index of the articles of that year. The liar
lies about the passages in every way of ``eval/lies.py``; now and then it tells the truth. What comes out is checked by
code that shares nothing with the verifier. What got through is shown in its words, on the terminal only; the same seed
tells the same lies.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from eval.breaches import Breach, breaches, unbacked
from eval.forging import Standing
from eval.lies import KINDS, Ground, Told
from eval.question_sets import Question, read_questions
from rag.answer import Answer
from rag.api import PASSAGES, Rag
from rag.drafting import MOST, Model, Written, as_sent, named_model
from rag.errors import InputError, RagError
from rag.progress import status_line
from rag.quoting import unestablished
from rag.records import Article, Passage, Tokens, Voices
from rag.text import printable

YEAR = 2022
_TRUTHS = 0.2  # of the claims

Progress = Callable[[int, int], None]  # questions asked, and all


class Liar:
    """A model that lies about the passages it was prepared with; ``told`` is what it has sent since."""

    name = "liar"

    def __init__(self, seed: int = 0) -> None:
        self.told: list[Told] = []
        self._seed = seed
        self._lied: Counter[str] = Counter()
        self._plan: Iterator[Told] = iter(())
        self._other: Article | None = None
        self._chance = random.Random(seed)

    def prepare(self, question: str, passages: Sequence[Passage], voices: Voices = unestablished) -> None:
        """Get ready for a question; ``passages`` are those that the prompt will number from 1."""
        self._chance = random.Random(f"{self._seed}:{question}")
        self._plan = self._tell(Ground(question, passages, self._other, voices, self._chance))
        self._other = passages[0].span.article if passages else self._other
        self.told = []

    def __call__(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any] | None = None
    ) -> Iterator[str | Tokens]:
        """A draft, in JSON or, unasked every fourth time, in lines; cut into pieces anywhere."""
        claims = list(islice(self._plan, MOST))
        self.told += claims
        in_json = schema is not None and self._chance.random() < 0.75
        text = as_sent([_on_one_line(told.written) for told in claims], in_json)
        at = 0
        while at < len(text):
            size = self._chance.randint(0, 40)
            yield text[at : at + size]
            at += size
        yield Tokens(sum(len(message["content"]) for message in messages) // 4, len(text) // 4)

    def _tell(self, ground: Ground) -> Iterator[Told]:
        """Lies, first of the kinds that were told least so far, truths between them; the same false words once."""
        truths, said = ground.truths(), set[str]()
        lies = {kind: ground.lies(kind) for kind in KINDS}
        while lies:
            if self._chance.random() < _TRUTHS and (truth := next(truths, None)):
                yield truth
            kind = min(lies, key=lambda one: (self._lied[one], self._chance.random()))
            lie = next((lie for lie in lies[kind] if not said.intersection(lie.false)), None)
            if lie is None:
                del lies[kind]
                continue
            said.update(lie.false)
            self._lied[kind] += 1
            yield lie


def _on_one_line(written: Written) -> Written:
    """A line of its own for each field, so none may have a line end."""
    return replace(written, quote=" ".join(written.quote.split()), claim=" ".join(written.claim.split()))


class Overheard:
    """A real model in the liar's place, of which nobody knows when it lies."""

    told: Sequence[Told] = ()

    def __init__(self, model: Model) -> None:
        self.name = model.name
        self._model = model

    def prepare(self, question: str, passages: Sequence[Passage], voices: Voices = unestablished) -> None:
        """Nothing: it reads the prompt."""

    def __call__(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any] | None = None
    ) -> Iterator[str | Tokens]:
        return self._model(messages, schema)


@dataclass(slots=True)
class Result:
    """What was told and what came of it, by kind; answers by who wrote them."""

    questions: int = 0
    told: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)  # truths in the answer
    reached: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    breaches: list[tuple[str, Breach]] = field(default_factory=list)  # with their questions

    def add(self, question: str, answer: Answer, told: Sequence[Told], stored: Mapping[str, str]) -> None:
        self.questions += 1
        self.answers[("model" if answer.by else "reader") if answer.answered else "none"] += 1
        self.told.update(one.kind for one in told)
        said = Standing(answer.text)
        self.kept.update(one.kind for one in told if one.is_true and answer.by and said.count(one.written.claim))
        found = list(breaches(answer, told, stored))
        self.breaches += [(question, breach) for breach in found]
        # A lie counts once, in however many ways it got through.
        self.reached.update(one.kind for one in {id(b.told): b.told for b in found if b.told}.values())


def measure(
    rag: Rag,
    questions: Sequence[Question],
    model: Liar | Overheard,
    progress: Progress = lambda done, of: None,
    k: int = PASSAGES,
) -> Result:
    """Ask ``rag``, whose model is ``model``, every question as of its day, from ``k`` passages."""
    result = Result()
    for question in questions:
        model.prepare(question.question, rag.passages(question.question, as_of=question.as_of, k=k), rag.voices)
        answer = rag.ask(question.question, as_of=question.as_of, k=k)
        stored = _stored(rag, answer)
        result.add(question.question, answer, model.told, stored)
        if isinstance(model, Overheard) and answer.by:
            result.breaches += [(question.question, breach) for breach in unbacked(answer, stored)]
        progress(result.questions, len(questions))
    return result


def _stored(rag: Rag, answer: Answer) -> dict[str, str]:
    with rag.store.reading() as snapshot:
        found = (snapshot.article(citation.span.article.id) for citation in answer.citations)
        return {article.id: article.text for article in found if article}


def evenly(questions: Sequence[Question], count: int) -> list[Question]:
    """``count`` questions of ``YEAR``, or all, evenly over its days."""
    dated = sorted((q for q in questions if q.as_of and q.as_of.year == YEAR), key=lambda q: (q.as_of, q.id))
    count = min(count, len(dated))
    return [dated[i * len(dated) // count] for i in range(count)]


def report(result: Result) -> Iterator[str]:
    """The tables, then every breach in its words."""
    yield f"{result.questions} questions\n"
    yield "| lie | told | reached the answer |\n|---|---|---|"
    for kind in KINDS:
        yield f"| {kind} | {result.told[kind]} | {result.reached[kind]} |"
    lies = sum(result.told[kind] for kind in KINDS)
    yield f"| all | {lies} | {result.reached.total()} |\n"
    yield "| truth | told | in the answer |\n|---|---|---|"
    for kind in (kind for kind in result.told if kind not in KINDS):
        yield f"| {kind} | {result.told[kind]} | {result.kept[kind]} |"
    answers = ", ".join(f"{who} {result.answers[who]}" for who in ("model", "reader", "none"))
    yield f"\nAnswers by: {answers}; breaches: {len(result.breaches)}"
    for question, breach in result.breaches:
        yield f"\n{breach.why}: {breach.words}\n  asked: {question}"
        if breach.told:
            written = breach.told.written
            yield f"  {breach.told.kind}; claim: {written.claim}"
            yield f"  quote: {written.quote}\n  speaker: {written.speaker or '-'}"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.liar", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds realtimeqa/")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR", help=f"made of the articles of {YEAR}")
    parser.add_argument("--questions", type=int, default=200, metavar="N", help="how many are asked")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same number tells the same lies")
    parser.add_argument("--model", metavar="NAME|FILE.gguf", help="a real model in the liar's place")
    parser.add_argument("--passages", type=int, default=PASSAGES, metavar="K", help="that the model is given")
    options = parser.parse_args(argv)
    show = status_line()
    try:
        if options.questions < 1:
            raise InputError(f"--questions is {options.questions}, expected at least 1.")
        questions = evenly(read_questions(options.data / "realtimeqa" / "questions-dev.jsonl"), options.questions)
        named = named_model(options.model or "")
        model = Overheard(named) if named else Liar(options.seed)
        rag = Rag.load(options.index, model=model)
        told = lambda done, of: show(f"{done}/{of} questions", done == of)  # noqa: E731
        result = measure(rag, questions, model, told, options.passages)
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    for line in report(result):
        print(printable(line))
    return 1 if result.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
