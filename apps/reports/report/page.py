"""A report as HTML, for the desk and for everybody."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from apps.reports.charts import PLACE
from apps.reports.report.blocks import Report


def report_html(report: Report) -> SafeString:
    """Drawn by the same templates as the readers' results, without the places of a reader's own answers."""
    return mark_safe(PLACE.sub("", render_to_string("report/body.html", {"report": report})))  # noqa: S308 (our own)
