"""The preview's pages: one around the frame, and the readers' pages inside it, which keep nothing."""

from typing import Any

from crispy_forms.utils import render_crispy_form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.csrf import csrf_exempt

from apps.common.middleware import CONTENT_POLICY, STAFF_POLICY
from apps.desk.editor.door import editors_form, editors_page
from apps.desk.editor.readiness import placed
from apps.desk.items.keeping import desk_of
from apps.desk.items.preview import (
    CONSENT,
    END,
    VOTE,
    WIDTHS,
    Looked,
    around,
    form_of,
    looked_at,
    screen_context,
    unseen_follow_ups,
)  # fmt: skip
from apps.desk.items.preview_cards import show_card
from apps.desk.rules import Entrusted
from apps.surveys.consenting import consent_paragraphs
from apps.surveys.definition import DefinitionError
from apps.surveys.drafts import problems_of
from apps.surveys.forms import ScreenForm

FRAMES_OWN_PAGES = f"{STAFF_POLICY}; frame-src 'self'"
# The readers' own policy, but that our own pages may frame it.
FRAMED_BY_OWN_PAGES = (
    f"{CONTENT_POLICY}; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@editors_page
def preview(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """As a phone or as wide as there is room, in each language, screen by screen."""
    desk = desk_of(held.inquiry)
    width = request.GET.get("width") if request.GET.get("width") in WIDTHS else WIDTHS[0]
    context: dict[str, Any] = {"inquiry": held.inquiry, "width": width, "widths": WIDTHS, "languages": desk.languages}
    try:
        looked = looked_at(held.inquiry, desk.document, request.GET, wanted_language(request))
    except DefinitionError:
        context["problems"] = [placed(problem, held.inquiry) for problem in problems_of(held.inquiry, desk.document)]
    else:
        context |= {
            "looked": looked,
            "address": looked.at(),
            "steps": steps(looked),
            "next_reader": looked.reader % 999 + 1,
        }
    response = render(request, "desk/items/preview.html", context)
    response.headers["Content-Security-Policy"] = FRAMES_OWN_PAGES
    return response


def wanted_language(request: HttpRequest) -> str:
    """Not `lang`, which would change the language of the whole desk, and be kept."""
    return request.GET.get("language") or str(request.LANGUAGE_CODE)


def steps(looked: Looked) -> list[tuple[str, str]]:
    names = {CONSENT: _("Consent"), END: _("End"), VOTE: pgettext("screen", "Voting")}
    again = str(looked.definition.again_step or "")
    return [(step, names.get(step) or (_("Once more") if step == again else step)) for step in looked.steps]


@csrf_exempt  # the readers' form carries no such token, and nothing is changed by it
@editors_form
def preview_screen(request: HttpRequest, held: Entrusted) -> HttpResponse:
    response = page_of(request, held)
    response.headers["Content-Security-Policy"] = FRAMED_BY_OWN_PAGES
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def page_of(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """In the language that is looked at, which need not be that of the desk."""
    try:
        looked = looked_at(held.inquiry, desk_of(held.inquiry).document, request.GET, wanted_language(request))
    except DefinitionError:
        return render(request, "desk/items/preview_missing.html", status=409)
    with override(looked.language):
        return step_of(request, looked)


def step_of(request: HttpRequest, looked: Looked) -> HttpResponse:
    if looked.step == CONSENT:
        context = {**around(looked), **consent_of(looked)}
        return render(request, "desk/items/preview_consent.html", context)
    if looked.step == END:
        return render(request, "desk/items/preview_end.html", {**around(looked), "statements": statements(looked)})
    if looked.step == VOTE:
        return show_card(request, looked)
    return answer(request, looked) if request.method == "POST" else screen(request, looked, form_of(looked))


def consent_of(looked: Looked) -> dict[str, Any]:
    return {
        "consent": looked.definition.consent,
        "paragraphs": consent_paragraphs(looked.inquiry, looked.definition, looked.language),
        "agree": looked.moved(1).at(),
        "decline": looked.at(),
    }


def statements(looked: Looked) -> list[str]:
    entries = looked.definition.document.get("statements", [])
    return [entry[looked.language] for entry in entries if entry.get(looked.language)]


def answer(request: HttpRequest, looked: Looked) -> HttpResponse:
    """As readers are answered: what is faulty or blank comes back once, then on."""
    if request.POST.get("intent") == "back":
        return HttpResponseRedirect(looked.moved(-1).at())
    form = form_of(looked, request.POST)
    if not form.is_valid():
        sentence = _("Something needs a second look. It is marked below; the rest is kept.")
        return screen(request, looked, form, notice={"sentence": sentence, "warns": True}, status=422)
    if form.unanswered and not request.POST.get("prompted"):
        sentence = _("A question is still unanswered. You may leave it blank and simply go on.")
        return screen(request, looked, form, notice={"sentence": sentence}, prompted=True)
    if unseen_follow_ups(form, request.POST.get("seen", "")):
        return screen(request, looked, form, seen=",".join(form.follow_ups))
    return HttpResponseRedirect(looked.moved(1).at())


def screen(request: HttpRequest, looked: Looked, form: ScreenForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = screen_context(request, looked, render_crispy_form(form, helper=form.helper), **more)
    if context["cover"]:
        context["context"] = render_to_string("reader/context.html", context)
    return render(request, "desk/items/preview_screen.html", context, status=status)
