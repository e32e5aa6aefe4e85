"""The one strict way in for answers, and what is kept of them."""

import jsonschema_rs  # comes with schemathesis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.surveys.reading import parse
from apps.surveys.schema import AnswersInvalid, answer_status, check_answers, json_schema, merge_answers
from tests.surveys.documents import NOMINAL, WORDS, built_in, document, every_kind, every_kind_document
from tests.surveys.strategies import answers, json_values

DEFINITION = every_kind()
SCHEMA = jsonschema_rs.validator_for(
    json_schema(DEFINITION) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
)
NAMES = [*DEFINITION.by_id, "Q8c", "Q99", "answers"]


def problems(definition, raw, **more) -> list[tuple[str, str]]:
    with pytest.raises(AnswersInvalid) as invalid:
        check_answers(definition, raw, **more)
    return [(problem.field, problem.code) for problem in invalid.value.problems]


@settings(max_examples=60, deadline=None)
@given(answers(DEFINITION))
def test_answers_that_can_be_given_pass_check_and_schema(given_answers):
    checked = check_answers(DEFINITION, given_answers)

    blank = {name: None if name == "Q9" else 97 for name in given_answers}
    assert checked == {name: blank[name] if each is None else each for name, each in given_answers.items()}
    assert check_answers(DEFINITION, checked) == checked
    assert SCHEMA.is_valid(given_answers)
    assert SCHEMA.is_valid(checked)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), json_values, max_size=3))
def test_whatever_the_schema_refuses_is_refused(raw):
    """Not the other way round: a schema cannot say that an option stands alone, or that a text says nothing."""
    try:
        check_answers(DEFINITION, raw)
    except AnswersInvalid as invalid:
        told = invalid.problems
    else:
        told = []

    assert told or SCHEMA.is_valid(raw)
    assert all(problem.message and len(problem.field) <= 81 for problem in told)


def test_every_problem_is_told_with_its_field():
    raw = {"Q1": 9, "Q4": {"a": 9}, "Q5": [1, 1], "Q8": "", "Q8c": "yes", "Q9": "5", "Q77": 1, "x" * 200: 1}

    assert problems(DEFINITION, raw) == [
        ("Q1", "unknown_option"),
        ("Q4.a", "unknown_option"),
        ("Q5", "repeated_option"),
        ("Q8", "blank_text"),
        ("Q8c", "true_or_false_expected"),
        ("Q9", "number_expected"),
        ("Q77", "unknown_question"),
        ("x" * 40, "unknown_question"),
    ]


@pytest.mark.parametrize("raw", [None, [], "Q1", 5])
def test_answers_are_an_object(raw):
    assert problems(DEFINITION, raw) == [("answers", "object_expected")]


def test_names_that_cannot_be_printed_make_a_field_that_can():
    assert problems(DEFINITION, {"\ud800\x00Q": 1}) == [("?Q", "unknown_question")]


def test_blank_is_null_or_97_but_97_is_a_number_where_numbers_are_asked():
    blank = dict.fromkeys(DEFINITION.by_id)

    assert check_answers(DEFINITION, blank) == dict.fromkeys(DEFINITION.by_id, 97) | {"Q9": None}
    assert check_answers(DEFINITION, dict.fromkeys(DEFINITION.by_id, 97)) == dict.fromkeys(DEFINITION.by_id, 97)


def retired_definition():
    changed = [option | {"retired": True} if option["code"] == 2 else option for option in NOMINAL["options"]]
    return parse(document(NOMINAL | {"options": changed}))


def test_retired_option_is_open_to_who_chose_it_and_closed_to_others():
    definition = retired_definition()

    assert check_answers(definition, {"Q3": 2}, earlier={"Q3": 2}) == {"Q3": 2}
    assert problems(definition, {"Q3": 2}) == [("Q3", "unknown_option")]
    assert problems(definition, {"Q3": 2}, earlier={"Q3": 1}) == [("Q3", "unknown_option")]
    assert problems(definition, {"Q3": 9}, earlier={"Q3": 9}) == [("Q3", "unknown_option")]


def test_retired_option_with_words_and_lists_and_rows_is_kept_open():
    content = every_kind_document()
    items = {item["id"]: item for item in content["items"]}
    for name, code in (("Q3", 7), ("Q4", 3), ("Q6", 1)):
        next(option for option in items[name]["options"] if option["code"] == code)["retired"] = True
    definition = parse(content)
    kept = {"Q3": {"code": 7, "text": "海"}, "Q4": {"a": 3, "b": 1}, "Q6": [1, 3]}

    assert check_answers(definition, kept, earlier=kept) == kept
    assert problems(definition, kept) == [
        ("Q3.code", "unknown_option"),
        ("Q4.a", "unknown_option"),
        ("Q6", "unknown_option"),
    ]


