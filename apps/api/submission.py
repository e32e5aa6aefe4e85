"""From a body to a kept answer: read, check against the version it names, hand to the one writer."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from apps.api.errors import Refusal, invalid, unknown_receipt
from apps.api.schemas import ChangeBody, ResponseBody
from apps.common.devices import device_of, source_host
from apps.common.recent import recent
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import InquiryClosed, visible_inquiry
from apps.participants.queries import Identity, InquiryGone, identify
from apps.reports.models import ResultEpoch
from apps.responses.actions import Recorded, record_response
from apps.responses.consents import take_back_under_key
from apps.responses.parts import First, Letter, Said
from apps.responses.queries import own_response
from apps.responses.visits import note_visit
from apps.surveys.arms import ARM_COIN, Arm, arm_of, draw_arm
from apps.surveys.definition import Definition
from apps.surveys.models import SurveyVersion
from apps.surveys.queries import Instrument, instrument, published_instrument, version_of
from apps.surveys.schema import AnswersInvalid, check_answers


def published_or_404(inquiry: Inquiry) -> Instrument:
    published = published_instrument(inquiry.pk)
    if published is None:
        raise Http404
    return published


@lru_cache(maxsize=256)
def remembered_inquiry(slug: str) -> Inquiry:
    """Which inquiry an address means. Its state is not taken from here: the write itself asks whether it is open."""
    return visible_inquiry(slug)


@lru_cache(maxsize=256)
def remembered_version(inquiry_id: int, number: int) -> Instrument:
    """A version never changes; a number without one is asked for anew each time."""
    found = version_of(inquiry_id, number)
    if found is None:
        raise invalid("version", _("This inquiry has no such version."), code="unknown_version")
    return found


def submit_to(slug: str, request: HttpRequest, *, token: bytes, key: UUID, body: ResponseBody) -> Recorded:
    inquiry = remembered_inquiry(slug)
    try:
        return submit(request, inquiry=inquiry, token=token, key=key, body=body)
    except (Refusal, AnswersInvalid, InquiryClosed, InquiryGone, SurveyVersion.DoesNotExist):
        # Refused for good reason; or another inquiry, or none, stands at this address by now.
        remembered_inquiry.cache_clear()
        present = remembered_inquiry(slug)
        if present.pk == inquiry.pk:
            raise
    return submit(request, inquiry=present, token=token, key=key, body=body)


def submit(request: HttpRequest, *, inquiry: Inquiry, token: bytes, key: UUID, body: ResponseBody) -> Recorded:
    shown = remembered_version(inquiry.pk, body.version)
    if body.language not in shown.definition.languages:
        raise invalid("language", _("This inquiry is not asked in this language."))
    identity, at_present = identify(inquiry_id=inquiry.pk, token=token), present(inquiry.pk)
    recorded = record_response(
        inquiry=inquiry,
        instrument=shown,
        identity=identity,
        said=Said(
            answers=check_answers(shown.definition, body.answers, answered_before(identity, shown.definition)),
            finished=body.complete,
        ),
        letter=letter_of(request, key=key, language=body.language),
        first=First(
            consent=consent_hash(shown.definition, body.consent),
            coins=drawn_arm(shown, identity) if at_present.compares else {},
            newcomer=True,  # most senders send once
        ),
        epoch=at_present.epoch,
    )
    if recorded.created:  # a page counts its readers when it thanks them
        place = {"source": source_host(request), "device": device_of(request), "language": body.language}
        note_visit(inquiry_id=inquiry.pk, screen="api", **place)
    return recorded


def amend(request: HttpRequest, *, identity: Identity, key: UUID, body: ChangeBody) -> Recorded:
    """Change what the holder of a receipt answered, under the version and in the language of the earlier answer. A
    consent to be quoted is taken back even where nothing else can be changed any more."""
    own = own_response(identity.pseudonym)
    if own is None:
        raise unknown_receipt()
    shown = instrument(own.version_id)
    answers = check_answers(shown.definition, body.answers, own.answers)
    try:
        inquiry = visible_inquiry(own.slug)
        return record_response(
            inquiry=inquiry,
            instrument=shown,
            identity=identity,
            said=Said(answers=answers, finished=body.complete),
            letter=letter_of(request, key=key, language=own.language),
            first=First(),  # there was one, and its consent and coins stay
            epoch=present(inquiry.pk).epoch,
        )
    except (InquiryClosed, Http404):
        if body.complete or not only_takes_back(answers):
            raise
    return take_back(request, identity=identity, key=key, consents=answers)


def only_takes_back(answers: Mapping[str, Any]) -> bool:
    """A checked answer of False is no answer but a consent that is not given."""
    return bool(answers) and all(answer is False for answer in answers.values())


def take_back(request: HttpRequest, *, identity: Identity, key: UUID, consents: Iterable[str]) -> Recorded:
    body = sha256(request.body).digest()
    reply = take_back_under_key(pseudonym=identity.pseudonym, consents=consents, key=key, body_sha256=body)
    if reply is None:
        raise unknown_receipt()
    return Recorded(
        created=False, replayed=False, status=reply["status"], revision=reply["revision"], receipt=None, reply=reply
    )


def drawn_arm(shown: Instrument, identity: Identity) -> dict[str, int]:
    """The arm of a first answer, by the token. Of orders nothing: whoever draws the questions knows them; we do not."""
    return {ARM_COIN: int(draw_arm(shown.definition, identity.pseudonym))} if shown.definition.arms else {}


def arm_for(inquiry: Inquiry, published: Instrument, identity: Identity) -> Arm | None:
    """The one that was kept with the first answer, or will be."""
    own = own_response(identity.pseudonym)
    drawn = drawn_arm(published, identity) if present(inquiry.pk).compares else {}
    coins = own.coins if own else drawn
    return arm_of(coins) if ARM_COIN in coins else None


def answered_before(identity: Identity, definition: Definition) -> dict[str, Any]:
    """What this reader answered, looked up only where it matters: who chose an option that was retired may keep it."""
    own = own_response(identity.pseudonym) if definition.has_retired_options else None
    return own.answers if own else {}


def letter_of(request: HttpRequest, *, key: UUID, language: str) -> Letter:
    body = sha256(request.body).digest()
    return Letter(key=key, body_sha256=body, language=language, device=device_of(request))


@dataclass(frozen=True, slots=True)
class Present:
    """`epoch`: the number of the newest one, which only says that the answer comes later. `compares`: draws arms."""

    epoch: int | None
    compares: bool


@recent
def present(inquiry_id: int) -> Present:
    """What a write needs to know of a moment ago, in one small query."""
    newest = ResultEpoch.objects.filter(inquiry=OuterRef("pk")).order_by("-number").values("number")[:1]
    inquiries = Inquiry.objects.filter(pk=inquiry_id).annotate(newest=Subquery(newest))
    return Present(*(inquiries.values_list("newest", "has_control_arms").first() or (None, False)))


def consent_hash(definition: Definition, given: str | None) -> str:
    """The hash of the text that was agreed to; empty where nothing was sent, which is enough for later writes."""
    if given is None:
        return ""
    if given not in {definition.consent.version, definition.consent_sha256}:
        raise invalid("consent", _("This is not the consent text in force."))
    return definition.consent_sha256


def accepted(recorded: Recorded) -> HttpResponse:
    """201 for the write that created the response; a retry brings the identical object with 200."""
    content: dict[str, Any] = {"receipt": recorded.receipt} if recorded.receipt else {}
    content |= {name: recorded.reply[name] for name in ("epoch", "status", "revision")}
    return HttpResponse(json.dumps(content), content_type="application/json", status=201 if recorded.created else 200)
