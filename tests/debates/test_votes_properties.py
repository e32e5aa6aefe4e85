"""Whatever a reader votes, changes, takes back and sends twice: the ballot is what the log comes to."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.debates.choices import Choice
from apps.debates.models import Ballot, VoteLog
from apps.debates.queries import own_votes
from tests.debates.factories import make_debate, make_reader, undo, vote

pytestmark = pytest.mark.django_db

bounded = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
step = st.one_of(
    st.tuples(st.integers(1, 6), st.sampled_from(list(Choice))),  # NONE: undo
    st.integers(0, 9),  # one of the earlier ones is sent again
)


@pytest.fixture
def debate():
    return make_debate()


@bounded
@given(steps=st.lists(step, max_size=12))
def test_ballot_is_the_replay_of_the_log(debate, steps):
    reader, sent = make_reader(debate), []

    for each in steps:
        if isinstance(each, tuple):
            number, choice = each
            key = uuid4()
            done = vote(debate, reader, number, choice, key=key) if choice else undo(debate, reader, number, key=key)
            sent.append((number, choice, key, done))
        elif sent:
            number, choice, key, first = sent[each % len(sent)]
            again = vote(debate, reader, number, choice, key=key) if choice else undo(debate, reader, number, key=key)
            assert (again.replayed, again.revision, again.created) == (True, first.revision, first.created)

    log = list(VoteLog.objects.filter(pseudonym=reader.pseudonym).order_by("id").values_list("number", "choice"))
    replayed = {number: Choice(choice) for number, choice in log}
    assert log == [(number, choice) for number, choice, _key, _done in sent]
    assert own_votes(reader.pseudonym).votes == {number: choice for number, choice in replayed.items() if choice}
    assert list(Ballot.objects.filter(pk=reader.pseudonym).values_list("revision", flat=True)) == [len(log)] * bool(log)


@bounded
@given(votes=st.lists(st.tuples(st.integers(1, 6), st.sampled_from(list(Choice)[1:])), min_size=1, max_size=8))
def test_vote_is_created_where_none_stood_before(debate, votes):
    reader, standing = make_reader(debate), set()

    for number, choice in votes:
        assert vote(debate, reader, number, choice).created == (number not in standing)
        standing.add(number)
