"""What the OpenAPI document says of each call beside its name: headers, body, and all that may come back."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from apps.api.schemas import Error

ABOUT = """
Answers to the closing question of an article, as JSON in UTF-8. No cookie opens anything here, and no other site's page
may write: a call that a browser marks as coming from elsewhere is refused.

A reader's device asks once for a token (`POST /participants`), keeps it, and sends it as `X-Toikake-Token`. Each write
carries an `Idempotency-Key`, a UUID of the sender. If no reply arrives, send the same body under the same key again: it
is kept once, and the first reply comes back word for word with status 200. `429` and `503` say in `Retry-After` how
many seconds to wait.

Errors have one shape: `code` for programs, `message` in the language of `?lang=` or `Accept-Language`, and `field`
where one part of the request is at fault. Fields of the answers are told as `Q1` or `Q2.a`.
""".strip()

READ_ERRORS = (400, 405, 413, 503)
WRITE_ERRORS = (*READ_ERRORS, 403, 415, 422, 429)

SUCCESSES = {"ok": 200, "created": 201, "deleted": 204, "unchanged": 304}
MEANINGS = {
    200: "Done. For a write: changed, or kept already by an earlier call under the same key.",
    201: "Created.",
    204: "Deleted. Nothing is left to tell.",
    304: "The copy at hand is still good.",
    400: "Not readable. `malformed`: the body is no JSON object in UTF-8, holds a key twice, or is nested too deeply."
    " `unreadable`: host or address. `unknown_parameter`, `invalid_parameter`. `key_missing`: no UUID as"
    " `Idempotency-Key`.",
    401: "`token_missing`, `token_invalid` (forged, damaged, older than 400 days, made for something else) or"
    " `receipt_missing`.",
    403: "`foreign_origin`: a page of another site may not write.",
    404: "`not_found`: no such address, inquiry or statement. `no_response`: nothing was answered with this token."
    " `unknown_receipt`.",
    405: "`method_not_allowed`.",
    409: "`closed`: the inquiry takes no answers at the moment. `not_served`: the statement waits for its review, was"
    " not published, was merged or withdrawn. `too_few_votes`: writing comes after five votes. `said_already`: `id` is"
    " the statement that says the same. `debate_full`: it has as many statements as a debate can have.",
    413: "`too_large`: a body of more than 64 KB.",
    415: "`unsupported_media_type`: send `application/json` in UTF-8.",
    422: "`field` names what cannot be kept and `code` says why: `missing`, `unknown`, `type`, `invalid`,"
    " `unknown_version`, `unknown_question`, `unknown_option` and the like. `key_reused`: the key came with another"
    " body.",
    429: "`too_many`: wait a little. `proof_of_work`: so many votes come from this network that each reader has to work"
    " for theirs; solve `challenge`, or wait.",
    503: "`busy`: the database does not answer. Nothing is known to be kept; send it again under the same key.",
}

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
PROOF = header(
    "X-Toikake-Proof",
    "The solved `challenge` of a refusal with `proof_of_work`: Base64 of `{challenge, solution}`, the solution with"
    " `counter` and `derivedKey`. Good once, for ten votes.",
    required=False,
    maxLength=2048,
)
SAME = header("If-None-Match", "The ETag of the copy at hand.", required=False)


WANT = {
    "in": "query",
    "name": "n",
    "required": False,
    "description": "How many cards, five at most and unless told otherwise.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 5},
}


def told(description: str, **schema: Any) -> dict[str, Any]:
    """A header of an answer."""
    return {"description": description, "required": True, "schema": schema}


ALLOW = {"Allow": told("The methods that this address takes.", type="string")}
WAIT = {"Retry-After": told("Seconds to wait before the next try.", type="integer", minimum=1)}
ETAG = {"ETag": told("Names this copy; send it as `If-None-Match`.", type="string")}


def call(
    *errors: int, takes: Iterable[dict[str, Any]] = (), body: type[BaseModel] | None = None, **successes: Any
) -> dict[str, Any]:
    """What a route is declared with: successes as `ok=Schema`, `created=Schema`, `deleted=None`, `unchanged=None`."""
    found = {SUCCESSES[name]: schema for name, schema in successes.items()} | dict.fromkeys(sorted(errors), Error)
    extra: dict[str, Any] = {
        "parameters": [LANG, *takes],
        "responses": {status: {"description": MEANINGS[status], **headers_of(status, found)} for status in found},
    }
    if body is not None:
        content = {"application/json": {"schema": body.model_json_schema()}}
        extra["requestBody"] = {"required": True, "content": content}
    return {"response": found, "openapi_extra": extra}


def headers_of(status: int, found: Iterable[int]) -> dict[str, Any]:
    cached = status == 304 or (status == 200 and 304 in found)
    headers = {405: ALLOW, 429: WAIT, 503: WAIT}.get(status, ETAG if cached else {})
    return {"headers": headers} if headers else {}
