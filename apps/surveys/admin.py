"""Published versions for operators: what exactly was asked."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.common.operators import OperatorsAdmin, pretty
from apps.surveys.models import SurveyVersion


@admin.register(SurveyVersion)
class SurveyVersionAdmin(OperatorsAdmin):
    list_display = ("inquiry", "number", "published_at", "short_hash", "change_note")
    list_filter = ("inquiry",)
    list_select_related = ("inquiry",)
    search_fields = ("inquiry__slug", "sha256", "change_note")
    date_hierarchy = "published_at"
    ordering = ("-published_at",)
    fields = ("inquiry", "number", "published_at", "change_note", "sha256", "document")
    readonly_fields = ("document",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SurveyVersion]:
        return super().get_queryset(request).defer("definition")

    @admin.display(description=_("hash"))
    def short_hash(self, version: SurveyVersion) -> str:
        return version.sha256[:12]

    @admin.display(description=_("definition"))
    def document(self, version: SurveyVersion) -> SafeString:
        return pretty(version.definition)
