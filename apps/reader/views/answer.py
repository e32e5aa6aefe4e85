"""One screen of questions: shown, saved in the background, sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from apps.common.devices import device_of
from apps.inquiries.models import PrivacyProfile
from apps.inquiries.rules import visible_inquiry
from apps.participants.passes import FormPass, PassExpired, issue_pass, read_pass
from apps.reader import screens
from apps.reader.addresses import page
from apps.reader.gate import reader_page
from apps.reader.route import concerns, depends_on_earlier, questions_of
from apps.reader.sent import Sent, body_hash, renewed
from apps.reader.topic import topic_of
from apps.reader.views.review import show_review, show_thanks
from apps.reader.visit import Visit, arrive
from apps.responses.actions import ConsentMissing, KeyReused, record_response
from apps.responses.parts import First, Letter, Said
from apps.responses.queries import was_kept
from apps.responses.signals import seen_in_form
from apps.surveys.forms import ScreenForm
from apps.surveys.queries import published_instrument, version_of
from apps.surveys.schema import applies

LARGEST_STEP = 3  # digits


@reader_page("GET", "HEAD", "POST")
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    inquiry = visible_inquiry(slug)
    instrument = published_instrument(inquiry.pk)
    if instrument is None:
        raise Http404
    visit = arrive(request, inquiry, instrument)
    if request.method == "POST":
        return receive(request, as_it_was_shown(request, visit), wanted_step)
    return show(request, visit, wanted_step(request, visit))


def wanted_step(request: HttpRequest, visit: Visit) -> int:
    text = request.GET.get("step", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= LARGEST_STEP):
        raise BadRequest("step is not a number")
    if not 1 <= int(text) <= visit.steps:
        raise Http404
    return int(text)


def show(request: HttpRequest, visit: Visit, step: int) -> HttpResponse:
    if not visit.inquiry.is_open(timezone.now()):
        return HttpResponseRedirect(page(request, "cover", visit.inquiry.slug))
    if visit.own is None and step > 1:
        return lost(request, visit)
    if visit.own is None and visit.inquiry.privacy_profile == PrivacyProfile.STRICT and not agreed(request, visit):
        return HttpResponseRedirect(page(request, "cover", visit.inquiry.slug))
    return screens.show_screen(request, visit, step)


def agreed(request: HttpRequest, visit: Visit) -> bool:
    """Under the strict profile the first question comes after a consent screen, whose button says so in the address."""
    return request.GET.get("agreed") == visit.instrument.definition.consent_sha256[:12]


def lost(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A later screen, but nothing that says whose: usually a browser that keeps no cookies."""
    context = {
        "topic": topic_of(visit.inquiry, visit.language),
        "pass_text": issue_pass(visit.inquiry.pk),
        "first": page(request, "cover", visit.inquiry.slug),
        "action": page(request, "answer", visit.inquiry.slug, step=1),
    }
    return render(request, "reader/lost.html", context)


def as_it_was_shown(request: HttpRequest, visit: Visit) -> Visit:
    """A page that was opened before a new version came out is read by the version that it showed."""
    number = request.POST.get("version", "")
    if not (number.isascii() and number.isdigit() and len(number) < 9) or int(number) == visit.instrument.number:
        return visit
    shown = version_of(visit.inquiry.pk, int(number))
    return replace(visit, instrument=shown) if shown else visit


@dataclass(frozen=True, slots=True)
class Submission:
    """One form that came in: who sent it, under which pass, what it says."""

    visit: Visit
    step: int
    form_pass: FormPass
    form: ScreenForm
    sent: Sent


