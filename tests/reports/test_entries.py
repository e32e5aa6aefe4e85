"""One question's part of an epoch, by readers that can be counted on fingers."""

import pytest

from apps.inquiries.privacy import PROFILES
from apps.reports.entries import entry
from tests.reports.factories import every_kind, tally_of

STANDARD, STRICT = PROFILES["standard"], PROFILES["strict"]


@pytest.fixture(scope="module")
def definition():
    return every_kind()


def entry_of(definition, name, answers, *, profile=STANDARD, values=(), before=None):
    tally = tally_of(definition, [{name: answer} for answer in answers])
    return entry(definition.question(name), tally=tally, profile=profile, values=values, before=before)


def test_an_ordered_question_has_shares_with_dont_know_a_net_and_its_leading_side(definition):
    """Of twenty: 12 on the desirable side, 3 on the other, 2 between, 3 who do not know; one more left it blank."""
    shown = entry_of(definition, "Q1", [5] * 8 + [4] * 4 + [3] * 2 + [2, 1, 1] + [98] * 3 + [97])

    assert shown == {
        "id": "Q1",
        "kind": "single_ordinal",
        "base": 20,
        "blank": 1,
        "not_shown": 0,
        "hidden": False,
        "small_base": True,
        "counts": {"5": 8, "4": 4, "3": 2, "2": 1, "1": 2, "98": 3},
        "shares": {"5": 0.4, "4": 0.2, "3": 0.1, "2": 0.05, "1": 0.1, "98": 0.15},
        "net": 0.45,
        "finding": {"groups": [[4, 5], [1, 2], [98]], "shares": [0.6, 0.15, 0.15]},
    }


def test_with_many_readers_one_side_leads_alone(definition):
    shown = entry_of(definition, "Q1", [5] * 300 + [1] * 100)

    assert shown["finding"] == {"groups": [[4, 5]], "shares": [0.75]}


def test_nothing_is_shown_of_fewer_readers_than_the_profile_asks(definition):
    shown = entry_of(definition, "Q1", [5] * 9)

    assert shown["hidden"]
    assert set(shown["counts"].values()) == set(shown["shares"].values()) == {None}
    assert "net" not in shown
    assert "finding" not in shown


def test_the_strict_profile_hides_small_cells_rounds_and_tells_no_more(definition):
    shown = entry_of(definition, "Q1", [5] * 33 + [4] * 14 + [2] * 11 + [1] * 4, profile=STRICT)

    assert shown["base"] == 60
    assert shown["counts"] == {"5": 35, "4": 15, "3": None, "2": None, "1": None, "98": None}
    assert shown["shares"] == {"5": 0.53, "4": 0.23, "3": None, "2": None, "1": None, "98": None}
    assert "net" not in shown
    assert "finding" not in shown


def test_a_cell_hidden_in_the_last_epoch_stays_the_companion(definition):
    before = entry_of(definition, "Q1", [5] * 60 + [4] * 12 + [3] * 11 + [2] * 20 + [1] * 9 + [98] * 15, profile=STRICT)
    after = entry_of(
        definition, "Q1", [5] * 60 + [4] * 12 + [3] * 14 + [2] * 20 + [1] * 9 + [98] * 15, profile=STRICT, before=before
    )

    assert [code for code, count in before["counts"].items() if count is None] == ["3", "1"]
    assert [code for code, count in after["counts"].items() if count is None] == ["3", "1"]


def test_questions_about_readers_hide_small_groups_in_every_profile(definition):
    """Three in their fifties and nobody above: the twelve in their thirties keep them company."""
    shown = entry_of(definition, "B1", [1] * 20 + [2] * 12 + [3] * 30 + [4] * 3)

    assert shown["counts"] == {"1": 20, "2": None, "3": 30, "4": None, "5": None, "6": None, "99": None}
    assert "finding" not in shown


