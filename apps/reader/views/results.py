"""How others answered, with one's own answers marked; and how all this was asked and counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from apps.common.frames import in_frame
from apps.debates import policy
from apps.debates.choices import Choice
from apps.debates.queries import own_votes
from apps.debates.rules import VOTES_BEFORE_WRITING
from apps.inquiries.models import Inquiry
from apps.inquiries.rules import visible_inquiry
from apps.participants.queries import identify
from apps.reader.addresses import address, chosen_language
from apps.reader.again import in_suspense
from apps.reader.framing import told_token
from apps.reader.gate import reader_page
from apps.reader.shell import LANGUAGE_NAMES
from apps.reader.topic import Topic, topic_of
from apps.reader.ways import more_to_vote_on
from apps.reader.whole_page import WholePage, content_tag, unless_unchanged
from apps.reports.charts import AFTER_THE_FIRST, AFTER_THE_LAST, mark_own, results_html, who_runs
from apps.reports.queries import epoch, recent_newest
from apps.reports.rules import Waiting, public_results
from apps.responses.queries import OwnResponse, own_response
from apps.surveys.consenting import consent_paragraphs
from apps.surveys.queries import instrument, published_instrument

Votes = Mapping[int, Choice]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page depends on, for a reader who has not answered."""

    topic: Topic
    language: str
    chosen: str
    epoch: int | None
    waiting: Waiting | None
    smallest_base: int
    open: bool
    inviting: bool
    debated: bool
    mapped: bool
    reports: tuple[int, ...]
    runs: tuple[str, str, str]
    framed: bool
    newcomer: bool
    inquiry: Inquiry = field(compare=False)


@reader_page("GET", "HEAD", "POST")
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Posted by the script of a frame whose browser keeps no cookie there: it brings the token from the storage."""
    inquiry, now = visible_inquiry(slug), timezone.now()
    public = public_results(inquiry, now)
    secret, _carried = told_token(request)
    identity = identify(inquiry_id=inquiry.pk, token=secret) if secret else None
    own = own_response(identity.pseudonym) if identity else None
    shown = Shown(
        topic=topic_of(inquiry, request.LANGUAGE_CODE),
        language=request.LANGUAGE_CODE,
        chosen=chosen_language(request),
        epoch=public.epoch.pk if public.epoch else None,
        waiting=public.waiting,
        smallest_base=public.smallest_base,
        open=inquiry.is_open(now),
        inviting=own is None and inquiry.is_open(now),
        debated=public.debated,
        mapped=public.mapped,
        reports=public.reports,
        runs=who_runs(inquiry),
        framed=in_frame(request),
        newcomer=secret is None,
        inquiry=inquiry,
    )
    if own is None or identity is None:
        return strangers_page(shown).reply(request)
    return own_page(request, shown, own, own_votes(identity.pseudonym).votes if shown.open and shown.debated else {})


@lru_cache(maxsize=64)
def strangers_page(shown: Shown) -> WholePage:
    return WholePage.of(draw(shown, {}, {}))


def own_page(request: HttpRequest, shown: Shown, own: OwnResponse, votes: Votes) -> HttpResponse:
    still_to_meet = in_suspense(own) if shown.inquiry.is_open(timezone.now()) else frozenset[str]()
    content = draw(shown, own.answers, votes, without=still_to_meet).encode()
    return unless_unchanged(request, HttpResponse(content), content_tag(content))


def draw(shown: Shown, own: dict[str, Any], votes: Votes, *, without: frozenset[str] = frozenset()) -> str:
    other = "ja" if shown.language == "en" else "en"
    context: dict[str, Any] = {
        "topic": shown.topic,
        "public": shown,
        "inviting": shown.inviting,
        "newcomer": shown.newcomer,
        "language": shown.language,
        "chosen_language": shown.chosen,
        "other_language": {
            "code": other,
            "name": LANGUAGE_NAMES[other],
            "address": address(other, "results", shown.topic.slug),
        },
    }
    way_on = render_to_string("reader/results_on.html", {**context, **voted(shown, votes), "slug": shown.topic.slug})
    context["way_on"] = mark_safe(way_on)  # noqa: S308 (drawn by our templates)
    if shown.epoch:
        counted = epoch(shown.epoch)
        used = instrument(counted.version_id)
        html = results_html(counted, used, shown.inquiry, shown.language, without=without)
        html = with_way_on(mark_own(html, own, shown.language), way_on, early=shown.inviting)
        context["results"] = mark_safe(html)  # noqa: S308 (drawn by our templates)
    return render_to_string("reader/results.html", context)


def voted(shown: Shown, votes: Votes) -> dict[str, Any]:
    """What the votes cast so far leave to do in the debate."""
    return {
        "votes": len(votes),
        "missing": max(VOTES_BEFORE_WRITING - len(votes), 0),
        "more": more_to_vote_on(recent_newest(shown.inquiry.pk).telling, votes) if votes else "five",
    }


def with_way_on(html: str, way_on: str, *, early: bool) -> str:
    """Who has not answered is asked to after the first picture; the others have looked at all of them."""
    first, last = (way_on, "") if early else ("", way_on)
    return html.replace(AFTER_THE_FIRST, first).replace(AFTER_THE_LAST, last)


@reader_page("GET", "HEAD")
def about(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry = visible_inquiry(slug)
    published = published_instrument(inquiry.pk)
    if published is None:
        raise Http404
    language, public = request.LANGUAGE_CODE, public_results(inquiry, timezone.now())
    context = {
        "topic": topic_of(inquiry, language),
        "inquiry": inquiry,
        "instrument": published,
        "definition": published.definition,
        "smallest_base": public.smallest_base,
        "reports": public.reports,
        "paragraphs": consent_paragraphs(inquiry, published.definition, language),
        "reviewed": policy.reviewed_statements(inquiry.pk),
        "rules": [(rule.label, policy.EXPLAINED[rule]) for rule in policy.GIVEN_HERE],
        "smallest_counted": policy.SMALLEST,
    }
    return render(request, "reader/about.html", context)
