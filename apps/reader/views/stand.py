"""Where one stands: the opinion map that everybody sees, with a reader's own place drawn in for them alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import override

from apps.common.frames import in_frame
from apps.debates.choices import Choice
from apps.debates.models import OpinionMap
from apps.debates.queries import own_votes, stored_map
from apps.debates.rules import VOTES_BEFORE_WRITING
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import visible_inquiry
from apps.participants.passes import issue_pass
from apps.participants.queries import identify
from apps.reader.addresses import address, chosen_language
from apps.reader.again import invitation
from apps.reader.editing import identity_by_receipt
from apps.reader.framing import told_token
from apps.reader.gate import reader_page
from apps.reader.screens import note_opened
from apps.reader.shell import LANGUAGE_NAMES
from apps.reader.topic import Topic, topic_of
from apps.reader.visit import arrive
from apps.reader.ways import more_to_vote_on
from apps.reader.whole_page import WholePage, content_tag, unless_unchanged
from apps.reports.charts import who_runs
from apps.reports.maps.drawing import Drawn, drawn, own_votes_marked, put_in
from apps.reports.maps.place import caution, no_map_sentence
from apps.reports.maps.stand import own_places, own_rows, stand_on
from apps.reports.maps.words import headline_without, needed_text
from apps.reports.queries import Telling, statements_told
from apps.reports.rules import Waiting, public_map
from apps.surveys.arms import VOTES_BEFORE_AGAIN
from apps.surveys.queries import published_instrument

Votes = Mapping[int, Choice]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that the page depends on, for a reader who has not voted."""

    topic: Topic
    language: str
    chosen: str
    map_id: int | None
    waiting: Waiting | None
    smallest_base: int
    telling: Telling
    open: bool
    runs: tuple[str, str, str]
    framed: bool
    newcomer: bool
    inquiry: Inquiry = field(compare=False)

    @property
    def stored(self) -> OpinionMap | None:
        return stored_map(self.map_id) if self.map_id else None


@reader_page("GET", "HEAD", "POST")
def stand(request: HttpRequest, slug: str) -> HttpResponse:
    """Posted by readers whose browser keeps no cookies: their pages carry the token."""
    inquiry, now = visible_inquiry(slug), timezone.now()
    public = public_map(inquiry, now)
    own = own_of(request, inquiry)
    seen = Seen(
        topic=topic_of(inquiry, request.LANGUAGE_CODE),
        language=request.LANGUAGE_CODE,
        chosen=chosen_language(request),
        map_id=public.stored.pk if public.stored else None,
        waiting=public.waiting,
        smallest_base=public.smallest_base,
        telling=public.telling,
        open=inquiry.is_open(now),
        runs=who_runs(inquiry),
        framed=in_frame(request),
        newcomer=own is STRANGER,
        inquiry=inquiry,
    )
    note_opened(request, inquiry.pk, "stand", seen.language)
    if len(own.votes) >= VOTES_BEFORE_AGAIN:
        own = replace(own, again=asked_again(request, inquiry, len(own.votes)))
    return own_page(request, seen, own) if own.votes else strangers_page(seen).reply(request)


@dataclass(frozen=True, slots=True)
class Own:
    """A reader's votes; `carried`: the token that the pages of a browser without cookies take along.

    `again`: where the first question is asked once more, when it is time for that.
    """

    votes: dict[int, Choice]
    carried: str = ""
    again: str = ""


STRANGER = Own({})


def asked_again(request: HttpRequest, inquiry: Inquiry, votes: int) -> str:
    """Nothing for a debate that came without a questionnaire."""
    instrument = published_instrument(inquiry.pk)
    return invitation(request, arrive(request, inquiry, instrument), votes) if instrument else ""


def own_of(request: HttpRequest, inquiry: Inquiry) -> Own:
    """By receipt, by cookie, or by what the page before carried along."""
    held = identity_by_receipt(request)
    if held and held.inquiry_id == inquiry.pk:
        return Own(own_votes(held.pseudonym).votes)
    secret, carried = told_token(request)
    if secret is None:
        return STRANGER
    return Own(own_votes(identify(inquiry_id=inquiry.pk, token=secret).pseudonym).votes, carried)


