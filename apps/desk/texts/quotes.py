"""The page on which texts are cleared for quoting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.gate import signed_in, staff
from apps.desk.rules import MODERATORS, Entrusted, inquiry_for
from apps.desk.texts.quoting import TABS, DecisionForm, NotInText, masks_for, page_of
from apps.desk.texts.reading import shows_texts
from apps.reports.texts.groups import written_questions
from apps.responses.models import QuoteRefusal, QuoteState
from apps.responses.quotes import Offered, Overtaken, QuoteGone, decide_quote, offered_text
from apps.surveys.definition import Question
from apps.surveys.queries import published_instrument


@require_safe
@staff()
@shows_texts("quotes")
def quotes(request: HttpRequest, held: Entrusted) -> HttpResponse:
    return page(request, held)


@require_POST
@staff(*MODERATORS)
def decide_quotes(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry_for(signed_in(request), slug, *MODERATORS)
    return decided(request, slug)


@shows_texts("quotes")
def decided(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """One text at a time: what stands against it is said above the list, and nothing was changed then."""
    question, form = quotable(held, request.GET.get("question", "")), DecisionForm(request.POST)
    if question is None:
        raise Http404
    if not form.is_valid():
        return page(request, held, problems=[str(faults[0]) for faults in form.errors.values()], status=422)
    sent = form.cleaned_data
    text = offered_text(held.inquiry.pk, question.id, consent_of(question), sent["handle"])
    try:
        decide(request, held, question, text, sent)
    except NotInText as missing:
        problem = _("“%(words)s” does not stand in this text, so nothing was changed.") % {"words": str(missing)[:80]}
        return page(request, held, problems=[problem], status=422)
    except QuoteGone:
        return page(request, held, problems=[_("This text is not to be quoted any more.")], status=409)
    except Overtaken as met:
        problem = _("Somebody has decided meanwhile: %(state)s.") % {"state": QuoteState(met.state).label}
        return page(request, held, problems=[problem], status=409)
    messages.success(request, _("Decided: %(state)s.") % {"state": QuoteState(sent["state"]).label})
    return redirect(here(held, request))


def decide(
    request: HttpRequest, held: Entrusted, question: Question, text: Offered | None, sent: dict[str, Any]
) -> None:
    if text is None:
        raise QuoteGone
    decide_quote(
        inquiry=held.inquiry,
        question=question.id,
        consent=consent_of(question),
        handle=text.handle,
        seen=sent["seen"],
        state=QuoteState(sent["state"]),
        reason=QuoteRefusal(sent["reason"]) if sent["reason"] else None,
        masks=masks_for(text.words, sent["masks"], sent["hidden"]) if sent["state"] == QuoteState.APPROVED else (),
        by=signed_in(request),
    )


def page(
    request: HttpRequest, held: Entrusted, *, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    question = quotable(held, request.GET.get("question", ""))
    asked = request.GET.get("state", "")
    state = asked if asked in QuoteState.values else str(TABS[0])
    after = request.GET.get("after", "")[:40]
    context = {
        "inquiry": held.inquiry,
        "question": question,
        "state": state,
        "query": here(held, request).partition("?")[2],
        "page": page_of(held.inquiry.pk, question, state=state, after=after) if question else None,
        "problems": problems or [],
        "reasons": QuoteRefusal.choices,
        "may_decide": held.may_review,
        "page_address": here(held, request).partition("?")[0],
    }
    return render(request, "desk/texts/quotes.html", context, status=status)


def here(held: Entrusted, request: HttpRequest) -> str:
    kept = {name: request.GET[name][:40] for name in ("question", "state", "after") if request.GET.get(name)}
    return f"{reverse('desk:quotes', kwargs={'slug': held.inquiry.slug})}{'?' if kept else ''}{urlencode(kept)}"


def quotable(held: Entrusted, name: str) -> Question | None:
    """The question that was asked for, or the first whose answers may be quoted at all."""
    published = published_instrument(held.inquiry.pk)
    found = [each for each in written_questions(published.definition) if each.consent] if published else []
    return next((each for each in found if each.id == name), found[0] if found else None)


def consent_of(question: Question) -> str:
    return question.consent[0] if question.consent else ""
