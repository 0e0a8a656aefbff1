"""PDF, DOCX and WARC files, made here with their libraries' own writers where these have one."""

from __future__ import annotations

import builtins
import gzip
import io
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from index.formats.documents import read_docx, read_pdf
from index.formats.web_archives import read_warc
from index.records import Skipped
from rag.errors import InputError
from rag.records import Article

LINES = [
    "Norhaven buys back its lighthouse",
    "The harbour council of Norhaven voted nine to four on Tuesday to buy back the",
    "lighthouse that it sold eleven years ago. The price is 4.2 million crowns.",
    "“A light that somebody else can switch off is no light,” said Maud Ferrant, who",
    "heads the works committee.",
    "The keeper stays.",
]


def pdf(*pages: list[str]) -> bytes:
    """A PDF with these lines on its pages, in Windows-1252."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = b"".join(
            b"(%b) Tj T*\n" % line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines
        )
        content = b"BT /F1 11 Tf 50 780 Td 14 TL\n" + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        resources = b"<< /Font << /F1 3 0 R >> >>"
        objects.append(b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources %b >>" % (len(objects), resources))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d /MediaBox [0 0 595 842] >>" % (b" ".join(kids), len(kids))
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table) + trailer


def docx(body: str) -> bytes:
    """A DOCX whose document has this WordprocessingML in its body."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f"<Types xmlns='{types}'><Override PartName='/word/document.xml' ContentType='{main}'/></Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f"<Relationships xmlns='{relations}'><Relationship Id='r' Type='{office}' Target='word/document.xml'/>"
            "</Relationships>",
        )
        archive.writestr("word/document.xml", f"<w:document xmlns:w='{word}'><w:body>{body}</w:body></w:document>")
    return file.getvalue()


def paragraph(*runs: str) -> str:
    return (
        "<w:p>"
        + "".join(run if run.startswith("<") else f"<w:r><w:t xml:space='preserve'>{run}</w:t></w:r>" for run in runs)
        + "</w:p>"
    )


def only(found: Iterator[Article | Skipped]) -> Article:
    (article,) = found
    assert isinstance(article, Article)
    return article


def test_the_lines_of_a_pdf_are_put_together_to_paragraphs() -> None:
    found = only(read_pdf(io.BytesIO(pdf(LINES)), "a.pdf"))
    assert found.title == "Norhaven buys back its lighthouse"
    assert found.text == (
        "The harbour council of Norhaven voted nine to four on Tuesday to buy back the lighthouse that it sold eleven "
        "years ago. The price is 4.2 million crowns. “A light that somebody else can switch off is no light,” said "
        "Maud Ferrant, who heads the works committee.\nThe keeper stays."
    )


def test_a_sentence_over_two_pages_of_a_pdf_is_whole_without_their_running_heads() -> None:
    body = [LINES[n % 2 + 1].replace("eleven", f"{n} and eleven") for n in range(12)]
    pages = [
        ["Norhaven Wire, page 1", *LINES[:1], *body[:4]],
        ["Norhaven Wire, page 2", *body[4:8]],
        ["Norhaven Wire, page 3", *body[8:]],
    ]
    text = only(read_pdf(io.BytesIO(pdf(*pages)), "a.pdf")).text
    assert "Norhaven Wire" not in text
    assert "to buy back the lighthouse that it sold 5 and eleven years ago" in text


@pytest.mark.parametrize(
    "heads",
    [
        ["2021 1,204 88", "2022 1,300 90", "2023 1,420 97", "2024 1,509 12"],
        ["1,200", "1,201", "1,202", "1,203"],
        ["0.5", "1.5", "2.5", "3.5"],
        ["Boats 41, crowns 7", "Boats 17, crowns 9", "Boats 29, crowns 4", "Boats 30, crowns 1"],
    ],
)
def test_a_row_of_numbers_at_the_top_of_pages_is_no_running_head(heads: list[str]) -> None:
    pages = [[head, LINES[1], LINES[n % 2 + 1], LINES[5]] for n, head in enumerate(heads)]
    text = only(read_pdf(io.BytesIO(pdf(LINES, *pages)), "a.pdf")).text
    assert [head for head in heads if head not in text] == []


@pytest.mark.parametrize(
    "head", ["{}", "- {} -", "Norhaven Wire 2031, page {} of 4", "5 Sep 2031, 10:15 Pier {}/4", "Norhaven Wire"]
)
def test_a_running_head_may_have_one_number_that_rises_with_the_pages(head: str) -> None:
    pages = [[head.format(number), *(LINES[1:3] * 2), head.format(number + 40)] for number in range(7, 11)]
    text = only(read_pdf(io.BytesIO(pdf(*pages)), "a.pdf")).text
    assert [number for number in range(7, 51) if f"{head.format(number)}" in text.split("\n")] == []
    assert "Wire" not in text and "Pier" not in text


