"""Why a draft cannot be published: sentences that name their place, in the reader's language."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from apps.surveys.problems import DraftProblem, draft_problems
from apps.surveys.reading import parse
from tests.surveys.documents import NOMINAL, ORDINAL, PAIRED, ROWS, both, document, options
from tests.surveys.test_reading import mutilated


def one(problems: list[DraftProblem]) -> DraftProblem:
    assert len(problems) == 1
    return problems[0]


def test_what_can_be_published_has_none():
    assert draft_problems(document(ORDINAL), []) == []
    assert draft_problems(document(ORDINAL), [parse(document(ORDINAL))]) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            document(ORDINAL | {"stem": {"ja": "どう", "en": ""}}),
            DraftProblem("Q1", "items", "Q1 · question text · English: The text is missing."),
        ),
        (
            document(ORDINAL, NOMINAL | {"options": [options("a")[0], {"code": 2, "label": {"ja": "b"}}]}),
            DraftProblem("Q3", "items", "Q3 · options · 2 · label · English: The text is missing."),
        ),
        (
            document(ROWS | {"rows": []}),
            DraftProblem("Q4", "items", "Q4 · rows: At least one row is expected."),
        ),
        (
            document(ORDINAL, PAIRED | {"shown_if": {"item": "Q9", "equals": 1}}),
            DraftProblem("Q2", "items", "Q2 · whom it is asked: Q9 is not asked before Q2."),
        ),
        (
            document(ORDINAL, title={"ja": "題", "en": " "}),
            DraftProblem("", "title", "title · English: The text is missing."),
        ),
        (
            document(ORDINAL, context_card={"parts": [both("one"), {"ja": "二"}]}),
            DraftProblem(
                "", "context_card", "lines about the article · what happened · 2 · English: The text is missing."
            ),
        ),
        (
            document(ORDINAL, pages=[]),
            DraftProblem("", "pages", "screens: The question Q1 stands on no screen."),
        ),
        ([], DraftProblem("", "", "An object is expected.")),
    ],
)
def test_fault_is_told_with_its_place_in_words(changed, expected):
    assert one(draft_problems(changed, [])) == expected


def test_question_without_id_is_named_by_its_number():
    found = draft_problems(document(ORDINAL, pages=[["Q1"]]) | {"items": [ORDINAL, {"type": "open_text"}]}, [])

    assert {problem.question for problem in found} == {"#2"}


def test_answers_already_given_are_kept_from_changing_their_meaning():
    before = parse(document(NOMINAL))
    fewer = document(NOMINAL | {"options": NOMINAL["options"][1:]})

    assert one(draft_problems(fewer, [before, before])) == DraftProblem(
        "Q3", "items", "Q3 loses option 1; retire it instead, so that its answers still count."
    )


def test_problems_are_told_in_the_language_of_the_reader():
    with override("ja"):
        sentence = one(draft_problems(document(ORDINAL, title={"ja": "題", "en": ""}), [])).sentence

    assert "英語" in sentence


@hypothesis_settings(max_examples=100, deadline=None)
@given(mutilated())
def test_whatever_a_draft_holds_its_problems_can_be_told(broken):
    for problem in draft_problems(broken, []):
        assert problem.sentence
