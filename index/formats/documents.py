"""PDF and DOCX to the text on their pages; the libraries are an extra, loaded when such a file is read."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from index.formats.plain import read_text
from index.formats.streams import whole
from index.markup import markup_text
from index.records import Found, Skipped
from rag.errors import InputError, first_line

DOCUMENT_BYTES = 50_000_000
PDF_PAGES = 1000
UNPACKED_BYTES = 100_000_000  # of a DOCX, which is a zip file

_EXTRA = "pip install 'onrecord[documents]'"
_SENTENCE_END = re.compile(r"[.!?…:。！？]['\"”’»)\]]*$")
_FULL_LINE = 0.8  # of a page's usual line: what is shorter ends its paragraph


def read_pdf(stream: BinaryIO, name: str) -> Found:
    """The article or articles of a PDF file, its lines put together to paragraphs, without running heads.

    A page that cannot be read is named. Raises InputError where it is locked, or holds pictures of text alone.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise InputError(f"reading PDF needs the package pypdf: {_EXTRA}") from error

    data = whole(stream, DOCUMENT_BYTES)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is locked with a password: save it without one")
        count = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise InputError(
            f"the PDF is damaged beyond reading ({first_line(error)}): save it again, or as text"
        ) from error
    if count > PDF_PAGES:
        raise InputError(f"the PDF has {count:,} pages, the limit is {PDF_PAGES:,}: split it")
    pages: list[list[str]] = []
    for number in range(count):
        try:
            text = reader.pages[number].extract_text()
        except Exception as error:  # a library that follows anybody's pointers: one bad page must not end the run
            yield Skipped(name, f"page {number + 1} cannot be read ({type(error).__name__}: {first_line(error)})")
            continue
        pages.append([line.strip() for line in text.splitlines() if line.strip()])
    if not any(pages):
        raise InputError("no text was found in the PDF, such as where its pages are pictures: save their text as .txt")
    yield from read_text("\n".join(_paragraphs(_without_running_heads(pages))), name)
    return len(pages) < count


def read_docx(stream: BinaryIO, name: str) -> Found:
    """The article or articles of a DOCX file, with its tracked changes accepted; its notes stand at its end."""
    try:
        import mammoth
    except ImportError as error:
        raise InputError(f"reading DOCX needs the package mammoth: {_EXTRA}") from error

    data = whole(stream, DOCUMENT_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InputError(f"the DOCX is damaged ({error}): save it again, or as text") from error
    if size > UNPACKED_BYTES:
        raise InputError(
            f"the DOCX has {size:,} bytes unpacked, the limit is {UNPACKED_BYTES:,}: save its text as .txt"
        )
    try:
        page = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        ).value
    except Exception as error:  # XML and zip errors of several libraries, and KeyError for missing parts
        raise InputError(f"the DOCX is damaged ({type(error).__name__}: {first_line(error)}): save it again") from error
    return (yield from read_text(markup_text(page), name))


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the first and last lines that most of them share, whatever number stands in them."""
    edges = Counter(edge for page in pages for edge in {_edge(line) for line in (*page[:1], *page[-1:])})
    running = {edge for edge, times in edges.items() if times >= 3 and times > len(pages) / 2}
    return [
        [line for at, line in enumerate(page) if not (at in (0, len(page) - 1) and _edge(line) in running)]
        for page in pages
    ]


def _edge(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """The lines of all pages put together: a line goes on in the next one unless it ends short, or with its sentence.

    A word that is broken at the end of its line stays so, for only a reader knows whether its hyphen is its own.
    """
    lines = [line for page in pages for line in page]
    lengths = sorted(map(len, lines))
    full = _FULL_LINE * lengths[len(lengths) * 9 // 10]
    paragraph = ""
    for line, following in pairwise([*lines, ""]):
        paragraph += line
        ended = len(line) < full and (bool(_SENTENCE_END.search(line)) or following[:1].isupper())
        if ended or not following:
            yield paragraph
            paragraph = ""
        else:
            paragraph += "\n" if line.endswith(("-", "\u00ad")) else " "
