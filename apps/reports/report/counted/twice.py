"""The question that was asked twice: flows and shifts as in an epoch, and the whole scale where it may be seen."""

from typing import Any

import numpy as np

from apps.analysis.paired import bowker, stuart_maxwell
from apps.analysis.suppression import rounded_to
from apps.analysis.tabulation import Counts
from apps.inquiries.privacy import SMALL_BASE
from apps.reports.report.material import NO_ARM, Material
from apps.reports.sides import sides
from apps.reports.twice.repetition import Repetition, repetition_in
from apps.surveys.arms import Arm

P_DIGITS = 3


def content(material: Material) -> dict[str, Any] | None:
    found: dict[str, Any] | None = material.epoch["prepost"]
    repetition = repetition_in(material.definition)
    if found is None or repetition is None or all(arm["hidden"] for arm in found["arms"].values()):
        return None
    return {**found, "scale": scales(material, repetition, found)}


def scales(material: Material, repetition: Repetition, found: dict[str, Any]) -> dict[str, Any]:
    """By way, where both answers were given often enough to be tested."""
    steps = sides(repetition.first).steps
    told = {}
    for name in ("A", "B"):
        counts = square(material, repetition, steps, name if found["compared"] else None)
        if name in found["arms"] and counts.sum() >= SMALL_BASE:
            told[name] = {"steps": list(steps), **tested(counts), "counts": shown(counts, material)}
    return told


def square(material: Material, repetition: Repetition, steps: tuple[int, ...], arm: str | None) -> Counts:
    """(steps, steps): first answers by last ones; don't-know has no place on the scale."""
    here = material.arm == Arm[arm] if arm else np.isin(material.arm, (Arm.A, NO_ARM))
    place = np.full(256, -1)
    place[list(steps)] = np.arange(len(steps))
    first, last = (place[material.column(each.id)[here]] for each in (repetition.first, repetition.again))
    both = (first >= 0) & (last >= 0)
    cells = first[both] * len(steps) + last[both]
    return np.bincount(cells, minlength=len(steps) ** 2).reshape(len(steps), len(steps))


def tested(counts: Counts) -> dict[str, Any]:
    """Whether as many went each way between any two steps, and whether the last answers as a whole differ."""
    symmetry, margins = bowker(counts), stuart_maxwell(counts)
    return {
        "bowker": {"df": symmetry.df, "p": round(symmetry.p, P_DIGITS)},
        "stuart_maxwell": {"df": margins.df, "p": round(margins.p, P_DIGITS)},
    }


def shown(counts: Counts, material: Material) -> list[list[int]] | None:
    """The whole table or none of it: the sides beside it would give a part away."""
    if (counts < material.profile.smallest_group).any():
        return None
    return rounded_to(counts, material.profile.counts_to).tolist()
