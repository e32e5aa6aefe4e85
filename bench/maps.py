"""The opinion map on planted votes: our two methods and, where it is installed, red-dwarf on the same votes."""

import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from apps.analysis.opinion_map.agreement import adjusted_rand_index
from apps.analysis.opinion_map.opinion_map import opinion_map
from apps.analysis.opinion_map.polis import polis_map
from apps.analysis.opinion_map.votes import VoteMatrix

SIZES = ((1_000, 100), (10_000, 300), (100_000, 1_000))
LARGEST_FOR_RED_DWARF = 10_000  # readers; beyond it takes minutes and gigabytes
DENSITY, PASSES, GROUPS = 0.2, 0.1, 4


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


def measured(readers: int, statements: int) -> dict[str, Any]:
    votes, truth = planted(readers, statements)
    before = peak_megabytes()
    polis, polis_seconds = timed(lambda: polis_map(votes))
    ours, our_seconds = timed(lambda: opinion_map(votes, seed=1))
    figures: dict[str, Any] = {
        "name": f"map_{readers}_{statements}",
        "votes": votes.votes,
        "polis_seconds": round(polis_seconds, 3),
        "polis_groups": polis.k,
        "polis_agreement": round(adjusted_rand_index(polis.groups, truth), 3),
        "toikake_seconds": round(our_seconds, 3),
        "toikake_story": f"{ours.story.kind} {ours.story.size}",
        "toikake_agreement": round(adjusted_rand_index(ours.groups, truth), 3),
        "megabytes_above_votes": round(peak_megabytes() - before),
    }
    if readers <= LARGEST_FOR_RED_DWARF and (seconds := red_dwarf_seconds(votes)):
        figures["red_dwarf_seconds"] = round(seconds, 3)
        figures["polis_times_faster"] = round(seconds / polis_seconds, 1)
        figures["toikake_times_as_long"] = round(our_seconds / seconds, 2)
    return figures


def red_dwarf_seconds(votes: VoteMatrix) -> float | None:
    """How long red-dwarf takes for the whole pipeline on the same votes; None where it is not installed."""
    try:
        from reddwarf.implementations.polis import run_pipeline
    except ImportError:
        return None
    rows = votes.rows()
    listed = [
        {"participant_id": int(reader), "statement_id": int(statement), "vote": int(value), "modified": 1}
        for reader, statement, value in zip(rows, votes.indices, votes.values, strict=True)
    ]
    return timed(lambda: run_pipeline(votes=listed, random_state=1))[1]


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    return action(), time.perf_counter() - begun


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(figures: dict[str, Any]) -> str:
    rival = f", red-dwarf {figures['red_dwarf_seconds']} s" if "red_dwarf_seconds" in figures else ""
    return (
        f"{figures['name']:<18} Polis method {figures['polis_seconds']} s (k={figures['polis_groups']},"
        f" ARI {figures['polis_agreement']}), ours with all checks {figures['toikake_seconds']} s"
        f" ({figures['toikake_story']}, ARI {figures['toikake_agreement']}){rival},"
        f" {figures['megabytes_above_votes']} MB above the votes"
    )
