"""The OpenAPI document: made once a process, and cacheable."""

import re
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.api.conditional import cacheable
from apps.api.examples import add_examples
from apps.api.views import api

OF_THE_CODE = re.compile(r"^apps_api_(views|debating|maps)_")


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Calls are named as their functions are; where those stand is nobody's business."""
    made = dict(api.get_openapi_schema())
    for operations in made["paths"].values():
        for operation in operations.values():
            operation["operationId"] = OF_THE_CODE.sub("", operation["operationId"])
    add_examples(made["paths"], "/api/v1")
    return made


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return cacheable(request, depends_on=document(), seconds=300, content=document)
