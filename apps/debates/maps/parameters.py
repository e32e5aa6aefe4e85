"""What is stored of a run so that readers can be placed on the map later: the statements' side of the model.

Imported by the worker only: web processes have no numpy.
"""

from typing import Any

import numpy as np

from apps.analysis.opinion_map.answers import offered_choices
from apps.analysis.opinion_map.classes import Classes
from apps.analysis.opinion_map.ends import share_of_an_end
from apps.analysis.opinion_map.votes import Numbers
from apps.debates.maps.found import Found
from apps.debates.maps.runs import Run, is_able

Json = dict[str, Any]

SMALLEST_AREA = 10  # readers
KEPT_DIGITS = 9


def parameters_of(found: Found) -> Json:
    """By which a reader is placed (`standing_place`); nothing where there is no model."""
    model, run = found.model, found.run
    if model is None:
        return {}
    priors, offered = run.ours.priors, offered_choices(model.rates)
    general = {
        "story": run.story,
        "numbers": found.numbers,
        "offered": offered.tolist(),
        "base": kept((model.rates + model.b)[offered].T),
        "style": priors.style,
    }
    if isinstance(model, Classes):
        return {**general, "opinions": kept(model.w.T), "shares": kept(model.shares), "ids": list(found.ids)}
    if not model.dimensions:
        return general
    opinion = priors.of_opinion(model.dimensions)
    return {**general, "opinions": kept(model.v.T), "opinion": opinion, "ends": kept(middles_of_ends(run))}


def middles_of_ends(run: Run) -> Numbers:
    """Where the readers of either end of the first axis stand on the average, (2, d): ten of them at least."""
    positions = run.positions[:, is_able(run.votes)]
    size = int(np.ceil(positions.shape[1] * share_of_an_end(positions.shape[1], SMALLEST_AREA)))
    order = np.argsort(positions[0], kind="stable")
    return np.stack([positions[:, order[:size]].mean(axis=1), positions[:, order[-size:]].mean(axis=1)])


def kept(numbers: Numbers) -> Any:
    return numbers.round(KEPT_DIGITS).tolist()
