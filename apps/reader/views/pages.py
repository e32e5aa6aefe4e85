"""Pages that say how this site treats its readers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from apps.reader.gate import reader_page


@reader_page("GET", "HEAD")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "reader/privacy.html")


@reader_page("GET", "HEAD")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "reader/accessibility.html")


@reader_page("GET", "HEAD")
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /receipt/",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@reader_page("GET", "HEAD")
def favicon(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=301)
    response.headers["Location"] = static("icons/mark.svg")
    return response
