"""Two answers against each other where the report has a part of its own for them.

They are hidden as every table is (`crosstables.disclosed`): a stranger has the tables of both answers, too, and maybe
these two as a table that editors chose.
"""

from collections.abc import Sequence

import numpy as np

from apps.analysis.suppression import rounded_to
from apps.analysis.tabulation import Counts
from apps.reports.crosstables.disclosed import Masked


def laid_out(found: Masked, rows: Sequence[str], columns: Sequence[str], step: int) -> Counts:
    """(rows, columns) of these keys: rounded, -1 where hidden, 0 in a line that is known to hold nobody."""
    shown = np.where(found.hidden[:-1, :-1], -1, rounded_to(found.counts, step))
    known = dict(np.ndenumerate(shown))
    places = [{key: place for place, key in enumerate(side.kept_keys)} for side in (found.rows, found.columns)]
    return np.array([[known.get((places[0].get(row), places[1].get(column)), 0) for column in columns] for row in rows])
