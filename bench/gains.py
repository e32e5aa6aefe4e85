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

from apps.analysis.opinion_map.answers import log_rates
from apps.analysis.opinion_map.comparison import polis_scores
from apps.analysis.opinion_map.foretelling import foretold
from apps.analysis.opinion_map.opinion_map import FEWEST_VOTES, opinion_map
from apps.analysis.opinion_map.story import NONE, hide_votes, score_stories, standard_error
from apps.analysis.opinion_map.votes import VoteMatrix, vote_matrix, without_light_voters
from bench.maps import planted

SPLITS = 2
LEAST = 1e-6  # nothing is impossible


def gains(votes: VoteMatrix, split: int) -> dict[str, Any]:
    """Nats per hidden vote over the statements' averages; `error`: of ours less style."""
    hidden = hide_votes(votes, np.random.default_rng([7, split]))
    found = opinion_map(hidden.known, seed=split)
    average = log_rates(hidden.known)[hidden.choice, hidden.column]
    told = np.maximum(foretold(found, hidden.row, hidden.column), LEAST)[hidden.choice, np.arange(len(hidden.choice))]
    style = score_stories(hidden, found.priors, np.random.default_rng(split), stories={NONE})[NONE]
    ours = np.log(told) - average
    return {
        "story": f"{found.story.kind} {found.story.size or ''}".strip(),
        "ours": float(ours.mean()),
        "style": float(style.mean()),
        "polis": float(polis_scores(hidden).mean()),
        "error": standard_error(ours - style, hidden.row),
    }


def summed_up(name: str, votes: VoteMatrix) -> dict[str, Any]:
    rows = [gains(votes, split) for split in range(SPLITS)]
    means = {key: round(float(np.mean([row[key] for row in rows])), 4) for key in ("ours", "style", "polis", "error")}
    return {"name": name, "readers": len(votes.readers), "stories": [row["story"] for row in rows], **means}


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
