"""What the monitor shows of it: how many each rule marks, and how long each screen was in view."""

from collections.abc import Mapping
from typing import Any

from apps.analysis.quality import WEIGHTS, median_times
from apps.analysis.tabulation import answered_any
from apps.inquiries.models import Inquiry
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.quality.flags import quality_of
from apps.reports.quality.manners import Manners, manners_of
from apps.reports.report.gathering import gather
from apps.reports.report.material import Material


def calculate(inquiry: Inquiry, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The kind "quality"."""
    material = gather(inquiry)
    if material is None or not len(material):
        raise CannotBeCalculated("no_answers")
    manners = manners_of(inquiry, material)
    found = quality_of(inquiry, material, manners)
    return {
        "readers": len(material),
        "flagged": int(found.flagged.sum()),
        "left_out": int(found.left_out.sum()),
        "rules": [
            {
                "id": name,
                "weight": WEIGHTS[name],
                "marked": int(mask.sum()),
                "base": found.evaluated.get(name, 0),
                "note": found.notes.get(name, ""),
            }
            for name, mask in found.rules.items()
        ],
        "screens": screens(material, manners),
        "again": asked_again(material),
    }


def screens(material: Material, manners: Manners) -> list[dict[str, Any]]:
    """The median of the time in view on each screen of the newest version, the one that comes last included."""
    definition = material.definition
    whole = [*definition.screens, *([definition.again] if definition.again else [])]
    found = []
    for number, questions in enumerate(whole, start=1):
        median = median_times(manners.time_on(frozenset(questions)).sum(axis=1))
        found.append(
            {"screen": number, "ms": round(median[0]) if median else None, "readers": median[1] if median else 0}
        )
    return found


def asked_again(material: Material) -> int | None:
    """How many answered the question that is asked once more at the end; None where none is."""
    columns = [material.columns_of[name] for name in material.definition.again if name in material.columns_of]
    return max((answered_any(material.codes[:, each]) for each in columns), default=None)
