"""Whatever a reader sends in whatever parts: the row is the log's last row, and the log is what was sent."""

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.inquiries.models import Inquiry
from apps.participants.queries import Identity
from apps.responses.models import Response, ResponseLog
from apps.responses.verification import code_faults, ledger_faults
from apps.surveys.codes import unpack_codes
from apps.surveys.definition import BLANK
from apps.surveys.schema import answer_status
from tests.responses.factories import instrument_of, make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db

bounded = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
tokens: Iterator[bytes] = (number.to_bytes(16) for number in count(1))

CLOSED = ["Q1", "Q4", "Q5", "Q6", "B1"]  # each shown to everybody, answered by one of the first two codes
part = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from([1, 2, None]) for name in CLOSED},
        "Q1L": st.none(),
        "Q2": st.dictionaries(st.sampled_from("ab"), st.sampled_from([1, 2, None]), min_size=1),
        "Q3": st.sampled_from(["短い考え", "もっと長い考え𠮷", None]),
        "Q7": st.sampled_from([1, {"code": 7, "text": "自営業"}, 7, None]),
        "Q9": st.permutations([1, 2, 3]).map(lambda order: order[:2]),
    },
)
write = st.fixed_dictionaries(
    {
        "answers": part,
        "finished": st.booleans(),
        "language": st.sampled_from(["ja", "en"]),
        "screen": st.integers(1, 6),
        "newcomer": st.booleans(),
    }
)
again = st.integers(0, 5)  # a retry of one of the writes so far


@pytest.fixture
def inquiry() -> Inquiry:
    return make_inquiry()


def send_all(inquiry: Inquiry, identity: Identity, steps: list[Any]) -> list[dict[str, Any]]:
    """Sends writes and retries in turn; a retry must bring the reply of its first time. Returns the writes."""
    sent: list[tuple[dict[str, Any], Any]] = []
    for step in steps:
        if isinstance(step, int):
            if sent:
                earlier, first = sent[step % len(sent)]
                repeated = record(inquiry, identity=identity, **earlier)
                assert (repeated.replayed, repeated.reply, repeated.receipt) == (True, first.reply, first.receipt)
        else:
            call = {**step, "key": uuid4()}
            sent.append((call, record(inquiry, identity=identity, **call)))
    return [call for call, _recorded in sent]


@bounded
@given(first=write, steps=st.lists(st.one_of(write, again), max_size=6))
def test_row_is_the_last_log_row_and_the_log_is_what_was_sent(inquiry, first, steps):
    identity, definition = make_identity(inquiry, next(tokens)), instrument_of(inquiry).definition

    writes = send_all(inquiry, identity, [first, *steps])

    row = Response.objects.get(pk=identity.pseudonym)
    log = list(ResponseLog.objects.filter(pseudonym=identity.pseudonym).order_by("revision"))
    assert [line.revision for line in log] == list(range(1, len(writes) + 1))
    assert (row.answers, row.status, row.revision) == (log[-1].answers, log[-1].status, log[-1].revision)
    assert row.status == answer_status(definition, row.answers)
    assert row.finished == any(each["finished"] for each in writes)
    assert row.screen == max(each["screen"] for each in writes)
    assert row.language == writes[-1]["language"]


@bounded
@given(writes=st.lists(write, min_size=1, max_size=6))
def test_every_closed_question_keeps_its_last_answer(inquiry, writes):
    identity, definition = make_identity(inquiry, next(tokens)), instrument_of(inquiry).definition

    send_all(inquiry, identity, writes)

    row = Response.objects.get(pk=identity.pseudonym)
    last = {name: each["answers"][name] for each in writes for name in CLOSED if name in each["answers"]}
    expected = {name: BLANK if answer is None else answer for name, answer in last.items()}
    unpacked = unpack_codes(definition, bytes(row.codes))
    assert {name: row.answers[name] for name in CLOSED if name in row.answers} == expected
    assert {name: unpacked[name] for name in CLOSED if name in unpacked} == expected


@bounded
@given(steps=st.lists(st.one_of(write, again), max_size=6))
def test_ledger_holds_after_any_sends(inquiry, steps):
    identity = make_identity(inquiry, next(tokens))

    send_all(inquiry, identity, steps)

    assert [*ledger_faults(inquiry.pk), *code_faults(inquiry.pk)] == []
