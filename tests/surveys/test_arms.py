"""The ways through the questions: what each leaves out, where the first question comes once more, who goes which."""

from collections import Counter

import pytest

from apps.surveys.arms import Arm, arm_of, asked_twice, draw_arm, in_arm, withheld
from apps.surveys.changes import difference
from apps.surveys.codes import pack_codes, unpack_codes
from apps.surveys.definition import DefinitionError
from apps.surveys.reading import parse
from apps.surveys.rules import compatibility
from apps.surveys.schema import answer_status, merge_answers
from tests.surveys.documents import FOLLOW_UP, NOMINAL, ORDINAL, ROWS, both, built_in, document

AGAIN = {
    "id": "P1",
    "type": "single_ordinal",
    "stem": both("How good now"),
    "repeat_of": "Q1",
    "options": "same_as:Q1",
    "randomise": {"mode": "same_direction_as_Q1"},
}
ARMS = [{"code": "A", "share": 0.6}, {"code": "B", "share": 0.2}, {"code": "C", "share": 0.2}]


def with_arms(**changes):
    content = document(
        ORDINAL,
        FOLLOW_UP,
        NOMINAL,
        ROWS,
        pages=[["Q1", "Q1L"], ["Q3"], ["Q4"]],
        post_items=[AGAIN],
        experiments={"prepost": {"arms": ARMS}},
    )
    return content | changes


def test_arm_a_is_the_whole_with_the_question_once_more_behind_the_last_screen():
    definition = parse(with_arms())

    assert in_arm(definition, Arm.A) is definition
    assert definition.screens == (("Q1", "Q1L"), ("Q3",), ("Q4",))
    assert definition.again_step == 4
    assert definition.on_screen(4) == ("P1",)


def test_arm_b_asks_once_more_on_the_last_screen():
    way = in_arm(parse(with_arms()), Arm.B)

    assert way.screens == (("Q1", "Q1L"), ("Q3",), ("Q4",), ("P1",))
    assert way.again_step == 0
    assert [way.number(step) for step in (1, 2, 3, 4)] == [1, 2, 3, 4]


def test_arm_c_leaves_out_the_question_and_what_rests_on_it():
    way = in_arm(parse(with_arms()), Arm.C)

    assert way.screens == (("Q3",), ("Q4",))
    assert [question.id for question in way.questions] == ["Q3", "Q4", "P1"]
    assert way.on_screen(way.again_step) == ("P1",)
    assert [way.number(step) for step in (1, 2, 3)] == [2, 3, 4]


def test_question_that_shares_the_screen_stays_in_arm_c():
    way = in_arm(parse(with_arms(pages=[["Q1", "Q3"], ["Q1L", "Q4"]])), Arm.C)

    assert way.screens == (("Q3",), ("Q4",))
    assert [way.number(step) for step in (1, 2)] == [1, 2]


def test_built_in_inquiry_withholds_the_first_question_and_its_probe():
    definition = parse(built_in())

    assert asked_twice(definition) == {"Q1"}
    assert withheld(definition) == {"Q1", "Q1L"}


def test_questionnaire_without_a_last_question_has_one_way():
    definition = parse(document(ORDINAL))

    assert [in_arm(definition, arm) for arm in Arm] == [definition] * 3


def test_readers_divide_by_the_shares_of_the_document():
    """Five standard errors of a share at twenty thousand readers."""
    definition, readers = parse(built_in()), 20_000

    drawn = Counter(draw_arm(definition, f"reader {number}".encode()) for number in range(readers))

    for arm, share in zip(Arm, (0.6, 0.2, 0.2), strict=True):
        assert abs(drawn[arm] / readers - share) < 5 * (share * (1 - share) / readers) ** 0.5


def test_same_seed_gives_the_same_arm_and_no_coin_means_way_a():
    definition = parse(built_in())

    assert draw_arm(definition, b"one") == draw_arm(definition, b"one")
    assert arm_of({"dir_main": 1}) == Arm.A
    assert arm_of({"arm": 2}) == Arm.C


