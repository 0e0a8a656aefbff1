"""Signs that a text is not its whole article: its supplier's mark of a cut, or a last line that sells the rest."""

from __future__ import annotations

import re

_COUNTED = re.compile(r"\s*\[\+?\s?(\d[\d,. ]*)\s*(?:more\s+)?(?:chars?|characters|words)\]\s*$", re.IGNORECASE)
# An ellipsis on which nothing follows but a link ("Continue reading →"); after a closing mark it is somebody's own.
_BROKEN_OFF = re.compile(r"(?:…|\.{3}|\[\s*(?:…|\.{3})\s*\])(?:[ \t]*[^\s.!?…][^.!?…\n]{0,80})?\s*$")
_CLOSED = re.compile(r"(?:…|\.{3})\s*[\"'”’»›」』)]")
_TAIL = 300  # characters at the end, where such signs stand
_WHO = r"\b(?:subscrib(?:e|ers?|ing)|subscription|sign\s+(?:in|up)|log\s?in|register(?:ed)?|members?(?:hip)?)\b"
_REST = (
    r"\b(?:(?:continue|keep)\s+reading|(?:read(?:ing)?|access|unlock|see)\s+(?:the\s+|this\s+)?"
    r"(?:full|rest|whole|entire|this|article|story|all\s+of)\b|read(?:ing)?\s+on\b|to\s+continue[.!]?$)"
)
_TEXT = r"\b(?:article|story|content|page|post|report)"
_OFFER = re.compile(
    rf"{_WHO}[^\n]{{0,60}}{_REST}|{_REST}[^\n]{{0,60}}{_WHO}|\bsubscribers[\s-]only\b"
    # A club may be for members only too.
    rf"|^\W*(?:for\s+)?members[\s-]only\b\W*$|{_TEXT}\b[^\n]{{0,40}}\bmembers[\s-]only\b|\bmembers[\s-]only\s+{_TEXT}\b"
    r"|\b(?:only|exclusive|exclusively|reserved)\b[^.\n]{0,20}\bsubscribers\b",
    re.IGNORECASE | re.MULTILINE,
)


def without_cut(text: str) -> tuple[str, str | None]:
    """``text`` without its supplier's count of what was cut, and why it is incomplete; None where nothing says so.

    >>> without_cut("The pier broke in the ni… [+1873 chars]")
    ('The pier broke in the ni…', "its supplier cut 1873 characters ('[+1873 chars]')")
    """
    end = text[-_TAIL:]
    if counted := _COUNTED.search(end):
        unit = "words" if "word" in counted[0] else "characters"
        kept = text[: len(text) - len(end) + counted.start()].rstrip()
        return kept, f"its supplier cut {counted[1].strip()} {unit} ({counted[0].strip()!r})"
    if (broken := _BROKEN_OFF.search(end)) and not _CLOSED.match(broken[0]):
        return text, f"it ends in {broken[0].strip()!r}, as a text that was cut does"
    if offer := _OFFER.search("\n".join(end.splitlines()[-2:])):
        return text, f"its end offers the rest for sale ({' '.join(offer[0].split())!r})"
    return text, None
