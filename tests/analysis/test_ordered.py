"""Scales that lean and scales that split, compared with R's agrmt and with formulas done by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.analysis.ordered import (
    agreement,
    ambivalence,
    ambivalence_counts,
    bimodality,
    esteban_ray,
    leaning,
    spread,
)
from tests.analysis.golden import golden

scales = st.integers(2, 9).flatmap(lambda size: arrays(np.int64, size, elements=st.integers(0, 80)))
somebody = scales.filter(lambda counts: counts.sum() > 0)


def test_net_and_its_error_agree_with_the_golden_vector():
    vector = golden("S-net")

    found = leaning(np.array(vector["input"]["counts"]), np.array([1, 1, 0, -1, -1]))

    assert found is not None
    assert (found.net, found.error) == pytest.approx(tuple(vector["published"]), abs=vector["tolerance"])


def test_sides_counted_as_one_agree_with_the_golden_vector():
    vector = golden("S-net-emp")

    found = leaning(np.array([vector["input"][side] for side in ("pos", "zero", "neg")]), np.array([1, 0, -1]))

    assert found is not None
    assert (found.net, found.error) == pytest.approx(tuple(vector["published"]), abs=vector["tolerance"])


def test_the_base_may_hold_readers_who_do_not_know():
    found = leaning(np.array([30, 10]), np.array([1, -1]), base=50)

    assert found is not None
    assert (found.upper, found.lower, found.net) == pytest.approx((0.6, 0.2, 0.4))
    assert found.error == pytest.approx(np.sqrt((0.8 - 0.16) / 50))


def test_nobody_leans_nowhere_and_splits_nowhere():
    assert leaning(np.array([0, 0]), np.array([1, -1])) is None
    assert spread(np.array([0, 0, 0])) is None
    assert spread(np.array([5])) is None


def test_agreement_agrees_with_the_golden_vectors():
    vector, poles = golden("L-vdE"), golden("L-vdE-poles")

    found = spread(np.array(vector["input"]["counts"]))

    assert found is not None
    assert (found.agreement, found.polarisation) == pytest.approx(tuple(vector["published"]), abs=vector["tolerance"])
    assert [agreement(np.array(counts)) for counts in poles["input"]["counts"]] == pytest.approx(poles["published"])


def test_bimodality_agrees_with_the_golden_vector():
    vector, values = golden("L-BC"), np.arange(1.0, 12)
    one = np.array([3, 5, 5, 10, 17, 20, 17, 10, 5, 5, 3])
    other = np.array([2, 26, 14, 6, 2, 0, 2, 6, 14, 26, 2])

    found = [bimodality(values, counts) for counts in (one, other)]

    assert found == pytest.approx(vector["published"], abs=vector["tolerance"])


def test_esteban_and_ray_agree_with_the_golden_vector():
    vector = golden("L-ER")

    assert esteban_ray(np.array(vector["input"]["shares"])) == pytest.approx(vector["published"][0])


def test_half_at_each_end_is_the_most_a_scale_can_split():
    found = spread(np.array([50, 0, 0, 0, 50]))

    assert found is not None
    assert (found.agreement, found.polarisation, found.distance) == pytest.approx((-1, 1, 1))


def test_all_on_one_step_is_the_least():
    found = spread(np.array([0, 0, 70, 0, 0]))

    assert found is not None
    assert (found.agreement, found.polarisation, found.distance, found.bimodality) == pytest.approx((1, 0, 0, 0))


def test_three_readers_have_no_peaks():
    assert bimodality(np.array([1.0, 2.0]), np.array([1, 2])) == 0


def test_ambivalence_agrees_with_the_golden_vector():
    vector = golden("S-ambiv")
    one, other = np.array(vector["input"]["pairs"], dtype=float).T

    assert ambivalence(one, other).tolist() == vector["published"]


def test_readers_are_counted_by_their_ambivalence():
    """Two scales 0 … 2: the highest value is where both are 2."""
    counts = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])

    assert ambivalence_counts(counts) == {-1.0: 10, -0.5: 6, 0.0: 1, 0.5: 14, 1.0: 5, 2.0: 9}


@given(somebody)
def test_a_scale_turned_round_splits_alike_and_leans_the_other_way(counts):
    one, other = spread(counts), spread(counts[::-1])
    sign = np.sign(np.arange(len(counts)) - (len(counts) - 1) / 2).astype(int)
    leans, back = leaning(counts, sign), leaning(counts[::-1], sign)

    assert one is not None
    assert other is not None
    assert leans is not None
    assert back is not None
    assert vars(one) == pytest.approx(vars(other), abs=1e-9)
    assert (leans.net, leans.error) == pytest.approx((-back.net, back.error))


@given(somebody)
def test_measures_of_spread_stay_in_their_bounds(counts):
    found = spread(counts)

    assert found is not None
    assert -1 - 1e-9 <= found.agreement <= 1 + 1e-9
    assert -1e-9 <= found.distance <= 1 + 1e-9
    assert found.polarisation == pytest.approx((1 - found.agreement) / 2)


@given(somebody, st.integers(2, 50))
def test_only_shares_count(counts, times):
    assert agreement(counts * times) == pytest.approx(agreement(counts))
    assert esteban_ray(counts * times) == pytest.approx(esteban_ray(counts))
