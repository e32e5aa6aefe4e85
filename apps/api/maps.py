"""The map that everybody may see, and where the holder of a token stands on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from apps.api.conditional import cacheable
from apps.api.description import READ_ERRORS, SAME, TOKEN, call
from apps.api.doors import require_token
from apps.api.map_schemas import MapOut, StandOut
from apps.api.presenters import map_out, stand_out
from apps.debates.queries import own_votes, statements_by_number
from apps.inquiries.rules import visible_inquiry
from apps.participants.queries import identify
from apps.reports.rules import public_map

router = Router()


@router.get(
    "/inquiries/{slug:slug}/map",
    summary="The newest opinion map",
    **call(*READ_ERRORS, 404, ok=MapOut, unchanged=None, takes=[SAME]),
)
def read_map(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry = visible_inquiry(slug)
    public = public_map(inquiry, timezone.now())
    told = public.telling.numbers
    return cacheable(
        request,
        depends_on=(public.stored and public.stored.pk, public.waiting, public.smallest_base, told),
        seconds=15,
        content=lambda: map_out(public, statements_by_number(inquiry.pk, told) if public.stored else {}),
    )


@router.get(
    "/inquiries/{slug:slug}/stand",
    summary="Where I stand on it",
    **call(*READ_ERRORS, 401, 404, ok=StandOut, takes=[TOKEN]),
)
def read_stand(request: HttpRequest, slug: str) -> dict[str, Any]:
    token, inquiry = require_token(request), visible_inquiry(slug)
    own = own_votes(identify(inquiry_id=inquiry.pk, token=token).pseudonym)
    return stand_out(public_map(inquiry, timezone.now()), own.votes)
