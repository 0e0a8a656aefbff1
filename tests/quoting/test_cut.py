"""What a cut must not drop, and what may be cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quoting.cut import dropped
from rag.records import Article, Span


def word(text: str, *words: str) -> str | None:
    """The word that was dropped when ``words`` were cut out of ``text``."""
    article = Article.of("t", text)
    spans: list[Span] = []
    for piece in words:
        start = text.index(piece, spans[-1].end if spans else 0)
        spans.append(Span(article, start, start + len(piece)))
    found = dropped(spans)
    if found:
        assert found.fuller.start <= min(found.word.start, spans[-1].start) or len(spans) > 1
        assert found.word.text in found.fuller.text
    return found.word.text if found else None


CUT = {
    "a negation": ("We will not open the sluice.", "open the sluice", "not"),
    "a short negation": ("We won’t open the sluice.", "open the sluice", "won’t"),
    "a negation with words between": ("Roon never wanted to open the sluice.", "open the sluice", "never"),
    "a negation around an aside": ("We do not, however, support the bill.", "support the bill", "not"),
    "a negation in another line": ("We do not\nsupport the bill.", "support the bill", "not"),
    "a negation with a soft hyphen": ("We do n\u00adot support the bill.", "support the bill", "n\u00adot"),
    "nobody": ("Nobody thinks that the wall is safe.", "the wall is safe", "Nobody"),
    "no evidence": ("There is no evidence that the wall is safe.", "the wall is safe", "no"),
    "few": ("Few members support the bill.", "members support the bill", "Few"),
    "a subject's negation": ("The wall of the quay is not safe.", "The wall of the quay", "not"),
    "a claim that is not true": ("The claim that the wall is safe is not true.", "the wall is safe", "not"),
    "a claim that is false": ("The claim that the wall is safe is false.", "the wall is safe", "false"),
    "a negated object": ("We will support no such bill.", "We will support", "no"),
    "denied that": ("Roon denied that the wall is unsafe.", "the wall is unsafe", "denied"),
    "denied in marks": ("Roon denied that “the old wall is unsafe”.", "the old wall is unsafe", "denied"),
    "not in marks": ("It is not “a threat to the town”.", "a threat to the town", "not"),
    "refused to": ("Roon refused to open the sluice.", "open the sluice", "refused"),
    "ruled out": ("The board ruled out opening the sluice.", "opening the sluice", "ruled out"),
    "rejected claims that": ("She rejected claims that the wall is unsafe.", "the wall is unsafe", "rejected"),
    "prevented from": ("The storm prevented them from opening it in time.", "opening it in time", "prevented"),
    "if before": ("If the board agrees, we will open it.", "we will open it", "If"),
    "if before a ratio": ("If you bet $1 on 2:1 odds and win, you make $2.", "you make $2", "If"),
    "not before a number": ("They did not give 1,200 people the keys.", "people the keys", "not"),
    "if before, and who says it": ("“If they agree,” Teel said, “we will open it.”", "we will open it.", "If"),
    "if behind": ("We will open it if the board agrees.", "We will open it", "if"),
    "if behind a comma": ("We will open it, if the board agrees.", "We will open it", "if"),
    "if behind who says it": ("“We will open it now,” Teel said, “if they agree.”", "We will open it now,", "if"),
    "if behind some words": ("We will open it on Monday if the board agrees.", "We will open it", "if"),
    "unless": ("Unless it rains, the gate stays shut.", "the gate stays shut", "Unless"),
    "until": ("The gate stays shut until May.", "The gate stays shut", "until"),
    "provided that": ("They may come in, provided that they pay.", "They may come in", "provided that"),
    "except": ("Everybody may come in, except children.", "Everybody may come in", "except"),
    "only if": ("We will open it only if it rains.", "We will open it", "only if"),
    "inverted": ("Should the board agree, we will open it.", "we will open it", "Should"),
    "whether": ("They asked whether the wall is safe.", "the wall is safe", "whether"),
    "asked if": ("They asked if the wall is safe.", "the wall is safe", "if"),
    "may": ("The mayor may resign on Monday.", "resign on Monday", "may"),
    "would": ("Roon said that he would leave the town.", "leave the town", "would"),
    "reportedly": ("The mayor reportedly left the town.", "left the town", "reportedly"),
    "perhaps at the beginning": ("Perhaps, the wall is safe.", "the wall is safe", "Perhaps"),
    "perhaps at the end": ("The wall is safe, perhaps.", "The wall is safe", "perhaps"),
    "alleged": ("They spoke of an alleged attack on the bridge.", "attack on the bridge", "alleged"),
    "accused of": ("He is accused of burning two boats.", "burning two boats", "accused of"),
    "is believed to": ("He is believed to have left the town.", "have left the town", "is believed to"),
    "a question": ("Do you think the wall is safe?", "the wall is safe", "?"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words", "hangs"), CUT.values(), ids=CUT.keys())
def test_a_word_that_the_quoted_ones_hang_on_is_named(text: str, words: str, hangs: str) -> None:
    assert word(text, words) == hangs


FREE = {
    "a whole sentence": ("Nobody came. The wall is safe. It may rain.", "The wall is safe."),
    "a whole sentence in a quotation": ("“We never knew. The wall is safe. If not, go,” he said.", "The wall is safe."),
    "two whole sentences": ("It never fell. The wall is safe. It holds. It may rain.", "The wall is safe. It holds."),
    "a negation that is quoted too": ("We will not open the sluice today.", "We will not open the sluice"),
    "another clause's negation": ("It was not late, and the wall is safe.", "the wall is safe"),
    "another clause's negation, but": ("It is not new but the wall is safe.", "the wall is safe"),
    "not only": ("It is not only that the wall is safe.", "the wall is safe"),
    "a few": ("A few members support the bill.", "members support the bill"),
    "who did not": ("A man who was not there said the wall is safe.", "the wall is safe"),
    "even if": ("We will open it even if it rains.", "We will open it"),
    "the month of May": ("Since May the wall is safe.", "the wall is safe"),
    "a number": ("She took the No. 1 seat on the board.", "seat on the board"),
    "another sentence's condition": ("If it rains, we stay. We will open it.", "We will open it."),
    "a condition of what was said before": ("“If they agree, we go,” she said to the board.", "said to the board"),
    "what the article itself cut": ("The bill would “make all of us poorer”.", "make all of us poorer"),
    "a question in full": ("“Is the wall safe?” Roon asked.", "Is the wall safe"),
    "nothing to hang on": ("Roon said on Monday that the wall is safe.", "the wall is safe"),
    "a title with a point": ("Roe v. Wade fell. The wall is safe.", "The wall is safe."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), FREE.values(), ids=FREE.keys())
def test_words_that_hang_on_nothing_may_be_cut_out(text: str, words: str) -> None:
    assert word(text, words) is None


ELIDED = {
    "a negation": ("We do not support the bill.", ("We do", "support the bill"), "not"),
    "a hedge": ("The wall, Roon said, may be unsafe.", ("The wall", "be unsafe"), "may"),
    "a condition": ("We will go, if it rains, and stay away.", ("We will go", "and stay away"), "if"),
    "nothing of weight": ("We will go, Roon said, and stay away.", ("We will go", "and stay away"), None),
    "a relative clause's negation": ("We, who never left, support the bill.", ("We", "support the bill"), None),
    "a whole sentence's negation": (
        "We will go. It never rains. We will stay.",
        ("We will go.", "We will stay."),
        None,
    ),
    "a negation before the second part": ("We go now. We do not stay here.", ("We go now.", "stay here"), "not"),
}


@pytest.mark.parametrize(("text", "words", "hangs"), ELIDED.values(), ids=ELIDED.keys())
def test_what_an_ellipsis_leaves_out_counts_as_well(text: str, words: tuple[str, str], hangs: str | None) -> None:
    assert word(text, *words) == hangs


@given(st.lists(st.sampled_from('we not if , . ? may “ ” " said the\u00ad wall \n'.split(" ")), max_size=30), st.data())
def test_any_cut_of_any_text_is_judged(words: list[str], data: st.DataObject) -> None:
    text = " ".join(["wall", *words])
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = dropped([Span(Article.of("t", text), start, end)])
    assert found is None or not (found.word.start < end and start < found.word.end)
