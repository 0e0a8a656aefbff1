"""What an answer looks like, for the terminal and the page; everything from articles and questions is hostile text."""

from __future__ import annotations

import re

from rag.datatypes import Answer

# Escape sequences in an article must not reach the terminal: it would obey them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def terminal(answer: Answer) -> str:
    """The answer with its sources, or why there is none with the nearest passages, as plain text."""
    if answer.answered:
        lines = [answer.text, "", "Sources"]
        for citation in answer.citations:
            article = citation.span.article
            facts = [article.title, article.publisher, str(article.published or "undated"), article.url]
            place = f"characters {citation.span.start}-{citation.span.end} of article {article.id}"
            lines.append(f"[{citation.number}] {', '.join(fact for fact in facts if fact)} ({place})")
    else:
        lines = [f"Not answered. {answer.reason}"]
        if answer.passages:
            lines += ["", "The nearest passages:"]
        for passage in answer.passages[:3]:
            article = passage.span.article
            lines.append(
                f"- {article.publisher or 'Publisher unknown'}, {article.published or 'undated'}, {article.title}:"
            )
            lines.append(f"  {_shortened(passage.span.text)}")
    return plain("\n".join(lines))


def plain(text: str) -> str:
    """Text that a terminal shows and does not obey: control characters and direction overrides become U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def _shortened(text: str, room: int = 300) -> str:
    text = " ".join(text.split())
    return text if len(text) <= room else text[:room].rsplit(" ", 1)[0] + " …"
