"""Whether a claim is one plain statement of facts: no markup, question or order, and nothing of its writer or reader.
English only."""

from __future__ import annotations

import re

from rag.text import ABBREVIATIONS, INVISIBLE, sentence_offsets

LONGEST = 400  # characters of a claim
_MARKUP = re.compile(
    rf"[{INVISIBLE}\n\r\t]|[<>`{{}}|\\*_~^#@]|\[[^\]]*\]|\]\(|https?:|www\.|&\w+;|&#|\w\.(?:com|org|net|example)\b"
)
_ADDRESSED = re.compile(r"\b(?:i|me|my|mine|we|us|our|ours|you|your|yours|i['’]m|we['’]re|let['’]?s)\b", re.IGNORECASE)
_IN_MARKS = re.compile(r"[“\"][^“”\"]*[”\"]")
_TELLS = re.compile(r"^(?:Please|Note that|Do not|Don[’']t|Read|See|Click|Ignore|Remember|Consider|Answer)\b")
_SHORTENED = re.compile(rf"\b(?:{ABBREVIATIONS})\.")


def no_statement(claim: str) -> str | None:
    """Why ``claim`` is no plain statement; None where it is."""
    if not claim.strip():
        return "The claim is empty."
    if len(claim) > LONGEST:
        return f"The claim is longer than {LONGEST} characters."
    if found := _MARKUP.search(claim):
        return f"The claim holds {found.group()!r}, which is no plain prose."
    if len(sentence_offsets(_SHORTENED.sub("x", claim))) != 1:
        return "The claim is more than one sentence."
    if "?" in claim or "!" in claim:
        return "The claim is no statement."
    if _TELLS.search(claim):
        return "The claim tells the reader to do something."
    if found := _ADDRESSED.search(_IN_MARKS.sub(" ", re.sub(r"\bUS\b", "U.S.", claim))):
        return f"“{found.group()}” stands outside quotation marks: a claim says nothing of its writer or reader."
    return None
