"""The method box says of weights what stands beside the headline, or that nothing does."""

from typing import Any

import pytest

from apps.reports.report.blocks import Terms
from tests.reports.factories import answer_as, make_inquiry
from tests.reports.report.factories import content_of, told

pytestmark = pytest.mark.django_db

WEIGHTED: dict[str, Any] = {
    "bounds": [0.3, 3.0], "design_effect": 1.25, "effective": 400.4, "smallest": 0.5, "largest": 2.5,
    "largest_before": 2.5, "trimmed": 0, "readers": 500, "refusal": None, "number": 1, "questions": [],
    "margins": [{"field": "B1", "source": "Census", "date": "2025-10-01", "url": "", "shares": {"1": 100.0}}],
    "residuals": {"B1": {"1": 0.0}},
}  # fmt: skip
NONE = "None. Where weighted figures stand beside the others, they say so."


@pytest.mark.parametrize("weighting", [None, WEIGHTED])
def test_the_ninth_item_names_source_questions_and_cost_of_weights(weighting):
    inquiry = make_inquiry()
    for number in range(12):
        answer_as(inquiry, number, {"Q1": 3, "B1": 1})
    content = content_of(inquiry)
    content["parts"]["weighting"] = weighting

    box = next(section for section in told(inquiry, "en", content).sections if section.id == "method")
    items = dict(next(block for block in box.blocks if isinstance(block, Terms)).pairs)

    beside = (
        " Indicative figures weighted to Census on Age group (optional) (design effect 1.25, effective n=400)."
        " Weighting does not necessarily remove self-selection bias."
    )
    assert items["9 Weighting"] == NONE + (beside if weighting else "")
