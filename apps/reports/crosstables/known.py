"""What a table is made of beside two answers: what was published before, and which readers are counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from apps.reports.crosstables.disclosed import Published
from apps.reports.report.material import Bytes, Flags

Hidden = frozenset[tuple[str, str]]
"""Cells by row and column; "" for a total."""


@dataclass(frozen=True)
class Known:
    """What a table rests on beside the answers: the newest epoch, whose hidden totals stay hidden, places of the map,
    and what the same table hid when it was `published` last. `draws`: random tables behind a test, None for as many as
    somebody waits for."""

    epoch: Published
    places: Bytes | None = None
    draws: int | None = None
    hidden_before: Hidden | None = None

    def before(self, rows: Sequence[str], columns: Sequence[str]) -> Flags | None:
        """Lines that are new hid nothing."""
        if self.hidden_before is None:
            return None
        return np.array([[(row, column) in self.hidden_before for column in (*columns, "")] for row in (*rows, "")])


@dataclass(frozen=True)
class Readers:
    """Who is counted: `everybody`, and of those the `part` that passes the filters; None for all."""

    everybody: Flags | None
    part: Flags | None
