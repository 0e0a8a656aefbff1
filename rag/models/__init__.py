"""Weights to numbers: the embedder, its eight-bit runtime, weights that come in packages."""

from rag.models.bert import Graph, Weights, compiled
from rag.models.embedder import DEFAULT_EMBEDDER, Embedder, Embeddings, SentenceTransformerEmbedder, load_embedder
from rag.models.packaged import folder, parameters, tokenizer

__all__ = [
    "DEFAULT_EMBEDDER",
    "Embedder",
    "Embeddings",
    "Graph",
    "SentenceTransformerEmbedder",
    "Weights",
    "compiled",
    "folder",
    "load_embedder",
    "parameters",
    "tokenizer",
]
