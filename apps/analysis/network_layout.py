"""Places for the knots of a network, so that what is joined strongly lies close together."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
GRAVITY = 0.08
"""Towards the middle, so that parts that nothing joins do not drift away."""


def spring_layout(strength: Numbers, rng: Generator, *, steps: int = 300) -> Numbers:
    """(knots, 2) within -1 … 1 from `strength` (knots, knots), symmetric, 0 where nothing joins two knots.

    All push each other away by k² / d, what is joined attracts by d² / k times its strength, and steps grow shorter
    (Fruchterman & Reingold 1991). The same generator state gives the same places.
    """
    knots = len(strength)
    if knots < 2:
        return np.zeros((knots, 2))
    places = rng.uniform(-1, 1, (knots, 2))
    ideal = 2 / np.sqrt(knots)
    pull = strength / strength.max() if strength.max() > 0 else strength
    for step in range(steps):
        apart = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        force = ideal**2 / distance**2 - pull * distance / ideal
        np.fill_diagonal(force, 0)
        move = (apart * force[:, :, None]).sum(axis=1) - GRAVITY * places / ideal
        length = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), 1e-9)
        places = places + move / length * np.minimum(length, 0.2 * (1 - step / steps))
    places = places - (places.max(axis=0) + places.min(axis=0)) / 2
    return places / np.maximum(np.abs(places).max(axis=0), 1e-9)
