"""The same numbers as in a result epoch, by the same code: page, API, desk and report cannot tell different things."""

from collections import Counter
from typing import Any

import numpy as np

from apps.analysis.tabulation import NOT_SHOWN
from apps.common.device_classes import DEVICES
from apps.reports.content import EpochMaterial, epoch_content
from apps.reports.report.material import NO_ARM, Material
from apps.reports.twice.pairs import Twice
from apps.reports.twice.repetition import repetition_in
from apps.responses.arm_counts import AnsweredTwice, ArmCounts


def epoch_of(material: Material) -> dict[str, Any]:
    given = material.inputs["questions"]
    return epoch_content(
        EpochMaterial(
            definition=material.definition,
            tally=material.tally,
            profile=material.profile,
            values={name: [(text, readers) for text, readers in each] for name, each in given["values"].items()},
            devices=readers_by(material.device, DEVICES),
            languages=readers_by(material.language, material.languages),
            before=given["before"],
            simulated=given["simulated"],
            twice=pairs_in(material),
        )
    )


def readers_by(column: np.ndarray, names: tuple[str, ...]) -> dict[str, int]:
    counts = np.bincount(column, minlength=len(names)).tolist()
    return {name: readers for name, readers in zip(names, counts, strict=True) if readers}


def pairs_in(material: Material) -> Twice | None:
    """Both answers of whoever was asked twice, by arm; None where no question is asked twice."""
    repetition = repetition_in(material.definition)
    if repetition is None:
        return None
    first, again = material.column(repetition.first.id), material.column(repetition.again.id)
    asked = again != NOT_SHOWN
    cells = (material.arm[asked].astype(np.int64) << 16) + (first[asked].astype(np.int64) << 8) + again[asked]
    counts = np.bincount(cells)
    pairs = [
        AnsweredTwice(None if (arm := cell >> 16) == NO_ARM else arm, cell >> 8 & 0xFF, cell & 0xFF, int(counts[cell]))
        for cell in np.flatnonzero(counts).tolist()
    ]
    arms = arms_in(material, asked) if material.compared else {}
    return Twice(repetition=repetition, pairs=pairs, arms=arms, compared=material.compared)


def arms_in(material: Material, asked: np.ndarray) -> dict[int, ArmCounts]:
    """Who was drawn each arm, how many of them sent their answers, how many were asked once more."""
    drawn = material.arm != NO_ARM
    readers, finished, again = (
        Counter(material.arm[drawn & part].tolist()) for part in (drawn, material.finished, asked)
    )
    return {arm: ArmCounts(readers[arm], finished[arm], again[arm]) for arm in sorted(readers)}
