"""Deciding what may be quoted: only what its writer agreed to, only the words that were looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import AuditEntry, Role
from apps.responses.actions import erase_response
from apps.responses.models import QuoteRefusal, QuoteReview, QuoteState
from apps.responses.quotes import (
    Overtaken,
    QuoteGone,
    count_offered,
    decide_quote,
    joined,
    masked,
    offered_texts,
    past_decisions,
)
from tests.accounts.cast import member, publication
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db

AGREED = {"Q1": 4, "Q3": "力が集まるのは怖い", "Q3c": True}


@pytest.fixture
def inquiry():
    return make_inquiry("bridge", publication=publication())


@pytest.fixture
def moderator():
    return member(Role.MODERATOR)


def offered(inquiry, state="waiting", **narrowed):
    return offered_texts(inquiry.pk, "Q3", "Q3c", state=state, **narrowed)


def decided(inquiry, by, text, state="approved", **changes):
    call = {"handle": text.handle, "seen": text.state, "state": QuoteState(state), **changes}
    return decide_quote(inquiry=inquiry, question="Q3", consent="Q3c", by=by, **call)


def counts(inquiry):
    return count_offered(inquiry.pk, "Q3", "Q3c")


def test_only_texts_whose_writers_agreed_are_offered(inquiry):
    record(inquiry, AGREED)
    record(inquiry, {"Q3": "引用しないで", "Q3c": False}, identity=make_identity(inquiry, b"another"))
    record(inquiry, {"Q3": "黙って"}, identity=make_identity(inquiry, b"third"))

    assert [text.words for text in offered(inquiry)] == ["力が集まるのは怖い"]
    assert counts(inquiry) == {"waiting": 1, "approved": 0, "refused": 0}


def test_handle_is_not_the_pseudonym(inquiry):
    record(inquiry, AGREED)

    assert offered(inquiry)[0].handle not in make_identity(inquiry).pseudonym.hex()


def test_approved_with_masks_and_told_to_the_log_without_words(inquiry, moderator):
    record(inquiry, AGREED)

    decided(inquiry, moderator, offered(inquiry)[0], masks=[[2, 5], [0, 1]])

    text = offered(inquiry, "approved")[0]
    assert text.shown == "■■■が■■■のは怖い"
    entry = AuditEntry.objects.get(action="quote.approved")
    assert (entry.actor, entry.target) == (moderator, "bridge")
    assert entry.detail == {"question": "Q3", "from": "waiting", "to": "approved", "reason": ""}


def test_refused_with_a_reason_and_reopened(inquiry, moderator):
    record(inquiry, AGREED)

    decided(inquiry, moderator, offered(inquiry)[0], "refused", reason=QuoteRefusal.PERSONAL)
    after = counts(inquiry)
    decided(inquiry, moderator, offered(inquiry, "refused")[0], "waiting")

    assert after == {"waiting": 0, "approved": 0, "refused": 1}
    text = offered(inquiry)[0]
    history = past_decisions(inquiry.pk, "Q3", [text.handle])[text.handle]
    assert [(one.state, one.reason, one.by) for one in history] == [
        ("waiting", "", "Moderator"), ("refused", "personal", "Moderator"),
    ]  # fmt: skip


def test_whoever_decided_first_is_not_overruled_unknowingly(inquiry, moderator):
    record(inquiry, AGREED)
    seen = offered(inquiry)[0]
    decided(inquiry, moderator, seen, "refused", reason=QuoteRefusal.OTHER)

    with pytest.raises(Overtaken) as met:
        decided(inquiry, moderator, seen)

    assert met.value.state == "refused"
    assert QuoteReview.objects.count() == 1


def test_changed_words_are_looked_at_anew(inquiry, moderator):
    record(inquiry, AGREED)
    decided(inquiry, moderator, offered(inquiry)[0])
    record(inquiry, AGREED | {"Q3": "あとから変えた"})

    assert counts(inquiry) == {"waiting": 1, "approved": 0, "refused": 0}
    assert offered(inquiry)[0].words == "あとから変えた"


def test_consent_taken_back_takes_the_quote_back(inquiry, moderator):
    record(inquiry, AGREED)
    decided(inquiry, moderator, offered(inquiry)[0])
    seen = offered(inquiry, "approved")[0]
    record(inquiry, {"Q3c": False})

    assert offered(inquiry, "approved") == []
    with pytest.raises(QuoteGone):
        decided(inquiry, moderator, seen, "waiting")


def test_erasing_the_reader_takes_the_decision_along(inquiry, moderator):
    record(inquiry, AGREED)
    decided(inquiry, moderator, offered(inquiry)[0])

    erase_response(pseudonym=make_identity(inquiry).pseudonym)

    assert not QuoteReview.objects.exists()
    assert offered(inquiry, "approved") == []


def test_pages_go_on_where_the_last_one_ended(inquiry):
    for number in range(3):
        record(inquiry, AGREED, identity=make_identity(inquiry, bytes([number]) * 16))

    first = offered(inquiry, most=2)
    rest = offered(inquiry, most=2, after=first[-1].handle)

    assert sorted(text.handle for text in (*first, *rest)) == [text.handle for text in (*first, *rest)]
    assert (len(first), len(rest)) == (2, 1)


SPANS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=6)


@given(st.text(max_size=20), SPANS)
def test_nothing_that_is_blacked_out_is_left_and_everything_else_is(words, spans):
    hidden = {place for start, end in spans for place in range(max(0, start), min(end, len(words)))}

    shown = masked(words, spans)

    assert shown.replace("■■■", "") == "".join(sign for place, sign in enumerate(words) if place not in hidden).replace(
        "■■■", ""
    )
    assert joined(joined(spans, len(words)), len(words)) == joined(spans, len(words))
