"""A published report to take away: its PDF and its pictures, as the worker made them when it was published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from apps.inquiries.models import Inquiry
from apps.inquiries.rules import visible_inquiry
from apps.reader import errors
from apps.reader.files import file
from apps.reader.gate import reader_page
from apps.reports.documents.editions import edition_file
from apps.reports.report.editions import frozen_key
from apps.reports.rules import may_publish_results

SECONDS = 300


@reader_page("GET", "HEAD")
def report_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Missing only for the moments until the worker has made it; then the page says to come back."""
    inquiry = visible_inquiry(slug)
    found = handed_out(request, inquiry, number, f"report-{request.LANGUAGE_CODE}.pdf")
    if found is None and frozen_key(inquiry.pk, number) is None:
        raise Http404
    return found or not_yet(request)


@reader_page("GET", "HEAD")
def chart_file(request: HttpRequest, slug: str, number: str, figure: str, kind: str) -> HttpResponse:
    found = handed_out(request, visible_inquiry(slug), int(number), f"{figure}-{request.LANGUAGE_CODE}.{kind}")
    if found is None:
        raise Http404
    return found


def handed_out(request: HttpRequest, inquiry: Inquiry, number: int, name: str) -> HttpResponse | None:
    if not may_publish_results(inquiry, timezone.now()):
        raise Http404
    found = edition_file(inquiry, number, request.LANGUAGE_CODE, name)
    if found is None:
        return None
    return file(
        request,
        bytes(found.content),
        found.content_type,
        tag=found.sha256[:32],
        seconds=SECONDS,
        name=f"{inquiry.slug}-{number}-{found.name}",
    )


def not_yet(request: HttpRequest) -> HttpResponse:
    response = errors.message_page(request, 503)
    response.headers["Retry-After"] = str(errors.RETRY_SECONDS)
    return response
