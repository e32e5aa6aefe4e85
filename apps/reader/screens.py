"""One screen of questions as a page: blank from what is kept, or filled through the templates."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from crispy_forms.utils import render_crispy_form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from apps.common.devices import device_of, source_host
from apps.common.frames import in_frame
from apps.participants.passes import FormPass, issue_pass, read_pass
from apps.reader.addresses import chosen_language
from apps.reader.route import depends_on_earlier
from apps.reader.shell import Face, blank_page, context_html, draw
from apps.reader.topic import topic_of
from apps.reader.visit import Visit
from apps.responses.visits import note_visit
from apps.surveys.definition import Question
from apps.surveys.forms import ScreenForm


@dataclass(frozen=True)
class Notice:
    sentence: str
    warns: bool = False
    questions: tuple[Question, ...] = ()


def show_screen(request: HttpRequest, visit: Visit, step: int, *, cover: bool = False) -> HttpResponse:
    """The screen as this reader left it, with a fresh pass."""
    visit = visit.on_side(visit.drawn_side())
    note(request, visit, "cover" if cover else str(visit.definition.number(step)))
    face = face_for(request, visit, step, cover=cover)
    pass_text = issue_pass(visit.inquiry.pk, side=visit.side or 0)
    coins = visit.coins(read_pass(pass_text, visit.inquiry.pk).seed)
    answers = visit.own.answers if visit.own else {}
    if visit.carried or visit.by_receipt or is_filled(visit, step, answers):
        form = ScreenForm(visit.definition, step, coins, visit.language, answers=answers)
        return HttpResponse(filled_page(face, visit, form, coins, pass_text=pass_text))
    return HttpResponse(blank_page(face, visit.instrument, coins, pass_text))


def is_filled(visit: Visit, step: int, answers: Mapping[str, Any]) -> bool:
    """Whether this screen looks otherwise for this reader than for one who comes to it first."""
    definition = visit.definition
    return any(name in answers for name in definition.on_screen(step)) or depends_on_earlier(definition, step)


def show_again(
    request: HttpRequest,
    visit: Visit,
    step: int,
    form_pass: FormPass | None,
    notice: Notice,
    *,
    status: int = 200,
    prompted: bool = False,
) -> HttpResponse:
    """What was just sent comes back as it was typed. Its pass stays, if it is still good: it names the newcomer."""
    pass_text = request.POST["pass"] if form_pass else issue_pass(visit.inquiry.pk, side=visit.side or 0)
    if form_pass and visit.is_newcomer:
        visit = replace(visit, carried=False)  # nothing of them is kept yet
    coins = visit.coins((form_pass or read_pass(pass_text, visit.inquiry.pk)).seed)
    form = sent_form(request, visit, step, coins)
    form.is_valid()
    page = filled_page(
        face_for(request, visit, step),
        visit,
        form,
        coins,
        pass_text=pass_text,
        notice=notice,
        prompted=prompted,
    )
    return HttpResponse(page, status=status)


def sent_form(request: HttpRequest, visit: Visit, step: int, coins: Mapping[str, int]) -> ScreenForm:
    """The screen as it came in. Earlier answers are fetched only where the screen rests on them."""
    definition = visit.definition
    needed = depends_on_earlier(definition, step) or definition.has_retired_options
    earlier = visit.own.answers if needed and visit.own else None
    return ScreenForm(definition, step, coins, visit.language, answers=earlier, data=request.POST)


def filled_page(face: Face, visit: Visit, form: ScreenForm, coins: dict[str, int], **filled: Any) -> str:
    return draw(
        face,
        visit.instrument,
        screen=render_crispy_form(form, helper=form.helper),
        context=context_html(face, visit.instrument.definition, coins) if face.cover else "",
        by_receipt=visit.by_receipt,
        carried=visit.token if visit.carried else "",
        seen=",".join(form.follow_ups),
        **filled,
    )


def face_for(request: HttpRequest, visit: Visit, step: int, *, cover: bool = False) -> Face:
    return Face(
        topic=topic_of(visit.inquiry, visit.language),
        version_id=visit.instrument.version_id,
        step=step,
        language=visit.language,
        chosen=chosen_language(request),
        cover=cover,
        newcomer=visit.identity is None,
        reviewing=request.GET.get("to") == "review",
        framed=in_frame(request),
        arm=visit.arm,
    )


def note(request: HttpRequest, visit: Visit, screen: str) -> None:
    note_opened(request, visit.inquiry.pk, screen, visit.language)


def note_opened(request: HttpRequest, inquiry_id: int, screen: str, language: str) -> None:
    """Count that a page was opened, and how somebody came to it; nothing about who."""
    source, device = source_host(request), device_of(request)
    note_visit(inquiry_id=inquiry_id, screen=screen, source=source, device=device, language=language)


def expired() -> Notice:
    return Notice(
        _("This page had been open for a long time. Everything you entered is still here: please go on once more.")
    )


def faulty(form: ScreenForm) -> Notice:
    sentence = _("Something needs a second look. It is marked below; the rest is kept.")
    return Notice(sentence, warns=True, questions=worth_naming(form, form.at_fault))


def left_blank(form: ScreenForm) -> Notice:
    sentence = _("A question is still unanswered. You may leave it blank and simply go on.")
    return Notice(sentence, questions=worth_naming(form, form.unanswered))


def worth_naming(form: ScreenForm, names: Collection[str]) -> tuple[Question, ...]:
    """Links to these questions. A question that stands first on its screen, or alone, is right below."""
    found = tuple(question for question in form.questions if question.id in names)
    return () if found == form.questions[:1] else found


def sent_before() -> Notice:
    return Notice(_("This page was sent once before. Please check your answers here and go on once more."))
