"""What is known of English, each once: numbers, days, names of persons and countries, verbs of speech."""

from rag.english.countries import is_country, is_title, same_name, same_terms
from rag.english.dates import Day, days
from rag.english.given_names import HE, SHE
from rag.english.meaning import (
    ASKING,
    CONDITION,
    CONDITIONED,
    DENIAL,
    HEDGE,
    HEDGED,
    NEAR_HEDGE,
    NEGATED,
    NEGATION,
    QUANTITY,
    WHETHER,
    is_weighty,
)
from rag.english.numbers import Number, numbers
from rag.english.period import MONTHS, WEEKDAYS, Period, last_weekday, period
from rag.english.person_names import OFFICES, is_maker, is_speaker, name_words, same_person
from rag.english.speech import (
    FINITE,
    NEED_NO_THAT,
    NEED_THAT,
    NEUTRAL,
    PLAIN_FORM,
    SPEECH,
    SPEECH_VERB,
    WEAKENABLE,
    family,
)

__all__ = [
    "ASKING",
    "CONDITION",
    "CONDITIONED",
    "DENIAL",
    "FINITE",
    "HE",
    "HEDGE",
    "HEDGED",
    "MONTHS",
    "NEAR_HEDGE",
    "NEED_NO_THAT",
    "NEED_THAT",
    "NEGATED",
    "NEGATION",
    "NEUTRAL",
    "OFFICES",
    "PLAIN_FORM",
    "QUANTITY",
    "SHE",
    "SPEECH",
    "SPEECH_VERB",
    "WEAKENABLE",
    "WEEKDAYS",
    "WHETHER",
    "Day",
    "Number",
    "Period",
    "days",
    "family",
    "is_country",
    "is_maker",
    "is_speaker",
    "is_title",
    "is_weighty",
    "last_weekday",
    "name_words",
    "numbers",
    "period",
    "same_name",
    "same_person",
    "same_terms",
]
