"""What the method box says of weights and of pauses."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from apps.accounts.models import AuditEntry
from apps.inquiries.models import Inquiry
from apps.reports.report.blocks import Terms
from apps.reports.report.pauses import pauses_within
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


def items_of(inquiry, content, language="en"):
    box = next(section for section in told(inquiry, language, content).sections if section.id == "method")
    return dict(next(block for block in box.blocks if isinstance(block, Terms)).pairs)


@pytest.mark.parametrize("weighting", [None, WEIGHTED])
def test_the_ninth_item_names_source_questions_and_cost_of_weights(weighting):
    inquiry = make_inquiry()
    for number in range(12):
        answer_as(inquiry, number, {"Q1": 3, "B1": 1})
    content = content_of(inquiry)
    content["parts"]["weighting"] = weighting

    items = items_of(inquiry, content)

    beside = (
        " Indicative figures weighted to Census on Age group (optional) (design effect 1.25, effective n=400)."
        " Weighting does not necessarily remove self-selection bias."
    )
    assert items["9 Weighting"] == NONE + (beside if weighting else "")


def test_the_seventh_item_tells_days_on_which_the_inquiry_was_closed():
    inquiry = make_inquiry()
    Inquiry.objects.update(created_at=datetime(2026, 11, 1, tzinfo=UTC))
    inquiry.refresh_from_db()
    for day, action in ((2, "opened"), (4, "closed"), (9, "opened"), (12, "closed"), (20, "opened")):
        AuditEntry.objects.create(
            at=datetime(2026, 11, day, 3, tzinfo=UTC),
            action=f"inquiry.{action}",
            target=inquiry.slug,
            publication=inquiry.publication,
        )
    content = content_of(inquiry)
    told_of_today, content["pauses"] = content["pauses"], pauses_within(inquiry, date(2026, 11, 2), date(2026, 11, 15))

    assert told_of_today == []
    assert content["pauses"] == [{"first": "2026-11-04", "last": "2026-11-09"}]
    assert items_of(inquiry, content)["7 Dates"] == (
        "No answers were taken: Nov. 4, 2026 to Nov. 9, 2026. Days are those of Japan."
    )


def test_what_editors_wrote_without_a_last_mark_does_not_run_into_the_next_sentence():
    inquiry = make_inquiry()
    content = content_of(inquiry)
    content["method"]["notes"]["placements"] = {"ja": "記事の末尾に掲載", "en": "At the end of the article."}

    open_link = "だれでも開けるリンクで、招待名簿はありません。一つのブラウザーを一人と数えます。"
    assert items_of(inquiry, content, "ja")["5 参加の経路"] == f"記事の末尾に掲載。{open_link}謝礼：未記入。"
    assert items_of(inquiry, content)["5 How people came"].startswith("At the end of the article. Open link,")
