import pytest

from apps.accounts.models import AuditEntry
from apps.debates.actions import erase_ballot
from apps.debates.models import Statement, StatementState
from apps.debates.moderation import (
    approve_statement,
    merge_statement,
    reject_statement,
    reopen_statement,
    review_together,
    show_held_words,
    withdraw_statement,
)
from apps.debates.queries import served_statements
from apps.debates.rules import Overtaken, ReviewRefused, ReviewsRefused, StillHeld
from tests.debates.factories import make_debate, make_moderator, make_reader, make_statement, propose, vote_on_all

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


def decided(number: int) -> tuple[str, str]:
    statement = Statement.objects.get(number=number)
    return statement.state, statement.reason


@pytest.mark.parametrize("decision", ["approve", "reject", "merge"])
def test_every_decision_can_be_taken_back(waiting, moderator, decision):
    match decision:
        case "approve":
            approve_statement(statement=waiting, by=moderator)
        case "reject":
            reject_statement(statement=waiting, reason="unclear", by=moderator)
        case "merge":
            merge_statement(statement=waiting, into=Statement.objects.get(number=1), by=moderator)

    reopened = reopen_statement(statement=waiting, by=moderator)

    assert (reopened.state, reopened.reason, reopened.merged_into) == (WAITING, "", None)
    assert AuditEntry.objects.first().action == "statement.reopened"


@pytest.fixture
def stood_for(debate, waiting, moderator):
    """Number 4, merged into number 3, which is published."""
    approve_statement(statement=waiting, by=moderator)
    merged = make_statement(debate, 4, "似た意見。", origin="reader", state=WAITING)
    return merge_statement(statement=merged, into=waiting, by=moderator)


@pytest.mark.parametrize("decision", ["reject", "reopen"])
def test_what_a_statement_stood_for_waits_again_when_it_goes(waiting, stood_for, moderator, decision):
    if decision == "reject":
        reject_statement(statement=waiting, reason="unclear", by=moderator)
    else:
        reopen_statement(statement=waiting, by=moderator)

    last = AuditEntry.objects.order_by("-id").first()
    assert decided(4) == (WAITING, "")
    assert (last.action, last.detail["number"], last.detail["from"]) == ("statement.reopened", 4, "merged")


@pytest.mark.parametrize("leave", ["withdraw", "erase"])
def test_what_a_statement_stood_for_waits_again_when_its_author_goes(debate, waiting, stood_for, leave):
    Statement.objects.filter(pk=waiting.pk).update(author=b"a" * 16)

    if leave == "withdraw":
        withdraw_statement(inquiry_id=debate.pk, number=3, pseudonym=b"a" * 16)
    else:
        erase_ballot(pseudonym=b"a" * 16)

    assert (decided(3)[0], decided(4)) == ("withdrawn", (WAITING, ""))


def test_what_waits_has_no_decision_to_take_back(waiting, moderator):
    with pytest.raises(ReviewRefused):
        reopen_statement(statement=waiting, by=moderator)


def test_review_of_a_page_that_is_out_of_date_changes_nothing(waiting, moderator):
    other = make_moderator("other@example.org")
    approve_statement(statement=waiting, by=other, seen=WAITING)

    with pytest.raises(Overtaken) as refused:
        reject_statement(statement=waiting, reason="unclear", by=moderator, seen=WAITING)

    assert (refused.value.statement.state, refused.value.statement.moderated_by) == (APPROVED, other)
    assert decided(3) == (APPROVED, "")
    assert AuditEntry.objects.count() == 1


def test_several_are_reviewed_together_or_none_is(debate, waiting, moderator):
    second = make_statement(debate, 4, "もう一つの意見。", origin="reader", state=WAITING)
    gone = make_statement(debate, 5, "消えた意見。", origin="reader", state="withdrawn")

    def reject(statement):
        return reject_statement(statement=statement, reason="off_topic", by=moderator)

    with pytest.raises(ReviewsRefused) as refused:
        review_together(statements=[second, gone, waiting], review=reject)
    assert [refusal.statement.number for refusal in refused.value.refusals] == [5]
    assert (decided(3), decided(4), AuditEntry.objects.count()) == ((WAITING, ""), (WAITING, ""), 0)

    review_together(statements=[second, waiting], review=reject)

    assert (decided(3), decided(4), AuditEntry.objects.count()) == ((REJECTED, "off_topic"), (REJECTED, "off_topic"), 2)


@pytest.fixture
def held(debate):
    """A reader's statement with a telephone number in it."""
    debate = make_debate("phones", statements=5)
    reader = make_reader(debate)
    vote_on_all(debate, reader, "+++++")
    propose(debate, reader, "反対の人は090-1234-5678に電話を")
    return Statement.objects.get(debate=debate, number=6)


def test_statement_with_personal_data_waits_and_says_of_which_kind(held):
    assert (held.state, held.held, held.masked) == (WAITING, ["phone"], True)


def test_held_statement_is_published_only_when_somebody_says_that_it_holds_none(held, moderator):
    with pytest.raises(StillHeld):
        approve_statement(statement=held, by=moderator)
    assert Statement.objects.get(pk=held.pk).state == WAITING

    approved = approve_statement(statement=held, by=moderator, cleared=True)

    assert (approved.state, approved.masked) == (APPROVED, False)


def test_log_says_who_looked_and_who_decided_and_never_what_was_there(held, moderator):
    show_held_words(statement=held, by=moderator)
    approve_statement(statement=held, by=moderator, cleared=True)

    entries = list(AuditEntry.objects.order_by("id").values_list("action", "target", "detail"))
    decision = {"number": 6, "from": "waiting", "to": "approved", "reason": "", "into": None, "held": ["phone"]}
    assert entries == [
        ("statement.seen", "phones", {"number": 6, "held": ["phone"]}),
        ("statement.approved", "phones", decision),
    ]
    assert "090" not in repr(entries)


def test_what_lost_its_words_is_neither_published_nor_opened_again(debate, moderator):
    empty = make_statement(debate, 3, origin="reader", state=REJECTED, reason="personal")
    Statement.objects.filter(pk=empty.pk).update(text="", folded="")

    for review in (approve_statement, reopen_statement):
        with pytest.raises(ReviewRefused):
            review(statement=empty, by=moderator)


def test_author_withdraws_while_a_moderator_looks(held, moderator):
    reader = bytes(held.author)
    withdraw_statement(inquiry_id=held.debate_id, number=6, pseudonym=reader)

    with pytest.raises(Overtaken):
        approve_statement(statement=held, by=moderator, seen=WAITING, cleared=True)
