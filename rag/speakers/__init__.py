"""A span to whose words it is."""

from rag.speakers.attribution import POINTERS, SCALE, VOICES, Pieces, distances
from rag.speakers.naming import name_of
from rag.speakers.people import NO_PERSON, RUN, bare_name, is_form_of, namings, office_word
from rag.speakers.speakers import Speakers

__all__ = [
    "NO_PERSON",
    "POINTERS",
    "RUN",
    "SCALE",
    "VOICES",
    "Pieces",
    "Speakers",
    "bare_name",
    "distances",
    "is_form_of",
    "name_of",
    "namings",
    "office_word",
]
