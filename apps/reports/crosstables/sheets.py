"""Tables of a report as everybody reads them: bounds for each number, over answers that several tables share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.joint_tables import Number, Printed
from apps.reports.crosstables.fields import SILENT
from apps.reports.report.material import Flags
from apps.surveys.definition import Definition

Values = NDArray[np.float64]
Json = Mapping[str, Any]
Name = tuple[str, str]
Withheld = tuple[Number, int, int]
"""A number that is not shown, with its row and its column."""

FEELINGS_STEP = 5
SUMS = ("blank", "not_shown"), ("base",)
CHOSEN, OTHERS = "chosen", "others"
AWAY = "away"
"""The category of readers whom the lot kept from a question: they are in no table of it."""


@dataclass(frozen=True)
class Sheet:
    """Two answers against each other. `low`, `high`, `hidden` (rows + 1, columns + 1) with totals last: between which
    values a number is said to lie, and which are withheld. `table`: the rows and columns of the table it is part of.
    """

    table: Name
    rows: str
    columns: str
    row_keys: tuple[str, ...]
    column_keys: tuple[str, ...]
    low: Values
    high: Values
    hidden: Flags
    whole: bool = True
    """Whether it has a line for everything that anybody gave."""

    @property
    def answers(self) -> Name:
        return self.rows, self.columns

    def tells_totals(self, answer: str) -> bool:
        return not (self.hidden[:-1, -1] if answer == self.rows else self.hidden[-1, :-1]).any()

    @cached_property
    def left_by_totals(self) -> Values:
        """How wide the interval of each cell is for whoever sees the totals alone; infinite for totals."""
        lines, columns, everybody = self.high[:-1, -1:], self.high[-1:, :-1], self.high[-1, -1]
        least = np.maximum(self.low[:-1, -1:] + self.low[-1:, :-1] - everybody, 0)
        found = np.full(self.high.shape, np.inf)
        found[:-1, :-1] = np.minimum(lines, columns) - least
        return found


def sheets_of(table: Json, step: int, digits: int) -> Iterator[Sheet]:
    """One for a table; of a question with several answers one for each option, chosen or not."""
    low, high, hidden = bounds(table, step, digits)
    name, columns = (table["rows"], table["columns"]), tuple(table["column_keys"])
    if table["kind"] == "plain":
        yield Sheet(name, *name, tuple(table["row_keys"]), columns, low, high, hidden)
        return
    for place, option in enumerate(table["row_keys"]):
        lows, highs, own = low[[place, place, -1]], high[[place, place, -1]], hidden[[place, place, -1]]
        lows[1], highs[1], own[1] = 0, np.inf, False
        yield Sheet(name, f"{name[0]}={option}", name[1], (CHOSEN, OTHERS), columns, lows, highs, own)


def bounds(table: Json, step: int, digits: int) -> tuple[Values, Values, Flags]:
    """Counts were rounded to `step`, halves up, and shares to `digits`, which tells more of a small count."""
    shown = np.array([[np.nan if count is None else count for count in line] for line in table["counts"]], dtype=float)
    hidden = np.isnan(shown)
    low, high = between(shown, step)
    if step == 1:
        return low, high, hidden
    for name, totals in (("column_shares", np.s_[-1:]), ("row_shares", np.s_[:, -1:])):
        shares = np.array([[np.nan if share is None else share for share in line] for line in table[name]], dtype=float)
        half = 0.5 * 0.1**digits
        with np.errstate(invalid="ignore"):
            low = np.fmax(low, np.ceil((shares - half) * low[totals] - 1e-9))
            high = np.fmin(high, np.floor((shares + half) * high[totals] + 1e-9))
    return low, high, hidden


def sheet_of_feelings(found: Json, entry: Json, step: int) -> Sheet:
    """Two rows of one question against each other, a part of its own: its inner numbers, rounded to fives, beside the
    totals that the question's `entry` tells."""
    one, other = (f"{found['question']}.{row}" for row in found["rows"])
    rows, columns = (entry["rows"][row] for row in found["rows"])
    keys = tuple(rows["counts"])
    low, high = np.zeros((len(keys) + 2,) * 2), np.full((len(keys) + 2,) * 2, np.inf)
    hidden = np.zeros(low.shape, dtype=bool)
    inside = np.ix_(*[[keys.index(str(code)) for code in found["steps"]]] * 2)
    counts = np.array(found["counts"], dtype=float)
    hidden[inside] = counts < 0
    low[inside], high[inside] = between(np.where(counts < 0, np.nan, counts), FEELINGS_STEP)
    low[-1], high[-1] = totals_of(columns, step)
    low[:, -1], high[:, -1] = totals_of(rows, step)
    keys = (*keys, SILENT)
    return Sheet((one, other), one, other, keys, keys, low, high, hidden, whole=False)


