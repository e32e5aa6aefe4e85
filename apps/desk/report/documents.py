"""The report as files: its PDF in each language, and every picture to be placed elsewhere."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from apps.accounts.gate import signed_in, staff
from apps.desk.exports.forms import LANGUAGES
from apps.desk.rules import EXPORTERS, inquiry_for
from apps.reports.documents.asked import ask_for_documents, document
from apps.reports.models import Calculation


@require_safe
@staff(*EXPORTERS)
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever opens the page asks for the files; what has not changed is not made again."""
    held = inquiry_for(signed_in(request), slug, *EXPORTERS)
    inquiry = held.inquiry
    asked = ask_for_documents(inquiry)
    own = asked[get_language() or "ja"]
    context = {
        "inquiry": inquiry,
        "may_edit": held.may_edit,
        "sets": [set_of(code, name, asked[code]) for code, name in LANGUAGES.items()],
        "own": set_of(get_language() or "ja", "", own),
        "waiting": any(each.waiting for each in asked.values()),
        "refused": bool(own.refusal),
    }
    part = "desk/documents_list.html" if getattr(request, "htmx", False) else "desk/documents.html"
    return render(request, part, context)


def set_of(code: str, name: str, asked: Calculation) -> dict[str, Any]:
    """`pictures`: what each is called in file names, its headline, and what it says to those who do not see it."""
    found = asked.content or {}
    return {
        "code": code,
        "name": name,
        "key": found.get("key", ""),
        "failed": asked.state == "failed",
        "waiting": asked.waiting,
        "pictures": [dict(zip(("id", "headline", "alt"), each, strict=True)) for each in found.get("pictures", [])],
    }


@require_safe
@staff(*EXPORTERS)
def document_file(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """As it was made; its content never changes under this address."""
    inquiry = inquiry_for(signed_in(request), slug, *EXPORTERS).inquiry
    found = document(inquiry, key, name)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{inquiry.slug}-{found.name}"'
    response.headers["ETag"] = f'"{found.sha256[:32]}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return cast(HttpResponse, get_conditional_response(request, etag=response.headers["ETag"], response=response))
