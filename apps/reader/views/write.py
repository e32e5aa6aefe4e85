"""One's own statement: after five votes, with what is nearly the same shown before it is sent."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from apps.debates.actions import propose_statement
from apps.debates.rules import DebateFull, SaidAlready, TooFewVotes, TooManyStatements
from apps.inquiries.rules import InquiryClosed
from apps.reader import screens, voting
from apps.reader.addresses import page
from apps.reader.draft import Draft, looked_through, refusal_of, show_draft, show_sent, statement_language
from apps.reader.gate import reader_page
from apps.reader.screens import expired
from apps.reader.visit import Visit, visit_of
from apps.reader.voting import Entry
from apps.responses.actions import KeyReused
from apps.surveys.texts import TextRefused

REFUSALS = (DebateFull, KeyReused, SaidAlready, TextRefused, TooFewVotes, TooManyStatements)


@reader_page("GET", "HEAD", "POST")
def write(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_of(request, slug)
    if request.method == "POST":
        return receive(request, voting.entry_of(request, visit))
    if not visit.inquiry.is_open(timezone.now()):
        return HttpResponseRedirect(page(request, "debate", slug))
    if "sent" in request.GET:
        return show_sent(request, visit)
    screens.note(request, visit, "write")
    return show_draft(request, visit, Draft())


def receive(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Looked through first, and sent as soon as its writer has seen what that brought to light."""
    visit, text = entry.visit, request.POST.get("text", "")
    if entry.intent == "show":
        return show_draft(request, visit, Draft())
    if not visit.inquiry.is_open(timezone.now()):
        raise InquiryClosed(visit.inquiry)
    if entry.form_pass is None:
        return show_draft(request, visit, Draft(text, notice=expired()), status=409)
    if not same_words(request.POST.get("seen", ""), text):
        draft = looked_through(visit, Draft(text))
        if draft.needs_a_look:
            return show_draft(request, visit, draft, status=422 if draft.error else 200)
    try:
        propose(entry, text)
    except REFUSALS as refused:
        return not_taken(request, visit, Draft(text), refused)
    if visit.carried:
        return visit.remember(show_sent(request, visit))
    return visit.remember(HttpResponseRedirect(page(request, "write", visit.inquiry.slug, sent=1), status=303))


def same_words(seen: str, text: str) -> bool:
    """A browser may send the ends of lines otherwise than it was given them."""
    return bool(seen) and seen.split() == text.split()


def not_taken(request: HttpRequest, visit: Visit, draft: Draft, refused: Exception) -> HttpResponse:
    draft, status = refusal_of(visit, draft, refused)
    response = show_draft(request, visit, draft, status=status)
    if isinstance(refused, TooManyStatements):
        response.headers["Retry-After"] = str(refused.seconds)
    return visit.remember(response)


def propose(entry: Entry, text: str) -> None:
    visit = entry.visit
    assert visit.identity  # given with the pass
    language = statement_language(visit)
    propose_statement(
        inquiry=visit.inquiry,
        identity=visit.identity,
        text=text,
        language=language,
        key=entry.key,
        body_sha256=sha256(f"{language} {text}".encode("utf-8", "surrogatepass")).digest(),
    )
