"""Statements, one card at a time: a tap is a vote and brings the next one; after five, what one may do now."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from apps.debates.dealing import next_cards
from apps.debates.routing import AT_ONCE
from apps.inquiries.models import PrivacyProfile
from apps.participants.passes import issue_pass
from apps.participants.queries import own_receipt
from apps.reader import screens, voting
from apps.reader.addresses import page
from apps.reader.cards import NO_VOTES, card_for, served_card, show_card, show_lost, show_rest, votes_of, with_pass
from apps.reader.gate import reader_page
from apps.reader.views.answer import agreed
from apps.reader.views.cover import ask_consent
from apps.reader.views.votes import show_votes
from apps.reader.visit import Visit, visit_of
from apps.reader.voting import Entry, Refused, Vote


@reader_page("GET", "HEAD", "POST")
def debate(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_of(request, slug)
    if request.method == "POST":
        return receive(request, voting.entry_of(request, visit))
    if visit.inquiry.is_closed(timezone.now()):
        return show_votes(request, visit)
    if not visit.inquiry.is_open(timezone.now()):
        return HttpResponseRedirect(page(request, "cover", slug))
    voted = number_in_address(request)
    if not voted:  # one way to the statements, however many cards
        screens.note(request, visit, "debate")
    return show(request, visit, voted=voted)


def number_in_address(request: HttpRequest) -> int:
    """Which statement the vote just cast was on; 0 where the page was opened otherwise."""
    text = request.GET.get("voted", "0")
    if not voting.is_number(text):
        raise BadRequest("voted is not a number")
    return int(text)


def show(request: HttpRequest, visit: Visit, *, voted: int = 0, refused: Refused | None = None) -> HttpResponse:
    """The next card; after five votes a rest first, and where no card is left, what else there is."""
    if visit.identity is None and voted:
        return show_lost(request, visit)
    if must_agree(request, visit):
        return ask_consent(request, visit, "debate")
    reader, pass_text = with_pass(visit)
    own = votes_of(reader) if voted else NO_VOTES
    before = served_card(reader, voted, own) if voted in own else None
    if before and len(own) % AT_ONCE == 0:
        return show_rest(request, reader, pass_text, votes=len(own), before=before)
    assert reader.identity
    hand = next_cards(inquiry=visit.inquiry, identity=reader.identity, want=1)
    if not hand.cards:
        return show_rest(request, reader, pass_text, votes=hand.votes, before=before, finished=True)
    card = card_for(reader, hand.cards[0])
    return show_card(request, reader, pass_text, card, votes=hand.votes, before=before, refused=refused)


def must_agree(request: HttpRequest, visit: Visit) -> bool:
    """Under the strict profile nothing is noted, not even what was shown, before the reader agreed."""
    if visit.inquiry.privacy_profile != PrivacyProfile.STRICT or agreed(request, visit):
        return False
    return visit.identity is None or not own_receipt(visit.identity.pseudonym)


def receive(request: HttpRequest, entry: Entry) -> HttpResponse:
    visit, vote = entry.visit, Vote.of(request.POST.get("vote", ""))
    if entry.intent in {"carry", "show"}:
        return show(request, visit)
    if vote is None:
        return choose_again(request, visit, 0, voting.no_choice())
    if entry.form_pass is None:
        return choose_again(request, visit, vote.number, voting.open_too_long(issue_pass(visit.inquiry.pk)))
    try:
        voting.cast(request, entry, vote)
    except voting.REFUSALS as error:
        return visit.remember(choose_again(request, visit, vote.number, voting.refusal_of(error)))
    voted = vote.number if vote.choice else 0
    if visit.carried:
        return visit.remember(show(request, visit, voted=voted))
    return visit.remember(HttpResponseRedirect(page(request, "debate", visit.inquiry.slug, voted=voted), status=303))


def choose_again(request: HttpRequest, visit: Visit, number: int, refused: Refused) -> HttpResponse:
    """Nothing was counted: the same card once more, where it takes votes, else the next one."""
    reader, pass_text = with_pass(visit)
    own = votes_of(reader)
    card = served_card(reader, number, own)
    if card is None or not visit.inquiry.is_open(timezone.now()):
        return refused.put_on(show(request, visit, refused=refused))
    return refused.put_on(show_card(request, reader, pass_text, card, votes=len(own), refused=refused))
