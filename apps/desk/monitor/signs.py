"""The signs of haste, doubles and machines as the worker counted them, with the words for each rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.desk.figures import per_cent
from apps.inquiries.models import Inquiry
from apps.reports.calculations.asking import ask
from apps.reports.models import Calculation, CalculationState
from apps.reports.quality.words import NOTES, RULES


@dataclass(frozen=True, slots=True)
class Sign:
    """`marked` of `base` readers of whom the rule can say anything; a base of 0: not evaluated."""

    label: str
    marked: int
    base: int
    weight: int
    note: str


@dataclass(frozen=True, slots=True)
class Signs:
    """`rows` is empty until the worker has counted. `times`: by screen, the median of seconds in view."""

    waiting: bool
    failed: bool
    at: datetime | None = None
    readers: int = 0
    flagged: int = 0
    left_out: int = 0
    rows: tuple[Sign, ...] = ()
    times: Mapping[int, float] | None = None
    again: int | None = None

    @property
    def share(self) -> float:
        return per_cent(self.flagged, self.readers)


def signs_of(inquiry: Inquiry, *, answers: int) -> Signs:
    """Asks the worker where something has changed; nothing is asked where nobody has answered."""
    return told(ask(inquiry=inquiry, kind="quality")) if answers else Signs(waiting=False, failed=False)


def told(found: Calculation) -> Signs:
    content: Mapping[str, Any] | None = found.content
    failed = found.state == CalculationState.FAILED
    if content is None:
        return Signs(waiting=found.waiting, failed=failed)
    return Signs(
        waiting=found.waiting,
        failed=failed,
        at=found.ready_at,
        readers=content["readers"],
        flagged=content["flagged"],
        left_out=content["left_out"],
        rows=tuple(sign(rule) for rule in content["rules"]),
        times={each["screen"]: each["ms"] / 1000 for each in content["screens"] if each["ms"] is not None},
        again=content["again"],
    )


def sign(rule: Mapping[str, Any]) -> Sign:
    label, note = RULES.get(rule["id"], rule["id"]), NOTES.get(rule["note"], "")
    return Sign(str(label), rule["marked"], rule["base"], rule["weight"], str(note))


def seconds(value: float) -> str:
    """As a person says it: 8 s, 1 min 5 s."""
    whole = round(value)
    if whole < 60:
        return _("%(seconds)s s") % {"seconds": whole}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": whole // 60, "seconds": whole % 60}
