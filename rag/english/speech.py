"""The verbs by which a sentence says whose words it gives, and which of them say no more than another. English only."""

from __future__ import annotations

import re

# Verbs that say no more than that somebody says it; in a claim each may stand for another, and for those that follow.
NEUTRAL = frozenset("say tell state announce report according :".split())
_COLOURED = frozenset(
    "add explain argue insist warn claim confirm admit write reply declare note stress respond".split()
)
WEAKENABLE = NEUTRAL | _COLOURED
_VERBS = {
    "say": "said|says|say", "tell": "told|tells", "state": "stated", "announce": "announced|announces",
    "report": "reported|reports|report", "add": "added|adds", "explain": "explained|explains",
    "argue": "argued|argues|argue",
    "insist": "insisted|insists|insist", "warn": "warned|warns", "claim": "claimed",
    "confirm": "confirmed|confirms", "admit": "admitted|admits", "write": "wrote|writes", "reply": "replied|replies",
    "declare": "declared|declares", "note": "noted", "stress": "stressed|stresses", "respond": "responded",
    "deny": "denied|denies|deny", "suggest": "suggested|suggests", "predict": "predicted|predicts",
    "promise": "promised", "vow": "vowed", "believe": "believed|believes|believe",
    "think": "thought|thinks|think", "fear": "feared", "hope": "hoped",
    "acknowledge": "acknowledged|acknowledges", "concede": "conceded|concedes",
    "estimate": "estimated", "expect": "expected|expects", "tweet": "tweeted", "testify": "testified",
    "allege": "alleged|alleges|allege", "recall": "recalled|recalls", "complain": "complained", "assert": "asserted",
}  # fmt: skip
PLAIN_FORM = {form: verb for verb, forms in _VERBS.items() for form in forms.split("|")}
NEED_NO_THAT = frozenset("say add explain argue insist warn claim tweet".split())
_FORMS = "|".join(sorted(PLAIN_FORM, key=len, reverse=True))
SPEECH_VERB = re.compile(rf"(?<![\w’'-])(?:{_FORMS})(?![\w’'-])")
NEED_THAT = frozenset(("reports", "report"))  # else nouns


def family(words: str) -> str:
    """The verb of speech among ``words``, in its plain form; empty where none is known."""
    return next((PLAIN_FORM[word] for word in reversed(words.casefold().split()) if word in PLAIN_FORM), "")


SPEECH = (
    r"sa(?:y|ys|id)|tells?|told|claim(?:s|ed)?|warn(?:s|ed)?|add(?:s|ed)?|argu(?:e|es|ed)|accus(?:e|es|ed)|"
    r"announc(?:e|es|ed)|insist(?:s|ed)?|den(?:y|ies|ied)|admit(?:s|ted)?|promis(?:e|es|ed)|call(?:s|ed)?|"
    r"describ(?:e|es|ed)|explain(?:s|ed)?|respond(?:s|ed)?|repl(?:y|ies|ied)|answer(?:s|ed)?|declar(?:e|es|ed)|"
    r"confirm(?:s|ed)?|stat(?:e|es|ed)|suggest(?:s|ed)?|urg(?:e|es|ed)|vow(?:s|ed)?|wr(?:ite|ites|ote)|report(?:s|ed)?|"
    r"predict(?:s|ed)?|fears?|feared|believ(?:e|es|ed)|thinks?|thought|critici[sz](?:e|es|ed)|reject(?:s|ed)?|"
    r"pledg(?:e|es|ed)|not(?:e|es|ed)|according"
)
