"""Counts as they may be shown under a privacy profile."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.suppression import hidden_cells, rounded_to
from apps.analysis.tabulation import Counts, shares
from apps.inquiries.privacy import SMALL_BASE, Profile

Entry = dict[str, Any]


def about(number: int, profile: Profile) -> int:
    return int(rounded_to(np.array([number]), profile.counts_to)[0])


def bases(base: int, blank: int, not_shown: int, profile: Profile) -> Entry:
    """How many answered, left it blank, were not asked; and what that means for the figure."""
    return {
        "base": about(base, profile),
        "blank": about(blank, profile),
        "not_shown": about(not_shown, profile),
        "hidden": base < profile.smallest_base,
        "small_base": base < SMALL_BASE,
    }


def table(
    names: Sequence[object],
    counts: Counts | Sequence[int],
    base: int,
    *,
    profile: Profile,
    smallest: int,
    before: Mapping[str, Any] | None = None,
) -> Entry:
    """Counts and shares by code, None where hidden. `before`: the same table in the last epoch."""
    keys, counts = [str(name) for name in names], np.asarray(counts, dtype=np.int64)
    hidden = cells_to_hide(keys, counts, base, profile=profile, smallest=smallest, before=before)
    rounded = rounded_to(counts, profile.counts_to).tolist()
    parts = shares(counts, base).round(profile.share_digits).tolist()
    return {
        "counts": {key: None if cell else count for key, count, cell in zip(keys, rounded, hidden, strict=True)},
        "shares": {key: None if cell else part for key, part, cell in zip(keys, parts, hidden, strict=True)},
    }


def cells_to_hide(
    keys: Sequence[str], counts: Counts, base: int, *, profile: Profile, smallest: int, before: Mapping[str, Any] | None
) -> NDArray[np.bool_]:
    if base < profile.smallest_base:
        return np.ones(len(counts), dtype=bool)
    earlier = (before or {}).get("counts", {})
    return hidden_cells(counts, smallest, np.array([key in earlier and earlier[key] is None for key in keys]))


def whole(entry: Entry) -> bool:
    """Whether no cell is hidden, so that nothing can be worked out from sums, means or sentences."""
    return None not in entry["counts"].values()
