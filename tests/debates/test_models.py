"""Promises that the database keeps, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.common.writing import today
from apps.debates.models import Ballot, Debate, Exposure, Statement, VoteLog
from apps.inquiries.models import Inquiry
from tests.debates.factories import make_debate, make_reader, make_statement, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate():
    return make_debate(statements=2)


def refused(promise: str):
    return pytest.raises(IntegrityError, match=promise)


@pytest.mark.parametrize(
    ("promise", "fields"),
    [
        ("one_statement_per_number", {"number": 1}),
        ("statements_count_from_one", {"number": 0}),
        ("statement_origin_is_known", {"origin": "other"}),
        ("statement_state_is_known", {"state": "other"}),
        ("rejected_statements_have_a_reason", {"state": "rejected"}),
        ("rejected_statements_have_a_reason", {"reason": "insult"}),
        ("merged_statements_say_into_which", {"state": "merged"}),
        ("imported_statements_keep_their_id", {"origin": "imported"}),
        ("imported_statements_keep_their_id", {"imported_id": 4}),
        ("one_statement_per_seed", {"seed": "S01"}),
    ],
)
def test_statement_that_breaks_a_promise_is_refused(debate, promise, fields):
    with refused(promise), transaction.atomic():
        make_statement(debate, **{"number": 3, **fields})


def test_reader_writes_a_statement_once_but_may_take_it_back(debate):
    make_statement(debate, 3, "同じ文。", origin="reader", state="withdrawn")
    make_statement(debate, 4, "同じ文。", origin="reader", state="waiting")

    with refused("readers_write_a_statement_once"), transaction.atomic():
        make_statement(debate, 5, "同じ文。", origin="reader", state="rejected", reason="unclear")


def test_statement_is_not_merged_into_itself(debate):
    one = Statement.objects.get(number=1)

    with refused("no_statement_merged_into_itself"), transaction.atomic():
        Statement.objects.filter(pk=one.pk).update(state="merged", merged_into=one)


def test_review_by_somebody_has_a_time(debate, django_user_model):
    user = django_user_model.objects.create_user("who@example.org")

    with refused("a_review_by_somebody_has_a_time"), transaction.atomic():
        Statement.objects.filter(number=1).update(moderated_by=user)


def test_vote_log_cannot_be_rewritten(debate):
    vote(debate, make_reader(debate), 1)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        VoteLog.objects.update(choice=2)
    assert VoteLog.objects.get().choice == 1


def test_log_knows_no_fifth_choice_and_no_revision_twice(debate):
    row = {"pseudonym": b"x" * 16, "debate": debate, "number": 1, "revision": 1, "day": today()}

    with refused("vote_choice_is_known"), transaction.atomic():
        VoteLog.objects.create(**row, choice=5)
    VoteLog.objects.create(**row, choice=4)
    with refused("one_vote_row_per_revision"), transaction.atomic():
        VoteLog.objects.create(**row, choice=1)


@pytest.mark.parametrize("probability", [0, -0.1, 1.01])
def test_what_was_shown_had_a_probability(debate, probability):
    card = {"pseudonym": b"x" * 16, "position": 1, "number": 1, "policy": "1", "day": today()}

    with refused("what_was_shown_had_a_probability"), transaction.atomic():
        Exposure.objects.create(debate=debate, probability=probability, **card)


def test_ballots_of_imported_readers_are_told_apart(debate):
    Ballot.objects.create(pk=b"a" * 16, debate=debate, imported_id=5)

    with refused("one_ballot_per_imported_reader"), transaction.atomic():
        Ballot.objects.create(pk=b"b" * 16, debate=debate, imported_id=5)


def test_no_table_of_the_debate_holds_an_address_or_a_minute_of_a_reader():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_name LIKE 'debates_%%' AND (data_type LIKE 'timestamp%%' OR data_type IN ('inet', 'cidr'))"
        )
        columns = {row[0] for row in cursor.fetchall()}

    assert columns == {"debates_statement.moderated_at", "debates_opinionmap.created_at"}  # what staff and worker did


def test_deleted_inquiry_takes_its_debate_along(debate):
    vote(debate, make_reader(debate), 1)
    one, two = Statement.objects.order_by("number")
    Statement.objects.filter(pk=two.pk).update(state="merged", merged_into=one)

    Inquiry.objects.get(pk=debate.pk).delete()

    assert [model.objects.count() for model in (Debate, Statement, Ballot, VoteLog)] == [0, 0, 0, 0]
