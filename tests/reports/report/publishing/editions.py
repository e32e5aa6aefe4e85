"""An edition as it is looked at and published, and why one is not."""

import pytest

from apps.accounts.models import Publication
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation, FrozenReport
from apps.reports.report.method_notes import NOTES
from apps.reports.report.publishing import (
    KIND,
    NotPublished,
    ask_for_edition,
    change_method_notes,
    publish_report,
)
from apps.reports.tasks import make_calculation
from apps.surveys.definition import document_hash


def ready(inquiry: Inquiry) -> str:
    """The edition as the worker makes it; its hash."""
    ask_for_edition(inquiry)
    make_calculation(calculation_id=Calculation.objects.get(inquiry=inquiry, kind=KIND).pk)
    return document_hash(Calculation.objects.get(inquiry=inquiry, kind=KIND).content)


def told_all(inquiry: Inquiry) -> None:
    Publication.objects.update(operator="The Bridge", funder="The Bridge", contact="desk@bridge.example")
    change_method_notes(inquiry=inquiry, notes={note.name: {"ja": "特になし", "en": "nothing"} for note in NOTES})


def published(inquiry, **changes):
    return publish_report(inquiry=inquiry, **{"sha256": ready(inquiry), "title": {}, "notes": {}, **changes})


def reasons(inquiry, **changes):
    with pytest.raises(NotPublished) as refused:
        published(inquiry, **changes)
    assert not FrozenReport.objects.exists()
    return [each.code for each in refused.value.obstacles]
