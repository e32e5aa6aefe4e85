"""One table as it stands on the page: waiting, refused, failed, or with all that is told of it."""

from typing import Any

from apps.desk.tables.choosing import Choosing
from apps.inquiries.models import Inquiry
from apps.inquiries.privacy import profile_of
from apps.reports.crosstables.figure import figure
from apps.reports.crosstables.reading import notes
from apps.reports.crosstables.told import told
from apps.reports.crosstables.verdict import headline, verdict
from apps.reports.models import Calculation


class Shown:
    def __init__(self, choosing: Choosing, calculation: Calculation, inquiry: Inquiry) -> None:
        self.waiting, self.failed = calculation.waiting, calculation.state == "failed"
        self.ready_at = calculation.ready_at
        self.refusal = choosing.refusal(calculation.refusal) if calculation.refusal and not self.waiting else ""
        self.content: dict[str, Any] | None = calculation.content
        if self.content is None:
            return
        fields, language, step = choosing.fields, choosing.language, profile_of(inquiry.privacy_profile).counts_to
        self.told = told(self.content, fields, language, step)
        self.headline = headline(self.content)
        self.verdict = verdict(self.content, fields, language)
        self.notes = list(notes(self.content))
        self.figure = figure(self.content, fields, language, step)
