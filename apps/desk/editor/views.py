"""Pages on which an inquiry is made."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.gate import signed_in, staff
from apps.desk.editor.article import ArticleForm, form_for
from apps.desk.editor.article_keeping import differing, keep
from apps.desk.editor.beginning import BegunAlready, NewInquiryForm, begin, sources_for, taken
from apps.desk.editor.door import editors_act, editors_form, editors_page
from apps.desk.editor.readiness import readiness
from apps.desk.editor.words import came_incomplete, saved_meanwhile
from apps.desk.rules import EDITORS, Entrusted, may_delete, may_open, publication_for
from apps.desk.standings import standing
from apps.inquiries import actions
from apps.inquiries.models import State
from apps.surveys.beginnings import AddressTaken
from apps.surveys.drafts import DraftChanged, working_document


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*EDITORS)
def new_inquiry(request: HttpRequest, publication: str) -> HttpResponse:
    held = publication_for(signed_in(request), publication, *EDITORS)
    form = NewInquiryForm(request.POST or None, sources=sources_for(signed_in(request)))
    if request.method == "POST" and form.is_valid():
        try:
            inquiry = begin(form, publication=held, by=signed_in(request), today=timezone.localdate())
        except BegunAlready as already:
            return redirect("desk:editor", slug=already.slug) if already.slug else redirect("desk:home")
        except AddressTaken:
            form.add_error("address", taken(form.cleaned_data["address"] or "question"))
        else:
            messages.success(request, _("Here is your inquiry. Nobody sees it until you publish and open it."))
            return redirect("desk:editor", slug=inquiry.slug)
    elif request.method == "POST" and not request.POST:
        messages.error(request, came_incomplete())
    context = {"publication": held, "form": form, "page_address": reverse("desk:new_inquiry", args=[held.slug])}
    return render(request, "desk/editor/new.html", context, status=422 if request.method == "POST" else 200)


@editors_page
def editor(request: HttpRequest, held: Entrusted) -> HttpResponse:
    now = timezone.now()
    context = {
        "inquiry": held.inquiry,
        "standing": standing(held.inquiry, now),
        "ready": readiness(held.inquiry),
        "may_open": may_open(held.inquiry, now),
        "may_delete": may_delete(held.inquiry),
    }
    return render(request, "desk/editor/overview.html", context)


@editors_form
def article(request: HttpRequest, held: Entrusted) -> HttpResponse:
    working = working_document(held.inquiry)
    if request.method != "POST":
        return article_page(request, held, form_for(held.inquiry, working))
    form = form_for(held.inquiry, working, request.POST)
    if not form.is_valid():
        return article_page(request, held, form, status=422)
    try:
        keep(inquiry=held.inquiry, working=working, form=form, by=signed_in(request))
    except DraftChanged as changed:
        messages.error(request, saved_meanwhile(changed.draft, signed_in(request)))
        theirs = differing(form, held.inquiry, working)
        return article_page(request, held, form, theirs, status=409)
    messages.success(request, _("Saved."))
    return redirect("desk:article", slug=held.inquiry.slug)


def article_page(
    request: HttpRequest,
    held: Entrusted,
    form: ArticleForm,
    theirs: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """`theirs`: what is saved now, by field, where somebody else was first."""
    context = {
        "inquiry": held.inquiry,
        "standing": standing(held.inquiry, timezone.now()),
        "form": form,
        "article_texts": form.article_texts(theirs),
        "headline_texts": form.headline_texts(theirs),
        "line_texts": form.line_texts(theirs),
        "theirs": theirs,
        "page_address": reverse("desk:article", args=[held.inquiry.slug]),
    }
    return render(request, "desk/editor/article.html", context, status=status)


@editors_act
def archive(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """Pressed twice, it is done once."""
    if held.inquiry.state in (State.OPEN, State.CLOSED):
        actions.archive_inquiry(inquiry=held.inquiry, by=signed_in(request))
        messages.success(request, _("The inquiry is off the site. Its answers are kept, and you can put it back."))
    return redirect("desk:settings", slug=held.inquiry.slug)


@editors_act
def restore(request: HttpRequest, held: Entrusted) -> HttpResponse:
    if held.inquiry.state == State.ARCHIVED:
        actions.restore_inquiry(inquiry=held.inquiry, by=signed_in(request))
        messages.success(request, _("The inquiry is back on the site, closed."))
    return redirect("desk:settings", slug=held.inquiry.slug)


@editors_act
def delete(request: HttpRequest, held: Entrusted) -> HttpResponse:
    if held.inquiry.state == State.DRAFT and not may_delete(held.inquiry):
        messages.error(request, _("It has answers, so it cannot be deleted."))
        return redirect("desk:editor", slug=held.inquiry.slug)
    try:
        actions.delete_inquiry(inquiry=held.inquiry, by=signed_in(request))
    except actions.OpenedBefore:
        messages.error(request, _("It has been open, so it cannot be deleted; you can take it off the site."))
        return redirect("desk:settings", slug=held.inquiry.slug)
    messages.success(request, _("The draft is deleted."))
    return redirect("desk:home")
