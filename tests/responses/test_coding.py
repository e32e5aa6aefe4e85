"""Two people sort texts into themes without knowing of each other; where they differ, it is settled afterwards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import AuditEntry, Role
from apps.inquiries.models import Inquiry, State
from apps.reports.retention import purge_expired
from apps.responses import code_books, coding
from apps.responses.actions import erase_response
from apps.responses.code_books import BookRefused, add_codes, book_of, change_code, open_book, share_twice
from apps.responses.coding import (
    NotYours,
    Progress,
    TextGone,
    all_codings,
    code_text,
    next_text,
    own_coding,
    progress,
    settle_text,
    words_of,
)
from apps.responses.models import Coding, QuoteReview, QuoteState
from apps.responses.quotes import decide_quote, offered_texts
from tests.accounts.cast import member, publication
from tests.responses.factories import make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db


def reader(inquiry, number):
    return make_identity(inquiry, bytes([number]) * 16)


@pytest.fixture
def inquiry():
    inquiry = make_inquiry("bridge", publication=publication())
    for number in range(4):
        record(inquiry, {"Q1": 4, "Q3": f"理由 {number}"}, identity=reader(inquiry, number))
    record(inquiry, {"Q1": 4}, identity=reader(inquiry, 9))
    return inquiry


@pytest.fixture
def ann():
    return member(Role.ANALYST, named="ann")


@pytest.fixture
def ben():
    return member(Role.MODERATOR, named="ben")


@pytest.fixture
def book(inquiry, ann):
    open_book(inquiry=inquiry, question="Q3", by=ann)
    book = book_of(inquiry.pk, "Q3")
    add_codes(
        book=book, codes=[({"ja": "速さ"}, ""), ({"ja": "責任", "en": "Responsibility"}, "だれが答えるか")], by=ann
    )
    return book_of(inquiry.pk, "Q3")


def code_all(book, coder, codes):
    """Everything that is left for this coder; `codes`: from the words of a text to its themes."""
    done = []
    while text := next_text(book, coder):
        code_text(book=book, handle=text.handle, codes=codes(text.words), by=coder)
        done.append(text.words)
    return done


def first(_words):
    return [1]


def odd(words):
    return [1] if int(words[-1]) % 2 else [1, 2]


def test_of_few_texts_both_code_all_and_only_then_see_where_they_differ(book, ann, ben):
    by_ann = code_all(book, ann, first)
    between = progress(book, ben)
    by_ben = code_all(book, ben, odd)

    assert sorted(by_ann) == sorted(by_ben) == [f"理由 {number}" for number in range(4)]
    assert between == Progress(texts=4, coded=4, twice=4, twice_done=0, mine=0, left=4, settled=0)
    assert not between.compared
    assert progress(book, ann) == Progress(texts=4, coded=4, twice=4, twice_done=4, mine=4, left=0, settled=0)
    differing = [each.handle for each in all_codings(book) if each.differ]
    assert sorted(text.words for text in words_of(book, differing).values()) == ["理由 0", "理由 2"]


def test_a_third_person_has_nothing_left(book, ann, ben):
    code_all(book, ann, first)
    code_all(book, ben, first)

    third = member(Role.AUTHOR)

    assert next_text(book, third) is None
    with pytest.raises(NotYours):
        code_text(book=book, handle=all_codings(book)[0].handle, codes=[1], by=third)


def test_one_may_change_what_one_saw_until_it_is_compared(book, ann, ben):
    text = next_text(book, ann)
    code_text(book=book, handle=text.handle, codes=[1], by=ann)
    code_text(book=book, handle=text.handle, codes=[2, 2, 1], by=ann)
    changed = own_coding(book, ann, text.handle)
    code_all(book, ann, first)
    code_all(book, ben, first)

    assert changed == (text, (1, 2))
    assert own_coding(book, ben, "nobody") is None
    with pytest.raises(NotYours):
        code_text(book=book, handle=text.handle, codes=[], by=ann)


def test_settling_says_what_holds(book, ann, ben):
    code_all(book, ann, first)
    code_all(book, ben, odd)
    differing = next(each for each in all_codings(book) if each.differ)

    settle_text(book=book, handle=differing.handle, codes=[2], by=ann)
    settle_text(book=book, handle=differing.handle, codes=[], by=ben)

    settled = next(each for each in all_codings(book) if each.handle == differing.handle)
    assert (differing.final, settled.final) == (None, ())
    assert progress(book, ann).settled == 1


def test_nothing_is_settled_before_all_is_compared(book, ann, ben):
    text = next_text(book, ann)
    for coder in (ann, ben):
        code_text(book=book, handle=text.handle, codes=[1], by=coder)

    with pytest.raises(NotYours):
        settle_text(book=book, handle=text.handle, codes=[1], by=ann)


def test_changed_words_are_coded_anew(book, inquiry, ann):
    code_all(book, ann, first)
    record(inquiry, {"Q3": "理由 7"}, identity=reader(inquiry, 0))

    assert next_text(book, ann).words == "理由 7"
    assert progress(book, ann).coded == 3


def test_erasing_the_reader_takes_the_codings_along(book, inquiry, ann):
    code_all(book, ann, first)

    erase_response(pseudonym=reader(inquiry, 0).pseudonym)

    assert Coding.objects.count() == len(all_codings(book)) == 3


def test_a_text_that_is_gone_cannot_be_coded(book, inquiry, ann):
    text = next_text(book, ann)
    Coding.objects.all().delete()
    for number in range(4):
        erase_response(pseudonym=reader(inquiry, number).pseudonym)

    with pytest.raises(TextGone):
        code_text(book=book, handle=text.handle, codes=[1], by=ann)


def test_only_codes_of_the_book_are_taken(book, ann):
    with pytest.raises(BookRefused):
        code_text(book=book, handle=next_text(book, ann).handle, codes=[1, 3], by=ann)

    assert not Coding.objects.exists()


def test_of_many_texts_a_share_is_coded_twice_and_the_rest_is_divided(book, inquiry, ann, ben, monkeypatch):
    monkeypatch.setattr(coding, "BASE", coding.BASE.replace(f"<= {coding.FEW}", "<= 3"))
    for number in range(10, 70):
        record(inquiry, {"Q1": 4, "Q3": f"理由 {number}"}, identity=reader(inquiry, number))
    share_twice(book=book, double_share=30, by=ann)

    whole = progress(book, ann)
    code_all(book, ann, first)
    code_all(book, ben, first)

    assert whole.texts == 64
    assert 8 <= whole.twice <= 31
    assert progress(book, ben).compared
    assert progress(book, ben).mine == whole.twice  # all else was done already
    assert len(all_codings(book)) == 64


def test_book_is_begun_once_and_every_change_is_in_the_log(book, inquiry, ann):
    open_book(inquiry=inquiry, question="Q3", by=ann)
    change_code(code=book.codes.first(), label={"ja": "スピード"}, description="", retired=True, by=ann)

    entries = AuditEntry.objects.filter(action__startswith="codebook").order_by("pk").values_list("action", "detail")
    assert list(entries) == [
        ("codebook.begun", {"question": "Q3"}),
        ("codebook.changed", {"question": "Q3", "codes": [1, 2]}),
        ("codebook.changed", {"question": "Q3", "codes": [1]}),
    ]


def test_too_many_codes_are_refused_as_a_whole(book, ann):
    with pytest.raises(BookRefused):
        add_codes(book=book, codes=[({"ja": "x"}, "")] * code_books.MOST_CODES, by=ann)

    assert book.codes.count() == 2


def test_reading_the_state_takes_one_query_whatever_there_is(book, ann):
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as found:
            progress(book, ann)
            next_text(book, ann)
            all_codings(book)
        counted.append(len(found))
        code_all(book, ann, first)

    assert counted == [3, 3]


def test_codings_and_decisions_go_with_the_words_and_the_book_stays(book, inquiry, ann):
    code_all(book, ann, first)
    for number in range(4):
        record(inquiry, {"Q3c": True}, identity=reader(inquiry, number))
    text = offered_texts(inquiry.pk, "Q3", "Q3c", state="waiting")[0]
    decide_quote(
        inquiry=inquiry, question="Q3", consent="Q3c", handle=text.handle, seen="waiting", by=ann,
        state=QuoteState.APPROVED,
    )  # fmt: skip
    now = timezone.now()
    left = []
    for days in (365, 367):
        Inquiry.objects.filter(pk=inquiry.pk).update(state=State.CLOSED, closes_at=now - timedelta(days=days))
        purge_expired(now)
        left.append((Coding.objects.count(), QuoteReview.objects.count(), book.codes.count()))

    assert left == [(4, 1, 2), (0, 0, 2)]
    assert all_codings(book) == []
