"""The question that was asked twice: the same flows and shifts as in an epoch."""

from typing import Any

from apps.reports.report.material import Material


def content(material: Material) -> dict[str, Any] | None:
    found: dict[str, Any] | None = material.epoch["prepost"]
    if found is None or all(arm["hidden"] for arm in found["arms"].values()):
        return None
    return found
