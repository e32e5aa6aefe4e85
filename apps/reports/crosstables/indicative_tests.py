"""What tests say of a table: always of answers alone, and never so exactly that a hidden cell could be read from it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from apps.analysis.association import FEWEST_DRAWS, Association, affordable_draws, association, without_empty_lines
from apps.analysis.column_letters import Comparisons, compare_shares, holm
from apps.analysis.crosstabs import table_of
from apps.analysis.ordered_association import Heights, RankAssociation, Superiority
from apps.analysis.table_tests import table_tests
from apps.analysis.tabulation import Counts
from apps.reports.crosstables.numbers import Numbers
from apps.reports.report.material import Flags

BANDS = (0.001, 0.01, 0.05)
"""Instead of a p that would tell hidden cells: below which of these it lies."""
COARSE_V = 0.05
V_DIGITS, P_DIGITS, X_DIGITS, R_DIGITS = 3, 4, 2, 1
CLEAR, VERY_CLEAR = 2.0, 3.0
"""Adjusted residuals from which a cell holds more or fewer readers than it would without association."""
LEVEL = 0.05

Json = dict[str, Any]


def tests_of_table(
    numbers: Numbers, row_scale: Sequence[str], column_scale: Sequence[str], rng: Generator, draws: int | None
) -> Json:
    rows, columns = numbers.answers
    if not rows or not columns:
        return {"tests": None, **nothing_marked(numbers)}
    table = table_of(numbers.counts[np.ix_(rows, columns)])
    found = table_tests(
        table,
        rng,
        row_scale=steps(row_scale, numbers.row_keys),
        column_scale=steps(column_scale, numbers.column_keys),
        draws=draws,
    )
    exact, hidden = numbers.exact, numbers.hidden[np.ix_(rows, columns)]
    told: Json = {
        **associated(found.association, exact),
        "together": together(found.together, exact),
        "heights": heights(found.heights, exact),
        "nearer": nearer(found.second_higher, shown_groups(numbers, by_columns=bool(row_scale)), exact),
        **compared(found.comparisons),
    }
    return {
        "tests": told,
        "letters": letters(found.comparisons, hidden),
        "levels": levels(found.association, hidden),
        "residuals": found.association.residuals.round(R_DIGITS).tolist() if exact else None,
    }


def tests_of_options(numbers: Numbers, answered: Counts, rng: Generator, draws: int | None) -> Json:
    """Option by option: those who chose it against those who answered without it. `answered` (columns,)."""
    rows, columns = numbers.answers
    if not rows or not columns:
        return {"tests": None, **nothing_marked(numbers)}
    chosen, base = numbers.counts[np.ix_(rows, columns)], answered[columns]
    tables = [np.stack([option, base - option]) for option in chosen]
    found = [association(table_of(each), rng, draws=draws or affordable(each, len(tables))) for each in tables]
    adjusted = holm(np.array([1.0 if each.p is None else each.p for each in found])).tolist()
    shares = np.divide(chosen, base, out=np.zeros(chosen.shape), where=base > 0)
    comparisons = compare_shares(shares, base.astype(float), base >= 50, level=LEVEL)
    exact, hidden = numbers.exact, numbers.hidden[np.ix_(rows, columns)]
    told: Json = {
        "options": [
            {**associated(each, exact), "adjusted": probability(None if each.p is None else p, exact)}
            for each, p in zip(found, adjusted, strict=True)
        ],
        **compared(comparisons),
    }
    return {
        "tests": told,
        "letters": letters(comparisons, hidden),
        "levels": [levels(each, line[None])[0] for each, line in zip(found, hidden, strict=True)],
        "residuals": [each.residuals[0].round(R_DIGITS).tolist() for each in found] if exact else None,
    }


def affordable(table: Counts, tables: int) -> int:
    """As many draws as there is time for, shared by all options."""
    filled = without_empty_lines(table)
    return max(FEWEST_DRAWS, affordable_draws(filled) // tables) if min(filled.shape) > 1 else FEWEST_DRAWS


def nothing_marked(numbers: Numbers) -> Json:
    rows, columns = numbers.answers
    blank = [[""] * len(columns) for _row in rows]
    return {"letters": blank, "levels": [[0] * len(columns) for _row in rows], "residuals": None}


def steps(scale: Sequence[str], keys: Sequence[str]) -> list[int]:
    """Places of the steps that are in the table, the low end first."""
    return [list(keys).index(key) for key in scale if key in keys]


def associated(found: Association, exact: bool) -> Json:
    told: Json = {"method": found.method.value, "v": effect(found.v, exact), "p": probability(found.p, exact)}
    if exact and found.p is not None:
        told |= {"statistic": round(found.statistic, X_DIGITS), "freedom": found.freedom}
    if found.draws:
        told |= {"draws": found.draws, "error": float(f"{found.error:.1g}")}
    return told


def effect(value: float, exact: bool) -> float:
    return round(value, V_DIGITS) if exact else round(round(value / COARSE_V) * COARSE_V, 2)


def probability(p: float | None, exact: bool) -> Json | None:
    """`value`, or only that it lies `under` a bound; 1 says that it lies under none of them."""
    if p is None:
        return None
    return {"value": round(p, P_DIGITS)} if exact else {"under": next((band for band in BANDS if p < band), 1)}


def together(found: RankAssociation | None, exact: bool) -> Json | None:
    """Two scales that rise together."""
    if found is None:
        return None
    digits = V_DIGITS if exact else 1
    told: Json = {"gamma": round(found.gamma, digits), "tau_b": round(found.tau_b, digits)}
    if exact:
        told |= {
            "gamma_interval": [round(found.gamma_low, digits), round(found.gamma_high, digits)],
            "tau_interval": [round(found.tau_low, digits), round(found.tau_high, digits)],
        }
    return {**told, "p": probability(found.p, exact)}


def heights(found: Heights | None, exact: bool) -> Json | None:
    """Groups that stand at different heights of one scale."""
    if found is None:
        return None
    return {"epsilon": round(found.epsilon, V_DIGITS if exact else 1), "p": probability(found.p, exact)}


def shown_groups(numbers: Numbers, *, by_columns: bool) -> list[str]:
    """Keys of the groups whose totals are shown."""
    keys, hidden = (
        (numbers.column_keys, numbers.hidden[-1]) if by_columns else (numbers.row_keys, numbers.hidden[:, -1])
    )
    return [keys[place] for place in numbers.answers[by_columns] if not hidden[place]]


def nearer(found: Superiority | None, groups: Sequence[str], exact: bool) -> Json | None:
    """Of two groups first the one that stands higher: how `likely` a reader of it does than one of the other."""
    if found is None or len(groups) != 2:
        return None
    digits, second = V_DIGITS if exact else 1, found.likely > 0.5
    likely, low, high = (
        (found.likely, found.low, found.high) if second else (1 - found.likely, 1 - found.high, 1 - found.low)
    )
    told: Json = {
        "groups": list(groups[::-1] if second else groups),
        "likely": round(likely, digits),
        "p": probability(found.p, exact),
    }
    return {**told, "interval": [round(low, digits), round(high, digits)]} if exact else told


def compared(found: Comparisons) -> Json:
    """What Holm's correction covered: columns (places among answers) with enough readers, and how many tests."""
    return {"compared": list(found.compared), "comparisons": int(found.p.size)}


def letters(found: Comparisons, hidden: Flags) -> list[list[str]]:
    """None in a hidden cell, and none that speaks of one."""
    return [
        [
            ""
            if hidden[row, column]
            else " ".join(letter for letter in text.split() if not hidden[row, place_of(letter)])
            for column, text in enumerate(line)
        ]
        for row, line in enumerate(found.letters)
    ]


def place_of(letter: str) -> int:
    """The other way round: A is 0, Z 25, AA 26."""
    place = 0
    for sign in letter:
        place = place * 26 + ord(sign) - ord("A") + 1
    return place - 1


def levels(found: Association, hidden: Flags) -> list[list[int]]:
    """-2 … 2: clearly fewer or more readers than without association; 0 in a hidden cell."""
    residuals = found.residuals[: len(hidden)]
    size = (np.abs(residuals) >= CLEAR).astype(int) + (np.abs(residuals) >= VERY_CLEAR)
    return np.where(hidden, 0, np.sign(residuals).astype(int) * size).tolist()
