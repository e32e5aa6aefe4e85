"""Inquiries for operators: to look up, with the number of answers. They are opened and closed on the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.common.operators import OperatorsAdmin, pretty
from apps.common.templatetags.toikake import in_language
from apps.inquiries.models import Inquiry


@admin.register(Inquiry)
class InquiryAdmin(OperatorsAdmin):
    list_display = ("slug", "name", "publication", "state", "opens_at", "closes_at", "answers", "simulated")
    list_filter = ("state", "publication", "privacy_profile", "results_shown", "simulated")
    search_fields = ("slug", "title")
    date_hierarchy = "created_at"
    fields = (
        "publication", "slug", "titles", "state", "opens_at", "closes_at", "privacy_profile", "results_shown",
        "allowed_origins", "article_url", "introduction", "expected_answers", "has_control_arms", "simulated",
        "content_sha256", "created_at", "answers",
    )  # fmt: skip
    readonly_fields = ("titles", "article_url", "introduction", "answers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Inquiry]:
        inquiries = super().get_queryset(request).select_related("publication", "article")
        return inquiries.annotate(answers_counted=Count("responses"))

    @admin.display(description=_("title"))
    def name(self, inquiry: Inquiry) -> str:
        return in_language(inquiry.title)

    @admin.display(description=_("title"))
    def titles(self, inquiry: Inquiry) -> SafeString:
        return pretty(inquiry.title)

    @admin.display(description=_("article"))
    def article_url(self, inquiry: Inquiry) -> str:
        return inquiry.article.url if hasattr(inquiry, "article") else ""

    @admin.display(description=_("line above the question"))
    def introduction(self, inquiry: Inquiry) -> SafeString:
        return pretty(inquiry.article.introduction if hasattr(inquiry, "article") else {})

    @admin.display(description=_("answers"), ordering="answers_counted")
    def answers(self, inquiry: Any) -> int:
        return inquiry.answers_counted
