"""The scores against values worked out by hand, and the rankings against ir-measures."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from itertools import product

import ir_measures
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, Success, nDCG

from eval.scores import (
    abstention,
    auroc,
    evidence_rank,
    exact_match,
    hit,
    interval,
    mean,
    mrr,
    ndcg,
    normalize,
    overlap,
    paired,
    percentile,
    precision_recall,
    risk_coverage,
    token_f1,
)

Ranking = tuple[list[bool], int]  # whether each ranked article is right, and how many right ones there are


def _random_rankings() -> list[Ranking]:
    random = np.random.default_rng(7)
    rankings = []
    for _ in range(200):
        relevances = [bool(right) for right in random.random(random.integers(0, 30)) < 0.15]
        rankings.append((relevances, max(1, sum(relevances) + int(random.integers(0, 3)))))
    return rankings


def _ir_measures(rankings: list[Ranking], k: int) -> dict[str, float]:
    qrels = [
        ir_measures.Qrel(f"q{number}", f"right{i}", 1) for number, (_, gold) in enumerate(rankings) for i in range(gold)
    ]
    run = []
    for number, (relevances, _) in enumerate(rankings):
        rights = 0
        for place, right in enumerate(relevances):
            run.append(ir_measures.ScoredDoc(f"q{number}", f"right{rights}" if right else f"wrong{place}", -place))
            rights += right
    totals = ir_measures.calc_aggregate([Success @ k, RR @ k, nDCG @ k], qrels, run)
    return {str(measure): value for measure, value in totals.items()}


@pytest.mark.parametrize("k", [1, 3, 10])
def test_hit_mrr_and_ndcg_equal_those_of_ir_measures(k: int) -> None:
    rankings = _random_rankings()
    ranks = [relevances.index(True) + 1 if any(relevances) else 0 for relevances, _ in rankings]
    theirs = _ir_measures(rankings, k)
    assert hit(ranks, k) == pytest.approx(theirs[f"Success@{k}"])
    assert mrr(ranks, k) == pytest.approx(theirs[f"RR@{k}"])
    assert mean(ndcg(*ranking, k) for ranking in rankings) == pytest.approx(theirs[f"nDCG@{k}"])


def test_a_hit_is_a_rank_from_one_to_k() -> None:
    assert hit([1, 3, 6, 0], 5) == 0.5


def test_a_rank_beyond_k_adds_nothing_to_mrr() -> None:
    assert mrr([1, 2, 11, 0], 10) == (1 + 1 / 2) / 4


def test_ndcg_counts_right_articles_that_were_not_found() -> None:
    best = 1 / math.log2(2) + 1 / math.log2(3)
    assert ndcg([False, True], 2, 10) == pytest.approx((1 / math.log2(3)) / best)


def test_more_right_articles_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 ranked articles are right, but only 1"):
        ndcg([True, True], 1, 10)


def test_a_score_of_nothing_is_none() -> None:
    nothing = [mean([]), hit([], 1), mrr([], 1), ndcg([], 0, 1), overlap([], []), auroc([], [1.0]), auroc([1.0], [])]
    assert [*nothing, percentile([], 50), interval([]), paired([], [])] == [None] * 10


def test_the_mean_leaves_out_what_is_not_known() -> None:
    assert mean([1.0, None, 0.0]) == 0.5


def test_evidence_is_the_first_passage_with_an_answer() -> None:
    assert evidence_rank(["The quay is dry.", "It rose to “6.4” metres.", "6.4 metres"], ["6.4 metres", "the"]) == 2


def test_evidence_is_whole_words() -> None:
    assert evidence_rank(["The harbourmaster spoke."], ["harbour"]) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  Quay,\nan OLD one.", "quay old one"),
        ("“Ada’s” ‘ferry’…", "adas ferry"),
        ("Monday—in Vessen", "monday in vessen"),
        ("2031–32", "203132"),
        ("2031-32", "203132"),
        ("another theatre", "another theatre"),
        ("the", ""),
    ],
)
def test_normalized_text_is_bare_words(text: str, expected: str) -> None:
    assert normalize(text) == expected


@given(st.text())
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


def test_an_exact_match_ignores_articles_and_punctuation() -> None:
    assert exact_match("The quay.", ["a pier", "Quay"]) == 1.0


def test_an_exact_match_is_not_a_part() -> None:
    assert exact_match("the old quay", ["quay"]) == 0.0


def test_token_f1_takes_the_best_answer() -> None:
    # 2 common words, 3 predicted, 2 in the answer
    assert token_f1("about 850 people", ["nobody", "850 people"]) == pytest.approx(2 * 2 / (3 + 2))


def test_token_f1_counts_a_repeated_word_as_often_as_both_have_it() -> None:
    assert token_f1("no no no", ["no no"]) == pytest.approx(2 * 2 / (3 + 2))


@pytest.mark.parametrize("score", [exact_match, token_f1])
def test_an_unanswerable_question_is_right_when_nothing_is_said(score: Callable[[str, list[str]], float]) -> None:
    assert [score("", []), score("the quay", [])] == [1.0, 0.0]


@pytest.mark.parametrize("score", [exact_match, token_f1])
def test_saying_nothing_is_wrong_where_there_is_an_answer(score: Callable[[str, list[str]], float]) -> None:
    assert score("", ["quay"]) == 0.0


def test_overlap_is_character_f1() -> None:
    # 5 characters in common, 10 quoted, 15 gold
    assert overlap([(0, 10)], [(5, 20)]) == 2 * 5 / (10 + 15)


def test_overlap_counts_a_character_once_on_each_side() -> None:
    assert overlap([(0, 10), (2, 8), (0, 10)], [(0, 5), (3, 10)]) == 1.0


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert overlap([(0, 5)], [(5, 9)]) == 0.0


def test_a_quote_where_none_is_gold_overlaps_nothing() -> None:
    assert overlap([(0, 5)], []) == 0.0


def test_citation_precision_and_recall_count_an_article_once() -> None:
    assert precision_recall(["x", "x", "y"], {"x", "z", "w"}) == (1 / 2, 1 / 3)


def test_without_citations_there_is_recall_but_no_precision() -> None:
    assert precision_recall([], {"x"}) == (None, 0.0)


def test_without_gold_there_is_precision_but_no_recall() -> None:
    assert precision_recall({"x"}, []) == (0.0, None)


def test_auroc_counts_a_tie_half() -> None:
    # of the pairs (2,1) (2,2) (3,1) (3,2): above, tie, above, above
    assert auroc([2, 3], [1, 2]) == 3.5 / 4


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_auroc_is_the_share_of_pairs_in_order(positive: list[int], negative: list[int]) -> None:
    pairs = [(p > n) + 0.5 * (p == n) for p, n in product(positive, negative)]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_abstention_judges_what_was_refused_and_what_should_have_been() -> None:
    answered = [True, False, False, True, False, True]
    answerable = [True, True, False, False, False, False]
    assert abstention(answered, answerable) == (2 / 3, 2 / 4)


def test_refusing_nothing_has_no_precision() -> None:
    assert abstention([True, True], [True, False]) == (None, 0.0)


def test_with_everything_answerable_refusing_has_no_recall() -> None:
    assert abstention([False, True], [True, True]) == (0.0, None)


def test_equal_confidences_pass_a_threshold_together() -> None:
    points = risk_coverage([0.1, 0.9, 0.5, 0.1, 0.5, 0.1], [False, True, True, False, False, True])
    assert points == [(1 / 6, 0.0), (3 / 6, 1 / 3), (1.0, 3 / 6)]


def test_risk_and_coverage_of_nothing_have_no_points() -> None:
    assert risk_coverage([], []) == []


def test_a_percentile_lies_between_its_neighbours() -> None:
    assert percentile([4, 1, 2, 3], 50) == 2.5


def test_the_interval_of_equal_values_is_that_value() -> None:
    assert interval([0.25] * 9) == (0.25, 0.25)


def test_the_interval_is_close_to_the_normal_one() -> None:
    values = [0.0] * 200 + [1.0] * 200
    half = 1.96 * 0.5 / math.sqrt(400)
    assert interval(values) == pytest.approx((0.5 - half, 0.5 + half), abs=0.006)


def test_the_interval_is_the_same_every_time() -> None:
    assert interval([0.0, 0.3, 1.0, 0.2]) == interval([0.0, 0.3, 1.0, 0.2])


def test_the_paired_test_nears_the_share_of_all_sign_flips() -> None:
    a, b = [0.9, 0.7, 0.8, 0.4, 0.6], [0.5, 0.6, 0.5, 0.5, 0.6]
    differences = np.subtract(a, b)
    flips = [abs(np.dot(signs, differences)) for signs in product((1, -1), repeat=5)]
    exact = np.mean([flip >= abs(differences.sum()) - 1e-12 for flip in flips])
    assert paired(a, b) == pytest.approx(exact, abs=0.02)


def test_systems_that_never_differ_have_p_one() -> None:
    assert paired([0.5, 1.0], [0.5, 1.0]) == 1.0


def test_the_paired_test_does_not_care_which_system_is_first() -> None:
    assert paired([1, 1, 0, 1], [0, 0, 1, 0]) == paired([0, 0, 1, 0], [1, 1, 0, 1])


def test_scores_that_cannot_be_paired_are_an_error() -> None:
    with pytest.raises(ValueError, match="2 and 1 scores"):
        paired([1, 2], [1])


def test_five_thousand_questions_are_compared_within_seconds() -> None:
    random = np.random.default_rng(1)
    begun = time.perf_counter()
    paired(random.random(5000).tolist(), random.random(5000).tolist())
    interval(random.random(5000).tolist())
    assert time.perf_counter() - begun < 10
