"""False and genuine quotations made from articles, and the judge: the self-test."""

from eval.forging.changes import MAKERS
from eval.forging.forged_words import MONTHS, NUMBERS, WEEKDAYS
from eval.forging.forgeries import Forgery, changed
from eval.forging.judge import Standing
from eval.forging.material import Material, strangers
from eval.forging.misquotes import MISQUOTERS, cut, elided
from eval.forging.selftest import self_test
from eval.forging.tallies import terminal

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
    "cut",
    "elided",
    "self_test",
    "strangers",
    "terminal",
]
