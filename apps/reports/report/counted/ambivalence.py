"""Two feelings at once: how strong the one was where the other was so strong."""

from typing import Any

import numpy as np

from apps.analysis.crosstabs import cross_table, pairs
from apps.analysis.ordered import ambivalence_counts
from apps.analysis.tabulation import Counts
from apps.reports.crosstables.columns import asked_readers, coded
from apps.reports.crosstables.crosstable import whole_table
from apps.reports.crosstables.fields import fields_of_question
from apps.reports.crosstables.known import Known
from apps.reports.report.counted.crossing import laid_out
from apps.reports.report.material import Material
from apps.reports.sides import sides
from apps.surveys.definition import Question

STEP = 5
"""Counts of a table of two answers are rounded to this, whatever the profile."""
SHARE_DIGITS, MEAN_DIGITS = 2, 1


def content(material: Material) -> dict[str, Any] | None:
    found = [felt(material, question) for question in material.definition.questions if has_two_feelings(question)]
    told = [each for each in found if each]
    return {"questions": told} if told else None


def has_two_feelings(question: Question) -> bool:
    """Two rows, each on a scale without a middle: from not at all to strongly."""
    both = sides(question)
    return question.kind == "item_by_item" and len(question.rows) == 2 and not both.two_poled and len(both.steps) > 2


def felt(material: Material, question: Question) -> dict[str, Any] | None:
    """Readers who placed themselves on both scales, by both answers."""
    entry = next(each for each in material.epoch["questions"] if each["id"] == question.id)
    rows = [entry["rows"][row.code] for row in question.rows]
    one, other = ((field, coded(material, field)) for field in fields_of_question(question))
    steps, profile = sides(question).steps, material.profile
    codes = [str(step) for step in steps]
    columns = (material.column(question.id, row.code) for row in question.rows)
    counts = cross_table(pairs(*columns), steps, steps).counts
    if any(row["hidden"] for row in rows) or counts.sum() < profile.smallest_base:
        return None
    readers, known = asked_readers(material, [one[0], other[0]]), Known(material.inputs["questions"]["before"])
    shown = laid_out(whole_table(material, one, other, readers, known), codes, codes, STEP)
    return {
        "question": question.id,
        "rows": [row.code for row in question.rows],
        "steps": list(steps),
        "base": round(int(counts.sum()) / STEP) * STEP,
        "counts": shown.tolist(),
        **mixed(counts, profile.smallest_group),
    }


def mixed(counts: Counts, smallest: int) -> dict[str, Any]:
    """(P + N) / 2 - |P - N|, from as one-sided as can be to both as strong as can be: its mean, and the part of readers
    in whom both are at least half as strong as possible and no more than a step apart, where neither part is small."""
    values, readers, top = ambivalence_counts(counts), int(counts.sum()), len(counts) - 1
    scales = np.indices(counts.shape)
    both = int(counts[(scales.min(axis=0) >= top / 2) & (np.abs(scales[0] - scales[1]) <= 1)].sum())
    return {
        "mean": round(sum(value * number for value, number in values.items()) / readers, MEAN_DIGITS),
        "span": [-top / 2, float(top)],
        "mixed": round(both / readers, SHARE_DIGITS) if smallest <= both <= readers - smallest else None,
    }
