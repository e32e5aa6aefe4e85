"""How likely each choice is, of a reader and a statement that are on the map."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.classes import Classes, log_probabilities_of
from apps.analysis.opinion_map.opinion_map import OpinionMap
from apps.analysis.opinion_map.spectrum import Spectrum, log_probabilities
from apps.analysis.opinion_map.votes import Numbers

NODES = 5


def foretold(found: OpinionMap, row: NDArray[np.int64], column: NDArray[np.int64]) -> Numbers:
    """Probabilities of agree, disagree, neither, unsure: (4, n) for readers `row` (n,) and statements `column` (n,).

    Raises ValueError for a map without a model.
    """
    model = everyone(found)
    if isinstance(model, Classes):
        return np.asarray(np.exp(log_probabilities_of(model, row, column)))
    return on_spectrum(model, found.spreads, row, column)


def everyone(found: OpinionMap) -> Spectrum | Classes:
    """The model with every reader of the matrix placed in it, also those by whom it was not fitted."""
    if found.model is None:
        raise ValueError("too few votes for a map foretell nothing")
    if isinstance(found.model, Classes):
        return replace(found.model, a=found.styles, membership=found.membership)
    return replace(found.model, a=found.styles, u=found.positions)


def on_spectrum(model: Spectrum, spreads: Numbers, row: NDArray[np.int64], column: NDArray[np.int64]) -> Numbers:
    """Over where the reader may stand, a normal distribution about their position (Gauss-Hermite): (4, n)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    total = np.zeros((4, len(row)))
    for grid in np.ndindex(*[NODES] * model.dimensions):
        moved = replace(model, u=model.u + spreads * nodes[list(grid)][:, None])
        share = np.prod(weights[list(grid)] / weights.sum())
        total += share * np.exp(log_probabilities(moved, row, column))
    return total
