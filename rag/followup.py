"""A follow-up question in words that stand alone, by rules and from what earlier turns name. English only.

"And what did he say about that?" becomes "What did Goran Estelle say about the flood in Port Merrow?". What is put in
stands in the earlier questions; of the answers, which hold articles' text, only people's names are taken. Where several
people could be meant the pronoun stays, with the subject put before the question: never a wrong person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.hanging import DENIAL, NEGATION, QUANTITY
from rag.names import is_country, same_name
from rag.persons import OFFICES, same_person
from rag.question import understand
from rag.referents import (
    ASKING,
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    Phrase,
    Someone,
    Word,
    acts,
    holders,
    is_speech,
    is_verb,
    people,
    phrases,
    words_of,
)
from rag.sentences import sentence_offsets
from rag.terms import STOP_WORDS, content_words, terms

LONGEST = 500  # characters of a question made here
LONGEST_ADOPTED = 300  # of one that a language model made, and of a question that is rewritten here
_TURNS = 4  # earlier turns that are read: what is further back is seldom meant
_ANSWER = 4_000  # characters of an answer that are read
_FEW = 3  # words that carry meaning, up to which a question without a name leans on the turn before

_NEW = 3  # words of a rewriting that carry meaning and stand nowhere in the conversation
_RUN = 8  # words of an answer in a row that no question takes over
_AMOUNT = re.compile(rf"(?:{QUANTITY.pattern})\w*|\b(?:last|next) (?:week|month|year)", re.IGNORECASE)

_CONNECTIVE = re.compile(r"^(?:(?:and|but|so|or|also|then|ok|okay|well|now)\b[,:]?\s+)+", re.IGNORECASE)
_UNSAFE = re.compile(r"<[^<>]*>|https?:\S*|www\.\S*|[^\w\s'’“”\",.;:?!%&$£€¥–—-]|_")
# What no follow-up is: several sentences, or markup, which may not be taken over.
_WHOLE = re.compile(r"[a-z0-9”\"’)][.!;][”\"’)]?\s+[A-Z“\"]|[<>*_`\[\]{}|\\]|https?:")
_WHAT_ABOUT = re.compile(r"(?:what|how) about (?P<rest>.+)", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:please )?(?:tell|explain|show|list|give|describe|summari[sz]e)\b(?!.*\b(?:he|she|it|they|him|her|them)\b)",
    re.IGNORECASE,
)
_WHEN_WAS_THAT = re.compile(r"(?P<asking>when|where|why) (?:was|is|did) (?:that|this|it)(?: happen)?", re.IGNORECASE)
_ELSE = re.compile(r"(?:who|what|where|which|anyone|anybody|anything) else\b", re.IGNORECASE)
_TIME = (
    r"(?:(?:early|late|mid) )?(?:(?:1[89]|20|21)\d\d|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)(?: \d{1,4})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_TIMES = re.compile(rf"\b(?:in|on|since|during|by|before|after|until) {_TIME}(?!\w)")
_RELATIVE = re.compile(
    r"(?:yesterday|today|tomorrow|(?:last|this|next) (?:week|weekend|month|year|summer|winter|\w+day))"
)
_ACCORDING = re.compile(r"\baccording to (?:the )?[^,?]+", re.IGNORECASE)
_NOTHING = frozenset("and but so or what really ok okay well thanks".split())
_HE, _SHE = frozenset("he him his".split()), frozenset("she her hers".split())
_THEY = frozenset("they them their theirs".split())
_THAT = frozenset("that this these those it".split())
_POSSESSIVE = frozenset("his her hers its their theirs".split())
_AT = frozenset("in at to from near into on".split())
_CONJOINS = frozenset("as than because since before after until like".split())
_CLAUSE = frozenset("that if when while because before after until whether where what how why who".split())
_ACTS = frozenset(
    "publish published decide decided promise promised plan planned want wanted know known reach reached make"
    " made".split()
)
_SPANS = frozenset("time week weekend year month morning evening night summer winter spring autumn season".split())
_HOLDS_THAT = frozenset(
    "reveal revealed show showed shows find found learn learned know knew prove proved hope hoped agree agreed"
    " decide decided expect expected mean means realise realised understand feel felt conclude concluded".split()
)
_WEATHER = frozenset("rain raining snow snowing true possible clear".split())
_SAYS = frozenset("say said says claim claimed announce announced tell told explain explained".split())
_SAID_TO = frozenset("about to in on at".split())
_HAPPENS = frozenset("start started begin began begun end ended last happen happened stop stopped".split())
_REACTS = re.compile(
    r"(?:react|respond|reply|comment|answer|say|said|think|thought|claim|object|deny|denied|do|done"
    r"|change[sd]? (?:his|her|its|their) mind)"
    r"(?: (?:now|then|himself|herself|itself|themselves))?$"
)
_WITH = {"react": "to", "respond": "to", "reply": "to", "object": "to", "comment": "on"}
_PARTICIPLES = {
    "won": "won", "bought": "bought", "sold": "sold", "built": "built", "made": "made", "paid": "paid", "led": "led",
    "found": "found", "held": "held", "lost": "lost", "hit": "hit", "sent": "sent", "took": "taken", "wrote": "written",
    "chose": "chosen", "stole": "stolen", "broke": "broken", "saw": "seen", "shot": "shot", "struck": "struck",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Turn:
    """An earlier question in words that stand alone, and its answer."""

    question: str
    answer: str

    @property
    def asked(self) -> tuple[Someone, ...]:
        return people(self.question, self.answer)[0]

    @property
    def in_focus(self) -> tuple[tuple[Someone, ...], ...]:
        """Whom "he" or "she" means first, the likelier group first."""
        who = re.search(r"\bwho(?:m|se)?\b", self.question, re.IGNORECASE)
        speakers = tuple(one for one in self.answering if one.speaks)
        spoken = _speaker(self.question, phrases(self.question))
        told = {word.plain for word in words_of(self.question)} & (_HE | _SHE)
        asked = (one for one in self.asked if one in self.persons or told or (spoken and _is_of(spoken, one)))
        return tuple(asked), speakers, self.answering if who else ()

    @property
    def persons(self) -> tuple[Someone, ...]:
        """Whom the question names for certain: a single name may also be a firm's or a place's."""
        return tuple(one for one in self.asked if one.pronoun or one.speaks or " " in one.name)

    @property
    def answering(self) -> tuple[Someone, ...]:
        return people(self.question, self.answer)[1]


def standalone(question: str, history: Sequence[tuple[str, str]]) -> str:
    """The question in words that stand alone; ``question`` itself where it does already (a change of subject) or
    where ``history``, (question, answer text) pairs, does not settle what it refers to.

    What is made is one line of plain text, at most ``LONGEST`` characters.

    >>> standalone("And when?", [("Why did Keldria close the Tarn Pass?", "")])
    'When did Keldria close the Tarn Pass?'
    """
    turns: list[_Turn] = []
    for asked, answer in history[-_TURNS:]:
        whole = " ".join(_UNSAFE.sub(" ", _alone(asked, turns)).split())
        turns.append(_Turn(whole[:LONGEST], answer[:_ANSWER]))
    return _alone(question, turns)


def _alone(question: str, turns: Sequence[_Turn]) -> str:
    asked = " ".join(question.split())
    body = _CONNECTIVE.sub("", asked)
    if not turns or not words_of(body) or len(asked) > LONGEST_ADOPTED or _WHOLE.search(asked):
        return question
    made = None
    asks = asked.endswith("?") or any(word.plain in ASKING | AUXILIARIES for word in words_of(body))
    if asks and not _ORDER.match(body) and body.rstrip("?!. ").casefold() not in _NOTHING:
        made = _of_ellipsis(body.rstrip("?!. "), turns, body != asked) or _of_reference(body, turns)
    if made is None or len(made) > LONGEST or made.casefold() == body.casefold():
        return question
    return made[0].upper() + made[1:]


# --- questions without a verb: the last question, asked for something else -------------------------------------------


def _of_ellipsis(body: str, turns: Sequence[_Turn], joined: bool) -> str | None:
    """What a question without a verb of its own asks; ``joined`` says that it began with a word such as "and"."""
    found = words_of(body)
    if what_about := _WHAT_ABOUT.fullmatch(body):
        return _replaced(what_about["rest"], turns)
    if _ELSE.match(body) and len(found) == 2:
        return _asked_again(body, turns)
    if _RELATIVE.fullmatch(body.casefold()):
        return _with_phrase(body, turns)
    if when := _WHEN_WAS_THAT.fullmatch(body):
        return _recast(when["asking"], turns[-1]) or _about(turns, f"{body}?")
    if any(
        word.plain in AUXILIARIES or is_verb(word) for word in found if word.plain != "according" and word.text != "May"
    ):
        return None
    asks = [i for i, word in enumerate(found) if word.plain in ASKING]
    if asks and asks[0] <= 1 and len(found) <= 7:
        named = found[asks[0]].plain in ("who", "what", "whom") and len(found) - asks[0] > 1
        return None if named else _recast(body, turns[-1]) or _about(turns, f"{body}?")
    if asks or len(found) > 9:
        return None
    if found[0].plain in PREPOSITIONS:
        return _with_phrase(body, turns)
    named = len(found) > 1 and all(word.text[0].isupper() for word in found)
    starts = joined or found[0].plain in DETERMINERS or named
    return _replaced(body, turns) if starts else None


def _recast(asking: str, last: _Turn) -> str | None:
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
    if rest.startswith("it ") or (_speaker(question, phrases(question)) and re.search(r"\bhow\b", asking, re.I)):
        return None
    if at == 0:
        return f"{asking} {auxiliary} {rest}?"
    if found[0].plain not in ASKING or any(is_verb(word) for word in found[1:at]):
        return None
    rest = _ACCORDING.sub("", rest).strip() if _ACCORDING.search(asking) else rest
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


def _asked_again(body: str, turns: Sequence[_Turn]) -> str | None:
    """ "Who else?": the last question, for another answer."""
    question = turns[-1].question
    first = words_of(question)[0]
    if first.plain == body.split()[0].casefold():
        return f"{question[: first.end]} else{question[first.end :]}"
    matter = _matter(turns)
    if matter and body.casefold().startswith("who"):
        return f"{body} spoke about {matter}?"
    return _about(turns, f"{body}?")


def _with_phrase(body: str, turns: Sequence[_Turn]) -> str | None:
    """The last question with a phrase such as "in May" or "according to the city" in place of one of its kind."""
    question = turns[-1].question.rstrip("?!. ")
    phrase = body[0].lower() + body[1:]
    if _RELATIVE.fullmatch(phrase):
        return f"{question} {phrase}?"
    for kind in (_ACCORDING, _TIMES):
        if kind.fullmatch(phrase):
            same = kind.search(question)
            return f"{question[: same.start()]}{phrase}{question[same.end() :]}?" if same else f"{question} {phrase}?"
    found = words_of(phrase)
    if found[-1].plain in _THAT | {"then"}:
        day = _TIMES.search(question)
        if day and len(found) == 2:
            time = day.group().split(" ", 1)[1]
            return f"{question[: day.start()]}{found[0].plain} {time}{question[day.end() :]}?"
        return _about(turns, f"what happened {phrase}?")
    new = next((one for one in phrases(f"… {phrase}") if one.named), None)
    for old in reversed(phrases(question)):
        if new is None or not old.named or old.time or _parts(phrases(question), old):
            continue
        placed = old.after == found[0].plain or {old.after, found[0].plain} <= _AT
        if placed and old.text.startswith("the ") == new.text.startswith("the "):
            return f"{question[: old.start]}{new.text}{question[old.end :]}?"
    return f"{question} {phrase}?"


def _replaced(what: str, turns: Sequence[_Turn]) -> str | None:
    """The last question about ``what`` in place of that part of it which is of the same kind."""
    what = (_of_reference(what, turns, whole=False) or what).rstrip("?!. ")
    question = turns[-1].question
    old = _ACCORDING.search(question)
    if old and (what[0].isupper() or acts(what)):
        return f"{question[: old.start()]}according to {what}{question[old.end() :]}"
    for turn in reversed(turns):
        if part := _alike(what, turn, turns):
            marked = re.search(r"['’]s?(?=$| )", part.text)
            end = part.start + marked.start() if marked else part.end
            return f"{turn.question[: part.start]}{what}{turn.question[end:]}"
        if not _is_person(what, turns):
            break
    return _about(turns, f"what about {what}?")


def _is_person(what: str, turns: Sequence[_Turn]) -> bool:
    """Whether a name may be a person's, and stands nowhere as a place does."""
    told = "\n".join(f"{turn.question}\n{turn.answer}" for turn in turns)
    placed = re.search(rf"\b(?:in|at|near|from|into|the) {re.escape(what)}\b", told)
    who = people(f"… is {what}", told)[0]
    return bool(who) and not placed and (" " in who[0].name or bool(who[0].pronoun))