def test_packed_codes_hold_the_last_question_behind_all_others():
    definition = parse(with_arms())

    packed = pack_codes(definition, {"Q1": 3, "P1": 1})

    assert definition.slots[-1].question == "P1"
    assert packed == bytes([3, 255, 255, 255, 255, 1])
    assert unpack_codes(definition, packed) == {"Q1": 3, "P1": 1}


def test_arm_c_is_complete_without_the_first_question():
    definition = parse(with_arms())
    answers = {"Q3": 1, "Q4": {"a": 1, "b": 2}}

    assert answer_status(in_arm(definition, Arm.C), answers) == "complete"
    assert answer_status(definition, answers) == "partial"


def test_last_question_does_not_count_towards_complete():
    definition = parse(with_arms())

    assert answer_status(definition, {"Q1": 1, "Q3": 1, "Q4": {"a": 1, "b": 2}}) == "complete"
    assert answer_status(definition, {"P1": 1}) == "break_off"


def test_blank_last_question_is_kept_as_seen():
    definition = parse(with_arms())

    assert merge_answers(definition, {"Q1": 1}, {"P1": None}) == {"Q1": 1, "P1": 97}


@pytest.mark.parametrize(
    ("experiment", "path"),
    [
        ({"arms": ARMS[:2]}, "experiments.prepost.arms"),
        ({"arms": [*ARMS, ARMS[0]]}, "experiments.prepost.arms"),
        ({"arms": [{"code": "A", "share": 0.6}, {"code": "B", "share": 0.6}, ARMS[2]]}, "experiments.prepost.arms"),
        ({"arms": [ARMS[0], ARMS[1], {"code": "C", "share": True}]}, "experiments.prepost.arms[2].share"),
        ({"arms": [ARMS[0], ARMS[1], {"code": "C", "share": "0.2"}]}, "experiments.prepost.arms[2].share"),
        ({"arms": "A"}, "experiments.prepost.arms"),
        ({}, "experiments.prepost.arms"),
        ({"arms": ARMS, "coin": "x"}, "experiments.prepost.coin"),
        ([], "experiments.prepost"),
    ],
)
def test_faulty_experiment_is_told_with_its_place(experiment, path):
    with pytest.raises(DefinitionError) as caught:
        parse(with_arms(experiments={"prepost": experiment}))

    assert path in [place for place, _sentence in caught.value.problems]


def test_experiment_needs_a_question_that_is_asked_twice():
    with pytest.raises(DefinitionError) as caught:
        parse(with_arms(post_items=[]))

    assert [place for place, _sentence in caught.value.problems] == ["experiments.prepost"]


def test_no_order_may_take_the_coin_of_the_arms():
    first = ORDINAL | {"randomise": {"mode": "reverse_half", "store_as": "arm"}}

    with pytest.raises(DefinitionError) as caught:
        parse(document(first))

    assert [place for place, _sentence in caught.value.problems] == ["items[0].randomise.store_as"]


def test_last_question_keeps_what_it_repeats_through_all_versions():
    other = ORDINAL | {"id": "Q0", "randomise": None, "stem": both("Another")}
    old = parse(with_arms())
    new = parse(
        with_arms(
            items=[other, *with_arms()["items"]],
            pages=[["Q0"], ["Q1", "Q1L"], ["Q3"], ["Q4"]],
            post_items=[AGAIN | {"repeat_of": "Q0", "options": "same_as:Q0", "randomise": None}],
        )
    )

    assert [problem.question for problem in compatibility(old, new)] == ["P1"]


def test_differences_name_the_last_question_and_the_shares():
    without = parse(with_arms(post_items=[], experiments={}))

    changes = difference(without, parse(with_arms()))

    assert {(change.kind, change.question) for change in changes} >= {("added", "P1"), ("arms", "")}
