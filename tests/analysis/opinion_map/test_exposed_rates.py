import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.opinion_map.exposed_rates import NO_VOTE, Exposures, exposed_rates


def log(*rows: tuple[int, float, int]) -> Exposures:
    statement, probability, value = np.array(rows).T
    return Exposures(statement.astype(np.int64), probability, value.astype(np.int8))


def test_rates_by_hand():
    # Weights 2 and 8, over their mean 0.4 and 1.6: of their sum 2 the agreeing vote has 0.4.
    found = exposed_rates(log((7, 0.5, 1), (7, 0.125, -1), (7, 0.5, NO_VOTE)), np.array([7]))

    assert found.raw[:, 0].tolist() == [0.5, 0.5, 0, 0]
    assert found.weighted[:, 0] == pytest.approx([0.2, 0.8, 0, 0])
    assert found.effective[0] == pytest.approx(4 / (0.16 + 2.56))
    assert found.error[0, 0] == pytest.approx(np.sqrt((0.4 * 0.8) ** 2 + (1.6 * 0.2) ** 2) / 2 * np.sqrt(2))
    assert (found.shown[0], found.answered[0], found.trimmed[0]) == (3, 2, 0)


def test_where_all_were_shown_alike_nothing_is_corrected():
    found = exposed_rates(log(*[(1, 0.25, value) for value in (1, 1, -1, 0, 2, 1, -1, 1)]), np.array([1]))

    assert found.weighted == pytest.approx(found.raw)
    assert found.effective[0] == pytest.approx(8)
    assert found.error[0, 0] == pytest.approx(np.sqrt(0.5 * 0.5 / 7))


def test_one_reader_never_speaks_for_many():
    rows = [(1, 0.5, 1)] * 99 + [(1, 1e-6, -1)]

    found = exposed_rates(log(*rows), np.array([1]))

    assert found.trimmed[0] == pytest.approx(0.01)
    assert found.weighted[1, 0] < 1.0


def test_statement_without_an_answer_has_no_rates():
    found = exposed_rates(log((1, 0.5, NO_VOTE), (2, 0.5, 1)), np.array([1, 2, 3]))

    assert np.isnan(found.weighted[:, [0, 2]]).all()
    assert found.shown.tolist() == [1, 1, 0]
    assert np.isnan(found.error[0, 1])


def test_statements_that_are_not_asked_for_are_left_out():
    found = exposed_rates(log((1, 0.5, 1), (2, 0.5, -1)), np.array([2]))

    assert found.raw[:, 0].tolist() == [0, 1, 0, 0]


def test_late_readers_are_heard_as_much_as_early_ones():
    """Of the early half 80 % agree, of the late half 20 %; the statement was shown to the early ones four times as
    often. Each draw is noted with its probability."""
    rng = np.random.default_rng(1)
    raw, weighted, held = [], [], 0
    for _ in range(40):
        late = np.arange(4000) >= 2000
        probability = np.where(late, 0.05, 0.2)
        shown = rng.random(4000) < probability
        agrees = np.where(rng.random(4000) < np.where(late, 0.2, 0.8), 1, -1)
        found = exposed_rates(
            Exposures(np.ones(shown.sum(), dtype=np.int64), probability[shown], agrees[shown].astype(np.int8)),
            np.array([1]),
        )
        raw.append(found.raw[0, 0])
        weighted.append(found.weighted[0, 0])
        held += abs(found.weighted[0, 0] - 0.5) < 1.96 * found.error[0, 0]

    assert np.mean(raw) == pytest.approx(0.68, abs=0.01)
    assert np.mean(weighted) == pytest.approx(0.5, abs=0.01)
    assert held >= 34


rows = st.tuples(st.integers(1, 4), st.floats(1e-6, 1.0), st.sampled_from([1, -1, 0, 2, NO_VOTE]))


@given(st.lists(rows, min_size=1, max_size=40), st.integers(0, 99))
def test_rates_are_shares_and_do_not_depend_on_the_order(given_rows, seed):
    order = np.random.default_rng(seed).permutation(len(given_rows))
    statements = np.array([1, 2, 3, 4])

    found = exposed_rates(log(*given_rows), statements)
    again = exposed_rates(log(*[given_rows[place] for place in order]), statements)

    told = found.answered > 0
    assert found.weighted[:, told].sum(axis=0) == pytest.approx(np.ones(told.sum()))
    assert (found.effective[told] <= found.answered[told] + 1e-9).all()
    assert again.weighted == pytest.approx(found.weighted, nan_ok=True)