def _alike(what: str, last: _Turn, turns: Sequence[_Turn]) -> Phrase | None:
    """The part of a question that ``what`` may stand in for: its speaker for a speaker, a person for a person, its only
    other name for a name, else the last of several phrases with an article."""
    found = phrases(last.question)
    named = any(word[0].isupper() for word in what.split())
    speaker = _speaker(last.question, found)
    if speaker and (named or acts(what)):
        return speaker
    if speaker:
        return next((one for one in found if one.whole and one.after in ("about", "on", "over", "against")), None)
    if named:
        names = [one for one in found if one.named and not one.time and not _parts(found, one)]
        persons = [one for one in names if any(_is_of(one, who) for who in last.persons)]
        if _is_person(what, turns):
            return persons[0] if persons else None
        names = [one for one in names if one not in persons]
        if any(map(is_country, _same_terms(what))):
            names = [one for one in names if any(map(is_country, _same_terms(one.text)))]
        return names[0] if len(names) == 1 else None
    things = [one for one in found if one.whole and not one.time and not one.general]
    plain = [one for one in things if not one.named and one.text.split()[0].casefold() in DETERMINERS]
    return plain[-1] if len(things) > 1 and plain else None


def _parts(found: Sequence[Phrase], whole: Phrase) -> bool:
    return any(one != whole and whole.start <= one.start and one.end <= whole.end for one in found)


