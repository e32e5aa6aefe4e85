"""Real conversations (CC BY 4.0, The Computational Democracy Project) where they are at hand, and planted ones."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from apps.analysis.opinion_map.votes import VoteMatrix, vote_matrix

OPENDATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "opendata"
NAMES = (
    "15-per-hour-seattle",
    "brexit-consensus",
    "scoop-hivemind.biodiversity",
    "scoop-hivemind.ubi",
    "vtaiwan.uberx",
)


@dataclass(frozen=True)
class Conversation:
    votes: VoteMatrix
    moderated_out: np.ndarray
    exported_groups: np.ndarray


def conversation(name: str) -> Conversation:
    folder = OPENDATA / name
    if not folder.is_dir():
        pytest.skip(f"the open conversation {name} is not at hand")
    last = {}
    for row in sorted(rows(folder / "votes.csv"), key=lambda row: int(row["timestamp"])):
        last[int(row["voter-id"]), int(row["comment-id"])] = int(float(row["vote"]))
    readers, statements = np.array(list(last)).T
    votes = vote_matrix(readers, statements, np.array(list(last.values()), dtype=np.int8))
    rejected = [int(row["comment-id"]) for row in rows(folder / "comments.csv") if row["moderated"] == "-1"]
    groups = {int(row["participant"]): row["group-id"] for row in rows(folder / "participants-votes.csv")}
    exported = np.array([int(groups.get(int(reader)) or -1) for reader in votes.readers])
    return Conversation(votes, np.isin(votes.statements, rejected), exported)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def matrix(*readers: str) -> VoteMatrix:
    """One word per reader: + agree, - disagree, 0 neither, ? unsure, . not voted."""
    choices = {"+": 1, "-": -1, "0": 0, "?": 2}
    cells = [(p, s, choices[c]) for p, word in enumerate(readers) for s, c in enumerate(word) if c != "."]
    voters, statements, values = np.array(cells).T
    return vote_matrix(
        voters,
        statements,
        values.astype(np.int8),
        everyone=np.arange(len(readers)),
        served=np.arange(max(len(word) for word in readers)),
    )


def shuffled(votes: VoteMatrix, seed: int) -> VoteMatrix:
    """The same votes, having come in another order."""
    order = np.random.default_rng(seed).permutation(votes.votes)
    return vote_matrix(
        votes.readers[votes.rows()][order],
        votes.statements[votes.indices][order],
        votes.values[order],
        everyone=votes.readers,
        served=votes.statements,
    )
