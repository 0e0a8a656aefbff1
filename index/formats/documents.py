"""PDF and DOCX to the text on their pages; the libraries are an extra, loaded when such a file is read."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import BinaryIO

from index.formats.plain import read_text
from index.formats.streams import whole
from index.markup import markup_text, refuse_crowds
from index.records import Found, Skipped
from rag.errors import InputError, first_line

DOCUMENT_BYTES = 50_000_000
PDF_PAGES = 1000
DOCX_TAGS = 200_000  # mammoth needs about 0.1 ms for each
UNPACKED_BYTES = 100_000_000  # of a DOCX, which is a zip file

_EXTRA = "pip install 'onrecord[documents]'"
_SENTENCE_END = re.compile(r"[.!?…:。！？]['\"”’»)\]]*$")
_HEAD_CHARACTERS = 200  # a longer line is no running head
_WHOLE_NUMBER = re.compile(r"(?<![\d.,])\d{1,6}(?!\d|[.,]\d)")
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
            if size > UNPACKED_BYTES:
                raise InputError(
                    f"the DOCX has {size:,} bytes unpacked, the limit is {UNPACKED_BYTES:,}: save its text as .txt"
                )
            refuse_crowds(b"".join(_markup_parts(archive)), DOCX_TAGS)
        page = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        ).value
    except InputError:
        raise
    except Exception as error:  # XML and zip errors of several libraries, and KeyError for missing parts
        raise InputError(f"the DOCX is damaged ({type(error).__name__}: {first_line(error)}): save it again") from error
    return (yield from read_text(markup_text(page), name))


def _markup_parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """The parts of a DOCX that are XML, whatever they are called; those in UTF-16 without its zero bytes."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            if b"<" in (head := part.read(10)):
                yield (head + part.read()).replace(b"\0", b"")


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the first and last lines that most of them share, but for a number that rises with the pages."""
    edges: Counter[str] = Counter()
    for at, page in enumerate(pages):
        edges.update(set(chain.from_iterable(_forms(line, at) for line in (*page[:1], *page[-1:]))))
    running = {form for form, times in edges.items() if times >= 3 and times > len(pages) / 2}
    return [
        [line for n, line in enumerate(page) if n not in (0, len(page) - 1) or running.isdisjoint(_forms(line, at))]
        for at, page in enumerate(pages)
    ]


def _forms(line: str, page: int) -> Iterator[str]:
    """A line as it is, and with each of its numbers as its distance from that of the page: one of them may be this."""
    yield line
    if len(line) <= _HEAD_CHARACTERS:
        for number in _WHOLE_NUMBER.finditer(line):
            yield f"{line[: number.start()]}#{int(number[0]) - page}#{line[number.end() :]}"


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
