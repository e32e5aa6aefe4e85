"""Pages on which a report is made ready and published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.gate import signed_in
from apps.common.punctuation import between_sentences
from apps.desk.editor.bilingual import LANGUAGES
from apps.desk.editor.door import editors_form
from apps.desk.editor.words import came_incomplete
from apps.desk.report.forms import EditionForm, MethodForm
from apps.desk.report.words import Hindrance, hindrances
from apps.desk.rules import Entrusted
from apps.inquiries.models import Inquiry
from apps.reports.models import Calculation, FrozenReport, MethodNotes
from apps.reports.queries import Moment
from apps.reports.report.publishing import (
    NotPublished,
    ask_for_edition,
    change_method_notes,
    obstacles,
    publish_report,
)
from apps.reports.texts.quoted import keeps_words
from apps.surveys.definition import document_hash
from apps.surveys.queries import published_instrument


def languages_of(inquiry: Inquiry) -> list[str]:
    """Those in which readers are asked."""
    published = published_instrument(inquiry.pk)
    return [each for each in LANGUAGES if published is None or each in published.definition.languages]


@editors_form
def method(request: HttpRequest, held: Entrusted) -> HttpResponse:
    inquiry = held.inquiry
    known = MethodNotes.objects.filter(inquiry=inquiry).first()
    form = MethodForm(request.POST or None, languages=languages_of(inquiry), notes=known.notes if known else {})
    if request.method == "POST" and form.is_valid():
        change_method_notes(inquiry=inquiry, notes=form.notes(), by=signed_in(request))
        messages.success(request, _("Saved."))
        return redirect("desk:method", slug=inquiry.slug)
    if request.method == "POST" and not request.POST:
        messages.error(request, came_incomplete())
    context = {"inquiry": inquiry, "form": form, "texts": list(form.texts())}
    return render(request, "desk/report_method.html", context, status=422 if request.method == "POST" else 200)


@editors_form
def publish(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """What is published is what was seen: the form carries its hash."""
    inquiry, earlier = held.inquiry, list(FrozenReport.objects.filter(inquiry=held.inquiry).order_by("-number"))
    form = EditionForm(request.POST or None, languages=languages_of(inquiry), earlier=earlier)
    refused: list[Hindrance] = []
    if request.method == "POST" and form.is_valid():
        try:
            frozen = publish_report(inquiry=inquiry, by=signed_in(request), **form.said())
        except NotPublished as reasons:
            refused = hindrances(reasons.obstacles, inquiry.slug)
        else:
            messages.success(request, published(frozen, inquiry.slug))
            return redirect("desk:publish_report", slug=inquiry.slug)
    elif request.method == "POST" and (not request.POST or "sha256" in form.errors):
        messages.error(request, came_incomplete())
    return page(request, inquiry, form, earlier, refused)


def published(frozen: FrozenReport, slug: str) -> SafeString:
    """Told on the desk with the way to it: readers' pages have no messages, and one told later is told too late."""
    return format_html(
        '{}{}<a href="{}">{}</a>',
        _("Report no. {number} is published.").format(number=frozen.number),
        between_sentences(),
        reverse("reader:report", kwargs={"slug": slug, "number": frozen.number}),
        _("Read the report"),
    )


def page(
    request: HttpRequest, inquiry: Inquiry, form: EditionForm, earlier: list[FrozenReport], refused: list[Hindrance]
) -> HttpResponse:
    edition = ask_for_edition(inquiry)
    ready = edition.content is not None and not edition.waiting
    sha256 = document_hash(edition.content) if ready else ""
    context = {
        "inquiry": inquiry,
        "form": form,
        "texts": list(form.texts()),
        "edition": edition,
        "ready": ready,
        "sha256": sha256,
        "in_the_way": refused or in_the_way(inquiry, edition, ready=ready),
        "earlier": earlier,
        "with_words": {each.number for each in earlier if keeps_words(each.content)},
    }
    return render(request, "desk/report_publish.html", context, status=422 if request.method == "POST" else 200)


def in_the_way(inquiry: Inquiry, edition: Calculation, *, ready: bool) -> list[Hindrance]:
    if not ready or edition.content is None or not edition.seen:
        return []
    seen, now = Moment(**edition.seen), timezone.now()
    found = obstacles(inquiry, edition.content, seen=seen, title={}, notes={}, now=now)
    return hindrances(found, inquiry.slug)
