"""Lists for the operators' admin: to look at, not to work in."""

import json
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString


class OperatorsList(ChangeList):
    """A list that knows `?lang=`, and answers a date that no calendar has as it answers any unknown filter."""

    def get_filters_params(self, params: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
        filters = super().get_filters_params(params)
        filters.pop("lang", None)
        return filters

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Model]:
        found = super().get_queryset(request, exclude_parameters)
        try:
            str(found.query)
        except (ValueError, OverflowError) as fault:
            raise IncorrectLookupParameters(fault) from fault
        return found


class OperatorsAdmin(ModelAdmin):
    """Whoever may enter the admin may look; adding, changing and deleting have to be allowed one by one."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OperatorsList

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def pretty(document: object) -> SafeString:
    """JSON as a person reads it."""
    return format_html("<pre>{}</pre>", json.dumps(document, ensure_ascii=False, indent=2))
