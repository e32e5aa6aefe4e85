"""The report as it is now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.accounts.gate import signed_in, staff
from apps.desk.rules import EXPORTERS, inquiry_for
from apps.reports.report.live import ask_for_report, told
from apps.reports.report.page import report_html


@require_safe
@staff(*EXPORTERS)
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, and (asked for by htmx) only the report. Moderators decide without votes, so they have none here."""
    held = inquiry_for(signed_in(request), slug, *EXPORTERS)
    calculation = ask_for_report(held.inquiry)
    found = told(calculation, get_language() or "ja")
    context = {
        "inquiry": held.inquiry,
        "calculation": calculation,
        "body": report_html(found) if found else "",
        "may_edit": held.may_edit,
    }
    part = "desk/report_live.html" if getattr(request, "htmx", False) else "desk/report.html"
    return render(request, part, context)
