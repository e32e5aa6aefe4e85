"""The page on which the draft becomes the next version: what it changes, what it does to the counts, what stands in
its way."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.gate import signed_in
from apps.desk.editor.bilingual import TextField
from apps.desk.editor.counts import effects
from apps.desk.editor.door import editors_act, editors_form, editors_page
from apps.desk.editor.readiness import Readiness, readiness
from apps.desk.editor.words import came_incomplete, saved_meanwhile
from apps.desk.rules import Entrusted
from apps.desk.standings import standing
from apps.surveys.actions import IncompatibleVersion
from apps.surveys.changes import difference
from apps.surveys.definition import DefinitionError
from apps.surveys.drafts import DraftChanged, discard_draft, publish_draft
from apps.surveys.models import SurveyVersion
from apps.surveys.queries import version_of
from apps.surveys.wordings import rewordings

LONGEST_NOTE = 300


class PublishForm(forms.Form):
    note = TextField(
        label=gettext_lazy("What changed, and why"),
        longest=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("For the list of versions. A reader of the report may ask."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class RevisionForm(forms.Form):
    revision = forms.IntegerField()


@editors_form
def publish(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """Only the draft that was looked at is published; who comes late sees the newer one, with their note kept."""
    if request.method != "POST":
        return page(request, held, readiness(held.inquiry))
    form = PublishForm(request.POST)
    if not form.is_valid():
        if "revision" in form.errors:
            messages.error(request, came_incomplete())
        return page(request, held, readiness(held.inquiry), form, status=422)
    try:
        version = publish_draft(inquiry=held.inquiry, by=signed_in(request), **form.cleaned_data)
    except DraftChanged as changed:
        if changed.draft is None:
            messages.error(request, _("There is no draft any more: it was published or discarded in the meantime."))
            return redirect("desk:publish", slug=held.inquiry.slug)
        messages.error(request, saved_meanwhile(changed.draft, signed_in(request)))
        return page(request, held, readiness(held.inquiry), form, status=409)
    except (DefinitionError, IncompatibleVersion):
        return page(request, held, readiness(held.inquiry), form, status=422)
    messages.success(request, _("Version %(number)d is published.") % {"number": version.number})
    return redirect("desk:editor", slug=held.inquiry.slug)


@editors_act
def discard(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """Only over a published version: without one, the draft is the inquiry."""
    form = RevisionForm(request.POST)
    if not form.is_valid() or not held.inquiry.versions.exists():
        return redirect("desk:publish", slug=held.inquiry.slug)
    try:
        discard_draft(inquiry=held.inquiry, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The draft is discarded; what is published stays."))
    except DraftChanged as changed:
        messages.error(request, saved_meanwhile(changed.draft, signed_in(request)))
    return redirect("desk:publish", slug=held.inquiry.slug)


def page(
    request: HttpRequest, held: Entrusted, ready: Readiness, typed: PublishForm | None = None, *, status: int = 200
) -> HttpResponse:
    """The form says the revision that this page shows, whatever was sent."""
    revision = ready.working.revision if ready.working else 0
    form = PublishForm({"note": typed.data.get("note", ""), "revision": revision}) if typed else None
    context: dict[str, Any] = {
        "inquiry": held.inquiry,
        "standing": standing(held.inquiry, timezone.now()),
        "ready": ready,
        "revision": revision,
        "form": form or PublishForm(initial={"revision": revision}),
        **comparison(ready),
        "versions": versions_of(held),
        "page_address": reverse("desk:publish", args=[held.inquiry.slug]),
    }
    return render(request, "desk/editor/publish.html", context, status=status)


def comparison(ready: Readiness) -> dict[str, Any]:
    if not (ready.changes and ready.published and ready.prepared):
        return {"effects": [], "rewordings": []}
    return {
        "effects": effects(ready.changes, ready.published, ready.inquiry),
        "rewordings": rewordings(ready.published, ready.prepared),
    }


@editors_page
def version(request: HttpRequest, held: Entrusted, number: int) -> HttpResponse:
    """What was asked under a version, and what it changed."""
    found = version_of(held.inquiry.pk, number)
    if found is None:
        raise Http404
    before = version_of(held.inquiry.pk, number - 1)
    context = {
        "inquiry": held.inquiry,
        "instrument": found,
        "version": SurveyVersion.objects.select_related("published_by").get(pk=found.version_id),
        "before": before,
        "changes": difference(before.definition, found.definition) if before else [],
        "rewordings": rewordings(before.definition, found.definition) if before else [],
    }
    return render(request, "desk/editor/version.html", context)


def versions_of(held: Entrusted) -> list[SurveyVersion]:
    versions = SurveyVersion.objects.filter(inquiry=held.inquiry).select_related("published_by").defer("definition")
    return list(versions.order_by("-number"))