def totals_of(entry: Json, step: int) -> tuple[Values, Values]:
    """Of each answer, of all who gave none, and of everybody."""
    low, high = between(np.array([*entry["counts"].values()], dtype=float), step)
    silent, given = (between(np.array([entry[name] for name in names], dtype=float), step) for names in SUMS)
    everybody = [end.sum() + other.sum() for end, other in zip(silent, given, strict=True)]
    return np.append(low, [silent[0].sum(), everybody[0]]), np.append(high, [silent[1].sum(), everybody[1]])


def between(shown: Values, step: int) -> tuple[Values, Values]:
    """The smallest and the largest count that is rounded so; of one that is not shown nothing is known."""
    nothing = np.isnan(shown)
    return (
        np.where(nothing, 0, np.maximum(shown - step // 2, 0)),
        np.where(nothing, np.inf, shown + (step - 1) // 2),
    )


def printed(sheets: Sequence[Sheet], apart: frozenset[str]) -> tuple[Printed, dict[int, list[Withheld]]]:
    """All of them as one system, and of each sheet, by its place, the withheld numbers with their row and column.

    `apart`: answers that some readers could not give, the same for all of these.
    """
    keys: dict[str, list[str]] = {}
    for sheet in sheets:
        for answer, own in ((sheet.rows, sheet.row_keys), (sheet.columns, sheet.column_keys)):
            known = keys.setdefault(answer, [])
            known += [key for key in own if key not in known]
    for answer in apart & keys.keys():
        keys[answer].append(AWAY)
    numbers, withheld = [], {}
    for place, sheet in enumerate(sheets):
        found = list(numbers_of(sheet, keys))
        numbers += [*(number for number, _row, _column in found), *nobody_elsewhere(sheet, keys)]
        withheld[place] = [each for each in found if sheet.hidden[each[1], each[2]]]
    numbers += away_alike(keys)
    return Printed({answer: len(known) for answer, known in keys.items()}, tuple(numbers)), withheld


def numbers_of(sheet: Sheet, keys: Mapping[str, Sequence[str]]) -> Iterator[tuple[Number, int, int]]:
    rows = selections(keys[sheet.rows], sheet.row_keys)
    columns = selections(keys[sheet.columns], sheet.column_keys)
    for row, in_row in enumerate(rows):
        for column, in_column in enumerate(columns):
            cells = np.outer(in_row, in_column)
            yield Number(sheet.answers, cells, sheet.low[row, column], sheet.high[row, column]), row, column


def nobody_elsewhere(sheet: Sheet, keys: Mapping[str, Sequence[str]]) -> Iterator[Number]:
    """A line that it does not have, and other tables do, is empty here."""
    rows = np.array([key not in (*sheet.row_keys, AWAY) for key in keys[sheet.rows]])
    columns = np.array([key not in (*sheet.column_keys, AWAY) for key in keys[sheet.columns]])
    if sheet.whole and (rows.any() or columns.any()):
        there = [np.array([key != AWAY for key in keys[answer]]) for answer in sheet.answers]
        yield Number(sheet.answers, np.logical_or.outer(rows, columns) & np.logical_and.outer(*there), 0, 0)


def selections(known: Sequence[str], own: Sequence[str]) -> list[Flags]:
    """Which categories are meant by each line of a sheet, and by its total: all but those who were kept away."""
    lines = [np.array([each == key for each in known]) for key in own]
    return [*lines, np.array([each != AWAY for each in known])]


def away_alike(keys: Mapping[str, Sequence[str]]) -> Iterator[Number]:
    """Whoever was kept from one of these questions was kept from all."""
    names = [answer for answer, known in keys.items() if AWAY in known]
    for one, other in pairwise(names):
        away = [np.array([key == AWAY for key in keys[answer]]) for answer in (one, other)]
        yield Number((one, other), np.not_equal.outer(*away), 0, 0)


def links(sheets: Sequence[Sheet], definition: Definition) -> Iterator[Sheet]:
    """What is known of two answers without a table: whoever put an option first has chosen it, and one that stands
    alone was chosen by nobody else."""
    found = {sheet.rows: sheet for sheet in sheets} | {sheet.columns: sheet for sheet in sheets}
    for name in sorted(found):
        question, _equals, option = name.partition("=")
        first = found.get(f"{question}.1")
        if not option or first is None:
            continue
        keys = first.row_keys if first.rows == f"{question}.1" else first.column_keys
        alone = next(each.exclusive for each in definition.question(question).options if str(each.code) == option)
        high = np.full((len(keys) + 1, 3), np.inf)
        for place, key in enumerate(keys):
            if key == option:
                high[place, 1] = 0
            elif alone or key == SILENT:
                high[place, 0] = 0
        low, hidden = np.zeros(high.shape), np.zeros(high.shape, dtype=bool)
        yield Sheet((question, question), f"{question}.1", name, keys, (CHOSEN, OTHERS), low, high, hidden, whole=False)