def receive(request: HttpRequest, visit: Visit, step_of: Callable[[HttpRequest, Visit], int]) -> HttpResponse:
    """A form of a screen. Which one it is depends on the way that its pass names."""
    refuse_repeated(request, visit)
    sent = Sent.of(request)
    try:
        form_pass = read_pass(request.POST.get("pass", ""), visit.inquiry.pk)
    except PassExpired as expired:
        visit, form_pass = visit.on_side(expired.side), expired.form_pass
        if not arrived_in_time(visit.entered_with(form_pass), sent):
            return too_old(request, visit, step_of(request, visit), sent)
    visit = visit.on_side(form_pass.side).entered_with(form_pass)
    if sent.intent == "carry":
        visit = replace(visit, carried=True, side=None)
        return carry_on(request, visit, step_of(request, visit))
    step = step_of(request, visit)
    if visit.keeps_no_cookie(told=sent.cookieless):
        visit = replace(visit, carried=True)
    submission = Submission(visit, step, form_pass, screens.sent_form(request, visit, step, {}), sent)
    if sent.intent == "save":
        return save(request, submission)
    return send(request, submission)


def carry_on(request: HttpRequest, visit: Visit, step: int) -> HttpResponse:
    """From a page that belongs to no way: the token came along, or begins here. It may be that of another inquiry's
    reader, who has read nothing of this one yet, and agreed to nothing."""
    strict = visit.inquiry.privacy_profile == PrivacyProfile.STRICT
    if visit.own is None and strict and not (visit.is_newcomer or agreed(request, visit)):
        return HttpResponseRedirect(page(request, "cover", visit.inquiry.slug), status=303)
    if visit.own and visit.own.finished and step == 1:
        return show_review(request, visit)
    return screens.show_screen(request, visit, step, cover=visit.own is None and step == 1 and not strict)


def refuse_repeated(request: HttpRequest, visit: Visit) -> None:
    """No form of ours sends a name twice, but for the boxes of a question with several answers."""
    several = {question.id for question in visit.instrument.definition.questions if question.kind == "multiple"}
    if any(len(values) > 1 and name not in several for name, values in request.POST.lists()):
        raise BadRequest("a field was sent twice")


def arrived_in_time(visit: Visit, sent: Sent) -> bool:
    """Whether this very write was kept and only our answer got lost: then it is answered as if it were still early.

    The key is the sender's own and stands in no page, so whoever knows it made that write.
    """
    return bool(visit.identity and sent.key and was_kept(visit.identity.pseudonym, sent.key))


def too_old(request: HttpRequest, visit: Visit, step: int, sent: Sent) -> HttpResponse:
    """Longer than two hours on the table. What was typed is kept and gets a fresh pass."""
    if sent.intent == "save":
        fresh = issue_pass(visit.inquiry.pk, side=visit.side or 0)
        return renewed(JsonResponse({"pass": fresh}, status=409), fresh)
    return screens.show_again(request, visit, step, None, screens.expired(), status=409)


