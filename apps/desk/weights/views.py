"""The page of weights: what was entered, what it costs, and both columns."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.gate import signed_in, staff
from apps.desk.rules import EXPORTERS, Entrusted, inquiry_for
from apps.desk.weights.forms import WeightsForm, initial_of
from apps.reports.calculations.asking import ask
from apps.reports.weighting.margins import margin_fields
from apps.reports.weighting.setting import drop_weights, newest_run, set_weights
from apps.reports.weighting.telling import blocks
from apps.surveys.queries import published_instrument

KIND, SHOWN = "weights", 4
"""The sentence, the cost, the shares and the first question; the others are opened."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*EXPORTERS)
def weights(request: HttpRequest, slug: str) -> HttpResponse:
    """Sent, it sets the weighting, if every share is one."""
    held = inquiry_for(signed_in(request), slug, *EXPORTERS)
    published, run = published_instrument(held.inquiry.pk), newest_run(held.inquiry.pk)
    fields = margin_fields(published.definition) if published else {}
    language = get_language() or "ja"
    if request.method != "POST":
        return page(request, held, WeightsForm(fields, language, initial=initial_of(run.margins if run else [])))
    form = WeightsForm(fields, language, request.POST)
    if not form.is_valid():
        return page(request, held, form, status=422)
    set_weights(inquiry=held.inquiry, margins=form.margins(), by=signed_in(request))
    messages.success(request, _("The weighting is set. What it comes to is shown below."))
    return redirect("desk:weights", slug=slug)


@require_POST
@staff(*EXPORTERS)
def weights_drop(request: HttpRequest, slug: str) -> HttpResponse:
    held = inquiry_for(signed_in(request), slug, *EXPORTERS)
    drop_weights(inquiry=held.inquiry, by=signed_in(request))
    messages.success(request, _("The weighting is dropped."))
    return redirect("desk:weights", slug=slug)


def page(request: HttpRequest, held: Entrusted, form: WeightsForm, status: int = 200) -> HttpResponse:
    published, run = published_instrument(held.inquiry.pk), newest_run(held.inquiry.pk)
    calculation = ask(inquiry=held.inquiry, kind=KIND, parameters={"number": run.number}) if run else None
    content = calculation.content if calculation else None
    told = blocks(content, published.definition, form.language) if content and published else ()
    context = {
        "inquiry": held.inquiry,
        "form": form,
        "run": run,
        "calculation": calculation,
        "blocks": told[:SHOWN],
        "more": told[SHOWN:],
    }
    part = "desk/weights/result.html" if getattr(request, "htmx", False) else "desk/weights/page.html"
    return render(request, part, context, status=status)
