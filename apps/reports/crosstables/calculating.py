"""A table that a page of the desk waits for. For the worker."""

from collections.abc import Mapping
from typing import Any

from apps.debates.queries import newest_map
from apps.inquiries.models import Inquiry
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.crosstables.asked import from_json
from apps.reports.crosstables.crosstable import crosstable
from apps.reports.crosstables.fields import PLACE, fields_of, places_of
from apps.reports.crosstables.known import Known
from apps.reports.crosstables.memory import held_material
from apps.reports.queries import latest_epoch
from apps.surveys.queries import published_instrument


def calculate(inquiry: Inquiry, parameters: Mapping[str, Any]) -> dict[str, Any]:
    published, stored, last = published_instrument(inquiry.pk), newest_map(inquiry.pk), latest_epoch(inquiry.pk)
    if published is None:
        raise CannotBeCalculated("no_questions")
    places = places_of(stored)
    fields = fields_of(published.definition, places)
    wanted = from_json(fields, parameters)
    found = held_material(inquiry, stored, places, placed=PLACE in wanted.names)
    if found is None or not len(found.material):
        raise CannotBeCalculated("few_readers", smallest=1)
    return crosstable(found.material, fields, wanted, Known(last.content if last else {}, found.places))
