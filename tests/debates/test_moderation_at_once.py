"""Several moderators at the same moment, with real connections and real commits."""

from collections import Counter

import pytest

from apps.accounts.models import AuditEntry, User
from apps.debates.models import Statement, StatementState
from apps.debates.moderation import approve_statement, merge_statement, reject_statement, review_together
from apps.debates.rules import ReviewRefused, ReviewsRefused
from tests.debates.factories import make_debate, make_moderator, make_statement
from tests.responses.hands import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = StatementState.WAITING


@pytest.fixture
def moderators():
    return [make_moderator(f"moderator{n}@example.org") for n in range(8)]


def refused_or(review) -> str:
    try:
        return str(review().state)
    except ReviewRefused:
        return "refused"


def test_many_press_at_once_and_one_decision_stands(moderators):
    debate = make_debate(statements=1)
    waiting = make_statement(debate, 2, "読者の意見。", origin="reader", state=WAITING)

    def press(n: int) -> str:
        by = moderators[n % 8]
        if n % 2:
            return refused_or(lambda: approve_statement(statement=waiting, by=by, seen=WAITING))
        return refused_or(lambda: reject_statement(statement=waiting, reason="unclear", by=by, seen=WAITING))

    done = Counter(at_once(press, range(40)))

    stored = Statement.objects.get(pk=waiting.pk)
    assert done == {"refused": 39, str(stored.state): 1}
    assert AuditEntry.objects.count() == 1
    assert AuditEntry.objects.get().detail["to"] == stored.state


def test_two_that_are_merged_into_each_other_at_once_leave_one_to_stand(moderators):
    debate = make_debate(statements=2)
    one, two = Statement.objects.order_by("number")

    def merge(n: int) -> str:
        pair = {"statement": one, "into": two} if n % 2 else {"statement": two, "into": one}
        return refused_or(lambda: merge_statement(**pair, by=moderators[n % 8]))

    done = Counter(at_once(merge, range(40)))

    assert done == {"merged": 1, "refused": 39}
    assert sorted(Statement.objects.filter(debate=debate).values_list("state", flat=True)) == ["approved", "merged"]


def test_batches_that_overlap_are_each_done_whole_or_not_at_all(moderators):
    debate = make_debate(statements=0)
    rows = [make_statement(debate, n, f"意見{n}", origin="reader", state=WAITING) for n in range(1, 13)]
    batches = [rows[:8], rows[4:], rows[8:], rows[:4]]

    def review(n: int) -> int:
        by: User = moderators[n % 8]
        try:
            done = review_together(
                statements=batches[n % 4], review=lambda each: approve_statement(statement=each, by=by, seen=WAITING)
            )
        except ReviewsRefused:
            return 0
        return len(done)

    done = at_once(review, range(16))

    approved = Statement.objects.filter(state=StatementState.APPROVED).count()
    assert sum(done) == approved == AuditEntry.objects.count()
    assert approved in {8, 12}
