"""Everything a reader voted on, each vote to be changed or taken back, and what became of what they wrote."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from apps.debates.moderation import withdraw_statement
from apps.debates.rules import StatementUnknown
from apps.participants.passes import issue_pass
from apps.participants.queries import own_receipt
from apps.reader import voting
from apps.reader.addresses import page
from apps.reader.cards import frame, with_pass
from apps.reader.followed import followed_statements, votes_cast
from apps.reader.gate import reader_page
from apps.reader.visit import Visit, visit_of
from apps.reader.voting import Entry, Refused, Vote
from apps.reader.ways import ways_on


@reader_page("GET", "HEAD", "POST")
def votes(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_of(request, slug)
    if request.method == "POST":
        return receive(request, voting.entry_of(request, visit))
    return show_votes(request, visit)


def show_votes(request: HttpRequest, visit: Visit, refused: Refused | None = None) -> HttpResponse:
    now = timezone.now()
    reader, pass_text = with_pass(visit)
    code = "" if visit.by_receipt or visit.identity is None else own_receipt(visit.identity.pseudonym)
    onward = ("debate", "write", "stand", "results") if visit.inquiry.is_open(now) else ("stand", "results")
    context = {
        **frame(request, reader, pass_text),
        "action": page(request, "votes", visit.inquiry.slug),
        "votes": votes_cast(visit),
        "written": followed_statements(visit),
        "code": code,
        "notice": refused.notice if refused else None,
        "challenge": refused.challenge if refused else "",
        "takes_votes": visit.inquiry.is_open(now),
        "closed": visit.inquiry.is_closed(now),
        "ways": ways_on(request, visit.inquiry.slug, *onward),
    }
    return render(request, "reader/debate_votes.html", context)


def show_refused(request: HttpRequest, visit: Visit, refused: Refused) -> HttpResponse:
    return refused.put_on(show_votes(request, visit, refused))


def receive(request: HttpRequest, entry: Entry) -> HttpResponse:
    visit = entry.visit
    if entry.intent == "show":
        return show_votes(request, visit)
    if entry.form_pass is None:
        return show_refused(request, visit, voting.open_too_long(issue_pass(visit.inquiry.pk)))
    if "withdraw" in request.POST:
        return withdraw(request, visit, request.POST["withdraw"])
    vote = Vote.of(request.POST.get("vote", ""))
    if vote is None:
        return show_refused(request, visit, voting.no_choice())
    try:
        voting.cast(request, entry, vote)
    except voting.REFUSALS as error:
        return visit.remember(show_refused(request, visit, voting.refusal_of(error)))
    return back_to_the_list(request, visit)


def withdraw(request: HttpRequest, visit: Visit, number: str) -> HttpResponse:
    """Also after the close: what somebody wrote stays theirs."""
    if not voting.is_number(number):
        raise BadRequest("withdraw is not a number")
    assert visit.identity  # given with the pass
    try:
        withdraw_statement(inquiry_id=visit.inquiry.pk, number=int(number), pseudonym=visit.identity.pseudonym)
    except StatementUnknown:
        return show_refused(request, visit, voting.not_yours())
    return back_to_the_list(request, visit)


def back_to_the_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A redirect, so that Back and reload are harmless; without cookies the list comes at once, token inside."""
    if visit.carried:
        return visit.remember(show_votes(request, visit))
    return visit.remember(HttpResponseRedirect(page(request, "votes", visit.inquiry.slug), status=303))
