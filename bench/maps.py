"""The opinion map on planted votes: our two methods, each size in a process of its own.

`python -m bench.maps 10000 300` prints the figures of one size as JSON.
"""

import json
import sys
from typing import Any

import numpy as np

from apps.analysis.opinion_map.agreement import adjusted_rand_index
from apps.analysis.opinion_map.comparison import null_rate
from apps.analysis.opinion_map.ends import ends
from apps.analysis.opinion_map.opinion_map import FEWEST_VOTES, VOTES_TO_JUDGE, OpinionMap, opinion_map
from apps.analysis.opinion_map.opinion_map import sample_of_readers as sample
from apps.analysis.opinion_map.placing import place_in_groups
from apps.analysis.opinion_map.polis import polis_map
from apps.analysis.opinion_map.shared_ground import shared_ground
from apps.analysis.opinion_map.votes import VoteMatrix, only_readers
from bench.processes import peak_megabytes, worked

DENSITY, PASSES, GROUPS = 0.2, 0.1, 4
SEED = 1
ROUNDS = 3
PLACED = 200  # readers that are placed one by one


def planted(readers: int, statements: int, seed: int = 0) -> tuple[VoteMatrix, np.ndarray]:
    """Four groups of equal size, a fifth of all votes cast, one in ten of them a pass, the others nine to one."""
    rng = np.random.default_rng(seed)
    groups = rng.integers(GROUPS, size=readers)
    agreeing = np.where(rng.random((GROUPS, statements)) < 0.5, 0.1, 0.9).astype(np.float32)
    parts = [drawn(rng, groups[at : at + 1000], agreeing) for at in range(0, readers, 1000)]
    counts = np.concatenate([part[0] for part in parts])
    return VoteMatrix(
        np.arange(readers),
        np.arange(statements),
        np.concatenate([[0], np.cumsum(counts)]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
    ), groups


def drawn(rng: np.random.Generator, groups: np.ndarray, agreeing: np.ndarray) -> tuple[np.ndarray, ...]:
    row, column = np.nonzero(rng.random((len(groups), agreeing.shape[1]), dtype=np.float32) < DENSITY)
    agrees = rng.random(len(row), dtype=np.float32) < agreeing[groups[row], column]
    passes = rng.random(len(row), dtype=np.float32) < PASSES
    values = np.where(passes, 0, np.where(agrees, 1, -1)).astype(np.int8)
    return np.bincount(row, minlength=len(groups)), column.astype(np.int32), values


def whole_map(votes: VoteMatrix) -> OpinionMap:
    """Everything that is computed for a stored map: story with its checks, places, shared ground, null rate, ends."""
    found = opinion_map(votes, seed=SEED)
    if found.model is not None and found.verdict is not None:
        able = only_readers(votes, votes.per_reader() >= FEWEST_VOTES)
        null_rate(sample(able, VOTES_TO_JUDGE, np.random.default_rng(SEED)), found.verdict, seed=SEED)
        shared_ground(votes, found)
        ends(votes, found, seed=SEED)
    return found


def measured(readers: int, statements: int) -> dict[str, Any]:
    votes, truth = planted(readers, statements)
    megabytes = sum(part.nbytes for part in (votes.indptr, votes.indices, votes.values)) / 2**20
    tries = [worked(lambda: polis_map(votes)) for _ in range(ROUNDS)]
    polis, polis_seconds = tries[0][0], min(seconds for _, seconds in tries)  # short: the first also warms up memory
    ours, our_seconds = worked(lambda: whole_map(votes))
    peak = peak_megabytes()
    return {
        "readers": readers,
        "statements": statements,
        "votes": votes.votes,
        "polis_seconds": round(polis_seconds, 3),
        "polis_groups": polis.k,
        "polis_agreement": round(adjusted_rand_index(polis.groups, truth), 3),
        "toikake_seconds": round(our_seconds, 3),
        "toikake_story": f"{ours.story.kind} {ours.story.size}",
        "toikake_agreement": round(adjusted_rand_index(ours.groups, truth), 3),
        "megabytes_above_votes": round(peak - megabytes),
        "milliseconds_to_place_one": round(1000 * seconds_to_place_one(votes, ours), 3),
    }


def seconds_to_place_one(votes: VoteMatrix, found: OpinionMap) -> float:
    """Of one reader after the other, against what is known of the statements; the mean."""
    alone = [only_readers(votes, np.arange(len(votes.readers)) == place) for place in range(PLACED)]
    _, seconds = worked(lambda: [place_in_groups(one, found.model, found.priors) for one in alone])
    return float(seconds / PLACED)


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
