"""What decides whether another version of an article takes the place of one that is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Version:
    """An article as a source gives it: ``digest`` is that of all it says, ``sha256`` that of its text.

    ``own`` is whether it comes from a file, or from the site of its address; ``length`` counts characters.
    """

    digest: str
    source: str
    own: bool
    title: str
    sha256: str
    length: int
    published: date | None
