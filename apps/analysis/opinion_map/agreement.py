"""How far two groupings of the same readers agree."""

import numpy as np
from numpy.typing import NDArray


def adjusted_rand_index(first: NDArray[np.integer], second: NDArray[np.integer]) -> float:
    """1 for the same groups, about 0 for chance; labels (n,), whatever their names (Hubert & Arabie 1985)."""
    _, rows = np.unique(first, return_inverse=True)
    _, columns = np.unique(second, return_inverse=True)
    table = np.zeros((rows.max(initial=0) + 1, columns.max(initial=0) + 1))
    np.add.at(table, (rows, columns), 1)
    together, in_first, in_second = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = in_first * in_second / max(pairs(np.array(float(len(rows)))), 1.0)
    highest = (in_first + in_second) / 2
    return 1.0 if highest == chance else float((together - chance) / (highest - chance))


def pairs(sizes: NDArray[np.float64]) -> float:
    """How many pairs of readers stand together in groups of these sizes, any shape."""
    return float((sizes * (sizes - 1) / 2).sum())
