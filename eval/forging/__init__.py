"""False and genuine quotations made from articles, and the judge: the self-test."""

from eval.forging.judge import Standing
from eval.forging.makers import MAKERS, MISQUOTERS, Forgery, changed
from eval.forging.material import Material, strangers
from eval.forging.result import terminal
from eval.forging.selftest import self_test
from eval.forging.vocabulary import MONTHS, NUMBERS, WEEKDAYS

__all__ = [
    "MAKERS",
    "MISQUOTERS",
    "MONTHS",
    "NUMBERS",
    "WEEKDAYS",
    "Forgery",
    "Material",
    "Standing",
    "changed",
    "self_test",
    "strangers",
    "terminal",
]
