"""The opinion map and the statements, as the newest stored map has them; and how sure the agreement with each is."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from apps.analysis.exact_intervals import laplace
from apps.reports.report.material import Material

SHARE_DIGITS = 3


def content(material: Material) -> dict[str, Any] | None:
    found = material.inputs["map"]
    if not found or found["summary"]["readers"] < material.profile.smallest_base:
        return None
    return {**found, "agree_guides": agree_guides(found["summary"]["statements"])}


def agree_guides(statements: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    """By number, of the votes as they are shown; none where those who agree are withheld."""
    shown = [each for each in statements if each["agree"] is not None]
    agree, votes = (np.array([each[name] for each in shown], dtype=np.int64) for name in ("agree", "votes"))
    _share, low, high = laplace(agree, votes)
    bounds = np.stack([low, high], axis=1).round(SHARE_DIGITS).tolist()
    return {str(each["number"]): pair for each, pair in zip(shown, bounds, strict=True)}
