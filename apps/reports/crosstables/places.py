"""In which group of the map, or in which third of its line, the readers stand who answered the questions."""

from collections.abc import Sequence

import numpy as np

from apps.debates.maps.placed import placed_readers
from apps.debates.models import OpinionMap
from apps.reports.report.material import Bytes, Material


def places_of_readers(material: Material, stored: OpinionMap, keys: Sequence[str]) -> Bytes | None:
    """(readers,): places in `keys`; `len(keys)` for whoever has voted too little to be told by it."""
    placed = placed_readers(stored)
    if placed is None:
        return None
    found = np.full(len(material), len(keys), dtype=np.uint8)
    row, side = material.aligned(placed.pseudonyms), sides_by_key(placed.side, stored, keys)
    there = (row >= 0) & (side >= 0)
    found[row[there]] = side[there]
    return found


def sides_by_key(side: np.ndarray, stored: OpinionMap, keys: Sequence[str]) -> np.ndarray:
    """Groups too small to be drawn have no key; who stands in one is told of as little as who stands nowhere."""
    names = [str(each) for each in stored.parameters["ids"]] if stored.story == "groups" else list(keys)
    table = np.array([*(keys.index(name) if name in keys else -1 for name in names), -1])
    return table[side]
