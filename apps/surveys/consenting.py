"""The consent text of a version with its blanks filled in."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry
from apps.surveys.definition import Definition

FREEZE_AFTER_CLOSE = timedelta(days=30)


def consent_paragraphs(inquiry: Inquiry, definition: Definition, language: str) -> list[SafeString]:
    """As HTML: the blanks for addresses become links."""
    privacy = settings.SITE_URL + reverse("reader:privacy")
    with override(language):
        blanks = {
            "freeze_date": freeze_date(inquiry),
            "operator": inquiry.publication.operator or inquiry.publication.name,
            "contact": mark_safe(urlize(inquiry.publication.contact or _("not given"), autoescape=True)),  # noqa: S308
            "privacy_url": format_html('<a href="{0}">{0}</a>', privacy),
        }
        return [fill(in_language(text, language), blanks) for text in definition.consent.paragraphs]


def fill(text: str, blanks: Mapping[str, str]) -> SafeString:
    """Only the blanks we know; other braces of an author's text stay as they are."""
    html = conditional_escape(text)
    for name, value in blanks.items():
        html = mark_safe(html.replace(f"{{{name}}}", conditional_escape(value)))  # noqa: S308 (both are escaped)
    return html


def freeze_date(inquiry: Inquiry) -> str:
    if inquiry.closes_at is None:
        return _("30 days after the close")
    return date_format(localtime(inquiry.closes_at + FREEZE_AFTER_CLOSE), "DATE_FORMAT")
