"""python -m eval.train_speakers --data FOLDER --out FILE: train the weights that ``rag/speakers/attribution.py`` runs.

Adapters on the default embedder's weights and small heads, on PolNeAR's training part (FOLDER/train). A step reads a
batch of windows; every sentence, every quotation, every content that people marked, and a random piece of it, is asked
for its voice, its speaker, its cue and the outer speaker. Three epochs take about 40 minutes on 2 cores.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from eval.attributions import MarkedArticle, Offsets, read_marked
from rag.errors import RagError
from rag.models import folder
from rag.progress import status_line, time_left
from rag.speakers import POINTERS, SCALE, VOICES, Pieces, distances
from rag.text import sentence_offsets

STRIDE = 188  # a window's overlap costs time here, and gives context when the model is used
RANK, ASKED, SPAN = 16, 64, 256  # of the adapters; dimensions of a pointer's query and of a span
BATCH, EPOCHS, WARM_UP = 8, 3, 200  # windows, passes, steps
RATES = (5e-4, 1e-3)  # of the adapters, of the heads
WEIGHTS = (1.0, 1.0, 0.5, 0.5, 0.5, 0.5)  # of the losses of the pointers' first and last pieces
_MARKS, _BUCKETS = 8, 64


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of an article with [CLS] and [SEP], their marks, and the rows asked of them: first piece, the one after
    the last, voice, then first and last piece of each pointer's target, 0 for none."""

    ids: NDArray[np.int64]
    marks: NDArray[np.int64]
    rows: list[list[int]]


def windows(article: MarkedArticle, rng: random.Random) -> Iterator[Window]:
    """The windows of an article with what is asked in each; a span is asked in the window where it lies best."""
    pieces = Pieces.of(article.text)
    places = pieces.windows(STRIDE)
    asked: dict[tuple[int, int], list[Offsets]] = defaultdict(list)
    for span in _spans(article, rng):
        first, last = pieces.inside(*span)
        if last > first:
            asked[min(places, key=lambda place: abs(sum(place) - first - last))].append(span)
    for (low, high), spans in asked.items():
        rows = [row for span in spans if (row := _row(article, span, pieces, low, high))]
        framed = np.concatenate([[101], pieces.ids[low:high], [102]])
        yield Window(framed, np.concatenate([[0], pieces.marks[low:high], [0]]), rows)


def _spans(article: MarkedArticle, rng: random.Random) -> Iterator[Offsets]:
    yield from sentence_offsets(article.text)
    yield from article.quotations
    for one in article.attributions:
        start, end = max(one.content, key=lambda piece: piece[1] - piece[0])
        yield start, end
        if end - start > 40:  # a piece of it, as a quotation that somebody cut short
            left = rng.randrange(start, end - 20)
            right = rng.randrange(left + 15, end + 1)
            while left > start and article.text[left - 1].isalnum():
                left -= 1
            while right < end and article.text[right].isalnum():
                right += 1
            yield left, right


def _row(article: MarkedArticle, span: Offsets, pieces: Pieces, low: int, high: int) -> list[int] | None:
    def place(target: Offsets | None) -> list[int]:
        first, last = pieces.inside(*target) if target else (0, 0)
        first, last = max(first, low), min(last, high)
        return [first - low + 1, last - low] if last > first else [0, 0]

    first, last = (bound - low + 1 for bound in pieces.inside(*span))
    first, last = max(first, 1), min(last, high - low + 1)
    gold = article.gold(*span)
    pointed = [*place(gold.source), *place(gold.cue), *place(gold.outer)]
    return [first, last, VOICES.index(gold.voice), *pointed] if last > first else None