def test_rows_are_counted_apart_and_their_readers_together(definition):
    """One reader answered the second row only."""
    shown = entry_of(definition, "Q2", [{"a": 4, "b": 1}] * 11 + [{"b": 98}] + [97])

    assert (shown["base"], shown["blank"]) == (12, 1)
    assert (shown["rows"]["a"]["base"], shown["rows"]["b"]["base"]) == (11, 12)
    assert shown["rows"]["a"]["net"] == 1
    assert shown["rows"]["b"]["counts"] == {"4": 0, "3": 0, "2": 0, "1": 11, "98": 1}


def test_a_ranking_has_first_choices_and_any_place(definition):
    shown = entry_of(definition, "Q9", [[3, 1, 2]] * 6 + [[1]] * 5 + [[7]])

    assert shown["base"] == 12
    assert shown["first"]["counts"] == {"1": 5, "2": 0, "3": 6, "4": 0, "5": 0, "6": 0, "7": 1, "98": 0}
    assert shown["any"]["counts"] == {"1": 11, "2": 6, "3": 6, "4": 0, "5": 0, "6": 0, "7": 1, "98": 0}
    assert shown["mentions"] == 2


def test_an_option_that_stands_alone_is_hidden_in_both_tables_of_a_ranking(definition):
    """Five put the second option first; the twelve who need no checks keep them company. The other table, where all
    cells are large, must not tell the twelve."""
    lists = [[1, 2, 3]] * 14 + [[1, 4, 5]] * 13 + [[1, 6]] * 13 + [[2, 1]] * 5 + [[7]] * 12 + [[98]] * 15

    shown = entry_of(definition, "Q9", lists, profile=STRICT)

    assert shown["first"]["counts"] == {
        "1": 40, "2": None, "3": None, "4": None, "5": None, "6": None, "7": None, "98": 15,
    }  # fmt: skip
    assert shown["any"]["counts"] == {"1": 45, "2": 20, "3": 15, "4": 15, "5": 15, "6": 15, "7": None, "98": 15}
    assert shown["any"]["shares"]["7"] is None
    assert "finding" not in shown


def test_several_answers_are_shares_of_readers(definition):
    shown = entry_of(definition, "M", [[1, 2]] * 6 + [[2]] * 6 + [97] * 2)

    assert (shown["base"], shown["blank"]) == (12, 2)
    assert shown["shares"] == {"1": 0.5, "2": 1, "3": 0, "98": 0}
    assert shown["mentions"] == 1.5


def test_a_scale_has_every_step_and_moments_without_dont_know(definition):
    shown = entry_of(definition, "S", [10] * 5 + [0] * 5 + [98] * 2)

    assert shown["base"] == 12
    assert shown["counts"]["10"] == shown["counts"]["0"] == 5
    assert (shown["mean"], shown["median"], shown["valued"]) == (5, 0, 10)


def test_numbers_are_counted_in_bins_of_the_stated_range(definition):
    shown = entry_of(definition, "N", [None] * 13, values=[("3", 4), ("17.5", 6), ("50", 2), (None, 1)])

    assert (shown["base"], shown["blank"], shown["bin_width"]) == (12, 1, 5)
    assert {start: count for start, count in shown["counts"].items() if count} == {"0": 4, "15": 6, "50": 2}
    assert (shown["mean"], shown["quartiles"]) == (18.08, [3, 17.5])


def test_numbers_about_readers_hide_small_bins_and_what_would_give_them_away(definition):
    shown = entry_of(definition, "A", [None] * 40, values=[("20", 25), ("35", 14), ("88", 1)])

    assert {start: count for start, count in shown["counts"].items() if count is not None} == {"20": 25}
    assert "mean" not in shown


def test_dates_are_counted_by_month(definition):
    shown = entry_of(definition, "D", [None] * 12, values=[("2026-04-01", 5), ("2026-04-30", 5), ("2026-05-01", 2)])

    assert shown["counts"] == {"2026-04": 10, "2026-05": 2}


def test_of_words_only_their_number_is_told(definition):
    shown = entry_of(definition, "Q3", [None] * 16, values=[("", 12), (None, 4)])

    assert shown == {
        "id": "Q3",
        "kind": "open_text",
        "base": 12,
        "blank": 4,
        "not_shown": 0,
        "hidden": False,
        "small_base": True,
    }
