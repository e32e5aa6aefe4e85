"""A stranger with a report: everything that its tables print, over all that readers may have answered, as one linear
programme. Written apart from what the house uses, so that both would have to be wrong in the same way."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog

Table = Mapping[str, Any]


class Stranger:
    """Knows tables of one answer to a reader, without filters; `step`: to what their counts are rounded."""

    def __init__(self, tables: Sequence[Table], step: int = 1) -> None:
        self.keys: dict[str, list[str]] = {}
        for table in tables:
            for name in ("rows", "columns"):
                known = self.keys.setdefault(table[name], [])
                known += [key for key in table[f"{name[:-1]}_keys"] if key not in known]
        self.places = np.indices([len(keys) for keys in self.keys.values()]).reshape(len(self.keys), -1)
        self.lines, self.low, self.high = [], [], []
        for table in tables:
            for row in (*table["row_keys"], ""):
                for column in (*table["column_keys"], ""):
                    count = told(table, row, column)
                    if count is not None:
                        self.lines.append(self.line(table, row, column))
                        self.low.append(count - step // 2)
                        self.high.append(count + (step - 1) // 2)

    def line(self, table: Table, row: str, column: str) -> np.ndarray:
        """Whose answers are counted in a cell; "" for a total."""
        found = np.ones(self.places.shape[1])
        for name, key in ((table["rows"], row), (table["columns"], column)):
            if key:
                found *= self.places[list(self.keys).index(name)] == self.keys[name].index(key)
        return found

    def width(self, table: Table, row: str, column: str) -> float:
        wanted, lines = self.line(table, row, column), np.array(self.lines)
        limits = np.array([*self.high, *(-np.array(self.low))])
        ends = [sign * linprog(sign * wanted, A_ub=np.vstack([lines, -lines]), b_ub=limits).fun for sign in (1, -1)]
        return ends[1] - ends[0]


def told(table: Table, row: str, column: str) -> int | None:
    rows, columns = [*table["row_keys"], ""], [*table["column_keys"], ""]
    count: int | None = table["counts"][rows.index(row)][columns.index(column)]
    return count


def hidden_of(table: Table) -> list[tuple[str, str]]:
    cells = [(row, column) for row in (*table["row_keys"], "") for column in (*table["column_keys"], "")]
    return [cell for cell in cells if told(table, *cell) is None]


def given_away(tables: Sequence[Table], enough: int, step: int = 1) -> list[tuple[str, str, str, str]]:
    """Hidden numbers that all tables together tell more closely than `enough`, and more closely than their own does."""
    everybody, found = Stranger(tables, step), []
    for table in tables:
        alone = Stranger([table], step)
        for cell in hidden_of(table):
            width = everybody.width(table, *cell)
            if width < min(enough, alone.width(table, *cell) if width < enough else enough) - 1e-6:
                found.append((table["rows"], table["columns"], *cell))
    return found
