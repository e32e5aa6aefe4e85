"""Parts of the OpenAPI document that repeat: headers, bodies, and what each kind of call may be answered with."""

from typing import Any

from pydantic import BaseModel

from apps.api.schemas import Error

READ_ERRORS = (400, 404, 405, 429, 503)
WRITE_ERRORS = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 503)

LANG = {
    "in": "query",
    "name": "lang",
    "required": False,
    "description": "Language of error messages; otherwise Accept-Language.",
    "schema": {"type": "string", "enum": ["ja", "en"]},
}


def header(name: str, description: str, *, required: bool = True, **schema: Any) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": required,
        "description": description,
        "schema": {"type": "string", **schema},
    }


TOKEN = header("X-Toikake-Token", "From `POST /participants`.", pattern="^[A-Za-z0-9_-]{48}$")
RECEIPT = header("X-Toikake-Receipt", "The receipt code, as it was shown.", maxLength=100)
KEY = header(
    "Idempotency-Key", "A UUID made by the sender; the same one on every retry of the same body.", format="uuid"
)
SAME = header("If-None-Match", "The ETag of the copy at hand.", required=False)


def takes(*parameters: dict[str, Any], body: type[BaseModel] | None = None) -> dict[str, Any]:
    """`openapi_extra` of one operation."""
    extra: dict[str, Any] = {"parameters": [LANG, *parameters]}
    if body is not None:
        schema = body.model_json_schema()
        extra["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return extra


def answers(*errors: int, **successes: Any) -> dict[int, Any]:
    """`response` of one operation: successes as `ok=Schema`, `created=Schema`, `deleted=None`, and the error shape."""
    statuses = {"ok": 200, "created": 201, "deleted": 204, "unchanged": 304}
    return {statuses[name]: schema for name, schema in successes.items()} | dict.fromkeys(errors, Error)
