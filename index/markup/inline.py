"""Text-level HTML to the words that a reader sees, before anything judges the page: one rule for each meaning.

What is struck out is not said. A quotation keeps its marks. A raised or lowered number does not join the number before
it. The mark of a footnote is no part of its sentence. Every other element within a sentence is its words.
"""

from __future__ import annotations

import re
from typing import Any

BLOCKS = frozenset(
    "address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
# What has no words of its own on the page, or shows others.
SILENT = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "head", "button", "select",
    "textarea", "datalist", "audio", "video", "canvas",
)  # fmt: skip
_UNSAID = ("del", "s", "strike", "rp", "rt", "rtc", "annotation")  # struck out, or how the words beside are pronounced
_KEPT = frozenset(("html", "body", "a", "img", "input", "link", "meta", *SILENT))  # neither blocks nor words
_SENTENCES = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote dd dt td th figcaption caption summary legend".split())

_HIGH = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SIGNS = re.compile(r"[0-9+\-−=()n]*[0-9][0-9+\-−=()n]*|n")
_NOTE = re.compile(r"[\[(]\s*(?:\w{1,3}|note \d+)\s*[\])]|[*†‡§¶#]+")  # what stands for a note wherever it is raised
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,–-]\s*\d{1,3})*")
_NOTE_TARGET = re.compile(r"#.*(?:fn|ftn|note|cite|ref)", re.IGNORECASE)
_AFTER_WORD = re.compile(r"[^\W\d_]{3}[.,;:!?…'\"’”»)\]]*$|[.,;:!?…'\"’”»)\]]$")  # units and variables are shorter
# Before two raised digits: "1,99", but no year, behind which they are a note.
_PRICE = re.compile(r"(?<!\d)(?!(?:1[5-9]|20)\d\d[.,]$)\d+[.,]$")
# Before a raised 2 or 3: a unit of length that is written out, of which they make an area or a volume.
_LENGTH = re.compile(r"\d\s*(?:\w*m[eèé]t(?:re|er|ro|ri)s?|feet|foot|inch(?:es)?|miles?|yards?)$", re.IGNORECASE)
_WORDS = "words"  # the tag of an element that is its words, until it goes
_BEFORE = 40  # characters that decide what a raised number is
_STEPS = 12  # elements without words that are passed on the way to these
_OPENING = "“‘\"'«„‹「『"


def settle_inline(tree: Any) -> None:
    """Rewrite a parsed tree in place, so that the text of each block is what its reader sees there."""
    from lxml import etree

    for element in list(tree.iter("*")):
        if element.getparent() is None or not isinstance(element.tag, str):
            continue
        style = element.get("style", "").lower()
        if element.tag in _UNSAID or _declares(style, "text-decoration", "line-through") or _refers_to_note(element):
            _unsay(element)
        elif element.tag == "q":
            _mark_quotation(element)
        elif element.tag == "sup" or _declares(style, "vertical-align", "super"):
            _raise(element)
        elif element.tag == "sub" or _declares(style, "vertical-align", "sub"):
            _write(element, _lowered(_text(element), _before(element)))
        elif element.tag in ("msup", "msub", "mfrac"):
            _settle_formula(element)
    prose = {parent for parent in tree.iter("*") if _holds_sentence(parent)}
    for element in [element for element in tree.iter("*") if element.getparent() in prose and _is_words(element)]:
        element.tag = _WORDS
    etree.strip_tags(tree, _WORDS)  # to drop one tag at a time would take a time quadratic in them


def settle_blocks(tree: Any) -> None:
    """Make every stretch of loose words beside paragraphs a paragraph, as a browser shows it.

    A block that opens within a paragraph ends it, so what follows the block stands loose: "<p>a<center>b</center>c".
    """
    for element in list(tree.iter("center", "div", "section")):
        within = element.tag == "center" or (element.tail or "").strip()  # words of the same sentence go on behind it
        if within and not any(child.tag in BLOCKS for child in element):
            element.tag = "p"
    for paragraph in list(tree.iter("p")):
        if any(child.tag in BLOCKS and child.tag != "br" for child in paragraph):
            paragraph.tag = "div"
            _wrap_loose(paragraph)
    for container in list(tree.iter("div", "article", "section", "main", "body", "td", "blockquote", "center")):
        if any(child.tag == "p" and _text(child) for child in container):
            _wrap_loose(container)


def _wrap_loose(container: Any) -> None:
    """Put each run of text and inline elements between the blocks of ``container`` into a paragraph."""
    children = list(container)
    text, container.text = container.text, None
    paragraph = container.makeelement("p")
    paragraph.text = text
    for child in [*children, None]:
        if child is not None and (child.tag not in BLOCKS or child.tag == "br"):
            paragraph.append(child)  # with its tail
            continue
        if _text(paragraph) or len(paragraph):
            container.append(paragraph)
        if child is not None:
            tail, child.tail = child.tail, None
            container.append(child)
            paragraph = container.makeelement("p")
            paragraph.text = tail


