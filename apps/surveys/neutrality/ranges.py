"""Ranges of numbers in the labels of options: "16〜29歳", "30代", "70 or over"."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import combinations
from math import inf

NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)"
UNIT = r"\s*(?:歳|才|人|回|円|時間|分|年|点|日|か月|ヶ月|%|％|years?|hours?|times?|days?|people)?\s*"
JUST = 0.001  # what lies just beside a number that is not counted in
Range = tuple[float, float]
READERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("between", re.compile(rf"{NUMBER}{UNIT}(?:〜|～|~|-|–|—|−|から|to)\s*{NUMBER}{UNIT}(未満)?", re.IGNORECASE)),
    ("tens", re.compile(rf"{NUMBER}\s*(?:歳)?代|{NUMBER}s\b")),
    ("above", re.compile(rf"{NUMBER}{UNIT}(?:以上|(?:or|and) (?:over|more|above|older)|\+)", re.IGNORECASE)),
    ("below", re.compile(rf"{NUMBER}{UNIT}(?:以下|まで|(?:or|and) (?:under|less|fewer|below|younger))", re.IGNORECASE)),
    ("under", re.compile(rf"{NUMBER}{UNIT}未満|(?:under|less than|fewer than|below)\s+{NUMBER}", re.IGNORECASE)),
    ("over", re.compile(rf"{NUMBER}{UNIT}(?:超|を超え|より多)|(?:more than|over|above)\s+{NUMBER}", re.IGNORECASE)),
)


def overlapping(labels: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of labels between which somebody with a certain number could not decide."""
    found = [(label, numbers) for label in labels if (numbers := range_in(label))]
    return [
        (one, other)
        for (one, (low, high)), (other, (start, end)) in combinations(found, 2)
        if max(low, start) <= min(high, end)
    ]


def range_in(label: str) -> Range | None:
    """None where the label is no range, or not one that can be read with certainty."""
    plain = unicodedata.normalize("NFKC", label)
    for kind, pattern in READERS:
        if match := pattern.search(plain):
            numbers = [float(text.replace(",", "")) for text in match.groups() if text and text[0].isdigit()]
            return bounds(kind, numbers, half_open=kind == "between" and bool(match.groups()[-1]))
    return None


def bounds(kind: str, numbers: list[float], *, half_open: bool) -> Range:
    first = numbers[0]
    return {
        "between": (first, numbers[-1] - (JUST if half_open else 0)),
        "tens": (first, first + 9),
        "above": (first, inf),
        "below": (-inf, first),
        "under": (-inf, first - JUST),
        "over": (first + JUST, inf),
    }[kind]
