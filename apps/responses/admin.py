"""Answers for operators: how many, never which. Single answers and the words of readers are not shown here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from apps.common.operators import OperatorsAdmin
from apps.responses.models import Response, VisitCount
from apps.responses.queries import counts_by_version


@admin.register(Response)
class ResponseAdmin(OperatorsAdmin):
    """One page of counts stands in place of list and form."""

    def get_urls(self) -> list[URLPattern]:
        counts = self.admin_site.admin_view(self.changelist_view)
        return [path("", counts, name="responses_response_changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Answers by inquiry and version"),
            "opts": self.opts,
            "lines": counts_by_version(),
        }
        return TemplateResponse(request, "admin/response_counts.html", context)


@admin.register(VisitCount)
class VisitCountAdmin(OperatorsAdmin):
    list_display = ("hour", "inquiry", "screen", "source", "device", "language", "visits")
    list_display_links = None
    list_filter = ("inquiry", "screen", "device", "language")
    list_select_related = ("inquiry",)
    search_fields = ("source", "inquiry__slug")
    date_hierarchy = "hour"
    ordering = ("-hour",)