class Adapted(nn.Module):
    """A linear layer that stays as it is, plus a matrix of low rank that is trained (LoRA, Hu et al. 2022)."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.a = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.b = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, given: Tensor) -> Tensor:
        low = functional.linear(functional.linear(given, self.a), self.b)
        changed: Tensor = self.linear(given) + SCALE * low
        return changed


class Model(nn.Module):
    """What ``rag.speakers.attribution.AttributionModel`` runs, for training."""

    def __init__(self) -> None:
        from transformers import BertModel

        super().__init__()
        bert: Any = BertModel.from_pretrained(str(folder()), add_pooling_layer=False)
        bert.requires_grad_(False)
        for layer in bert.encoder.layer:
            own, out = layer.attention.self, layer.attention.output
            own.query, own.key, own.value = Adapted(own.query), Adapted(own.key), Adapted(own.value)
            out.dense, layer.intermediate.dense, layer.output.dense = (
                Adapted(out.dense),
                Adapted(layer.intermediate.dense),
                Adapted(layer.output.dense),
            )
        self.bert: Any = bert
        width, count = bert.config.hidden_size, 2 * len(POINTERS)
        self.flags = nn.Embedding(_MARKS, width)
        self.span = nn.Linear(3 * width, SPAN)
        self.q, self.k = nn.Linear(SPAN, count * ASKED), nn.Linear(width, count * ASKED)
        self.voice = nn.Linear(SPAN, len(VOICES))
        self.dist = nn.Embedding(_BUCKETS, count)
        self.dropout = nn.Dropout(0.1)
        nn.init.zeros_(self.flags.weight)
        nn.init.zeros_(self.dist.weight)

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of voices (rows, 3) and of pieces for each pointer (rows, 6, length); ``rows`` are window, first
        piece, the one after the last."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.flags(marks)
        states = self.dropout(self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state)
        window, first, last = rows.T
        places = torch.arange(ids.shape[1])
        inside = ((places >= first[:, None]) & (places < last[:, None])).to(states.dtype)
        mean = torch.bmm(inside[:, None], states[window])[:, 0] / inside.sum(1, keepdim=True)
        span = functional.gelu(self.span(torch.cat([states[window, first], states[window, last - 1], mean], -1)))
        asked = self.q(self.dropout(span)).view(len(rows), -1, ASKED)
        keys = self.k(states).view(*ids.shape, -1, ASKED)
        scores = torch.einsum("rhd,rthd->rht", asked, keys[window]).float() / math.sqrt(ASKED)
        far = np.stack([distances(ids.shape[1], a, b) for a, b in rows[:, 1:].tolist()])
        scores = scores + self.dist(torch.from_numpy(far)).permute(0, 2, 1)
        return self.voice(span).float(), scores.masked_fill(mask[window][:, None] == 0, -1e4)

    def trained(self) -> dict[str, Tensor]:
        """The weights that training changed, by the names that ``rag.speakers.attribution`` reads, in half
        precision."""
        named = {name.removeprefix("bert."): tensor for name, tensor in self.named_parameters() if tensor.requires_grad}
        return {name: tensor.detach().half().contiguous() for name, tensor in named.items()}


def _batch(batch: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    ids, marks, mask = (np.zeros((len(batch), max(len(w.ids) for w in batch)), np.int64) for _ in range(3))
    for i, window in enumerate(batch):
        ids[i, : len(window.ids)], marks[i, : len(window.ids)], mask[i, : len(window.ids)] = window.ids, window.marks, 1
    rows = [[i, *row] for i, window in enumerate(batch) for row in window.rows]
    return torch.from_numpy(ids), torch.from_numpy(marks), torch.from_numpy(mask), torch.tensor(rows)


def train(examples: list[Window], rng: random.Random) -> Model:
    """A trained model; AdamW, a linear rate with a warm-up, bfloat16 where it multiplies."""
    torch.manual_seed(0)
    model = Model()
    adapters = [p for name, p in model.named_parameters() if p.requires_grad and name.endswith((".a", ".b"))]
    heads = [p for name, p in model.named_parameters() if p.requires_grad and not name.endswith((".a", ".b"))]
    groups = [{"params": adapters, "lr": RATES[0]}, {"params": heads, "lr": RATES[1]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    show, begun, done, smooth = status_line(), time.monotonic(), 0, 0.0
    model.train()
    for _ in range(EPOCHS):
        rng.shuffle(examples)
        for at in range(0, len(examples), BATCH):
            ids, marks, mask, rows = _batch(examples[at : at + BATCH])
            with torch.autocast("cpu", torch.bfloat16):
                voices, pointed = model(ids, marks, mask, rows[:, :3])
            loss = functional.cross_entropy(voices, rows[:, 3])
            for i, weight in enumerate(WEIGHTS):
                loss = loss + weight * functional.cross_entropy(pointed[:, i], rows[:, 4 + i])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_([*adapters, *heads], 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            smooth += (float(loss.detach()) - smooth) / min(done, 200)
            left = time_left((steps - done) * (time.monotonic() - begun) / done)
            show(f"{done}/{steps} steps, loss {smooth:.3f}{left}", done == steps)
    return model.eval()


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.train_speakers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="PolNeAR, with its folder train/")
    parser.add_argument("--out", type=Path, default=Path("rag/speakers/speakers.safetensors"), metavar="FILE")
    options = parser.parse_args(argv)
    from safetensors.torch import save_file

    rng = random.Random(0)
    try:
        marked = list(read_marked(options.data / "train"))
    except RagError as error:
        print(error, file=sys.stderr)
        return 2
    examples = [window for article in marked for window in windows(article, rng) if window.rows]
    print(f"{len(marked)} articles, {len(examples)} windows, {sum(len(w.rows) for w in examples)} spans")
    save_file(train(examples, rng).trained(), options.out)
    print(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