def _is_of(phrase: Phrase, person: Someone) -> bool:
    """Whether a phrase begins with a person's name, or with the last word of it."""
    words = [word.rstrip("'’").removesuffix("'s").removesuffix("’s") for word in phrase.text.split()]
    return words[0] in person.name.split() and (len(words) < 2 or words[1] in person.name.split() or "'" in phrase.text)


def _speaker(question: str, found: Sequence[Phrase]) -> Phrase | None:
    """The phrase between an auxiliary and a verb of speech: whose words are asked for."""
    for phrase in found:
        if phrase.whole and phrase.after in AUXILIARIES:
            follows = words_of(question[phrase.end :])
            return phrase if follows and is_speech(follows[0].plain) else None
    return None


# --- words that refer back: each replaced by what it stands for ------------------------------------------------------


def _of_reference(body: str, turns: Sequence[_Turn], whole: bool = True) -> str | None:
    """``body`` with what its pronouns and definite phrases refer to; None where it refers to nothing. With ``whole``
    it is a question, which is given the subject of the turns before where it still leans on them."""
    found = words_of(body)
    put: list[tuple[int, int, str]] = []
    leans = False
    spoken_for: set[str] = set()
    for i, word in enumerate(found):
        kind = _kind(body, found, i)
        if kind is None or (kind == "person" and word.plain[:2] in spoken_for):
            continue
        start, end, name = _referent(body, found, i, kind, turns)
        if name:
            put.append((start, end, name))
            spoken_for.add(word.plain[:2] if kind == "person" else "")
        else:
            leans = True
    referred = bool(put) or leans
    put += [change for change in _definite(body, turns) if not any(s < change[1] and change[0] < e for s, e, _ in put)]
    made = body
    for start, end, name in sorted(put, reverse=True):
        made = f"{made[:start]}{name}{made[end:]}"
    if whole and (leans or _is_open(made)):
        return _with_matter(made, turns)
    if whole and referred and not understand(made).names and re.search(r"[A-Z]", _matter(turns, besides=made)):
        return _with_matter(made, turns)
    return made if put else None


