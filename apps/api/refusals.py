"""Which exception from the floors below is which answer here."""

from collections.abc import Callable

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI

from apps.api import errors
from apps.api.errors import Refusal
from apps.debates.rules import (
    DebateFull,
    SaidAlready,
    StatementNotServed,
    StatementUnknown,
    TooFewVotes,
    TooManyStatements,
)
from apps.inquiries.rules import InquiryClosed
from apps.participants.crowds import ProofNeeded, TooManyVotes
from apps.responses.actions import Busy, ConsentMissing, KeyReused
from apps.surveys.schema import AnswersInvalid
from apps.surveys.texts import TextRefused


def _answers_invalid(error: AnswersInvalid) -> Refusal:
    """The first problem is named; the others follow once it is mended."""
    problem = error.problems[0]
    return errors.invalid(problem.field, str(problem.message), code=problem.code)


REFUSALS: dict[type[Exception], Callable[..., Refusal]] = {
    Refusal: lambda refusal: refusal,
    Http404: lambda _error: errors.not_found(),
    BadRequest: lambda _error: errors.malformed(),
    UnreadablePostError: lambda _error: errors.malformed(),
    RequestDataTooBig: lambda _error: errors.too_large(),
    AnswersInvalid: _answers_invalid,
    ConsentMissing: lambda _error: errors.consent_missing(),
    InquiryClosed: lambda _error: errors.closed(),
    StatementUnknown: lambda _error: errors.not_found(),
    StatementNotServed: lambda _error: errors.not_served(),
    TooFewVotes: lambda error: errors.too_few_votes(error.cast, error.needed),
    TextRefused: lambda error: errors.invalid("text", error.message, code=error.code),
    SaidAlready: lambda error: errors.said_already(error.number),
    TooManyStatements: lambda error: errors.too_many(error.seconds),
    TooManyVotes: lambda error: errors.too_many(error.seconds),
    ProofNeeded: lambda error: errors.proof_of_work(error.challenge, error.seconds),
    DebateFull: lambda _error: errors.debate_full(),
    KeyReused: lambda _error: errors.key_reused(),
    Busy: lambda _error: errors.busy(),
    OperationalError: lambda _error: errors.busy(),
    InterfaceError: lambda _error: errors.busy(),
}


def install(api: NinjaAPI) -> None:
    for exception, refusal_of in REFUSALS.items():
        api.add_exception_handler(exception, _handler(refusal_of))


def _handler(refusal_of: Callable[..., Refusal]) -> Callable[[HttpRequest, object], HttpResponse]:
    return lambda _request, error: refusal_of(error).response()
