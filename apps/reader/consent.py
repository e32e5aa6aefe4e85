"""The consent text of a version with its blanks filled in."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry
from apps.reader.addresses import address
from apps.surveys.definition import Definition

FREEZE_AFTER_CLOSE = timedelta(days=30)


def consent_paragraphs(inquiry: Inquiry, definition: Definition, language: str) -> list[str]:
    with override(language):
        blanks = {
            "freeze_date": freeze_date(inquiry),
            "operator": inquiry.publication.operator or inquiry.publication.name,
            "contact": inquiry.publication.contact or _("not given"),
            "privacy_url": settings.SITE_URL + address("", "privacy"),
        }
        return [fill(in_language(text, language), blanks) for text in definition.consent.paragraphs]


def fill(text: str, blanks: Mapping[str, str]) -> str:
    """Only the blanks we know; other braces of an author's text stay as they are."""
    for name, value in blanks.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def freeze_date(inquiry: Inquiry) -> str:
    if inquiry.closes_at is None:
        return _("30 days after the close")
    return date_format(localtime(inquiry.closes_at + FREEZE_AFTER_CLOSE), "DATE_FORMAT")
