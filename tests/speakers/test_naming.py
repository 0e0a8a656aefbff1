"""Names for pronouns and titles: given where the article settles them, never guessed."""

from __future__ import annotations

import pytest

from rag.records import Article, Span
from rag.speakers.naming import name_of


def named(text: str, mention: str) -> str | None:
    """The name for the last place where ``mention`` stands in ``text``."""
    article = Article.of("Sluice", text)
    start = text.rfind(mention)
    return name_of(Span(article, start, start + len(mention)))


SETTLED = {
    "a surname whose full name stands elsewhere": ("Maria Teel spoke. “Go,” Teel said.", "Teel", "Maria Teel"),
    "a full name": ("Maria Teel spoke.", "Maria Teel", "Maria Teel"),
    "a name after its office": ("Norhaven Mayor Maria Teel spoke.", "Norhaven Mayor Maria Teel", "Maria Teel"),
    "a name behind a role": ("“Go,” said Teel spokesman David Roon.", "Teel spokesman David Roon", "David Roon"),
    "a secretary of something": (
        "“Go,” said Secretary of State David Roon.",
        "Secretary of State David Roon",
        "David Roon",
    ),
    "a ministry": ("Norland’s Defense Ministry said no.", "Norland’s Defense Ministry", "Defense Ministry"),
    "an institution": ("The Harbour Board said no.", "The Harbour Board", "Harbour Board"),
    "he, for the subject before": ("David Roon disagreed. “Open it,” he said.", "he", "David Roon"),
    "she, over a quotation between": ("Maria Teel said no. “Never.” “Go home,” she said.", "she", "Maria Teel"),
    "he, for who said that another did": ("David Roon said Peter Holm lied. He said so twice.", "He", "David Roon"),
    "a title that one person has": ("Senator David Roon rose. “No,” the senator said.", "the senator", "David Roon"),
    "a title set off by commas": (
        "Maria Teel, the mayor of Norhaven, rose. “No,” the mayor said.",
        "the mayor",
        "Maria Teel",
    ),
}


@pytest.mark.parametrize(("text", "mention", "name"), SETTLED.values(), ids=SETTLED.keys())
def test_a_settled_mention_has_its_name(text: str, mention: str, name: str) -> None:
    assert named(text, mention) == name


OPEN = {
    "he, after two men": ("David Roon and Peter Holm rose. “No,” he said.", "he"),
    "he, after a woman": ("Maria Teel rose. “No,” he said.", "he"),
    "he, after somebody whose full name is not known": ("David Roon sat. Varr rose. “No,” he said.", "he"),
    "they": ("Maria Teel rose. “No,” they said.", "they"),
    "a title that two have": ("Senator David Roon and Senator Peter Holm met. “No,” the senator said.", "the senator"),
    "a title of another place": ("FBI director David Roon rose. “No,” the CIA director said.", "the CIA director"),
    "an unnamed one": ("Mayor Maria Teel rose. “No,” a spokesman said.", "a spokesman"),
    "somebody’s lawyer": ("David Roon rose. “No,” Roon’s lawyer said.", "Roon’s lawyer"),
    "an official of an institution": ("“No,” a Harbour Board official said.", "a Harbour Board official"),
    "somebody’s friend": ("“No,” said a friend of David Roon.", "a friend of David Roon"),
    "two people": ("David Roon and Peter Holm said no.", "David Roon and Peter Holm"),
    "a person only named in a quotation": ("“Ask David Roon,” it said. “No,” he said.", "he"),
}


@pytest.mark.parametrize(("text", "mention"), OPEN.values(), ids=OPEN.keys())
def test_an_open_mention_has_none(text: str, mention: str) -> None:
    assert named(text, mention) is None


def test_of_two_people_with_one_surname_a_bare_surname_keeps_itself() -> None:
    assert named("Maria Teel and David Teel met. “No,” Teel said.", "Teel") == "Teel"
