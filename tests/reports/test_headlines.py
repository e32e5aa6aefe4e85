"""Sentences made by rule. Translations are switched off: what is tried here are the rules."""

import pytest
from django.utils import translation

from apps.reports.headlines import headline, page_headline
from apps.reports.numbers import fraction_text, percent_text, points_text, value_text, whole_percent
from tests.reports.factories import content_of, every_kind

DEFINITION = every_kind()
QUICKLY = "Decide quickly in a small group, even if that means more mistakes"
RESEARCHERS = "Researchers take the lead and decide carefully"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(name, answers, *, values=None, on_page=False):
    content = content_of(DEFINITION, [{name: answer} for answer in answers], values=values or {})
    entry = next(entry for entry in content["questions"] if entry["id"] == name)
    return (page_headline if on_page else headline)(DEFINITION.question(name), entry, "en")


@pytest.mark.parametrize(
    ("name", "answers", "sentence"),
    [
        ("Q1", [1] * 120 + [2] * 98 + [5] * 100 + [3] * 94, "Just over half were on the side of “Undesirable”"),
        ("Q1", [5] * 210 + [1] * 202, "About as many chose the side of “Desirable” as the side of “Undesirable”"),
        ("Q1", [3] * 280 + [1] * 120, "About 7 in 10 chose “Neither desirable nor undesirable”"),
        ("Q1", [98] * 280 + [1] * 120, "About 7 in 10 chose “Don't know / undecided”"),
        ("Q1", [5] * 4 + [1] * 3 + [3] * 4, "Answers are divided, and none is clearly ahead"),
        ("Q5", [4] * 280 + [1] * 120, f"About 7 in 10 were closer to “{QUICKLY}”"),
        ("Q6", [3] * 280 + [1] * 120, f"“{RESEARCHERS}” was chosen most often, by about 7 in 10"),
        ("Q6", [3] * 200 + [1] * 200, f"About as many chose “One leader decides quickly” as “{RESEARCHERS}”"),
        (
            "Q9",
            [[3, 1]] * 280 + [[2]] * 120,
            "About as many chose “Independent expert safety review” as “National law”",
        ),
        ("Q9", [[3]] * 280 + [[2]] * 120, "“National law” came into the first 3 most often, for about 7 in 10"),
        ("M", [[1, 2]] * 280 + [[1]] * 120, "“a” was chosen most often, by all"),
        ("S", [7] * 12, "7 on average, 7 in the middle"),
        ("B1", [1] * 40, ""),
        ("Q1", [5] * 9, ""),
    ],
)  # fmt: skip
def test_a_figure_says_what_its_numbers_carry(name, answers, sentence):
    assert said(name, answers) == sentence


def test_the_page_says_how_many_answered():
    assert said("Q1", [1] * 400 + [5] * 12, on_page=True) == (
        "Of 412 people who answered, nearly all were on the side of “Undesirable”"
    )


def test_rows_have_sentences_of_their_own():
    assert said("Q2", [{"a": 4, "b": 1}] * 12) == ""


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1, "all"),
        (0.97, "nearly all"),
        (0.75, "just over 7 in 10"),
        (0.76, "nearly 8 in 10"),
        (0.79, "about 8 in 10"),
        (0.67, "nearly 7 in 10"),
        (0.53, "just over half"),
        (0.5, "about half"),
        (0.47, "nearly half"),
        (0.31, "about 3 in 10"),
        (0.04, "fewer than one in ten"),
    ],
)
def test_shares_in_words(share, words):
    assert fraction_text(share) == words


def test_percentages_tell_none_little_and_hidden_apart():
    assert [percent_text(0.0, 0), percent_text(0.002, 3), percent_text(None, None), percent_text(0.245, 49)] == [
        "–",
        "0%",
        "x",
        "25%",
    ]


def test_halves_go_up():
    assert [whole_percent(share) for share in (0.005, 0.015, 0.125, 0.145, 0.995)] == [1, 2, 13, 15, 100]


def test_differences_carry_their_sign():
    assert [points_text(value) for value in (0.31, -0.08, 0.0)] == ["+31 points", "−8 points", "0 points"]


def test_values_have_no_trailing_zeros():
    assert [value_text(value) for value in (6.0, 6.5, 1234.25)] == ["6", "6.5", "1,234.25"]
