"""The file formats: bytes to articles, each by the ending of its files.

A reader takes a binary stream and the name to report, yields articles and what it had to skip, and returns whether it
showed a window alone (``Found`` of ``index/records.py``); it raises InputError where its whole input is of no use.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from index.formats.documents import read_docx, read_pdf
from index.formats.feeds import is_feed, read_feed
from index.formats.json_files import read_json, read_jsonl
from index.formats.plain import read_html, read_text, read_text_file
from index.formats.tables import read_csv
from index.formats.web_archives import read_warc
from index.records import Found

__all__ = ["READERS", "Reader", "is_feed", "read_feed", "read_html", "read_json", "read_text", "read_text_file"]

Reader = Callable[[BinaryIO, str], Found]
READERS: dict[str, Reader] = {
    ".txt": read_text_file,
    ".md": read_text_file,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".warc": read_warc,
}
