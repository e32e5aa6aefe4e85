"""The moderation queue: what waits and what was decided, and the decisions."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.gate import signed_in, staff
from apps.debates.moderation import show_held_words
from apps.debates.policy import EXPLAINED, GIVEN_HERE
from apps.debates.rules import ReviewsRefused
from apps.desk.moderation.deciding import decide, statements, told, why_not
from apps.desk.moderation.forms import AskedForm, DecisionForm
from apps.desk.moderation.queue import queue
from apps.desk.rules import MODERATORS, Entrusted, inquiry_for, shows_rules


@require_safe
@staff()
def queue_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page, and (asked for by htmx) only its part that changes."""
    return page(request, inquiry_for(signed_in(request), slug))


@require_POST
@staff(*MODERATORS)
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Decide on one statement or on several; on all of them or, where one of them stands against it, on none."""
    held = inquiry_for(signed_in(request), slug, *MODERATORS)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return page(request, held, problems=form.sentences(), status=422)
    try:
        done = decide(held.inquiry, form.cleaned_data, by=signed_in(request))
    except ReviewsRefused as refused:
        return page(request, held, problems=[why_not(each) for each in refused.refusals], status=409)
    messages.success(request, told(done))
    return redirect(reverse("desk:queue", kwargs={"slug": slug}) + query_of(request))


@require_POST
@staff(*MODERATORS)
def words(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the words of a held statement, once, to whoever asks for them; the audit log says so."""
    held = inquiry_for(signed_in(request), slug, *MODERATORS)
    statement = statements(held.inquiry, [number])[number]
    if statement.masked:
        show_held_words(statement=statement, by=signed_in(request))
    return page(request, held, shown=number)


def page(
    request: HttpRequest,
    held: Entrusted,
    *,
    problems: Sequence[str] = (),
    shown: int | None = None,
    status: int = 200,
) -> HttpResponse:
    form = AskedForm(request.GET)
    asked = form.asked()
    context = {
        "inquiry": held.inquiry,
        "may_review": held.may_review,
        "rules_shown": shows_rules(held.inquiry),
        "asked": asked,
        "queue": queue(held.inquiry, asked, by=signed_in(request), shown=shown),
        "problems": [*problems, *form.sentences()],
        "page_address": reverse("desk:queue", args=[held.inquiry.slug]) if request.method == "POST" else "",
        "reasons": [(str(reason), reason.label, EXPLAINED[reason]) for reason in GIVEN_HERE],
        "query": query_of(request) if not form.errors else "",
    }
    part = "desk/queue_list.html" if request.htmx else "desk/queue.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=status if status != 200 or not form.errors else 400)


def query_of(request: HttpRequest) -> str:
    """What was asked for, to come back to it after a decision."""
    return f"?{request.GET.urlencode()}" if request.GET else ""
