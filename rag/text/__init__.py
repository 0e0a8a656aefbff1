"""Any text, without its meaning: sentences, quotation marks, typography, terms, tokens."""

from rag.text.abbreviations import ABBREVIATIONS, TITLES
from rag.text.language import is_certainly_foreign, is_foreign
from rag.text.lead import opening
from rag.text.printable import displayable, printable
from rag.text.quotations import quotations, singly_quoted
from rag.text.scripts import MARKS, UNSPACED, in_one_word, is_mark, is_unspaced
from rag.text.sentences import around, sentence_offsets, sentences
from rag.text.terms import NUMBER_WORDS, STOP_WORDS, content_words, query_terms, terms, words
from rag.text.tokens import count_tokens, estimated
from rag.text.typography import DASHES, DOUBLE_MARKS, ELLIPSIS, INVISIBLE, SINGLE_MARKS, Plain, plain, plain_article
from rag.text.wording import (
    counted,
    day_of,
    day_words,
    heading,
    moment_words,
    one_line,
    publisher_of,
    shortened,
    sourced,
    span_words,
)

__all__ = [
    "ABBREVIATIONS",
    "DASHES",
    "DOUBLE_MARKS",
    "ELLIPSIS",
    "INVISIBLE",
    "MARKS",
    "NUMBER_WORDS",
    "SINGLE_MARKS",
    "STOP_WORDS",
    "TITLES",
    "UNSPACED",
    "Plain",
    "around",
    "content_words",
    "count_tokens",
    "counted",
    "day_of",
    "day_words",
    "displayable",
    "estimated",
    "heading",
    "in_one_word",
    "is_certainly_foreign",
    "is_foreign",
    "is_mark",
    "is_unspaced",
    "moment_words",
    "one_line",
    "opening",
    "plain",
    "plain_article",
    "printable",
    "publisher_of",
    "query_terms",
    "quotations",
    "sentence_offsets",
    "sentences",
    "shortened",
    "singly_quoted",
    "sourced",
    "span_words",
    "terms",
    "words",
]
