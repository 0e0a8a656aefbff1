"""What stands on a saved page beside its articles: source lines, and footers of blogs and news sites.

Furniture is recognised by whole lines, and only at the end of an article: a sentence of the text is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FOOTER_LENGTH = 1500  # characters; what is longer than this is text, whatever stands above it

SOURCE_LINE = re.compile(
    r"[*_(\[]{0,3}(?:(?:news\s+)?source|publisher|(?:originally\s+|first\s+)?published\s+by)[*_]{0,3}"
    r"(?:\s*[:：][*_]{0,3}\s*|(?<=by)\s+)(\S.{0,60}?)[*_)\]]{0,3}",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]*]*$")

# A list heading or the head of a comments section takes what stands below it
# along; a plain furniture line takes nothing but scraps ("Home", "Twitter").
LIST_HEADING = re.compile(
    r"(?:related|recommended|more|other|similar|latest|popular|trending)\s+(?:articles?|stor(?:y|ies)|posts?|news"
    r"|content|topics?|coverage|links?|reading)(?:\s+(?:from|on|by)\b.{0,40})?:?"
    r"|(?:read|see)\s+(?:more|also|next):?|also\s+read:?|see\s+also:?|you\s+(?:may|might)\s+(?:also|like)\b.{0,40}"
    r"|most\s+(?:read|popular|viewed):?|trending(?:\s+now)?:?|share\s+(?:this|on|via)\b.{0,40}|what\s+to\s+read\s+next",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:(?:no|\d+)\s+comments?|comments?(?:\s+\(\d+\))?|(?:post|leave|add)\s+a\s+(?:comment|reply)"
    r"|(?:join|start)\s+the\s+(?:conversation|discussion))\s*[:.]?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"thank(?:s|\s+you)\s+for\s+(?:commenting|reading|visiting|sharing|subscribing)\b.*"
    r"|(?:please\s+)?(?:share|like|tweet|print|e-?mail)\s+(?:this|us|it)\b.{0,80}|(?:follow|like|find|join)\s+us\b.{0,80}"
    r"|(?:subscribe|sign\s+up)(?:\s+(?:now|today|here))?[.!]?"
    r"|(?:please\s+)?(?:subscribe|sign\s+up)\s+(?:to|for|here)\b.{0,100}"
    r"|(?:get|download)\s+(?:our|the)\s+(?:free\s+)?(?:app|newsletter)\b.{0,80}"
    r"|(?:also\s+read|read\s+(?:more|also|next)|see\s+also|related|tags?|labels?|filed\s+under|categor(?:y|ies))\s*:.*"
    r"|(?:copyright|©|\(c\)).*|.{0,120}\ball\s+rights\s+reserved\b.{0,60}|posted\s+(?:by|in|at)\b.{0,80}"
    r"|(?:newer|older)\s+posts?|view\s+(?:web|mobile)\s+version|powered\s+by\b.{0,40}|blogthis!.*"
    r"|(?:terms\s+of\s+(?:use|service)|privacy\s+policy|cookie\s+(?:policy|settings))\b.{0,80}"
    r"|back\s+to\s+top|advertisement|click\s+here\s+to\s+(?:subscribe|share|sign|comment)\b.{0,80}",
    re.IGNORECASE,
)


def source_named(text: str) -> str | None:
    """The publisher that a source line such as "News Source: The Gull" names; None where it is no such line."""
    match = SOURCE_LINE.fullmatch(text) if len(text) <= 100 else None
    if not match or SENTENCE_END.search(match[1]):
        return None
    host = re.match(r"https?://(?:www\.)?([\w.-]+)", match[1])
    return host[1] if host else match[1]


def is_furniture(text: str) -> bool:
    """Whether the line ``text`` is furniture."""
    return len(text) <= 200 and any(shape.fullmatch(text) for shape in (LIST_HEADING, _COMMENTS, _FURNITURE))


def footer_start(lines: Sequence[str]) -> int:
    """How many ``lines`` of an article stand above its footer, which is read upwards; the first two always do."""
    footer, length = len(lines), 0
    for at in range(len(lines) - 1, 1, -1):
        length += len(lines[at])
        if length > _FOOTER_LENGTH:
            break
        if _heads_footer(lines[at], lines[at + 1 : footer]):
            footer = at
    return footer


def _heads_footer(text: str, under: Sequence[str]) -> bool:
    """Whether ``text`` is furniture that takes along the lines ``under`` it, which are not furniture themselves.

    The head of a comments section takes what readers wrote, a list heading takes lines that are no sentences, and any
    other furniture only scraps such as "Home" or "Twitter".
    """
    if len(text) > 200:
        return False
    if _COMMENTS.fullmatch(text):
        return True
    longest = 160 if LIST_HEADING.fullmatch(text) else 40 if _FURNITURE.fullmatch(text) else -1
    return longest > 0 and all(len(line) <= longest and not SENTENCE_END.search(line) for line in under)
