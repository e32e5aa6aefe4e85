"""What parts of a report need beside the answers, as JSON: asked of the database at the moment of the answers."""

from typing import TYPE_CHECKING, Any

from apps.debates.queries import newest_map
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import keeps_to
from apps.reports.queries import latest_epoch, written_answers
from apps.reports.sides import WRITTEN_KINDS
from apps.responses import queries as responses
from apps.surveys.queries import Instrument

if TYPE_CHECKING:
    from apps.reports.report.material import Material


def of_questions(inquiry: Inquiry, material: "Material") -> dict[str, Any]:
    """Answers that are no codes, by question, and what was published last: what is hidden there stays hidden."""
    last = latest_epoch(inquiry.pk)
    written = [question for question in material.definition.questions if question.kind in WRITTEN_KINDS]
    return {
        "values": {
            question.id: counted(*material.written[question.id])
            if question.id in material.written
            else [list(value) for value in written_answers(inquiry.pk, question)]
            for question in written
        },
        "before": last.content if last else {},
        "simulated": inquiry.simulated,
    }


def counted(seen: int, wrote: int) -> list[list[Any]]:
    """As `written_answers` tells of texts."""
    return [[words, readers] for words, readers in (("", wrote), (None, seen - wrote)) if readers]


def of_map(inquiry: Inquiry, material: "Material") -> dict[str, Any]:
    """The newest stored map; what it says was counted and suppressed when it was drawn, under the profile of now."""
    stored = newest_map(inquiry.pk)
    if stored is None or not keeps_to(stored.profile, inquiry.privacy_profile):
        return {}
    return {"number": stored.number, "checksum": stored.checksum, "summary": stored.summary}


def of_ways(inquiry: Inquiry, material: "Material") -> dict[str, Any]:
    """Views of pages: how many opened each, and on which hosts they had found the way."""
    return {
        "opened": responses.views_by_screen(inquiry.pk),
        "sources": responses.host_counts(inquiry.pk),
        "screens": len(published_screens(material.instruments[0])),
    }


def published_screens(published: Instrument) -> tuple[tuple[str, ...], ...]:
    return published.definition.screens
