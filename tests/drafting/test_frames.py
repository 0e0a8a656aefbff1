"""From whom a sentence says what it says."""

from __future__ import annotations

from rag.drafting.frames import frames


def test_a_frame_says_who_when_and_to_whom() -> None:
    (frame,) = frames("Ada Lund, the mayor, told reporters on Monday that the gate holds.")
    assert (frame.who, frame.verb, frame.more) == ("Ada Lund, the mayor", "tell", " reporters on Monday")


def test_who_did_not_say_it_makes_no_frame() -> None:
    assert frames("Ada Lund did not say that the gate holds.") == []
