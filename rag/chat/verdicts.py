"""What a check found, in sentences for a reader: the same on the page and in the terminal, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rag.answer import Disagreement
from rag.english import same_person
from rag.quoting import ARTICLES, LONGEST, Check, Checked, count_words
from rag.records import Citation, Said, Span, Speaker, Verdict
from rag.text import counted, is_foreign, sourced


def summary(check: Check) -> str:
    """How many of several quotations hold."""
    real, count = sum(checked.holds for checked in check.quotations), len(check.quotations)
    if real == count:
        return f"Real: all {count} quotations."
    return f"{real or 'None'} of {count} quotations {'is' if real < 2 else 'are'} real."


def headline(checked: Checked, searched: int) -> str:
    """The answer to "is it real?", for one quotation that was looked for in ``searched`` articles."""
    if checked.holds:
        return _real(checked) + _whose(checked)
    if checked.kind == "cut" and checked.verdicts[0].reason:
        reason, _, _ = checked.verdicts[0].reason.partition(" The article has:")  # below, the words around show it
        return f"The words are real, but {reason[0].lower()}{reason[1:]}"
    if checked.verdicts:
        return f"The words are real, but {_but(checked)}"
    if checked.closest:
        near = checked.closest[0]
        what = "the same words differ in punctuation," if near.only_marks else "The closest real words differ"
        return f"Not found{':' if near.only_marks else '.'} {what} in {counted(near.differences, 'place')}."
    if count_words(checked.quote) > LONGEST // 2:
        return "Not found as a whole, and too long to be compared. Check its sentences one by one."
    return f"Not found, and nothing close to it, in {counted(searched, 'article')}."


def attribution(said: Said | Citation) -> str:
    """Whose words they are in their article, and by which of its words that is known."""
    if said.speaker is None:
        if said.voice is None and is_foreign(said.span.article.text):
            return (
                "Speaker: not established. Who speaks, and what a cut leaves out, is judged in English articles only."
            )
        own = said.voice == "article"
        return "Nobody is quoted: these are the article's own words." if own else "Speaker: not established."
    speaker = said.speaker
    words = ", ".join(f"“{span.text.strip(' ,;:')}”" for span in (speaker.mention, speaker.cue, *speaker.via) if span)
    who = f"{speaker.name}, by the words {words}" if speaker.name else f"not named, only by the words {words}"
    return f"Speaker: {who}.{' Reported, not quoted.' if said.voice == 'reported' else ''}"


def differing(disagreement: Disagreement) -> str:
    """What two reports say differently of one thing, each with its publisher and day."""
    told = [sourced(f"“{says.text}”", says.article) for _, says in disagreement.oldest_first]
    if disagreement.kind == "update":
        return f"An update: {told[0]}, later {told[1]}."
    return f"The reports give different {disagreement.what}s: {' and '.join(told)}."


def left_out(rejected: Sequence[Verdict]) -> str:
    """What failed of an answer's draft, and so is not in it."""
    sentences = len({verdict.claim for verdict in rejected if verdict.claim})
    quotations = sum(verdict.claim is None for verdict in rejected)
    told = [f"{counted(quotations, 'quotation')} did not stand word for word in the article"] if quotations else []
    told += [f"{counted(sentences, 'sentence')} of the model did not hold"] if sentences else []
    return f"{', '.join(told)}: left out."


def name(speaker: Speaker) -> str:
    """What a speaker is called: by name, or, where the article settles none, by its words for them."""
    return speaker.name or f"“{speaker.mention.text}” (not named)"


def highlighted(context: Span, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """The words of ``context`` in pieces, each with whether it is one of ``spans``, of which those within it count."""
    text, at = context.article.text, context.start
    for span in spans:
        if at <= span.start and span.end <= context.end:
            yield text[at : span.start], False
            yield span.text, True
            at = span.end
    yield text[at : context.end], False


def parted(text: str) -> tuple[str, str, str]:
    """The spaces before a text, the text, and the spaces after it."""
    words = text.strip()
    before, _, after = text.partition(words)
    return before, words, after


def shown_of(checked: Checked, shown: int) -> str:
    """Which ``shown`` of the articles are shown in which the words stand: they need not all be those where it holds."""
    total = f"{'at least ' if checked.stands == ARTICLES else ''}{counted(checked.stands, 'article')}"
    if checked.articles == checked.stands:
        return f"The newest {shown} of {total} are shown"
    return f"Of {total} with these words {shown} are shown: first where the quotation holds, then the newest"


def _standing(checked: Checked) -> str:
    """In how many articles the quotation holds or, where it holds in none, its words stand."""
    return f"{'at least ' if checked.more else ''}{counted(checked.articles, 'article')}"


def _real(checked: Checked) -> str:
    where = f"in {_standing(checked)}"
    if checked.kind == "joined":
        return f"Real: its {len(checked.verdicts[0].said)} parts stand close together, in this order, {where}"
    if checked.kind == "repaired":
        return f"Real but for brackets or a first letter: the article's own words stand {where}"
    return f"Real: word for word {where}"


def _whose(checked: Checked) -> str:
    said = [verdict.said[0] for verdict in checked.verdicts if verdict.holds]
    speakers = _names(said)
    if len(speakers) > 1:
        return f". The articles name different speakers: {', '.join(speakers)}."
    if speakers:
        quoted = any(one.voice == "direct" for one in said)
        said_by = f"said by {speakers[0]}" if quoted else f"as a report of what {speakers[0]} said, not as a quotation"
        return f", {said_by}."
    if all(one.voice == "article" for one in said):
        return ", in the article's own words: nobody is quoted."
    return ". Who said it is not established."


def _but(checked: Checked) -> str:
    if checked.kind != "misattributed":
        return "they were cut."
    if checked.speaker is None:
        return "it is not established that one speaker said all of them."
    said = [verdict.said[0] for verdict in checked.verdicts]
    if speakers := _names(said):
        if any(one.speaker and one.speaker.name for one in said):
            return f"said by {' or '.join(speakers)}, not by {checked.speaker}."
        words = ", ".join(dict.fromkeys(f"“{one.speaker.mention.text}”" for one in said if one.speaker))
        return f"it is not established that {checked.speaker} said them: the article says only {words}."
    if all(one.voice == "article" for one in said):
        return f"they are the article's own: it does not quote {checked.speaker}."
    return f"it is not established that {checked.speaker} said them."


def _names(said: Iterable[Said]) -> list[str]:
    """Each speaker once, by the first form of the name that is met."""
    names: list[str] = []
    for one in said:
        if one.speaker and not any(same_person(name(one.speaker), known) for known in names):
            names.append(name(one.speaker))
    return names
