"""Each rule upon the built-in questionnaire: readers who were planted are marked, their neighbours are not."""

import numpy as np
import pytest

from apps.analysis.quality import WEIGHTS
from apps.debates.models import Statement
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.quality.counted import calculate
from apps.reports.quality.flags import Quality, quality_of
from apps.reports.report.gathering import gather
from apps.responses.models import Response
from apps.responses.signals import Signal
from tests.reports.quality.readers import CLOSED, MAIN, PACE, came, debated
from tests.responses.factories import make_inquiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    return make_inquiry()


def found_in(inquiry) -> tuple[Quality, dict[int, int]]:
    """The flags, and in which row each planted reader stands, by their number."""
    material = gather(inquiry)
    assert material is not None
    numbers = {bytes(each.pk): each.screen for each in Response.objects.order_by("screen")}
    places = material.aligned(b"".join(numbers))
    return quality_of(inquiry, material), dict(zip(numbers.values(), places.tolist(), strict=True))


def marked(inquiry, rule: str) -> list[int]:
    """By the numbers under which they were planted: their furthest screen tells them apart."""
    found, rows = found_in(inquiry)
    return sorted(number for number, row in rows.items() if found.rules[rule][row])


def planted(inquiry, number: int, *args, **changes):
    return came(inquiry, number, *args, screen=number, **changes)


def test_ordinary_readers_bear_no_flag(inquiry):
    debated(inquiry)
    for number in range(1, 4):
        planted(inquiry, number, {**CLOSED, "Q4": number, "Q3": "力が集まるのは心配です。"}, votes="+-+-0+-+-+?+-")

    found, _rows = found_in(inquiry)

    assert {name: mask.sum() for name, mask in found.rules.items()} == dict.fromkeys(WEIGHTS, 0)
    assert (found.score.sum(), found.flagged.sum(), found.left_out.sum()) == (0, 0, 0)


def test_haste_in_all_is_judged_within_language_and_device(inquiry):
    for number in range(1, 51):
        planted(inquiry, number)
    hasty = dict.fromkeys(MAIN, 2_999)
    planted(inquiry, 51, visible_ms=hasty)
    planted(inquiry, 52, visible_ms=dict.fromkeys(MAIN, 3_000))
    planted(inquiry, 53, visible_ms={**hasty, "Q9": 0})  # not timed on every screen
    planted(inquiry, 54, visible_ms=hasty, device="computer")  # nobody to compare with
    planted(inquiry, 55, visible_ms=hasty, language="en")

    found, rows = found_in(inquiry)

    assert [number for number, row in rows.items() if found.rules["speed_total"][row]] == [51]
    assert found.evaluated["speed_total"] == 52


def test_readers_who_were_not_asked_the_first_question_are_compared_among_themselves(inquiry):
    for number in range(1, 51):
        planted(inquiry, number)
        planted(inquiry, 100 + number, {**CLOSED, "Q1": None}, visible_ms={**PACE, "Q1": 0}, coins={"arm": 2})
    planted(inquiry, 200, {}, visible_ms={**dict.fromkeys(MAIN, 2_000), "Q1": 0}, coins={"arm": 2})

    assert marked(inquiry, "speed_total") == [200]


def test_four_questions_faster_than_anybody_reads(inquiry):
    for number, fast in ((1, ("Q1", "Q2", "Q4", "Q5")), (2, ("Q1", "Q2", "Q4"))):
        planted(inquiry, number, visible_ms=PACE | dict.fromkeys(fast, 500))
    planted(inquiry, 3, visible_ms={})

    found, rows = found_in(inquiry)

    assert [number for number, row in rows.items() if found.rules["speed_floor"][row]] == [1]
    assert found.evaluated["speed_floor"] == 2


def test_straight_goes_by_the_place_on_the_page_and_not_by_the_code(inquiry):
    debated(inquiry)
    # The second option from above of each scale, as those see it whose scales begin at the desirable end.
    second = {**CLOSED, "Q1": 4, "Q2": {"a": 3, "b": 3}, "Q4": 4, "Q5": 3}
    planted(inquiry, 1, second, votes="+" * 12)
    planted(inquiry, 2, second, votes="+" * 11)
    planted(inquiry, 3, second, votes="+" * 12 + "-")
    planted(inquiry, 4, second, votes="+" * 12, coins={"dir_main": 1})  # saw two of them the other way round

    assert marked(inquiry, "straight") == [1]


def test_agreeing_to_both_sides_is_marked(inquiry):
    debate = debated(inquiry)
    stances = Statement.objects.filter(debate=debate).order_by("number").values_list("stance", flat=True)
    both = "".join("." if stance == "bridge" else "+" for stance in stances)
    one_sided = "".join("+" if stance == "pro" else "-" if stance == "con" else "." for stance in stances)
    planted(inquiry, 1, votes=both)
    planted(inquiry, 2, votes=one_sided)
    planted(inquiry, 3, votes=both[:8])

    assert marked(inquiry, "acquiesce") == [1]


