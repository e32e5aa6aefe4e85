"""A card as a page, and the pages between cards."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from apps.debates.card_words import voting_text
from apps.debates.choices import Choice
from apps.debates.dealing import recent_table
from apps.debates.models import Statement
from apps.debates.queries import own_votes
from apps.debates.routing import AT_ONCE
from apps.debates.rules import VOTES_BEFORE_WRITING
from apps.debates.seeds import seeds_in
from apps.participants.passes import issue_pass, read_pass
from apps.reader.addresses import page
from apps.reader.again import invitation
from apps.reader.statements import Card, card_of
from apps.reader.topic import topic_of
from apps.reader.visit import Visit
from apps.reader.voting import Refused
from apps.reader.ways import ways_on
from apps.reports.rules import public_results

Votes = Mapping[int, Choice]
NO_VOTES: Votes = {}


def with_pass(visit: Visit) -> tuple[Visit, str]:
    """A fresh pass, and the reader: a newcomer is who will vote with it, so that the cards are already theirs."""
    pass_text = issue_pass(visit.inquiry.pk)
    return visit.entered_with(read_pass(pass_text, visit.inquiry.pk)), pass_text


def takes_votes(visit: Visit) -> bool:
    """Whether there is something to vote on: published, or to be planted when the debate is first opened."""
    now = timezone.now()
    if not visit.inquiry.is_open(now):
        return False
    planned = any(seeds_in(dict(visit.instrument.definition.document)))
    return planned or public_results(visit.inquiry, now).debated


def votes_of(reader: Visit) -> Votes:
    return own_votes(reader.identity.pseudonym).votes if reader.identity else NO_VOTES


def card_for(reader: Visit, statement: Statement, own: Votes = NO_VOTES) -> Card:
    return card_of(
        statement,
        reader.language,
        reader.instrument.definition.document,
        choice=own.get(statement.number, Choice.NONE),
        reader=reader.identity.pseudonym if reader.identity else b"",
    )


def served_card(reader: Visit, number: int, own: Votes) -> Card | None:
    """The card of a statement that takes votes; None for any other number."""
    table = recent_table(reader.inquiry.pk)
    statement = table.statements.get(number) if table else None
    return card_for(reader, statement, own) if statement else None


def frame(request: HttpRequest, reader: Visit, pass_text: str) -> dict[str, object]:
    """What every page of the debate needs. A newcomer's token is not carried: it belongs to the pass."""
    return {
        "topic": topic_of(reader.inquiry, reader.language),
        "pass_text": pass_text,
        "carried": reader.token if reader.carried else "",
        "newcomer": (reader.identity is None or reader.is_newcomer) and not reader.carried,
        "by_receipt": reader.by_receipt,
        "action": page(request, "debate", reader.inquiry.slug),
    }


def show_card(
    request: HttpRequest,
    reader: Visit,
    pass_text: str,
    card: Card,
    *,
    votes: int,
    before: Card | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """`before`: the card of the vote just cast, which can be taken back here. The first vote brings the consent."""
    definition = reader.instrument.definition
    context = {
        **frame(request, reader, pass_text),
        "card": card,
        "before": before,
        "notice": refused.notice if refused else None,
        "challenge": refused.challenge if refused else "",
        "place": votes % AT_ONCE + 1,
        "places": AT_ONCE,
        "prompt": voting_text(definition.document, "prompt", reader.language),
        "consent": "" if votes else definition.consent_sha256,
        "min_age": definition.min_age,
        "ways": ways_on(request, reader.inquiry.slug, *(("votes", "write", "stand") if votes else ()), "results"),
    }
    return render(request, "reader/debate.html", context)


def show_rest(
    request: HttpRequest, reader: Visit, pass_text: str, *, votes: int, before: Card | None, finished: bool = False
) -> HttpResponse:
    """Between two hands, or where no card is left: what one may do now."""
    names = ("stand", "write", "votes") if votes else ()
    context = {
        **frame(request, reader, pass_text),
        "votes": votes,
        "before": before,
        "finished": finished,
        "places": AT_ONCE,
        "missing": max(VOTES_BEFORE_WRITING - votes, 0),
        "again": invitation(request, reader, votes),
        "ways": ways_on(request, reader.inquiry.slug, *names, "results"),
    }
    return render(request, "reader/debate_rest.html", context)


def show_lost(request: HttpRequest, visit: Visit) -> HttpResponse:
    """After a first vote nothing says whose: usually a browser that keeps no cookies."""
    return render(request, "reader/debate_lost.html", frame(request, visit, issue_pass(visit.inquiry.pk)))