def _kind(body: str, found: Sequence[Word], i: int) -> str | None:
    """What a word that refers out of its question refers to: "person", "group", "thing", "matter", "place" or a
    "phrase" such as "that decision"; None where it refers within the question, or to nothing."""
    word = found[i].plain
    after = found[i + 1].plain if i + 1 < len(found) else ""
    before = found[i - 1].plain if i else ""
    if word in _HE | _SHE:
        return None if _within(body, found, i) else "person"
    if word in _THEY:
        return None if _within(body, found, i) else "group"
    if word in ("it", "its"):
        dummy = (
            after in _WEATHER
            or (before in _SAYS and after in AUXILIARIES)
            or (after == "that" and before in ("is", "was"))
            or _comes_later(body, found, i)
        )
        return None if dummy or _within(body, found, i) else "thing"
    if word == "there":
        there_is = before in ("is", "are", "was", "were", "will", "has", "have") or after in AUXILIARIES
        humans = people(body, "")[0]
        earlier = [one for one in phrases(body) if one.named and one.end <= found[i].start]
        return None if there_is or any(not any(_is_of(one, who) for who in humans) for one in earlier) else "place"
    if word not in ("that", "this", "these", "those", "such"):
        return None
    verb = i > 0 and is_verb(found[i - 1]) and (i < 2 or found[i - 2].plain not in DETERMINERS)
    leads = not i or before in PREPOSITIONS | AUXILIARIES | ASKING | {"and", "or"} or verb
    if (word == "those" and is_verb(found[min(i + 1, len(found) - 1)])) or (word == "that" and before in _HOLDS_THAT):
        return None if after else "matter"
    if word == "such" or not leads or (before and is_speech(before) and after):
        return None if not (before in _SAYS and after in _SAID_TO) else "matter"
    if own := next((phrase for phrase in phrases(body) if phrase.start == found[i].start), None):
        span = {after.removesuffix("'s").removesuffix("’s"), own.head.casefold()} & _SPANS
        return None if span or (word == "this" and after and found[i + 1].text[0].isupper()) else "phrase"
    alone = not after or after in PREPOSITIONS or before in AUXILIARIES or (not i and after in AUXILIARIES)
    return "matter" if alone or (is_verb(found[i - 1]) and not after) else None