def test_changing_sides_at_once_is_marked_where_nothing_stood_between(inquiry):
    quick = {**PACE, "P1": 5_000}
    for number, (arm, again, times) in enumerate(
        [(1, 1, quick), (0, 1, quick), (1, 5, quick), (1, 1, {**quick, "Q3": 104_000}), (1, 3, quick)], start=1
    ):
        planted(inquiry, number, {**CLOSED, "P1": again}, visible_ms=times, coins={"arm": arm})

    found, rows = found_in(inquiry)

    assert [number for number, row in rows.items() if found.rules["contradict"][row]] == [1]
    assert (found.evaluated["contradict"], found.notes["contradict"]) == (3, "in_view")


def test_the_same_answers_and_ten_votes_of_the_same_day_are_doubles(inquiry):
    debated(inquiry)
    ten = "+-+-+-+-+-"
    for number in (1, 2, 3):
        planted(inquiry, number, votes=ten)
    planted(inquiry, 4, votes=ten[:9])
    planted(inquiry, 5, votes=ten[:9])
    planted(inquiry, 6, votes=ten, language="en")
    planted(inquiry, 7, {**CLOSED, "Q9": [1]}, votes=ten)
    planted(inquiry, 8, {**CLOSED, "Q9": [1]}, votes=ten)

    found, _rows = found_in(inquiry)

    assert len(marked(inquiry, "dup_vector")) == 2
    assert set(marked(inquiry, "dup_vector")) < {1, 2, 3}
    assert (found.flagged.sum(), found.left_out.sum()) == (2, 0)  # they stay in the headline


@pytest.mark.parametrize(("signals", "caught"), [(0, False), (Signal.TRAP, True), (Signal.QUICK, True), (3, True)])
def test_machines_are_marked_flagged_and_left_out_of_the_headline(inquiry, signals, caught):
    planted(inquiry, 1, signals=signals)

    found, _rows = found_in(inquiry)

    assert (bool(found.rules["bot"][0]), int(found.score[0])) == (caught, 3 if caught else 0)
    assert (bool(found.flagged[0]), bool(found.left_out[0])) == (caught, caught)


def test_words_that_say_nothing_are_marked(inquiry):
    for number, text in ((1, "ああああああああ"), (2, "一人に任せるのは心配です。"), (3, None)):
        planted(inquiry, number, CLOSED | ({"Q3": text} if text else {}))

    found, rows = found_in(inquiry)

    assert [number for number, row in rows.items() if found.rules["text_junk"][row]] == [1]
    assert found.evaluated["text_junk"] == 2


def test_what_cannot_be_evaluated_says_why(inquiry):
    planted(inquiry, 1, visible_ms={})

    found, _rows = found_in(inquiry)

    assert found.not_evaluated == {
        "speed_total": "too_few_timed",
        "speed_floor": "too_few_timed",
        "straight": "too_few_votes",
        "acquiesce": "too_few_votes",
        "contradict": "not_asked_twice",
        "dup_vector": "too_few_votes",
        "text_junk": "no_texts",
    }
    assert found.evaluated == {"dup_token": 1, "bot": 1}
    assert {name: found.notes[name] for name in found.evaluated} == {
        "dup_token": "by_construction",
        "bot": "without_events",
    }


def test_monitor_gets_counts_and_the_median_time_of_each_screen(inquiry):
    planted(inquiry, 1, {**CLOSED, "Q3": "ああああああああ"}, signals=Signal.TRAP, visible_ms=PACE | {"Q1L": 500})
    planted(inquiry, 2, visible_ms=PACE | {"Q1": 4_000})
    planted(inquiry, 3, {"Q1": 4}, visible_ms={"Q1": 21_000})

    content = calculate(inquiry, {})

    assert {each["id"]: each["marked"] for each in content["rules"] if each["marked"]} == {"bot": 1, "text_junk": 1}
    assert (content["readers"], content["flagged"], content["left_out"]) == (3, 1, 1)
    assert [(each["screen"], each["ms"], each["readers"]) for each in content["screens"][:2]] == [
        (1, 9_500, 3),
        (2, 9_000, 2),
    ]
    assert content["screens"][-1] == {"screen": len(content["screens"]), "ms": None, "readers": 0}


def test_an_inquiry_without_answers_is_refused(inquiry):
    with pytest.raises(CannotBeCalculated):
        calculate(inquiry, {})


def test_flags_change_no_answer(inquiry):
    planted(inquiry, 1, signals=Signal.TRAP)
    before = list(Response.objects.values())

    codes = gather(inquiry).codes.copy()
    calculate(inquiry, {})

    assert list(Response.objects.values()) == before
    assert np.array_equal(gather(inquiry).codes, codes)
