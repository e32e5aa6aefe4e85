"""Whether a new version may follow an old one."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from apps.surveys.reading import parse
from apps.surveys.rules import compatibility
from tests.surveys.documents import both, built_in, every_kind_document

Change = Callable[[dict[str, dict[str, Any]]], object]


def problems(change: Change) -> list[tuple[str, str]]:
    """Of a document with all kinds, whose items were changed."""
    old, new = every_kind_document(), every_kind_document()
    change({item["id"]: item for item in new["items"]})
    return [(problem.question, problem.sentence) for problem in compatibility(parse(old), parse(new))]


def exchange(items: list[dict[str, Any]], one: int, other: int) -> None:
    items[one]["label"], items[other]["label"] = items[other]["label"], items[one]["label"]


def reword_in_one_language(items: list[dict[str, Any]]) -> None:
    items[0]["label"] = {"ja": items[1]["label"]["ja"], "en": "quite bad"}
    items[1]["label"] = {"ja": "中くらい", "en": "so so"}


REFUSED: list[tuple[str, Change, list[tuple[str, str]]]] = [
    (
        "another kind",
        lambda q: q["Q1"].update(type="single_nominal", randomise=None),
        [("Q1", "Q1 changes its kind; a question of another kind needs a new id.")],
    ),
    (
        "an option is removed",
        lambda q: q["Q6"]["options"].pop(0),
        [("Q6", "Q6 loses option 1; retire it instead, so that its answers still count.")],
    ),
    (
        "another role",
        lambda q: (
            q["Q1"]["options"][0].update(kind="prefer_not")
            or q["Q1"]["options"].append({"code": 5, "label": both("new")})
        ),
        [("Q1", "Q1 gives option 1 another meaning; use a new code.")],
    ),
    ("a row is removed", lambda q: q["Q4"]["rows"].pop(), [("Q4", "Q4 loses row b.")]),
    ("another end of a scale", lambda q: q["Q7"].update(maximum=7), [("Q7", "Q7 changes the ends of its scale.")]),
    (
        "fewer places",
        lambda q: q["Q5"].update(k=2),
        [("Q5", "Q5 asks for fewer places than before; answers with more places are there already.")],
    ),
    (
        "options exchange their words",
        lambda q: exchange(q["Q1"]["options"], 0, 2),
        [
            ("Q1", "Q1 gives 1 the words of 3; answers given before would change."),
            ("Q1", "Q1 gives 3 the words of 1; answers given before would change."),
        ],
    ),
    (
        "a code takes over words in one language",
        lambda q: reword_in_one_language(q["Q1"]["options"]),
        [("Q1", "Q1 gives 1 the words of 2; answers given before would change.")],
    ),
    (
        "rows exchange their words",
        lambda q: exchange(q["Q4"]["rows"], 0, 1),
        [
            ("Q4", "Q4 gives a the words of b; answers given before would change."),
            ("Q4", "Q4 gives b the words of a; answers given before would change."),
        ],
    ),
    (
        "poles change sides",
        lambda q: q["Q2"].update(poles={"A": both("careful"), "B": both("fast")}),
        [
            ("Q2", "Q2 gives A the words of B; answers given before would change."),
            ("Q2", "Q2 gives B the words of A; answers given before would change."),
        ],
    ),
    (
        "a question takes the name of a consent",
        lambda q: q["Q8"].pop("secondary") and q["Q9"].update(id="Q8c"),
        [("Q8c", "The id Q8c named something else before.")],
    ),
    (
        "a consent takes the name of a question",
        lambda q: q["Q8"]["secondary"].update(id="Q9") or q["Q9"].update(id="Q11"),
        [("Q9", "The id Q9 named something else before.")],
    ),
]


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    """Screens follow the ids of the questions."""
    ids = [item["id"] for item in document["items"]]
    document["pages"] = [[name] for name in ids]
    return document


@pytest.mark.parametrize(("change", "told"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_change_of_meaning_is_refused(change, told):
    old, new = renamed(every_kind_document()), every_kind_document()
    change({item["id"]: item for item in new["items"]})

    found = compatibility(parse(old), parse(renamed(new)))

    assert [(problem.question, problem.sentence) for problem in found] == told


ALLOWED: list[tuple[str, Change]] = [
    ("nothing", lambda q: None),
    ("an option is retired", lambda q: q["Q6"]["options"][0].update(retired=True)),
    ("an option is added", lambda q: q["Q6"]["options"].append({"code": 4, "label": both("juice")})),
    ("words are mended", lambda q: q["Q1"]["options"][0].update(label=both("poor"))),
    ("more places", lambda q: q["Q5"].update(k=4)),
    ("a row is added", lambda q: q["Q4"]["rows"].append({"code": "c", "label": both("anger")})),
    ("other bounds of a number", lambda q: q["Q9"].update(maximum=99)),
    ("a follow-up asks for another reason", lambda q: q["Q1L"].update(shown_if={"item": "Q1", "equals": 1})),
]


@pytest.mark.parametrize("change", [row[1] for row in ALLOWED], ids=[row[0] for row in ALLOWED])
def test_change_that_keeps_every_meaning_is_allowed(change):
    assert problems(change) == []


def test_question_may_be_taken_out_and_another_added():
    old, new = every_kind_document(), every_kind_document()
    new["items"][-1]["id"] = "Q11"
    new["pages"][-1] = ["Q11"]

    assert compatibility(parse(old), parse(new)) == []


def test_language_may_be_taken_out():
    new = copy.deepcopy(built_in())
    new["languages"] = ["ja"]

    assert compatibility(parse(built_in()), parse(new)) == []
