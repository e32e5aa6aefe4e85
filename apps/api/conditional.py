"""Answers that a cache may keep: an ETag from what the content depends on, 304 for whoever has it already."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags


def cacheable(request: HttpRequest, *, depends_on: object, seconds: int, content: Callable[[], Any]) -> HttpResponse:
    etag = f'"{sha256(repr(depends_on).encode()).hexdigest()[:32]}"'
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    if "*" in known or etag in known or f"W/{etag}" in known:  # compression on the way makes it a weak one
        response: HttpResponse = HttpResponseNotModified()
    else:
        text = json.dumps(content(), cls=DjangoJSONEncoder, ensure_ascii=False)
        response = HttpResponse(text, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response
