"""One visitor's conversation: questions with what is shown of their answers, as chat messages and source cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer import Answer
from rag.chat import page

READING = "Reading the articles …"
WRITING = "The model is writing; what is shown is verified …"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer, of which ``lines`` lines are shown so far (None: all).

    ``note`` stands in for an answer that is not there, and under one that is not whole.
    """

    question: str
    answer: Answer | None = None
    lines: int | None = None
    note: str | None = READING

    @property
    def unfinished(self) -> bool:
        """Whether more of the answer was to come when this was shown."""
        return self.lines is not None or self.note in (READING, WRITING)


def history(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """The (question, answer) pairs that ``Rag.ask`` takes."""
    return [(turn.question, turn.answer.text) for turn in turns if turn.answer]


def messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """What gr.Chatbot shows; it reads the contents as Markdown, so nothing of them may be left to act."""
    shown: list[dict[str, str]] = []
    for number, turn in enumerate(turns, 1):
        told = turn.answer and page.message(turn.answer, number, turn.lines, turn.note)
        reply = told or page.notice(turn.note or "")
        shown.append({"role": "user", "content": page.question(turn.question)})
        shown.append({"role": "assistant", "content": reply})
    return shown


def cards(turns: Sequence[Turn]) -> str:
    """The sources of every answer; all but the latest are hidden until one of their numbers is clicked."""
    answers = [(number, turn.answer) for number, turn in enumerate(turns, 1) if turn.answer]
    if not answers:
        return page.notice("The sources of an answer are shown here.")
    return "".join(page.sources(answer, number, number != answers[-1][0]) for number, answer in answers)
