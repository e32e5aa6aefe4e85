"""Reads a body as the JSON object it must be, and nothing that only looks like one."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.api.errors import Refusal, malformed

LONGEST_NUMBER = 18  # digits; whatever is longer is larger than anything that can be chosen
DEEPEST = 8
MANY_BRACKETS = 60  # an honest answer has fewer; only above it the depth is looked at


def require_json(request: HttpRequest) -> None:
    """The body must say that it is JSON, and may not say that it is in another encoding than UTF-8."""
    if not request.body:
        raise malformed()
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    if request.content_type != "application/json" or charset.strip('"').lower() not in {"utf-8", "utf8"}:
        raise Refusal(415, "unsupported_media_type", _("Please send application/json in UTF-8."))


def read_object(body: bytes) -> dict[str, Any]:
    """Refuses other encodings, duplicate keys, NaN and infinities, deep nesting and anything but an object."""
    try:
        text = body.decode("utf-8")
        data = _decoder.decode(text)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise malformed() from None
    if type(data) is not dict:
        raise malformed()
    if text.count("[") + text.count("{") > MANY_BRACKETS and _deeper_than(data, DEEPEST):
        raise malformed()
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate keys")
    return found


def _whole_number(digits: str) -> int:
    if len(digits) <= LONGEST_NUMBER:
        return int(digits)
    return -(10**LONGEST_NUMBER) if digits.startswith("-") else 10**LONGEST_NUMBER


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _deeper_than(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper_than(part, levels - 1) for part in inner)


_decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_int=_whole_number, parse_constant=_no_constant)
