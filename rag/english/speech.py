"""The verbs by which a sentence says whose words it gives, and which of them say no more than another. English only.

The only list of them: what another module needs of it is made here.
"""

from __future__ import annotations

import re

# Verbs that say no more than that somebody says it; in a claim each may stand for another, and for those that follow.
NEUTRAL = frozenset("say tell state announce report according :".split())
_COLOURED = frozenset(
    "add explain argue insist warn claim confirm admit write reply declare note stress respond".split()
)
WEAKENABLE = NEUTRAL | _COLOURED
_REGULAR = (  # third person and past by the rules of spelling
    "accuse acknowledge add admit allege announce answer argue assert believe call claim comment complain concede"
    " confirm criticise criticize declare deny describe estimate expect explain fear hope insist note pledge predict"
    " promise recall reject reply report respond state stress suggest testify tweet urge vow warn"
)
_IRREGULAR = {"say": "says said", "tell": "tells told", "write": "writes wrote", "think": "thinks thought"}


def _third(verb: str) -> str:
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + ("es" if verb.endswith("ss") else "s")


def _past(verb: str) -> str:
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ted" if verb == "admit" else "ed")


_FINITE = {verb: (_third(verb), _past(verb)) for verb in _REGULAR.split()} | {
    verb: tuple(forms.split()) for verb, forms in _IRREGULAR.items()
}
PLAIN_FORM = {form: verb for verb, forms in _FINITE.items() for form in (verb, *forms)}
# Whatever form, as a question has it: "Did Lund say …", "What does Lund think …".
SPEECH = "|".join(sorted((*PLAIN_FORM, "according"), key=len, reverse=True))
# As a sentence about somebody's words has it; the plain form only where it is no noun: "two witnesses say".
FINITE = "|".join(sorted({form for forms in _FINITE.values() for form in forms}, key=len, reverse=True))
_PLAIN = "say|argue|believe|think|allege|deny|report"
SPEECH_VERB = re.compile(rf"(?<![\w’'-])(?:{FINITE}|{_PLAIN})(?![\w’'-])")
NEED_NO_THAT = frozenset("say add explain argue insist warn claim tweet".split())
NEED_THAT = frozenset(("reports", "report", "claims", "states", "answers", "calls", "hopes", "fears"))  # else nouns


def family(words: str) -> str:
    """The verb of speech among ``words``, in its plain form; empty where none is known."""
    return next((PLAIN_FORM[word] for word in reversed(words.casefold().split()) if word in PLAIN_FORM), "")
