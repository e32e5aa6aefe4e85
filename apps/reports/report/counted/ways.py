"""From the page with the question to the last answer: who came how far, from where, on what, in which language."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from apps.reports.content import breakdown
from apps.reports.report.counted.along import along
from apps.reports.report.material import Material
from apps.surveys.definition import Option

SHARE_DIGITS = 3


def content(material: Material) -> dict[str, Any]:
    """Views are views, not people: who opens a page twice counts twice."""
    given, method = material.inputs["ways"], material.epoch["method"]
    return {
        "opened": given["opened"],
        "screens": screens(material, given["screens"]),
        "sources": breakdown(given["sources"], material.profile, None) if given["sources"] else None,
        "devices": method["devices"],
        "languages": method["languages"],
        "missing": missing(material),
        **rates(material, given["opened"]),
    }


def screens(material: Material, number: int) -> dict[str, Any]:
    """By the furthest screen that readers came to."""
    furthest = np.bincount(np.clip(material.screen, 1, max(number, 1)), minlength=number + 1)[1:]
    readers = {f"{place:02}": count for place, count in enumerate(furthest.tolist(), start=1)}
    return along(readers, material.profile)


def rates(material: Material, opened: dict[str, int]) -> dict[str, Any]:
    """CHERRIES: began out of those who saw the first page, finished out of those who began, and the rest of them."""
    began, finished, seen = len(material), int(material.finished.sum()), opened.get("cover", 0)
    return {
        "views": seen,
        "participation": share(began, seen) if seen >= began else None,
        "completion": share(finished, began),
        "break_off": share(began - finished, began),
    }


def share(part: int, whole: int) -> float | None:
    return round(part / whole, SHARE_DIGITS) if whole else None


def missing(material: Material) -> dict[str, list[int]]:
    """Of each question, and of each row of one: who left it blank, did not know, would not say. Shown counts; -1 where
    they are hidden. A row stands under the question's name and its own, parted by a point."""
    found = {}
    for entry in material.epoch["questions"]:
        options = material.definition.question(entry["id"]).options
        for name, part in parts_of(entry):
            if not part["hidden"]:
                found[name] = [part["blank"], *(in_role(part, options, role) for role in ("dont_know", "prefer_not"))]
    return found


def parts_of(entry: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    rows = entry.get("rows") or {}
    return [(f"{entry['id']}.{code}", row) for code, row in rows.items()] if rows else [(entry["id"], entry)]


def in_role(part: Mapping[str, Any], options: Iterable[Option], role: str) -> int:
    """Of a ranking, who put it first. By what an option is, not by its code: 99 may be somebody's ordinary answer."""
    counts = part["first"]["counts"] if "first" in part else part.get("counts") or {}
    readers = [counts.get(str(option.code), 0) for option in options if option.role == role]
    return -1 if None in readers else sum(readers)
