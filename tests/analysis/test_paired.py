"""Two answers of the same people: small cases by hand, printed numbers of others, and a few laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis import paired
from tests.analysis.golden import golden

flows = arrays(np.int64, (3, 3), elements=st.integers(0, 60)).filter(lambda flow: flow.sum() > 0)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_bowker_and_stuart_maxwell_as_printed():
    vector = golden("C-bowker")
    table = np.array(vector["input"]["table"])
    bowker, df, p, maxwell = vector["published"]

    found, other = paired.bowker(table), paired.stuart_maxwell(table)

    assert (found.statistic, found.p) == pytest.approx((bowker, p), abs=vector["tolerance"])
    assert (found.df, other.df) == (df, 2)
    assert other.statistic == pytest.approx(maxwell, abs=vector["tolerance"])


def test_mcnemar_as_printed():
    vector = golden("C-mcnemar-cc")
    (_both, up), (down, _neither) = vector["input"]["table"]

    found = paired.mcnemar(up, down, corrected=True)

    assert (found.statistic, found.p) == pytest.approx(vector["published"], rel=2e-4)
    assert paired.mcnemar(up, down).statistic == pytest.approx(17.356, abs=0.0005)


def test_exact_and_mid_p_as_printed():
    vector = golden("C-mcnemar-exact")
    exact, mid = vector["published"]

    found = paired.mcnemar(vector["input"]["b"], vector["input"]["c"])

    assert found.mid_p == pytest.approx(mid, abs=vector["tolerance"])
    assert 2 * paired.binom.cdf(86, 236, 0.5) == pytest.approx(exact, abs=vector["tolerance"])


def test_where_nobody_changed_nothing_is_told():
    assert paired.mcnemar(0, 0) == paired.Changed(up=0, down=0, statistic=0.0, p=1.0, mid_p=1.0, exact=True)


def test_few_changes_are_counted_out():
    """Two of two one way: both heads or both tails, one half; so exact. Nobody changed: nothing to doubt."""
    assert paired.mcnemar(2, 0).p == 0.5
    assert paired.mcnemar(2, 0).exact
    assert paired.mcnemar(0, 0).p == 1.0
    assert paired.mcnemar(3, 3).mid_p == pytest.approx(1 - 20 / 64 / 2)


def test_net_change_by_hand():
    """One of 21 came, seven left: p = 2/23, q = 8/23, their difference -6/23 ± 1.96 · 0.1263."""
    found = paired.net_change(1, 7, 21)

    assert (found.value, found.low, found.high) == pytest.approx((-6 / 21, -0.50836, -0.01338), abs=5e-6)
    assert paired.net_change(3, 0, 3).high == 1.0


def test_shift_by_hand():
    """Ten readers: one goes from low to high (two steps), one from middle to high (one): three tenths."""
    flow = np.array([[4, 0, 1], [0, 2, 1], [0, 0, 2]])

    assert paired.shift(flow, rng()).value == pytest.approx(0.3)


def test_shift_is_the_difference_of_the_nets():
    flow = np.array([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
    before, after = paired.net_of(flow.sum(axis=1)), paired.net_of(flow.sum(axis=0))

    assert paired.shift(flow, rng()).value == pytest.approx(after - before)


def test_difference_of_two_groups_by_hand():
    """All of one group go up one step, nobody of the other does: one whole, and no doubt."""
    first, second = np.array([[0, 5, 0], [0, 0, 0], [0, 0, 0]]), np.array([[5, 0, 0], [0, 0, 0], [0, 0, 0]])

    assert paired.shift_difference(first, second, rng()) == paired.Estimate(1.0, 1.0, 1.0)
    assert paired.net_difference(np.array([0, 0, 3]), np.array([4, 0, 0]), rng()) == paired.Estimate(2.0, 2.0, 2.0)


def test_interval_is_as_wide_as_the_spread_of_persons_says():
    flow = np.array([[120, 30, 5], [20, 90, 40], [4, 25, 110]])
    steps = np.repeat(paired.STEPS.ravel(), flow.ravel())
    error = steps.std() / len(steps) ** 0.5

    found = paired.shift(flow, rng())

    assert found.low == pytest.approx(found.value - 1.96 * error, abs=0.01)
    assert found.high == pytest.approx(found.value + 1.96 * error, abs=0.01)


def test_planted_shift_is_covered_as_often_as_the_level_says():
    """Of two hundred groups of 150 some ten miss; 4.5 standard errors of that are fourteen more."""
    draw, share = np.random.default_rng(7), np.full((3, 3), 1 / 9) + paired.STEPS / 40
    truth = float((share * paired.STEPS).sum())
    groups = draw.multinomial(150, share.ravel(), size=200).reshape(200, 3, 3)

    found = [paired.shift(flow, rng()) for flow in groups]

    assert sum(not each.low <= truth <= each.high for each in found) <= 24


@settings(max_examples=25, deadline=None)
@given(flows)
def test_nobody_who_stays_moves_the_net(flow):
    still = np.diag(np.diag(flow)) + np.eye(3, dtype=np.int64)

    assert paired.shift(still, rng()) == paired.Estimate(0.0, 0.0, 0.0)


@given(flows)
def test_turning_the_scale_round_turns_the_sign(flow):
    assert paired.shift_of(flow[::-1, ::-1]) == pytest.approx(-paired.shift_of(flow))


@settings(max_examples=25, deadline=None)
@given(flows)
def test_arguments_stay_as_they_were_and_the_same_draws_give_the_same(flow):
    kept = flow.copy()

    assert paired.shift(flow, rng()) == paired.shift(flow, rng())
    assert paired.bowker(flow).df <= 3
    assert paired.stuart_maxwell(flow).df <= 2
    assert (flow == kept).all()


@given(flows)
def test_tests_do_not_know_before_from_after(flow):
    for test in (paired.bowker, paired.stuart_maxwell):
        assert test(flow).statistic == pytest.approx(test(flow.T).statistic, abs=1e-9)
