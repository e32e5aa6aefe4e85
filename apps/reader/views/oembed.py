"""oEmbed: what a site that was given the address of a question needs in order to show it (oembed.com)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.html import format_html

from apps.common.middleware import LANGUAGE_CODES, named_language
from apps.common.templatetags.toikake import in_language, site_address
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import visible_inquiry
from apps.reader.addresses import chosen_language
from apps.reader.gate import reader_page

WIDEST, TALLEST = 720, 1110
CARD = (1200, 630)
LONGEST_ADDRESS = 500
SECONDS = 60 * 60


@reader_page("GET", "HEAD")
def oembed(request: HttpRequest) -> HttpResponse:
    """Only for questions of this site that readers may see. XML is optional by the standard, and not offered."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "only json"}, status=501)
    width, height = size(request, "maxwidth", WIDEST), size(request, "maxheight", TALLEST)
    if width is None or height is None:
        return JsonResponse({"error": "maxwidth and maxheight are whole numbers"}, status=400)
    if "url" not in request.GET:
        return JsonResponse({"error": "url is missing"}, status=400)
    try:
        inquiry = visible_inquiry(slug_in(request.GET["url"]))
    except Http404:
        return JsonResponse({"error": "no such question here"}, status=404)
    response = JsonResponse(described(inquiry, language_of(request), width, height))
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"  # the same for everybody, and no cookie opens it
    return response


def size(request: HttpRequest, name: str, most: int) -> int | None:
    text = request.GET.get(name, str(most))
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        return None
    return min(most, int(text)) or None


def language_of(request: HttpRequest) -> str:
    """Asked for by hand, else that of the address, in which its readers meet the question, else the asker's own."""
    told = named_language(urlsplit(request.GET["url"]).query)
    return chosen_language(request) or (told if told in LANGUAGE_CODES else request.LANGUAGE_CODE)


def slug_in(address: str) -> str:
    """Of an address of our own that leads to a question or one of its pages. Raises Http404 for all others."""
    try:
        parts = urlsplit(address[:LONGEST_ADDRESS])
        own = f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL
        place = resolve(parts.path) if own else None
    except (ValueError, Resolver404):
        place = None
    if place is None or place.namespace != "reader" or "slug" not in place.kwargs:
        raise Http404
    return str(place.kwargs["slug"])


def described(inquiry: Inquiry, language: str, width: int, height: int) -> dict[str, Any]:
    title = in_language(inquiry.title, language)
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Toikake",
        "provider_url": settings.SITE_URL,
        "title": title,
        "author_name": inquiry.publication.operator or inquiry.publication.name,
        "html": format_html(
            '<iframe src="{}/embed/{}/?lang={}" title="{}" width="{}" height="{}" loading="lazy"'
            ' style="border:0"></iframe>',
            settings.SITE_URL,
            inquiry.slug,
            language,
            title,
            width,
            height,
        ),
        "width": width,
        "height": height,
        "thumbnail_url": f"{site_address('reader:card', slug=inquiry.slug)}?lang={language}",
        "thumbnail_width": CARD[0],
        "thumbnail_height": CARD[1],
        "cache_age": SECONDS,
    }
