"""Places for the knots of a network, so that what is joined strongly lies close together."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
GRAVITY = 0.6
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


def spread(places: Numbers, halves: Numbers, *, steps: int = 120) -> Numbers:
    """The same places (knots, 2), moved so that no box around one lies on another, as far as the sheet from -1 to 1 has
    room. `halves` (knots, 2): half a width and half a height of each box.

    In each step, two boxes that overlap move apart along the side on which they overlap less.
    """
    moved = np.clip(places, halves - 1, 1 - halves)
    reach = halves[:, None, :] + halves[None, :, :]
    index = np.arange(len(places))
    for _step in range(steps):
        apart = moved[:, None, :] - moved[None, :, :]
        overlap = reach - np.abs(apart)
        both = (overlap > 0).all(axis=2) & (index[:, None] != index[None, :])
        if not both.any():
            break
        sign = np.where(apart != 0, np.sign(apart), np.sign(index[:, None] - index[None, :])[:, :, None])
        narrow = overlap[:, :, 0] <= overlap[:, :, 1]
        shift = np.where(np.stack([narrow, ~narrow], axis=2) & both[:, :, None], sign * overlap / 2, 0.0)
        moved = np.clip(moved + shift.sum(axis=1) * 0.5, halves - 1, 1 - halves)
    return moved
