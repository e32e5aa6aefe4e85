"""The audit log of a publication, for its owners: to read, and to take out as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.actions import record_audit
from apps.accounts.gate import signed_in
from apps.accounts.models import Publication
from apps.common.csv_files import csv_text
from apps.desk.audit.forms import WantedForm
from apps.desk.audit.log import entries_of, lines, log
from apps.desk.ownership import owners_act, owners_page


@owners_page
def audit(request: HttpRequest, publication: Publication) -> HttpResponse:
    form = WantedForm(request.GET, publication=publication)
    context = {
        "publication": publication,
        "form": form,
        "log": log(publication, form.wanted()),
        "problems": form.sentences(),
        "asked": {name: value for name, value in request.GET.items() if value and name not in ("page", "lang")},
    }
    return render(request, "desk/audit.html", context, status=400 if form.errors else 200)


@owners_act
def audit_file(request: HttpRequest, publication: Publication) -> HttpResponse:
    """The same entries as on the page, all of them, as CSV; the log says that somebody took them out."""
    form = WantedForm(request.POST, publication=publication)
    if not form.is_valid():
        there = reverse("desk:audit", args=[publication.slug])
        context = {"publication": publication, "page_address": there, "problems": form.sentences()}
        return render(request, "desk/audit_refused.html", context, status=422)
    found = list(entries_of(publication, form.wanted()))
    record_audit(
        action="audit.exported", by=signed_in(request), publication=publication, detail={"entries": len(found)}
    )
    head = [_("When"), _("Who"), _("What"), _("Whom or what"), _("Sentence")]
    rows = [
        (timezone.localtime(line.at).isoformat(timespec="seconds"), line.who, line.action, line.target, line.sentence)
        for line in lines(publication, found)
    ]
    name = f"audit-log-{publication.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    return HttpResponse(
        csv_text(head, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