def _comes_later(body: str, found: Sequence[Word], i: int) -> bool:
    """Whether "it" only stands for what follows: "What will it cost to repair the dam?"."""
    to = next((j for j in range(i + 1, len(found) - 1) if found[j].plain == "to"), None)
    if i + 1 >= len(found) or found[i + 1].plain not in ("cost", "take", "mean", "require", "need") or to is None:
        return False
    return any(phrase.start > found[to + 1].start for phrase in phrases(body))


def _within(body: str, found: Sequence[Word], i: int) -> bool:
    """Whether the pronoun at ``i`` means something that its own question names: a subject may be "its" or, in another
    clause, "it", but never the object of its own verb."""
    word, at = found[i].plain, found[i].start
    before, follows = found[i - 1].plain if i else "", found[i + 1].plain if i + 1 < len(found) else ""
    parts = phrases(body)
    earlier = [one for one in parts if one.end <= at and not one.time and not _parts(parts, one)]
    humans = people(body, "")[0]
    owns = word in _POSSESSIVE and bool(follows) and follows not in PREPOSITIONS | AUXILIARIES
    subject = word in ("he", "she", "it", "they") and bool(follows) and follows not in PREPOSITIONS | DETERMINERS
    another = subject and before not in AUXILIARIES | ASKING | (PREPOSITIONS - _CONJOINS)
    if word in _HE | _SHE:
        other = [one for one in humans if one.pronoun == ("she" if word in _HE else "he")]
        fit = [one for one in humans if one not in other]
        named = [
            one for one in earlier if one.named and not any(_is_of(one, who) for who in other) and not _is_body(one)
        ]
        known = [one for one in earlier if any(_is_of(one, who) for who in fit) or _is_somebody(one)]
        earlier = known or (named if owns or another else [])
    elif word in _THEY:
        earlier = [one for one in earlier if one.plural or one.after == "which" or word == "their"]
    else:
        earlier = [one for one in earlier if not any(_is_of(one, who) and " " in who.name for who in humans)]
    if found[0].plain in PREPOSITIONS and "," in body[at:]:  # "In her speech, what did Ada Lund say?"
        return True
    if not earlier:
        relative = any(one.plain in ("who", "which") for one in found[1:i])
        return (owns and found[0].plain in ("who", "which") and i > 1) or ((owns or another) and relative)
    apart = before in PREPOSITIONS and word in _HE | _SHE and any(earlier[0].end < one.start < at for one in parts)
    between = {one.plain for one in found if earlier[0].end <= one.start < at}
    return owns or another or apart or bool(between & _CLAUSE)


def _is_body(phrase: Phrase) -> bool:
    """Whether a phrase begins with a country's name or with a run of capitals, which "his" does not mean."""
    first = re.sub(r"['’]s?$", "", phrase.text.split()[0])
    if " " in phrase.text and first == phrase.text.split()[0]:
        return False
    return (len(first) > 1 and first.isupper()) or any(map(is_country, _same_terms(first)))


def _is_somebody(phrase: Phrase) -> bool:
    """Whether a phrase may be a person without a name: "the envoy", "which player"."""
    return phrase.head.casefold() in OFFICES or (phrase.after == "which" and not phrase.plural)


