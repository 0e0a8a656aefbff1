"""The words of a sentence that say from whom the rest is: "X said that …", "…, X said", "according to X".

English only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from rag.english import (
    CONDITION,
    DENIAL,
    HEDGE,
    MONTHS,
    NEED_NO_THAT,
    NEED_THAT,
    NEGATION,
    PLAIN_FORM,
    SPEECH_VERB,
    WEEKDAYS,
)

PRONOUN = re.compile(r"(?:he|she|they|it|i|we)", re.IGNORECASE)
_ACCORDING = re.compile(r"(?:^|,[”\"]?\s*|\s)[Aa]ccording to\s", re.ASCII)
_AUXILIARY = re.compile(r"\s(?:ha[sd]|have|did|also)$")
_NO_SUBJECT = re.compile(
    r"(?:^|\s)(?:was|were|is|are|be|been|being|not|to|will|would|could|may|might|must|should|can|and|or|but|that|who"
    r"|which|it is|as|than|of|by|the|an?|what|how|where|when|if|he|she|they|it|i|we)$",
    re.IGNORECASE,
)
_MONTH_NAMES, _DAY_NAMES = "|".join(MONTHS), "|".join(WEEKDAYS)
_WHEN = (
    rf"(?:(?:(?:on|late|early|this|last|next|in|at|by|of)\s)*(?:the\s)?(?:{_DAY_NAMES}|today"
    rf"|yesterday|week|month|year|{_MONTH_NAMES}|morning|afternoon|evening|night)|(?:on|in|at)\s\d{{1,4}}(?=[\s,](?!per|of)))"
    rf"(?:[\s,]+(?:(?:{_MONTH_NAMES})(?:\s\d{{1,2}})?|(?:in|of)?\s?(?:19|20|21)\d\d|morning|afternoon|evening|night|\d{{1,2}}"
    rf"(?=\s(?:{_MONTH_NAMES}))|\d{{1,2}}(?=[,.]|$)))*"
)
_LED = re.compile(
    rf"(?:\s{_WHEN}|\s(?:in|at)\s(?:an?|the)\s[\w\s-]{{2,40}}?)?\s*(?P<that>,?\s*\bthat\b|[:,])", re.IGNORECASE
)
_TOLD = re.compile(
    r"\s(?P<whom>[\w.’'-]+(?:\s[\w.’'-]+){0,5}?)(?:\s" + _WHEN + r")?(?P<that>,?\s\bthat\b|[:,])", re.IGNORECASE
)
_TOLD_FREE = re.compile(
    r"\s(?:reporters|journalists|lawmakers|parliament|(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})"
    r"(?=\s(?:he|she|it|they|there|the|his|her|its|their|no)\s)"
)
# Words of a clause: what holds one of them is no mere time, place or listener.
_CLAUSAL = re.compile(
    r"\b(?:that|he|she|it|they|we|i|is|are|was|were|be|been|ha[sd]|have|will|would|can|could|may|might|must|should|do|does"
    r"|did|not|never|no|but|and|if|unless|to)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"\s(?:{_WHEN}|in\s|at\s|on\s|during\s|after\s|via\s|before\s|by\s(?:phone|email|telephone)|earlier|later)",
    re.IGNORECASE,
)
_END = re.compile(r"(?P<more>(?:(?!--| but )[^,;:“”\"()—–]){0,90}?)(?P<stop>[,:]\s*[“\"]|,\s|[.!?]?[”\"]?\s*$|[.!?]\s)")
_RESUMED = re.compile(r"[,.!?][”\"]\s")  # the end of a quotation
_APPOSED_NAME = re.compile(r",\s(?:who|whose|an?|\d+|\w+\s(?:of|for))\b[^,;:“”\"]{0,120}(?=,)")
_MARKS = " “”\"‘’'"
_BOUND = (",", "”", '"')
_LONGEST_WHO = 160


@dataclass(frozen=True, slots=True)
class Frame:
    """Words of a text that say from whom the rest is: where they stand, who, the verb, and what else they say, such as
    when or to whom."""

    start: int
    end: int
    who: str
    verb: str
    more: str
    place: Literal["first", "amid", "last"]

    def placed(self, by: int) -> Frame:
        """The same frame in a text in which its sentence begins at ``by``."""
        return replace(self, start=self.start + by, end=self.end + by)


def frames(text: str) -> list[Frame]:
    """The frames of one sentence, in order; an inner one ("Roon said that Teel said …") is none."""
    found: list[Frame] = []
    if frame := _according(text):
        found.append(frame)
        if frame.place == "first" and not _RESUMED.search(text, frame.end):
            return found
    for match in SPEECH_VERB.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        frame = _first(text, match) if not found else None
        frame = frame or _behind(text, match)
        if frame and all(frame.start >= one.end for one in found):
            found.append(frame)
            if frame.place == "first" and not _RESUMED.search(text, frame.end):
                break  # what follows is what is said
    return sorted(found, key=lambda frame: frame.start)


def _according(text: str) -> Frame | None:
    match = _ACCORDING.search(text)
    if not match:
        return None
    before = text[: match.start()].strip(_MARKS)
    rest = text[match.end() :]
    if not before:
        who = rest.partition(",")[0]
        if more := _APPOSED_NAME.match(rest, len(who)):
            who += more.group()
        return Frame(0, match.end() + len(who), who.strip(), "according", "", "first") if "," in rest else None
    if not re.search(r"[,;.:]", rest.rstrip(" .")):
        return Frame(match.start(), len(text), rest.rstrip(" ."), "according", "", "last")
    named = re.match(r"(?P<who>[^,;:.“”\"]{2,100})(?P<rest>.*)$", rest, re.DOTALL)
    if named and _is_apposition(named["rest"]):
        return Frame(match.start(), len(text), rest.rstrip(" ."), "according", "", "last")
    if named and text[match.start()] == "," and named["rest"][:1] == ",":
        return Frame(match.start(), match.end() + len(named["who"]) + 1, named["who"].strip(), "according", "", "amid")
    return None


def _first(text: str, match: re.Match[str]) -> Frame | None:
    """ "Ada Lund, the mayor, said on Monday that …" """
    led_by, who = _subject(text[: match.start()])
    if not who:
        return None
    verb = PLAIN_FORM[match.group()]
    rest = text[match.end() :]
    if verb == "tell":
        led = _TOLD.match(rest)
        if not led:
            whom = _TOLD_FREE.match(rest)
            return Frame(0, match.end() + whom.end(), who, verb, whom.group() + led_by, "first") if whom else None
        return Frame(0, match.end() + led.end(), who, verb, rest[: led.start("that")] + led_by, "first")
    led = _LED.match(rest)
    if match.group() in NEED_THAT and not (led and "that" in led["that"]):
        return None
    if led and not (led["that"] == "," and verb not in NEED_NO_THAT | {"reply", "write"}):
        return Frame(0, match.end() + led.end(), who, verb, rest[: led.start("that")] + led_by, "first")
    if verb in NEED_NO_THAT and (re.match(r"\s[“\"]?\w", rest)):
        when = re.match(rf"\s(?:{_WHEN})(?=\s)", rest, re.IGNORECASE)
        more = when.group() if when else ""
        return Frame(0, match.end() + len(more), who, verb, more + led_by, "first")
    return None


def _behind(text: str, match: re.Match[str]) -> Frame | None:
    """ "…, the mayor, Ada Lund, said on Monday." and "…,” said Ada Lund, who …" """
    if match.group() in NEED_THAT:
        return None
    verb = PLAIN_FORM[match.group()]
    before, rest = text[: match.start()], text[match.end() :]
    if verb != "tell" and (frame := _inverted(text, match, verb)):
        return frame
    end = _END.match(rest)
    chunks = _chunks(before)
    if not end or len(chunks) < 2 or re.match(r"\s*that\b", rest):
        return None
    at = chunks[-1]
    who = before[at:]
    if not who.strip(_MARKS) and len(chunks) > 3:  # “…, the mayor, Ada Lund, said”
        at = chunks[-3]
        who = before[at:].rstrip(" ,")
    who = _AUXILIARY.sub("", who.strip(_MARKS))
    if not _is_who(who) or before[:at].rstrip()[-1:] not in _BOUND:
        return None
    more = end["more"]
    if more.strip() and (_CLAUSAL.search(more) or not (verb == "tell" or _MORE.match(more))):
        return None
    if not end["stop"].startswith((",", ":")) or re.match(r"[,:]\s*[“\"]", end["stop"]):
        place: Literal["amid", "last"] = "amid" if rest[end.end() :].strip() else "last"
        return Frame(len(before[:at].rstrip()) - 1, match.end() + len(more), who, verb, more, place)
    return Frame(len(before[:at].rstrip()) - 1, match.end() + len(more) + 1, who, verb, more, "amid")


def _inverted(text: str, match: re.Match[str], verb: str) -> Frame | None:
    """ "…,” said Ada Lund, who …" """
    before, rest = text[: match.start()], text[match.end() :]
    stop = re.search(r"[,.!?][”\"]?\s*$", before)
    if not stop or not (before.rstrip()[-1] in '”"' or re.match(r"\s[A-Z]|\s(?:the|an?|its|his|her)\s", rest)):
        return None
    named = re.match(r"\s(?P<who>[^,;:“”\".]{2,100})(?P<rest>.*)$", rest, re.DOTALL)
    if not named or not (_is_apposition(named["rest"]) or re.match(r"[.,]?\s*[“\"]|[.]\s*$|$", named["rest"])):
        return None
    goes_on = re.search(r"[.,:]?\s[“\"]", named["rest"])
    end = match.end() + 1 + len(named["who"]) + (goes_on.start() if goes_on else len(named["rest"]))
    return Frame(stop.start(), end, text[match.end() : end].strip(" ."), verb, "", "amid" if goes_on else "last")


def _chunks(before: str) -> list[int]:
    """Where each part between commas begins."""
    return [0, *(mark.end() for mark in re.finditer(r",[”\"]?(?=\s)|[.!?][”\"](?=\s)", before))]


def _subject(before: str) -> tuple[str, str]:
    """When, and who speaks, where all of ``before`` says only that; else nobody."""
    before = before.strip(_MARKS)
    led = re.match(rf"(?:{_WHEN}),\s", before, re.IGNORECASE)
    when = f" {led.group().strip(' ,')}" if led else ""
    who = before[led.end() :] if led else before
    who = re.sub(r"^(?:But|And|Meanwhile,|However,|Also)\s", "", who)
    parts = who.rstrip(" ,").split(",")
    if len(parts) > 3 or (len(parts) > 1 and not who.rstrip().endswith(",") and len(parts) != 2):
        return "", ""
    if len(parts) > 1 and not who.rstrip().endswith(",") and not re.match(r"\s(?:who|which|\d)", parts[1]):
        return "", ""
    who = _AUXILIARY.sub("", who.rstrip(" ,"))
    return (when, who) if _is_who(who) else ("", "")


def _is_who(who: str) -> bool:
    if not who or len(who) > _LONGEST_WHO or re.search(r"[;:“”\"?!]", who):
        return False
    if PRONOUN.fullmatch(who):
        return True
    if re.search(r"\s(?:is|are|was|were|will|would)\s", re.split(r",|\swho\s", who)[0]):
        return False
    if _NO_SUBJECT.search(who) or SPEECH_VERB.search(who.split(",")[0]):
        return False
    if re.match(r"(?:If|When|While|After|Before|Because|As|Although|Though|Since|Until|What|How|Where)\b", who, re.I):
        return False
    return not any(pattern.search(who) for pattern in (NEGATION, DENIAL, HEDGE, CONDITION))


def _is_apposition(rest: str) -> bool:
    """Whether what follows a name says only who that is."""
    rest = re.split(r"[.,]?\s[“\"]", rest, maxsplit=1)[0]
    opens = r",\s(?:who|which|whose|an?|the|his|her|its|of|from|[a-z]+\s(?:of|for|at))\b|,\s(?:[A-Z]|\d)"
    return bool(re.match(rf"(?:{opens})[^,;:“”\"]{{2,150}}(?:,[^,;:“”\"]{{2,60}})?\.?\s*$", rest))
