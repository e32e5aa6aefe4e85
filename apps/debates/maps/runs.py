"""One run of the map over a debate, by our method or by that of Polis. Imported only where something is computed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.opinion_map.comparison import null_rate, polis_scores
from apps.analysis.opinion_map.opinion_map import (
    FEWEST_VOTES,
    VOTES_TO_JUDGE,
    OpinionMap,
    opinion_map,
    sample_of_readers,
)
from apps.analysis.opinion_map.polis import UNGROUPED, PolisMap, polis_map
from apps.analysis.opinion_map.polis_statements import group_aware_consensus, group_counts
from apps.analysis.opinion_map.shared_ground import SharedGround, shared_ground
from apps.analysis.opinion_map.story import hide_votes
from apps.analysis.opinion_map.votes import Flags, Numbers, VoteMatrix, only_readers
from apps.debates.matrices import vote_matrix_of
from apps.debates.models import Debate
from apps.debates.queries import served_statements

DIGITS = 6


@dataclass(frozen=True)
class Run:
    """What a map says of `votes`. `groups` (P,), -1 for none; `probabilities` (k, P) of the groups, `positions` and
    `spreads` (d, P); `bridging`, `consensus` (S,), `served` (S,) the statements that are told about; `found` for those
    who predict by it."""

    method: str
    seed: int
    votes: VoteMatrix
    story: str
    groups: NDArray[np.int64]
    probabilities: Numbers
    positions: Numbers
    spreads: Numbers
    bridging: Numbers | None
    consensus: Numbers | None
    served: Flags
    gain: float | None
    stability: float | None
    null_rate: float | None
    found: OpinionMap | PolisMap
    ground: SharedGround | None = None

    @property
    def ours(self) -> OpinionMap:
        """What our own method found."""
        assert isinstance(self.found, OpinionMap)
        return self.found

    @property
    def sizes(self) -> list[int]:
        return np.bincount(self.groups[self.groups >= 0], minlength=len(self.probabilities)).tolist()


def run_map(debate: Debate, *, method: str, seed: int, advance: Callable[[int], None] = lambda _steps: None) -> Run:
    """A pure function of the votes, the method and the seed. `advance`: one step when the votes are read, two then."""
    votes = vote_matrix_of(debate, also_unpublished=method == "polis")
    advance(1)
    run = run_polis(debate, votes, seed) if method == "polis" else run_on(votes, seed=seed)
    advance(2)
    return run


def run_on(votes: VoteMatrix, *, seed: int, previous: Numbers | None = None, turn: Numbers | None = None) -> Run:
    """Our own method; `previous` and `turn` as `opinion_map` takes them."""
    found = opinion_map(votes, seed=seed, previous=previous, turn=turn)
    ground = shared_ground(votes, found) if found.model is not None else None
    verdict = found.verdict
    return Run(
        method="toikake",
        seed=seed,
        votes=votes,
        story=found.story.kind,
        groups=np.where(is_able(votes), found.groups, UNGROUPED),
        probabilities=found.membership,
        positions=found.positions,
        spreads=found.spreads,
        bridging=ground.bridging if ground else None,
        consensus=ground.consensus if ground else None,
        served=np.ones(len(votes.statements), dtype=bool),
        gain=verdict.gains[found.story] if verdict else None,
        stability=verdict.stability.get(found.story) if verdict else None,
        null_rate=null_rate(judged(votes, seed), verdict, seed=seed) if verdict else None,
        found=found,
        ground=ground,
    )


def run_polis(debate: Debate, votes: VoteMatrix, seed: int) -> Run:
    """With what moderators kept out as columns of zeros, as Polis has them; `votes` have those columns, too."""
    served = np.isin(votes.statements, list(served_statements(debate).values_list("number", flat=True)))
    kept_out = np.isin(votes.statements, kept_out_numbers(debate))
    found = polis_map(votes, moderated_out=kept_out)
    k = found.k
    hidden = hide_votes(judged(votes, seed), np.random.default_rng(seed))
    return Run(
        method="polis",
        seed=seed,
        votes=votes,
        story="groups" if k > 1 else "none",
        groups=found.groups,
        probabilities=(found.groups == np.arange(k)[:, None]).astype(float),
        positions=found.positions.T,
        spreads=np.zeros((0, len(votes.readers))),
        bridging=None,
        consensus=group_aware_consensus(group_counts(votes, found.groups, k)) if k else None,
        served=served,
        gain=float(polis_scores(hidden).mean()) if len(hidden.choice) else None,
        stability=None,
        null_rate=None,
        found=found,
    )


def kept_out_numbers(debate: Debate) -> list[int]:
    return list(debate.statements.filter(state__in=["rejected", "withdrawn"]).values_list("number", flat=True))


def is_able(votes: VoteMatrix) -> Flags:
    """Whose votes are enough to be told by, (P,)."""
    return votes.per_reader() >= max(1, min(FEWEST_VOTES, len(votes.statements)))


def judged(votes: VoteMatrix, seed: int) -> VoteMatrix:
    """Readers by whom a story is judged: those with enough votes, a sample where there are many."""
    able = only_readers(votes, is_able(votes))
    return sample_of_readers(able, VOTES_TO_JUDGE, np.random.default_rng(seed))


def as_json(run: Run, statement_ids: dict[int, int], *, with_participants: bool) -> dict[str, Any]:
    """The run under the names that interface.md promises; `checksum` is that of everything, participants or not."""
    whole = {**described(run, statement_ids), "participants": participants(run)}
    whole["checksum"] = sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
    if not with_participants:
        del whole["participants"]
    return whole


def described(run: Run, statement_ids: dict[int, int]) -> dict[str, Any]:
    return {
        "method": run.method,
        "seed": run.seed,
        "readers": int((run.votes.per_reader() > 0).sum()),
        "votes": run.votes.votes,
        "story": run.story,
        "d": len(run.positions),
        "k": len(run.probabilities),
        "groups": [{"id": group, "size": size} for group, size in enumerate(run.sizes)],
        "statements": statements(run, statement_ids),
        "gain": rounded(run.gain),
        "stability": rounded(run.stability),
        "null_rate": rounded(run.null_rate),
    }


def statements(run: Run, statement_ids: dict[int, int]) -> list[dict[str, Any]]:
    found = []
    for place, (number, counts) in enumerate(zip(run.votes.statements, run.votes.counts(), strict=True)):
        if run.served[place]:
            agree, disagree, neither, unsure = counts.tolist()
            found.append(
                {
                    "id": statement_ids[int(number)],
                    "agree": agree,
                    "disagree": disagree,
                    "neither": neither,
                    "unsure": unsure,
                    "bridging": rounded(run.bridging[place] if run.bridging is not None else None),
                    "consensus": rounded(run.consensus[place] if run.consensus is not None else None),
                }
            )
    return found


def participants(run: Run) -> dict[str, dict[str, Any]]:
    columns = [part.T.round(DIGITS).tolist() for part in (run.probabilities, run.positions, run.spreads)]
    people = zip(run.votes.readers.tolist(), run.groups.tolist(), *columns, strict=True)
    return {
        str(reader): {
            "group": None if group == UNGROUPED else group,
            "probabilities": probabilities,
            "position": position,
            "spread": spread,
        }
        for reader, group, probabilities, position, spread in people
    }


def rounded(number: float | None) -> float | None:
    return None if number is None or not np.isfinite(number) else round(float(number), DIGITS)
