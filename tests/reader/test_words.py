import pytest
from django.utils.translation import override

from apps.reader.words import answer_lines, given_answers
from tests.surveys.documents import (
    DATE,
    MULTIPLE,
    NOMINAL,
    NUMBER,
    ORDINAL,
    PAIRED,
    RANKING,
    ROWS,
    SCALE,
    WORDS,
    every_kind,
    question,
)

LINES = [
    (ORDINAL, 3, ["good"]),
    (ORDINAL, 97, []),
    (NOMINAL, 2, ["two"]),
    (NOMINAL, {"code": 7, "text": "sea"}, ["another: sea"]),
    (ROWS, {"a": 3, "b": 97}, ["hope: much"]),
    (ROWS, {"a": 1, "b": 2}, ["hope: none", "fear: some"]),
    (RANKING, [4, 1], ["trust", "price"]),
    (MULTIPLE, [1, 3], ["tea", "water"]),
    (MULTIPLE, [9], ["nothing"]),
    (SCALE, 0, ["0"]),
    (SCALE, 98, ["do not know"]),
    (WORDS, "one\ntwo", ["one\ntwo"]),
    (NUMBER, 97, ["97 times"]),
    (NUMBER, 2.5, ["2.5 times"]),
    (DATE, "2026-11-24", ["Nov. 24, 2026"]),
    (ORDINAL, None, []),
]


@pytest.mark.parametrize(("item", "answer", "lines"), LINES, ids=lambda part: str(part)[:30])
def test_answer_is_said_in_the_words_of_its_options(item, answer, lines):
    with override("en"):
        said = answer_lines(question(item), answer, {}, "en")

    assert said == lines


@pytest.mark.parametrize(("side", "said"), [(0, "close to A (fast)"), (1, "close to B (fast)")])
def test_answer_to_a_pair_names_the_pole_because_letters_change_places(side, said):
    closest_to_fast = PAIRED["options"][0]["code"]

    assert answer_lines(question(PAIRED), closest_to_fast, {"sides": side}, "en") == [said]


def test_given_answers_come_screen_by_screen_without_what_does_not_apply():
    given = given_answers(every_kind(), {"Q1": 3, "Q5": [2]}, {}, "ja")

    assert [(item.question.id, item.step) for item in given] == [
        ("Q1", 1), ("Q2", 2), ("Q3", 3), ("Q4", 4), ("Q5", 5), ("Q6", 6), ("Q7", 7), ("Q8", 8), ("Q9", 9), ("Q10", 10),
    ]  # fmt: skip
    assert [item.lines for item in given if item.lines] == [("goodです",), ("speedです",)]
    assert [item.question.id for item in given if item.ranked] == ["Q5"]


def test_follow_up_is_listed_where_its_reason_was_given():
    given = given_answers(every_kind(), {"Q1": 2}, {}, "en")

    assert [item.question.id for item in given][:2] == ["Q1", "Q1L"]
