"""Weights that make the readers' background look like figures entered by an author, one margin after the other.

Readers with the same background get the same weight, so the work is done on the cells of backgrounds that occur. What a
margin does not know (a reader who did not tell their age) it leaves alone: its targets are shares of those it knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from apps.analysis.weights import design_effect, effective_readers

Numbers = NDArray[np.float64]
Indexes = NDArray[np.integer]

BOUNDS = (0.3, 3.0)
"""Smallest and largest weight as parts of the mean weight."""
FEWEST_READERS = 200
LARGEST_DESIGN_EFFECT = 2.0
CLOSE, CLOSE_ENOUGH = 1e-10, 1e-6
"""Change of a weight at which raking stops, and distance from the targets at which it has arrived."""
STEPS = 1000
ROUNDING = 0.005
"""How far entered targets may sum to something else than 1, because they were printed with few digits."""
TOLERATED = 0.005
"""Largest distance that trimming may leave between a share and its target: half a percentage point."""


class Reason(StrEnum):
    """Why there are no weights."""

    FEW_READERS = "few_readers"
    NOT_A_SHARE = "not_a_share"  # a target is negative, infinite or no number
    SUM = "sum"  # the targets of a margin do not sum to 1
    SIZE = "size"  # a reader has a category that the margin does not
    EMPTY = "empty"  # nobody stands where the target wants somebody
    NO_TARGET = "no_target"  # readers stand where the target is zero
    NOT_REACHED = "not_reached"  # the margins contradict each other as these readers combine them
    TOO_UNEQUAL = "too_unequal"  # bounded weights stay too far from the targets
    DESIGN_EFFECT = "design_effect"


@dataclass(frozen=True)
class Margin:
    """`categories` (readers,): 0 … k - 1, negative where unknown; `targets` (k,): shares that sum to about 1."""

    name: str
    categories: Indexes
    targets: Numbers


@dataclass(frozen=True)
class Refusal:
    """`margin` and `category` say where, if anywhere; `value`: the number that is wrong."""

    reason: Reason
    margin: str | None = None
    category: int | None = None
    value: float = 0.0


@dataclass(frozen=True)
class Raked:
    """`weights` (readers,) with mean 1. `residuals`: reached less wanted share of each category, by margin.

    `trimmed`: readers at one of the bounds. `largest_before`: the largest weight that raking alone would have given.
    """

    weights: Numbers
    residuals: dict[str, Numbers]
    design_effect: float
    effective: float
    smallest: float
    largest: float
    largest_before: float
    trimmed: int


@dataclass(frozen=True)
class Cells:
    """Backgrounds that occur: `of_reader` (readers,) numbers them, `readers` (cells,) counts them, `start` (cells,) is
    the weight they begin with, `margins` hold their category (cells,) and the targets."""

    of_reader: Indexes
    readers: Numbers
    start: Numbers
    margins: tuple[Margin, ...]


def rake(
    margins: Sequence[Margin],
    *,
    start: Numbers | None = None,
    bounds: tuple[float, float] = BOUNDS,
    fewest: int = FEWEST_READERS,
    most: float = LARGEST_DESIGN_EFFECT,
) -> Raked | Refusal:
    """Weights that reach the targets of all margins within `bounds`, or why there are none.

    Iterative proportional fitting (Deming & Stephan 1940); weights outside the bounds are cut to them and fitting goes
    on until both hold (Izrael, Battaglia & Frankel 2009). `start` (readers,): weights that readers already have, none
    of them zero. Raises ValueError where they are no weights.
    """
    if start is not None and not (np.isfinite(start).all() and (start > 0).all()):
        raise ValueError("weights to start with are finite and above zero")
    if not margins or len(margins[0].categories) < fewest:
        return Refusal(Reason.FEW_READERS, value=float(len(margins[0].categories) if margins else 0))
    if refusal := next(filter(None, map(refused, margins)), None):
        return refusal
    cells = cells_of(margins, start)
    free = fit(cells)
    if farthest(left := residuals(cells, free)) > CLOSE_ENOUGH:
        return worst(Reason.NOT_REACHED, left)
    bounded = fit(cells, bounds)
    if farthest(left := residuals(cells, bounded)) > TOLERATED:
        return worst(Reason.TOO_UNEQUAL, left)
    found = described(cells, bounded, left, bounds, float(free.max()))
    return found if found.design_effect <= most else Refusal(Reason.DESIGN_EFFECT, value=found.design_effect)


def refused(margin: Margin) -> Refusal | None:
    """What is wrong with one margin, as it was entered and as readers stand in it."""
    targets = margin.targets
    for category, target in enumerate(targets):
        if not (np.isfinite(target) and target >= 0):
            return Refusal(Reason.NOT_A_SHARE, margin.name, category, float(target))
    if abs(targets.sum() - 1) > ROUNDING:
        return Refusal(Reason.SUM, margin.name, value=float(targets.sum()))
    if margin.categories.max(initial=-1) >= len(targets):
        return Refusal(Reason.SIZE, margin.name, int(margin.categories.max()))
    readers = np.bincount(margin.categories[margin.categories >= 0], minlength=len(targets))
    for category, (target, there) in enumerate(zip(targets, readers, strict=True)):
        if bool(target) != bool(there):
            reason = Reason.EMPTY if target else Reason.NO_TARGET
            return Refusal(reason, margin.name, category, float(target if target else there))
    return None


def cells_of(margins: Sequence[Margin], start: Numbers | None) -> Cells:
    """Readers alike in every margin and in the weight they begin with, taken together."""
    number = np.zeros(len(margins[0].categories), dtype=np.int64)
    for margin in margins:
        number = number * (len(margin.targets) + 1) + np.maximum(margin.categories, -1) + 1
    weights = np.ones(len(number)) if start is None else start / start.mean()
    if start is not None:
        values, of_weight = np.unique(weights, return_inverse=True)
        number = number * len(values) + of_weight
    _, first, of_reader, readers = np.unique(number, return_index=True, return_inverse=True, return_counts=True)
    by_cell = tuple(Margin(each.name, each.categories[first], each.targets / each.targets.sum()) for each in margins)
    return Cells(of_reader, readers.astype(np.float64), weights[first], by_cell)


def fit(cells: Cells, bounds: tuple[float, float] = (0.0, np.inf)) -> Numbers:
    """Weights (cells,) fitted to one margin after the other and cut to the bounds, until nothing changes any more."""
    weights = cells.start
    for _ in range(STEPS):
        before = weights
        for margin in cells.margins:
            weights = fitted_to(margin, cells.readers, weights)
        weights = cut(cells, weights, bounds)
        if np.abs(weights - before).max() <= CLOSE:
            break
    for _ in range(STEPS):  # cutting moves the mean, and the mean the bounds
        before, weights = weights, cut(cells, weights, bounds)
        if np.abs(weights - before).max() <= CLOSE:
            break
    return weights


def cut(cells: Cells, weights: Numbers, bounds: tuple[float, float]) -> Numbers:
    """Weights with mean 1, and then within the bounds."""
    return np.clip(weights * (cells.readers.sum() / (weights * cells.readers).sum()), *bounds)


def farthest(left: dict[str, Numbers]) -> float:
    """The largest of all residuals, whatever their sign."""
    return max(float(np.abs(each).max()) for each in left.values())


def fitted_to(margin: Margin, readers: Numbers, weights: Numbers) -> Numbers:
    """Weights after one step: the known categories take the shares wanted, together they weigh what they weighed."""
    known = margin.categories >= 0
    held = np.bincount(margin.categories[known], (weights * readers)[known], len(margin.targets))
    change = np.divide(margin.targets * held.sum(), held, out=np.ones(len(held)), where=held > 0)
    return np.where(known, weights * change[margin.categories], weights)


def residuals(cells: Cells, weights: Numbers) -> dict[str, Numbers]:
    """Of each margin the shares that these weights (cells,) give, less its targets, (k,)."""
    found = {}
    for margin in cells.margins:
        known = margin.categories >= 0
        held = np.bincount(margin.categories[known], (weights * cells.readers)[known], len(margin.targets))
        found[margin.name] = held / held.sum() - margin.targets
    return found


def described(
    cells: Cells, by_cell: Numbers, left: dict[str, Numbers], bounds: tuple[float, float], before: float
) -> Raked:
    """The weights of the cells as weights of readers, with what they cost."""
    weights = by_cell[cells.of_reader]
    at_bounds = (weights <= bounds[0] + 1e-6) | (weights >= bounds[1] - 1e-6)
    return Raked(
        weights=weights,
        residuals=left,
        design_effect=design_effect(weights),
        effective=effective_readers(weights),
        smallest=float(weights.min()),
        largest=float(weights.max()),
        largest_before=before,
        trimmed=int(at_bounds.sum()),
    )


def worst(reason: Reason, left: dict[str, Numbers]) -> Refusal:
    """Where the shares are farthest from their targets."""
    name = max(left, key=lambda margin: float(np.abs(left[margin]).max()))
    category = int(np.abs(left[name]).argmax())
    return Refusal(reason, name, category, float(left[name][category]))
