"""When readers came, and whether those who came late answered the first question otherwise."""

from datetime import timedelta
from typing import Any

import numpy as np

from apps.analysis.arrival import EARLY, LATE, arrivals, early
from apps.analysis.association import association
from apps.analysis.crosstabs import cross_table, pairs
from apps.analysis.tabulation import Counts
from apps.reports.crosstables.columns import Coded, coded
from apps.reports.crosstables.crosstable import counted
from apps.reports.crosstables.disclosed import Side, masked
from apps.reports.crosstables.fields import fields_of_question
from apps.reports.report.counted.along import along
from apps.reports.report.counted.crossing import laid_out
from apps.reports.report.material import EPOCH, Bytes, Material
from apps.reports.sides import asks_for_opinion
from apps.surveys.definition import Question

MOST_DAYS, WEEK = 28, 7
P_DIGITS, V_DIGITS = 4, 2
ONE_ANSWER = ("single_ordinal", "single_nominal", "paired_ab")


def content(material: Material) -> dict[str, Any] | None:
    width = WEEK if len(material) and int(np.ptp(material.day)) >= MOST_DAYS else 1
    bins = arrivals(material.day, width)
    if bins is None:
        return None
    readers = dict(zip(map(iso, bins.starts.tolist()), bins.readers.tolist(), strict=True))
    return {"width": width, "days": along(readers, material.profile), "late": late(material)}


def iso(day: int) -> str:
    return (EPOCH + timedelta(days=day)).isoformat()


def late(material: Material) -> dict[str, Any] | None:
    """The first question by those who came early and those who came late, half and half as far as whole days allow.

    What a test says of the table is told only where the whole table is.
    """
    question, is_early = first_question(material), early(material.day)
    entry = next((each for each in material.epoch["questions"] if question and each["id"] == question.id), None)
    if question is None or is_early is None or entry is None or entry["hidden"]:
        return None
    answers, codes = material.column(question.id), [option.code for option in question.options]
    when, smallest = np.where(is_early, EARLY, LATE).astype(np.uint8), material.profile.smallest_base
    if np.bincount(when).min() < smallest:
        return None
    shown = by_halves(material, question, when)
    table = cross_table(pairs(answers, when), codes, (EARLY, LATE))
    test = association(table, np.random.default_rng(material.seed), draws=material.inputs["settings"]["draws"])
    told = bool((shown >= 0).all()) and test.p is not None
    return {
        "question": question.id,
        "last_early": iso(int(material.day[is_early].max())),
        "codes": codes,
        "counts": shown.tolist(),
        "v": round(test.v, V_DIGITS) if told else None,
        "p": round(test.p, P_DIGITS) if told and test.p is not None else None,
        "method": str(test.method),
        "draws": test.draws,
        "error": round(test.error, P_DIGITS),
    }


def by_halves(material: Material, question: Question, when: Bytes) -> Counts:
    """(options, 2): as everybody may see it."""
    (field,), halves = fields_of_question(question), ("early", "late")
    down, across = coded(material, field), Coded(halves, when)
    counts, profile = counted(down, across, None), material.profile
    rows = Side.of(field, down.keys, counts.sum(axis=1), profile, material.inputs["questions"]["before"])
    columns = Side.told(halves, counts.sum(axis=0))
    found = masked(counts, rows, columns, profile.smallest_group)
    return laid_out(found, field.keys, halves, profile.counts_to)


def first_question(material: Material) -> Question | None:
    """The one that the inquiry is about: the first with one answer out of several."""
    wanted = (each for each in material.definition.questions if each.kind in ONE_ANSWER and asks_for_opinion(each))
    return next(wanted, None)
