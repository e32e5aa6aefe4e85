"""Before somebody reads what readers wrote: who they are, once more, and what for. It holds for a while."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from apps.accounts.gate import signed_in, staff
from apps.desk.rules import Entrusted, inquiry_for
from apps.desk.texts.asked import LONGEST_NAME
from apps.inquiries.models import Inquiry
from apps.responses.text_access import note_reading

READING = "reading"
IDLE, LONGEST = 15 * 60, 2 * 60 * 60  # seconds
LONGEST_REASON = 300
PLACES = ("quotes", "code", "compare_codings")
"""Pages that show texts, by the names of their addresses; all but the first are of one question."""

View = Callable[..., HttpResponse]


class ReadingForm(forms.Form):
    to = forms.ChoiceField(choices=[(place, place) for place in PLACES])
    question = forms.RegexField(r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=LONGEST_NAME, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        error_messages={
            "required": _("Reason: please say what the texts are read for."),
            "max_length": _("Reason: at most %(limit_value)d characters."),
        },
    )

    def address(self, slug: str) -> str:
        """Where the texts are; without a question, where one is chosen."""
        to, question = self.cleaned_data["to"], self.cleaned_data["question"]
        if to == "quotes":
            return reverse("desk:quotes", kwargs={"slug": slug}) + (f"?question={question}" if question else "")
        if not question:
            return reverse("desk:coding", kwargs={"slug": slug})
        return reverse(f"desk:{to}", kwargs={"slug": slug, "question": question})


def may_read(request: HttpRequest, inquiry: Inquiry, *, now: float) -> bool:
    """As long as somebody goes on reading, but not for ever."""
    began, last = request.session.get(READING, {}).get(str(inquiry.pk), (0, 0))
    return now - last < IDLE and now - began < LONGEST


def keep_reading(request: HttpRequest, inquiry: Inquiry, *, now: float, begins: bool = False) -> None:
    held = dict(request.session.get(READING, {}))
    began = now if begins else held[str(inquiry.pk)][0]
    request.session[READING] = held | {str(inquiry.pk): (began, now)}


def shows_texts(to: str) -> Callable[[View], View]:
    """Whoever has not said what for is asked first; a press that comes too late changes nothing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **names: Any) -> HttpResponse:
            held, now = inquiry_for(signed_in(request), slug), time.time()
            if not may_read(request, held.inquiry, now=now):
                asked = {"to": to, "question": names.get("question") or request.GET.get("question", "")}
                return first(request, held, ReadingForm(initial=asked))
            keep_reading(request, held.inquiry, now=now)
            return view(request, held, **names)

        return guarded

    return decorate


def first(request: HttpRequest, held: Entrusted, form: ReadingForm, status: int = 200) -> HttpResponse:
    late = request.method == "POST" and not form.is_bound
    context = {
        "inquiry": held.inquiry,
        "form": form,
        "late": late,
        "minutes": IDLE // 60,
        "page_address": reverse("desk:texts", kwargs={"slug": held.inquiry.slug}),
    }
    return render(request, "desk/texts/reading.html", context, status=403 if late else status)


@require_POST
@staff()
@reauthentication_required
def read(request: HttpRequest, slug: str) -> HttpResponse:
    held = inquiry_for(signed_in(request), slug)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return first(request, held, form, status=422)
    note_reading(inquiry=held.inquiry, reason=form.cleaned_data["reason"], by=signed_in(request))
    keep_reading(request, held.inquiry, now=time.time(), begins=True)
    return redirect(form.address(slug))
