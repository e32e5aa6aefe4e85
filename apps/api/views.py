"""The JSON door: typed, strict, without cookies. Every write takes the same way as the page's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Status

from apps.api import refusals
from apps.api.conditional import cacheable
from apps.api.debating import router
from apps.api.description import ABOUT, KEY, READ_ERRORS, RECEIPT, SAME, TOKEN, WRITE_ERRORS, call
from apps.api.doors import PARTICIPANT_LIMIT, limit, require_key, require_own_origin, require_receipt, require_token
from apps.api.errors import not_answered, unknown_receipt
from apps.api.maps import router as map_router
from apps.api.presenters import inquiry_line, instrument_out, own_response_out, results_out, state_of, way_out
from apps.api.schemas import (
    Accepted,
    ChangeBody,
    InquiryList,
    InstrumentOut,
    Nothing,
    OwnResponseOut,
    ResponseBody,
    Results,
    Token,
    WayOut,
    read_as,
)
from apps.api.strict_json import read_object, require_json
from apps.api.submission import accepted, amend, arm_for, published_or_404, submit_to
from apps.debates.actions import erase_ballot
from apps.inquiries.queries import open_inquiries
from apps.inquiries.rules import visible_inquiry
from apps.participants.queries import identify
from apps.participants.tokens import new_token
from apps.reports.rules import public_results
from apps.responses.actions import erase_response
from apps.responses.queries import own_response
from apps.surveys.queries import instrument, published_instrument

api = NinjaAPI(title="Toikake", version="1", description=ABOUT, docs_url=None, openapi_url=None)
api.add_router("", router)
api.add_router("", map_router)
refusals.install(api)


@api.post(
    "/participants",
    summary="Become a participant",
    **call(*WRITE_ERRORS, created=Token, body=Nothing),
)
def become_participant(request: HttpRequest) -> Status[dict[str, str]]:
    require_own_origin(request)
    require_json(request)
    read_as(Nothing, read_object(request.body))
    limit(request, "participants", *PARTICIPANT_LIMIT)
    return Status(201, {"token": new_token()})


@api.get("/inquiries", summary="Inquiries open now", **call(*READ_ERRORS, ok=InquiryList))
def list_inquiries(request: HttpRequest) -> dict[str, Any]:
    asked = ((inquiry, published_instrument(inquiry.pk)) for inquiry in open_inquiries(timezone.now()))
    return {"inquiries": [inquiry_line(inquiry, published) for inquiry, published in asked if published]}


@api.get(
    "/inquiries/{slug:slug}",
    summary="The published questionnaire",
    **call(*READ_ERRORS, 404, ok=InstrumentOut, unchanged=None, takes=[SAME]),
)
def read_inquiry(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry, now = visible_inquiry(slug), timezone.now()
    published = published_or_404(inquiry)
    return cacheable(
        request,
        depends_on=(published.sha256, inquiry.title, state_of(inquiry, now), inquiry.opens_at, inquiry.closes_at),
        seconds=30,
        content=lambda: instrument_out(inquiry, published, now),
    )


@api.get(
    "/inquiries/{slug:slug}/way",
    summary="What I am asked, in which order",
    **call(*READ_ERRORS, 401, 404, ok=WayOut, takes=[TOKEN]),
)
def read_way(request: HttpRequest, slug: str) -> dict[str, Any]:
    token, inquiry = require_token(request), visible_inquiry(slug)
    published = published_or_404(inquiry)
    identity = identify(inquiry_id=inquiry.pk, token=token)
    return way_out(published, arm_for(inquiry, published, identity))


@api.put(
    "/inquiries/{slug:slug}/response",
    summary="Answer, in parts or at once",
    **call(*WRITE_ERRORS, 401, 404, 409, ok=Accepted, created=Accepted, takes=[TOKEN, KEY], body=ResponseBody),
)
def put_response(request: HttpRequest, slug: str) -> HttpResponse:
    require_own_origin(request)
    require_json(request)
    token, key = require_token(request), require_key(request)
    body = read_as(ResponseBody, read_object(request.body))
    return accepted(submit_to(slug, request, token=token, key=key, body=body))


@api.get(
    "/inquiries/{slug:slug}/response",
    summary="What I answered",
    **call(*READ_ERRORS, 401, 404, ok=OwnResponseOut, takes=[TOKEN]),
)
def read_response(request: HttpRequest, slug: str) -> dict[str, Any]:
    token, inquiry = require_token(request), visible_inquiry(slug)
    own = own_response(identify(inquiry_id=inquiry.pk, token=token).pseudonym)
    if own is None:
        raise not_answered()
    return own_response_out(inquiry.slug, instrument(own.version_id), own)


@api.get(
    "/inquiries/{slug:slug}/results",
    summary="The newest published results",
    **call(*READ_ERRORS, 404, ok=Results, unchanged=None, takes=[SAME]),
)
def read_results(request: HttpRequest, slug: str) -> HttpResponse:
    results = public_results(visible_inquiry(slug), timezone.now())
    return cacheable(
        request,
        depends_on=(results.epoch and results.epoch.pk, results.waiting, results.smallest_base),
        seconds=15,
        content=lambda: results_out(results),
    )


@api.get(
    "/receipt",
    summary="See the answers of a receipt",
    **call(*READ_ERRORS, 401, 404, 429, ok=OwnResponseOut, takes=[RECEIPT]),
)
def read_receipt(request: HttpRequest) -> dict[str, Any]:
    identity = require_receipt(request)
    own = own_response(identity.pseudonym)
    if own is None:
        raise unknown_receipt()
    return own_response_out(own.slug, instrument(own.version_id), own)


@api.patch(
    "/receipt",
    summary="Change the answers of a receipt",
    description="After the close only a consent to be quoted can be taken back, by false: `409` for all else.",
    **call(*WRITE_ERRORS, 401, 404, 409, ok=Accepted, takes=[RECEIPT, KEY], body=ChangeBody),
)
def change_receipt(request: HttpRequest) -> HttpResponse:
    require_own_origin(request)
    require_json(request)
    key, identity = require_key(request), require_receipt(request)
    body = read_as(ChangeBody, read_object(request.body))
    return accepted(amend(request, identity=identity, key=key, body=body))


@api.delete(
    "/receipt",
    summary="Delete everything of a receipt",
    **call(*READ_ERRORS, 401, 403, 404, 429, deleted=None, takes=[RECEIPT]),
)
def delete_receipt(request: HttpRequest) -> HttpResponse:
    require_own_origin(request)
    identity = require_receipt(request)
    erase_ballot(pseudonym=identity.pseudonym)
    if not erase_response(pseudonym=identity.pseudonym):
        raise unknown_receipt()
    return HttpResponse(status=204)
