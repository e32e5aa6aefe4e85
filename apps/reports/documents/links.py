"""Where a document leads back to: its published report, or the newest results."""

from django.conf import settings
from django.urls import reverse

from apps.inquiries.models import Inquiry


def place_of(inquiry: Inquiry, language: str, number: int | None = None) -> str:
    cover = settings.SITE_URL + reverse("reader:cover", kwargs={"slug": inquiry.slug})
    return f"{cover}{'results' if number is None else f'report/{number}'}/?lang={language}"
