"""Two groups on one scale, in one sentence: which of them stands nearer to its end, and how often."""

import numpy as np
import pytest
from django.utils.translation import override
from scipy.stats import brunnermunzel

from apps.reports.crosstables.fields import fields_of
from apps.reports.crosstables.verdict import verdict
from tests.reports.crosstables.factories import material_of, small_questionnaire, spread_out, table_of

JAPANESE, ENGLISH = [10, 20, 30], [20, 20, 20]
"""By hand: an English reader stands higher, ties half, in (20 · 5 + 20 · 20 + 20 · 45) / 60² = 0.3889."""
FIELDS = fields_of(small_questionnaire())


def by_language(japanese=JAPANESE, english=ENGLISH, **noted):
    steps, language = spread_out(np.array([japanese, english]).T, (1, 2, 3), (0, 1))
    return material_of({"Q": steps}, language=language.astype(np.uint8), **noted)


def said(content, language):
    with override(language):
        return dict(verdict(content, FIELDS, language))


def test_two_groups_by_hand_and_as_scipy_tests_them():
    found = table_of(by_language(), "Q", "language")
    p = brunnermunzel(*(np.repeat([1, 2, 3], counts) for counts in (JAPANESE, ENGLISH))).pvalue.item()

    assert found["tests"]["nearer"] == {
        "groups": ["ja", "en"],
        "likely": 0.611,
        "interval": [0.516, 0.707],
        "p": {"value": round(p, 4)},
    }
    assert said(found, "en")["Two groups"] == (
        "Of two readers drawn at random, one from each group, the one from “Japanese” is nearer to “step 3” in 61% of"
        f" cases, ties counted half (95% guide 52% to 71%; Brunner and Munzel): p = {p:.4f}"
    )


def test_groups_in_the_rows_say_the_same():
    across, down = (table_of(by_language(), *sides)["tests"] for sides in (("Q", "language"), ("language", "Q")))

    assert down["nearer"] == across["nearer"]


def test_where_anything_is_hidden_or_rounded_it_is_told_about():
    found = table_of(by_language(profile="strict"), "Q", "language")

    assert found["tests"]["nearer"] == {"groups": ["ja", "en"], "likely": 0.6, "p": {"under": 0.05}}
    assert said(found, "ja")["二つのグループ"] == (
        "二つのグループから一人ずつ無作為に選ぶと、約60%の割合で「日本語」の人のほうが「step 3」に近い答えです"
        "（同じ答えは半分ずつ数えます。ブルンナー・ムンツェル検定）：p < 0.05"
    )


@pytest.mark.parametrize(
    ("english", "why"), [([2, 3, 2], "its total is withheld"), ([0, 0, 0], "there is one group"), ([1, 1, 1], "few")]
)
def test_nothing_is_said_of_a_group_that_is_not_shown(english, why):
    assert table_of(by_language(english=english), "Q", "language")["tests"]["nearer"] is None, why


def test_three_groups_are_told_by_their_heights_alone():
    codes = spread_out(np.full((3, 3), 20), (1, 2, 3), (1, 2, 3))

    tests = table_of(material_of({"Q": codes[0], "B": codes[1]}), "Q", "B")["tests"]

    assert (tests["heights"]["epsilon"], tests["nearer"]) == (0.0, None)


def test_tables_of_older_reports_are_told_without_it():
    found = table_of(by_language(), "Q", "language")
    del found["tests"]["nearer"]

    assert list(said(found, "en")) == ["Effect size", "Indicative test", "One scale by groups"]
