"""The first question once more: when a reader may answer it, and what leads there. Nobody is asked whether they changed
their mind."""

from django.http import HttpRequest

from apps.reader.addresses import page
from apps.reader.visit import Visit
from apps.responses.queries import OwnResponse
from apps.surveys.arms import VOTES_BEFORE_AGAIN, Arm, arm_of
from apps.surveys.queries import definition_in


def post_question_due(visit: Visit, votes_cast: int) -> bool:
    """Whether it is time to ask this reader: sent, seen enough of what others think, and not asked before."""
    if votes_cast < VOTES_BEFORE_AGAIN or visit.own is None or not visit.own.finished:
        return False
    return bool(visit.definition.again) and not was_asked_again(visit)


def was_asked_again(visit: Visit) -> bool:
    """Also whoever left it blank was asked."""
    return visit.own is not None and any(name in visit.own.answers for name in visit.definition.again)


def invitation(request: HttpRequest, visit: Visit, votes_cast: int) -> str:
    """Where to send a reader whom it is time to ask; nothing for all others.

    For `reader/again_invitation.html`, which also wants `carried` and `pass_text` where the page carries a token.
    """
    return page(request, "again", visit.inquiry.slug) if post_question_due(visit, votes_cast) else ""


def in_suspense(own: OwnResponse) -> frozenset[str]:
    """Questions whose results this reader must not see yet: those they were not asked at first and will be asked."""
    whole, asked = (definition_in(own.version_id, arm) for arm in (Arm.A, arm_of(own.coins)))
    if any(name in own.answers for name in asked.again):
        return frozenset()
    return frozenset(whole.by_id.keys() - asked.by_id.keys())
