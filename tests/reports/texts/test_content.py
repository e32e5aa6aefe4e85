"""Words of one question, from real rows to numbers: what is typical of whom, and what is too rare to be told."""

from datetime import date, timedelta

import pytest

from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.texts.content import DRAWN_FOR_REPORT, MOST_READ_FOR_REPORT, for_everybody, texts_content
from apps.reports.texts.groups import by_arrival, fields
from apps.surveys.queries import published_instrument
from tests.reports.factories import answer_as
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db

AFRAID, GLAD = "歯止めがなく、力が集まるのは怖い。", "挑戦が速い。夢がある。"


@pytest.fixture
def inquiry():
    """20 on each side of the first question, 3 in the middle, one who left it blank and two who wrote nothing."""
    inquiry = make_inquiry()
    for reader in range(20):
        answer_as(inquiry, reader, {"Q1": 1 + reader % 2, "Q3": AFRAID})
        answer_as(inquiry, 100 + reader, {"Q1": 5, "Q3": GLAD}, language="en" if reader < 4 else "ja")
    for reader in range(3):
        answer_as(inquiry, 200 + reader, {"Q1": 3, "Q3": "未定 歯止め"})
    answer_as(inquiry, 300, {"Q3": "歯止め"})
    answer_as(inquiry, 301, {"Q1": 1, "Q3": None})
    answer_as(inquiry, 302, {"Q1": 1})
    return inquiry


def content(inquiry, by="Q1"):
    return texts_content(inquiry, {"question": "Q3", "by": by})


def words(group):
    return [each["word"] for each in group["words"]]


def test_words_typical_of_each_side(inquiry):
    found = content(inquiry)

    low, high = found["groups"]
    assert (low["key"], low["answers"], high["key"], high["answers"]) == ("low", 20, "high", 20)
    assert set(words(low)) == {"歯止め_ない", "力", "集まる", "怖い"}
    assert set(words(high)) == {"挑戦", "速い", "夢"}
    assert {each["answers"] for group in (low, high) for each in group["words"]} == {20}
    assert all(each["z"] > 2 and each["lift"] == 2.15 for each in low["words"])


def test_who_wrote_and_how_much(inquiry):
    found = content(inquiry)

    assert (found["shown"], found["wrote"]) == (45, 44)
    assert found["languages"] == {}  # four are too few, and 40 of 44 would tell
    assert found["signs"] == [11, 11, 17]
    assert found["frequent"][0] == {"word": "力", "answers": 20}
    assert "未定" not in str(found)


def test_words_that_stand_together_are_joined(inquiry):
    net = content(inquiry)["network"]

    joined = {
        frozenset((net["knots"][edge["one"]]["word"], net["knots"][edge["other"]]["word"])) for edge in net["edges"]
    }
    assert frozenset(("挑戦", "夢")) in joined
    assert not any({"夢", "力"} == pair for pair in joined)
    assert {edge["jaccard"] for edge in net["edges"]} == {1.0}


def test_the_same_answers_make_the_same_content(inquiry):
    assert content(inquiry) == content(inquiry)


def test_early_and_late_cannot_be_told_apart_on_one_day(inquiry):
    assert content(inquiry, by="arrival")["groups"] == []


def test_the_public_sees_fewer_and_rounder_numbers(inquiry):
    definition = published_instrument(inquiry.pk).definition

    found = for_everybody(inquiry, definition, "Q3", readers=45)

    assert (found["support"], found["by"]) == (10, "Q1")
    assert [(group["key"], group["answers"]) for group in found["groups"]] == [("low", 20), ("high", 20)]
    assert all(each["lift"] is None and round(each["z"], 1) == each["z"] for each in found["groups"][0]["words"])


def test_small_groups_and_rests_are_not_compared(inquiry):
    assert [group["key"] for group in content(inquiry, by="language")["groups"]] == []
    assert [group["key"] for group in content(inquiry, by="B1")["groups"]] == []


@pytest.mark.parametrize(
    "asked", [{"question": "Q1", "by": "Q1"}, {"question": "Q3", "by": "Q3"}, {"question": "", "by": ""}]
)
def test_what_is_not_there_cannot_be_asked(inquiry, asked):
    with pytest.raises(CannotBeCalculated):
        texts_content(inquiry, asked)


def test_nobody_has_written():
    found = content(make_inquiry())

    assert (found["shown"], found["wrote"], found["signs"]) == (0, 0, None)
    assert (found["groups"], found["frequent"], found["network"]["knots"]) == ([], [], [])


def test_fields_begin_with_opinions_and_end_with_how_the_answer_came():
    named = fields(published_instrument(make_inquiry().pk).definition)

    assert (named[0], named[-2:]) == ("Q1", ["arrival", "language"])
    assert "Q1L" not in named
    assert "Q3" not in named


def test_halves_of_arrival():
    days = [date(2026, 11, 1) + timedelta(days=number) for number in (3, 1, 0, 2)]

    assert by_arrival(days) == ["late", "early", "early", "late"]
    assert by_arrival([]) == []


def test_of_very_many_readers_some_are_drawn_by_lot(inquiry):
    definition = published_instrument(inquiry.pk).definition

    found = for_everybody(inquiry, definition, "Q3", readers=max(2 * DRAWN_FOR_REPORT, MOST_READ_FOR_REPORT + 1))

    assert found["by_lot"]
    assert 8 <= found["wrote"] <= 36  # of 44, each with the chance of one half
    assert found["wrote"] <= found["shown"] < 45
    assert not content(inquiry)["by_lot"]
    assert not for_everybody(inquiry, definition, "Q3", readers=MOST_READ_FOR_REPORT)["by_lot"]
