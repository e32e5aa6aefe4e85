"""Result epochs for operators: what was published when."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.common.operators import OperatorsAdmin, pretty
from apps.reports.models import ResultEpoch


@admin.register(ResultEpoch)
class ResultEpochAdmin(OperatorsAdmin):
    list_display = ("inquiry", "number", "answered", "created_at", "version", "short_hash")
    list_filter = ("inquiry",)
    list_select_related = ("inquiry", "version__inquiry")
    search_fields = ("inquiry__slug", "sha256")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    fields = (
        "inquiry",
        "number",
        "version",
        "answered",
        "log_watermark",
        "code_version",
        "sha256",
        "created_at",
        "figures",
    )
    readonly_fields = ("figures",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResultEpoch]:
        return super().get_queryset(request).defer("content", "version__definition")

    @admin.display(description=_("hash"))
    def short_hash(self, epoch: ResultEpoch) -> str:
        return epoch.sha256[:12]

    @admin.display(description=_("content"))
    def figures(self, epoch: ResultEpoch) -> SafeString:
        return pretty(epoch.content)
