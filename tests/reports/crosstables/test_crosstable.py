"""Cross-tables: whole numbers of small cases, and that nothing hidden comes back from all that is shown together."""

import numpy as np
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.disclosure_audit import audit_table, room
from apps.reports.calculations.kinds import CannotBeCalculated
from apps.reports.crosstables.verdict import test_text as words_of_test
from apps.surveys.arms import Arm
from apps.surveys.reading import parse
from tests.reports.crosstables.factories import material_of, recovered, small_questionnaire, spread_out, table_of
from tests.reports.factories import built_in_document

STEPS, BANDS, SILENT = [1, 2, 3, 98], [1, 2, 3], 97


def two(table, rows="Q", columns="A", row_codes=(1, 2, 3, 98, 97), column_codes=(1, 2, 3, 97), **noted):
    """Readers as in a table whose last row and last column are silent."""
    codes = spread_out(table, row_codes, column_codes)
    return material_of({rows: codes[0], columns: codes[1]}, **noted)


WHOLE = [[30, 20, 10, 15], [12, 40, 25, 11], [18, 22, 60, 13], [10, 11, 12, 14], [16, 17, 10, 19]]


def test_a_table_without_small_cells_is_told_to_the_last_reader():
    found = table_of(two(WHOLE), "Q", "A")

    assert (found["row_keys"], found["column_keys"]) == (["1", "2", "3", "98", "silent"], ["1", "2", "3", "silent"])
    assert found["counts"] == [
        [30, 20, 10, 15, 75],
        [12, 40, 25, 11, 88],
        [18, 22, 60, 13, 113],
        [10, 11, 12, 14, 47],
        [16, 17, 10, 19, 62],
        [86, 110, 117, 72, 385],
    ]
    assert found["column_shares"][0] == [0.3488, 0.1818, 0.0855, 0.2083, 0.1948]
    assert found["row_shares"][0] == [0.4, 0.2667, 0.1333, 0.2, 1.0]
    assert found["whole"]


def test_tests_look_at_answers_alone():
    found = table_of(two(WHOLE), "Q", "A")

    tests = found["tests"]
    assert (tests["method"], tests["freedom"], tests["p"]) == ("pearson", 6, {"value": 0.0})
    assert tests["statistic"] == pytest.approx(pearson(np.array(WHOLE)[:4, :3]), abs=0.005)
    assert tests["together"]["tau_b"] == pytest.approx(0.341, abs=0.001)  # scipy.stats.kendalltau of the 3 × 3 steps
    assert (tests["compared"], tests["comparisons"]) == ([0, 1, 2], 12)
    assert found["letters"][0] == ["B C", "", ""]
    assert found["levels"][0] == [2, 0, -2]
    assert found["residuals"][0] == [4.8, -0.2, -4.1]


def pearson(counts):
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    return ((counts - expected) ** 2 / expected).sum()


def test_where_a_cell_is_hidden_nothing_is_told_from_which_it_could_be_worked_out():
    table = np.array(WHOLE)
    table[0, 2] = 3

    found = table_of(two(table), "Q", "A")

    hidden = recovered(found) < 0
    assert hidden[0, 2]
    assert hidden.sum() == 4
    assert not found["whole"]
    assert found["residuals"] is None
    assert (found["tests"]["p"], found["tests"]["v"]) == ({"under": 0.001}, 0.35)
    assert "statistic" not in found["tests"]
    assert set(found["tests"]["together"]) == {"gamma", "tau_b", "p"}
    assert all(
        (share is None) == cell
        for shares in (found["row_shares"], found["column_shares"])
        for line, cells in zip(shares, hidden.tolist(), strict=True)
        for share, cell in zip(line, cells, strict=True)
    )


tables = arrays(np.int64, (5, 4), elements=st.one_of(st.integers(0, 14), st.integers(0, 60)))


@settings(max_examples=40)
@given(tables)
def test_cells_add_up_and_hidden_ones_cannot_be_worked_out(table):
    material = two(table)
    if len(material) < 10:
        return

    found = table_of(material, "Q", "A")

    rows, columns = lines(found, table)
    counts, shown = with_all_totals(table[np.ix_(rows, columns)]), recovered(found)
    hidden = shown < 0
    assert np.array_equal(shown[~hidden], counts[~hidden])
    assert (counts[:-1, :-1][~hidden[:-1, :-1]] >= 10).all()
    assert shown[-1, -1] == len(material)
    check_intervals(counts, hidden)


def lines(found, table):
    keys = (["1", "2", "3", "98", "silent"], ["1", "2", "3", "silent"])
    return [
        [known.index(key) for key in found[name]] for known, name in zip(keys, ("row_keys", "column_keys"), strict=True)
    ]


def with_all_totals(counts):
    lines = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([lines, lines.sum(axis=0)])


