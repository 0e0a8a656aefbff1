"""Claimed words to verified words: the only door, the check of a quotation, receipts."""

from rag.quoting.check import ARTICLES, TEXT_LIMIT, Check, Checked, check, elsewhere, surrounding
from rag.quoting.cite import Citing, cite, unestablished, verify
from rag.quoting.closest import LONGEST, Closest, Piece
from rag.quoting.extent import sentence_of
from rag.quoting.places import count_words, exact_places
from rag.quoting.receipt import make_receipt, read_receipt
from rag.quoting.recheck import recheck, terminal

__all__ = [
    "ARTICLES",
    "LONGEST",
    "TEXT_LIMIT",
    "Check",
    "Checked",
    "Citing",
    "Closest",
    "Piece",
    "check",
    "cite",
    "count_words",
    "elsewhere",
    "exact_places",
    "make_receipt",
    "read_receipt",
    "recheck",
    "sentence_of",
    "surrounding",
    "terminal",
    "unestablished",
    "verify",
]
