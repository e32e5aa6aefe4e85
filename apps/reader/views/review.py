"""Everything a reader answered on one page; sending it; the receipt."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from apps.common.devices import device_of
from apps.participants.passes import PassExpired, issue_pass, read_pass
from apps.participants.receipts import receipt_code
from apps.reader import screens
from apps.reader.addresses import page
from apps.reader.cards import takes_votes, votes_of
from apps.reader.gate import reader_page
from apps.reader.sent import body_hash, renewed, uuid_or_none
from apps.reader.topic import topic_of
from apps.reader.visit import Visit, visit_of
from apps.reader.ways import Way, ways_on
from apps.reader.words import given_answers
from apps.responses.actions import KeyReused, record_response
from apps.responses.parts import First, Letter, Said


@reader_page("GET", "HEAD", "POST")
def review(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_of(request, slug)
    if visit.own is None:
        return HttpResponseRedirect(page(request, "cover", slug))
    if request.method == "POST":
        return change(request, visit) or finish(request, visit)
    return show_review(request, visit)


def change(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """Without cookies a screen to change comes as the answer to a button; otherwise by its address."""
    name, _, number = request.POST.get("intent", "").partition("-")
    if (
        not visit.carried
        or name != "step"
        or number not in map(str, range(1, max(visit.steps, visit.definition.again_step) + 1))
    ):
        return None
    return screens.show_screen(request, visit, int(number))


def show_review(request: HttpRequest, visit: Visit, *, status: int = 200) -> HttpResponse:
    screens.note(request, visit, "review")
    own = visit.own
    assert own
    slug = visit.inquiry.slug
    given = given_answers(visit.definition, own.answers, own.coins, visit.language)
    context = {
        "topic": topic_of(visit.inquiry, visit.language),
        "rows": [(item, place_of(request, visit, item.step)) for item in given],
        "blank": sum(not item.lines and item.question.prompt for item in given),
        "finished": own.finished,
        "by_receipt": visit.by_receipt,
        "pass_text": issue_pass(visit.inquiry.pk),
        "carried": visit.token if visit.carried else "",
        "action": page(request, "review", slug),
        "last": page(request, "answer", slug, step=visit.steps),
    }
    return render(request, "reader/review.html", context, status=status)


def place_of(request: HttpRequest, visit: Visit, step: int) -> str:
    """Where the answers of this screen can be changed."""
    if step == visit.definition.again_step:
        return page(request, "again", visit.inquiry.slug, to="review")
    return page(request, "answer", visit.inquiry.slug, step=step, to="review")


def finish(request: HttpRequest, visit: Visit) -> HttpResponse:
    own_key = uuid_or_none(request.POST.get("key", ""))
    try:
        form_pass = read_pass(request.POST.get("pass", ""), visit.inquiry.pk)
        send(request, visit, own_key or form_pass.key)
    except PassExpired:
        return renewed(show_review(request, visit, status=409), issue_pass(visit.inquiry.pk))
    except KeyReused:
        return show_review(request, visit)
    if visit.carried:
        return show_thanks(request, replace(visit))
    return HttpResponseRedirect(page(request, "thanks", visit.inquiry.slug), status=303)


def send(request: HttpRequest, visit: Visit, key: UUID) -> None:
    assert visit.identity  # there is an own response
    record_response(
        inquiry=visit.inquiry,
        instrument=visit.instrument,
        identity=visit.identity,
        said=Said(answers={}, finished=True, screen=visit.definition.number(visit.steps)),
        letter=Letter(
            key=key,
            body_sha256=body_hash(visit.steps, {}, finished=True),
            language=visit.language,
            device=device_of(request),
        ),
        first=First(
            consent=visit.instrument.definition.consent_sha256,
            coins=visit.own.coins if visit.own else {},
        ),
    )


@reader_page("GET", "HEAD")
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_of(request, slug)
    if visit.own is None:
        return HttpResponseRedirect(page(request, "cover", slug))
    if not visit.own.finished:
        return HttpResponseRedirect(page(request, "review", slug))
    return show_thanks(request, visit)


def show_thanks(request: HttpRequest, visit: Visit) -> HttpResponse:
    screens.note(request, visit, "thanks")
    assert visit.own
    assert visit.identity
    context = {
        "topic": topic_of(visit.inquiry, visit.language),
        "code": receipt_code(visit.identity.pseudonym, visit.own.receipt_hash),
        "inquiry": visit.inquiry,
        "debate": page(request, "debate", visit.inquiry.slug) if takes_votes(visit) else "",
        "ways": ways_of_voter(request, visit) if votes_of(visit) else (),
        "pass_text": issue_pass(visit.inquiry.pk),
        "carried": visit.token if visit.carried else "",
    }
    return render(request, "reader/thanks.html", context)


def ways_of_voter(request: HttpRequest, visit: Visit) -> list[Way]:
    """Who has voted knows the statements: from here they go where they stand."""
    onward = ("stand", "debate", "votes") if takes_votes(visit) else ("stand", "votes")
    return ways_on(request, visit.inquiry.slug, *onward)
