"""The page of settings, and what each of its forms does when it is sent."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from apps.accounts.actions import change_publication
from apps.accounts.gate import signed_in
from apps.accounts.models import Publication, Role, User
from apps.desk.comparison import has_answers
from apps.desk.editor.bilingual import languages_of
from apps.desk.editor.door import editors_form
from apps.desk.editor.settings_forms import (
    HoursForm,
    LanguagesForm,
    OriginsForm,
    PrivacyForm,
    PublisherForm,
    ResultsForm,
)
from apps.desk.editor.words import came_incomplete, saved_meanwhile
from apps.desk.rules import Entrusted, may_close, who_may
from apps.desk.standings import standing
from apps.inquiries import actions
from apps.inquiries.models import Inquiry, State
from apps.inquiries.privacy import PROFILES
from apps.surveys.drafts import DraftChanged, Working, change_draft, working_document

Forms = dict[str, forms.Form]
Kept = Callable[[Entrusted, forms.Form, User], None]


@editors_form
def settings_page(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """Each form is sent by itself and named by `part`; one that is refused is shown again with what was typed."""
    part = request.POST.get("part", "") if request.method == "POST" else ""
    working = working_document(held.inquiry)
    found = forms_of(held.inquiry, working, part, request.POST)
    if request.method != "POST":
        return page(request, held, found, working)
    if part not in found:
        messages.error(request, came_incomplete())
        return page(request, held, found, working, status=422)
    if not found[part].is_valid():
        return page(request, held, found, working, status=422)
    try:
        KEEP[part](held, found[part], signed_in(request))
    except DraftChanged as changed:
        messages.error(request, saved_meanwhile(changed.draft, signed_in(request)))
        return redirect(reverse("desk:settings", args=[held.inquiry.slug]))
    return redirect(f"{reverse('desk:settings', args=[held.inquiry.slug])}?saved={part}#{part}")


def forms_of(inquiry: Inquiry, working: Working | None, part: str, data: Mapping[str, Any]) -> Forms:
    """All forms of the page by their names; only the one that was sent is filled in by what came."""

    def of(name: str) -> Mapping[str, Any] | None:
        return data if name == part else None

    answered = has_answers(inquiry)
    found: Forms = {
        "hours": HoursForm(of("hours"), inquiry=inquiry, now=timezone.now()),
        "privacy": PrivacyForm(of("privacy"), inquiry=inquiry, tighten_only=answered),
        "results": ResultsForm(of("results"), inquiry=inquiry, tighten_only=answered),
        "origins": OriginsForm(of("origins"), inquiry=inquiry),
        "publisher": PublisherForm(of("publisher"), publication=inquiry.publication),
    }
    if working:
        asked = {"languages": ",".join(languages_of(working.document)), "revision": working.revision}
        found["languages"] = LanguagesForm(of("languages"), initial=asked)
    return found


def page(
    request: HttpRequest, held: Entrusted, found: Forms, working: Working | None, *, status: int = 200
) -> HttpResponse:
    inquiry, now = held.inquiry, timezone.now()
    context = {
        "inquiry": inquiry,
        "saved": request.GET.get("saved", ""),
        "forms": found,
        "standing": standing(inquiry, now),
        "profiles": PROFILES,
        "may_publisher": held.role == Role.OWNER,
        "may_archive": inquiry.state in (State.OPEN, State.CLOSED),
        "may_close": may_close(inquiry, now),
        "has_draft": working is not None,
        "page_address": reverse("desk:settings", args=[inquiry.slug]),
    }
    return render(request, "desk/editor/settings.html", context, status=status)


def keep_hours(held: Entrusted, form: forms.Form, by: User) -> None:
    if isinstance(form, HoursForm) and form.may_change and form.changed_data:
        actions.set_hours(inquiry=held.inquiry, by=by, **form.cleaned_data)


def keep_privacy(held: Entrusted, form: forms.Form, by: User) -> None:
    if form.changed_data:
        actions.set_privacy_profile(inquiry=held.inquiry, profile=form.cleaned_data["profile"], by=by)


def keep_results(held: Entrusted, form: forms.Form, by: User) -> None:
    if form.changed_data:
        actions.set_results_shown(inquiry=held.inquiry, shown=form.cleaned_data["shown"], by=by)


def keep_origins(held: Entrusted, form: forms.Form, by: User) -> None:
    origins = form.cleaned_data["origins"]
    if origins != held.inquiry.allowed_origins:
        actions.set_allowed_origins(inquiry=held.inquiry, origins=origins, by=by)


def keep_languages(held: Entrusted, form: forms.Form, by: User) -> None:
    working = working_document(held.inquiry)
    if working is None:
        return
    languages = form.cleaned_data["languages"].split(",")
    default = working.document.get("default_language")
    document = working.document | {
        "languages": languages,
        "default_language": default if default in languages else languages[0],
    }
    if document != working.document:
        change_draft(inquiry=held.inquiry, revision=form.cleaned_data["revision"], document=document, by=by)


def keep_publisher(held: Entrusted, form: forms.Form, by: User) -> None:
    if held.role != Role.OWNER:
        raise PermissionDenied(who_may([Role.OWNER]))
    if form.changed_data:
        publication = Publication.objects.get(pk=held.inquiry.publication_id)
        for name, value in form.cleaned_data.items():
            setattr(publication, name, value)
        change_publication(publication=publication, changed=form.changed_data, by=by)


KEEP: dict[str, Kept] = {
    "hours": keep_hours,
    "privacy": keep_privacy,
    "results": keep_results,
    "origins": keep_origins,
    "languages": keep_languages,
    "publisher": keep_publisher,
}
