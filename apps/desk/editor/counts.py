"""What a new version does to the numbers: each change with the answers that are there already, as published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import keeps_to
from apps.reports.queries import latest_epoch
from apps.surveys.changes import Change
from apps.surveys.definition import Definition

GOES_ON = frozenset({"reworded", "explained", "limits", "weight", "reordered", "shown_if", "quotation"})

BEGINS = {
    "added": gettext_lazy("It begins at 0; its shares are of those who were asked."),
    "option_added": gettext_lazy("Whoever answered before could not choose it."),
    "row_added": gettext_lazy("Whoever answered before was not asked for it."),
}


@dataclass(frozen=True)
class Effect:
    """One change, and what it does to the counts; empty where it does nothing to them."""

    change: Change
    counts: str


def effects(changes: Sequence[Change], old: Definition, inquiry: Inquiry) -> list[Effect]:
    """With the numbers of the last published results, in which small groups are hidden as everywhere."""
    epoch = latest_epoch(inquiry.pk)
    shown = epoch if epoch and keeps_to(epoch.profile, inquiry.privacy_profile) else None
    entries = {entry["id"]: entry for entry in shown.content.get("questions", [])} if shown else {}
    return [Effect(change, counts_after(change, entries.get(change.question, {}), old)) for change in changes]


def counts_after(change: Change, entry: Mapping[str, Any], old: Definition) -> str:
    if change.kind in BEGINS:
        return str(BEGINS[change.kind])
    if change.kind == "option_retired":
        return option_stays(change, entry, old)
    base = entry.get("base")
    return question_stays(change, base) if isinstance(base, int) and base else ""


def question_stays(change: Change, answers: int) -> str:
    if change.kind == "withdrawn":
        sentence = ngettext(
            "Its %(n)d answer stays in the data and in every export.",
            "Its %(n)d answers stay in the data and in every export.",
            answers,
        )
        return sentence % {"n": answers}
    if change.kind in GOES_ON:
        sentence = ngettext(
            "The %(n)d answer so far stays, and new ones add up with it.",
            "The %(n)d answers so far stay, and new ones add up with them.",
            answers,
        )
        return sentence % {"n": answers}
    return ""


def option_stays(change: Change, entry: Mapping[str, Any], old: Definition) -> str:
    label = next(
        (in_language(each.label) for each in old.question(change.question).options if str(each.code) == change.code), ""
    )
    counted = entry.get("any") or entry  # of a ranking: on any of its places
    count = (counted.get("counts") or {}).get(change.code)
    if not isinstance(count, int):
        return _("“%(label)s”: its answers stay in the table.") % {"label": label}
    sentence = ngettext(
        "“%(label)s”: its %(n)d answer stays in the table.", "“%(label)s”: its %(n)d answers stay in the table.", count
    )
    return sentence % {"label": label, "n": count}
