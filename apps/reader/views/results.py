"""How others answered, with one's own answers marked; and how all this was asked and counted."""

from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from apps.inquiries.models import Inquiry
from apps.inquiries.rules import visible_inquiry
from apps.participants.queries import identify
from apps.participants.tokens import COOKIE, read_token
from apps.reader.consent import consent_paragraphs
from apps.reader.gate import reader_page
from apps.reader.topic import topic_of
from apps.reports.charts import mark_own, results_html
from apps.reports.rules import public_results
from apps.responses.queries import own_response
from apps.surveys.queries import instrument, published_instrument


@reader_page("GET", "HEAD")
def results(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry = visible_inquiry(slug)
    language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    now = timezone.now()
    public = public_results(inquiry, now)
    own = own_answers(request, inquiry)
    context = {
        "topic": topic_of(inquiry, language),
        "public": public,
        "inviting": own is None and inquiry.is_open(now),
    }
    if public.epoch:
        html = results_html(public.epoch, instrument(public.epoch.version_id), inquiry, language)
        context["results"] = mark_safe(mark_own(html, own or {}, language))  # noqa: S308 (drawn by our templates)
    return unless_unchanged(request, render(request, "reader/results.html", context))


def own_answers(request: HttpRequest, inquiry: Inquiry) -> dict[str, Any] | None:
    """What the holder of this browser's token answered; None where there is nothing."""
    secret = read_token(request.COOKIES.get(COOKIE, ""))
    own = own_response(identify(inquiry_id=inquiry.pk, token=secret).pseudonym) if secret else None
    return own.answers if own else None


def unless_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page may be kept by the reader's browser alone, and is asked for again each time."""
    tag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    if request.headers.get("If-None-Match") == tag:
        response.status_code = 304
        response.content = b""
    return response


@reader_page("GET", "HEAD")
def about(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry = visible_inquiry(slug)
    published = published_instrument(inquiry.pk)
    if published is None:
        raise Http404
    language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    context = {
        "topic": topic_of(inquiry, language),
        "inquiry": inquiry,
        "instrument": published,
        "definition": published.definition,
        "smallest_base": public_results(inquiry, timezone.now()).smallest_base,
        "paragraphs": consent_paragraphs(inquiry, published.definition, language),
    }
    return render(request, "reader/about.html", context)
