"""The mathematics of Polis (Small et al. 2021), restated: for comparison with older conversations, not our own advice.

Its faults are known and kept here on purpose; the package's other method does not have them. Choices count as +1, -1
and, for both kinds of passing, 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.clusters import k_means, mean_silhouette
from apps.analysis.opinion_map.votes import AGREE, DISAGREE, Flags, Numbers, Values, VoteMatrix

FEWEST_VOTES = 7
FEWEST_READERS = 15
BASE_CLUSTERS = 100
MOST_GROUPS = 5
STEPS = 20  # of k-means; letting it converge gives other groups than the published ones
BLOCK = 4_096
EVERYTHING = slice(None)
UNGROUPED = -1
SIGN = np.zeros(256, dtype=np.float32)
SIGN[[AGREE, DISAGREE]] = 1.0, -1.0  # looked up by a vote's byte, of which -1 is the last


@dataclass(frozen=True)
class PolisMap:
    """`positions` (P, 2) of every reader; `groups` (P,) from 0, -1 outside the conversation; `means` (S,) of the
    columns, `axes` (2, S), `silhouettes` by number of groups."""

    positions: Numbers
    groups: NDArray[np.int64]
    means: Numbers
    axes: Numbers
    silhouettes: dict[int, float]

    @property
    def k(self) -> int:
        return int(self.groups.max(initial=UNGROUPED)) + 1


def polis_map(votes: VoteMatrix, *, moderated_out: Flags | None = None) -> PolisMap:
    """Two principal components, base clusters, groups by the best silhouette.

    `moderated_out` (S,): statements whose column is set to 0 for everyone and counted as voted on.
    """
    out = np.zeros(len(votes.statements), dtype=bool) if moderated_out is None else moderated_out
    means = column_means(votes, out)
    axes = principal_axes(votes, means, out)
    positions = project(votes, means, axes, out)
    inside = in_conversation(votes)
    groups = np.full(len(votes.readers), UNGROUPED, dtype=np.int64)
    groups[inside], silhouettes = group(positions[inside])
    return PolisMap(positions, groups, means, axes, silhouettes)


def signs(values: Values) -> NDArray[np.float32]:
    """+1, -1, 0 of each vote, any shape; both kinds of passing are 0."""
    return SIGN[values.view(np.uint8)]


def column_means(votes: VoteMatrix, out: Flags) -> Numbers:
    """Mean vote of each statement, shape (S,); 0 where it was moderated out or nobody voted."""
    size = len(votes.statements)
    sums = np.bincount(votes.indices, signs(votes.values), minlength=size)
    numbers = np.bincount(votes.indices, minlength=size)
    return np.where(out | (numbers == 0), 0.0, sums / np.maximum(numbers, 1))


def principal_axes(votes: VoteMatrix, means: Numbers, out: Flags) -> Numbers:
    """The first two eigenvectors of the votes' second moments about their means, shape (2, S).

    A missing vote stands at its column's mean and so adds nothing. The sign of an axis is fixed by its largest entry.
    """
    size = len(votes.statements)
    if size < 2:
        return np.zeros((2, size))
    _, vectors = np.linalg.eigh(second_moments(votes, means, out))
    axes = vectors[:, ::-1][:, :2].T
    largest = np.abs(axes).argmax(axis=1)
    return axes * np.where(axes[[0, 1], largest] < 0, -1.0, 1.0)[:, None]


def second_moments(votes: VoteMatrix, means: Numbers, out: Flags) -> Numbers:
    """Σ over readers of the products of centred votes: shape (S, S), taken in blocks of readers."""
    size = len(votes.statements)
    total = np.zeros((size, size))
    for start in range(0, len(votes.readers), BLOCK):
        block = centred(votes, means, out, start, min(start + BLOCK, len(votes.readers)))
        total += block.T @ block
    return total


def centred(votes: VoteMatrix, means: Numbers, out: Flags, start: int, stop: int) -> NDArray[np.float32]:
    """Readers start…stop as a dense block (readers, S): vote minus the column's mean, 0 where there is none."""
    part = slice(votes.indptr[start], votes.indptr[stop])
    rows = np.repeat(np.arange(stop - start), np.diff(votes.indptr[start : stop + 1]))
    block = np.zeros((stop - start, len(votes.statements)), dtype=np.float32)
    block[rows, votes.indices[part]] = deviations(votes, means, out, part)
    return block


def deviations(votes: VoteMatrix, means: Numbers, out: Flags, part: slice = EVERYTHING) -> NDArray[np.float32]:
    """Vote minus its column's mean, 0 in a column that was moderated out: shape (votes,), or those of a part."""
    columns = votes.indices[part]
    difference = signs(votes.values[part])
    difference -= means.astype(np.float32)[columns]
    if out.any():
        difference[out[columns]] = 0.0
    return difference


def project(votes: VoteMatrix, means: Numbers, axes: Numbers, out: Flags) -> Numbers:
    """Each reader's place (P, 2): the centred votes along the axes, stretched by √(S / votes) where those are few.

    A statement that was moderated out counts as voted on by everyone.
    """
    deviation = deviations(votes, means, out)
    along = [deviation * axis.astype(np.float32)[votes.indices] for axis in axes]
    places = np.stack([sum_by_reader(votes, part) for part in along], axis=1)
    voted = sum_by_reader(votes, ~out[votes.indices]) + out.sum()
    return places * np.sqrt(len(votes.statements) / np.maximum(voted, 1))[:, None]


def sum_by_reader(votes: VoteMatrix, numbers: NDArray[np.generic]) -> Numbers:
    """One number per vote, shape (votes,), added up for each reader: (P,)."""
    sums = np.zeros(len(votes.readers))
    some = votes.per_reader() > 0
    if some.any():
        sums[some] = np.add.reduceat(numbers, votes.indptr[:-1][some], dtype=np.float64)
    return sums


def in_conversation(votes: VoteMatrix) -> Flags:
    """Readers with at least min(7, S) votes; where fewer than 15 have them, the 15 who voted most. Shape (P,)."""
    numbers = votes.per_reader()
    inside = numbers >= min(FEWEST_VOTES, len(votes.statements))
    if inside.sum() < FEWEST_READERS:
        inside[np.argsort(-numbers, kind="stable")[:FEWEST_READERS]] = True
    return inside & (numbers > 0)


def group(positions: Numbers) -> tuple[NDArray[np.int64], dict[int, float]]:
    """Groups of readers (n,) by way of at most 100 base clusters, with the silhouette of each number of groups."""
    centres, base = k_means(positions, np.ones(len(positions)), BASE_CLUSTERS, steps=STEPS)
    sizes = np.bincount(base, minlength=len(centres)).astype(float)
    most = min(MOST_GROUPS, 2 + len(centres) // 12, len(centres))
    found = {k: k_means(centres, sizes, k, steps=STEPS)[1] for k in range(2, most + 1)}
    silhouettes = {k: mean_silhouette(centres, labels) for k, labels in found.items()}
    if not found:
        return np.zeros(len(positions), dtype=np.int64), {}
    best = max(silhouettes, key=lambda k: (silhouettes[k], -k))
    return found[best][base].astype(np.int64), silhouettes
