"""Setting a weighting and dropping it: each a row that stays, so that every report can say what held then."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from apps.accounts.actions import record_audit
from apps.accounts.models import User
from apps.inquiries.models import Inquiry
from apps.reports.models import WeightRun
from apps.reports.weighting.margins import Entered


def newest_run(inquiry_id: int) -> WeightRun | None:
    """The one that holds; one without margins says that nothing is weighted any more."""
    found = WeightRun.objects.filter(inquiry_id=inquiry_id).select_related("by").order_by("-number").first()
    return found if found and found.margins else None


@transaction.atomic
def set_weights(*, inquiry: Inquiry, margins: Sequence[Entered], by: User) -> WeightRun:
    """Pressed twice, it is set once."""
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    wanted, held = [margin.as_json() for margin in margins], newest_run(inquiry.pk)
    if held is not None and held.margins == wanted:
        return held
    made = next_run(inquiry, wanted, by)
    detail: dict[str, object] = {"number": made.number, "margins": ", ".join(margin.field for margin in margins)}
    record_audit(action="weights.set", by=by, publication=inquiry.publication, target=inquiry.slug, detail=detail)
    return made


@transaction.atomic
def drop_weights(*, inquiry: Inquiry, by: User) -> None:
    """Pressed twice, it is dropped once."""
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    if newest_run(inquiry.pk) is not None:
        made = next_run(inquiry, [], by)
        record_audit(
            action="weights.dropped",
            by=by,
            publication=inquiry.publication,
            target=inquiry.slug,
            detail={"number": made.number},
        )


def next_run(inquiry: Inquiry, margins: list[dict[str, object]], by: User) -> WeightRun:
    last = WeightRun.objects.filter(inquiry=inquiry).aggregate(last=Max("number"))["last"] or 0
    return WeightRun.objects.create(inquiry=inquiry, number=last + 1, margins=margins, by=by)
