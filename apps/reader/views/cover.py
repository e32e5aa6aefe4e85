"""The first page of an inquiry, in each of its states, and the list of those that are open."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.inquiries.models import Inquiry, PrivacyProfile, State
from apps.inquiries.queries import open_inquiries
from apps.inquiries.rules import visible_inquiry
from apps.participants.passes import issue_pass
from apps.reader import screens
from apps.reader.addresses import page
from apps.reader.gate import reader_page
from apps.reader.topic import topic_of
from apps.reader.visit import Visit, arrive
from apps.reports.rules import public_results
from apps.surveys.consenting import consent_paragraphs
from apps.surveys.queries import published_instrument


@reader_page("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    language = request.LANGUAGE_CODE
    inquiries = [topic_of(inquiry, language) for inquiry in open_inquiries(timezone.now())]
    return render(request, "reader/home.html", {"inquiries": inquiries})


@reader_page("GET", "HEAD")
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry = visible_inquiry(slug)
    if not inquiry.is_open(timezone.now()):
        return not_open(request, inquiry)
    instrument = published_instrument(inquiry.pk)
    if instrument is None:
        raise Http404
    visit = arrive(request, inquiry, instrument)
    if visit.own:
        return welcome_back(request, visit)
    if inquiry.privacy_profile == PrivacyProfile.STRICT:
        return ask_consent(request, visit, "answer", step=1)
    return screens.show_screen(request, visit, 1, cover=True)


def not_open(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """What was called off before it began keeps its hours, and was not closed in the future."""
    now = timezone.now()
    context = {
        "topic": topic_of(inquiry, request.LANGUAGE_CODE),
        "closed": inquiry.is_closed(now),
        "opens_at": inquiry.opens_at if inquiry.state == State.OPEN else None,
        "closes_at": inquiry.closes_at if inquiry.closes_at and inquiry.closes_at <= now else None,
    }
    return render(request, "reader/not_open.html", context)


def welcome_back(request: HttpRequest, visit: Visit) -> HttpResponse:
    screens.note(request, visit, "cover")
    own = visit.own
    assert own
    slug = visit.inquiry.slug
    step = next_step(visit)
    context = {
        "topic": topic_of(visit.inquiry, visit.language),
        "finished": own.finished,
        "step": step,
        "steps": visit.steps,
        "onward": page(request, "answer", slug, step=step) if step else page(request, "review", slug),
        "public": public_results(visit.inquiry, timezone.now()) if own.finished else None,
    }
    return render(request, "reader/welcome_back.html", context)


def next_step(visit: Visit) -> int:
    """The first screen of which nothing was seen yet; 0 when there is none."""
    definition = visit.definition
    answers = visit.own.answers if visit.own else {}
    for number, screen in enumerate(definition.screens, 1):
        if not any(name in answers for name in screen):
            return number
    return 0


def ask_consent(request: HttpRequest, visit: Visit, onward: str, **place: object) -> HttpResponse:
    """Strict profile: nothing is stored before this, and both answers weigh the same. `onward`: what they agree to."""
    screens.note(request, visit, "cover")
    definition = visit.instrument.definition
    context = {
        "topic": topic_of(visit.inquiry, visit.language),
        "consent": definition.consent,
        "paragraphs": consent_paragraphs(visit.inquiry, definition, visit.language),
        "agree": page(request, onward, visit.inquiry.slug, **place, agreed=definition.consent_sha256[:12]),
        "decline": page(request, "home"),
        "newcomer": visit.identity is None,
        "back_to": page(request, onward, visit.inquiry.slug, **place),
        "pass_text": issue_pass(visit.inquiry.pk),
    }
    return render(request, "reader/consent.html", context)
