"""What is said when something cannot be done: one shape, the reader's language, never a trace."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

LONGEST_FIELD = 80


class Refusal(Exception):
    """An answer that is not the one asked for."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        headers: dict[str, str] | None = None,
        **also: object,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.field, self.headers = status, code, message, field, headers or {}
        self.also = also

    def response(self) -> HttpResponse:
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.field is not None:
            error["field"] = self.field[:LONGEST_FIELD]
        return JsonResponse({"error": error | self.also}, status=self.status, headers=self.headers)


def malformed() -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, "malformed", _("This is not a readable JSON object in UTF-8."))


def unknown_parameter(name: str) -> Refusal:
    return Refusal(
        HTTPStatus.BAD_REQUEST, "unknown_parameter", _("This address does not take this parameter."), field=name
    )


def not_found() -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, "not_found", _("There is nothing at this address."))


def not_answered() -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, "no_response", _("Nothing has been answered here with this token."))


def unknown_receipt() -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, "unknown_receipt", _("No answers are kept under this receipt code."))


def closed() -> Refusal:
    return Refusal(HTTPStatus.CONFLICT, "closed", _("This inquiry does not take answers at the moment."))


def not_served() -> Refusal:
    return Refusal(HTTPStatus.CONFLICT, "not_served", _("This statement takes no votes at the moment."))


def too_few_votes(cast: int, needed: int) -> Refusal:
    sentence = _("Please vote on %(needed)d statements before you write one; so far you have voted on %(cast)d.")
    return Refusal(HTTPStatus.CONFLICT, "too_few_votes", sentence % {"needed": needed, "cast": cast})


def said_already(number: int) -> Refusal:
    return Refusal(
        HTTPStatus.CONFLICT, "said_already", _("The same statement was written before."), field="text", id=number
    )


def debate_full() -> Refusal:
    return Refusal(HTTPStatus.CONFLICT, "debate_full", _("This debate takes no more statements."))


def key_reused() -> Refusal:
    return Refusal(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "key_reused",
        _("This key was already used for another content. Please use a new one."),
        field="Idempotency-Key",
    )


def invalid(field: str, message: str, *, code: str = "invalid") -> Refusal:
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, code, message, field=field)


def consent_missing() -> Refusal:
    return invalid("consent", _("The first answer needs the consent to the text in force."), code="missing")


def too_large() -> Refusal:
    sentence = _("That is more than can be accepted at once. Please shorten the text.")
    return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", sentence)


def busy(seconds: int = 2) -> Refusal:
    return Refusal(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "busy",
        _("This could not be saved just now. Please send it again with the same key."),
        headers={"Retry-After": str(seconds)},
    )


def too_many(seconds: int) -> Refusal:
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too_many",
        _("Too many tries in a short time. Please wait a little."),
        headers={"Retry-After": str(seconds)},
    )


def proof_of_work(challenge: dict[str, Any], seconds: int) -> Refusal:
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS,
        "proof_of_work",
        _("Many votes come from your network. Please solve the challenge, or wait a little."),
        headers={"Retry-After": str(seconds)},
        challenge=challenge,
    )


def method_not_allowed(allowed: str) -> Refusal:
    return Refusal(
        HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", _("This cannot be done here."), headers={"Allow": allowed}
    )
