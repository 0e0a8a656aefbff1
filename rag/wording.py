"""How an answer writes a quotation: whose, from where, of which day, then the words."""

from __future__ import annotations

from rag.datatypes import Said


def attributed(said: Said, lead: str = "") -> str:
    """Publisher, title and day, then the quotation; its speaker as well, where the quoted words do not name them."""
    article = said.span.article
    day = f"{article.published.day} {article.published:%B %Y}" if article.published else "undated"
    lines = "\n".join(f"> {line}" for line in said.span.text.splitlines() if line.strip())
    return f"{lead}{article.publisher or 'Publisher unknown'}, “{article.title}”, {day}{_speaker(said)}:\n{lines}"


def _speaker(said: Said) -> str:
    speaker, span = said.speaker, said.span
    if speaker is None or (span.start <= speaker.mention.start and speaker.mention.end <= span.end):
        return ""
    who = speaker.name or speaker.mention.text
    return f", quoting {who}" if said.voice == "direct" else f", reporting what {who} said"
