"""Weighted beside unweighted: whole numbers, refusals by name, and what must not change."""

import numpy as np
import pytest
from django.utils.translation import override

from apps.inquiries.privacy import PROFILES
from apps.reports.crosstables.fields import fields_of
from apps.reports.weighting.telling import blocks, refusal_text
from apps.reports.weighting.weighted import weighted, with_and_without
from tests.reports.crosstables.factories import material_of, small_questionnaire

SOURCE = {"source": "census", "date": "2025-10-01", "url": ""}


def margin(first, second, third, field="A"):
    return {"field": field, "shares": {"1": first, "2": second, "3": third}, **SOURCE}


def readers(of_bands=(200, 100, 100), silent=0, **columns):
    """Who is in the first band says 1, everybody else says 3; the silent do not tell their band."""
    bands = np.repeat([1, 2, 3, 97], [*of_bands, silent])
    return material_of({"Q": np.where(bands == 1, 1, 3), "A": bands, **columns})


def test_readers_are_weighted_to_the_shares_that_were_entered():
    found = weighted(readers(), [margin(25, 25, 50)], {})

    assert found["refusal"] is None
    assert (found["readers"], found["design_effect"], found["effective"]) == (400, 1.375, 290.9)
    assert (found["smallest"], found["largest"], found["trimmed"]) == (0.5, 2.0, 0)
    assert found["residuals"] == {"A": {"1": 0.0, "2": 0.0, "3": 0.0}}
    first = found["questions"][0]
    assert (first["field"], first["keys"], first["base"]) == ("Q", ["1", "2", "3", "98"], 400)
    assert first["unweighted"] == [0.5, 0.0, 0.5, 0.0]
    assert first["weighted"] == [0.25, 0.0, 0.75, 0.0]
    assert first["errors"][0] == 0.0193  # by hand: √(400/399 · (0.75² · 50 + 0.25² · 500) / 400²)


def test_ten_times_the_weights_change_no_share_and_no_standard_error():
    rng = np.random.default_rng(4)
    field, column = fields_of(small_questionnaire())["Q"], rng.choice([1, 2, 3, 98, 97], 500).astype(np.uint8)
    weights = rng.uniform(0.3, 3, 500)

    one, ten = (with_and_without(field, column, each, PROFILES["standard"], {}) for each in (weights, 10 * weights))

    assert one == ten
    assert one["errors"] != [0.0] * 4


def test_who_does_not_tell_keeps_their_weight():
    found = weighted(readers(silent=100), [margin(25, 25, 50)], {})

    assert found["residuals"] == {"A": {"1": 0.0, "2": 0.0, "3": 0.0}}
    assert found["readers"] == 500


@pytest.mark.parametrize(
    ("material", "entered", "refusal"),
    [
        (readers((50, 50, 50)), margin(25, 25, 50), {"reason": "few_readers", "field": None, "category": None}),
        (readers((200, 200, 0)), margin(25, 25, 50), {"reason": "empty", "field": "A", "category": "3"}),
        (readers(), margin(50, 50, 0), {"reason": "no_target", "field": "A", "category": "3"}),
        (readers((360, 30, 10)), margin(10, 10, 80), {"reason": "too_unequal", "field": "A", "category": "3"}),
        (readers((250, 130, 120)), margin(80, 10, 10, field="B"), {"reason": "empty", "field": "B", "category": "1"}),
        (readers(), {**margin(50, 50, 0), "shares": {"1": 50, "2": 50}}, {"reason": "gone", "field": "A"}),
        (readers(), margin(25, 25, 50, field="W"), {"reason": "gone", "field": "W"}),
    ],
)
def test_what_cannot_be_weighted_is_refused_in_words(material, entered, refusal):
    found = weighted(material, [entered], {})

    assert {name: found["refusal"].get(name) for name in refusal} == refusal
    assert "questions" not in found
    for language, begins in (("en", "Nothing is weighted: "), ("ja", "重みづけ")):
        with override(language):
            text = refusal_text(found["refusal"], fields_of(small_questionnaire()), language)
            assert text.startswith(begins) or language == "ja"
            assert "{" not in text


def test_too_dear_weights_are_refused():
    """Ninety in a hundred would count three tenths, ten in a hundred three times the mean and more."""
    found = weighted(readers((270, 65, 65)), [margin(20.5, 39.75, 39.75)], {})

    assert found["refusal"] is None or found["refusal"]["reason"] == "design_effect"
    assert found["refusal"] is not None or found["design_effect"] <= 2


def test_hidden_answers_have_no_weighted_share_either():
    epoch = {"questions": [{"id": "Q", "counts": {"1": None, "2": 0, "3": None, "98": 0}}]}
    material = material_of({"Q": np.repeat([1, 3, 2], [5, 300, 95]), "A": np.tile([1, 2, 3, 3], 100)}, profile="strict")

    first = weighted(material, [margin(25, 25, 50)], epoch)["questions"][0]

    assert [value is None for value in first["weighted"]] == [value is None for value in first["unweighted"]]
    assert first["weighted"][0] is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_fixed_sentence_stands_first_and_both_columns_stand_side_by_side(language):
    content = weighted(readers(), [margin(25, 25, 50)], {})

    with override(language):
        told = blocks(content, small_questionnaire(), language)

    sentence, table = told[0].text, told[3]
    assert "census" in sentence
    assert "1.38" in sentence
    assert "291" in sentence
    assert table.rows[0][1:3] == ("50%", "25%")
    assert table.rows[1][1:3] == ("50%", "75%")
