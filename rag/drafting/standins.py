"""What may stand in a claim for an article's words: words of one meaning, speech as it is reported, and another form of
a person's name. English only."""

from __future__ import annotations

from collections.abc import Mapping

from rag.drafting.ways import Ways
from rag.drafting.word_classes import BESIDE
from rag.records import Span
from rag.speakers import bare_name, name_of, namings
from rag.text import quotations

_BEFORE_NUMBER = {
    "about": ("around", "some", "roughly", "approximately"), "around": ("about", "roughly", "approximately"),
    "some": ("about", "around", "roughly", "approximately"), "roughly": ("about", "around", "approximately"),
    "approximately": ("about", "around", "roughly"), "nearly": ("almost",), "almost": ("nearly",),
}  # fmt: skip
# Words that never turn a meaning round by standing for one another.
_ALIKE = {"although": ("though",), "though": ("although",), "a": ("an",), "an": ("a",)}
_BACK = {  # “It will rain” is reported as “it would rain”
    "will": ("would",), "can": ("could",), "is": ("was",), "are": ("were", "was"), "am": ("was", "is"),
    "has": ("had",), "have": ("had", "has"), "do": ("did", "does"), "does": ("did",),
}  # fmt: skip
_OTHERS = {  # “We stay” is reported as “they stay”
    "i": ("he", "she"), "me": ("him", "her"), "my": ("his", "her"), "we": ("they", "it"), "us": ("them", "it"),
    "our": ("their", "its"), "ours": ("theirs",), "myself": ("himself", "herself"), "ourselves": ("themselves",),
}  # fmt: skip
_PRONOUNS = (
    frozenset("they them their theirs themselves".split()),
    frozenset("he him his himself".split()),
    frozenset("she her hers herself".split()),
    frozenset("it its".split()),
)


def other_words(found: Ways, shifted: bool, pronouns: Mapping[str, str] | None) -> None:
    """Words that stand for others: of one meaning, or as speech is reported."""
    words = found.words
    standing = {word.form for word in words}
    taken = {form for group in _PRONOUNS if standing & group for form in group}  # not: they attacked them
    for i, word in enumerate(words):
        for other in _ALIKE.get(word.form, ()):
            found.put(i, other)
        following = words[i + 1] if i + 1 < len(words) else None
        if following and (following.is_number or following.form in "$£€¥"):
            for other in _BEFORE_NUMBER.get(word.form, ()):
                found.put(i, other)
            if word.form == "over" and (i == 0 or words[i - 1].form in ("for", "of", "to", "and", ",")):
                found.put(i, "more", "than")
            if word.form == "than" and i and words[i - 1].form == "more" and (i < 2 or words[i - 2].form != "no"):
                found.put(i - 1, "over", over=2)
        if shifted:
            for other in _BACK.get(word.form, ()):
                found.put(i, other)
        if pronouns is not None:
            for other in _OTHERS.get(word.form, ()):
                if other not in taken and pronouns.get(other, other) == other:
                    found.put(i, other)


def other_names(found: Ways, part: Span) -> None:
    """People by surname or in full, without their office, and by name in place of "he" and "she"."""
    words = found.words
    at = {part.start + word.start: i for i, word in enumerate(words)}
    everybody = namings(part.article)
    full = {naming.person.name for naming in everybody}
    for naming in everybody:
        if naming.start not in at or naming.end > part.end:
            continue
        first = at[naming.start]
        run = [i for i in range(first, len(words)) if words[i].start < naming.end - part.start]
        name = bare_name(part.article.text[naming.start : naming.end])
        surname = run[-1]
        alone = sum(other.split()[-1] == naming.person.name.split()[-1] for other in full) == 1
        given = max(len(name.split()), 1)
        if not naming.person.pronoun or given > len(run) or len(naming.person.name.split()) < 2:
            continue
        if len(run) > given:
            found.skip(first, run[-given])
        if alone and name.split()[-1:] == naming.person.name.split()[-1:]:
            for start in {first, run[-given]} - {surname}:
                found.skip(start, surname)
            if given == 1:
                found.put(surname, *_forms_of(naming.person.name, words[surname].form))
    _names_of_pronouns(found, part)


def _names_of_pronouns(found: Ways, part: Span) -> None:
    quoted = quotations(part.article.text)
    for i, word in enumerate(found.words):
        if word.form not in ("he", "she", "his", "her"):
            continue
        start, end = part.start + word.start, part.start + word.end
        if any(a <= start < b for a, b in quoted):
            continue
        following = found.words[i + 1] if i + 1 < len(found.words) else None
        if word.form == "her" and (following is None or following.is_mark or following.form in BESIDE):
            continue
        name = name_of(Span(part.article, start, end))
        for form in {name, name.split()[-1]} if name else ():
            found.put(i, *_forms_of(form, "'s" if word.form in ("his", "her") else ""))


def _forms_of(name: str, last: str) -> tuple[str, ...]:
    forms = [word.casefold().replace("’", "'") for word in name.split()]
    return (*forms[:-1], forms[-1] + ("'s" if last.endswith("'s") else ""))
