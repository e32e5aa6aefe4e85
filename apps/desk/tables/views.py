"""The page of tables, one table as a file, and the list of those that were chosen for the report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.gate import signed_in, staff
from apps.desk.rules import EDITORS, EXPORTERS, Entrusted, inquiry_for
from apps.desk.tables.choosing import Choosing, address
from apps.desk.tables.shown import Shown
from apps.inquiries.privacy import profile_of
from apps.reports.calculations.asking import ask
from apps.reports.calculations.looked import looked_at
from apps.reports.crosstables.chosen import MOST, Filtered, TooMany, add_table, remove_table, report_tables
from apps.reports.crosstables.file import table_file
from apps.reports.report.live import tables_left_out

KIND = "table"


@require_safe
@staff(*EXPORTERS)
def tables(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, and (asked for by htmx) only the table with what was chosen."""
    held = inquiry_for(signed_in(request), slug, *EXPORTERS)
    choosing = chosen(request, held)
    shown = (
        Shown(choosing, ask(inquiry=held.inquiry, kind=KIND, parameters=choosing.wanted.as_json()), held.inquiry)
        if choosing.wanted
        else None
    )
    listed = choosing.listed(report_tables(held.inquiry.pk), tables_left_out(held.inquiry.pk))
    this = address(choosing.wanted) if choosing.wanted else None
    context = {
        "inquiry": held.inquiry,
        "choosing": choosing,
        "shown": shown,
        "listed": listed,
        "chosen": next((each for each in listed if this and each.address == this), None),
        "may_edit": held.may_edit,
        "looked_at": looked_at(held.inquiry.pk, KIND) if shown else 0,
    }
    if getattr(request, "htmx", False):  # which puts nothing into the page that is called a fault
        return render(request, "desk/tables/table.html", context)
    return render(request, "desk/tables/page.html", context, status=400 if choosing.problem else 200)


@require_safe
@staff(*EXPORTERS)
def table_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The table that is on the page; where it is not ready yet, the page."""
    held = inquiry_for(signed_in(request), slug, *EXPORTERS)
    choosing = chosen(request, held)
    page = f"{reverse('desk:tables', args=[slug])}?{request.GET.urlencode()}"
    if choosing.wanted is None:
        return redirect(page)
    found = ask(inquiry=held.inquiry, kind=KIND, parameters=choosing.wanted.as_json())
    if found.content is None:
        return redirect(page)
    step = profile_of(held.inquiry.privacy_profile).counts_to
    name = f"{slug}-{choosing.rows}-{choosing.columns}.csv"
    return HttpResponse(
        table_file(found.content, choosing.fields, choosing.language, step),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@require_POST
@staff(*EDITORS)
def table_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the table into the report."""
    held = inquiry_for(signed_in(request), slug, *EDITORS)
    choosing = Choosing(held.inquiry, request.POST, get_language() or "ja")
    if choosing.wanted is None:
        messages.error(request, choosing.problem or _("Please choose two questions first."))
        return redirect("desk:tables", slug=slug)
    try:
        add_table(inquiry=held.inquiry, wanted=choosing.wanted, by=signed_in(request))
    except Filtered:
        messages.error(
            request, _("A table with filters stays on the desk: beside the whole one it could tell too much.")
        )
    except TooMany:
        messages.error(
            request, _("A report takes at most {most} tables. Please take another one out first.").format(most=MOST)
        )
    else:
        messages.success(request, _("The table was chosen for the report."))
    return redirect(reverse("desk:tables", args=[slug]) + address(choosing.wanted))


@require_POST
@staff(*EDITORS)
def table_remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    held = inquiry_for(signed_in(request), slug, *EDITORS)
    remove_table(inquiry=held.inquiry, number=number, by=signed_in(request))
    messages.success(request, _("The table is no longer in the report."))
    return redirect("desk:tables", slug=slug)


def chosen(request: HttpRequest, held: Entrusted) -> Choosing:
    return Choosing(held.inquiry, request.GET, get_language() or "ja")
