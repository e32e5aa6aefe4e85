"""The calls of the debate: cards to vote on, a vote and its withdrawal, a statement of one's own."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from apps.api.description import KEY, PROOF, READ_ERRORS, TOKEN, WANT, WRITE_ERRORS, call
from apps.api.doors import number_of_cards, require_key, require_own_origin, require_token, voter
from apps.api.errors import invalid
from apps.api.presenters import card_out
from apps.api.schemas import CardsOut, StatementBody, StatementOut, VoteBody, VoteOut, read_as
from apps.api.strict_json import read_object, require_json
from apps.api.submission import consent_hash, remembered_inquiry
from apps.debates.actions import cast_vote, propose_statement, undo_vote
from apps.debates.choices import Choice
from apps.debates.dealing import Hand, next_cards
from apps.debates.models import Statement
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import InquiryClosed, visible_inquiry
from apps.participants.actions import admit_participant
from apps.participants.queries import Identity, InquiryGone, identify, own_receipt
from apps.surveys.queries import published_instrument

router = Router()
Done = TypeVar("Done")


@router.get(
    "/inquiries/{slug:slug}/statements/next",
    summary="Cards to vote on",
    **call(*READ_ERRORS, 401, 403, 404, 409, ok=CardsOut, takes=[WANT, TOKEN]),
)
def next_statements(request: HttpRequest, slug: str) -> HttpResponse:
    require_own_origin(request)  # what is shown is noted, so this is more than a look
    token, want = require_token(request), number_of_cards(request)
    inquiry = visible_inquiry(slug)
    hand = next_cards(inquiry=inquiry, identity=identify(inquiry_id=inquiry.pk, token=token), want=want)
    return HttpResponse(hand_text(hand), content_type="application/json")


@router.put(
    "/inquiries/{slug:slug}/statements/{int:id}/vote",
    summary="Vote, or change a vote",
    **call(*WRITE_ERRORS, 401, 404, 409, ok=VoteOut, created=VoteOut, takes=[TOKEN, KEY, PROOF], body=VoteBody),
)
def put_vote(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    require_own_origin(request)
    require_json(request)
    token, key, sender = require_token(request), require_key(request), voter(request)
    body = read_as(VoteBody, read_object(request.body))

    def vote(inquiry: Inquiry) -> HttpResponse:
        identity = identify(inquiry_id=inquiry.pk, token=token)
        receipt = admitted(inquiry, identity, body.consent) if body.consent is not None else {}
        voted = cast_vote(
            inquiry=inquiry,
            identity=identity,
            number=id,
            choice=Choice[body.choice.upper()],
            key=key,
            body_sha256=fingerprint(request),
            sender=sender,
        )
        content = {"id": id, "choice": body.choice, "revision": voted.revision, **receipt}
        return answer(content, created=voted.created and not voted.replayed)

    return at_address(slug, vote)


@router.delete(
    "/inquiries/{slug:slug}/statements/{int:id}/vote",
    summary="Take a vote back",
    **call(*READ_ERRORS, 401, 403, 404, 409, 422, 429, deleted=None, takes=[TOKEN, KEY, PROOF]),
)
def delete_vote(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    require_own_origin(request)
    token, key, sender = require_token(request), require_key(request), voter(request)

    def undo(inquiry: Inquiry) -> HttpResponse:
        undo_vote(
            inquiry=inquiry,
            identity=identify(inquiry_id=inquiry.pk, token=token),
            number=id,
            key=key,
            body_sha256=fingerprint(request),
            sender=sender,
        )
        return HttpResponse(status=204)

    return at_address(slug, undo)


@router.post(
    "/inquiries/{slug:slug}/statements",
    summary="Write a statement",
    **call(*WRITE_ERRORS, 401, 404, 409, ok=StatementOut, created=StatementOut, takes=[TOKEN, KEY], body=StatementBody),
)
def write_statement(request: HttpRequest, slug: str) -> HttpResponse:
    require_own_origin(request)
    require_json(request)
    token, key = require_token(request), require_key(request)
    body = read_as(StatementBody, read_object(request.body))

    def propose(inquiry: Inquiry) -> HttpResponse:
        if body.language not in languages_of(inquiry):
            raise invalid("language", _("This inquiry is not asked in this language."))
        proposed = propose_statement(
            inquiry=inquiry,
            identity=identify(inquiry_id=inquiry.pk, token=token),
            text=body.text,
            language=body.language,
            key=key,
            body_sha256=fingerprint(request),
        )
        return answer({"id": proposed.number, "state": proposed.state}, created=not proposed.replayed)

    return at_address(slug, propose)


def admitted(inquiry: Inquiry, identity: Identity, consent: str) -> dict[str, str]:
    """Whoever votes before answering agrees with their first vote, as on the page, and gets a receipt."""
    published = published_instrument(inquiry.pk)
    if published is None:
        raise InquiryGone
    admit_participant(identity=identity, consent=consent_hash(published.definition, consent))
    return {"receipt": own_receipt(identity.pseudonym)}


def hand_text(hand: Hand) -> str:
    """The cards as JSON, put together from what was written for others before."""
    cards = ", ".join(card_text(card) for card in hand.cards)
    return f'{{"cards": [{cards}], "votes": {hand.votes}, "more": {json.dumps(hand.more)}}}'


def card_text(card: Statement) -> str:
    """Written once for all readers to whom the same card is dealt."""
    kept = vars(card)
    if "card_text" not in kept:
        kept["card_text"] = json.dumps(card_out(card), ensure_ascii=False)
    return str(kept["card_text"])


def at_address(slug: str, work: Callable[[Inquiry], Done]) -> Done:
    """Done for the inquiry that this process remembers at the address, or for the one that stands there by now."""
    inquiry = remembered_inquiry(slug)
    try:
        return work(inquiry)
    except (InquiryClosed, InquiryGone):
        remembered_inquiry.cache_clear()
        present = remembered_inquiry(slug)
        if present.pk == inquiry.pk:
            raise
    return work(present)


def languages_of(inquiry: Inquiry) -> tuple[str, ...]:
    """Those of the questionnaire, or ours where an imported conversation has none."""
    published = published_instrument(inquiry.pk)
    return tuple(published.definition.languages if published else dict(settings.LANGUAGES))


def fingerprint(request: HttpRequest) -> bytes:
    """What a key stands for: the same body for another statement is another call."""
    return sha256(f"{request.method} {request.path_info}\n".encode() + request.body).digest()


def answer(content: dict[str, Any], *, created: bool = False) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json", status=201 if created else 200)


# By address and method: what readers call at every card.
AT_EVERY_CARD: dict[str, dict[str, Callable[..., HttpResponse]]] = {
    "inquiries/<slug:slug>/statements/next": {"GET": next_statements},
    "inquiries/<slug:slug>/statements/<int:id>/vote": {"PUT": put_vote, "DELETE": delete_vote},
}
