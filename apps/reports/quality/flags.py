"""Whom which rule marks, in the order of the material. Imported by the worker only."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.quality import Flags, scored
from apps.inquiries.models import Inquiry
from apps.reports.quality.manners import Manners, manners_of
from apps.reports.quality.rules import RULES
from apps.reports.report.material import Material


@dataclass(frozen=True)
class Quality:
    """`rules`: of each the readers whom it marks (R,). `score`: their weights together. `flagged`: a score of two or
    more. `left_out`: who does not belong to the headline. `evaluated`: of how many readers each rule can say anything,
    those that cannot are missing; `notes`: codes for why not, and for what a rule cannot see."""

    rules: Mapping[str, Flags]
    score: NDArray[np.int64]
    flagged: Flags
    left_out: Flags
    evaluated: Mapping[str, int]
    notes: Mapping[str, str]

    @property
    def not_evaluated(self) -> dict[str, str]:
        """The reason, as a code, by rule."""
        return {name: note for name, note in self.notes.items() if name not in self.evaluated}


def quality_of(inquiry: Inquiry, material: Material, manners: Manners | None = None) -> Quality:
    """Reads what is needed beside the answers, of the same moment where the caller sees to that."""
    if manners is None:
        manners = manners_of(inquiry, material)
    found = {name: rule(material, manners) for name, rule in RULES.items()}
    masks = {name: rule.mask for name, rule in found.items()}
    whole = scored(masks, len(material))
    return Quality(
        rules=masks,
        score=whole.score,
        flagged=whole.flagged,
        left_out=whole.left_out,
        evaluated={name: rule.base for name, rule in found.items() if rule.base},
        notes={name: rule.note for name, rule in found.items() if rule.note},
    )
