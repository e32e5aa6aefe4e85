"""The whole content of an epoch: what counts as a reader, and what must not change a number."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.factories import content_of, every_kind

DEFINITION = every_kind()
FULL = {"Q1": 5, "Q2": {"a": 4, "b": 1}, "Q4": 5, "Q5": 4, "Q6": 1, "Q7": 1, "Q8": 1, "Q9": [1, 2, 3]}
codes = st.sampled_from([1, 2, 4, 5, 98, 97])
readers = st.lists(st.fixed_dictionaries({"Q1": codes, "Q4": codes}, optional={"B1": st.integers(1, 6)}), min_size=1)


def test_readers_divide_into_complete_partial_and_broken_off():
    """Everybody's answer to the first question counts, whether the others followed or not."""
    content = content_of(
        DEFINITION, [{**FULL, "M": [1], "S": 3, "N": 1, "D": "2026-01-01"}] * 8 + [FULL] * 4 + [{"Q1": 1}] * 3
    )

    assert content["answered"] == 15
    assert (content["complete"], content["partial"], content["break_off"], content["n"]) == (8, 4, 3, 12)
    assert content["questions"][0]["counts"] == {"5": 12, "4": 0, "3": 0, "2": 0, "1": 3, "98": 0}


def test_dates_and_versions_are_told():
    content = content_of(DEFINITION, [FULL] * 12)

    assert content["dates"] == {"first": "2026-11-24", "last": "2026-11-24"}
    assert content["versions"] == [1]


def test_every_question_that_is_asked_is_in_the_content():
    content = content_of(DEFINITION, [FULL] * 12)

    once = [question.id for question in DEFINITION.questions if question.id not in DEFINITION.again]
    assert [entry["id"] for entry in content["questions"]] == once


def test_strict_content_is_rounded_everywhere():
    content = content_of(DEFINITION, [FULL] * 58, profile="strict", devices={"phone": 51, "tablet": 7})

    assert (content["answered"], content["n"], content["partial"]) == (60, 60, 60)
    assert content["questions"][0]["base"] == 60
    assert content["method"]["devices"]["counts"] == {"phone": None, "tablet": None}


@settings(max_examples=25, deadline=None)
@given(readers, st.randoms())
def test_the_order_of_readers_does_not_matter(given_answers, random):
    shuffled = random.sample(given_answers, len(given_answers))

    assert content_of(DEFINITION, shuffled) == content_of(DEFINITION, given_answers)


@settings(max_examples=25, deadline=None)
@given(readers)
def test_a_reader_who_leaves_everything_blank_changes_no_share(given_answers):
    silent = {question.id: 97 for question in DEFINITION.questions if question.kind == "single_ordinal"}

    before, after = content_of(DEFINITION, given_answers), content_of(DEFINITION, [*given_answers, silent])

    assert [entry.get("shares") for entry in after["questions"]] == [
        entry.get("shares") for entry in before["questions"]
    ]