@lru_cache(maxsize=64)
def strangers_page(seen: Seen) -> WholePage:
    return WholePage.of(draw(seen, STRANGER))


def own_page(request: HttpRequest, seen: Seen, own: Own) -> HttpResponse:
    content = draw(seen, own).encode()
    return unless_unchanged(request, HttpResponse(content), content_tag(content))


def draw(seen: Seen, own: Own) -> str:
    with override(seen.language):
        found = drawn_context(seen, seen.stored, own.votes) if seen.stored else bare_context(seen, own.votes)
        return render_to_string("reader/stand.html", {**page_context(seen), **way_on(seen, own), **found})


def way_on(seen: Seen, own: Own) -> dict[str, Any]:
    return {
        "open": seen.open and bool(seen.telling.numbers),
        "voted": bool(own.votes),
        "more": more_to_vote_on(seen.telling, own.votes),
        "may_write": len(own.votes) >= VOTES_BEFORE_WRITING,
        "carried": own.carried,
        "again": own.again,
        "pass_text": issue_pass(seen.inquiry.pk) if own.carried else "",
    }


def page_context(seen: Seen) -> dict[str, Any]:
    other = "ja" if seen.language == "en" else "en"
    return {
        "topic": seen.topic,
        "language": seen.language,
        "chosen_language": seen.chosen,
        "other_language": {
            "code": other,
            "name": LANGUAGE_NAMES[other],
            "address": address(other, "stand", seen.topic.slug),
        },
        "debated": bool(seen.telling.numbers),
        "newcomer": seen.newcomer,
    }


def drawn_context(seen: Seen, stored: OpinionMap, votes: Votes) -> dict[str, Any]:
    """A stored run: a map, or word that it is too early for one and what is known all the same."""
    whole, texts = (
        drawn(stored, seen.telling, seen.inquiry, seen.language),
        statements_told(seen.telling, seen.language),
    )
    general = {"headline": whole.headline, "needed": needed_of(stored)}
    if not stored.summary["enough"]:
        return {**general, **votes_context(seen, stored, votes), **parts(whole, own_votes_marked(votes), figure=False)}
    if not votes:
        return {**general, **parts(whole, {})}
    shown = stand_on(stored, votes, texts, seen.inquiry, seen.language)
    own = own_places(shown, votes, whole.headline)
    return {**general, **parts(whole, own), "stand": shown, "caution": caution()}


def parts(whole: Drawn, own: dict[str, str], *, figure: bool = True) -> dict[str, str]:
    return {
        "figure": mark_safe(put_in(whole.figure, own)) if figure else "",  # noqa: S308 (drawn by our templates)
        "lists": mark_safe(put_in(whole.lists, own)),  # noqa: S308
    }


def needed_of(stored: OpinionMap) -> str:
    needed = stored.summary.get("needed") or {}
    return needed_text(needed.get("readers", 0), needed.get("votes_each", 0))


def bare_context(seen: Seen, votes: Votes) -> dict[str, Any]:
    """No run that may be shown: a reader's own votes are theirs to see all the same."""
    return {
        "headline": headline_without(
            after_close=seen.waiting is Waiting.AFTER_CLOSE, drawn_anew=seen.waiting is Waiting.COUNTED_ANEW
        ),
        "waiting": seen.waiting,
        "smallest_base": seen.smallest_base,
        **votes_context(seen, None, votes),
    }


def votes_context(seen: Seen, stored: OpinionMap | None, votes: Votes) -> dict[str, Any]:
    texts = statements_told(seen.telling, seen.language)
    return {
        "rows": own_rows(stored, votes, texts, seen.inquiry, seen.language),
        "sentence": no_map_sentence(len(votes)),
        "counted": stored is not None,
    }
