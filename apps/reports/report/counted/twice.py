"""The question that was asked twice: flows and shifts as in an epoch, and the whole scale where it may be seen."""

from typing import Any

import numpy as np

from apps.analysis.paired import bowker, mcnemar, net_change, stuart_maxwell
from apps.analysis.suppression import rounded_to
from apps.analysis.tabulation import Counts
from apps.inquiries.privacy import SMALL_BASE, Profile
from apps.reports.crosstables.indicative_tests import probability
from apps.reports.disclosure import about, whole
from apps.reports.report.counted.epoch import pairs_in
from apps.reports.report.material import NO_ARM, Material
from apps.reports.sides import sides
from apps.reports.twice.pairs import estimate, flow_of, grouped
from apps.reports.twice.repetition import Repetition, repetition_in
from apps.surveys.arms import Arm

P_DIGITS = 3


def content(material: Material) -> dict[str, Any] | None:
    found: dict[str, Any] | None = material.epoch["prepost"]
    repetition = repetition_in(material.definition)
    if found is None or repetition is None or all(arm["hidden"] for arm in found["arms"].values()):
        return None
    return {
        **found,
        "scale": scales(material, repetition, found),
        "upper": upper_sides(material, repetition, found),
    }


def scales(material: Material, repetition: Repetition, found: dict[str, Any]) -> dict[str, Any]:
    """By way, where both answers were given often enough to be tested."""
    steps = sides(repetition.first).steps
    told = {}
    for name in ("A", "B"):
        counts = square(material, repetition, steps, name if found["compared"] else None)
        if name in found["arms"] and counts.sum() >= SMALL_BASE:
            told[name] = {"steps": list(steps), **tested(counts), "counts": shown(counts, material)}
    return told


def upper_sides(material: Material, repetition: Repetition, found: dict[str, Any]) -> dict[str, Any]:
    """By way, who came to the upper side and who left it; only where that follows from what is shown anyhow."""
    twice = pairs_in(material)
    shown = [name for name in ("A", "B") if shows_who_changed(found["arms"].get(name), repetition)]
    if twice is None:
        return {}
    return {
        name: upper_side(flow_of(twice, Arm[name] if found["compared"] else None), material.profile) for name in shown
    }


def shows_who_changed(arm: dict[str, Any] | None, repetition: Repetition) -> bool:
    """By the whole table of sides; where nothing stands between two sides, by who moved."""
    if arm is None or arm["hidden"]:
        return False
    _low, between, _high = grouped(repetition)
    return arm["flow"] is not None or (not between and whole(arm["moved"]))


def upper_side(flow: Counts, profile: Profile) -> dict[str, Any]:
    """`flow` (3, 3): the upper side against all others. What is rounded is not told again by an exact p."""
    came, left = int(flow[:-1, -1].sum()), int(flow[-1, :-1].sum())
    test, exact = mcnemar(came, left), profile.counts_to == 1
    return {
        "came": about(came, profile),
        "left": about(left, profile),
        "net": estimate(net_change(came, left, int(flow.sum()))),
        "p": probability(test.p, exact),
        "few": exact and test.exact,
    }


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
