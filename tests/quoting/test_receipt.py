"""Receipts: what one says of an answer, and what checking it again finds."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from embedders import HashEmbedder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import build_articles
from rag.answer import Answer, Statement
from rag.errors import InputError
from rag.quoting.receipt import make_receipt
from rag.quoting.recheck import Rechecked, recheck, terminal
from rag.records import Article, Citation, Span, Speaker
from rag.store.store import Store

TEXT = (
    "Mara Teel runs the sluice board of Norhaven.\n"
    "“We will not open the sluice before 4 May,” Teel said on Monday. She told the Post that it was old.\n"
    "Anders Roon, who lives there, left."
)
ARTICLE = Article.of(
    "Sluice",
    TEXT,
    url="https://norhaven.example/sluice",
    publisher="The Norhaven Post",
    published=date(2031, 4, 2),
)
OTHER = Article.of("Ferry", "The ferry left the harbour at noon.", url="https://norhaven.example/ferry")
SETTINGS = {"as_of": date(2031, 4, 5), "publishers": {"b", "a"}, "k": 10, "generator": "reader"}


def span(words: str) -> Span:
    return Span(ARTICLE, TEXT.index(words), TEXT.index(words) + len(words))


TEEL = Speaker(
    "Mara Teel", Span(ARTICLE, TEXT.index("Teel said"), TEXT.index("Teel said") + 4), span("said"), (span("the Post"),)
)
CITATIONS = (
    Citation(1, span("We will not open the sluice before 4 May,"), TEEL, "direct"),
    Citation(2, Span(OTHER, 0, len(OTHER.text))),
)


CLAIMS = tuple(Statement("", "quoted", (citation,)) for citation in CITATIONS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return indexed(tmp_path_factory.mktemp("index"), ARTICLE, OTHER)


def indexed(folder: Path, *articles: Article) -> Store:
    build_articles("test", iter(articles), folder, HashEmbedder(), lambda report: None)
    return Store(folder)


@pytest.fixture(scope="module")
def receipt(store: Store) -> dict[str, Any]:
    with store.reading() as snapshot:
        answer = Answer("When?", CLAIMS, (), (), snapshot.facts(), 0.7)
    made: dict[str, Any] = json.loads(json.dumps(make_receipt(answer, SETTINGS)))
    return made


def checked(receipt: dict[str, Any], store: Store) -> list[Rechecked]:
    with store.reading() as snapshot:
        return recheck(receipt, snapshot)


def first(receipt: dict[str, Any], store: Store, edit: Callable[[dict[str, Any]], object]) -> Rechecked:
    """What becomes of the first quotation of a receipt that somebody has edited."""
    edited = copy.deepcopy(receipt)
    edit(edited["quotations"][0])
    return checked(edited, store)[0]


def test_an_unchanged_receipt_over_an_unchanged_index_holds(receipt: dict[str, Any], store: Store) -> None:
    assert [one.outcome for one in checked(receipt, store)] == ["holds", "holds"]


def test_a_receipt_says_what_was_asked_of_which_index(receipt: dict[str, Any], store: Store) -> None:
    with store.reading() as snapshot:
        revision = snapshot.revision
    assert receipt["question"] == "When?"
    assert receipt["settings"] == {"as_of": "2031-04-05", "publishers": ["a", "b"], "k": 10, "generator": "reader"}
    assert receipt["index"]["revision"] == revision > 0
    assert receipt["index"]["articles"] == 2


def test_a_receipt_says_where_each_quotation_stands_and_whose_it_is(receipt: dict[str, Any]) -> None:
    quotation = receipt["quotations"][0]
    assert TEXT[quotation["start"] : quotation["end"]] == quotation["quote"]
    assert quotation["article"] == {
        "id": ARTICLE.id,
        "title": "Sluice",
        "publisher": "The Norhaven Post",
        "url": "https://norhaven.example/sluice",
        "published": "2031-04-02",
        "sha256": ARTICLE.sha256,
    }
    assert quotation["voice"] == "direct"
    assert quotation["speaker"]["name"] == "Mara Teel"
    for words in (quotation["speaker"]["mention"], quotation["speaker"]["cue"], *quotation["speaker"]["via"]):
        assert TEXT[words["start"] : words["end"]] == words["text"]


def test_a_receipt_of_no_quotation_is_checked_and_says_so(receipt: dict[str, Any], store: Store) -> None:
    found = checked(receipt | {"quotations": []}, store)
    assert found == []
    assert "no quotation" in terminal(found)


def test_an_article_that_went_is_gone(receipt: dict[str, Any], tmp_path: Path) -> None:
    assert checked(receipt, indexed(tmp_path, OTHER))[0].outcome == "article gone"


def test_words_that_moved_in_a_changed_article_are_found_where_they_are(
    receipt: dict[str, Any], tmp_path: Path
) -> None:
    changed = replace(ARTICLE, text="Corrected.\n" + TEXT)
    found = checked(receipt, indexed(tmp_path, changed, OTHER))[0]
    assert found.outcome == "article changed"
    assert [span.text for span in found.found] == [receipt["quotations"][0]["quote"]]
    assert "still stand" in found.reason


def test_words_that_a_changed_article_lost_are_not_found(receipt: dict[str, Any], tmp_path: Path) -> None:
    changed = replace(ARTICLE, text=TEXT.replace("not open", "open"))
    found = checked(receipt, indexed(tmp_path, changed, OTHER))[0]
    assert (found.outcome, found.found, found.holds) == ("article changed", (), False)


DAMAGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "another word": lambda q: q.update(quote=q["quote"].replace("not", "now")),
    "a dropped negation": lambda q: q.update(quote=q["quote"].replace("not ", "")),
    "another start": lambda q: q.update(start=q["start"] + 1),
    "another end": lambda q: q.update(end=q["end"] + 1),
    "an end outside the article": lambda q: q.update(end=10**9),
    "a place outside the article": lambda q: q.update(start=10**9, end=10**9 + 5),
    "another mention": lambda q: q["speaker"]["mention"].update(text="Anders Roon"),
    "a mention elsewhere": lambda q: q["speaker"]["mention"].update(start=q["speaker"]["mention"]["start"] + 1),
    "another cue": lambda q: q["speaker"]["cue"].update(text="denied"),
    "another link": lambda q: q["speaker"]["via"][0].update(text="the Sun"),
    "another name": lambda q: q["speaker"].update(name="Anders Roon"),
    "an empty name": lambda q: q["speaker"].update(name=""),
}


@pytest.mark.parametrize("edit", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_receipt_edited_to_say_what_is_not_so_never_holds(
    edit: Callable[[dict[str, Any]], object], receipt: dict[str, Any], store: Store
) -> None:
    assert first(receipt, store, edit).outcome == "damaged receipt"


def test_a_damaged_receipt_is_told_what_the_article_has_there(receipt: dict[str, Any], store: Store) -> None:
    found = first(receipt, store, DAMAGED["another word"])
    assert "“We will not open the sluice before 4 May,”" in found.reason


@pytest.mark.parametrize("field", ["title", "publisher", "url", "published"])
def test_an_article_that_is_said_to_be_another_never_holds(field: str, receipt: dict[str, Any], store: Store) -> None:
    found = first(receipt, store, lambda q: q["article"].update({field: "other"}))
    assert found.outcome == "article changed"
    assert "'other' in the receipt" in found.reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_a_field_holds_a_quotation_that_holds_is_in_its_article(
    receipt: dict[str, Any], store: Store, data: st.DataObject
) -> None:
    edited = copy.deepcopy(receipt)
    place = data.draw(
        st.sampled_from(
            [edited["quotations"][0], edited["quotations"][0]["article"], edited["quotations"][0]["speaker"]]
        )
    )
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(JSON)
    try:
        found = checked(edited, store)
    except InputError:
        return
    quotation = edited["quotations"][0]
    assert not found[0].holds or TEXT[quotation["start"] : quotation["end"]] == quotation["quote"]


def test_what_a_receipt_holds_reaches_the_terminal_as_harmless_text(receipt: dict[str, Any], store: Store) -> None:
    found = first(receipt, store, lambda q: q["article"].update(id="\x1b[2J", title="\u202eevil"))
    assert found.outcome == "article gone"
    assert not {"\x1b", "\u202e"} & set(terminal([found]))


def test_a_recheck_as_plain_values_says_what_where_and_why(receipt: dict[str, Any], store: Store) -> None:
    told = checked(receipt, store)[1].to_dict()
    assert told == {
        "number": 2,
        "quote": OTHER.text,
        "article": OTHER.id,
        "title": "Ferry",
        "outcome": "holds",
        "reason": "The words stand in the article as recorded.",
        "found": [{"start": 0, "end": len(OTHER.text)}],
    }


def test_checking_a_receipt_loads_no_model_and_opens_no_connection(
    receipt: dict[str, Any], store: Store, tmp_path: Path
) -> None:
    (tmp_path / "r.json").write_text(json.dumps(receipt), encoding="utf-8")
    code = f"""
import sys
connections = []
sys.addaudithook(lambda event, arguments: connections.append(event) if event.startswith("socket.") else None)
from pathlib import Path
from rag.quoting import read_receipt, recheck
from rag.store import Store
with Store(Path({str(store.folder)!r})).reading() as snapshot:
    print([one.outcome for one in recheck(read_receipt({str(tmp_path / "r.json")!r}), snapshot)])
heavy = "torch faiss openvino transformers sentence_transformers tokenizers gradio scipy pandas httpx".split()
print([name for name in heavy if name in sys.modules], connections)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['holds', 'holds']\n[] []\n"