def check_intervals(counts, hidden, limits=None):
    """Ten wide, or as wide as the totals alone leave it, as a linear programme finds from the outside."""
    audited, inside = audit_table(counts, hidden, limits), hidden.copy()
    inside[:-1, :-1] = True
    for cell, low, high in zip(np.argwhere(hidden), audited.low, audited.high, strict=True):
        assert high - low >= min(10, room(counts, inside, (int(cell[0]), int(cell[1])), limits)) - 1e-6


@settings(max_examples=40)
@given(tables, tables)
def test_a_filtered_table_beside_the_whole_one_gives_neither_away(passing, others):
    codes = [
        np.concatenate(each)
        for each in zip(*(spread_out(t, (1, 2, 3, 98, 97), (1, 2, 3, 97)) for t in (passing, others)), strict=True)
    ]
    chip = np.repeat([1, 2], [passing.sum(), others.sum()])
    material = material_of({"Q": codes[0], "A": codes[1], "B": chip})
    if passing.sum() < 10 or others.sum() < 10:
        return

    whole, part = table_of(material, "Q", "A"), table_of(material, "Q", "A", "B:1")

    rows, columns = lines(part, passing)
    counts, limits = (with_all_totals(table[np.ix_(rows, columns)]) for table in (passing, passing + others))
    shown = recovered(part)
    hidden = shown < 0
    assert (part["row_keys"], part["column_keys"]) == (whole["row_keys"], whole["column_keys"])
    assert np.array_equal(shown[~hidden], counts[~hidden])
    assert (counts[~hidden] >= 10).all()
    assert ((limits - counts)[~hidden] >= 10).all()
    assert (hidden[:-1, :-1] >= (recovered(whole) < 0)[:-1, :-1]).all()
    check_intervals(counts, hidden, limits)


def test_filters_that_leave_too_few_or_leave_too_few_out_show_nothing():
    material = material_of({"Q": [1] * 60, "A": [1] * 60, "B": [1] * 4 + [2] * 56})

    for chip, code in (("B:1", "few_left"), ("B:2", "few_left_out")):
        with pytest.raises(CannotBeCalculated) as refused:
            table_of(material, "Q", "A", chip)
        assert (refused.value.code, refused.value.detail) == (code, {"smallest": 10})


@pytest.mark.parametrize("readers", [0, 1, 9])
def test_of_a_handful_of_readers_nothing_is_shown(readers):
    with pytest.raises(CannotBeCalculated, match="few_readers"):
        table_of(material_of({"Q": [1] * readers, "A": [1] * readers}), "Q", "A")


def test_all_blank_is_one_line():
    found = table_of(material_of({"Q": [97] * 40, "A": [255] * 40}), "Q", "A")

    assert (found["row_keys"][-1], found["column_keys"][-1], found["tests"]["p"] if found["tests"] else None) == (
        "silent",
        "silent",
        None,
    )


