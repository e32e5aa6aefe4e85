"""The last screen, behind the votes: the first question once more."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from apps.debates.queries import own_votes
from apps.reader import screens
from apps.reader.addresses import page
from apps.reader.again import post_question_due, was_asked_again
from apps.reader.gate import reader_page
from apps.reader.views.answer import as_it_was_shown, receive
from apps.reader.visit import Visit, visit_of


@reader_page("GET", "HEAD", "POST")
def again(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_of(request, slug)
    if not may_answer(visit):
        return HttpResponseRedirect(page(request, "cover", slug), status=303)
    if request.method == "POST":
        return receive(request, as_it_was_shown(request, visit), last_step)
    if not visit.inquiry.is_open(timezone.now()):
        return HttpResponseRedirect(page(request, "cover", slug))
    return screens.show_screen(request, visit, last_step(request, visit))


def last_step(_request: HttpRequest, visit: Visit) -> int:
    """Where it stands on a numbered screen, or nowhere, nothing is at this address."""
    step = visit.definition.again_step
    if not step:
        raise Http404
    return step


def may_answer(visit: Visit) -> bool:
    """Whoever was asked may change it, however many votes stand by now."""
    if visit.own is None or visit.identity is None:
        return False
    return was_asked_again(visit) or post_question_due(visit, len(own_votes(visit.identity.pseudonym).votes))