def _referent(body: str, found: Sequence[Word], i: int, kind: str, turns: Sequence[_Turn]) -> tuple[int, int, str]:
    """The characters of ``body`` to replace and the words for them; no words where the turns do not settle it."""
    word = found[i]
    start, end = word.start, word.end
    follows = found[i + 1].plain if i + 1 < len(found) else ""
    owns = word.plain in _POSSESSIVE and bool(follows) and follows not in PREPOSITIONS | AUXILIARIES
    if kind == "person":
        name = _person("he" if word.plain in _HE else "she", turns)
        return start, end, _owned(name) if owns else name
    if kind == "phrase":
        phrase = next(one for one in phrases(body) if one.start == word.start)
        return phrase.start, phrase.end, _fuller(phrase.head, phrase.text.split()[1:], turns)
    if kind == "place":
        return start, end, _place(turns)
    if kind in ("thing", "matter") and i and found[i - 1].plain in _SAYS:
        matter = _matter(turns, people_too=False)
        held = any(one.after == "about" for one in phrases(body))
        return start, end, f"{word.text} about {matter}" if matter and not held else ""
    if kind == "thing" and not follows and i and found[i - 1].plain in ("do", "did", "does", "done"):
        return start, end, ""
    counts = found[0].plain in ("how", "what") and not follows and found[i - 1].plain in ("is", "are", "was", "were")
    if kind == "matter" and (counts or follows in ("more", "less", "higher", "lower", "fewer")):
        return start, end, ""
    if kind == "thing" and follows in ("take", "took") and i and (event := _event(turns[-1])):
        return start, found[i + 1].end, f"it {follows} {event}"
    verb = next((one.plain for one in found[i + 1 :] if is_verb(one) or is_speech(one.plain)), "")
    subject = not i or found[i - 1].plain in AUXILIARIES
    if kind == "thing" and subject and verb in _HAPPENS and len(_things(turns[-1])) > 1:
        return start, end, ""
    acting = subject and (verb in _ACTS or is_speech(verb))
    thing = _group(turns) if kind == "group" else _thing(turns, acting, subject and kind == "thing")
    return start, end, _owned(thing) if owns else thing


