"""From the page with the question to the last answer: who came how far, from where, on what, in which language."""

from typing import Any

import numpy as np

from apps.reports.content import breakdown
from apps.reports.report.counted.along import along
from apps.reports.report.material import Material

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
    """Of each question: who left it blank, did not know, would not say. Shown counts; -1 where they are hidden."""
    found = {}
    for entry in material.epoch["questions"]:
        counts = entry.get("counts") or {}
        if not entry["hidden"] and "rows" not in entry and "first" not in entry and counts:
            apart = [counts.get(code, 0) for code in ("98", "99")]
            found[entry["id"]] = [entry["blank"], *(-1 if each is None else each for each in apart)]
    return found