MERGES = [
    ("a new answer replaces the old one", {"Q1": 1}, {"Q1": 3}, {"Q1": 3}),
    ("what is not sent stays", {"Q1": 1}, {"Q2": 4}, {"Q1": 1, "Q2": 4}),
    ("rows are merged", {"Q4": {"a": 1}}, {"Q4": {"b": 2}}, {"Q4": {"a": 1, "b": 2}}),
    ("blank takes all rows back", {"Q4": {"a": 1}}, {"Q4": 97}, {"Q4": 97}),
    ("rows after a blank", {"Q4": 97}, {"Q4": {"b": 2}}, {"Q4": {"b": 2}}),
    ("null is blank", {}, {"Q1": None, "Q9": None}, {"Q1": 97, "Q9": None}),
    ("a follow-up goes with its reason", {"Q1": 2, "Q1L": 1}, {"Q1": 3}, {"Q1": 3}),
    ("no follow-up without its reason", {}, {"Q1": 3, "Q1L": 1}, {"Q1": 3}),
    ("a follow-up comes with its reason", {}, {"Q1L": 1, "Q1": 2}, {"Q1L": 1, "Q1": 2}),
    ("consent stays with its text", {"Q8": "海", "Q8c": True}, {"Q1": 1}, {"Q8": "海", "Q8c": True, "Q1": 1}),
    ("consent stays where the text is sent again", {"Q8": "海", "Q8c": True}, {"Q8": "海"}, {"Q8": "海", "Q8c": True}),
    ("consent goes when the text changes", {"Q8": "海", "Q8c": True}, {"Q8": "山"}, {"Q8": "山"}),
    ("consent given anew", {"Q8": "海", "Q8c": True}, {"Q8": "山", "Q8c": True}, {"Q8": "山", "Q8c": True}),
    ("consent taken back", {"Q8": "海", "Q8c": True}, {"Q8c": False}, {"Q8": "海", "Q8c": False}),
    ("consent given later", {"Q8": "海"}, {"Q8c": True}, {"Q8": "海", "Q8c": True}),
    ("consent goes with its text", {"Q8": "海", "Q8c": True}, {"Q8": None}, {"Q8": 97}),
    ("no consent without a text", {}, {"Q8c": True}, {}),
    ("answers to questions that are asked no more", {"Q99": 5}, {"Q98": None}, {"Q99": 5, "Q98": 97}),
]


@pytest.mark.parametrize(("old", "new", "kept"), [row[1:] for row in MERGES], ids=[row[0] for row in MERGES])
def test_merge_keeps_question_by_question(old, new, kept):
    assert merge_answers(DEFINITION, old, new) == kept


def test_follow_up_of_an_option_with_words_stays():
    content = document(NOMINAL, WORDS | {"shown_if": {"item": "Q3", "equals": 7}})
    given = {"Q3": {"code": 7, "text": "海"}, "Q8": "理由"}

    assert merge_answers(parse(content), {}, given) == given


@settings(max_examples=60, deadline=None)
@given(answers(DEFINITION), answers(DEFINITION))
def test_sending_the_same_again_changes_nothing(first, second):
    old = merge_answers(DEFINITION, {}, check_answers(DEFINITION, first))
    new = check_answers(DEFINITION, second)

    once = merge_answers(DEFINITION, old, new)

    assert merge_answers(DEFINITION, once, new) == once


@pytest.mark.parametrize(
    ("answered", "status"),
    [(9, "complete"), (8, "complete"), (7, "partial"), (5, "partial"), (4, "break_off"), (0, "break_off")],
)
def test_status_follows_from_the_share_of_items_answered(answered, status):
    """Nine items count: 80 % of them is a complete answer, half a partial one."""
    definition = parse(built_in())
    full = {"Q1": 4, "Q2": {"a": 1, "b": 1}, "Q3": "x", "Q4": 98, "Q5": 1, "Q6": 1, "Q7": 1, "Q8": 1, "Q9": [1]}

    assert answer_status(definition, dict(list(full.items())[:answered])) == status


def test_background_follow_ups_and_half_filled_rows_do_not_count():
    definition = parse(built_in())
    given = {"Q1": 3, "Q1L": 1, "Q2": {"a": 1}, "B1": 3, "B2": 1, "B3": 1, "Q4": 97, "Q5": 1, "Q6": 1, "Q7": 1}

    assert answer_status(definition, given) == "break_off"
    assert answer_status(definition, given | {"Q8": 1}) == "partial"
