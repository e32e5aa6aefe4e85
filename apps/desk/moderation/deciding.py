"""From what a moderator sent to what is done, and how it is told."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.debates.models import Statement, StatementState
from apps.debates.moderation import (
    approve_statement,
    merge_statement,
    reject_statement,
    reopen_statement,
    review_together,
)
from apps.debates.rules import Overtaken, ReviewRefused, StillHeld
from apps.inquiries.models import Inquiry

Review = Callable[[Statement], Statement]


def decide(inquiry: Inquiry, sent: dict[str, Any], *, by: User) -> list[Statement]:
    """All of what was chosen, or nothing. Raises ReviewsRefused, or Http404 for a statement that is not there."""
    chosen: dict[int, str] = sent["chosen"]
    found = statements(inquiry, [*chosen, *([sent["into"]] if sent["decision"] == "merge" else [])])
    review = review_of(sent, found, seen=chosen, by=by)
    return review_together(statements=[found[number] for number in chosen], review=review)


def statements(inquiry: Inquiry, numbers: list[int]) -> dict[int, Statement]:
    rows = Statement.objects.filter(debate_id=inquiry.pk, number__in=numbers)
    found = {each.number: each for each in rows.select_related("debate__inquiry__publication")}
    if set(numbers) - set(found):
        raise Http404
    return found


def review_of(sent: dict[str, Any], found: dict[int, Statement], *, seen: dict[int, str], by: User) -> Review:
    def review(statement: Statement) -> Statement:
        about: Any = {"statement": statement, "by": by, "seen": seen[statement.number]}
        match sent["decision"]:
            case "reject":
                return reject_statement(**about, reason=sent["reason"])
            case "merge":
                return merge_statement(**about, into=found[sent["into"]])
            case "reopen":
                return reopen_statement(**about)
            case decision:
                return approve_statement(**about, cleared=decision == "clear")

    return review


def told(done: list[Statement]) -> str:
    """What was done, in a sentence."""
    if len(done) == 1:
        return _("No. %(number)d: %(state)s.") % {"number": done[0].number, "state": done[0].get_state_display()}
    sentence = ngettext("%(n)d statement: %(state)s.", "%(n)d statements: %(state)s.", len(done))
    return sentence % {"n": len(done), "state": done[0].get_state_display()}


def why_not(refusal: ReviewRefused) -> str:
    """What stands against it, or what happened meanwhile and by whom."""
    statement = refusal.statement
    about: dict[str, object] = {"number": statement.number, "state": statement.get_state_display()}
    if isinstance(refusal, StillHeld):
        return _("No. %(number)d may hold personal data. Look at its words first; then say that it holds none.") % about
    if not isinstance(refusal, Overtaken):
        return _("No. %(number)d cannot be decided this way; its state is: %(state)s.") % about
    if statement.state == StatementState.WITHDRAWN:
        return _("No. %(number)d was withdrawn by its author meanwhile.") % about
    who, when = statement.moderated_by, statement.moderated_at
    about |= {"who": who or _("somebody"), "when": date_format(localtime(when), "TIME_FORMAT") if when else "–"}
    return _("No. %(number)d was decided meanwhile: %(state)s (%(who)s, %(when)s).") % about
