"""200 damaged or odd files of every format, drawn by a seed: an end in time, bounded memory, every loss named."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from test_articles import CONTENTS
from test_documents import CRAWL, LINES, docx, paragraph, pdf, warc

from index.articles import READERS, Source, read_source
from rag.records import Article

SEED, FILES, SECONDS, MEMORY = 14, 200, 20.0, 1_500_000_000
EXPORTS = Path(__file__).parents[1] / "inputs" / "exports"
ODD = (
    "\0",
    "\ufeff",
    "\u202e",
    "\ud7ff",
    "<!--",
    "<![CDATA[",
    "]]>",
    "&#x110000;",
    '"',
    "\r",
    "{" * 50,
    "<div>" * 300,
    "\x1b[2J",
)

Damage = Callable[[bytes, random.Random], bytes]


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def _flipped(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(1 + len(data) // 200):
        changed[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _with_odd_signs(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + draw.choice(ODD).encode("utf-8", "surrogatepass") + data[at:]


def _without_a_stretch(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + data[at + draw.randrange(1, 200) :]


def _stretch_again_and_again(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + data[at : at + draw.randrange(1, 60)] * 3000 + data[at:]


def _in_another_encoding(data: bytes, draw: random.Random) -> bytes:
    encoding = draw.choice(["utf-16", "utf-32", "cp1252", "shift_jis", "utf-7"])
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def _of_another_format(data: bytes, draw: random.Random) -> bytes:
    return draw.choice([gzip.compress(data), b"PK\x03\x04" + data, b"%PDF-1.7\n" + data, b"<rss>" + data, b"", b"\n\n"])


DAMAGES: tuple[Damage, ...] = (
    _cut, _flipped, _with_odd_signs, _without_a_stretch, _stretch_again_and_again, _in_another_encoding,
    _of_another_format,
)  # fmt: skip


def originals() -> dict[str, list[bytes]]:
    """Whole files by their ending."""
    found = {kind: [content.encode()] for kind, content in CONTENTS.items()}
    for path in sorted(EXPORTS.iterdir()):
        found[path.suffix].append(path.read_bytes())
    found[".tsv"] = [b"title\ttext\nStorm\tThe pier broke in the night.\n"]
    found[".pdf"] = [pdf(LINES, LINES)]
    found[".docx"] = [docx(paragraph(*LINES[:2]) + paragraph(*LINES[2:]))]
    found[".warc"] = [warc(*CRAWL), warc(*CRAWL, packed=True)]
    return found


def articles_in(data: bytes, kind: str, folder: Path) -> int:
    """How many articles a whole file gives."""
    path = folder / f"whole{kind}"
    path.write_bytes(data)
    return sum(isinstance(item, Article) for item in read_source(Source(path.name, path)))


# Reads the files that are named, each in the time that the last argument allows, and prints what came of each.
_READ = r"""
import json, re, signal, sys, time
from pathlib import Path
from index.articles import Source, read_source
from rag.records import Article
for name in sys.argv[1:]:
    signal.alarm(120)
    begun = time.process_time()
    items = list(read_source(Source(name, Path(name))))
    articles = [item for item in items if isinstance(item, Article)]
    assert all(article.text.strip() and article.title.strip() for article in articles)
    assert all(item.reason.strip() for item in items if not isinstance(item, Article))
    # Not that of getrusage, which begins with the most that the program had which started this one.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    seconds, memory = time.process_time() - begun, int(peak[1]) * 1024
    print(json.dumps([name, len(articles), len(items) - len(articles), seconds, memory]), flush=True)
"""


def test_200_damaged_files_end_in_time_in_bounded_memory_with_every_loss_named(tmp_path: Path) -> None:
    draw, files = random.Random(SEED), originals()
    assert files.keys() == READERS.keys()
    kinds = sorted(files)
    paths, whole_counts = [], []
    for number in range(FILES):
        kind = kinds[number % len(kinds)]
        whole = files[kind][number // len(kinds) % len(files[kind])]
        damage = DAMAGES[number // 2 % len(DAMAGES)]
        packed = draw.random() < 0.15
        data = damage(gzip.compress(whole) if packed else whole, draw)
        paths.append(tmp_path / f"{number:03}-{damage.__name__.strip('_')}{kind}{'.gz' if packed else ''}")
        paths[-1].write_bytes(data)
        whole_counts.append(articles_in(whole, kind, tmp_path))
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", _READ, *map(str, paths)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    results = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0, (paths[len(results)].name, run.stderr[-2000:])
    assert [name for name, *_ in results] == list(map(str, paths))
    silent = [
        name
        for (name, articles, notices, *_), whole_count in zip(results, whole_counts, strict=True)
        if not notices and articles < max(1, whole_count)
    ]
    assert silent == []
    assert {name: seconds for name, _, _, seconds, _ in results if seconds > SECONDS} == {}
    assert max(memory for *_, memory in results) < MEMORY
