"""What prose shows as somebody's words: nothing in marks of any make may be missed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quoting.prose import passages

SHOWN = {
    "curly": ("Roon said “we go” at noon.", ["we go"]),
    "straight": ('Roon said "we go" at noon.', ["we go"]),
    "angled": ("Roon said «we go» at noon.", ["we go"]),
    "low": ("Roon said „we go“ at noon.", ["we go"]),
    "angled inwards": ("Roon said »we go« at noon.", ["we go"]),
    "single": ("Roon said ‘we go’ at noon.", ["we go"]),
    "single and straight": ("Roon said 'we go' at noon.", ["we go"]),
    "accents as marks": ("Roon said ``we go'' at noon.", ["we go"]),
    "look-alikes": ("Roon said ＂we go＂ and ʺwe stayʺ.", ["we go", "we stay"]),
    "heavy": ("Roon said ❝we go❞ at noon.", ["we go"]),
    "corners": ("Roon said 「we go」 at noon.", ["we go"]),
    "less-than signs": ("Roon said <<we go>> at noon.", ["we go"]),
    "entities": ("Roon said &ldquo;we go&rdquo; and &#34;we stay&#34;.", ["we go", "we stay"]),
    "entities escaped twice": ("Roon said &amp;quot;we go&amp;quot;.", ["we go"]),
    "nested": ("Roon said “they told us ‘we go’ twice”.", ["they told us ‘we go’ twice"]),
    "nested alike": ("Roon said “they told us “we go” twice”.", ["they told us “we go” twice"]),
    "over two lines": ("Roon said “we\ngo” at noon.", ["we go"]),
    "without a space before": ("Roon said“we go” at noon.", ["we go"]),
    "with spaces inside": ("Roon said “ we go ” at noon.", ["we go"]),
    "hidden characters": ("Roon said \u200b“\u200bwe go\u2060”.", ["we go"]),
    "never closed": ("Roon said “we go at noon.\n\nHe left.", ["we go at noon."]),
    "never opened": ("We go at noon” he said.", ["We go at noon"]),
    "opened and closed by different marks": ('Roon said “we go" at noon.', ["we go"]),
    "quoted lines": ("Roon:\n> We go.\n> At noon.\n\nHe left.", ["We go. At noon."]),
    "a quoted line as an entity": ("Roon:\n&gt; We go.", ["We go."]),
    "a line that goes on with a quoted one": ("> We go\nat noon.\n\nHe left.", ["We go at noon."]),
    "quoted lines in quoted lines": ("> > We go.", ["We go."]),
    "two runs of quoted lines": ("> We go.\n\n> We stay.", ["We go.", "We stay."]),
    "apostrophes": ("The workers’ gate isn’t Roon's, it's the '90s all over.", []),
    "inches": ('A 12" pipe and a board of 5\'10".', []),
    "empty marks": ('“” and "…" and ‘’.', []),
    "none": ("Roon left at noon.", []),
}


@pytest.mark.parametrize(("prose", "shown"), SHOWN.values(), ids=SHOWN.keys())
def test_every_passage_that_is_shown_as_somebodys_words_is_found(prose: str, shown: list[str]) -> None:
    assert passages(prose) == shown


@given(
    st.text(st.sampled_from("ab .,\n'’‘\"“”«»><&;"), max_size=60), st.sampled_from(["“{}”", '"{}"', "«{}»", "\n> {}"])
)
def test_words_in_marks_are_found_whatever_stands_before_them(before: str, marks: str) -> None:
    """Either the words themselves, or within more than them."""
    found = passages(f"{before.strip('<>&;')} and Roon said {marks.format('Zed went home')}")
    assert any("Zed went home" in words for words in found)
