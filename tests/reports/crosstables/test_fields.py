"""Which answers can be crossed, and what is said to whoever asks for others."""

import pytest

from apps.debates.models import OpinionMap
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.crosstables.asked import asked, from_json
from apps.reports.crosstables.fields import fields_of, places_of
from tests.reports.crosstables.factories import small_questionnaire
from tests.reports.factories import every_kind

GROUPS = OpinionMap(story="groups", summary={"groups": [{"id": 0}, {"id": 3}]})


@pytest.fixture
def fields():
    return fields_of(small_questionnaire(), places_of(GROUPS))


def test_closed_answers_and_what_was_noted_can_be_crossed_free_text_never(fields):
    assert {name: (field.keys, field.scale, field.several, field.opinion) for name, field in fields.items()} == {
        "Q": (("1", "2", "3", "98"), ("1", "2", "3"), False, True),
        "T.a": (("1", "2", "3"), ("1", "2", "3"), False, True),
        "N": (("1", "2", "3"), (), False, True),
        "M": (("1", "2", "3"), (), True, True),
        "R": (("1", "2", "3"), (), True, True),
        "R.1": (("1", "2", "3"), (), False, True),
        "S": ((*map(str, range(11)), "98"), tuple(map(str, range(11))), False, True),
        "A": (("1", "2", "3"), ("1", "2", "3"), False, False),
        "B": (("1", "2", "3"), (), False, False),
        "language": (("ja", "en"), (), False, False),
        "device": (("phone", "tablet", "computer", "other"), (), False, False),
        "week": ((), (), False, False),
        "place": (("0", "3"), (), False, False),
    }


def test_of_the_built_in_questionnaire_numbers_dates_texts_and_questions_asked_of_some_are_left_out():
    assert list(fields_of(every_kind())) == [
        "Q1", "Q2.a", "Q2.b", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9", "Q9.1", "B1", "B2", "B3", "M", "S",
        "language", "device", "week",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "keys"),
    [
        (OpinionMap(story="none", summary={}), None),
        (OpinionMap(story="spectrum", summary={}), ("low", "middle", "high")),
        (None, None),
    ],
)
def test_places_of_a_map_can_be_crossed_where_it_tells_a_story(stored, keys):
    found = fields_of(small_questionnaire(), places_of(stored)).get("place")

    assert (found.keys if found else None) == keys


@pytest.mark.parametrize(
    ("rows", "columns", "chips", "code", "detail"),
    [
        ("W", "A", [], "unknown_field", {"field": "W"}),
        ("Q", "visible_ms", [], "unknown_field", {"field": "visible_ms"}),
        ("Q" * 10_000, "A", [], "unknown_field", {"field": "Q" * 10_000}),
        ("Q", "Q", [], "same_field", {"field": "Q"}),
        ("R", "R.1", [], "same_field", {"field": "R"}),
        ("A", "M", [], "several_in_columns", {"field": "M"}),
        ("Q", "A", ["pseudonym:1"], "unknown_field", {"field": "pseudonym"}),
        ("Q", "A", ["B:7"], "unknown_category", {"field": "B", "category": "7"}),
        ("Q", "A", ["B"], "unknown_category", {"field": "B", "category": ""}),
        ("Q", "A", ["week:2026-11-23"], "no_filter", {"field": "week"}),
        ("Q", "A", ["M:1"], "no_filter", {"field": "M"}),
        ("Q", "A", ["Q:1"], "filter_in_table", {"field": "Q"}),
        ("Q", "A", ["B:1", "N:1", "S:1", "language:ja"], "too_many_filters", {"most": 3}),
    ],
)
def test_what_cannot_be_crossed_is_refused_by_name(fields, rows, columns, chips, code, detail):
    with pytest.raises(CannotBeCalculated) as refused:
        asked(fields, rows, columns, chips)

    assert (refused.value.code, refused.value.detail) == (code, detail)


def test_the_same_chips_in_another_order_are_the_same_question(fields):
    one = asked(fields, "Q", "A", ["device:other", "B:3", "B:1", "B:3"])
    other = asked(fields, "Q", "A", ["B:1", "device:other", "B:3"])

    assert one == other
    assert one.as_json() == {
        "rows": "Q",
        "columns": "A",
        "filters": [{"field": "B", "codes": ["1", "3"]}, {"field": "device", "codes": ["other"]}],
    }
    assert from_json(fields, one.as_json()) == one
