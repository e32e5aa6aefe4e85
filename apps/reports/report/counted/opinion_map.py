"""The opinion map and the statements, as the newest stored map has them."""

from typing import Any

from apps.reports.report.material import Material


def content(material: Material) -> dict[str, Any] | None:
    found = material.inputs["map"]
    if not found or found["summary"]["readers"] < material.profile.smallest_base:
        return None
    return dict(found)
