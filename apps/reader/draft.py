"""A statement on its way: what stands against it, what is nearly the same, and the pages that say so."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.debates.alike import alike_statements
from apps.debates.card_words import voting_text
from apps.debates.personal import Kind, kinds_in
from apps.debates.rules import VOTES_BEFORE_WRITING, DebateFull, SaidAlready, TooFewVotes, TooManyStatements
from apps.debates.wording import longest_in, statement_text
from apps.participants.queries import own_receipt
from apps.reader.addresses import page
from apps.reader.cards import card_for, frame, served_card, votes_of, with_pass
from apps.reader.followed import followed_statements
from apps.reader.screens import Notice
from apps.reader.statements import Card
from apps.reader.visit import Visit
from apps.reader.ways import ways_on
from apps.responses.actions import KeyReused
from apps.surveys.texts import TextRefused


@dataclass(frozen=True, slots=True)
class Draft:
    """`alike`: published statements to vote on instead. `held`: kinds of personal data that it seems to hold."""

    text: str = ""
    error: str = ""
    notice: Notice | None = None
    same: bool = False
    alike: tuple[Card, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def needs_a_look(self) -> bool:
        return bool(self.error or self.alike or self.held)


def statement_language(visit: Visit) -> str:
    """The page's, if the inquiry is asked in it."""
    definition = visit.instrument.definition
    return visit.language if visit.language in definition.languages else definition.default_language


def looked_through(visit: Visit, draft: Draft) -> Draft:
    """What its writer should know before it is sent."""
    try:
        line = statement_text(draft.text, statement_language(visit))
    except TextRefused as refused:
        return replace(draft, error=refused.message)
    own = votes_of(visit)
    near = alike_statements(visit.inquiry.pk, line)
    return replace(
        draft,
        alike=tuple(card_for(visit, each.statement, own) for each in near),
        held=tuple(str(Kind(kind).label) for kind in kinds_in(line)),
    )


def refusal_of(visit: Visit, draft: Draft, refused: Exception) -> tuple[Draft, int]:
    """The draft with the reason at its field, and the status that says so to machines."""
    match refused:
        case TextRefused():
            return replace(draft, error=refused.message), 422
        case SaidAlready():
            card = served_card(visit, refused.number, votes_of(visit))
            return replace(draft, error=said_already(card), same=True, alike=(card,) if card else ()), 409
        case TooManyStatements():
            return replace(draft, error=too_many(refused.seconds)), 429
        case DebateFull():
            return replace(draft, error=_("This debate takes no more statements.")), 409
        case KeyReused():
            return replace(draft, notice=sent_before()), 409
        case TooFewVotes():
            return draft, 409
    raise refused


def sent_before() -> Notice:
    return Notice(_("This page was sent once before. If this is another statement, please send it once more."))


def said_already(card: Card | None) -> str:
    if card:
        return _("The same statement is there already. You can vote on it instead.")
    return _("The same statement was written before and is not among the published ones.")


def too_many(seconds: int) -> str:
    minutes = max(1, round(seconds / 60))
    return ngettext(
        "You have written several statements in a short time. The next one can be sent in about %(n)d minute.",
        "You have written several statements in a short time. The next one can be sent in about %(n)d minutes.",
        minutes,
    ) % {"n": minutes}


def show_draft(request: HttpRequest, visit: Visit, draft: Draft, *, status: int = 200) -> HttpResponse:
    """The page to write on; before five votes it says how many are missing."""
    reader, pass_text = with_pass(visit)
    votes = len(votes_of(visit))
    slug, language = visit.inquiry.slug, statement_language(visit)
    context = {
        **frame(request, reader, pass_text),
        "write": page(request, "write", slug),
        "draft": draft,
        "notice": draft.notice,
        "votes": votes,
        "missing": max(VOTES_BEFORE_WRITING - votes, 0),
        "needed": VOTES_BEFORE_WRITING,
        "limit": longest_in(language),
        "written_in": language if language != visit.language else "",
        "rules": voting_text(visit.instrument.definition.document, "writing_rules", visit.language),
        "ways": ways_on(request, slug, "debate", "votes", "stand", "results"),
    }
    return render(request, "reader/debate_write.html", context, status=status)


def show_sent(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was sent last, what happens with it, and how to find it again."""
    written = followed_statements(visit)
    if not written:
        return show_draft(request, visit, Draft())
    assert visit.identity  # somebody wrote it
    reader, pass_text = with_pass(visit)
    context = {
        **frame(request, reader, pass_text),
        "statement": written[-1],
        "write": page(request, "write", visit.inquiry.slug),
        "code": "" if visit.by_receipt else own_receipt(visit.identity.pseudonym),
        "ways": ways_on(request, visit.inquiry.slug, "debate", "votes", "stand", "results"),
    }
    return render(request, "reader/debate_sent.html", context)
