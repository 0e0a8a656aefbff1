"""What a line may be by its shape alone: a date, the start of a news text, a headline, a paragraph."""

from __future__ import annotations

import re

from index.pages.furniture import SENTENCE_END, SOURCE_LINE, is_furniture

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_NO_HEADLINE_END = re.compile(r"[.:;,。：；，、]['\"”’»)\]*]*$")
_ABBREVIATED_END = re.compile(r"(?:\.\.\.|\b(?:[A-Z]\.)+|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|a\.m|p\.m)\.)['\"”’)]*$")
TWO_SENTENCES = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Ltd|Inc))(?<!\.[A-Z])(?<!\bvs)(?<!\bv)"
    r"([.!]['\"”’)]*)\s+['\"“‘(]*[A-Z]"
)
_ITEM = re.compile(r"[-*•·◦▪►●■♦█–—>|+#]|\(?\d{1,3}[.):]\s|\(\(|[A-Za-z][.)]\s|https?:|www\.")
_LINK = re.compile(
    r"[^:]{0,40}:\S|(?:read|see|watch|more|related|also|must|stor(?:y|ies)|videos?|photos?|graphic|gallery|opinion"
    r"|fact check|contributing|live updates|exclusive|previously|analysis|column|q|a|contact|follow|get|sign"
    r"|subscribe|click|listen|download)\b[^:]{0,25}:",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"getty|\bphotos?\b|\bAFP\b|/(?:AP|Reuters|CNN)|image:|courtesy|@|\bEPA\b|\b(?:AP|Reuters)$", re.I)
# In the headline of a page that tells of many things.
ROUNDUP = re.compile(
    r"\b(?:\d+ things|briefing|recaps?|round-?up|updates|live(?: update| blog|:)|update:|letters|short list"
    r"|things to do|odd news|what to know|need to know|you missed|headlines|biggest news|briefs?|top stor(?:y|ies)"
    r"|news from)\b",
    re.IGNORECASE,
)
# In the first paragraph of a news text: a day of the week, a place or an agency before a dash.
NEWS_LEAD = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|^[A-Z][A-Z .,]{2,40}(?:\([A-Za-z/]{2,20}\))?\s*[—–-]"
    r"|\([A-Z][A-Za-z/]{1,20}\)\s*[—–-]|\byesterday\b"
)


def is_headline(text: str) -> bool:
    """Whether a line could be a headline: of its length, and no sentence, item, link, credit or furniture."""
    return (
        15 <= len(text) <= 200
        and 3 <= len(text.split()) <= 32
        and (text[0].isupper() or text[0].isdigit() or text[0] in "'\"“‘«„")
        and not ends_like_text(text)
        and not any(shape.match(text) for shape in (_ITEM, _LINK, SOURCE_LINE, DATE))
        and not any(shape.search(text) for shape in (_CREDIT, TWO_SENTENCES))
        and not is_furniture(text)
    )


def is_paragraph(text: str) -> bool:
    """Whether a line is long enough for a paragraph of text: a short one only where it ends as a sentence does."""
    return len(text) >= 200 or (len(text) >= 80 and bool(SENTENCE_END.search(text)))


def ends_like_text(text: str) -> bool:
    """Whether a line ends in a mark that no headline ends in; the dot of an abbreviation is none.

    >>> ends_like_text("It rose."), ends_like_text("Tide rises in the U.S."), ends_like_text("Will it fall?")
    (True, False, False)
    """
    return bool(_NO_HEADLINE_END.search(text)) and not _ABBREVIATED_END.search(text)
