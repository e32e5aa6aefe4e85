"""By the receipt code: see, change, delete everything. The code is posted, never part of an address."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.debates.actions import erase_ballot
from apps.inquiries.models import Inquiry
from apps.inquiries.queries import inquiry_by_id
from apps.inquiries.rules import HIDDEN
from apps.participants.actions import take_from_bucket
from apps.participants.limits import network_key
from apps.participants.passes import PassExpired, issue_pass, read_pass
from apps.participants.queries import Identity, find_by_receipt
from apps.reader import errors
from apps.reader.addresses import page
from apps.reader.cards import votes_of
from apps.reader.editing import held_code, hold, let_go
from apps.reader.followed import followed_statements
from apps.reader.gate import reader_page
from apps.reader.topic import topic_of
from apps.reader.visit import Visit
from apps.reader.words import Given, given_answers
from apps.responses.actions import erase_response
from apps.responses.consents import take_back_consent
from apps.responses.queries import OwnResponse, own_response
from apps.surveys.arms import arm_of
from apps.surveys.queries import definition_in, published_instrument

# Guessing a code is hopeless; the limit spares the database the tries. A school is one network, too.
TRIES_AT_ONCE, TRIES_PER_SECOND = 60, 0.2
UNQUOTE = "unquote-"


@reader_page("GET", "HEAD", "POST")
def receipt(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request)
    intent = request.POST.get("intent", "open")
    if intent == "leave":
        return let_go(HttpResponseRedirect(page(request, "receipt"), status=303))
    if intent == "delete":
        return ask_whether_to_erase(request)
    if intent == "erase":
        return erase(request)
    if intent.startswith(UNQUOTE):
        return unquote(request, intent.removeprefix(UNQUOTE))
    return enter(request)


def show(request: HttpRequest) -> HttpResponse:
    code = held_code(request)
    identity = find_by_receipt(code) if code else None
    return opened(request, identity, confirming=request.GET.get("sure") == "no") if identity else ask(request)


def ask(request: HttpRequest, *, problem: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    return render(request, "reader/receipt.html", {"problem": problem, "typed": typed}, status=status)


def enter(request: HttpRequest) -> HttpResponse:
    if not take_from_bucket(network_key(request, "receipt"), TRIES_PER_SECOND, TRIES_AT_ONCE):
        response = errors.message_page(request, 429)
        response.headers["Retry-After"] = "60"
        return response
    typed = request.POST.get("code", "")[:100]
    if find_by_receipt(typed) is None:
        problem = _(
            "No answers belong to this code. Please check it letter by letter; the codes of deleted answers no longer"
            " work."
        )
        return ask(request, problem=problem, typed=typed, status=422)
    return hold(HttpResponseRedirect(page(request, "receipt"), status=303), typed)


def opened(request: HttpRequest, identity: Identity, *, confirming: bool = False) -> HttpResponse:
    inquiry = inquiry_by_id(identity.inquiry_id)
    if inquiry is None:
        return ask(request)
    own, language = own_response(identity.pseudonym), request.LANGUAGE_CODE
    context = {
        "topic": topic_of(inquiry, language),
        "inquiry": inquiry,
        "given": given(own, language) if own else (),
        **left_in_the_debate(request, inquiry, identity),
        "confirming": confirming,
        "takes_answers": inquiry.is_open(timezone.now()),
        "pass_text": issue_pass(inquiry.pk),
    }
    return render(request, "reader/receipt_open.html", context)


def given(own: OwnResponse, language: str) -> list[Given]:
    definition = definition_in(own.version_id, arm_of(own.coins))
    return given_answers(definition, own.answers, own.coins, language)


def left_in_the_debate(request: HttpRequest, inquiry: Inquiry, identity: Identity) -> dict[str, object]:
    """Votes and statements; they are changed on the page of one's votes, as long as readers may see the inquiry."""
    instrument = published_instrument(inquiry.pk)
    if instrument is None:
        return {}
    visit = Visit(inquiry, instrument, request.LANGUAGE_CODE, identity=identity, by_receipt=True)
    return {
        "votes": len(votes_of(visit)),
        "written": followed_statements(visit),
        "votes_page": "" if inquiry.state in HIDDEN else page(request, "votes", inquiry.slug),
    }


def unquote(request: HttpRequest, consent: str) -> HttpResponse:
    """Nobody quotes it from now on. It needs the page's pass like everything that changes something."""
    code = held_code(request)
    identity = find_by_receipt(code) if code else None
    try:
        if identity:
            read_pass(request.POST.get("pass", ""), identity.inquiry_id)
            take_back_consent(pseudonym=identity.pseudonym, consent=consent)
    except PassExpired:
        pass  # the page comes again as it was, with a new pass
    return HttpResponseRedirect(page(request, "receipt"), status=303)


def ask_whether_to_erase(request: HttpRequest) -> HttpResponse:
    """At an address of its own, so that Back is harmless from there and from what follows."""
    return HttpResponseRedirect(page(request, "receipt", sure="no"), status=303)


def erase(request: HttpRequest) -> HttpResponse:
    """Asked twice, because nothing brings the answers back. A cookie alone is not enough: the page's pass, too."""
    code = held_code(request)
    identity = find_by_receipt(code) if code else None
    if identity is None:
        return let_go(HttpResponseRedirect(page(request, "receipt"), status=303))
    try:
        read_pass(request.POST.get("pass", ""), identity.inquiry_id)
    except PassExpired:
        return ask_whether_to_erase(request)
    inquiry = inquiry_by_id(identity.inquiry_id)
    erase_ballot(pseudonym=identity.pseudonym)
    erase_response(pseudonym=identity.pseudonym)
    return let_go(render(request, "reader/erased.html", {"slug": inquiry.slug if inquiry else ""}))
