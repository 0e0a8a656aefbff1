"""Models by name, with tiny ones of random weights made here: each part does with them what it would with good ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.build import build_articles
from rag.api import Rag
from rag.errors import IndexMismatch, InputError
from rag.models.embedder import load_embedder
from rag.reading.model_reader import ModelReader, best_span
from rag.records import Article, Passage, Span
from rag.search.rerank import CrossEncoderReranker

TEXT = "The ferry Ostra left Norhaven at nine. Captain Ames Roe was on the bridge. It came back at noon. " * 4
ARTICLES = [
    Article.of(f"Ferry {n}", f"{n} crowns is the fare. {TEXT}", url=f"https://wire.example/{n}") for n in range(6)
]
PASSAGES = [Passage(Span(article, 0, len(article.text)), 1 - n / 10) for n, article in enumerate(ARTICLES)]
QUESTION = "Who was on the bridge of the Ostra?"


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tokenizer and the configuration of a BERT of one small layer."""
    from transformers import BertConfig, BertTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    letters = [chr(c) for c in range(33, 127)]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    tokenizer = BertTokenizerFast(vocab={word: n for n, word in enumerate(vocabulary)}, model_max_length=128)
    tokenizer.save_pretrained(folder)
    BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=128,
    ).save_pretrained(folder)  # fmt: skip
    return folder


def saved(bert: Path, folder: Path, kind: str, **changes: int) -> Path:
    """A model of ``kind`` with random weights, and its tokenizer."""
    import torch
    import transformers

    torch.manual_seed(1)
    config = transformers.BertConfig.from_pretrained(bert, **changes)
    getattr(transformers, kind)(config).save_pretrained(folder)
    transformers.AutoTokenizer.from_pretrained(bert).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def reader(bert: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelReader:
    folder = saved(bert, tmp_path_factory.mktemp("reader"), "BertForQuestionAnswering")
    return ModelReader(str(folder), threshold=0.0)


def test_a_reranker_orders_by_its_relevance_times_the_score_before(bert: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = str(saved(bert, tmp_path, "BertForSequenceClassification", num_labels=1))
    logits = CrossEncoder(folder).predict(
        [(QUESTION, f"{p.span.article.title}\n{p.span.text}") for p in PASSAGES], convert_to_numpy=True
    )
    relevance = logits if ((logits >= 0) & (logits <= 1)).all() else 1 / (1 + np.exp(-logits))
    expected = sorted((float(r) * p.score for r, p in zip(relevance, PASSAGES, strict=True)), reverse=True)
    found = CrossEncoderReranker(folder)(QUESTION, PASSAGES)
    assert [passage.score for passage in found] == pytest.approx(expected, rel=1e-4)
    assert {passage.span for passage in found} == {passage.span for passage in PASSAGES}


def test_a_reranker_with_two_outputs_is_refused(bert: Path, tmp_path: Path) -> None:
    folder = saved(bert, tmp_path, "BertForSequenceClassification", num_labels=2)
    with pytest.raises(InputError, match="2 outputs"):
        CrossEncoderReranker(str(folder))(QUESTION, PASSAGES)


def test_a_reader_quotes_the_whole_sentence_of_its_best_span(reader: ModelReader) -> None:
    best = max((found for p in PASSAGES for found in reader.spans(QUESTION, p)), key=lambda one: one[0])[1]
    draft = reader(QUESTION, PASSAGES)
    (claim,) = draft.claims
    (quote,) = claim.quotes
    assert draft.short == best and best.text in quote.text
    assert quote.text in best.article.text and quote.text.strip()[-1] == "."


def test_a_long_passage_is_read_in_windows_to_its_end(reader: ModelReader) -> None:
    spans = [span for _, span in reader.spans(QUESTION, PASSAGES[0])]
    assert len(spans) > 2
    assert all(0 <= span.start < span.end <= len(ARTICLES[0].text) for span in spans)


def test_a_reader_that_is_not_sure_abstains(reader: ModelReader) -> None:
    draft = ModelReader(reader.name, threshold=1.1)(QUESTION, PASSAGES)
    assert draft.claims == () and draft.reason and 0 < draft.confidence < 1


def test_the_best_span_is_that_of_trying_all() -> None:
    random = np.random.default_rng(0)
    for _ in range(50):
        first, last = random.normal(size=(2, 60)).astype(np.float32)
        usable = random.random(60) > 0.3
        tried = {
            (i, j): first[i] + last[j] for i in range(60) for j in range(i, min(60, i + 30)) if usable[i] and usable[j]
        }
        assert best_span(first, last, usable) == max(tried, key=lambda pair: tried[pair])
    assert best_span(first, last, np.zeros(60, np.bool_)) is None


def test_another_embedder_makes_an_index_that_remembers_it(bert: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    plain = saved(bert, tmp_path / "bert", "BertModel")
    modules = [Transformer(str(plain)), Pooling(16)]
    SentenceTransformer(modules=modules).save(str(tmp_path / "tiny"))
    tiny = load_embedder(str(tmp_path / "tiny"))
    assert tiny.dimension == 16 and tiny.limit == 126
    build_articles("test", ARTICLES, tmp_path / "index", tiny, lambda report: None)
    found = Rag.load(tmp_path / "index").passages(QUESTION)
    assert found and len(found) <= 10
    with pytest.raises(IndexMismatch):
        Rag.load(tmp_path / "index", embedder=load_embedder())


def test_named_models_answer_through_the_whole_line_and_are_verified(
    bert: Path, reader: ModelReader, tmp_path: Path
) -> None:
    folder = saved(bert, tmp_path / "reranker", "BertForSequenceClassification", num_labels=1)
    build_articles("test", ARTICLES, tmp_path / "index", load_embedder(), lambda report: None)
    rag = Rag.load(tmp_path / "index", generator=reader, reranker=CrossEncoderReranker(str(folder)))
    answer = rag.ask(QUESTION, k=3)
    assert len(answer.passages) == 3
    assert answer.citations and answer.short and answer.short.text in answer.citations[0].quote


@pytest.mark.parametrize("made", [CrossEncoderReranker, ModelReader])
def test_a_model_that_cannot_be_loaded_is_named(made: type, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing-here"):
        made(str(tmp_path / "nothing-here"))(QUESTION, PASSAGES)
