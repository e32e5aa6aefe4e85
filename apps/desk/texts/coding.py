"""Sorting texts into themes: where it stands, one text after the other, and where two people differ."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.gate import signed_in, staff
from apps.accounts.models import User
from apps.common.templatetags.toikake import in_language
from apps.desk.rules import Entrusted, inquiry_for
from apps.desk.texts.book import Desk, desk_of
from apps.desk.texts.reading import shows_texts
from apps.desk.texts.themes import Themes, themes_of
from apps.reports.texts.groups import written_questions
from apps.responses.code_books import BookRefused
from apps.responses.coding import (
    Coded,
    NotYours,
    Progress,
    TextGone,
    ToCode,
    all_codings,
    code_text,
    next_text,
    own_coding,
    progress,
    settle_text,
    words_of,
)
from apps.responses.models import Code
from apps.surveys.queries import published_instrument

AT_ONCE = 20


@dataclass(frozen=True)
class Line:
    """One written question on the list. `themes`: told only once two people are done."""

    question: str
    stem: str
    codes: int
    progress: Progress | None
    themes: Themes | None


@dataclass(frozen=True)
class Difference:
    text: ToCode
    seen: tuple[tuple[str, tuple[str, ...]], ...]
    chosen: tuple[int, ...]
    settled: bool


class CodingForm(forms.Form):
    """Codes are given as numbers; none of them means that no theme fits."""

    handle = forms.RegexField(r"^[0-9a-f]{20}$", error_messages={"invalid": _("This text cannot be found.")})
    codes = forms.TypedMultipleChoiceField(
        coerce=int, required=False, error_messages={"invalid_choice": _("The book has no such code.")}
    )

    def __init__(self, codes: list[Code], data: Any) -> None:
        super().__init__(data)
        numbers = cast(forms.TypedMultipleChoiceField, self.fields["codes"])
        numbers.choices = [(code.number, code.number) for code in codes]

    def problem(self) -> str:
        return str(next(iter(self.errors.values()))[0])


@require_safe
@staff()
def coding(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question that is answered by writing. No text is shown here."""
    held = inquiry_for(signed_in(request), slug)
    published = published_instrument(held.inquiry.pk)
    questions = written_questions(published.definition) if published else []
    lines = [line_of(desk_of(held, question.id), signed_in(request)) for question in questions]
    context = {"inquiry": held.inquiry, "lines": lines, "may_change": held.may_export}
    return render(request, "desk/texts/coding.html", context)


def line_of(desk: Desk, user: User) -> Line:
    stem = in_language(desk.question.stem)
    if desk.book is None:
        return Line(desk.question.id, stem, 0, None, None)
    found = progress(desk.book, user)
    themes = themes_of(desk.book, get_language() or "") if found.compared else None
    return Line(desk.question.id, stem, len(offered(desk)), found, themes)


def offered(desk: Desk) -> list[Code]:
    return [code for code in desk.book.codes.all() if not code.retired] if desk.book else []


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
@shows_texts("code")
def code(request: HttpRequest, held: Entrusted, question: str) -> HttpResponse:
    """The next text; sent, it is kept, and the one after it comes."""
    desk = desk_of(held, question)
    if desk.book is None or not offered(desk):
        return redirect("desk:code_book", slug=held.inquiry.slug, question=question)
    if request.method != "POST":
        return show_text(request, desk)
    form = CodingForm(list(desk.book.codes.all()), request.POST)
    if not form.is_valid():
        return show_text(request, desk, problem=form.problem(), status=422)
    sent = form.cleaned_data
    try:
        code_text(book=desk.book, handle=sent["handle"], codes=sent["codes"], by=signed_in(request))
    except (TextGone, BookRefused):
        return show_text(request, desk, problem=_("This text was changed or deleted meanwhile."), status=409)
    except NotYours:
        problem = _("Nothing was kept: two others have coded this text, or what you saw is being compared already.")
        return show_text(request, desk, problem=problem, status=409)
    return redirect(f"{reverse('desk:code', kwargs=where(desk))}?after={sent['handle']}")


def where(desk: Desk) -> dict[str, str]:
    return {"slug": desk.inquiry.slug, "question": desk.question.id}


def show_text(request: HttpRequest, desk: Desk, *, problem: str = "", status: int = 200) -> HttpResponse:
    assert desk.book
    user = signed_in(request)
    own = own_coding(desk.book, user, request.GET.get("text", "")[:40])
    text, chosen = own or (next_text(desk.book, user), ())
    context = {
        "inquiry": desk.inquiry,
        "question": desk.question,
        "text": text,
        "codes": [
            (each, each.number in chosen) for each in desk.book.codes.all() if not each.retired or each.number in chosen
        ],
        "progress": progress(desk.book, user),
        "after": request.GET.get("after", "")[:40],
        "again": own is not None,
        "problem": problem,
        "page_address": reverse("desk:code", kwargs=where(desk)),
    }
    return render(request, "desk/texts/code.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
@shows_texts("compare_codings")
def compare_codings(request: HttpRequest, held: Entrusted, question: str) -> HttpResponse:
    """Where two saw different themes, once all that two people code is coded by two."""
    desk = desk_of(held, question)
    if desk.book is None or not progress(desk.book, signed_in(request)).compared:
        messages.info(request, _("What two people saw is compared when both are done."))
        return redirect("desk:coding", slug=held.inquiry.slug)
    if request.method != "POST":
        return show_differences(request, desk)
    form = CodingForm(list(desk.book.codes.all()), request.POST)
    if not form.is_valid():
        return show_differences(request, desk, problem=form.problem(), status=422)
    sent = form.cleaned_data
    try:
        settle_text(book=desk.book, handle=sent["handle"], codes=sent["codes"], by=signed_in(request))
    except (TextGone, NotYours, BookRefused):
        return show_differences(request, desk, problem=_("This text was changed or deleted meanwhile."), status=409)
    return redirect(reverse("desk:compare_codings", kwargs=where(desk)))


def show_differences(request: HttpRequest, desk: Desk, *, problem: str = "", status: int = 200) -> HttpResponse:
    assert desk.book
    found = [each for each in all_codings(desk.book) if each.differ]
    left = [each for each in found if each.settled is None]
    settled = request.GET.get("settled") == "1"
    shown = [each for each in found if (each.settled is not None) == settled][:AT_ONCE]
    context = {
        "inquiry": desk.inquiry,
        "question": desk.question,
        "codes": list(desk.book.codes.all()),
        "differences": differences(desk, shown),
        "left": len(left),
        "done": len(found) - len(left),
        "settled": settled,
        "problem": problem,
        "page_address": reverse("desk:compare_codings", kwargs=where(desk)),
    }
    return render(request, "desk/texts/compare.html", context, status=status)


def differences(desk: Desk, shown: list[Coded]) -> list[Difference]:
    assert desk.book
    words = words_of(desk.book, [each.handle for each in shown])
    people = User.objects.in_bulk({coder for each in shown for coder, _codes in each.codings})
    names = {code.number: in_language(code.label) for code in desk.book.codes.all()}
    return [
        Difference(
            text=words[each.handle],
            seen=tuple(
                (str(people[coder]), tuple(names.get(number, str(number)) for number in codes))
                for coder, codes in each.codings
            ),
            chosen=each.settled if each.settled is not None else in_common(each),
            settled=each.settled is not None,
        )
        for each in shown
        if each.handle in words
    ]


def in_common(each: Coded) -> tuple[int, ...]:
    """What both saw is where settling begins."""
    return tuple(sorted(set.intersection(*(set(codes) for _coder, codes in each.codings))))