def test_a_background_group_that_its_own_table_hides_is_hidden_here():
    """Four readers in the first band: hidden in the table of that question, and the next band with them."""
    found = table_of(two([[2, 20, 60, 0], [2, 30, 70, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]), "Q", "A")

    assert recovered(found)[-1].tolist() == [-1, -1, 130, 184]


def test_what_the_newest_epoch_hides_stays_hidden():
    epoch = {"questions": [{"id": "A", "counts": {"1": 30, "2": None, "3": 40}}]}
    table = [[2, 30, 12, 15], [40, 40, 25, 11], [18, 22, 60, 13], [10, 11, 12, 14], [16, 17, 10, 19]]
    first = two([[1, 0, 2, 0], *([12, 12, 12, 12] for _ in range(4))])

    assert recovered(table_of(two(table), "Q", "A", epoch=epoch))[-1].tolist() == [86, 120, 119, 72, 397]
    assert recovered(table_of(first, "Q", "A", epoch=epoch))[-1].tolist() == [49, 48, 50, 48, 195]


def test_strict_tables_are_rounded():
    found = table_of(two(WHOLE, profile="strict"), "Q", "A")

    assert found["counts"][-1] == [85, 110, 115, 70, 385]
    assert found["column_shares"][0] == [0.35, 0.18, 0.09, 0.21, 0.19]
    assert found["residuals"] is None
    assert "under" in found["tests"]["p"]


def several_choices(rng, readers=400):
    ticks = rng.random((3, readers)) < [[0.6], [0.4], [0.2]]
    columns = {("M", None, code): ticks[code - 1].astype(int) for code in (1, 2, 3)}
    silent = np.zeros(readers, dtype=bool)
    silent[:40] = True
    columns = {slot: np.where(silent, 97, column) for slot, column in columns.items()}
    return material_of({**columns, "A": rng.integers(1, 4, readers)}), ticks & ~silent


def test_several_answers_are_counted_option_by_option_out_of_all_readers():
    material, ticks = several_choices(np.random.default_rng(5))

    found = table_of(material, "M", "A")

    bands = material.column("A")
    counts = [[int((option & (bands == band)).sum()) for band in (1, 2, 3)] for option in ticks]
    totals = [int((bands == band).sum()) for band in (1, 2, 3)]
    assert found["counts"] == [[*line, sum(line)] for line in (*counts, totals)]
    assert found["column_shares"][0][0] == round(counts[0][0] / totals[0], 4)
    assert [set(each) for each in found["tests"]["options"]] == [
        {"method", "v", "p", "statistic", "freedom", "adjusted"}
    ] * 3
    assert found["tests"]["comparisons"] == 9


def test_a_ranking_counts_any_place_and_its_first_choice_is_a_field_of_its_own():
    """Ninety readers, thirty in each band: half put 1 first and 2 second, half put 3 first and nothing second."""
    one = np.arange(90) % 2 == 0
    places = {("R", "1"): np.where(one, 1, 3), ("R", "2"): np.where(one, 2, 255)}
    material = material_of({**places, "A": np.repeat([1, 2, 3], 30)})

    anywhere, first = table_of(material, "R", "A"), table_of(material, "R.1", "A")

    halves, everybody = [15, 15, 15, 45], [30, 30, 30, 90]
    assert (anywhere["row_keys"], anywhere["counts"]) == (["1", "2", "3"], [halves, halves, halves, everybody])
    assert (first["row_keys"], first["counts"]) == (["1", "3"], [halves, halves, everybody])


@settings(max_examples=30)
@given(arrays(np.int64, (8, 3), elements=st.integers(0, 30)))
def test_an_option_cannot_be_worked_out_from_the_others(counts):
    """Readers by which of three options they chose; every option's table alone, and all rows beside one another."""
    patterns, bands = spread_out(counts, range(8), BANDS)
    columns = {("M", None, code): (patterns >> (code - 1)) & 1 for code in (1, 2, 3)}
    if len(bands) < 10:
        return

    found = table_of(material_of({**columns, "A": bands}), "M", "A")

    shown = recovered(found)
    for key, line in zip(found["row_keys"], shown[:-1], strict=True):
        chosen = (patterns >> (int(key) - 1)) & 1 == 1
        real = np.array([(chosen & (bands == int(band))).sum() for band in found["column_keys"]])
        everybody = np.array([(bands == int(band)).sum() for band in found["column_keys"]])
        table, hidden = with_all_totals(np.stack([real, everybody - real])), np.zeros((3, len(real) + 1), dtype=bool)
        hidden[:2], hidden[2] = line < 0, shown[-1] < 0
        assert np.array_equal(line[line >= 0], table[0][line >= 0])
        check_intervals(table, hidden)


def test_whom_the_lot_kept_from_the_first_question_is_not_counted_as_silent():
    definition = parse(built_in_document())
    readers = 90
    arm = np.where(np.arange(readers) < 30, Arm.C, Arm.A).astype(np.uint8)
    answers = {"Q1": np.where(arm == Arm.C, 255, 5), "Q4": np.where(np.arange(readers) % 2, 1, 2)}

    material = material_of(answers, definition, arm=arm)

    assert table_of(material, "Q1", "Q4")["counts"][-1] == [30, 30, 60]
    assert table_of(material, "Q6", "Q4")["counts"][-1] == [45, 45, 90]


def test_weeks_devices_and_languages_are_as_they_were_noted():
    readers = 60
    material = material_of(
        {"Q": [1] * readers},
        small_questionnaire(),
        day=np.repeat([20_001, 20_008, 20_022], 20).astype(np.int32),
        device=np.repeat([0, 2, 2], 20).astype(np.uint8),
        language=np.repeat([0, 1, 1], 20).astype(np.uint8),
    )

    weeks, devices, languages = (table_of(material, name, "Q") for name in ("week", "device", "language"))

    assert (weeks["row_keys"], [line[0] for line in weeks["counts"]]) == (
        ["2024-09-30", "2024-10-07", "2024-10-21"],
        [20, 20, 20, 60],
    )
    assert (devices["row_keys"], [line[0] for line in devices["counts"]]) == (["phone", "computer"], [20, 40, 60])
    assert (languages["row_keys"], [line[0] for line in languages["counts"]]) == (["ja", "en"], [20, 40, 60])


def test_the_same_answers_give_the_same_random_tables():
    rng = np.random.default_rng(2)
    material = material_of({"Q": rng.integers(1, 4, 70), "N": rng.choice([1, 2, 3], 70, p=[0.9, 0.05, 0.05])})

    one, other = table_of(material, "Q", "N"), table_of(material, "Q", "N")

    assert one["tests"]["method"] == "monte_carlo"
    assert one == other


def test_a_very_small_error_is_written_as_people_write_numbers():
    tests = {"method": "monte_carlo", "p": {"value": 0.0008}, "draws": 100_000, "error": 9e-05}

    with override("en"):
        assert words_of_test(tests).endswith(" (its own standard error: 0.00009)")
