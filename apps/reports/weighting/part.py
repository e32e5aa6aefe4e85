"""The part "weighting" of a report, and what the desk's page waits for. For the worker."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.weighting.weighted import weighted

if TYPE_CHECKING:
    from apps.inquiries.models import Inquiry
    from apps.reports.report.material import Material


def calculate(inquiry: "Inquiry", parameters: Mapping[str, Any]) -> dict[str, Any]:
    from apps.reports.crosstables.memory import held_material
    from apps.reports.models import WeightRun
    from apps.reports.queries import latest_epoch

    run = WeightRun.objects.filter(inquiry=inquiry, number=parameters["number"]).first()
    found = held_material(inquiry, None, (), placed=False)
    if run is None or found is None:
        raise CannotBeCalculated("no_questions")
    last = latest_epoch(inquiry.pk)
    return weighted(found.material, run.margins, last.content if last else {})


def inputs(inquiry: "Inquiry", material: "Material") -> dict[str, Any]:
    from apps.reports.weighting.setting import newest_run

    run = newest_run(inquiry.pk)
    return {"number": run.number, "margins": run.margins} if run else {}


def content(material: "Material") -> dict[str, Any] | None:
    held = material.inputs["weighting"]
    if not held:
        return None
    return {"number": held["number"], **weighted(material, held["margins"], material.inputs["questions"]["before"])}
