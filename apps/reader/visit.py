"""Who is at the door: one reader at one inquiry, known by a cookie, by a carried token, or not yet at all."""

from dataclasses import dataclass, replace
from functools import cached_property
from secrets import token_bytes

from django.http import Http404, HttpRequest, HttpResponse

from apps.inquiries.models import Inquiry
from apps.inquiries.rules import visible_inquiry
from apps.participants.passes import FormPass, token_from_pass
from apps.participants.queries import Identity, identify
from apps.participants.tokens import IN_FRAME, ON_SITE, Keeping, read_token
from apps.reader.editing import identity_by_receipt
from apps.reader.framing import keep_token, keeping, told_token
from apps.responses.queries import OwnResponse, own_response
from apps.surveys.arms import ARM_COIN, Arm, arm_of, draw_arm
from apps.surveys.definition import Definition
from apps.surveys.orders import draw_coins
from apps.surveys.queries import Instrument, definition_in, published_instrument


@dataclass(frozen=True)
class Visit:
    """A newcomer has no identity; the token to keep is set once a form was sent."""

    inquiry: Inquiry
    instrument: Instrument
    language: str
    identity: Identity | None = None
    token: str = ""
    carried: bool = False
    by_receipt: bool = False
    is_newcomer: bool = False  # as far as the request says; a second tap of the same form is one, too
    where: Keeping = ON_SITE
    side: int | None = None  # the arm as the page's pass has it: 0 none, else one more than its coin

    @cached_property
    def own(self) -> OwnResponse | None:
        """What this reader answered so far: one query, asked only where it is needed."""
        return own_response(self.identity.pseudonym) if self.identity else None

    @property
    def arm(self) -> Arm:
        """The way through the questions on which this reader is."""
        if self.side is not None:
            return Arm(max(self.side - 1, 0))
        return arm_of(self.own.coins) if self.own else Arm.A

    @property
    def definition(self) -> Definition:
        """What this reader is asked."""
        return definition_in(self.instrument.version_id, self.arm)

    @property
    def steps(self) -> int:
        return len(self.definition.screens)

    def coins(self, seed: bytes) -> dict[str, int]:
        """The orders this reader sees: those given with the first answer, else those of the page's pass."""
        drawn = self.drawn_coins(seed)
        return {**drawn, **self.own.coins} if self.own else drawn

    def drawn_coins(self, seed: bytes) -> dict[str, int]:
        arm = {ARM_COIN: self.side - 1} if self.side else {}
        return {**draw_coins(self.instrument.definition, seed), **arm}

    def drawn_side(self) -> int:
        """For a page that is about to be made: the arm given with the first answer; a newcomer is drawn one."""
        if self.own:
            return self.own.coins[ARM_COIN] + 1 if ARM_COIN in self.own.coins else 0
        definition = self.instrument.definition
        compared = self.inquiry.has_control_arms and definition.arms
        return draw_arm(definition, token_bytes(16)) + 1 if compared else 0

    def on_side(self, side: int) -> "Visit":
        """The same visit on the way that a page's pass names."""
        visit = replace(self, side=side)
        if "own" in self.__dict__:  # asked for already
            visit.__dict__["own"] = self.own
        return visit

    def entered_with(self, form_pass: FormPass) -> "Visit":
        """The same visit once a form was sent: a newcomer gets the token that belongs to the pass."""
        if self.identity:
            return self
        return replace(self._holding(token_from_pass(form_pass, audience=self.where.audience)), is_newcomer=True)

    def _holding(self, token: str) -> "Visit":
        secret = read_token(token, self.where.audience)
        assert secret  # made by us a moment ago
        return replace(self, token=token, identity=identify(inquiry_id=self.inquiry.pk, token=secret))

    def keeps_no_cookie(self, *, told: bool) -> bool:
        """Whether the next page has to carry the token: a browser says so by script, `told`. Inside an article none
        knows what becomes of a newcomer's cookie, and one may press before any script is there."""
        return bool(self.token) and (told or self.where is IN_FRAME)

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Give the reader's device its token, if it has none yet."""
        if self.token:
            keep_token(self.where, response, self.token)
        return response


def visit_of(request: HttpRequest, slug: str) -> Visit:
    """For pages that need nothing of the inquiry but that readers may see it."""
    inquiry = visible_inquiry(slug)
    instrument = published_instrument(inquiry.pk)
    if instrument is None:
        raise Http404
    return arrive(request, inquiry, instrument)


def arrive(request: HttpRequest, inquiry: Inquiry, instrument: Instrument) -> Visit:
    """What the request itself says about the reader; an unreadable token counts as none."""
    visit = Visit(inquiry, instrument, request.LANGUAGE_CODE, where=keeping(request))
    held = identity_by_receipt(request)
    if held and held.inquiry_id == inquiry.pk:
        return replace(visit, identity=held, by_receipt=True)
    secret, carried = told_token(request)
    if secret is None:
        return visit
    identity = identify(inquiry_id=inquiry.pk, token=secret)
    return replace(visit, identity=identity, token=carried, carried=bool(carried))
