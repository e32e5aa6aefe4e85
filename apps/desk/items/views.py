"""Questions: their list, a new one, and one to write."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.accounts.gate import signed_in
from apps.desk.editor.door import editors_form
from apps.desk.items import writing
from apps.desk.items.keeping import ChangedMeanwhile, Desk, desk_of, keep, mark_of, order_of, refuse_if_changed
from apps.desk.items.listing import listing
from apps.desk.items.pressing import change_order, pressed
from apps.desk.items.words import KINDS
from apps.desk.rules import Entrusted
from apps.surveys.editing import EditRefused
from apps.surveys.editing.naming import new_question_id
from apps.surveys.editing.questions import add_question


@editors_form
def items(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """The list; its buttons change the order, take questions out and bring them back."""
    if request.method != "POST":
        return list_page(request, desk_of(held.inquiry), at=request.GET.get("at", ""))
    what = pressed(request.POST.get("do", ""))

    def edit(desk: Desk) -> dict[str, object]:
        refuse_if_changed(desk, order_of(desk.document), request.POST.get("seen", ""))
        return change_order(desk, what)

    try:
        desk = keep(held.inquiry, signed_in(request), edit)
    except EditRefused as refused:
        return list_page(request, desk_of(held.inquiry), at=str(what), problem=refused.sentence, status=422)
    except ChangedMeanwhile:
        sentence = _("The order was changed meanwhile. This is how it is now.")
        return list_page(request, desk_of(held.inquiry), at=str(what), problem=sentence, status=409)
    if request.htmx:  # type: ignore[attr-defined]
        return list_page(request, desk, at=str(what), done=True)
    return redirect(f"{request.path}?at={what}")


def list_page(
    request: HttpRequest, desk: Desk, *, at: str, problem: str = "", done: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "inquiry": desk.inquiry,
        "listing": listing(desk),
        "seen": mark_of(order_of(desk.document)),
        "statements": len(desk.document.get("statements", [])),
        "at": at,
        "problem": problem,
        "done": done,
    }
    part = "desk/items/list.html" if request.htmx else "desk/items/items.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=status)


@editors_form
def item_add(request: HttpRequest, held: Entrusted) -> HttpResponse:
    """Which kind of question; chosen, it is there with words to begin from."""
    problem = ""
    if request.method == "POST":
        made: list[str] = []

        def edit(desk: Desk) -> dict[str, object]:
            made[:] = [new_question_id(desk.document, desk.past)]
            return add_question(desk.document, desk.past, request.POST.get("kind", ""))

        try:
            keep(held.inquiry, signed_in(request), edit)
        except EditRefused as refused:
            problem = refused.sentence
        else:
            messages.success(
                request, _("%(question)s is there. Its words are a beginning: make them yours.") % {"question": made[0]}
            )
            return redirect("desk:item", slug=held.inquiry.slug, question=made[0])
    desk = desk_of(held.inquiry)
    context = {"inquiry": desk.inquiry, "kinds": KINDS.items(), "problem": problem}
    return render(request, "desk/items/add.html", context, status=422 if problem else 200)


@editors_form
def item(request: HttpRequest, held: Entrusted, question: str) -> HttpResponse:
    """One question. Every button saves what was typed, and then does what it says."""
    if request.method != "POST":
        return writing.show(request, desk_of(held.inquiry), question, at=request.GET.get("at", ""))
    return writing.receive(request, held.inquiry, question)
