"""Weights from margins, and every reason for which there are none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.analysis.raking import Margin, Raked, Reason, Refusal, cells_of, fit, rake
from apps.analysis.weights import design_effect, weighted_shares
from tests.analysis.golden import golden


def readers_of(cells):
    """Row and column of each reader of a table of counts."""
    rows, columns = np.indices(cells.shape)
    return np.repeat(rows.ravel(), cells.ravel()), np.repeat(columns.ravel(), cells.ravel())


def margin(name, categories, *targets):
    return Margin(name, np.asarray(categories), np.array(targets, dtype=float))


def test_a_four_by_four_table_agrees_with_the_golden_vector():
    vector = golden("W-ipf")
    seed = np.array(vector["input"]["seed"]).astype(int)
    row, column = readers_of(seed)
    targets = [np.array(vector["input"][name]) for name in ("row", "col")]
    margins = [Margin("row", row, targets[0] / 1000), Margin("column", column, targets[1] / 1000)]

    cells = cells_of(margins, None)
    weights = fit(cells)

    expected = np.array(vector["published"])
    fitted = (weights * cells.readers).reshape(4, 4) * 1000 / cells.readers.sum()
    assert fitted == pytest.approx(expected, abs=vector["tolerance"])


def test_the_odds_ratio_stays_and_the_margins_are_reached_as_in_the_golden_vector():
    vector = golden("W-rake-or")
    row, column = readers_of(np.array(vector["input"]["cells"]))
    margins = [
        margin("row", row, *vector["input"]["targets"][0]),
        margin("column", column, *vector["input"]["targets"][1]),
    ]

    found = rake(margins, fewest=100)

    assert isinstance(found, Raked)
    table = np.bincount(row * 2 + column, found.weights, 4).reshape(2, 2)
    odds = table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])
    reached = [odds, *table.sum(axis=1), *table.sum(axis=0)]
    assert reached == pytest.approx(vector["published"], abs=vector["tolerance"])
    assert np.unique(found.weights.round(6)).tolist() == [0.610042, 1.056624, 1.830127]
    assert found.design_effect == pytest.approx(1.116455, abs=1e-6)


def test_readers_who_did_not_tell_are_left_as_they_are():
    """Of 300, 100 gave no age: among the other 200 each half weighs the same, and the silent ones keep their weight."""
    age = np.repeat([0, 1, -1], [150, 50, 100])

    found = rake([margin("age", age, 0.5, 0.5)])

    assert isinstance(found, Raked)
    assert found.weights[age == -1] == pytest.approx(np.ones(100))
    assert found.weights[age == 0].sum() == pytest.approx(100)
    assert found.weights[age == 1].sum() == pytest.approx(100)


def test_weights_are_cut_to_their_bounds_and_the_rest_makes_up_for_it():
    """One in twenty ought to be one in five: a weight of 4 is cut to 3, and what is missing is told."""
    rare = np.repeat([0, 1], [380, 20])

    found = rake([margin("age", rare, 0.855, 0.145)])

    assert isinstance(found, Raked)
    assert (found.largest, found.trimmed) == (pytest.approx(2.9), 0)

    refused = rake([margin("age", rare, 0.8, 0.2)])

    assert refused == Refusal(Reason.TOO_UNEQUAL, "age", 1, pytest.approx(-0.05, abs=0.01))


def test_trimming_two_margins_until_both_hold():
    """Where both rare categories meet, readers would weigh 4.4; cut to 3, the others of their row weigh more."""
    row, column = readers_of(np.array([[300, 60], [60, 12]]))
    margins = [margin("row", row, 0.65, 0.35), margin("column", column, 0.65, 0.35)]

    found = rake(margins)

    assert isinstance(found, Raked)
    assert found.largest_before == pytest.approx(4.41, abs=0.01)
    assert (found.largest, found.trimmed) == (pytest.approx(3), 12)
    assert np.abs(np.concatenate(list(found.residuals.values()))).max() < 1e-6
    assert found.weights.mean() == pytest.approx(1)


@pytest.mark.parametrize(
    ("targets", "refusal"),
    [
        ((0.5, 0.6), Refusal(Reason.SUM, "age", None, pytest.approx(1.1))),
        ((1.2, -0.2), Refusal(Reason.NOT_A_SHARE, "age", 1, -0.2)),
        ((np.inf, 0.5), Refusal(Reason.NOT_A_SHARE, "age", 0, np.inf)),
        ((0.4, 0.4, 0.2), Refusal(Reason.EMPTY, "age", 2, 0.2)),
        ((1.0, 0.0), Refusal(Reason.NO_TARGET, "age", 1, 100.0)),
        ((1.0,), Refusal(Reason.SIZE, "age", 1, 0.0)),
    ],
)
def test_a_broken_margin_is_refused_with_its_place(targets, refusal):
    assert rake([margin("age", np.repeat([0, 1], [200, 100]), *targets)]) == refusal


def test_targets_printed_with_few_digits_are_taken():
    found = rake([margin("age", np.repeat([0, 1, 2], 100), 0.333, 0.333, 0.333)])

    assert isinstance(found, Raked)
    assert found.weights == pytest.approx(np.ones(300))


def test_few_readers_are_refused():
    assert rake([margin("age", np.repeat([0, 1], [100, 99]), 0.5, 0.5)]) == Refusal(Reason.FEW_READERS, value=199)
    assert rake([]) == Refusal(Reason.FEW_READERS)


def test_margins_that_contradict_each_other_are_refused():
    """Everybody in the first row stands in the first column and the reverse, yet the shares are to differ."""
    both = np.repeat([0, 1], 150)

    found = rake([margin("row", both, 0.5, 0.5), margin("column", both, 0.6, 0.4)])

    assert isinstance(found, Refusal)
    assert found.reason is Reason.NOT_REACHED


def test_weights_that_cost_more_than_half_of_the_readers_are_refused():
    rare = np.repeat([0, 1], [900, 100])

    found = rake([margin("age", rare, 0.5, 0.5)], bounds=(0.01, 100))

    assert found == Refusal(
        Reason.DESIGN_EFFECT, value=pytest.approx(design_effect(np.repeat([5 / 9, 5.0], [900, 100])))
    )


def test_weights_that_readers_already_have_are_where_raking_begins():
    """Half weight for some of both ages: within an age their weights keep the ratio."""
    age, start = np.repeat([0, 1], [200, 100]), np.tile([1.0, 0.5], 150)

    found = rake([margin("age", age, 0.5, 0.5)], start=start)

    assert isinstance(found, Raked)
    assert found.weights[0] == pytest.approx(2 * found.weights[1])
    assert found.weights[age == 0].sum() == pytest.approx(found.weights[age == 1].sum())


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan])
def test_raking_does_not_begin_with_what_is_no_weight(weight):
    age, start = np.repeat([0, 1], [200, 100]), np.append(np.ones(299), weight)

    with pytest.raises(ValueError, match="finite and above zero"):
        rake([margin("age", age, 0.5, 0.5)], start=start)


def test_starting_weights_ten_times_as_large_change_nothing():
    age, start = np.repeat([0, 1], [200, 100]), np.tile([1.0, 0.5], 150)
    margins = [margin("age", age, 0.5, 0.5)]

    one, ten = rake(margins, start=start), rake(margins, start=start * 10)

    assert isinstance(one, Raked)
    assert isinstance(ten, Raked)
    assert one.weights == pytest.approx(ten.weights)


def skewed_readers(rng):
    """Of a population of which 40 % are young, the young take part three times as often; 70 % of them say yes, and 30 %
    of the others: 46 % of all."""
    young = rng.random(600) < 0.4 * 3 / (0.4 * 3 + 0.6)
    says_yes = rng.random(600) < np.where(young, 0.7, 0.3)
    return [margin("age", young.astype(int), 0.6, 0.4)], says_yes.astype(int)


def test_a_planted_share_comes_back_from_skewed_readers():
    margins, says_yes = skewed_readers(np.random.default_rng(21))

    found = rake(margins)

    assert isinstance(found, Raked)
    weighted = weighted_shares(says_yes, found.weights, 2)
    assert says_yes.mean() > 0.53
    assert weighted.shares[1] == pytest.approx(0.46, abs=2 * weighted.errors[1])


@settings(max_examples=50)
@given(
    st.lists(st.integers(5, 60), min_size=6, max_size=6),
    st.lists(st.floats(0.2, 0.8), min_size=2, max_size=2),
    st.randoms(use_true_random=False),
)
def test_reached_margins_bounded_weights_or_a_reason(counts, wanted, random):
    row, column = readers_of(np.array(counts).reshape(2, 3))
    order = random.sample(range(len(row)), len(row))
    targets = [(wanted[0], 1 - wanted[0]), (wanted[1] / 2, wanted[1] / 2, 1 - wanted[1])]
    margins = [margin("row", row, *targets[0]), margin("column", column, *targets[1])]
    shuffled = [margin("row", row[order], *targets[0]), margin("column", column[order], *targets[1])]

    found, again = rake(margins, fewest=1), rake(shuffled, fewest=1)

    if isinstance(found, Refusal):
        assert isinstance(again, Refusal)
        assert found.reason is again.reason
    else:
        assert isinstance(again, Raked)
        assert found.weights[order] == pytest.approx(again.weights)
        assert found.weights.mean() == pytest.approx(1)
        assert 0.3 - 1e-6 <= found.smallest <= found.largest <= 3 + 1e-6
        assert found.design_effect <= 2
        assert np.abs(np.concatenate(list(found.residuals.values()))).max() <= 0.005
