"""Addresses of readers' pages. Each keeps a language that the reader chose by hand."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse


def address(chosen: str, name: str, slug: str = "", **parameters: object) -> str:
    """`/q/<slug>/…?…&lang=…`; parameters that are empty are left out."""
    path = reverse(f"reader:{name}", kwargs={"slug": slug} if slug else None)
    pairs = [(key, value) for key, value in (*parameters.items(), ("lang", chosen)) if value]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def chosen_language(request: HttpRequest) -> str:
    return getattr(request, "chosen_language", "")


def page(request: HttpRequest, name: str, slug: str = "", **parameters: object) -> str:
    return address(chosen_language(request), name, slug, **parameters)


def home(request: HttpRequest) -> str:
    return page(request, "home")
