"""How well the map foretells votes that it has not seen, beside habits alone and the groups of Polis.

A tenth of the votes is hidden; everything, priors and story too, is chosen without them. `python -m bench.gains FOLDER`
prints the figures of all conversations in the folder, `python -m bench.gains` those of planted ones, as JSON.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from apps.analysis.opinion_map.comparison import compare_gains
from apps.analysis.opinion_map.opinion_map import FEWEST_VOTES
from apps.analysis.opinion_map.votes import VoteMatrix, vote_matrix, without_light_voters
from bench.maps import planted

SPLITS = 2


def summed_up(name: str, votes: VoteMatrix) -> dict[str, Any]:
    rows = [compare_gains(votes, split=split) for split in range(SPLITS)]
    means = {
        key: round(float(np.mean([getattr(row, part) for row in rows])), 4)
        for key, part in (("ours", "story"), ("style", "style"), ("polis", "polis"), ("error", "error"))
    }
    stories = [f"{row.told.kind} {row.told.size or ''}".strip() for row in rows]
    return {"name": name, "readers": len(votes.readers), "stories": stories, **means}


def conversation(folder: Path) -> VoteMatrix:
    """The last vote of each reader with enough of them on each statement that was not kept out."""
    csv.field_size_limit(10_000_000)
    out = {row["comment-id"] for row in rows_of(folder / "comments.csv") if row["moderated"] == "-1"}
    timed = sorted(rows_of(folder / "votes.csv"), key=lambda row: int(row["timestamp"]))
    last = {
        (int(row["voter-id"]), int(row["comment-id"])): row["vote"] for row in timed if row["comment-id"] not in out
    }
    readers, statements = np.array(list(last)).T
    values = np.array([int(float(vote)) for vote in last.values()], dtype=np.int8)
    return without_light_voters(vote_matrix(readers, statements, values), fewest=FEWEST_VOTES)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def all_gains(folder: Path | None) -> list[dict[str, Any]]:
    if folder is None:
        return [summed_up("four planted groups", planted(1000, 100)[0])]
    found = sorted(path.parent for path in folder.glob("*/votes.csv"))
    return [summed_up(path.name, conversation(path)) for path in found]


if __name__ == "__main__":
    print(json.dumps(all_gains(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
