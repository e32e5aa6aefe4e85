"""What a report's tables need beside the answers: which were chosen, what was hidden last, who stands where."""

from typing import Any

from apps.debates.queries import newest_map
from apps.inquiries.models import Inquiry
from apps.reports.crosstables.asked import Asked
from apps.reports.crosstables.chosen import report_tables
from apps.reports.crosstables.fields import PLACE, fields_of, places_of
from apps.reports.crosstables.known import Known
from apps.reports.crosstables.parts import first_question, hidden_in, tables_of
from apps.reports.crosstables.places import places_of_readers
from apps.reports.models import FrozenReport
from apps.reports.queries import latest_epoch
from apps.reports.report.material import Material

Json = dict[str, Any]

TABLES_OF_CONTENT = ("content__parts__breaks", "content__parts__tables", "content__parts__groups")


def of_breaks(inquiry: Inquiry, material: Material) -> Json:
    return {"hidden": hidden_before(inquiry)}


def of_tables(inquiry: Inquiry, material: Material) -> Json:
    chosen = [[each.rows, each.columns] for each in report_tables(inquiry.pk) if PLACE not in (each.rows, each.columns)]
    return {"chosen": chosen, "hidden": hidden_before(inquiry)}


def of_groups(inquiry: Inquiry, material: Material) -> Json | None:
    """The first question by place on the map, and what was chosen with it; None where the map tells nothing."""
    stored = newest_map(inquiry.pk)
    keys = places_of(stored)
    if stored is None or not keys or len(material) < material.profile.smallest_base:
        return None
    fields = fields_of(material.definition, keys)
    first = first_question(fields)
    wanted = [Asked(first, PLACE)] if first else []
    wanted += [
        Asked(each.rows, each.columns) for each in report_tables(inquiry.pk) if PLACE in (each.rows, each.columns)
    ]
    last = latest_epoch(inquiry.pk)
    known = Known(last.content if last else {}, places_of_readers(material, stored, keys))
    found = tables_of(material, fields, dict.fromkeys(wanted), hidden_before(inquiry), known)
    return {**found, "places": list(keys), "map": stored.number} if found else None


def hidden_before(inquiry: Inquiry) -> Json:
    """What each table hid when it was published last, in whichever part of whichever report that was."""
    parts = FrozenReport.objects.filter(inquiry=inquiry).order_by("number").values_list(*TABLES_OF_CONTENT)
    return {name: hidden for of_one in parts for part in of_one for name, hidden in hidden_in(part).items()}
