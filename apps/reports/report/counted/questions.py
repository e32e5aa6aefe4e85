"""Every question with its counts, as in an epoch, and what those counts say of how sure and how split they are.

What is added is made from the counts as they are shown, never from others: nothing can be worked out from it that the
table hides, and whoever has the table can make it again.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from apps.analysis.intervals import goodman, lead, wilson
from apps.analysis.ordered import spread
from apps.reports.disclosure import whole
from apps.reports.report.counted.versions import otherwise
from apps.reports.report.material import Material
from apps.reports.sides import ORDERED_KINDS, asks_for_opinion, sides
from apps.surveys.definition import Question

Entry = dict[str, Any]

DIGITS = 3
ONE_OF = ("single_ordinal", "single_nominal", "paired_ab", "scale")


def content(material: Material) -> dict[str, Any]:
    questions = material.epoch["questions"]
    known = {entry["id"]: beside(material.definition.question(entry["id"]), entry) for entry in questions}
    return {
        "questions": questions,
        "beside": {name: each for name, each in known.items() if each},
        "versions": otherwise(material),
    }


def beside(question: Question, entry: Entry) -> dict[str, Any]:
    """Of one question; of one in rows, by row."""
    if "rows" in entry:
        rows = {code: of_counts(question, row) for code, row in entry["rows"].items()}
        return {"rows": {code: row for code, row in rows.items() if row}} if any(rows.values()) else {}
    if "first" in entry:
        return of_ranks(entry)
    return of_counts(question, entry) if entry.get("counts") else {}


def of_counts(question: Question, entry: Entry) -> dict[str, Any]:
    """Nothing where a cell is hidden: an interval would tell it."""
    if entry["hidden"] or not entry["base"] or not whole(entry):
        return {}
    codes, counts = list(entry["counts"]), np.array(list(entry["counts"].values()))
    simultaneous = question.kind in ONE_OF and len(codes) > 1
    low, high = (goodman if simultaneous else wilson)(counts, entry["base"])
    found: dict[str, Any] = {
        "method": "goodman" if simultaneous else "wilson",
        "intervals": pairs(codes, low, high),
    }
    if simultaneous:
        found["lead_width"] = round(lead(counts, entry["base"]).width, DIGITS)
    if question.kind in ORDERED_KINDS and asks_for_opinion(question):
        found |= split(question, dict(zip(codes, counts.tolist(), strict=True)))
    return found


def of_ranks(entry: Entry) -> dict[str, Any]:
    """Of being anywhere among the first: one option does not take from another."""
    if entry["hidden"] or not entry["base"] or not whole(entry["any"]):
        return {}
    codes, counts = list(entry["any"]["counts"]), np.array(list(entry["any"]["counts"].values()))
    low, high = wilson(np.minimum(counts, entry["base"]), entry["base"])
    return {"method": "wilson", "intervals": pairs(codes, low, high)}


def split(question: Question, counts: Mapping[str, int]) -> dict[str, Any]:
    """How far apart the answers on the scale lie; don't-know has no place on it."""
    found = spread(np.array([counts.get(str(code), 0) for code in sides(question).steps]))
    if found is None:
        return {}
    return {"polarisation": round(found.polarisation, DIGITS), "distance": round(found.distance, DIGITS)}


def pairs(codes: list[str], low: np.ndarray, high: np.ndarray) -> dict[str, list[float]]:
    rows = zip(codes, low.round(DIGITS).tolist(), high.round(DIGITS).tolist(), strict=True)
    return {code: [below, above] for code, below, above in rows}
