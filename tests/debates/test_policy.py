from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.debates.models import RejectionReason
from apps.debates.policy import EXPLAINED, SMALLEST, Reviewed, reviewed_statements, told_apart
from tests.debates.factories import make_debate, make_statement

numbers = count(1)


def test_every_reason_is_explained():
    assert set(EXPLAINED) == set(RejectionReason)


def write(debate, how_many, **fields):
    for _ in range(how_many):
        number = next(numbers)
        make_statement(debate, number, f"意見その{number}", **{"origin": "reader", **fields})


@pytest.mark.django_db
def test_readers_statements_are_counted_by_what_became_of_them():
    debate = make_debate(statements=0)
    write(debate, 3)
    write(debate, 20, origin="seed")
    write(debate, 2, state="waiting")
    write(debate, 12, state="rejected", reason="off_topic")
    write(debate, 25, state="rejected", reason="insult")
    write(debate, 6, state="rejected", reason="unclear")
    write(debate, 5, state="rejected", reason="personal")

    counted = reviewed_statements(debate.pk)

    assert counted == Reviewed(
        published=3, merged=0, withheld=48, reasons=[("insult", 25), ("off_topic", 12)], other_reasons=11
    )


@pytest.mark.django_db
def test_a_few_are_not_counted():
    debate = make_debate(statements=0)
    write(debate, 4, state="rejected", reason="insult")

    assert reviewed_statements(debate.pk) == Reviewed(0, 0, None, [], 0)


@given(st.dictionaries(st.sampled_from(list(RejectionReason)), st.integers(1, 40)))
def test_nothing_small_can_be_found_by_taking_away(given):
    told = told_apart(given)

    rest = sum(given.values()) - sum(told.values())
    assert all(n >= SMALLEST for n in told.values())
    assert rest == 0 or rest >= SMALLEST or not told
