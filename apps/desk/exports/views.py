"""The page where answers are taken out, and the way to the file."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.gate import signed_in, staff
from apps.desk.exports.forms import LANGUAGES, NAMES, ExportForm
from apps.desk.rules import EXPORTERS, inquiry_for
from apps.inquiries.models import Inquiry
from apps.reports.exports.asked import KEPT, OneAtATime, ask_for_export, exports_of, fetchable, path_of
from apps.reports.exports.formats import FORMATS
from apps.surveys.queries import published_instrument


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*EXPORTERS)
@reauthentication_required(allow_get=True)
def exports(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; sent, it asks for one export. Whoever has not just confirmed who they are does that first."""
    inquiry = inquiry_for(signed_in(request), slug, *EXPORTERS).inquiry
    if request.method != "POST":
        return page(request, inquiry, ExportForm(initial={"kind": "bundle", "language": language_of_page()}))
    form = ExportForm(request.POST)
    if not form.is_valid() or published_instrument(inquiry.pk) is None:
        return page(request, inquiry, form, status=422)
    try:
        ask_for_export(inquiry=inquiry, by=signed_in(request), **form.cleaned_data)
    except OneAtATime:
        messages.error(request, _("Your last export is still being made. Please wait until it is ready."))
    else:
        messages.success(request, _("The file is being made. It appears below as soon as it is ready."))
    return redirect("desk:exports", slug=slug)


@require_safe
@never_cache
@staff(*EXPORTERS)
def export_file(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """One's own file, for a short while; to everybody else it does not exist."""
    inquiry = inquiry_for(signed_in(request), slug, *EXPORTERS).inquiry
    found = fetchable(inquiry, signed_in(request), number, now=timezone.now())
    if found is None:
        raise Http404
    kind = FORMATS[found.kind]
    name = f"{inquiry.slug}-{timezone.localdate(found.ready_at).isoformat()}{kind.suffix}"
    return FileResponse(path_of(found).open("rb"), as_attachment=True, filename=name, content_type=kind.content_type)


def page(request: HttpRequest, inquiry: Inquiry, form: ExportForm, status: int = 200) -> HttpResponse:
    part = "desk/exports_list.html" if getattr(request, "htmx", False) else "desk/exports.html"
    found = exports_of(inquiry, signed_in(request), now=timezone.now())
    context = {
        "inquiry": inquiry,
        "form": form,
        "exports": [(NAMES[export.kind], export) for export in found],
        "waiting": any(export.state == "waiting" for export in found),
        "has_questions": published_instrument(inquiry.pk) is not None,
        "minutes": KEPT.seconds // 60,
    }
    return render(request, part, context, status=status)


def language_of_page() -> str:
    spoken = get_language() or ""
    return spoken if spoken in LANGUAGES else "ja"
