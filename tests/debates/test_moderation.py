import pytest

from apps.accounts.models import AuditEntry
from apps.debates.models import Statement, StatementState
from apps.debates.moderation import approve_statement, merge_statement, reject_statement
from apps.debates.queries import served_statements
from apps.debates.rules import ReviewRefused
from tests.debates.factories import make_debate, make_moderator, make_statement

pytestmark = pytest.mark.django_db

WAITING, APPROVED, REJECTED = StatementState.WAITING, StatementState.APPROVED, StatementState.REJECTED


@pytest.fixture
def debate():
    return make_debate(statements=2)


@pytest.fixture
def moderator():
    return make_moderator()


@pytest.fixture
def waiting(debate):
    return make_statement(debate, 3, "読者の意見。", origin="reader", state=WAITING)


def test_approved_statement_is_served_and_says_who_let_it_in(debate, waiting, moderator):
    approve_statement(statement=waiting, by=moderator)

    stored = Statement.objects.get(number=3)
    assert [each.number for each in served_statements(debate)] == [1, 2, 3]
    assert (stored.moderated_by, stored.moderated_at is None) == (moderator, False)


def test_rejected_statement_has_a_reason_until_it_is_let_in_after_all(debate, waiting, moderator):
    rejected = reject_statement(statement=waiting, reason="off_topic", by=moderator)
    assert (rejected.state, rejected.reason) == (REJECTED, "off_topic")

    approved = approve_statement(statement=waiting, by=moderator)

    assert (approved.state, approved.reason) == (APPROVED, "")


def test_merged_statement_names_the_other_and_takes_those_merged_before_along(debate, waiting, moderator):
    first = make_statement(debate, 4, "似た意見。", origin="reader")
    merge_statement(statement=first, into=approve_statement(statement=waiting, by=moderator), by=moderator)

    merge_statement(statement=waiting, into=Statement.objects.get(number=1), by=moderator)

    into = dict(Statement.objects.filter(state="merged").values_list("number", "merged_into__number"))
    assert into == {3: 1, 4: 1}
    assert [each.number for each in served_statements(debate)] == [1, 2]


def test_merging_can_be_undone(waiting, moderator):
    merge_statement(statement=waiting, into=Statement.objects.get(number=1), by=moderator)

    approved = approve_statement(statement=waiting, by=moderator)

    assert (approved.state, approved.merged_into) == (APPROVED, None)


def test_merging_wants_another_statement_of_the_debate_that_is_served(debate, waiting, moderator):
    elsewhere = make_statement(make_debate("other", statements=0), 1)
    not_shown = make_statement(debate, 4, "まだ出ていない意見。", state=WAITING)

    for into in (waiting, elsewhere, not_shown):
        with pytest.raises(ReviewRefused):
            merge_statement(statement=waiting, into=into, by=moderator)
    assert Statement.objects.get(pk=waiting.pk).state == WAITING


def test_withdrawn_statement_is_not_reviewed(debate, moderator):
    gone = make_statement(debate, 3, state="withdrawn")
    one = Statement.objects.get(number=1)

    for review in (
        lambda: approve_statement(statement=gone, by=moderator),
        lambda: reject_statement(statement=gone, reason="unclear", by=moderator),
        lambda: merge_statement(statement=gone, into=one, by=moderator),
    ):
        with pytest.raises(ReviewRefused):
            review()


def test_second_press_of_the_same_button_is_refused(waiting, moderator):
    approve_statement(statement=waiting, by=moderator)

    with pytest.raises(ReviewRefused):
        approve_statement(statement=waiting, by=moderator)


def test_every_review_is_in_the_audit_log(debate, waiting, moderator):
    reject_statement(statement=waiting, reason="insult", by=moderator)
    approve_statement(statement=waiting, by=moderator)
    merge_statement(statement=waiting, into=Statement.objects.get(number=2), by=moderator)

    entries = AuditEntry.objects.order_by("id").values_list("action", "actor", "target", "publication", "detail")
    about = (moderator.pk, "debate", debate.inquiry.publication_id)
    details = [
        {"number": 3, "from": "waiting", "to": "rejected", "reason": "insult", "into": None},
        {"number": 3, "from": "rejected", "to": "approved", "reason": "", "into": None},
        {"number": 3, "from": "approved", "to": "merged", "reason": "", "into": 2},
    ]
    actions = ["statement.rejected", "statement.approved", "statement.merged"]
    assert list(entries) == [(action, *about, detail) for action, detail in zip(actions, details, strict=True)]
