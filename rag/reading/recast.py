"""The last question with other question words: what "Why?" asks after "How many votes were cast?". English only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.reading.asking import ASKING, AUXILIARIES, PREPOSITIONS, Word, is_verb, words_of
from rag.reading.phrases import phrases, whose_words
from rag.reading.turn import Turn

ACCORDING = re.compile(r"\baccording to (?:the )?[^,?]+", re.IGNORECASE)
_PARTICIPLES = {
    "won": "won", "bought": "bought", "sold": "sold", "built": "built", "made": "made", "paid": "paid", "led": "led",
    "found": "found", "held": "held", "lost": "lost", "hit": "hit", "sent": "sent", "took": "taken", "wrote": "written",
    "chose": "chosen", "stole": "stolen", "broke": "broken", "saw": "seen", "shot": "shot", "struck": "struck",
}  # fmt: skip


def recast(asking: str, last: Turn) -> str | None:
    """The last question with other question words: "Why?" after "How many sailings will the line cut?" asks "Why will
    the line cut sailings?". None where its shape is not known."""
    question = last.question.rstrip("?!. ")
    found = words_of(question)
    if re.search(r"^how (?:many|much)$|\bso\b", asking, re.IGNORECASE) or question.startswith("About "):
        return None
    at = next((i for i, word in enumerate(found[:8]) if word.plain in AUXILIARIES), None)
    if at is None or found[0].plain in PREPOSITIONS:
        return _passive(asking, question, found)
    auxiliary, rest = found[at].plain, question[found[at].end :].strip()
    if at == 0 and asking.casefold() == "why not":
        subject = next((one for one in phrases(question) if one.start == found[1].start), None)
        return f"Why {auxiliary} {subject.text} not{question[subject.end :]}?" if subject else None
    if asking.casefold().endswith(" not"):
        return None
    if rest.startswith("it ") or (whose_words(question, phrases(question)) and re.search(r"\bhow\b", asking, re.I)):
        return None
    if at == 0:
        return f"{asking} {auxiliary} {rest}?"
    if found[0].plain not in ASKING or any(is_verb(word) for word in found[1:at]):
        return None
    rest = ACCORDING.sub("", rest).strip() if ACCORDING.search(asking) else rest
    what = re.sub(r"^(?:how (?:many|much)|which|what)\b ?", "", question[: found[at].start].strip(), flags=re.I)
    follows = found[at + 1].plain if at + 1 < len(found) else ""
    if found[at + 1 :] and (is_verb(found[at + 1]) or follows in AUXILIARIES):  # asked for the subject
        many = found[0].plain == "how"
        return f"{asking} {auxiliary} {what if many else f'the {what}'} {rest}?" if what and at > 1 else None
    if found[0].plain in ("who", "whom", "whose") or (found[0].plain == "how" and at > 1 and found[1].plain == "much"):
        return f"{asking} {auxiliary} {rest}?" if found[0].plain == "how" else None
    if found[0].plain == "how" and found[1].plain != "many":
        return f"{asking} {auxiliary} {rest}?"
    if found[0].plain in ("what", "which", "how") and not (found[0].plain == "how" and at == 1):
        counts = re.match(r"(?:how many|which|what) ", asking, re.IGNORECASE)
        rest = rest if counts else _with_object(rest, what or "that")
    return f"{asking} {auxiliary} {rest}?"


def _with_object(rest: str, thing: str) -> str:
    """The object back behind its verb, the first word behind the subject: "Ada Lund say | that | about the dam"."""
    found = words_of(rest)
    subject = next(iter(phrases(f"did {rest}")), None)
    end = subject.end - len("did ") if subject else 0
    verb = next((word for word in found if word.start >= end), None)
    if verb is None or found[-1].plain in PREPOSITIONS:
        return f"{rest} {thing}"
    return f"{rest[: verb.end]} {thing}{rest[verb.end :]}"


def _passive(asking: str, question: str, found: Sequence[Word]) -> str | None:
    """ "By how many votes was the recount won?" after "Who won the recount?"."""
    if len(found) < 3 or found[0].plain != "who":
        return None
    verb = found[1].plain
    participle = _PARTICIPLES.get(verb) or (verb if verb.endswith("ed") else None)
    thing = next((phrase for phrase in phrases(question) if phrase.whole), None)
    if participle is None or thing is None or thing.start != found[2].start or thing.after != verb:
        return None
    return f"{asking} {'were' if thing.plural else 'was'} {thing.text} {participle}{question[thing.end :]}?"
