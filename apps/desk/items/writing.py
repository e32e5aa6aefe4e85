"""One question as its author writes it: what was sent is kept, or comes back as it was typed."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from apps.accounts.gate import signed_in
from apps.desk.items.forms import ItemForm, initial_values
from apps.desk.items.keeping import ChangedMeanwhile, Desk, desk_of, keep, mark_of, refuse_if_changed, shown_of
from apps.desk.items.layout import item_layout
from apps.desk.items.listing import line
from apps.desk.items.pressing import Pressed, change_parts, place_after, pressed
from apps.inquiries.models import Inquiry
from apps.surveys.editing import EditRefused
from apps.surveys.editing.questions import take_out
from apps.surveys.editing.wording import reword


class Unsaid(Exception):
    """The form says what is wrong with it."""

    def __init__(self, form: ItemForm) -> None:
        super().__init__("the form is not valid")
        self.form = form


def receive(request: HttpRequest, inquiry: Inquiry, name: str) -> HttpResponse:
    what, typed = pressed(request.POST.get("do", "save")), request.POST.dict()
    try:
        desk = keep(inquiry, signed_in(request), lambda desk: edited(desk, name, what, typed))
    except Unsaid as unsaid:
        problem = _("Something needs a second look. Nothing was saved yet.")
        return refused(request, inquiry, name, problem, form=unsaid.form)
    except EditRefused as no:
        return refused(request, inquiry, name, no.sentence)
    except ChangedMeanwhile as changed:
        return meanwhile(request, inquiry, name, changed)
    if what.deed == "take":
        return back_to_the_list(request, inquiry)
    at = place_after(what, desk.document, name, desk.languages[0], typed)
    if request.htmx:  # type: ignore[attr-defined]
        return show(request, desk, name, at=at, saved=True)
    return redirect(f"{request.path}?at={at}")


def edited(desk: Desk, name: str, what: Pressed, typed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed is taken over first, then the button does what it says."""
    item = desk.item(name)
    if item is None:
        raise EditRefused(no_more(name))
    if what == Pressed("take", "question", name):  # what goes need not be well-formed
        return take_out(desk.document, desk.past, name)
    form = ItemForm(desk, item, typed)
    if not form.is_valid():
        raise Unsaid(form)
    reworded = reword(desk.document, desk.past, name, form.said)
    if what.deed != "save" or reworded != desk.document:
        refuse_if_changed(desk, shown_of(item), typed.get("seen", ""))
    return change_parts(desk, reworded, name, what)


def no_more(name: str) -> str:
    return _("There is no question %(name)s any more.") % {"name": name[:40]}


def back_to_the_list(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    """A page of its own, also for htmx, which would put it into the place of the question."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(reverse("desk:items", args=[inquiry.slug]))
    return redirect("desk:items", slug=inquiry.slug)


def show(
    request: HttpRequest,
    desk: Desk,
    name: str,
    *,
    form: ItemForm | None = None,
    at: str = "",
    problem: str = "",
    saved: bool = False,
    theirs: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    item = desk.item(name)
    if item is None:
        raise Http404
    form = form or ItemForm(desk, item)
    form.helper.layout = item_layout(form, at=at, theirs=theirs or {})
    context = {
        "inquiry": desk.inquiry,
        "line": line(desk, name),
        "form": form,
        "seen": mark_of(shown_of(item)),
        "at": at,
        "problem": problem,
        "saved": saved or bool(at and not problem),
        "page_address": request.path,
    }
    part = "desk/items/item_form.html" if request.htmx else "desk/items/item.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=status)


def refused(
    request: HttpRequest, inquiry: Inquiry, name: str, problem: str, *, form: ItemForm | None = None
) -> HttpResponse:
    """As it was typed, with the reason. Where the question itself is gone, its words are shown to be copied."""
    desk = desk_of(inquiry)
    item = desk.item(name)
    if item is None:
        return gone(request, desk, problem)
    form = form or ItemForm(desk, item, request.POST.dict())
    form.is_valid()
    at = next((f"id_{field}" for field in form.errors), "problem")
    return show(request, desk, name, form=form, at=at, problem=problem, status=422)


def meanwhile(request: HttpRequest, inquiry: Inquiry, name: str, changed: ChangedMeanwhile) -> HttpResponse:
    """Somebody saved the same question. What was typed stays, with theirs beside it where it differs."""
    desk = desk_of(inquiry)
    item = desk.item(name)
    if item is None:
        return gone(request, desk, no_more(name))
    now = initial_values(item, desk.languages)
    theirs = {
        field: text for field, text in now.items() if isinstance(text, str) and request.POST.get(field, text) != text
    }
    who = changed.draft.changed_by if changed.draft else None
    sentence = (
        _("%(who)s changed this question meanwhile. What you typed is still here, not saved yet: Save keeps yours.")
        if who and who != signed_in(request)
        else _(
            "This question was changed in another window. What you typed is still here, not saved yet: Save keeps it."
        )
    )
    form = ItemForm(desk, item, request.POST.dict())
    form.is_valid()
    return show(
        request, desk, name, form=form, at="problem", problem=sentence % {"who": who}, theirs=theirs, status=409
    )


def gone(request: HttpRequest, desk: Desk, problem: str) -> HttpResponse:
    typed = {field: str(text) for field, text in request.POST.items() if "_" in field and not field.startswith("csrf")}
    kept = [text for text in typed.values() if text.strip()]
    context = {"inquiry": desk.inquiry, "problem": problem, "kept": kept}
    part = "desk/items/gone_part.html" if request.htmx else "desk/items/gone.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=409)
