"""The scores, each a pure function with its formula and source.

A score of nothing is ``None``, never 0 or NaN: no questions, no citations to judge, no unanswerable question. ``mean``
leaves such scores out. A rank counts from 1; rank 0 means that nothing right was found.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np

Interval = tuple[int, int]  # characters of an article, half-open

_RANDOM_FLIPS = 10_000
_DASHES = dict.fromkeys(map(ord, "—―⸺⸻"), " ")  # they part words; hyphens and en dashes ("2031–32") join them
_PUNCTUATION = dict.fromkeys(map(ord, string.punctuation + "‘’‚‛“”„‟′″‹›«»…·•‐‑‒–−¡¿"))
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def mean(scores: Iterable[float | None]) -> float | None:
    """The mean of the scores that are known; None where none is."""
    known = [score for score in scores if score is not None]
    return float(np.mean(known)) if known else None


def hit(ranks: Sequence[int], k: int) -> float | None:
    """The share of questions whose first right article is among the first ``k``: Success@k.

    Of the ranks that ``evidence_rank`` gives, this is the evidence recall@k.
    """
    return mean(0 < rank <= k for rank in ranks)


def mrr(ranks: Sequence[int], k: int) -> float | None:
    """Mean reciprocal rank of the first right article, 0 beyond ``k`` (Voorhees 1999): mean of 1 / rank."""
    return mean(1 / rank if 0 < rank <= k else 0.0 for rank in ranks)


def ndcg(relevances: Sequence[bool], gold: int, k: int) -> float | None:
    """Binary nDCG@k of one question (Järvelin and Kekäläinen 2002): DCG / DCG of the best possible order.

    DCG is the sum of 1 / log2(rank + 1) over the right articles among the first ``k``. ``relevances`` are the ranked
    articles, best first and each once; ``gold`` is how many right articles there are, found or not.
    """
    if gold < sum(relevances):
        raise ValueError(f"{sum(relevances)} ranked articles are right, but only {gold} right ones exist")
    gains = 1 / np.log2(np.arange(2, k + 2))
    return float(gains[np.flatnonzero(relevances[:k])].sum() / gains[:gold].sum()) if gold else None


def evidence_rank(passages: Sequence[str], answers: Sequence[str]) -> int:
    """The rank of the first passage that holds an answer in whole words, normalized; 0 where none does."""
    wanted = [f" {words} " for words in map(normalize, answers) if words]
    for rank, passage in enumerate(passages, 1):
        padded = f" {normalize(passage)} "
        if any(words in padded for words in wanted):
            return rank
    return 0


def normalize(text: str) -> str:
    """``text`` as SQuAD compares it (Rajpurkar et al. 2016): small letters, no punctuation, no a, an, the.

    Beyond ASCII, curly quotes and other typographic marks go too, and a long dash parts words.

    >>> normalize("The “Quay—Street”  plan")
    'quay street plan'
    """
    bare = text.lower().translate(_DASHES).translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def exact_match(prediction: str, answers: Sequence[str]) -> float:
    """1 where the normalized prediction is one of the answers, else 0 (Rajpurkar et al. 2016, 2018).

    Without answers the question is unanswerable, and the right prediction is an empty one.
    """
    return float(normalize(prediction) in _golds(answers))


def token_f1(prediction: str, answers: Sequence[str]) -> float:
    """Harmonic mean of precision and recall of words, for the best of the answers (Rajpurkar et al. 2016, 2018).

    F1 = 2 × common words / (words predicted + words of the answer), on normalized text. Without answers the question
    is unanswerable: 1 for an empty prediction, else 0.
    """
    return max(_f1(normalize(prediction).split(), gold.split()) for gold in _golds(answers))


def overlap(found: Sequence[Interval], gold: Sequence[Interval]) -> float | None:
    """Character F1 of quoted spans with gold spans in one article: 2 × common / (found + gold) characters.

    On each side a character that several spans cover counts once. None where both sides are empty.
    """
    end = max((end for _, end in (*found, *gold)), default=0)
    covered = np.zeros((2, end), dtype=bool)
    for side, spans in zip(covered, (found, gold), strict=True):
        for first, last in spans:
            side[first:last] = True
    size = int(covered.sum())
    return 2 * int(covered.all(axis=0).sum()) / size if size else None


def precision_recall(cited: Collection[str], gold: Collection[str]) -> tuple[float | None, float | None]:
    """Of the cited articles the share that is right, and of the right ones the share that is cited.

    Precision is None where nothing is cited, recall where nothing could be.
    """
    right = len(set(cited) & set(gold))
    return _share(right, len(set(cited))), _share(right, len(set(gold)))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a positive scores above a negative, ties half (Hanley and McNeil 1982)."""
    if not (len(positive) and len(negative)):
        return None
    ordered = np.sort(np.asarray(negative, dtype=float))
    below, up_to = (np.searchsorted(ordered, positive, side) for side in ("left", "right"))
    return float(np.mean(below + up_to) / 2 / len(ordered))


