"""Answers on an ordered scale: how they lean, how they split, without pretending that the steps are equally long."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.tabulation import Counts

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Leaning:
    """`upper` and `lower`: shares of the two sides of the scale; `net`: the one less the other, with its `error`."""

    upper: float
    lower: float
    net: float
    error: float


@dataclass(frozen=True)
class Spread:
    """How answers split: `agreement` (van der Eijk) 1 together … 0 even … -1 at both ends; `polarisation` is the same
    turned to 0 … 1. `distance` (Esteban & Ray) 0 … 1: 1 where half stands at each end. `bimodality` only hints at two
    peaks above 5/9, as skew raises it, too."""

    agreement: float
    polarisation: float
    distance: float
    bimodality: float


def leaning(counts: Counts, sign: NDArray[np.integer], base: int | None = None) -> Leaning | None:
    """`sign` (k,) is +1, 0 or -1 for each of `counts` (k,); the base is their sum unless it holds others, too.

    net = p₊ - p₋, variance [p₊ + p₋ - (p₊ - p₋)²] / n, as of multinomial counts. None for nobody.
    """
    base = int(counts.sum()) if base is None else base
    if not base:
        return None
    upper, lower = (float(counts[sign == side].sum() / base) for side in (1, -1))
    net = upper - lower
    return Leaning(upper, lower, net, float(np.sqrt(max(upper + lower - net**2, 0.0) / base)))


def spread(counts: Counts) -> Spread | None:
    """Of an ordered scale, (k,) from one end to the other, all steps included. None for nobody or a single step."""
    if len(counts) < 2 or not counts.sum():
        return None
    agreed = agreement(counts)
    distance = esteban_ray(counts) / esteban_ray(np.array([1, *[0] * (len(counts) - 2), 1]))
    return Spread(agreed, (1 - agreed) / 2, distance, bimodality(np.arange(len(counts), dtype=np.float64), counts))


def agreement(counts: Counts) -> float:
    """A of van der Eijk (2001): the distribution is peeled into flat layers, each with its own agreement.

    A layer covers a set of S of the k steps; A = U (1 - (S - 1) / (k - 1)) with U from `unimodality`; layers count by
    the share of readers in them.
    """
    left, total, found = counts.astype(np.float64), float(counts.sum()), 0.0
    while left.any():
        layer = left > 0
        height = left[layer].min()
        steps = int(layer.sum())
        narrow = 1 - (steps - 1) / (len(counts) - 1)
        found += steps * height / total * unimodality(layer) * narrow
        left = np.where(layer, left - height, 0.0)
    return float(found)


def unimodality(layer: NDArray[np.bool_]) -> float:
    """U = [(k - 2) TU - (k - 1) TDU] / [(k - 2) (TU + TDU)] of one layer (k,): 1 side by side, below 0 at two ends.

    TDU counts triples of steps with a hole between two covered ones, TU those with two covered neighbours and a hole at
    either side.
    """
    size = len(layer)
    covered_before = np.concatenate([[0], np.cumsum(layer)[:-1]])
    covered_after = layer.sum() - covered_before - layer
    holes_before = np.arange(size) - covered_before
    holes_after = size - 1 - np.arange(size) - covered_after
    apart = int((covered_before * covered_after)[~layer].sum())
    together = int((covered_before * holes_after + holes_before * covered_after)[layer].sum())
    if not together + apart:  # one step, or all of them
        return 1.0
    return ((size - 2) * together - (size - 1) * apart) / ((size - 2) * (together + apart))


def esteban_ray(counts: Counts, alpha: float = 1.0) -> float:
    """Σ Σ pᵢ^(1 + α) pⱼ |yᵢ - yⱼ| with the steps evenly on 0 … 1 (Esteban & Ray 1994); at most 0.25 for α = 1."""
    shares, places = counts / counts.sum(), np.linspace(0, 1, len(counts))
    return float(np.sum(np.outer(shares ** (1 + alpha), shares) * np.abs(np.subtract.outer(places, places))))


def bimodality(values: Numbers, counts: Counts) -> float:
    """(g² + 1) / (k + 3 (n - 1)² / ((n - 2) (n - 3))), g and k the unbiased skewness and excess kurtosis (SAS; Pfister
    et al. 2013). Zero where all values are equal or fewer than four readers answered."""
    readers = float(counts.sum())
    if readers < 4:
        return 0.0
    mean = (values * counts).sum() / readers
    second, third, fourth = (((values - mean) ** power * counts).sum() / readers for power in (2, 3, 4))
    if second <= 0:
        return 0.0
    skew = third / second**1.5 * np.sqrt(readers * (readers - 1)) / (readers - 2)
    excess = (readers - 1) / ((readers - 2) * (readers - 3)) * ((readers + 1) * (fourth / second**2 - 3) + 6)
    return float((skew**2 + 1) / (excess + 3 * (readers - 1) ** 2 / ((readers - 2) * (readers - 3))))


def ambivalence(one: Numbers, other: Numbers) -> Numbers:
    """(P + N) / 2 - |P - N| of each reader, from two scales that begin at 0: high where both are (Thompson, Zanna &
    Griffin 1995)."""
    return (one + other) / 2 - np.abs(one - other)


def ambivalence_counts(counts: Counts) -> dict[float, int]:
    """How many readers have which ambivalence, from a square table (k, k) of two scales 0 … k - 1, lowest first."""
    scales = np.indices(counts.shape)
    values = ambivalence(scales[0].astype(np.float64), scales[1].astype(np.float64))
    return {float(value): int(counts[values == value].sum()) for value in np.unique(values)}
