"""The numbers of a table as they may be seen: counts, shares of rows and of columns, None where hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apps.analysis.suppression import rounded_to
from apps.analysis.tabulation import Counts
from apps.inquiries.privacy import SMALL_BASE, Profile
from apps.reports.crosstables.fields import SILENT
from apps.reports.report.material import Flags


@dataclass(frozen=True)
class Numbers:
    """`counts` and `hidden` (rows + 1, columns + 1) with totals last; of options the last row is everybody."""

    row_keys: Sequence[str]
    column_keys: Sequence[str]
    counts: Counts
    hidden: Flags
    profile: Profile

    @property
    def whole(self) -> bool:
        return not self.hidden.any()

    @property
    def exact(self) -> bool:
        """Whether numbers that are worked out from all cells may be told to the last digit: they would tell hidden
        ones, and those behind rounded ones."""
        return self.whole and self.profile.counts_to == 1

    @property
    def answers(self) -> tuple[list[int], list[int]]:
        """Places of the rows and columns that are answers, not silence."""
        return tuple(
            [place for place, key in enumerate(keys) if key != SILENT] for keys in (self.row_keys, self.column_keys)
        )  # type: ignore[return-value]


def shown(numbers: Numbers) -> dict[str, Any]:
    """A share is told where its cell and its total are."""
    counts, hidden, profile = numbers.counts, numbers.hidden, numbers.profile
    of_rows, of_columns = hidden | hidden[:, -1:], hidden | hidden[-1:]
    return {
        "row_keys": list(numbers.row_keys),
        "column_keys": list(numbers.column_keys),
        "counts": unhidden(rounded_to(counts, profile.counts_to), hidden),
        "row_shares": unhidden(parts(counts, counts[:, -1:], profile), of_rows),
        "column_shares": unhidden(parts(counts, counts[-1:], profile), of_columns),
        "small_columns": [bool(total < SMALL_BASE) for total in counts[-1]],
        "small_rows": [bool(total < SMALL_BASE) for total in counts[:, -1]],
        "whole": numbers.whole,
    }


def parts(counts: Counts, totals: Counts, profile: Profile) -> np.ndarray:
    return np.divide(counts, totals, out=np.zeros(counts.shape), where=totals > 0).round(profile.share_digits)


def unhidden(values: np.ndarray, hidden: Flags) -> list[list[Any]]:
    return [
        [None if cell else value for value, cell in zip(line, cells, strict=True)]
        for line, cells in zip(values.tolist(), hidden.tolist(), strict=True)
    ]
