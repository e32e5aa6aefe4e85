"""What goes along where somebody passes the question on: a card, and the address as a QR code. Never an answer."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone

from apps.inquiries.rules import visible_inquiry
from apps.reader.addresses import address
from apps.reader.files import file
from apps.reader.gate import reader_page
from apps.reports.cards.keeping import stored_card
from apps.reports.documents.qr import qr_svg
from apps.reports.rules import public_results

CARD_SECONDS, QR_SECONDS = 300, 86_400


@reader_page("GET", "HEAD")
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """As the worker drew it last; before it has drawn any, the one without a question."""
    inquiry, now = visible_inquiry(slug), timezone.now()
    shown = public_results(inquiry, now).epoch is not None
    found = stored_card(inquiry, request.LANGUAGE_CODE, with_results=shown)
    if found is None:
        blank = HttpResponseRedirect(static("icons/card.png"))
        blank.headers["Cache-Control"] = "no-cache"
        return blank
    return file(request, bytes(found.png), "image/png", tag=found.sha256[:32], seconds=CARD_SECONDS)


@reader_page("GET", "HEAD")
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry = visible_inquiry(slug)
    drawn = qr_svg(settings.SITE_URL + address("", "cover", inquiry.slug))
    return file(request, drawn, "image/svg+xml", tag=sha256(drawn).hexdigest()[:32], seconds=QR_SECONDS)
