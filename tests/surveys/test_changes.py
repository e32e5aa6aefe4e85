"""What a new version changes, told before it is published."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from apps.surveys.changes import difference
from apps.surveys.reading import parse
from tests.surveys.documents import DONT_KNOW, ORDINAL, both, document, every_kind_document

Change = Callable[[dict[str, Any], dict[str, dict[str, Any]]], object]


def told(change: Change) -> list[tuple[str, str, str]]:
    old, new = every_kind_document(), every_kind_document()
    change(new, {item["id"]: item for item in new["items"]})
    return [(each.kind, each.question, each.sentence) for each in difference(parse(old), parse(new))]


MOVED = ("moved", "", "Questions stand in another order or on other screens than before.")
CHANGES: list[tuple[Change, list[tuple[str, str, str]]]] = [
    (lambda d, q: d.update(title=both("Other")), [("title", "", "The title is worded differently.")]),
    (
        lambda d, q: d.update(languages=["ja"]),
        [("language_removed", "", "The questions are no longer asked in this language: en.")],
    ),
    (
        lambda d, q: d.update(context_card={"parts": [both("It is said")]}),
        [("context", "", "The lines above the first question change; earlier readers answered under others.")],
    ),
    (
        lambda d, q: d["consent"].update(version="2"),
        [("consent", "", "The consent text changes; who answered before agreed to the earlier one.")],
    ),
    (
        lambda d, q: d.update(eligibility={"min_age": 18}),
        [("min_age", "", "The age from which readers may answer changes to 18.")],
    ),
    (lambda d, q: d["pages"].reverse() or d["pages"].insert(0, d["pages"].pop()), [MOVED]),
    (
        lambda d, q: q["Q1"].update(stem=both("How good is it")),
        [("reworded", "Q1", "Q1 is worded differently; counts go on by code.")],
    ),
    (
        lambda d, q: q["Q4"]["rows"][0].update(label=both("joy")),
        [("reworded", "Q4", "Q4 is worded differently; counts go on by code.")],
    ),
    (
        lambda d, q: q["Q2"]["poles"].update(A=both("quick")),
        [("reworded", "Q2", "Q2 is worded differently; counts go on by code.")],
    ),
    (
        lambda d, q: q["Q9"].update(unit=both("days")),
        [("reworded", "Q9", "Q9 is worded differently; counts go on by code.")],
    ),
    (
        lambda d, q: q["Q8"].update(help=both("Be brief")),
        [("explained", "Q8", "Q8 is explained or introduced differently.")],
    ),
    (
        lambda d, q: q["Q1L"].pop("shown_if"),
        [("shown_if", "Q1L", "Q1L is asked of other readers than before; its counts mix the two.")],
    ),
    (
        lambda d, q: q["Q5"].update(k=4),
        [("limits", "Q5", "Q5 takes other answers than before: places, length, bounds or what excludes what.")],
    ),
    (
        lambda d, q: q["Q8"].update(max_chars=31),
        [("limits", "Q8", "Q8 takes other answers than before: places, length, bounds or what excludes what.")],
    ),
    (
        lambda d, q: q["Q8"]["secondary"].update(label=both("may be printed")),
        [("quotation", "Q8", "Q8 asks differently for the consent to be quoted; earlier consents stay.")],
    ),
    (
        lambda d, q: q["Q6"].update(counts_as_item=False),
        [("weight", "Q6", "Q6 counts differently towards a complete answer, or is asked for differently.")],
    ),
    (
        lambda d, q: q["Q6"]["options"].append({"code": 4, "label": both("juice")}),
        [("option_added", "Q6", "Q6 gains option 4.")],
    ),
    (
        lambda d, q: q["Q6"]["options"][0].update(retired=True),
        [("option_retired", "Q6", "Q6 no longer offers option 1; who chose it keeps it.")],
    ),
    (
        lambda d, q: q["Q4"]["rows"].append({"code": "c", "label": both("anger")}),
        [("row_added", "Q4", "Q4 gains row c.")],
    ),
    (lambda d, q: q["Q6"].update(randomise=None), [("reordered", "Q6", "Q6 is shown in another order.")]),
    (lambda d, q: q["Q6"]["options"].reverse(), [("reordered", "Q6", "Q6 is shown in another order.")]),
    (lambda d, q: None, []),
]


@pytest.mark.parametrize(("change", "sentences"), CHANGES)
def test_change_is_told_in_one_sentence_and_nothing_else_is(change, sentences):
    assert told(change) == sentences


def test_questions_that_come_and_go_are_told():
    old, new = every_kind_document(), every_kind_document()
    new["items"][-1]["id"] = "Q11"
    new["pages"][-1] = ["Q11"]

    assert [(each.kind, each.question, each.sentence) for each in difference(parse(old), parse(new))] == [
        ("added", "Q11", "Q11 is new; earlier readers did not see it."),
        ("withdrawn", "Q10", "Q10 is no longer asked; its answers stay in the data."),
    ]


def test_language_and_option_that_come_back_are_told():
    old = every_kind_document(languages=["ja"])
    old["items"][6]["options"][0]["retired"] = True
    new = copy.deepcopy(old)
    new["languages"] = ["ja", "en"]
    del new["items"][6]["options"][0]["retired"]

    assert [(each.kind, each.sentence) for each in difference(parse(old), parse(new))] == [
        ("language_added", "The questions can now be answered in another language: en."),
        ("option_returned", "Q6 offers option 1 again."),
    ]


def test_sentences_are_there_in_japanese():
    from django.utils.translation import override

    with override("ja"):
        sentences = told(lambda d, q: q["Q6"]["options"][0].update(retired=True))

    assert sentences[0][2] != "Q6 no longer offers option 1; who chose it keeps it."
    assert "Q6" in sentences[0][2]


def test_first_item_used_here_is_the_one_meant():
    assert every_kind_document()["items"][6]["id"] == "Q6"
    assert ORDINAL["options"][-1] == DONT_KNOW


def test_statements_of_the_editors_come_go_and_are_reworded():
    first = {"id": "S1", "ja": "一つ目", "en": "The first"}
    second = {"id": "S2", "ja": "二つ目", "en": "The second"}
    third = {"id": "S3", "ja": "三つ目", "en": "The third"}
    before = parse(document(ORDINAL, statements=[first, second]))
    after = parse(document(ORDINAL, statements=[first | {"en": "Number one"}, third]))

    assert [(change.kind, change.question, change.sentence) for change in difference(before, after)] == [
        (
            "statement_reworded",
            "",
            "Statement S1 is worded differently; a debate that has it already keeps the earlier words.",
        ),
        ("statement_added", "", "Statement S3 joins those that readers vote on."),
        (
            "statement_withdrawn",
            "",
            "Statement S2 is withdrawn: readers are no longer asked about it, and its votes stay.",
        ),
    ]