def save(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The background save of what was just touched; what was not touched is not yet left blank."""
    form, sent = submission.form, submission.sent
    if not form.is_valid():
        return JsonResponse({"problems": sorted(form.errors)}, status=422)
    answers = said(submission, unseen_follow_ups(submission))
    if not answers or not sent.key:
        return JsonResponse({"saved": False})
    try:
        record(request, submission, answers, sent.key)
    except (KeyReused, ConsentMissing):
        return JsonResponse({"saved": False}, status=422)
    return submission.visit.remember(JsonResponse({"saved": True}))


def send(request: HttpRequest, submission: Submission) -> HttpResponse:
    visit, step, form, sent = submission.visit, submission.step, submission.form, submission.sent
    if not form.is_valid():
        return screens.show_again(request, visit, step, submission.form_pass, screens.faulty(form), status=422)
    if sent.intent == "next" and form.unanswered and not sent.prompted:
        return screens.show_again(request, visit, step, submission.form_pass, screens.left_blank(form), prompted=True)
    waiting = unseen_follow_ups(submission)
    try:
        record(request, submission, said(submission, waiting), sent.key or submission.form_pass.key)
    except KeyReused:
        return visit.remember(screens.show_again(request, visit, step, None, screens.sent_before(), status=409))
    except ConsentMissing:
        return HttpResponseRedirect(page(request, "cover", visit.inquiry.slug), status=303)
    response = go_on(request, visit, next_place(request, submission, waiting))
    if waiting and response.has_header("Location"):
        response.headers["Location"] += f"#{min(waiting)}"  # so that the new question is in view
    return visit.remember(response)


def said(submission: Submission, waiting: set[str]) -> dict[str, Any]:
    """Going on says of every question that it was seen; otherwise only what was touched was left blank on purpose.

    A button's form that is sent once more in the background says the same, and its key proves it a second copy.
    """
    sent = submission.sent
    return {
        name: value
        for name, value in submission.form.answers.items()
        if name not in waiting and (value is not None or sent.intent == "next" or name in sent.touched)
    }


def record(request: HttpRequest, submission: Submission, answers: dict[str, Any], key: UUID) -> None:
    visit = submission.visit
    assert visit.identity  # given with the pass
    consent = visit.instrument.definition.consent_sha256
    record_response(
        inquiry=visit.inquiry,
        instrument=visit.instrument,
        identity=visit.identity,
        said=Said(
            answers=answers,
            finished=False,
            screen=visit.definition.number(submission.step),
            visible_ms=submission.sent.visible_ms,
        ),
        letter=Letter(
            key=key,
            body_sha256=body_hash(submission.step, answers, finished=False),
            language=visit.language,
            device=device_of(request),
            signals=seen_in_form(trapped=submission.sent.trapped, age=submission.form_pass.age),
        ),
        first=First(
            consent=consent if request.POST.get("consent") == consent else "",
            coins=visit.drawn_coins(submission.form_pass.seed),
            newcomer=visit.is_newcomer,
        ),
    )


def unseen_follow_ups(submission: Submission) -> set[str]:
    """Questions on this screen that the answers have just called for and that the page could not yet show."""
    definition, answers = submission.visit.definition, submission.form.answers
    return {
        question.id
        for question in questions_of(definition, submission.step)
        if question.shown_if
        and applies(question, answers)
        and question.id not in submission.sent.seen
        and answers.get(question.id) is None
    }


def next_place(request: HttpRequest, submission: Submission, waiting: set[str]) -> int:
    """The next screen's number; 0 stands for the cover, one past the last for the review, one more for what follows."""
    if waiting:
        return submission.step
    if request.GET.get("to") == "review":
        return submission.visit.steps + 1
    if submission.step == submission.visit.definition.again_step:
        return submission.step + 1
    return nearest_concerned(submission.visit, submission.step, -1 if submission.sent.intent == "back" else 1)


def nearest_concerned(visit: Visit, step: int, direction: int) -> int:
    """The next screen in this direction that has something to ask this reader."""
    definition = visit.definition
    step += direction
    while 1 <= step <= visit.steps and depends_on_earlier(definition, step):
        fresh = replace(visit)  # the answer that decides may just have been written
        if concerns(definition, step, fresh.own.answers if fresh.own else {}):
            break
        step += direction
    return step


def go_on(request: HttpRequest, visit: Visit, place: int) -> HttpResponse:
    """A redirect, so that Back and reload are harmless; without cookies the next page comes at once, token inside."""
    if visit.carried:
        fresh = replace(visit)  # what it knew of the reader's answers is older than the write
        if place > visit.steps + 1:
            return show_thanks(request, fresh)
        return (
            show_review(request, fresh) if place > visit.steps else screens.show_screen(request, fresh, max(place, 1))
        )
    slug = visit.inquiry.slug
    if place < 1:
        target = page(request, "cover", slug)
    elif place > visit.steps + 1:
        target = page(request, "thanks", slug)
    elif place > visit.steps:
        target = page(request, "review", slug)
    else:
        target = page(request, "answer", slug, step=place)
    return HttpResponseRedirect(target, status=303)
