"""Genuine quotes in another typography: each setting changes marks and spaces, and never a word."""

from __future__ import annotations

import random
import unicodedata
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.forging.judge import Standing
from eval.forging.material import Material
from eval.forging.typography import SETTINGS, variants
from rag.records import Article

SAMPLES = {
    "curly quotes": ('She said "go" and didn\'t.', "She said “go” and didn’t."),
    "straight quotes": ("She said “go” and didn’t.", 'She said "go" and didn\'t.'),
    "ligatures": ("an efficient fleet of five", "an eﬃcient ﬂeet of ﬁve"),
    "no ligatures": ("an eﬃcient ﬂeet", "an efficient fleet"),
    "soft hyphens": ("the cooperative pumps", "the coop\u00aderative pumps"),
    "accents apart": ("the café", "the cafe\u0301"),
    "accents composed": ("the cafe\u0301", "the café"),
}
TEXT = (
    "The café on the well-kept quay — Norhaven’s oldest — was “efficient” until 4 May... and then it closed.\n"
    "“We will come back. We always do,” said Mara Teel. “If the tide allows it.”\n"
    "He denied that “We will never come back here” was what he had said.\n“It is over now,” he said."
)


@pytest.mark.parametrize(("name", "before", "after"), [(name, *pair) for name, pair in SAMPLES.items()])
def test_a_setting_sets_what_it_is_named_for(name: str, before: str, after: str) -> None:
    assert SETTINGS[name](before, random.Random(0)) == after


@pytest.mark.parametrize("name", ["spaces", "line breaks", "dashes", "hyphens", "ellipses"])
def test_a_setting_of_many_forms_gives_several_other_ones(name: str) -> None:
    forms = {SETTINGS[name](TEXT, random.Random(seed)) for seed in range(20)}
    assert len(forms - {TEXT}) > 1


@given(st.sampled_from(sorted(SETTINGS)), st.text(max_size=60), st.integers())
def test_no_setting_changes_letters_or_digits(name: str, text: str, seed: int) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())

    assert letters(SETTINGS[name](text, random.Random(seed))) == letters(text)


def test_every_variant_stands_in_its_article_and_none_hangs_on_what_is_around_it() -> None:
    made = list(islice(variants(Material.of(Article.of("t", TEXT)), random.Random(0)), 300))
    sources = {source.text for _, _, source in made}
    assert len({words for _, words, _ in made}) > 100
    assert all(Standing(TEXT).stands(words) for _, words, _ in made)
    assert "It is over now," in sources and "We will never come back here" not in sources
    assert not any(source == "We will come back. We always do," for source in sources)


def test_an_article_without_a_sentence_has_no_variants() -> None:
    assert list(variants(Material.of(Article.of("t", "Tide.")), random.Random(0))) == []
