"""The part "texts" of a report: words, themes and quotes of each written question.

All of it is worked out where the inputs are asked for: what readers wrote never lies beside the answers of a report.
"""

from typing import TYPE_CHECKING, Any

from apps.inquiries.models import Inquiry
from apps.reports.texts import content as words
from apps.reports.texts import themes
from apps.reports.texts.groups import written_questions
from apps.reports.texts.quoted import quotes_content
from apps.responses.code_books import book_of

if TYPE_CHECKING:
    from apps.reports.report.material import Material


def inputs(inquiry: Inquiry, material: "Material") -> list[dict[str, Any]]:
    """Of each written question that enough readers have answered."""
    found = []
    for question in written_questions(material.definition):
        counted = words.for_everybody(inquiry, material.definition, question.id, readers=len(material))
        if counted["wrote"] < material.profile.smallest_base:
            continue
        book = book_of(inquiry.pk, question.id)
        consent = question.consent[0] if question.consent else ""
        found.append(
            {
                "words": counted,
                "themes": themes.content_of(book, material.profile) if book and book.codes.exists() else None,
                "quotes": quotes_content(inquiry.pk, question.id, consent, seed=material.seed) if consent else None,
            }
        )
    return found


def content(material: "Material") -> dict[str, Any] | None:
    questions = material.inputs.get("texts")
    return {"questions": questions} if questions else None
