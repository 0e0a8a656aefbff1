"""The words that the meaning of others hangs on: negations, denials, conditions, hedges, quantities. English only."""

from __future__ import annotations

import re

from rag.english.period import MONTHS, WEEKDAYS
from rag.text import NUMBER_WORDS

_NOT = (  # "No. 1" is no negation
    r"\w+n['’]t|cannot|not|never|neither|none|nobody|nothing|no one|no(?!\.\s?(?:\d|$))|hardly|scarcely|barely|rarely"
    r"|seldom|unable|impossible|false|untrue|myth|hoax"
)
_ONLY_BEFORE = (
    r"nor|nowhere|without|instead of|rather than|far from|anything but|falsely|wrongly|mistakenly"
    r"|little (?:evidence|proof|sign|doubt|chance|indication|hope|reason)"
    r"|(?<!a )(?<!the )(?<!past )(?<!last )(?<!next )(?<!first )few"  # "Few support it", but "a few do"
)
_AFTER_ALL = r"(?!-)(?! (?:only|just|merely|simply|solely|least|to mention|doubt|matter|wonder|less|fewer|but)\b)"
NEGATION = re.compile(rf"\b(?:{_NOT}|{_ONLY_BEFORE})\b{_AFTER_ALL}", re.IGNORECASE)
# Right behind the words that it negates: the bridge | is not safe, the claim that it is safe | is false.
_VERB = r"(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|should|may|might|must)"
NEGATED = re.compile(
    rf"[\"”’')\]]*\s(?:(?:{_VERB}|also|still|yet|simply|just|an?|\w+ly) ){{0,3}}(?P<word>{_NOT})\b{_AFTER_ALL}"
    r"|[\"”’')\]]*,? which (?:is|was|are|were) (?P<untrue>not|false|untrue|wrong)\b",
    re.IGNORECASE,
)

_DENIED = r"den(?:y|ies|ied|ying)|denials?|refut(?:es?|ed|ing)|disput(?:es?|ed|ing)|rul(?:es?|ed|ing) out|doubt\w*"
_DISMISSED = (
    r"(?:reject|dismiss)(?:s|es|ed|ing)?"
    r"(?= (?:\w+ ){0,3}(?:that|claims?|allegations?|suggestions?|accusations?|as|the (?:idea|notion))\b)"
)
_REFUSED = r"(?:refus(?:es?|ed|ing|al)|declin(?:es?|ed|ing)|fail(?:s|ed|ing|ure)?|neglect(?:s|ed)?)(?= to\b)"
_PREVENTED = (
    r"(?:prevent|stop|block|bar|ban|prohibit|keep|kept|discourag|deter)(?:e?s|ed|ped|red|ned|ing)?"
    r"(?= (?:[\w’'-]+ ){0,6}from\b)|stop(?:s|ped)? short of|(?:oppos|avoid)(?:es?|s|ed|ing)(?= \w+ing\b)"
)
DENIAL = re.compile(
    rf"\b(?:{_DENIED}|{_DISMISSED}|{_REFUSED}|{_PREVENTED}|disagree[sd]?|contradict(?:s|ed|ing)?)\b", re.IGNORECASE
)

_PERHAPS = (
    r"allegedly|reportedly|possibly|perhaps|maybe|probably|presumably|potentially|apparently|supposedly|purportedly"
    r"|seemingly|reputedly|ostensibly|arguably|unlikely|likely"
)
_SEEMS = r"appear(?:s|ed)?(?= (?:to|that|as)\b)|seem(?:s|ed)?|alleg(?:es?|ed|ing)"
_SAID_TO = r"(?:is|are|was|were|be|been) (?:\w+ly )?(?:believed|thought|said|expected|feared|reported|rumou?red) to"
_ACCUSED = r"(?:accused|suspected|suspicion|accusations|allegations|claims|rumou?rs?) (?:of|that)|charged with"
_HEDGE = rf"(?:may|might|could|would|(?i:{_PERHAPS}|{_SEEMS}|{_SAID_TO}|{_ACCUSED}))"  # the month May is no hedge
HEDGE = re.compile(rf"\b{_HEDGE}\b")
# These weaken only the words right behind them: "the alleged attack", "up to 100 people".
NEAR_HEDGE = re.compile(
    r"\b(?:alleged|suspected|supposed|purported|apparent|presumed|potential|possible|probable|rumou?red|reputed|would-be"
    r"|so-called|nearly|almost)\b|\b(?:up to|as many as|fewer than|less than)(?=\s*$)",
    re.IGNORECASE,
)
# Right behind the words that it weakens: the bridge | may fall; the bridge fell, | perhaps.
HEDGED = re.compile(
    rf"\s(?:also |still |now )?(?:(?:is|are|was|were) )?(?P<word>{_HEDGE})\b"
    rf"|[\"”’')\]]*,?\s(?P<alone>(?i:{_PERHAPS}|it (?:seems|appears)|if at all))(?=\s*[.,;:!?”\"]|\s*$)"
)

_IF = r"(?<!even )(?<!as )(?<!what )(?:if(?! not\b)|(?<![,–—-] )if(?= not\b))"
_PROVIDED = (
    r"provid(?:ed|ing) that|(?<=, )provided|assuming|on (?:the )?condition|in the event|in case|(?:as|so) long as"
)
# "Should the board agree, we will open it": only at the start of a sentence, and no question.
_INVERTED = r"(?<![\w,] )(?:Should|Were|Had)(?= \w+ [^?]*,)"
_CONDITION = rf"(?:(?i:{_IF}|unless|{_PROVIDED}|until|till|only if|except(?! that\b)|lest)|{_INVERTED})\b"
CONDITION = re.compile(rf"\b{_CONDITION}")
# Right behind the words that it binds: we will open it, | if the board agrees; “We will open it,” Teel said, “if …”.
CONDITIONED = re.compile(
    rf"[\"”’')\]]*\s*[,—–-]*(?:[\"”]\s(?![^“”]*\badd)[^“\"”.!?\n]{{2,60}},)?\s*[\"“]?(?:but (?=only))?"
    rf"(?P<word>(?:only )?{_CONDITION})"
)
WHETHER = re.compile(r"\bwhether\b", re.IGNORECASE)
# Before "if" it means "whether".
ASKING = re.compile(
    r"\b(?:ask|wonder|know|knew|see|saw|decide|check|determine|doubt|sure|certain|unclear|clear|find out|question)"
    r"(?:e?s|ed|d|ing)?\s*$",
    re.IGNORECASE,
)

_COUNTS = (
    "|".join(word for word in NUMBER_WORDS if word != "zero")
    + r"|hundreds?|thousands?|[mbtr]+illions?|dozens?|half|twice|once|first|second|third|per ?cent|all"
    r"|every|each|some|most|many|several|both|more|less|fewer|least"
)
_DAYS = "|".join((*WEEKDAYS, *MONTHS, "yesterday|today|tonight|tomorrow"))
QUANTITY = re.compile(rf"\d|\b(?:{_COUNTS}|{_DAYS})\b", re.IGNORECASE)


def is_weighty(text: str) -> bool:
    """Whether ``text`` holds a word that may not be left out or replaced without changing what the rest says."""
    patterns = (NEGATION, DENIAL, HEDGE, NEAR_HEDGE, CONDITION, WHETHER, QUANTITY)
    return any(pattern.search(text) for pattern in patterns)
