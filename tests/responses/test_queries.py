from datetime import timedelta

import pytest

from apps.inquiries.models import Inquiry
from apps.responses import queries
from apps.responses.actions import today
from apps.responses.models import Response
from apps.responses.queries import AnswerColumns
from apps.responses.spread import ResponseCounts, Spread, spread
from apps.surveys.codes import pack_codes
from tests.responses.factories import built_in_document, instrument_of, make_identity, make_inquiry, record

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "Q1": 4,
    "Q2": {"a": 3, "b": 2},
    "Q3": "…",
    "Q4": 2,
    "Q5": 3,
    "Q6": 1,
    "Q7": 1,
    "Q8": 1,
    "Q9": [3, 1],
    "B1": 2,
    "B2": 1,
    "B3": 1,
}


@pytest.fixture
def inquiry() -> Inquiry:
    """One reader who answered everything, one who gave some, one who gave one answer on a later screen."""
    inquiry = make_inquiry()
    half = {name: EVERYTHING[name] for name in ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7")}
    record(inquiry, EVERYTHING, identity=make_identity(inquiry, b"all"), finished=True, screen=5)
    record(inquiry, half, identity=make_identity(inquiry, b"half"), screen=3, language="en", device="computer")
    record(inquiry, {"Q1": 2}, identity=make_identity(inquiry, b"one"), screen=3, simulated=True)
    return inquiry


def test_counts_say_how_far_readers_came(inquiry):
    Response.objects.filter(finished=True).update(started_day=today() - timedelta(days=1))

    assert spread(inquiry.pk, today=today()).counts == ResponseCounts(
        readers=3, finished=1, complete=1, partial=1, break_off=1, today=2
    )


def test_counts_of_nobody_are_noughts(db):
    assert spread(7, today=today()) == Spread(ResponseCounts(0, 0, 0, 0, 0, 0), {}, {}, {}, {})
    assert queries.answer_columns(7) == []
    assert queries.log_watermark(7) == 0


def test_columns_hold_every_reader_without_saying_who(inquiry):
    definition = instrument_of(inquiry).definition

    (column,) = queries.answer_columns(inquiry.pk)

    width = len(definition.slots)
    rows = [column.codes[start : start + width] for start in range(0, len(column.codes), width)]
    expected = sorted((bytes(row.codes), row.status) for row in Response.objects.all())
    assert rows == [codes for codes, _status in expected]
    assert pack_codes(definition, EVERYTHING) in rows
    assert column == AnswerColumns(
        version_id=instrument_of(inquiry).version_id,
        readers=3,
        codes=b"".join(rows),
        statuses="".join(status[0] for _codes, status in expected).encode(),
        first_day=today(),
        last_day=today(),
    )


def test_columns_are_the_same_whoever_came_first(inquiry):
    readers = [(b"one", {"Q1": 2}), (b"two", EVERYTHING)]
    for slug, order in (("other", readers), ("third", readers[::-1])):
        asked = make_inquiry(slug)
        for token, answers in order:
            record(asked, answers, identity=make_identity(asked, token))

    (first,), (second,) = (queries.answer_columns(Inquiry.objects.get(slug=slug).pk) for slug in ("other", "third"))

    assert (first.codes, first.statuses) == (second.codes, second.statuses)


def test_one_look_at_the_rows_tells_screens_devices_languages_and_days(inquiry, django_assert_num_queries):
    Response.objects.filter(finished=True).update(started_day=today() - timedelta(days=1))

    with django_assert_num_queries(1):
        found = spread(inquiry.pk, today=today())

    assert found.furthest == {3: 2, 5: 1}
    assert found.devices == queries.devices(inquiry.pk) == {"computer": 1, "phone": 2}
    assert found.languages == queries.languages(inquiry.pk) == {"en": 1, "ja": 2}
    assert found.days == {today() - timedelta(days=1): 1, today(): 2}
    assert queries.views_by_screen(inquiry.pk) == {}


def test_operators_see_readers_by_version(inquiry):
    record(make_inquiry("another"), {"Q1": 4})

    lines = queries.counts_by_version()

    told = [tuple(line.values()) for line in lines]
    assert [sorted(line) for line in lines] == [
        ["break_off", "complete", "inquiry__slug", "made_up", "partial", "readers", "version__number"]
    ] * 2
    assert told == [("another", 1, 1, 0, 0, 1, 0), ("one-founder-ai", 1, 3, 1, 1, 1, 1)]


def test_own_response_tells_everything_about_one_reader(inquiry):
    who = make_identity(inquiry, b"half")

    own = queries.own_response(who.pseudonym)

    row = Response.objects.get(pk=who.pseudonym)
    assert (own.slug, own.answers, own.status, own.finished) == (inquiry.slug, row.answers, "partial", False)
    assert (own.revision, own.screen, own.coins, own.language) == (1, 3, {"dir_main": 1}, "en")
    assert (own.version_id, own.receipt_hash) == (row.version_id, bytes(row.participant.receipt_hash))
    assert queries.own_response(b"nobody's pseudon") is None


def test_watermark_grows_with_every_write(inquiry):
    before = queries.log_watermark(inquiry.pk)

    record(inquiry, {"Q1": 1}, identity=make_identity(inquiry, b"one"))

    assert queries.log_watermark(inquiry.pk) == before + 1


def test_every_question_of_the_built_in_inquiry_is_in_these_tests():
    assert {item["id"] for item in built_in_document()["items"]} - {"Q1L"} <= set(EVERYTHING)