def _holds_sentence(parent: Any) -> bool:
    """Whether the words of ``parent`` are one text with those of its inline children: these are not all it has."""
    loose = [parent.text, *(child.tail for child in parent)]
    if any(text and not text.isspace() for text in loose):
        return True
    return parent.tag in _SENTENCES and sum(_has_words(child) for child in parent) > 1


def _is_words(element: Any) -> bool:
    """Whether an element within a sentence is its words: inline, and with words on both sides where it is a button."""
    if element.tag == "button":
        return bool(_before(element).strip() and (element.tail or "").strip())
    return element.tag not in BLOCKS and element.tag not in _KEPT


def _has_words(element: Any) -> bool:
    return any(not text.isspace() for text in element.itertext())


def _refers_to_note(element: Any) -> bool:
    """Whether an element is the mark of a footnote: a link within the page with a number or sign, raised or not."""
    if element.tag not in ("a", "sup"):
        return False
    if element.get("role") == "doc-noteref":
        return True
    link = element if element.tag == "a" else next(iter(element.iter("a")), None)
    text = _text(element)
    target = "" if link is None else link.get("href", "")
    leads_there = "#" in target if element.tag == "sup" else _NOTE_TARGET.match(target)
    return bool(leads_there and (_NOTE.fullmatch(text) or _NUMBERS.fullmatch(text) or re.fullmatch("[a-z]", text)))


def _declares(style: str, name: str, value: str) -> bool:
    """Whether a style has ``value`` among the words of a property whose name begins with ``name``."""
    return value in style and any(
        key.strip().startswith(name) and value in re.findall(r"[\w-]+", words)
        for key, _, words in (declaration.partition(":") for declaration in style.split(";"))
    )


def _unsay(element: Any) -> None:
    """Leave nothing of an element but what follows it."""
    element.clear(keep_tail=True)
    element.tag = _WORDS


def _raise(element: Any) -> None:
    text, before = _text(element), _before(element)
    if _is_numerator(element, before):
        _write(element, f" {text}" if before[-1:].isdigit() else text)
    elif _NOTE.fullmatch(text) or _is_note_number(element, text, before):
        _unsay(element)
    elif _SIGNS.fullmatch(text) and not _PRICE.search(before):
        _write(element, text.translate(_HIGH))
    elif before[-1:].isdigit() and re.search(r"\d", text):
        _write(element, f"^{text}")
    else:
        _write(element, text)


def _is_numerator(element: Any, before: str) -> bool:
    """Whether a raised number is the upper one of a fraction; behind a number it may be a power, as in 10⁶/ml."""
    if not (element.tail or "").strip().startswith(("/", "⁄")):
        return False
    below = element.getnext()
    whole_below = below is not None and below.tag == "sub" and len(element.tail.strip()) == 1
    return whole_below if before[-1:].isdigit() else not before[-1:].isalpha()


def _is_note_number(element: Any, text: str, before: str) -> bool:
    """Whether a raised number stands for a note: behind a word or a mark, and no cents, power or isotope."""
    if not (_NUMBERS.fullmatch(text) and _AFTER_WORD.search(before.rstrip())):
        return False
    cents = len(text) == 2 and _PRICE.search(before)
    power = text in ("2", "3") and _LENGTH.search(before)
    isotope = before[-1:].isspace() and (element.tail or "")[:1].isalpha()
    return not (cents or power or isotope)


def _lowered(text: str, before: str) -> str:
    """A lowered number joins a letter, as in CO2, but not a number."""
    return text.translate(_LOW) if before[-1:].isdigit() else text


def _settle_formula(element: Any) -> None:
    base, *others = [_text(child) for child in element]
    other = "".join(others)
    signs = _SIGNS.fullmatch(other)
    if element.tag == "mfrac":
        _write(element, f"{base}/{other}")
    elif element.tag == "msup":
        _write(element, base + (other.translate(_HIGH) if signs else f"^{other}"))
    else:
        _write(element, base + _lowered(other, base))


def _mark_quotation(element: Any) -> None:
    """Put marks around a <q>, single ones within another; none where the author wrote them too."""
    text, before = _text(element), _before(element)
    if not text or text[0] in _OPENING or before[-1:] in tuple(_OPENING):
        return
    opening, closing = "‘’" if any(True for _ in element.iterancestors("q")) else "“”"
    element.text = opening + (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + closing
    else:
        element.text = element.text.rstrip() + closing


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _before(element: Any) -> str:
    """The last characters before an element, within the same block."""
    for _ in range(_STEPS):
        previous, parent = element.getprevious(), element.getparent()
        text = (previous.tail if previous is not None else parent.text) or ""
        if text:
            return text[-_BEFORE:]
        if previous is not None:
            if previous.tag in BLOCKS or (words := "".join(previous.itertext())):
                return "" if previous.tag in BLOCKS else words[-_BEFORE:]
        elif parent.tag in BLOCKS or parent.getparent() is None:
            return ""
        element = parent if previous is None else previous
    return ""


def _write(element: Any, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