def test_a_pdf_without_words_is_named() -> None:
    with pytest.raises(InputError, match="no text was found in the PDF"):
        list(read_pdf(io.BytesIO(pdf([])), "a.pdf"))


def test_a_locked_pdf_is_named() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(LINES))))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(InputError, match="locked with a password"):
        list(read_pdf(io.BytesIO(file.getvalue()), "a.pdf"))


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"no pdf", pdf(LINES)[:200]])
def test_a_damaged_pdf_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match="PDF"):
        list(read_pdf(io.BytesIO(data), "a.pdf"))


def test_a_docx_is_read_with_its_tracked_changes_accepted() -> None:
    text = paragraph(
        "The loss was put at ",
        "<w:del><w:r><w:delText>three</w:delText></w:r></w:del>",
        "<w:ins><w:r><w:t xml:space='preserve'>4.2 million </w:t></w:r></w:ins>",
        "<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space='preserve'>old </w:t></w:r>",
        "<w:smartTag><w:r><w:t xml:space='preserve'>crowns, or 10</w:t></w:r></w:smartTag>",
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>6</w:t></w:r>",
        " marks, by the town council of Norhaven.",
    )
    found = only(read_docx(io.BytesIO(docx(paragraph("A loss in Norhaven") + text)), "a.docx"))
    assert (found.title, found.text) == (
        "A loss in Norhaven",
        "The loss was put at 4.2 million crowns, or 10⁶ marks, by the town council of Norhaven.",
    )


@pytest.mark.parametrize("data", [b"no zip", docx("<w:p>")[:300], b"PK\x05\x06" + b"\0" * 18])
def test_a_damaged_docx_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match="DOCX is damaged"):
        list(read_docx(io.BytesIO(data), "a.docx"))


def test_a_docx_that_unpacks_to_more_than_the_limit_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 110_000_000)
    with pytest.raises(InputError, match="110,000,000 bytes unpacked"):
        list(read_docx(io.BytesIO(file.getvalue()), "a.docx"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_docx_of_too_many_tags_is_refused_in_no_time(encoding: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/other", ("<w:document>" + "<w:p/>" * 300_000).encode(encoding))
    started = time.process_time()
    with pytest.raises(InputError, match=r"^it has 300,001 tags, the limit is 200,000"):
        list(read_docx(io.BytesIO(file.getvalue()), "a.docx"))
    assert time.process_time() - started < 3


def warc(*answers: tuple[str, str, bytes], packed: bool = False) -> bytes:
    """A WARC file of responses: (url, "status media-type", body); each is a gzip member of its own where packed."""
    records = []
    for url, kind, body in answers:
        status, _, media_type = kind.partition(" ")
        block = f"HTTP/1.1 {status} OK\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-02-11T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        records.append(head.encode() + block + b"\r\n\r\n")
    return b"".join(map(gzip.compress, records) if packed else records)


PAGE = (
    "<html><head><title>{0}</title></head><body><article>" + "<p>The pier of Norhaven broke on Monday.</p>" * 3
).encode()
CRAWL = (
    ("https://lowmere.example/a", "200 text/html; charset=utf-8", PAGE.replace(b"{0}", b"Storm")),
    ("https://lowmere.example/a.png", "200 image/png", b"\x89PNG"),
    ("https://lowmere.example/gone", "404 text/html", b"<p>Not here</p>"),
    ("https://lowmere.example/menu", "200 text/html", b"<html><body><nav>Home</nav></body></html>"),
    ("https://lowmere.example/b", "200 text/html", PAGE.replace(b"{0}", b"Calm")),
)


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_file_gives_its_pages_and_names_the_rest(packed: bool) -> None:
    found = list(read_warc(io.BytesIO(warc(*CRAWL, packed=packed)), "a.warc"))
    articles = [item for item in found if isinstance(item, Article)]
    assert [(article.title, article.url) for article in articles] == [("Storm", CRAWL[0][0]), ("Calm", CRAWL[4][0])]
    assert [item for item in found if isinstance(item, Skipped)] == [
        Skipped(
            "a.warc:4",
            "https://lowmere.example/menu: no article text was found on this page: save the article's text as .txt",
        ),
        Skipped("a.warc", "records that are no pages: 1 image/png, 1 answers 404"),
    ]


def test_a_page_in_the_middle_of_which_a_warc_file_ends_is_named() -> None:
    found = list(read_warc(io.BytesIO(warc(*CRAWL)[:-30]), "a.warc"))
    reason = "https://lowmere.example/b: the archive ends in the middle of this page: it is left out"
    assert Skipped("a.warc:5", reason) in found


@pytest.mark.parametrize(("reader", "package"), [(read_pdf, "pypdf"), (read_docx, "mammoth"), (read_warc, "warcio")])
def test_without_its_library_a_format_says_which_extra_to_install(
    reader: Any, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=rf"needs the package {package}: pip install 'onrecord\["):
        list(reader(io.BytesIO(b"x"), "a"))