def _owned(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s" if name else ""


def _person(pronoun: str, turns: Sequence[_Turn]) -> str:
    """The one person who may be meant: whom the last question names, else whom its answer quotes, or names where it was
    asked who; else the same of the turn before, else whom an answer names. "" where several fit."""
    for at in range(len(turns) - 1, -1, -1):
        turn = turns[at]
        for group in turn.in_focus:
            fit = [one for one in group if one.pronoun in ("", pronoun)]
            if not fit:
                continue
            rivals = [one.name for one in fit]
            if not fit[0].pronoun:  # as likely as whoever else was asked about, less than a speaker who surely fits
                rivals += [one.name for one in (*turn.asked, *turn.in_focus[1]) if one.pronoun == pronoun]
                rivals += [one.name for before in turns[:at] for one in before.asked if one.pronoun in ("", pronoun)]
            return fit[0].name if all(same_person(fit[0].name, name) for name in rivals) else ""
    named = [one.name for turn in turns for one in turn.answering if one.pronoun in ("", pronoun)]
    return named[0] if named and all(same_person(named[0], name) for name in named) else ""


def _things(turn: _Turn) -> list[Phrase]:
    """The phrases of a question that "it" may mean: no people, times, or words such as "votes"."""
    parts = phrases(turn.question)
    spoken = _speaker(turn.question, parts)
    persons = [who for who in turn.asked if who in turn.persons or (spoken and _is_of(spoken, who))]
    return [
        one
        for one in parts
        if one.whole
        and not (one.time or one.general)
        and not any(_is_of(one, who) and not re.search(r"['’]", one.text) for who in persons)
        and one.text.split()[0].casefold() not in ("no", "any", "every", "each", "my", "your", "our", "its", "their")
        and (" " in one.text or one.named or one.plural or one.after in ("which", "what"))
    ]


def _told(turn: _Turn, phrase: Phrase) -> str:
    """A phrase as another question may say it: with "the" where it followed "which", and an owner for "his"."""
    first, *rest = phrase.text.split()
    if first.casefold() in _POSSESSIVE and rest:
        owner = turn.asked[0].name if turn.asked else next((one.text for one in _things(turn) if one is not phrase), "")
        return " ".join([_owned(owner), *rest]) if owner else " ".join(["the", *rest])
    if first[0].islower() and (phrase.after in ("which", "what", "many", "much") or (phrase.plural and not rest)):
        return f"the {phrase.text}"
    return " ".join(["the", *rest]) if first.casefold() in ("a", "an", "this", "that") and rest else phrase.text


def _thing(turns: Sequence[_Turn], acting: bool, subject: bool = True) -> str:
    """What "it" means: of an act, whoever acts; else what was spoken about, or a thing rather than the state or firm
    that acts on it. As an object "it" may mean all that was asked: "" where the question names several things."""
    for turn in reversed(turns):
        single = [one for one in _things(turn) if " and " not in one.text or one.text.startswith("the ")]
        found = [one for one in single if one.named or not (one.plural or one.head.casefold() in OFFICES)]
        matters = [one for one in found if one.after in ("about", "over", "against")]
        bare = [one for one in found if " " not in one.text and one.named]
        rest = [one for one in found if one not in bare]
        if matters and not acting:
            return _told(turn, matters[0])
        several = [one for one in _things(turn) if not one.plural or one.named or one.after in AUXILIARIES | {"many"}]
        if found and not subject and len(several) > 1:
            return ""
        if found:
            return _told(turn, found[0] if acting or found[0] not in bare or not rest else rest[0])
        if _things(turn):
            return ""
    return ""


def _group(turns: Sequence[_Turn]) -> str:
    for turn in reversed(turns):
        found = phrases(turn.question)
        plural = [one for one in found if one.plural and one.whole and not one.time and not one.named]
        acting = [one for one in found if one.whole and one.after in AUXILIARIES and one in _things(turn)]
        if fit := [one for one in plural if not one.general] or acting or plural:
            return _told(turn, fit[0])
    return ""


def _place(turns: Sequence[_Turn]) -> str:
    """Where "there" is, with its preposition: what stands behind "in" or "at", else the thing spoken of."""
    for turn in reversed(turns):
        parts = phrases(turn.question)
        found = [one for one in parts if one.named and not one.time and not _parts(parts, one)]
        if placed := [one for one in found if one.after in _AT | {"inside"}]:
            at = placed[-1].after if placed[-1].after in ("at", "on", "near", "inside") else "in"
            return f"{at} {_told(turn, placed[-1])}"
        if named := [one for one in found if one.text.startswith("the ") and one.head[0].isupper()]:
            return f"at {named[-1].text}"
        if found or _things(turn):
            return ""
    return ""


def _event(last: _Turn) -> str:
    """ "Franky Zapata to cross the Channel", of a question that asks how he did."""
    match = re.match(r"(?:\w+ ){1,3}?(?:did|does|do|will) (?P<rest>.+?)[?!. ]*$", last.question)
    subject = next((one for one in phrases(last.question) if one.whole and one.after in AUXILIARIES), None)
    if not match or subject is None or subject.start != match.start("rest"):
        return ""
    return f"{subject.text} to {last.question[subject.end : match.end('rest')].strip()}"


def _fuller(head: str, words: Sequence[str], turns: Sequence[_Turn]) -> str:
    """The longer phrase that an earlier question has for a shorter one with the same last word, or the one person whom
    the turns give this office."""
    wanted = {word.casefold() for word in words}
    for turn in reversed(turns):
        for one in phrases(turn.question):
            held = {word.casefold() for word in one.text.split()}
            if one.head.casefold() == head.casefold() and wanted <= held and len(one.text.split()) > len(words) + 1:
                return _told(turn, one)
    for turn in reversed(turns):
        if found := holders(head, f"{turn.question}\n{turn.answer}"):
            return found.pop() if len(found) == 1 and len(words) == 1 else ""
    return ""


def _definite(body: str, turns: Sequence[_Turn]) -> Iterator[tuple[int, int, str]]:
    """Short phrases with "the" that an earlier turn has in full: "the minister", "the bridge"."""
    for phrase in phrases(body):
        first, *rest = phrase.text.split()
        short = phrase.whole and first == "the" and 0 < len(rest) < 3 and not phrase.named
        if short and (full := _fuller(phrase.head, rest, turns)):
            yield phrase.start, phrase.end, full


# --- the subject, where the question still leans on the turns before -------------------------------------------------


def _is_open(question: str) -> bool:
    """Whether a question says too little to be asked alone: no name and few words, or a name and "said" alone."""
    if not understand(question).names:
        return len(_carrying(question)) <= _FEW
    own = [one for one in phrases(question) if not one.general and one.text.split()[0].casefold() not in _POSSESSIVE]
    return bool(_REACTS.search(question.rstrip("?!. "))) and len(own) < 2


def _carrying(question: str) -> list[str]:
    return [word for word in content_words(question) if word.casefold() not in STOP_WORDS | {"happen", "happened"}]


def _with_matter(question: str, turns: Sequence[_Turn]) -> str | None:
    body = question.rstrip("?!. ")
    matter = _matter(turns, people_too=not people(body, "")[0], besides=body)
    if not matter:
        return f"{body}?"
    reacts = _REACTS.search(body)
    verb = reacts.group().split()[0] if reacts else ""
    to_people = any(matter == one.name for turn in turns for one in turn.asked)
    if verb and verb not in ("do", "done", "deny", "denied") and not verb.startswith("change") and not to_people:
        return f"{body} {_WITH.get(verb, 'about')} {matter}?"
    return _about(turns, f"{body}?")


def _about(turns: Sequence[_Turn], question: str) -> str | None:
    """The question with the subject before it: "About the Tarn Pass: who objects?"."""
    matter = _matter(turns, people_too=not people(question, "")[0], besides=question)
    if not matter:
        return None
    first = words_of(question)[0]
    body = question[0].lower() + question[1:] if first.plain in ASKING | AUXILIARIES | PREPOSITIONS else question
    return f"About {matter}: {body}"


def _matter(turns: Sequence[_Turn], people_too: bool = True, besides: str = "") -> str:
    """What the turns are about: what was said about, else up to two things that the last question names, else whom;
    nothing that ``besides`` says itself."""
    said = set(terms(besides)) | STOP_WORDS
    for turn in reversed(turns):
        about = turn.question.partition("About ")[2].partition(": ")[0] if turn.question.startswith("About ") else ""
        if about:
            return "" if set(terms(about)) <= said else about
        things = _things(turn)
        spoken = _speaker(turn.question, phrases(turn.question))
        things = [one for one in things if one is not spoken and not _same(one, spoken)] or things
        told = [_told(turn, one) for one in things]
        whom = [one.name for one in turn.asked if people_too]
        new = [one for one in told if not set(terms(one)) <= said][:2]
        if new := new or [one for one in whom if not set(terms(one)) <= said][:1]:
            return " and ".join(new)
        if told and not besides:
            return ""
    return ""


def _same(one: Phrase, other: Phrase | None) -> bool:
    return other is not None and one.start == other.start


# --- a rewriting by a language model ---------------------------------------------------------------------------------


def adopted(question: str, history: Sequence[tuple[str, str]], rewritten: str) -> str | None:
    """A language model's rewriting of ``question`` on one line, or None where it may not be used.

    It must be one question of at most 300 characters, without markup, in which every name, number and time stands in
    the conversation, and which keeps the question's own, its question word and its negation.
    """
    made = rewritten.strip()
    questions, answers = [question, *(asked for asked, _ in history)], [answer for _, answer in history]
    if not _is_one_question(made) or _copies(made, answers, questions) or not _fits_pronoun(question, made, answers):
        return None
    known = _same_terms("\n".join([*questions, *answers]))
    own, new = understand(question), understand(made)
    given = new.names | new.numbers | new.times | _quantities(made)
    kept = own.names | own.numbers | own.times | _quantities(question)
    if not given <= known or not kept <= _same_terms(made) or len(set(new.terms) - known) > _NEW:
        return None
    if not _asks_alike(question, made) or own.expects not in (None, new.expects):
        return None
    negated = [[bool(pattern.search(text)) for pattern in (NEGATION, DENIAL)] for text in (question, made)]
    return made if negated[0] == negated[1] else None


def _is_one_question(text: str) -> bool:
    if not 0 < len(text) <= LONGEST_ADOPTED or not text.isprintable() or _UNSAFE.search(text):
        return False
    return text.find("?") == len(text) - 1 and len(sentence_offsets(text)) == 1


def _fits_pronoun(question: str, made: str, answers: Sequence[str]) -> bool:
    """Whether somebody whom the rewriting names anew may be the "he" or "she" of the question, if it has one only."""
    own = {word.plain for word in words_of(question)}
    asked = {pronoun for pronoun, forms in (("he", _HE), ("she", _SHE)) if own & forms}
    known = _same_terms(question)
    found = [one for one in people(made, "\n".join(answers))[0] if not _same_terms(one.name) <= known]
    return len(asked) != 1 or not found or any(one.pronoun in ("", *asked) for one in found)


def _copies(made: str, answers: Sequence[str], questions: Sequence[str]) -> bool:
    """Whether eight words in a row are an answer's: a quotation, or what an article would have the reader do."""
    return bool(_word_runs([made]) & (_word_runs(answers) - _word_runs(questions)))


def _word_runs(texts: Sequence[str]) -> set[tuple[str, ...]]:
    spoken = [re.findall(r"\w+", text.casefold()) for text in texts]
    return {tuple(words[i : i + _RUN]) for words in spoken for i in range(len(words) - _RUN + 1)}


def _same_terms(text: str) -> frozenset[str]:
    return frozenset(map(same_name, terms(text)))


def _quantities(text: str) -> frozenset[str]:
    return frozenset(term for match in _AMOUNT.finditer(text) for term in terms(match.group()))


def _asks_alike(question: str, made: str) -> bool:
    """Whether the question word is kept, and a question for yes or no stays one."""
    ours, theirs = ([word.plain for word in words_of(text)] for text in (_CONNECTIVE.sub("", question), made))
    if not ours or not theirs:
        return False
    if ours[0] in AUXILIARIES:
        return theirs[0] in AUXILIARIES
    asks = next((word for word in ours if word in ASKING), None)
    return asks is None or asks in theirs
