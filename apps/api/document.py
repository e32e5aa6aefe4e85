"""The OpenAPI document: made once a process, and cacheable."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.api.conditional import cacheable
from apps.api.views import api


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Calls are named as their functions are; where those stand is nobody's business."""
    made = dict(api.get_openapi_schema())
    for operations in made["paths"].values():
        for operation in operations.values():
            operation["operationId"] = operation["operationId"].removeprefix("apps_api_views_")
    return made


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return cacheable(request, depends_on=document(), seconds=300, content=document)