def abstention(answered: Sequence[bool], answerable: Sequence[bool]) -> tuple[float | None, float | None]:
    """Precision and recall of refusing: of the refused the share unanswerable, of the unanswerable the share refused.

    Precision is None where nothing was refused, recall where everything is answerable.
    """
    refused = [not done for done in answered]
    unanswerable = [not possible for possible in answerable]
    right = sum(a and b for a, b in zip(refused, unanswerable, strict=True))
    return _share(right, sum(refused)), _share(right, sum(unanswerable))


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """(coverage, risk) for every threshold on the confidence, highest first (El-Yaniv and Wiener 2010).

    Coverage is the share of questions at or above the threshold, risk the share of those answered wrong. Equal
    confidences pass a threshold together, so there is one point for each distinct confidence.
    """
    if len(confidence) != len(right):
        raise ValueError(f"{len(confidence)} confidences for {len(right)} judgements")
    levels, level = np.unique(np.asarray(confidence, dtype=float), return_inverse=True)
    count = np.cumsum(np.bincount(level, minlength=len(levels))[::-1])
    wrong = np.cumsum(np.bincount(level, ~np.asarray(right, dtype=bool), len(levels))[::-1])
    return [(float(n / len(right)), float(w / n)) for n, w in zip(count, wrong, strict=True)]


def percentile(values: Sequence[float], q: float) -> float | None:
    """The value that ``q`` (0 to 100) per cent of the values do not exceed, linear between neighbours."""
    return float(np.percentile(values, q)) if len(values) else None


def interval(values: Sequence[float], seed: int = 0, resamples: int = 1000) -> tuple[float, float] | None:
    """The middle 95 % of the means of bootstrap resamples (Efron 1979); the same values give the same interval."""
    if not len(values):
        return None
    sample, random = np.asarray(values, dtype=float), np.random.default_rng(seed)
    # One resample at a time: all at once would take a matrix of gigabytes for a large question set.
    means = [sample[random.integers(0, len(sample), len(sample))].mean() for _ in range(resamples)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def paired(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Two-sided p-value of a paired randomisation test (Fisher 1935; Smucker et al. 2007), always the same.

    Where ``a`` and ``b`` do not differ, the sign of each difference is a toss of a coin; p is the share of 10,000
    such tosses whose mean is at least as far from 0 as the one seen. The seen one counts as a toss, so p is never 0.
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} and {len(b)} scores cannot be paired")
    if not len(a):
        return None
    differences = np.subtract(a, b, dtype=float)
    differences = differences[differences != 0]  # whichever sign they get, they change nothing
    total, random = differences.sum(), np.random.default_rng(0)
    flipped = (differences[random.random(len(differences)) < 0.5].sum() for _ in range(_RANDOM_FLIPS))
    least = abs(total) - 1e-9 * np.abs(differences).sum()  # sums of the same numbers differ in their last bits
    return float((1 + sum(abs(total - 2 * part) >= least for part in flipped)) / (1 + _RANDOM_FLIPS))


def _golds(answers: Sequence[str]) -> list[str]:
    """The normalized answers that still say something; without any, the empty answer is the right one."""
    return [gold for gold in map(normalize, answers) if gold] or [""]


def _f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    if not (predicted and gold):
        return float(predicted == gold)
    return 2 * (Counter(predicted) & Counter(gold)).total() / (len(predicted) + len(gold))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
