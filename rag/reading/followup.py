"""A follow-up question in words that stand alone, from what the conversation names. English only.

A complete question is left alone: the subject is put in only where the words lean on something (a pronoun, a question
without a verb), or where the index answers the question with it and refuses it without. Passages are found by words and
vectors, so what is made need not be fine English: it must name what is meant, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.english import SPEECH
from rag.records import Article
from rag.speakers import is_form_of, namings
from rag.text import STOP_WORDS, words

LONGEST = 500  # characters of a question made here
LONGEST_ADOPTED = 300  # of one that a language model made, and of a question that is rewritten here
_TURNS = 4  # earlier turns that are read: what is further back is seldom meant
_ANSWER = 4_000  # characters of an answer that are read

CONNECTIVE = re.compile(r"^(?:(?:and|but|so|or|also|then|ok|okay|well|now)\b[,:]?\s+)+", re.IGNORECASE)
UNSAFE = re.compile(r"<[^<>]*>|https?:\S*|www\.\S*|[^\w\s'’“”\",.;:?!%&$£€¥–—-]|_")
# What no follow-up is: several sentences, or markup, which may not be taken over.
_WHOLE = re.compile(r"[a-z0-9”\"’)][.!;][”\"’)]?\s+[A-Z“\"]|[<>*_`\[\]{}|\\]|https?:")
_AUXILIARY = (
    r"(?:is|are|was|were|am|be|do|does|did|has|have|had|will|would|can|could|may|might|shall|should|must)(?:n['’]t)?"
)
_ASKS = r"(?:who|whom|whose|what|which|when|where|why|how(?: (?:many|much|long|old|often|far|high|fast|big|come))?)"
_HE, _SHE = r"\b(?:he|him|his|himself)\b", r"\b(?:she|her|hers|herself)\b"
_THEY = r"\b(?:they|them|their|theirs|themselves)\b"
_IT = r"\b(?:it|its|itself)\b(?! (?:true|likely|possible|clear|known)\b)(?! takes? (?:\w+ )?to\b)"
# "that", "this" and "there" where they stand for something: at the end, or as a subject.
_END = r"(?=\W*$|\s(?:in|on|at|by|before|after|again|too|then|now|happen\w*|mean\w*|is|was|were|are)\b)"
_THOSE = r"(?:that|this|these|those)"
_SAYS = "".join(rf"(?<!\b{verb} )" for verb in ("say", "said", "says", "think", "claim", "know"))
_THAT = rf"\b{_THOSE}{_END}|^{_AUXILIARY} {_THOSE}\b|\b(?:about|than|like|after) that\b|{_SAYS}\b{_THOSE} [a-z]\w+\W*$"
_THERE = rf"(?<!is )(?<!are )(?<!was )(?<!were )\b(?:there|then|so){_END}"
_LEANS = re.compile("|".join((_HE, _SHE, _THEY, _IT, _THAT, _THERE)), re.IGNORECASE)
# Bound within the question: "Did Teel say that he would go?", "Which player lost his car?".
_OWNER = re.compile(r"(?:his|her|their|its) \w", re.IGNORECASE)
_CLAUSE = re.compile(rf"\w (?:that|because|if|whether|when|while|before|after) |\b(?:{SPEECH}) $", re.IGNORECASE)
_RUN = r"[A-Z][\w’'-]*(?: (?:(?:of|de|van|von|al|bin|the) )*[A-Z][\w’'-]*)*"
_IS_SOMEBODY = re.compile(rf"^(?i:who (?:is|was|are)|{_ASKS} {_AUXILIARY}) (?P<who>{_RUN})(?=\W*$| (?i:{SPEECH})\b)")
_NAMES = re.compile(rf"(?<!^)\b{_RUN}")
_SUBJECT = re.compile(rf"^(?i:(?:about [^:]+: )?{_ASKS} {_AUXILIARY}) (?P<who>{_RUN})(?=\s)")
_LEADING = re.compile(rf"^(?:(?:{_ASKS}|{_AUXILIARY}|according|not|there|in|to|by|for|from|of|with|at|on)\b\s*)+", re.I)
_PHRASE = re.compile(r"^(?:what about|how about)\s+", re.IGNORECASE)
_PLACED = re.compile(r"^(?P<by>according to|in|on|at|by|for|from|to|with|after|before|during|since|until)\s", re.I)
_NOTHING = frozenset(
    "and but or so what thanks thank you ok okay great good bye hello hi hey well sure yes no really cool nice".split()
)

History = Sequence[tuple[str, str]]
Answers = Callable[[str], bool]  # whether the index answers a question


def standalone(question: str, history: History, answers: Answers | None = None) -> str:
    """The question in words that stand alone; ``question`` itself where it does already or nothing is settled.

    ``history`` are (question, answer text) pairs; of answers, which hold articles' text, only people's names are
    taken. ``answers`` decides about a question that leans on nothing: the subject is put before it only where it is
    answered with it and not without. What is made is one line of plain text, at most ``LONGEST`` characters.

    >>> standalone("And when?", [("Why did Keldria close the Tarn Pass?", "")])
    'When: why did Keldria close the Tarn Pass?'
    >>> standalone("Who was fined?", [("Why did Keldria close the Tarn Pass?", "")])
    'Who was fined?'
    """
    asked: list[str] = []
    for earlier, _ in history[-_TURNS:]:
        whole = " ".join(UNSAFE.sub(" ", _alone(earlier, asked, history, None)).split())
        asked.append(whole[:LONGEST])
    return _alone(question, asked, history, answers)


def leans(question: str) -> bool:
    """Whether a question cannot be understood without those before it: it has a pronoun for something outside of it,
    or says too little to be asked by itself.

    >>> [leans(question) for question in ("Who pays for it?", "Since when?", "And Ada Lund?", "Who was fined?")]
    [True, True, True, False]
    """
    body = CONNECTIVE.sub("", question.strip())
    return any(not _is_bound(body, leaning.start()) for leaning in _LEANS.finditer(body)) or not _has_verb(body)


def _is_bound(body: str, at: int) -> bool:
    """Whether the pronoun at ``at`` stands for somebody whom the question itself names."""
    before = body[:at]
    if _OWNER.match(body, at):
        return bool(_NAMES.search(before)) or bool(re.match(r"(?:who|which)\b", before, re.IGNORECASE))
    return bool(_NAMES.search(before)) and bool(_CLAUSE.search(before))


def _alone(question: str, asked: Sequence[str], history: History, answers: Answers | None) -> str:
    line = " ".join(question.split())
    body = CONNECTIVE.sub("", line)
    said = {word.casefold() for word in words(body)}
    if not asked or not said - _NOTHING or len(line) > LONGEST_ADOPTED or _WHOLE.search(line):
        return question
    if leans(line):
        made = _with_subject(body, asked, history)
    elif answers is None or not (subject := _subject(asked[-1])):
        return question
    else:
        made = _about(subject, body)
        if answers(question) or not answers(made):
            return question
    return question if len(made) > LONGEST or made.casefold() == body.casefold() else made


def _with_subject(body: str, asked: Sequence[str], history: History) -> str:
    """``body``, which leans, with what it leans on."""
    if not _LEANS.search(body):
        return _elliptic(body, asked[-1])
    made = body
    for pronoun, pattern in (("he", _HE), ("she", _SHE)):
        if (leaning := re.search(pattern, body, re.IGNORECASE)) and (name := _person(pronoun, asked, history)):
            named = f"{name}’s" if leaning[0].casefold() in ("his", "hers") or _owns(body, leaning) else name
            made = re.sub(pattern, named, made, count=1, flags=re.IGNORECASE)
    if made != body and not _LEANS.search(made):
        return made[0].upper() + made[1:]
    subject = _subject(asked[-1]) or _subject(" ".join(asked[-2:-1]))
    return _about(subject, made) if subject else made


def _elliptic(body: str, before: str) -> str:
    """The question before, asked for something else."""
    rest, core = _PHRASE.sub("", body).rstrip("?!. "), before.rstrip("?!. ")
    if placed := _PLACED.match(rest):
        same = list(re.finditer(rf"\s{placed['by']}\s", core, re.IGNORECASE))
        if same:
            return f"{core[: same[-1].start()]} {rest}?"
        return f"{core} {rest[0].lower()}{rest[1:]}?"
    if re.match(rf"{_ASKS}\b", rest, re.IGNORECASE):
        return f"{rest[0].upper()}{rest[1:]}: {before[0].lower()}{before[1:]}"
    if (who := _SUBJECT.match(core)) and not _PHRASE.match(body):
        return f"{core[: who.start('who')]}{rest}{core[who.end('who') :]}?"
    if re.match(_RUN, rest) and (name := _NAMES.search(core)):
        return f"{core[: name.start()]}{rest}{core[name.end() :]}?"
    return f"{core}, {rest}?"


def _about(subject: str, body: str) -> str:
    return f"About {subject}: {body[0].lower() if not _NAMES.match(body) else body[0]}{body[1:]}"


def _subject(question: str) -> str:
    """What a question is about: its words behind those that only ask."""
    told = re.sub(r"^About ([^:]+): .*", r"\1", question.rstrip("?!. "))
    return _LEADING.sub("", told).strip(" ,:;")


def _person(pronoun: str, asked: Sequence[str], history: History) -> str | None:
    """The one person whom a pronoun may mean: of the last questions, else of the last answer; None where several are
    named."""
    answer = UNSAFE.sub(" ", history[-1][1][:_ANSWER]) if history else ""
    for text in (*reversed(asked), answer):
        text = re.sub(r"^About ", "about ", text)
        people = {naming.person for naming in namings(Article.of("", text))} if text.strip() else set()
        somebody = _IS_SOMEBODY.match(text)
        known = {one for one in people if one.sure or (somebody and is_form_of(one.name, somebody["who"]))}
        fitting = {one.name for one in known if one.pronoun == pronoun} or {
            one.name for one in known if not one.pronoun
        }
        if fitting:
            return fitting.pop() if len(fitting) == 1 else None
    return None


def _owns(body: str, pronoun: re.Match[str]) -> bool:
    """Whether "her" is followed by what is hers."""
    behind = re.match(r"\s(\w+)", body[pronoun.end() :])
    return pronoun[0].casefold() == "her" and bool(behind) and str(behind and behind[1]) not in STOP_WORDS


def _has_verb(body: str) -> bool:
    """Whether it is more than a phrase: with an auxiliary, two words of its own behind what asks, or a request."""
    if re.search(rf"\b{_AUXILIARY}\b|['’](?:s|re|d|ll) ", body.replace(" May", " "), re.IGNORECASE):
        return True
    if (asks := re.match(rf"{_ASKS}\b", body, re.IGNORECASE)) and not _PHRASE.match(body):
        return len([word for word in words(body[asks.end() :]) if word.casefold() not in STOP_WORDS]) > 1
    return bool(re.match(r"(?:please )?(?:tell|explain|show|list|give|describe|summari[sz]e|compare)\b", body, re.I))
